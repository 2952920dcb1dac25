// The closed vocabulary of what an engine records, and the shape of one record. Both are the file format: see layout.h
// for the file around them. Every field of every event is named in `schema()`; the text form, JSON, the validator and
// docs (engine/trace/FORMAT.md, checked by a test) are made from that one table, and the table from events.inc. Who
// reads what was recorded does it by the views (views.h): the letters of a record mean something in this room only.
#pragma once

#include "ids.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace bistro::trace {

// By what it is recorded as; see events.inc.
enum class EventKind : std::uint8_t {
    None = 0, // never recorded
#define EVENT(kind, name, meaning) kind,
#define FIELD(slot, type, name, fieldType, meaning)
#define END
#include "events.inc"
    End_
};
inline constexpr std::size_t kEventKinds = static_cast<std::size_t>(EventKind::End_);

// CallbackFinished: whether ticks and microtasks run now, only after what the runtime does next, or at the end of a
// call of its own around this one, in which others may come first.
enum class AfterCallback : std::uint16_t { Drains, GoesOn, DrainsLater };
enum class Phase : std::uint16_t { Pending = 1, IdlePrepare, Poll, Check, Closing, Timers };
enum class EntryKind : std::uint16_t { Unknown, CommonJs, Module, Evaluated, StandardInput, Repl, Other };
enum class EndKind : std::uint16_t { ExitCode, Signal, Stopped };
enum class RecordingEnd : std::uint16_t { EventLimit = 1, SizeLimit, DiskFull, PromiseLimit };
enum class Detail : std::uint16_t { Positions = 1, OutputText, InternalPatch };
// Why poll waits as long as it does: libuv's uv_backend_timeout, told apart.
enum class PollReason : std::uint32_t {
    Unknown,
    NothingActive,
    ImmediatesPending,
    HandlesClosing,
    CallbacksPending,
    LoopStopping,
    TimerDue,
    KernelOnly
};
// Who serves a resource: nobody but the JavaScript thread, the thread pool, or the kernel.
enum class Service : std::uint16_t { JavaScript, Pool, Kernel };
enum class PromiseOrigin : std::uint16_t { Constructed, Derived, Await };
enum class PromiseOutcome : std::uint16_t { Fulfilled = 1, Rejected };
enum class JobKind : std::uint16_t { Reaction = 1, Await, Thenable };
enum class KernelWait : std::uint16_t {
    Listening = 1,
    Reading,
    Writing,
    Connecting,
    Datagrams,
    ChildExit,
    Signal,
    FileEvents,
    NameAnswer
};
enum class Direction : std::uint16_t { Incoming, Outgoing };
enum class Stream : std::uint16_t { Output = 1, Error };
// What a variable holds; assigned: by more than its declaration.
enum class VariableKind : std::uint16_t { Number = 1, String, AssignedNumber, AssignedString };
// CallEntered: the function begins, or goes on after an await or yield.
enum class CallEntry : std::uint16_t { Called = 1, Resumed };
enum class LinePoint : std::uint16_t { Statement = 1, Return, DebuggerStatement };
// Parameter: one that V8 keeps where it was passed; others are among the locals.
enum class VariableScope : std::uint16_t { This = 1, Parameter, Local, Block, Catch, Closure, Module, Script };
enum class ObjectKind : std::uint16_t {
    Object = 1,
    Array,
    Function,
    Class,
    Map,
    Set,
    Promise,
    Error,
    Date,
    RegExp,
    TypedArray,
    Buffer,
    Generator,
    WeakCollection,
    Wrapper,
    Proxy,
    Arguments,
    Other
};
enum class PropertyKind : std::uint16_t {
    Data = 1, // of any name, a symbol's as [Symbol(name)]
    Element,
    Accessor, // not called
    Private, // #name
    Key, // of a Map
    Value, // of a Map or Set
    Result, // of a settled promise
    Deleted
};
enum class CallEnd : std::uint16_t { Returned = 1, Awaits, Yields, Threw };
enum class ErrorFate : std::uint16_t { Unknown = 1, Caught, Uncaught };
// Debugger: the program, or somebody outside, debugs it by V8's own means.
enum class LinesEnd : std::uint16_t { Limit = 1, Debugger, Memory };
// Partly: what this kernel lacks is told beside it.
enum class Confinement : std::uint16_t { None = 1, Whole, Partly };
enum class Access : std::uint16_t {
    Read = 1, // a file or a folder
    Write, // likewise
    Run, // a program that is not the system's
    Connect, // or to send something to
    Listen, // beyond this computer
    Resolve, // a name
    Inspect, // to open the inspector
    Addon, // to load native code
    Signal, // another's process
    System // a call of the kernel's that no lesson needs
};
enum class RunLimit : std::uint16_t { Heap = 1, Memory, Processes, Workers, Output, Files, OpenFiles, Time, FileSize };
enum class Collection : std::uint16_t {
    Scavenge = 1,
    MinorMarkCompact = 2,
    MarkCompact = 4,
    IncrementalMarking = 8,
    WeakCallbacks = 16
};

