// What the program orders, and what becomes of it.
#include "why/glossary/entries.h"

#include <QCoreApplication>

namespace bistro::app {
namespace {

using enum Term;

template <Term... others>
constexpr Term kSee[] {others...};

constexpr GlossaryEntry kEntries[] {
    {Order, "order",
        {QT_TRANSLATE_NOOP("Glossary", "order"),
            QT_TRANSLATE_NOOP("Glossary",
                "Something that the program asks for and that comes later: a slip stands for it until it is "
                "served.")},
        {QT_TRANSLATE_NOOP("Glossary", "order"),
            QT_TRANSLATE_NOOP(
                "Glossary", "Bistro's word for a callback that the program has placed and that runs later.")},
        kSee<Callback, Slip, Trigger>, "03-later"},
    {Callback, "callback",
        {QT_TRANSLATE_NOOP("Glossary", "serving"),
            QT_TRANSLATE_NOOP(
                "Glossary", "What the waiter does for one order, from start to end. Nobody interrupts him.")},
        {QT_TRANSLATE_NOOP("Glossary", "callback"),
            QT_TRANSLATE_NOOP("Glossary",
                "A function that you hand to Node, which calls it when its time has come. It runs to its end.")},
        kSee<Order, CallStack, Drain>, "03-later"},
    {MainScript, "main-script",
        {QT_TRANSLATE_NOOP("Glossary", "main script"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The file that you run. The waiter serves it first, and whatever it orders comes later.")},
        {QT_TRANSLATE_NOOP("Glossary", "main script"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The file that you run. It runs first, and whatever it schedules runs later.")},
        kSee<Table, EventLoop>, "01-hello"},
    {Tick, "tick",
        {QT_TRANSLATE_NOOP("Glossary", "tick note"),
            QT_TRANSLATE_NOOP("Glossary",
                "A note from process.nextTick. After a callback the waiter does these notes first, and then the "
                "promises.")},
        {QT_TRANSLATE_NOOP("Glossary", "tick"),
            QT_TRANSLATE_NOOP("Glossary",
                "A callback from process.nextTick. After each callback, Node empties this queue first, and then "
                "that of microtasks.")},
        kSee<Drain, Microtask, Iteration>, "06-ticks-before-promises"},
    {Microtask, "microtask",
        {QT_TRANSLATE_NOOP("Glossary", "promise note"),
            QT_TRANSLATE_NOOP("Glossary",
                "A note for what a promise or queueMicrotask has ready. The waiter does all of them right after "
                "the ticks.")},
        {QT_TRANSLATE_NOOP("Glossary", "microtask"),
            QT_TRANSLATE_NOOP("Glossary",
                "A job that a settled promise or queueMicrotask puts in line. All of them run before the loop goes "
                "on.")},
        kSee<Promise, Await, Drain, Tick>, "06-ticks-before-promises"},
    {Promise, "promise",
        {QT_TRANSLATE_NOOP("Glossary", "promise"),
            QT_TRANSLATE_NOOP(
                "Glossary", "Something that comes later. Once it is settled, a note goes on the rail for each then.")},
        {QT_TRANSLATE_NOOP("Glossary", "promise"),
            QT_TRANSLATE_NOOP("Glossary",
                "An object for a result that comes later. When it settles, each then on it queues a microtask.")},
        kSee<Await, Microtask, UnhandledRejection>, "13-then-waits"},
    {Await, "await",
        {QT_TRANSLATE_NOOP("Glossary", "paused order"),
            QT_TRANSLATE_NOOP(
                "Glossary", "At an await the waiter sets the order aside. He goes on there by a promise note.")},
        {QT_TRANSLATE_NOOP("Glossary", "await"),
            QT_TRANSLATE_NOOP("Glossary",
                "It pauses the async function until the promise settles. The function goes on in a microtask.")},
        kSee<Promise, Microtask>, "12-the-price-of-await"},
    {Immediate, "immediate",
        {QT_TRANSLATE_NOOP("Glossary", "immediate slip"),
            QT_TRANSLATE_NOOP("Glossary",
                "An order from setImmediate. The waiter serves it right after he has collected what is done.")},
        {QT_TRANSLATE_NOOP("Glossary", "immediate"),
            QT_TRANSLATE_NOOP(
                "Glossary", "A callback from setImmediate. It runs in the check phase, right after poll.")},
        kSee<Check, Timer, Race>, "08-immediate-or-timer"},
    {Timer, "timer",
        {QT_TRANSLATE_NOOP("Glossary", "egg timer"),
            QT_TRANSLATE_NOOP("Glossary",
                "The waiter sets it for setTimeout or setInterval. It says when an order may come at the earliest.")},
        {QT_TRANSLATE_NOOP("Glossary", "timer"),
            QT_TRANSLATE_NOOP("Glossary",
                "A callback from setTimeout or setInterval. Its delay is the least time, not the exact one.")},
        kSee<TimersPhase, Immediate, Ref>, "10-zero-is-one"},
    {Listener, "listener",
        {QT_TRANSLATE_NOOP("Glossary", "listener"),
            QT_TRANSLATE_NOOP("Glossary",
                "A function that is called at once when something emits its event. No slip is written for that.")},
        {QT_TRANSLATE_NOOP("Glossary", "listener"),
            QT_TRANSLATE_NOOP(
                "Glossary", "A function that emit() calls at once, on the same stack. No queue is involved.")},
        kSee<Callback, CallStack>, "16-emit-is-a-call"},
    {Stream, "stream",
        {QT_TRANSLATE_NOOP("Glossary", "dish in pieces"),
            QT_TRANSLATE_NOOP(
                "Glossary", "Something large that comes in pieces. Between two of them the waiter is free.")},
        {QT_TRANSLATE_NOOP("Glossary", "stream"),
            QT_TRANSLATE_NOOP("Glossary",
                "Data that comes or goes in pieces. Each piece brings a callback, and other code runs in between.")},
        kSee<Backpressure, Callback>, "22-a-stream-by-pieces"},
    {Backpressure, "backpressure",
        {QT_TRANSLATE_NOOP("Glossary", "backpressure"),
            QT_TRANSLATE_NOOP(
                "Glossary", "Whoever takes is slower than whoever brings. So the bringer pauses until there is room.")},
        {QT_TRANSLATE_NOOP("Glossary", "backpressure"),
            QT_TRANSLATE_NOOP("Glossary",
                "write() returns false when its buffer is full. Whoever reads pauses until 'drain' says that there "
                "is room.")},
        kSee<Stream>, "22-a-stream-by-pieces"},
    {Handle, "handle",
        {QT_TRANSLATE_NOOP("Glossary", "handle"),
            QT_TRANSLATE_NOOP("Glossary",
                "Something that stays open and may bring orders again and again, such as a server or a connection.")},
        {QT_TRANSLATE_NOOP("Glossary", "handle"),
            QT_TRANSLATE_NOOP("Glossary",
                "Something long-lived that the loop watches, such as a server, a socket or a child process.")},
        kSee<Request, Ref, Closing>, "25-what-keeps-it-open"},
    {Request, "request",
        {QT_TRANSLATE_NOOP("Glossary", "request"),
            QT_TRANSLATE_NOOP(
                "Glossary", "One piece of work that is ordered once and done once, such as reading a file.")},
        {QT_TRANSLATE_NOOP("Glossary", "request"),
            QT_TRANSLATE_NOOP(
                "Glossary", "One piece of work for the pool or the system. It is done once, such as reading a file.")},
        kSee<Handle, ThreadPool>, "04-four-cooks"},
    {AsyncResource, "async-resource",
        {QT_TRANSLATE_NOOP("Glossary", "async resource"),
            QT_TRANSLATE_NOOP(
                "Glossary", "What Node keeps about an order that is out: its number, and the order that caused it.")},
        {QT_TRANSLATE_NOOP("Glossary", "async resource"),
            QT_TRANSLATE_NOOP("Glossary",
                "Node's record of something asynchronous. It has an async id, and the id of what triggered it.")},
        kSee<Trigger, Handle, Request>, "26-who-asked"},
    {Ref, "ref",
        {QT_TRANSLATE_NOOP("Glossary", "“wait for me”"),
            QT_TRANSLATE_NOOP("Glossary",
                "The restaurant stays open for an order that is out. With unref() that order no longer counts.")},
        {QT_TRANSLATE_NOOP("Glossary", "ref and unref"),
            QT_TRANSLATE_NOOP("Glossary",
                "A referenced handle or request keeps the program alive. After unref() it no longer counts.")},
        kSee<Handle, Timer, EventLoop>, "25-what-keeps-it-open"},
    {Trigger, "trigger",
        {QT_TRANSLATE_NOOP("Glossary", "cause"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The order that led to this one. The card's last line follows the causes back.")},
        {QT_TRANSLATE_NOOP("Glossary", "trigger"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The async resource that caused this one. The card's last line follows the causes back.")},
        kSee<AsyncResource, Order>, "26-who-asked"},
    {CallStack, "call-stack",
        {QT_TRANSLATE_NOOP("Glossary", "stack of plates"),
            QT_TRANSLATE_NOOP("Glossary",
                "The functions that the waiter carries, a plate each. The top one runs, and those below wait for "
                "it.")},
        {QT_TRANSLATE_NOOP("Glossary", "call stack"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The functions that were called and have not returned yet. Only the top one runs.")},
        kSee<Tray, JavaScriptThread, Callback>, "02-a-stack-of-plates"},
    {UnhandledRejection, "unhandled-rejection",
        {QT_TRANSLATE_NOOP("Glossary", "broken promise"),
            QT_TRANSLATE_NOOP(
                "Glossary", "A promise is broken and nobody answers for it. The waiter reports it after his notes.")},
        {QT_TRANSLATE_NOOP("Glossary", "unhandled rejection"),
            QT_TRANSLATE_NOOP("Glossary",
                "A promise is rejected and nothing catches that. Node raises it after the microtasks of that turn.")},
        kSee<Promise, Drain>, "14-nobody-caught-it"},
    {Blocked, "blocked",
        {QT_TRANSLATE_NOOP("Glossary", "blocked"),
            QT_TRANSLATE_NOOP("Glossary",
                "The waiter is busy with one order for long while others are ready. Nobody else is served.")},
        {QT_TRANSLATE_NOOP("Glossary", "blocked"),
            QT_TRANSLATE_NOOP("Glossary",
                "One callback runs for long while others are ready. No other JavaScript can run meanwhile.")},
        kSee<JavaScriptThread, Starving, WorkerThread>, "20-one-long-callback"},
    {Starving, "starving",
        {QT_TRANSLATE_NOOP("Glossary", "starving"),
            QT_TRANSLATE_NOOP("Glossary",
                "Notes that make new notes keep the waiter from his round. The rails don't get their turn.")},
        {QT_TRANSLATE_NOOP("Glossary", "starving"),
            QT_TRANSLATE_NOOP("Glossary",
                "Ticks or microtasks that queue new ones keep the loop from going on. Timers and I/O wait.")},
        kSee<Drain, Blocked>, "15-the-waiter-never-comes"},
    {Race, "race",
        {QT_TRANSLATE_NOOP("Glossary", "race"),
            QT_TRANSLATE_NOOP("Glossary",
                "Two orders of which luck decides which one comes first. Another run may show the other one first.")},
        {QT_TRANSLATE_NOOP("Glossary", "race"),
            QT_TRANSLATE_NOOP(
                "Glossary", "Two things between which no rule decides. Another run may show the other one first.")},
        kSee<Immediate, ThreadPool, ServingNumber>, "08-immediate-or-timer"},
};

} // namespace

std::span<const GlossaryEntry> orderWords()
{
    return kEntries;
}

} // namespace bistro::app
