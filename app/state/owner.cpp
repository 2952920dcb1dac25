#include "state/owner.h"
#include "state/loopevents.h"

#include "source/callsite.h"
#include "state/chain.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kDeepest = 1'024; // frames that are looked through: a hostile trace may have any number
constexpr std::size_t kRemembered = 1 << 16; // of each that is remembered
constexpr std::size_t kStacks = 1 << 14; // those that are asked for again are near each other

template <typename Key, typename Value>
void keep(std::unordered_map<Key, Value>& among, Key key, const Value& value)
{
    if (among.size() >= kRemembered)
        among.clear();
    among.insert_or_assign(key, value);
}

Remembered::Script scriptOf(const TraceLog& log, TextId name)
{
    auto& scripts = log.remembered().scripts;
    if (const auto known = scripts.find(name.value); known != scripts.end())
        return known->second;
    const std::string_view text = log.text(name);
    const Remembered::Script script {
        .isNodes = isNodesScript(text) || text.starts_with("wasm:"), .package = packageOf(log, text)};
    if (!log.entryFile().empty()) // before, a package may be the program
        keep(scripts, name.value, script);
    return script;
}

// What is made for a module of Node's own that is loaded, and within fetch, whose parts nobody asks for.
bool isSetup(std::string_view function, std::string_view script)
{
    return function == "compileForInternalLoader" || script.starts_with("node:internal/deps/undici");
}

bool isForStandardStreams(const TraceLog& log, const Record& created)
{
    if (kindOfCreated(created) != OrderKind::KernelIo)
        return false;
    constexpr std::size_t kNearest = 8; // frames
    StackId stack {created.stack};
    for (std::size_t i = 0; stack && i < kNearest; ++i) {
        const Frame frame = log.frame(stack);
        if (!scriptOf(log, frame.script).isNodes)
            return false;
        if (log.text(frame.function) == "createWritableStdioStream")
            return true;
        stack = frame.caller;
    }
    return false;
}

bool isPromise(OrderKind kind)
{
    return kind == OrderKind::Reaction || kind == OrderKind::Await || kind == OrderKind::Thenable;
}

// Of promises that a function of Node's makes, the one that it returns is made nearest to the call: by the function
// that was called, or one that this one calls. A promise made nearer has come before it, then, or none has.
bool isReturned(const TraceLog& log, Index created, const StackSummary& summary)
{
    constexpr std::uint16_t kNearest = 2; // frames
    constexpr Index kFarthest = 64; // events
    if (summary.nodes > kNearest)
        return false;
    for (const Index i : eventsBefore(log, created, summary.nodes > 1 ? kFarthest - 1 : 0)) {
        const Record before = log.event(i);
        if (startsCall(before) || endsCall(before))
            break;
        if (before.kind != EventKind::PromiseCreated)
            continue;
        const StackSummary other = summaryOf(log, {before.stack});
        if (other.outside != summary.outside)
            break;
        if (other.nodes < summary.nodes)
            return false;
    }
    return true;
}

// A timer that Node has to look after its own connections, as against one that it was asked for.
bool isAskedFor(const TraceLog& log, const Record& created, const StackSummary& summary)
{
    constexpr std::uint16_t kNearest = 3; // Timeout, the arrow function of a promise, setTimeout
    if (summary.nodes > kNearest)
        return false;
    const Frame maker = log.frame({created.stack});
    return log.text(log.frame(maker.caller).function) != "setUnrefTimeout";
}

Owner ownerInProgram(const TraceLog& log, Index at, const Record& created, const StackSummary& summary)
{
    if (summary.nodes == 0)
        return Owner::Program;
    const OrderKind kind = kindOfCreated(created);
    if (kind == OrderKind::Await)
        return Owner::Node;
    if (isPromise(kind))
        return isReturned(log, at, summary) ? Owner::Program : Owner::Node;
    if (summary.isSetup)
        return Owner::Node;
    if (kind == OrderKind::Timer || kind == OrderKind::Immediate || kind == OrderKind::Tick
        || kind == OrderKind::Microtask)
        return isAskedFor(log, created, summary) ? Owner::Program : Owner::Node;
    return Owner::Program;
}

// Whether the program's call into the package hands over a function, and the order is its first fruit: what a package
// does at its own time, and its promises, are its own.
bool isForFunctionOfProgram(const TraceLog& log, const Record& created, const StackSummary& summary)
{
    if (!summary.program || isPromise(kindOfCreated(created)))
        return false;
    if (is<events::ResourceCreated>(created)) {
        const std::string_view type = log.text(as<events::ResourceCreated>(created).type);
        if (type == "TCPSERVERWRAP" || type == "PIPESERVERWRAP")
            return true; // app.listen
    }
    const CallSite* const call = log.callAt(summary.program);
    return call && !call->callback.empty();
}

} // namespace