// Bits of Record::flags.
enum Flag : std::uint8_t {
    FlagInferred = 1, // concluded by the recorder from what it saw, not observed itself
    FlagRepeat = 2, // TimerCreated: an interval
    FlagUnreferenced = 4, // does not keep the loop alive
    FlagTruncated = 8, // a text of this record was cut: the program's own was longer
    FlagUnrecorded = 16, // ChildStarted, WorkerStarted: what happens there is not in any trace
    FlagCancelled = 32, // PoolJobDelivered: cancelled before a worker took it
    FlagInternal = 64, // TickQueued, MicrotaskQueued, TimerCreated, ImmediateCreated: the function is one of Node's own
};
inline constexpr std::uint8_t kKnownFlags = 127;

// One event, 32 bytes, as it lies in the file, little-endian.
struct Record {
    EventKind kind = EventKind::None;
    std::uint8_t flags = 0;
    std::uint16_t small = 0; // meaning by kind
    std::uint32_t stack = 0; // StackId: where in the learner's program this was caused; 0 when no JavaScript was
                             // running or nothing was captured
    std::uint64_t time = 0; // nanoseconds since the run started, of the engine's monotonic clock; never decreases
    std::uint32_t a = 0; // meaning by kind, like b, c and d
    std::uint32_t b = 0;
    std::uint32_t c = 0;
    std::uint32_t d = 0;
};
static_assert(sizeof(Record) == 32);

// What a field holds, so that one table can check it, print it and document it.
enum class FieldType : std::uint8_t {
    Unused, // always 0
    Async, // AsyncId
    Promise, // PromiseId
    Job, // JobId
    Worker, // WorkerId
    Handler, // HandlerId
    Call, // CallId
    Object, // ObjectId
    Text, // TextId
    Number, // count or number, unit in the field's name
    Signed, // std::int32_t in two's complement
    Wide, // 64 bits: this field is the low half, the next one the high half
    PhaseName,
    EntryName,
    EndName,
    RecordingEndName,
    DetailName,
    PollReasonName,
    ServiceName,
    OriginName,
    OutcomeName,
    JobKindName,
    KernelWaitName,
    DirectionName,
    StreamName,
    CollectionName,
    VariableName,
    CallEntryName,
    LinePointName,
    ScopeName,
    ObjectKindName,
    PropertyKindName,
    CallEndName,
    ErrorFateName,
    LinesEndName,
    ConfinementName,
    AccessName,
    RunLimitName,
};

struct Field {
    FieldType type = FieldType::Unused;
    std::string_view name; // the JSON name: stable
    std::string_view meaning; // one sentence: meaning, unit, when it is empty
};

struct KindSchema {
    EventKind kind = EventKind::None;
    std::string_view name; // the JSON name: stable
    std::string_view meaning;
    std::array<Field, 5> fields; // small, a, b, c, d
};

// One entry for each kind, at the kind's own number.
[[nodiscard]] std::span<const KindSchema> schema();
[[nodiscard]] const KindSchema& schemaOf(EventKind kind);
// The value of field 0 (small) to 4 (d).
[[nodiscard]] std::uint32_t fieldValue(const Record& record, std::size_t field);
// The word for a value of one of the …Name types; empty if there is none.
[[nodiscard]] std::string_view wordFor(FieldType type, std::uint32_t value);

} // namespace bistro::trace
