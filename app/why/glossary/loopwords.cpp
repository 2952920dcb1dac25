// The loop and who works in it.
#include "why/glossary/entries.h"

#include <QCoreApplication>

namespace bistro::app {
namespace {

using enum Term;

template <Term... others>
constexpr Term kSee[] {others...};

constexpr GlossaryEntry kEntries[] {
    {EventLoop, "event-loop",
        {QT_TRANSLATE_NOOP("Glossary", "the loop"),
            QT_TRANSLATE_NOOP("Glossary",
                "The waiter goes round after round: he collects what is done, serves it, and looks at the egg "
                "timers.")},
        {QT_TRANSLATE_NOOP("Glossary", "event loop"),
            QT_TRANSLATE_NOOP("Glossary",
                "Node's loop waits for what is done and calls your callbacks, phase by phase. It ends when nothing "
                "is left.")},
        kSee<Iteration, Phase, Sleep>, "03-later"},
    {Iteration, "iteration",
        {QT_TRANSLATE_NOOP("Glossary", "round"),
            QT_TRANSLATE_NOOP("Glossary",
                "One trip of the waiter along the rails: what is done, immediates, closing, egg timers. Rounds are "
                "counted.")},
        {QT_TRANSLATE_NOOP("Glossary", "iteration"),
            QT_TRANSLATE_NOOP("Glossary",
                "One trip around the loop's phases, from pending to timers. Some call it a tick, which here is "
                "something else.")},
        kSee<EventLoop, Phase, Tick>, "09-immediates-take-turns"},
    {Phase, "phase",
        {QT_TRANSLATE_NOOP("Glossary", "rail of a round"),
            QT_TRANSLATE_NOOP("Glossary",
                "A station of the round with a rail of its own. The waiter serves what hangs there and goes on.")},
        {QT_TRANSLATE_NOOP("Glossary", "phase"),
            QT_TRANSLATE_NOOP("Glossary",
                "A part of each iteration: pending, idle and prepare, poll, check, closing, timers. No queue is "
                "shared by two.")},
        kSee<Iteration, Poll, Check, Closing, TimersPhase>, ""},
    {Pending, "pending",
        {QT_TRANSLATE_NOOP("Glossary", "pending"),
            QT_TRANSLATE_NOOP("Glossary",
                "The first stop of a round. A few results of the system wait there, your callbacks almost never.")},
        {QT_TRANSLATE_NOOP("Glossary", "pending"),
            QT_TRANSLATE_NOOP("Glossary",
                "The first phase of an iteration, for a few callbacks that the system put off, such as some socket "
                "errors.")},
        kSee<Phase, Poll>, ""},
    {IdlePrepare, "idle-prepare",
        {QT_TRANSLATE_NOOP("Glossary", "idle, prepare"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The waiter gets ready for what is done. None of your orders is served there.")},
        {QT_TRANSLATE_NOOP("Glossary", "idle, prepare"),
            QT_TRANSLATE_NOOP("Glossary", "Node's own preparations before poll. None of your callbacks runs there.")},
        kSee<Phase, Poll>, ""},
    {Poll, "poll",
        {QT_TRANSLATE_NOOP("Glossary", "I/O done"),
            QT_TRANSLATE_NOOP("Glossary",
                "The waiter collects what cooks and door have ready and serves it. If nothing is ready, he rests.")},
        {QT_TRANSLATE_NOOP("Glossary", "poll"),
            QT_TRANSLATE_NOOP("Glossary",
                "Poll takes what pool and kernel have done and calls its callbacks. If nothing is ready, it "
                "sleeps.")},
        kSee<ThreadPool, Kernel, Sleep, Check>, "18-the-fifth-dish"},
    {Check, "check",
        {QT_TRANSLATE_NOOP("Glossary", "immediates"),
            QT_TRANSLATE_NOOP("Glossary",
                "The rail for immediates, after what is done. One that comes meanwhile waits for the next round.")},
        {QT_TRANSLATE_NOOP("Glossary", "check"),
            QT_TRANSLATE_NOOP("Glossary",
                "The phase after poll, for callbacks of setImmediate. One that is made there waits for the next "
                "iteration.")},
        kSee<Immediate, Poll>, "09-immediates-take-turns"},
    {Closing, "closing",
        {QT_TRANSLATE_NOOP("Glossary", "closing"),
            QT_TRANSLATE_NOOP(
                "Glossary", "Late in the round the waiter clears away what was closed, such as a connection.")},
        {QT_TRANSLATE_NOOP("Glossary", "closing"),
            QT_TRANSLATE_NOOP("Glossary",
                "The phase that calls the close callbacks of handles. Many streams emit 'close' from a tick "
                "instead.")},
        kSee<Handle, Phase>, "17-two-kinds-of-close"},
    {TimersPhase, "timers",
        {QT_TRANSLATE_NOOP("Glossary", "timers due"),
            QT_TRANSLATE_NOOP("Glossary",
                "The rail for egg timers that have rung. The waiter looks at it at the end of each round.")},
        {QT_TRANSLATE_NOOP("Glossary", "timers"),
            QT_TRANSLATE_NOOP("Glossary",
                "The phase for timers that are due, at the end of each iteration. It runs once before the first "
                "one, too.")},
        kSee<Timer, Phase>, "11-out-of-order"},
    {Drain, "drain",
        {QT_TRANSLATE_NOOP("Glossary", "the waiter's own notes"),
            QT_TRANSLATE_NOOP("Glossary",
                "After every callback the waiter does his notes: all ticks, then all promises, also those that "
                "come meanwhile.")},
        {QT_TRANSLATE_NOOP("Glossary", "microtask queue drain"),
            QT_TRANSLATE_NOOP("Glossary",
                "After every callback, Node runs all ticks, then all microtasks, until both queues are empty.")},
        kSee<Tick, Microtask, Starving>, "05-after-every-callback"},
    {Sleep, "sleep",
        {QT_TRANSLATE_NOOP("Glossary", "rest"),
            QT_TRANSLATE_NOOP("Glossary",
                "The waiter rests only when nothing is ready. A dish, a guest or an egg timer ends his rest.")},
        {QT_TRANSLATE_NOOP("Glossary", "sleep"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The loop sleeps in poll when nothing is ready. A result, an event or a timer wakes it.")},
        kSee<Poll, EventLoop>, ""},
    {JavaScriptThread, "javascript-thread",
        {QT_TRANSLATE_NOOP("Glossary", "waiter"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The one person who serves all orders. He does one thing at a time, each to its end.")},
        {QT_TRANSLATE_NOOP("Glossary", "JavaScript thread"),
            QT_TRANSLATE_NOOP("Glossary",
                "The one thread on which your code runs. It runs one callback at a time, each to its end.")},
        kSee<CallStack, Blocked, ThreadPool>, "04-four-cooks"},
    {ThreadPool, "thread-pool",
        {QT_TRANSLATE_NOOP("Glossary", "kitchen"),
            QT_TRANSLATE_NOOP("Glossary",
                "The cooks prepare files, name look-ups, crypto and compression while the waiter goes on.")},
        {QT_TRANSLATE_NOOP("Glossary", "thread pool"),
            QT_TRANSLATE_NOOP("Glossary",
                "Threads that do file work, name look-ups, crypto and compression. UV_THREADPOOL_SIZE sets how "
                "many; 4 is normal.")},
        kSee<PoolThread, PoolQueue, Kernel>, "04-four-cooks"},
    {PoolThread, "pool-thread",
        {QT_TRANSLATE_NOOP("Glossary", "cook"),
            QT_TRANSLATE_NOOP("Glossary",
                "A cook takes the next slip that waits and prepares one dish at a time. The dish goes to the pass.")},
        {QT_TRANSLATE_NOOP("Glossary", "pool thread"),
            QT_TRANSLATE_NOOP("Glossary", "A thread of the pool does one job at a time. JavaScript never runs on it.")},
        kSee<ThreadPool, PoolQueue, WorkerThread>, "18-the-fifth-dish"},
    {PoolQueue, "pool-queue",
        {QT_TRANSLATE_NOOP("Glossary", "waiting for a cook"),
            QT_TRANSLATE_NOOP(
                "Glossary", "Slips that wait because the cooks are busy. The next free cook takes the first one.")},
        {QT_TRANSLATE_NOOP("Glossary", "pool queue"),
            QT_TRANSLATE_NOOP("Glossary",
                "Jobs that wait because the threads of the pool are busy. A free thread takes the first one.")},
        kSee<PoolThread, ThreadPool>, "18-the-fifth-dish"},
    {Kernel, "kernel",
        {QT_TRANSLATE_NOOP("Glossary", "door"),
            QT_TRANSLATE_NOOP("Glossary",
                "Guests and messengers come by the door: sockets, child processes, signals. They need no cook.")},
        {QT_TRANSLATE_NOOP("Glossary", "kernel"),
            QT_TRANSLATE_NOOP("Glossary",
                "The operating system watches sockets, child processes and signals for Node. That takes no thread.")},
        kSee<Poll, Customer, ThreadPool>, "19-a-call-needs-no-cook"},
    {WorkerThread, "worker-thread",
        {QT_TRANSLATE_NOOP("Glossary", "another waiter"),
            QT_TRANSLATE_NOOP("Glossary", "A second waiter with rounds of his own. The two send each other messages.")},
        {QT_TRANSLATE_NOOP("Glossary", "worker thread"),
            QT_TRANSLATE_NOOP("Glossary",
                "A second JavaScript thread with a loop of its own, in the same process. Bistro records only the "
                "main one.")},
        kSee<JavaScriptThread, ChildProcess, PoolThread>, "23-another-waiter"},
    {ChildProcess, "child-process",
        {QT_TRANSLATE_NOOP("Glossary", "another house"),
            QT_TRANSLATE_NOOP("Glossary", "Another restaurant with a waiter of its own. Its news comes by the door.")},
        {QT_TRANSLATE_NOOP("Glossary", "child process"),
            QT_TRANSLATE_NOOP("Glossary",
                "Another program that yours starts, with memory of its own. Bistro records only your program.")},
        kSee<WorkerThread, Kernel>, "24-another-house"},
};

} // namespace

std::span<const GlossaryEntry> loopWords()
{
    return kEntries;
}

} // namespace bistro::app
