#include "event.h"

#include <cassert>

namespace bistro::trace {
namespace {

using enum FieldType;

enum Slot : std::size_t { small, a, b, c, d };

constexpr std::array<KindSchema, kEventKinds> kSchema {{
    {EventKind::None, "none", "Never recorded.", {}},
#define EVENT(kind, name, meaning) [] { KindSchema one {EventKind::kind, name, meaning, {}};
#define FIELD(slot, type, name, fieldType, meaning) one.fields[slot] = {fieldType, #name, meaning};
#define END \
    return one; \
    } \
    (),
#include "events.inc"
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
    static constexpr std::array<Words, 3> callEntries {"", "called", "resumed"};
    static constexpr std::array<Words, 4> linePoints {"", "statement", "return", "debugger"};
    static constexpr std::array<Words, 9> scopes {
        "", "this", "parameter", "local", "block", "catch", "closure", "module", "script"};
    static constexpr std::array<Words, 19> objects {"", "object", "array", "function", "class", "map", "set", "promise",
        "error", "date", "regexp", "typed-array", "buffer", "generator", "weak-collection", "wrapper", "proxy",
        "arguments", "other"};
    static constexpr std::array<Words, 9> properties {
        "", "data", "element", "accessor", "private", "key", "value", "result", "deleted"};
    static constexpr std::array<Words, 5> callEnds {"", "returned", "awaits", "yields", "threw"};
    static constexpr std::array<Words, 4> fates {"", "unknown", "caught", "uncaught"};
    static constexpr std::array<Words, 4> linesEnds {"", "limit", "debugger", "memory"};
    static constexpr std::array<Words, 4> confinements {"", "none", "whole", "partly"};
    static constexpr std::array<Words, 11> accesses {
        "", "read", "write", "run", "connect", "listen", "resolve", "inspect", "addon", "signal", "system"};
    static constexpr std::array<Words, 10> runLimits {
        "", "heap", "memory", "processes", "workers", "output", "files", "open-files", "time", "file-size"};

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
    case CallEntryName: return pick(callEntries, value);
    case LinePointName: return pick(linePoints, value);
    case ScopeName: return pick(scopes, value);
    case ObjectKindName: return pick(objects, value);
    case PropertyKindName: return pick(properties, value);
    case CallEndName: return pick(callEnds, value);
    case ErrorFateName: return pick(fates, value);
    case LinesEndName: return pick(linesEnds, value);
    case ConfinementName: return pick(confinements, value);
    case AccessName: return pick(accesses, value);
    case RunLimitName: return pick(runLimits, value);
    case Unused:
    case Async:
    case Promise:
    case Job:
    case Worker:
    case Handler:
    case Call:
    case Object:
    case Text:
    case Number:
    case Signed:
    case Wide: return {};
    }
    return {};
}

} // namespace bistro::trace