StackSummary summaryOf(const TraceLog& log, StackId stack)
{
    if (!stack)
        return {};
    auto& stacks = log.remembered().stacks;
    if (stacks.empty())
        stacks.resize(kStacks);
    Remembered::Stack& known = stacks[stack.value % kStacks];
    if (known.stack == stack)
        return known.summary;
    StackSummary summary;
    StackId at = stack;
    for (std::size_t i = 0; at && i < kDeepest; ++i) {
        const Frame frame = log.frame(at);
        const Remembered::Script script = scriptOf(log, frame.script);
        if (!script.isNodes) {
            if (!summary.outside) {
                summary.outside = at;
                summary.package = script.package;
            }
            if (script.package.empty()) {
                summary.program = at;
                break;
            }
        } else if (!summary.outside) {
            ++summary.nodes;
            summary.called = at;
            summary.isSetup = summary.isSetup || isSetup(log.text(frame.function), log.text(frame.script));
        }
        at = frame.caller;
    }
    if (!summary.outside)
        summary.called = {};
    if (!log.entryFile().empty())
        known = {.stack = stack, .summary = summary};
    return summary;
}

bool isRequest(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    if (created == kNoEvent || log.event(created).kind != EventKind::ResourceCreated)
        return false;
    return log.text(as<events::ResourceCreated>(log.event(created)).type) == "HTTPINCOMINGMESSAGE";
}

StackId frameCalledBack(const TraceLog& log, OrderId order)
{
    constexpr Index kFarthest = 64; // events
    constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz"; // Node's types have none
    const Index at = log.createdAt(order);
    const Record created = at == kNoEvent ? Record {} : log.event(at);
    if (kindOfCreated(created) != OrderKind::PoolIo || created.stack != 0
        || log.text(as<events::ResourceCreated>(created).type).find_first_of(kSmall) == std::string_view::npos)
        return {};
    const Index started = log.startedAt(order);
    for (const Index i : eventsFrom(log, started + 1, started == kNoEvent ? 0 : kFarthest - 1)) {
        const Record event = log.event(i);
        if (startsCall(event) || endsCall(event))
            break;
        StackId found = summaryOf(log, {event.stack}).program;
        for (StackId outer = found; outer; outer = summaryOf(log, log.frame(outer).caller).program)
            found = outer; // the callback itself, and not what it calls
        if (found)
            return found;
    }
    return {};
}

bool isBegunByCall(const TraceLog& log, OrderId order)
{
    const Index at = log.createdAt(order);
    if (at == kNoEvent)
        return false;
    const Record created = log.event(at);
    const OrderKind kind = kindOfCreated(created);
    if ((kind != OrderKind::PoolIo && kind != OrderKind::KernelIo) || (created.flags & FlagInternal) != 0
        || summaryOf(log, {created.stack}).outside)
        return false;
    const OrderId cause = log.trigger(order);
    const Index before = log.createdAt(cause);
    if (!cause || before >= at || (log.event(before).flags & FlagInternal) == 0)
        return false;
    const StackSummary call = summaryOf(log, {log.event(before).stack});
    return call.program && !call.isSetup && !placedBySameCall(log, cause);
}

Owner ownerOf(const TraceLog& log, OrderId order)
{
    const Index at = log.createdAt(order);
    if (at == kNoEvent)
        return order.value == 1 && order.space == OrderId::Space::Async ? Owner::Program : Owner::Node;
    const Record created = log.event(at);
    if (is<events::HandlerStarted>(created))
        return Owner::Program; // its listeners
    if ((created.flags & FlagInternal) != 0 || isForStandardStreams(log, created))
        return Owner::Node;
    const StackSummary summary = summaryOf(log, {created.stack});
    if (!summary.outside)
        return callbackOf(created) || isRequest(log, order) || isBegunByCall(log, order) || frameCalledBack(log, order)
            ? Owner::Program
            : Owner::Node;
    const Owner owner = ownerInProgram(log, at, created, summary);
    if (summary.package.empty() || owner == Owner::Node)
        return owner;
    return isForFunctionOfProgram(log, created, summary) ? Owner::Program : Owner::Package;
}

