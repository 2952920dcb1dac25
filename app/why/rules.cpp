#include "why/rules.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

struct Entry {
    Rule rule;
    std::string_view id;
    const char* restaurant;
    const char* runtime;
};

// In the order of the enum.
constexpr std::array<Entry, kRules> kTable {{
    {Rule::OneThread, "one-thread",
        QT_TRANSLATE_NOOP("Rules", "There is one waiter. He finishes what he serves before he takes anything else."),
        QT_TRANSLATE_NOOP(
            "Rules", "JavaScript runs one callback at a time, to its end. Until it returns, no other can run.")},
    {Rule::ScriptFirst, "script-first",
        QT_TRANSLATE_NOOP("Rules", "The first table is served to its end before the waiter's first round."),
        QT_TRANSLATE_NOOP("Rules", "The main script runs to its end before the loop's first iteration.")},
    {Rule::ModuleBody, "module-body",
        QT_TRANSLATE_NOOP("Rules",
            "A module is itself one of the waiter's promise notes: promises written in it come before its ticks."),
        QT_TRANSLATE_NOOP(
            "Rules", "An ES module's body runs inside a microtask, so its promise reactions run before its ticks.")},
    {Rule::DrainAfterCallback, "drain-after-callback",
        QT_TRANSLATE_NOOP("Rules",
            "After everything he serves the waiter first does his own notes: ticks, then promises, until none is "
            "left."),
        QT_TRANSLATE_NOOP("Rules",
            "After every callback that the runtime makes into JavaScript, all ticks run, then all microtasks, until "
            "both queues are empty.")},
    {Rule::TicksFirst, "ticks-first", QT_TRANSLATE_NOOP("Rules", "Of his own notes, ticks come before promises."),
        QT_TRANSLATE_NOOP("Rules", "Ticks of process.nextTick run before microtasks once a callback has returned.")},
    {Rule::DrainToEnd, "drain-to-end",
        QT_TRANSLATE_NOOP("Rules",
            "Once the waiter is at his promise notes he does all of them, new ones too. Then he looks at ticks again."),
        QT_TRANSLATE_NOOP("Rules",
            "A drain of microtasks goes on until the queue is empty. Ticks queued meanwhile wait for its end.")},
    {Rule::QueueInOrder, "queue-in-order", QT_TRANSLATE_NOOP("Rules", "On one rail, who came first goes first."),
        QT_TRANSLATE_NOOP("Rules", "Within one queue, what was queued first runs first.")},
    {Rule::ThenRegisters, "then-registers",
        QT_TRANSLATE_NOOP("Rules", "A promise note goes on its rail only when the promise is kept or broken."),
        QT_TRANSLATE_NOOP(
            "Rules", "then on a pending promise registers a reaction. It joins the queue when the promise settles.")},
    {Rule::PromiseSettles, "promise-settles",
        QT_TRANSLATE_NOOP("Rules",
            "When a promise is kept or broken, all who wait for it get their note at once. Who asked first comes "
            "first."),
        QT_TRANSLATE_NOOP(
            "Rules", "Settling a promise queues its reactions as microtasks, in the order of their registration.")},
    {Rule::AwaitPauses, "await-pauses",
        QT_TRANSLATE_NOOP("Rules",
            "At an await the waiter sets the order aside. It goes on by a promise note, one note later at the "
            "earliest."),
        QT_TRANSLATE_NOOP("Rules",
            "await pauses the function. It continues in a microtask, one after the awaited native promise has "
            "settled.")},
    {Rule::PromiseFollows, "promise-follows",
        QT_TRANSLATE_NOOP(
            "Rules", "A promise that follows another one needs two notes: one to ask it, and one to hear its answer."),
        QT_TRANSLATE_NOOP(
            "Rules", "Resolving with a promise queues a job that calls its then. Adoption takes a further microtask.")},
    {Rule::TimerAtLeast, "timer-at-least",
        QT_TRANSLATE_NOOP("Rules", "An egg timer says when an order may come at the earliest, not when it will."),
        QT_TRANSLATE_NOOP("Rules",
            "A timer's delay is the least time, not the exact one. Its callback runs in the first timers phase after "
            "that.")},
    {Rule::TimerMinimum, "timer-minimum", QT_TRANSLATE_NOOP("Rules", "No egg timer is set to less than 1 ms."),
        QT_TRANSLATE_NOOP("Rules",
            "A delay below 1 ms, or one that is no number, becomes 1 ms. Between 0 and 1, the order of creation "
            "decides.")},
    {Rule::TimerLists, "timer-lists",
        QT_TRANSLATE_NOOP(
            "Rules", "Egg timers of one length stand in one row and ring in the order in which they were set."),
        QT_TRANSLATE_NOOP("Rules",
            "Timers of one duration form a list, in the order of their start. The list that is due first runs first.")},
    {Rule::TimersLast, "timers-last",
        QT_TRANSLATE_NOOP("Rules",
            "The waiter looks at the egg timers once before his first round, and then at the end of each round."),
        QT_TRANSLATE_NOOP("Rules",
            "Since libuv 1.45 timers run once before the loop, and then at the end of each iteration, after closing.")},
    {Rule::CheckAfterPoll, "check-after-poll",
        QT_TRANSLATE_NOOP("Rules", "The waiter serves immediates right after he has collected what is done."),
        QT_TRANSLATE_NOOP("Rules",
            "Immediates run in the check phase, directly after poll. Inside an I/O callback that is before any "
            "timer.")},
    {Rule::ImmediateNextCheck, "immediate-next-check",
        QT_TRANSLATE_NOOP(
            "Rules", "An immediate that comes while the waiter serves immediates waits for the next round."),
        QT_TRANSLATE_NOOP(
            "Rules", "setImmediate called in the check phase waits for the check phase of the next iteration.")},
    {Rule::PollWaits, "poll-waits",
        QT_TRANSLATE_NOOP("Rules",
            "When nothing is ready the waiter rests until a timer rings or something comes from kitchen or door."),
        QT_TRANSLATE_NOOP("Rules", "Poll sleeps until an event arrives, or until the next timer is due.")},
    {Rule::PollDoesNotBlock, "poll-does-not-block",
        QT_TRANSLATE_NOOP("Rules", "The waiter does not rest while something is ready to be served in this round."),
        QT_TRANSLATE_NOOP("Rules",
            "Poll does not sleep while immediates wait, a handle closes, or callbacks are pending: its timeout is 0.")},
    {Rule::RingOrder, "ring-order",
        QT_TRANSLATE_NOOP("Rules",
            "A round has one order: what is done, immediates, closing, egg timers. There is no order across rails but "
            "that."),
        QT_TRANSLATE_NOOP("Rules",
            "Each phase has its own queue. Between phases only the ring decides: poll, check, closing, timers.")},
    {Rule::PoolWorks, "pool-works",
        QT_TRANSLATE_NOOP("Rules",
            "Cooks prepare files, name look-ups, crypto and compression while the waiter goes on. Egg timers and "
            "guests at the door need no cook."),
        QT_TRANSLATE_NOOP("Rules",
            "File system, getaddrinfo, asynchronous crypto and zlib work on the thread pool. Sockets and timers need "
            "no thread.")},
    {Rule::PoolLine, "pool-line",
        QT_TRANSLATE_NOOP("Rules", "Each cook takes the next slip that waits. When all are busy, a slip waits."),
        QT_TRANSLATE_NOOP("Rules",
            "A free thread takes the first job in line. With all threads busy, jobs wait. UV_THREADPOOL_SIZE says how "
            "many threads there are, 4 by default.")},
    {Rule::PoolQueues, "pool-queues",
        QT_TRANSLATE_NOOP("Rules", "A dish that is done stands on the pass until the waiter comes for it."),
        QT_TRANSLATE_NOOP("Rules",
            "A finished pool job only queues its callback. JavaScript runs it when the call stack is empty and the "
            "loop polls again.")},
    {Rule::PoolBatch, "pool-batch",
        QT_TRANSLATE_NOOP("Rules",
            "The waiter collects what is done once in a round. What is done after that waits for the next round."),
        QT_TRANSLATE_NOOP("Rules",
            "Poll takes the jobs that are done as one batch. The next poll delivers a job that is done later.")},
    {Rule::KernelWatches, "kernel-watches",
        QT_TRANSLATE_NOOP("Rules", "The door watches guests and messengers. That needs no cook."),
        QT_TRANSLATE_NOOP("Rules",
            "The operating system watches sockets, pipes, signals and child processes. Poll hears of them on the "
            "loop's own thread.")},
    {Rule::StreamInOrder, "stream-in-order",
        QT_TRANSLATE_NOOP("Rules", "What comes through one door comes in its order. Two doors have none between them."),
        QT_TRANSLATE_NOOP("Rules",
            "One connection, pipe, port, channel or child tells things in their order. Between two of them there is "
            "none.")},
    {Rule::ClosingPhase, "closing-phase",
        QT_TRANSLATE_NOOP("Rules", "Late in the round the waiter clears away what was closed, the last one first."),
        QT_TRANSLATE_NOOP("Rules",
            "Close callbacks of handles run in the closing phase, the last one closed first. Many streams emit 'close' "
            "from a tick instead.")},
    {Rule::KeepsAlive, "keeps-alive",
        QT_TRANSLATE_NOOP("Rules",
            "The restaurant stays open as long as an order is out that was not marked \"do not wait for me\"."),
        QT_TRANSLATE_NOOP("Rules",
            "The loop goes on while a referenced handle or request is active. After unref(), one no longer counts.")},
    {Rule::EndsWhenNothingIsLeft, "ends-when-nothing-is-left",
        QT_TRANSLATE_NOOP(
            "Rules", "The restaurant closes when nothing is left that it must wait for, or when it is told to."),
        QT_TRANSLATE_NOOP("Rules",
            "The process ends when no referenced handle or request is left. process.exit, an uncaught error or a "
            "signal end it, too.")},
    {Rule::SynchronousCalls, "synchronous-calls",
        QT_TRANSLATE_NOOP("Rules",
            "What is done within one serving happens in the order of its code. Calling a listener is no order."),
        QT_TRANSLATE_NOOP("Rules",
            "Within one callback code runs in its own order. emit() and direct calls run their functions at once, on "
            "the same stack.")},
    {Rule::OrderAfterItsPlacer, "order-after-its-placer",
        QT_TRANSLATE_NOOP("Rules", "The waiter serves an order only after the serving in which he wrote it down."),
        QT_TRANSLATE_NOOP("Rules", "What a callback schedules can start only after that callback has returned.")},
    {Rule::RejectionAfterDrain, "rejection-after-drain",
        QT_TRANSLATE_NOOP("Rules",
            "When the waiter has done his notes of that turn, he reports a broken promise that nobody answers for."),
        QT_TRANSLATE_NOOP("Rules",
            "Node raises unhandledRejection after the drain of that turn, before the next phase. It is no microtask.")},
    {Rule::ErrorLeaves, "error-leaves",
        QT_TRANSLATE_NOOP(
            "Rules", "An error that nobody catches throws the plates down: the rest of that serving does not happen."),
        QT_TRANSLATE_NOOP("Rules",
            "An error that nobody catches leaves every function on the stack. 'uncaughtException' may hear it. "
            "Otherwise the process ends with code 1.")},
    {Rule::OutputAtOnce, "output-at-once",
        QT_TRANSLATE_NOOP("Rules", "You hear what the waiter calls out in the order of time, not in that of the menu."),
        QT_TRANSLATE_NOOP("Rules",
            "Output appears in the order in which code runs, not in the order in which it stands in the source.")},
    {Rule::RaceTimerImmediate, "race-timer-immediate",
        QT_TRANSLATE_NOOP(
            "Rules", "Whether the egg timer has rung by the first round is a matter of luck: both orders are right."),
        QT_TRANSLATE_NOOP("Rules",
            "Outside I/O callbacks, a 1-ms timer races an immediate. It wins if its millisecond has passed when the "
            "loop first looks at its timers.")},
    {Rule::RacePool, "race-pool",
        QT_TRANSLATE_NOOP("Rules", "Cooks work side by side. Whose dish is done first can differ from day to day."),
        QT_TRANSLATE_NOOP("Rules", "Pool threads run side by side, so which of two jobs is done first is a race.")},
    {Rule::RaceArrivals, "race-arrivals",
        QT_TRANSLATE_NOOP("Rules", "It is not up to the waiter when guests come, dishes are done and timers ring."),
        QT_TRANSLATE_NOOP("Rules",
            "Arrivals from the kernel, work of the pool and the passing of time have no fixed order. Another run can "
            "show another one.")},
    {Rule::AwaitsInSeries, "awaits-in-series",
        QT_TRANSLATE_NOOP(
            "Rules", "An order that you place only when the one before is done waits for that one's time, too."),
        QT_TRANSLATE_NOOP("Rules",
            "What stands after an await starts only when the awaited operation has finished. If operations don't need "
            "each other's results, begin them all before you await one.")},
    {Rule::NotRecorded, "not-recorded",
        QT_TRANSLATE_NOOP("Rules", "Nobody here sees what happens in another restaurant."),
        QT_TRANSLATE_NOOP("Rules",
            "Child processes and worker threads have loops of their own. This trace does not hold what happens "
            "there.")},
    {Rule::RecordingLimits, "recording-limits",
        QT_TRANSLATE_NOOP("Rules", "The book has a last page. The restaurant goes on without it."),
        QT_TRANSLATE_NOOP(
            "Rules", "A trace has limits of events, bytes and promises. Beyond them the program goes on, unrecorded.")},
    {Rule::GarbageStops, "garbage-stops",
        QT_TRANSLATE_NOOP("Rules", "While the waiter clears the tables he serves nobody."),
        QT_TRANSLATE_NOOP("Rules", "While V8 collects garbage on the JavaScript thread, no JavaScript runs.")},
    {Rule::ClosureCaptures, "closure-captures",
        QT_TRANSLATE_NOOP("Rules", "A slip keeps what was in hand when the waiter wrote it. Each round has its own."),
        QT_TRANSLATE_NOOP("Rules",
            "A callback keeps the variables around it. What a loop declares by let or const is a new variable in each "
            "round. A parameter is one in each call.")},
    {Rule::KeptIn, "kept-in",
        QT_TRANSLATE_NOOP("Rules", "The waiter works in this house only, unless you open a door to him."),
        QT_TRANSLATE_NOOP("Rules",
            "The sandbox decides what a program may reach. Whatever else it asks for fails with an ordinary error. "
            "You decide what else is allowed.")},
}};
static_assert(std::ranges::is_sorted(kTable, {}, &Entry::rule));

const Entry& entry(Rule rule)
{
    return kTable[static_cast<std::size_t>(rule)];
}

} // namespace

std::string_view ruleId(Rule rule)
{
    return entry(rule).id;
}

std::optional<Rule> ruleOf(std::string_view id)
{
    const auto* const found = std::ranges::find(kTable, id, &Entry::id);
    return found == kTable.end() ? std::nullopt : std::optional(found->rule);
}

QString ruleText(Rule rule, Wording wording)
{
    const Entry& found = entry(rule);
    return QCoreApplication::translate("Rules", wording == Wording::Restaurant ? found.restaurant : found.runtime);
}

} // namespace bistro::app
