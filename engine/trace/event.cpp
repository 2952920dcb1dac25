#include "event.h"

#include <cassert>

namespace bistro::trace {
namespace {

using enum FieldType;

constexpr Field none {};

constexpr Field async(std::string_view meaning)
{
    return {Async, "async", meaning};
}
constexpr Field trigger()
{
    return {Async, "trigger", "The resource that caused this one, as Node's triggerAsyncId; 0 when there is none."};
}
constexpr Field callback()
{
    return {Text, "callback", "The name of the function that will be called; empty when it has none or is Node's own."};
}
constexpr Field promise(std::string_view meaning)
{
    return {Promise, "promise", meaning};
}
constexpr Field iteration()
{
    return {Number, "iteration", "The number of the iteration, from 1; 0 before the first."};
}
constexpr Field job()
{
    return {Job, "job", "The job of the pool."};
}

constexpr std::array<KindSchema, kEventKinds> kSchema {{
    {EventKind::None, "none", "Never recorded.", {}},
    {EventKind::RunStarted, "run-started", "The engine is about to start the program.",
        {{{Number, "workers", "The threads that the pool will have; 0 when unknown."},
            {Number, "pid", "The engine's process id."},
            {Text, "arguments", "The command line after the interpreter's name, a JSON array."},
            {Text, "versions", "Node's, V8's and libuv's versions, a JSON object."},
            {Text, "directory", "The working directory."}}}},
    {EventKind::EntryFound, "entry-found", "Node has decided how it runs the program.",
        {{{EntryName, "entry", "How the program is run."},
            {Text, "file", "The program's file; empty for code from the command line or standard input."}, none, none,
            none}}},
    {EventKind::RunEnded, "run-ended",
        "The process ends. Inferred when the process was killed: then the one that had started it wrote this.",
        {{{EndName, "end", "Whether it ended by itself, by a signal, or was stopped."},
            {Number, "code", "The exit code, or the signal's number."}, none, none, none}}},
    {EventKind::RecordingEnded, "recording-ended", "From here on nothing is recorded; the program goes on.",
        {{{RecordingEndName, "reason", "Which limit was reached."}, none, none, none, none}}},
    {EventKind::DetailReduced, "detail-reduced", "From here on a detail is missing from events that would have it.",
        {{{DetailName, "detail", "What is missing."}, {Text, "reason", "Why."}, none, none, none}}},
    {EventKind::IterationStarted, "iteration-started", "The loop starts an iteration.",
        {{none, iteration(), none, none, none}}},
    {EventKind::PhaseEntered, "phase-entered",
        "The loop enters a phase. A phase in which nothing ran is recorded for poll and check only.",
        {{{PhaseName, "phase", "The phase."}, iteration(),
            {PollReasonName, "reason", "Poll only: why it waits for as long as it does."},
            {Signed, "timeout", "Poll only: the longest it may wait, milliseconds; -1 is for ever."}, none}}},
    {EventKind::PhaseLeft, "phase-left", "The loop leaves a phase, with every callback of the phase done.",
        {{{PhaseName, "phase", "The phase."}, iteration(),
            {Number, "arrivals", "Poll only: the events that the kernel reported."}, none, none}}},
    {EventKind::ResourceCreated, "resource-created",
        "Something was begun whose callback will run later (async_hooks: init).",
        {{{ServiceName, "service", "Who does it."}, async("The new resource."), trigger(),
            {Text, "type", "Node's name of the type (TCPWRAP, FSREQCALLBACK …)."}, callback()}}},
    {EventKind::CallbackStarted, "callback-started",
        "The runtime calls into JavaScript for a resource (async_hooks: before).",
        {{none, async("The resource; 1 is the main script."), none, none, none}}},
    {EventKind::CallbackFinished, "callback-finished",
        "That call has returned, or was left by an error (then inferred).",
        {{{Number, "undrained",
              "1 when the runtime goes on before ticks and microtasks run, as between the callbacks of one HTTP "
              "message; 2 when they run at the end of a call of the runtime's own in which others may come first, as "
              "the exits of several workers do; else 0."},
            async("The resource."), none, none, none}}},
    {EventKind::ResourceDestroyed, "resource-destroyed", "The resource is gone; no callback of it can follow.",
        {{none, async("The resource."), none, none, none}}},
    {EventKind::TickQueued, "tick-queued", "process.nextTick was called.",
        {{none, async("The tick."), trigger(), callback(), none}}},
    {EventKind::MicrotaskQueued, "microtask-queued", "queueMicrotask was called.",
        {{none, async("The microtask."), trigger(), callback(), none}}},
    {EventKind::TimerCreated, "timer-created", "A Timeout was made (setTimeout, setInterval, or one of Node's own).",
        {{none, async("The timer."), trigger(), callback(),
            {Number, "delay", "Milliseconds, after Node's rounding up of 0 to 1."}}}},
    {EventKind::TimerStarted, "timer-started",
        "A timer was appended to the list of its duration: when made, refreshed or repeated.",
        {{none, async("The timer; 0 for a timer of Node's own that has no async id."),
            {Number, "duration", "Milliseconds: the list it went to."},
            {Number, "start", "The loop's time from which it counts, milliseconds."},
            {Number, "due", "start + duration."}}}},
    {EventKind::TimerCleared, "timer-cleared", "A timer was taken off before it was due, or after its last turn.",
        {{none, async("The timer."), none, none, none}}},
    {EventKind::TimerReferenced, "timer-referenced", "ref() or unref() of a timer; unreferenced when the flag says so.",
        {{none, async("The timer."), none, none, none}}},
    {EventKind::TimersProcessed, "timers-processed", "Node begins to serve its lists of timers.",
        {{none, {Number, "now", "The loop's time, milliseconds: what is due by then runs."}, none, none, none}}},
    {EventKind::ImmediateCreated, "immediate-created", "setImmediate was called.",
        {{none, async("The immediate."), trigger(), callback(), none}}},
    {EventKind::ImmediateCleared, "immediate-cleared", "clearImmediate was called for one that had not run.",
        {{none, async("The immediate."), none, none, none}}},
    {EventKind::ImmediateReferenced, "immediate-referenced",
        "ref() or unref() of an immediate; unreferenced when the flag says so.",
        {{none, async("The immediate."), none, none, none}}},
    {EventKind::PromiseCreated, "promise-created", "A promise was made.",
        {{{OriginName, "origin", "By whom."}, promise("The new promise."),
            {Promise, "parent", "derived, await: the promise whose settling it waits for; else 0."},
            {Promise, "function",
                "await: the promise that the async function returned, told from the stack; 0 when it could not be "
                "told."},
            none}}},
    {EventKind::PromiseFollows, "promise-follows",
        "A promise was resolved with a thenable: a microtask that will call its then was queued.",
        {{none, promise("The promise that now follows."),
            {Promise, "followed", "The promise followed; 0 when the thenable is not a native promise."}, none, none}}},
    {EventKind::PromiseSettled, "promise-settled",
        "A promise was fulfilled or rejected. Not told of the promise of an await, which nobody can wait for.",
        {{{OutcomeName, "outcome", "Which."}, promise("The promise."),
            {Number, "reactions", "How many of those who waited were queued by this."}, none, none}}},
    {EventKind::ReactionQueued, "reaction-queued",
        "A microtask was queued because a promise is settled. Inferred when it was in a queue that a context of vm has "
        "for itself: then this is told only when the job starts.",
        {{{JobKindName, "job", "Reaction of then/catch/finally, or an await to be taken up."},
            promise("The promise of the reaction: job-started will name it."),
            {Promise, "source", "The settled promise; 0 when V8 registered the reaction by itself."}, none, none}}},
    {EventKind::JobStarted, "job-started", "A promise microtask starts.",
        {{{JobKindName, "job", "Of which kind."}, promise("The promise it was queued for."), none, none, none}}},
    {EventKind::JobFinished, "job-finished", "It has returned.",
        {{{JobKindName, "job", "Of which kind."}, promise("The promise it was queued for."), none, none, none}}},
    {EventKind::DrainStarted, "drain-started", "V8 begins to run microtasks; recorded with the first that runs.",
        {{none, none, none, none, none}}},
    {EventKind::DrainFinished, "drain-finished", "The microtask queue is empty.", {{none, none, none, none, none}}},
    {EventKind::PoolJobSubmitted, "pool-job-submitted", "A job was handed to the thread pool.",
        {{none, job(), {Async, "async", "The resource whose callback gets the result; 0 when unknown."},
            {Text, "operation", "What is done: open, read, work, getaddrinfo …"},
            {Text, "detail", "Path or host, where there is one."}}}},
    {EventKind::PoolJobBegun, "pool-job-begun", "A thread of the pool took the job.",
        {{none, job(), {Worker, "worker", "The thread."}, none, none}}},
    {EventKind::PoolJobDone, "pool-job-done", "The thread has finished; the loop was told.",
        {{none, job(), {Worker, "worker", "The thread."}, none, none}}},
    {EventKind::PoolJobDelivered, "pool-job-delivered",
        "The loop takes the result from the pool and is about to call back.", {{none, job(), none, none, none}}},
    {EventKind::KernelWaitStarted, "kernel-wait-started", "The kernel was asked to tell when something happens.",
        {{{KernelWaitName, "wait", "For what."}, async("The handle or request; 0 when it has no async id."),
            {Number, "handle", "The handle, numbered from 1 in the order first seen."},
            {Text, "detail",
                "Path, file or signal, where there is one; the port or path at which a server listens; \"stdin\" for "
                "reading standard input."},
            none}}},
    {EventKind::KernelWaitEnded, "kernel-wait-ended",
        "It is no longer waited for: it came, was stopped, or the handle closes.",
        {{{KernelWaitName, "wait", "For what."}, async("The handle or request."), {Number, "handle", "The handle."},
            none, none}}},
    {EventKind::HandleReferenced, "handle-referenced",
        "ref() or unref() of a handle; unreferenced when the flag says so.",
        {{none, async("The handle's resource."), {Number, "handle", "The handle."}, none, none}}},
    {EventKind::HandleClosing, "handle-closing",
        "A handle is being closed: its close callback will run in a closing phase.",
        {{none, async("The handle's resource."), {Number, "handle", "The handle."}, none, none}}},
    {EventKind::HandleClosed, "handle-closed", "The closing phase reached it.",
        {{none, async("The handle's resource."), {Number, "handle", "The handle."}, none, none}}},
    {EventKind::ConnectionAccepted, "connection-accepted", "A server accepted a connection.",
        {{none, {Async, "server", "The server's handle."}, {Async, "connection", "The connection's handle."}, none,
            none}}},
    {EventKind::RequestStarted, "request-started", "An HTTP request was received, or is sent.",
        {{{DirectionName, "direction", "Received or sent."}, {Number, "request", "Numbered from 1."},
            {Async, "connection", "The connection's handle; 0 while it has none."}, {Text, "method", "GET, POST …"},
            {Text, "path", "As in the request line."}}}},
    {EventKind::RequestFinished, "request-finished", "Its answer is complete: sent, or received.",
        {{{DirectionName, "direction", "As at its start."}, {Number, "request", "The request."},
            {Number, "status", "HTTP status; 0 when it broke off."}, none, none}}},
    {EventKind::Output, "output", "The program wrote to a standard stream.",
        {{{StreamName, "stream", "Which."}, {Text, "text", "What it wrote, cut at 64 KiB (flag)."},
            {Number, "bytes", "How many bytes it wrote."}, none, none}}},
    {EventKind::UncaughtError, "uncaught-error", "An error reached the runtime.",
        {{none, {Text, "message", "The error as text."}, none, none, none}}},
    {EventKind::RejectionUnhandled, "rejection-unhandled", "A promise was rejected with nobody to catch it (yet).",
        {{none, promise("The promise."), {Text, "message", "The reason as text."}, none, none}}},
    {EventKind::RejectionHandled, "rejection-handled",
        "A handler was added to a promise that had been rejected without.",
        {{none, promise("The promise."), none, none, none}}},
    {EventKind::Warning, "warning", "process.emitWarning, by Node or the program.",
        {{none, {Text, "message", "The warning."}, {Text, "name", "Its name, e.g. DeprecationWarning."}, none, none}}},
    {EventKind::GarbageCollected, "garbage-collected",
        "V8 collected garbage on the JavaScript thread; recorded at its end.",
        {{{CollectionName, "collection", "Of which kind."}, {Wide, "nanoseconds", "How long JavaScript stood still."},
            none, none, none}}},
    {EventKind::ChildStarted, "child-started", "A child process was started; it is not recorded.",
        {{none, {Number, "pid", "Its process id."}, {Text, "file", "Its program."},
            async("The ChildProcess's resource."), none}}},
    {EventKind::WorkerStarted, "worker-started", "A worker thread (worker_threads) was started; it is not recorded.",
        {{none, async("The Worker's resource."), none, none, none}}},
    {EventKind::ScriptSeen, "script-seen", "A script of the program was first seen in a call stack.",
        {{none, {Text, "script", "Its name, as the frames have it."},
            {Text, "source", "Its source as V8 compiled it, cut at 64 KiB (flag); empty when V8 has none."}, none,
            none}}},
    {EventKind::VariableCaptured, "variable-captured",
        "The function that will be called has captured this variable of a loop's round or of a function's call. Told, "
        "innermost first and four at most, before the event that makes the order; between them lie only events of "
        "other threads, and a script that is first seen in its stack.",
        {{{VariableName, "holds",
              "What it holds as the order is placed, and whether anything but its declaration assigns it."},
            async("The order, when it has an async id."), promise("The order, when it is a promise."),
            {Text, "name", "The variable's."},
            {Text, "value", "A number as JavaScript prints it, or a string, cut at 40 characters (flag)."}}}},
}};

constexpr bool everyKindStandsAtItsNumber()
{
    for (std::size_t i = 0; i < kSchema.size(); ++i) {
        if (static_cast<std::size_t>(kSchema[i].kind) != i || kSchema[i].name.empty())
            return false;
    }
    return true;
}
static_assert(everyKindStandsAtItsNumber());

std::string_view pick(std::span<const std::string_view> words, std::uint32_t value)
{
    return value < words.size() ? words[value] : std::string_view {};
}

std::string_view collectionWord(std::uint32_t value)
{
    switch (static_cast<Collection>(value)) {
    case Collection::Scavenge: return "scavenge";
    case Collection::MinorMarkCompact: return "minor-mark-compact";
    case Collection::MarkCompact: return "mark-compact";
    case Collection::IncrementalMarking: return "incremental-marking";
    case Collection::WeakCallbacks: return "weak-callbacks";
    }
    return {};
}

using Words = std::string_view;

} // namespace

std::span<const KindSchema> schema()
{
    return kSchema;
}

const KindSchema& schemaOf(EventKind kind)
{
    assert(static_cast<std::size_t>(kind) < kSchema.size());
    return kSchema[static_cast<std::size_t>(kind)];
}

std::uint32_t fieldValue(const Record& record, std::size_t field)
{
    switch (field) {
    case 0: return record.small;
    case 1: return record.a;
    case 2: return record.b;
    case 3: return record.c;
    case 4: return record.d;
    }
    assert(false);
    return 0;
}

std::string_view wordFor(FieldType type, std::uint32_t value)
{
    static constexpr std::array<Words, 7> phases {"", "pending", "idle-prepare", "poll", "check", "closing", "timers"};
    static constexpr std::array<Words, 7> entries {
        "unknown", "commonjs", "module", "evaluated", "stdin", "repl", "other"};
    static constexpr std::array<Words, 3> ends {"exit", "signal", "stopped"};
    static constexpr std::array<Words, 5> recordingEnds {"", "event-limit", "size-limit", "disk-full", "promise-limit"};
    static constexpr std::array<Words, 4> details {"", "positions", "output-text", "internal-patch"};
    static constexpr std::array<Words, 8> reasons {"", "nothing-active", "immediates-pending", "handles-closing",
        "callbacks-pending", "loop-stopping", "timer-due", "kernel-only"};
    static constexpr std::array<Words, 3> services {"javascript", "pool", "kernel"};
    static constexpr std::array<Words, 3> origins {"constructed", "derived", "await"};
    static constexpr std::array<Words, 3> outcomes {"", "fulfilled", "rejected"};
    static constexpr std::array<Words, 4> jobs {"", "reaction", "await", "thenable"};
    static constexpr std::array<Words, 10> waits {"", "listening", "reading", "writing", "connecting", "datagrams",
        "child-exit", "signal", "file-events", "name-answer"};
    static constexpr std::array<Words, 2> directions {"incoming", "outgoing"};
    static constexpr std::array<Words, 3> streams {"", "stdout", "stderr"};
    static constexpr std::array<Words, 5> variables {"", "number", "string", "assigned-number", "assigned-string"};

    switch (type) {
    case PhaseName: return pick(phases, value);
    case EntryName: return pick(entries, value);
    case EndName: return pick(ends, value);
    case RecordingEndName: return pick(recordingEnds, value);
    case DetailName: return pick(details, value);
    case PollReasonName: return pick(reasons, value);
    case ServiceName: return pick(services, value);
    case OriginName: return pick(origins, value);
    case OutcomeName: return pick(outcomes, value);
    case JobKindName: return pick(jobs, value);
    case KernelWaitName: return pick(waits, value);
    case DirectionName: return pick(directions, value);
    case StreamName: return pick(streams, value);
    case CollectionName: return collectionWord(value);
    case VariableName: return pick(variables, value);
    case Unused:
    case Async:
    case Promise:
    case Job:
    case Worker:
    case Text:
    case Number:
    case Signed:
    case Wide: return {};
    }
    return {};
}

} // namespace bistro::trace