std::string_view packageOf(const TraceLog& log, OrderId order)
{
    const Index at = log.createdAt(order);
    if (at == kNoEvent || ownerOf(log, order) != Owner::Package)
        return {};
    return summaryOf(log, {log.event(at).stack}).package;
}

namespace {

bool standsInCall(const TraceLog& log, OrderId order, Index created)
{
    if (created == kNoEvent)
        return false;
    return summaryOf(log, {log.event(created).stack}).program || isRequest(log, order) || isBegunByCall(log, order)
        || frameCalledBack(log, order)
        || (order.space == OrderId::Space::Async && log.numberOfConnection(order.value) != 0);
}

// Follows what caused an order, each of which was made before: so it ends, whatever the trace says.
OrderId backFrom(const TraceLog& log, OrderId order)
{
    auto& named = log.remembered().named;
    constexpr std::size_t kFarthest = 1 << 20; // links
    constexpr std::size_t kEach = 16; // a way is remembered at every so many
    std::vector<OrderId> way;
    OrderId found;
    for (std::size_t i = 0; order && i < kFarthest; ++i) {
        if (const auto known = named.find(orderKey(order)); known != named.end()) {
            found = known->second;
            break;
        }
        const Index created = log.createdAt(order);
        if (standsInCall(log, order, created)) {
            found = order;
            break;
        }
        if (created == kNoEvent)
            break;
        if (i % kEach == 0)
            way.push_back(order);
        OrderId cause = log.trigger(order);
        Index before = log.createdAt(cause);
        if (!cause || before >= created) { // nobody, or the script: who placed it may know more
            cause = log.placedBy(order);
            before = log.createdAt(cause);
        }
        order = before < created ? cause : OrderId {};
    }
    for (const OrderId each : way)
        keep(named, orderKey(each), found);
    return found;
}

} // namespace

OrderId orderOfCall(const TraceLog& log, OrderId order)
{
    if (standsInCall(log, order, log.createdAt(order)))
        return order;
    return backFrom(log, order);
}

namespace {

OrderId createdBy(const Record& event)
{
    switch (event.kind) {
    case EventKind::ResourceCreated: return OrderId::async(as<events::ResourceCreated>(event).async);
    case EventKind::TickQueued: return OrderId::async(as<events::TickQueued>(event).async);
    case EventKind::MicrotaskQueued: return OrderId::async(as<events::MicrotaskQueued>(event).async);
    case EventKind::TimerCreated: return OrderId::async(as<events::TimerCreated>(event).async);
    case EventKind::ImmediateCreated: return OrderId::async(as<events::ImmediateCreated>(event).async);
    case EventKind::PromiseCreated: return OrderId::promise(as<events::PromiseCreated>(event).promise);
    default: return {};
    }
}

} // namespace

OrderId placedBySameCall(const TraceLog& log, OrderId order)
{
    constexpr Index kFarthest = 128; // events, each way
    const Index at = log.createdAt(order);
    if (at == kNoEvent)
        return {};
    const StackId call = summaryOf(log, {log.event(at).stack}).program;
    if (!call)
        return {};
    Index from = at;
    for (const Index i : eventsBefore(log, at, kFarthest)) {
        if (startsCall(log.event(i)) || endsCall(log.event(i)))
            break;
        from = i;
    }
    Index behind = 0;
    for (const Index i : eventsFrom(log, from)) {
        const Record event = log.event(i);
        if (i > at && (++behind >= kFarthest || startsCall(event) || endsCall(event)))
            break;
        const OrderId each = createdBy(event);
        if (each && summaryOf(log, {event.stack}).program == call && log.createdAt(each) == i
            && kindOfCreated(event) != OrderKind::Await && ownerOf(log, each) == Owner::Program)
            return each;
    }
    return {};
}

OrderId learnersOrder(const TraceLog& log, OrderId order)
{
    constexpr int kFarthest = 64; // calls of the program's that placed nothing of its own
    for (int i = 0; order && i < kFarthest; ++i) {
        if (ownerOf(log, order) == Owner::Program)
            return order;
        const OrderId call = orderOfCall(log, order);
        if (!call)
            return {};
        if (ownerOf(log, call) == Owner::Program)
            return call;
        if (const OrderId placed = placedBySameCall(log, call))
            return placed;
        const Index before = log.createdAt(call);
        OrderId next = log.numberOfConnection(call.value) != 0 && call.space == OrderId::Space::Async
            ? log.trigger(call)
            : log.placedBy(call);
        if (next && log.createdAt(next) != kNoEvent && log.createdAt(next) >= before)
            next = {};
        order = next;
    }
    return {};
}

} // namespace bistro::app
