#include "state/describe.h"

#include "source/callsite.h"
#include "state/captured.h"
#include "state/chain.h"
#include "trace/views.h"

#include <algorithm>
#include <utility>

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kDeepest = 1'024; // frames that are looked through: a hostile trace may have any number

// The name of the function that will be called, as the event that created the order has it.
std::string_view callbackName(const TraceLog& log, const Record& created)
{
    return log.text(callbackOf(created));
}

std::string_view defaultName(const TraceLog& log, const Record& created)
{
    switch (kindOfCreated(created)) {
    case OrderKind::Tick: return "nextTick";
    case OrderKind::Microtask: return "queueMicrotask";
    case OrderKind::Timer: return (created.flags & FlagRepeat) != 0 ? "setInterval" : "setTimeout";
    case OrderKind::Immediate: return "setImmediate";
    case OrderKind::Reaction: return "then";
    case OrderKind::Await: return "await";
    case OrderKind::Thenable: return "promise";
    case OrderKind::PoolIo:
    case OrderKind::KernelIo:
    case OrderKind::Resource: return log.text(as<events::ResourceCreated>(created).type);
    case OrderKind::Handler: return log.text(as<events::HandlerStarted>(created).event);
    case OrderKind::Script:
    case OrderKind::None: break;
    }
    return "order";
}

} // namespace

CodePlace placeOfFrame(const TraceLog& log, StackId id)
{
    if (!id)
        return {};
    const Frame frame = log.frame(id);
    return {.frame = id,
        .function = log.text(frame.function),
        .script = log.text(frame.script),
        .line = frame.line,
        .column = frame.column};
}

bool isNodesScript(std::string_view script)
{
    return script.empty() || script.starts_with("node:");
}

namespace {

// Compiled code has no lines: its caller has.
bool isOfProgram(const CodePlace& place)
{
    return !isNodesScript(place.script) && !place.script.starts_with("wasm:");
}

} // namespace

CodePlace learnersPlace(const TraceLog& log, StackId stack)
{
    for (std::size_t i = 0; stack && i < kDeepest; ++i) {
        const CodePlace place = placeOfFrame(log, stack);
        if (isOfProgram(place))
            return place;
        stack = log.frame(stack).caller;
    }
    return {};
}

namespace {

// console.log makes itself its streams when it is first called.
bool isForStandardStreams(const TraceLog& log, const Record& created)
{
    if (kindOfCreated(created) != OrderKind::KernelIo)
        return false;
    constexpr std::size_t kNearest = 8; // frames
    StackId stack {created.stack};
    for (std::size_t i = 0; stack && i < kNearest; ++i) {
        const CodePlace place = placeOfFrame(log, stack);
        if (!isNodesScript(place.script))
            return false;
        if (place.function == "createWritableStdioStream")
            return true;
        stack = log.frame(stack).caller;
    }
    return false;
}

bool isMadeByNode(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    if (created == kNoEvent)
        return order.value > 1; // 1 is the main script
    const Record record = log.event(created);
    if ((record.flags & FlagInternal) != 0 || isForStandardStreams(log, record))
        return true;
    return callbackName(log, record).empty() && !learnersPlace(log, {record.stack});
}

} // namespace

OrderId inTheNameOf(const TraceLog& log, OrderId order)
{
    constexpr std::size_t kSteps = 16;
    if (log.kindOf(order) != OrderKind::PoolIo || !isMadeByNode(log, order))
        return order;
    Causes causes(log, order, kSteps);
    for (OrderId root = causes.next(); root && log.kindOf(root) == OrderKind::PoolIo; root = causes.next()) {
        if (!isMadeByNode(log, root))
            return root;
    }
    return order;
}

CodePlace runningPlace(const TraceLog& log, const LoopState& state)
{
    if (state.running.empty())
        return {};
    if (const CodePlace known = learnersPlace(log, {state.stack}))
        return known;
    if (state.stack != 0)
        return {};
    // Nothing of this call has been seen yet. Its first event that has a stack tells where: the callback's own frame is
    // the outermost.
    constexpr Index kFarthest = 2'000; // events
    const bool nested = state.running.size() > 1; // below its frames are those of who called it
    for (Index i = state.size; i < std::min(log.size(), state.size + kFarthest); ++i) {
        const Record event = log.event(i);
        if (startsCall(event) || endsCall(event))
            return {};
        if (event.stack == 0)
            continue;
        CodePlace place = learnersPlace(log, {event.stack});
        StackId outer = place.frame;
        for (std::size_t depth = 0; !nested && outer && depth < kDeepest; ++depth) {
            if (const CodePlace further = placeOfFrame(log, outer); isOfProgram(further))
                place = further;
            outer = log.frame(outer).caller;
        }
        if (state.running.back().kind == OrderKind::Script && place.function.empty()) // a script begins where it begins
            return {.frame = {}, .function = {}, .script = place.script, .line = 1, .column = 1};
        return place;
    }
    return {};
}

CodePlace placeOf(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(inTheNameOf(log, order));
    return created == kNoEvent ? CodePlace {} : learnersPlace(log, {log.event(created).stack});
}

std::string_view placedWith(const TraceLog& log, OrderId order)
{
    const CodePlace place = placeOf(log, order);
    const CallSite* const call = log.callAt(place.frame);
    return call ? call->name : std::string_view();
}

std::string_view fileName(std::string_view script)
{
    return script.substr(script.rfind('/') + 1);
}

std::string placeText(const CodePlace& place)
{
    if (!place)
        return {};
    std::string text(fileName(place.script));
    if (place.line != 0)
        text += ':' + std::to_string(place.line);
    if (place.line != 0 && place.column != 0)
        text += ':' + std::to_string(place.column);
    return text;
}

bool isNodesOwn(const TraceLog& log, OrderId order)
{
    return isMadeByNode(log, inTheNameOf(log, order));
}

bool isNodesOwnCall(const TraceLog& log, Index start)
{
    constexpr Index kFarthest = 2'000; // events of one call that are looked at
    const OrderId order = orderStartedBy(log.event(start));
    bool own = isNodesOwn(log, order);
    const bool job = log.kindOf(order) == OrderKind::PoolIo;
    if (!own && !job)
        return false;
    for (Index i = start + 1; i < std::min(log.size(), start + kFarthest); ++i) {
        const Record event = log.event(i);
        if (orderFinishedBy(event) == order)
            break;
        if (event.kind == EventKind::Output || (event.stack != 0 && learnersPlace(log, {event.stack})))
            return false;
        if (job && kindOfCreated(event) == OrderKind::PoolIo && triggerOf(event) == order
            && isMadeByNode(log, OrderId::async(as<events::ResourceCreated>(event).async)))
            own = true; // it goes on with another job
    }
    return own;
}

bool isInnerStep(const TraceLog& log, OrderId order)
{
    if (log.kindOf(order) != OrderKind::PoolIo)
        return false;
    const Index start = log.startedAt(order);
    return start != kNoEvent && isNodesOwnCall(log, start);
}

std::uint32_t stepOf(const TraceLog& log, OrderId order)
{
    if (log.kindOf(order) != OrderKind::PoolIo)
        return 0;
    const bool called = log.startedAt(order) != kNoEvent;
    const OrderId first = inTheNameOf(log, order);
    if (called ? !isInnerStep(log, order) : order == first)
        return 0;
    std::uint32_t step = 1;
    Causes causes(log, order);
    for (OrderId each = order; each && each != first; each = causes.next())
        ++step;
    return step;
}

bool isNodesOwnTurn(const TraceLog& log, OrderId order)
{
    const Index start = log.startedAt(order);
    return start == kNoEvent ? isNodesOwn(log, order) : isNodesOwnCall(log, start);
}

std::vector<Serving> programsLine(const TraceLog& log, const LoopState& state, std::size_t limit)
{
    std::vector<Serving> line = servingOrder(state, limit);
    std::erase_if(line, [&](const Serving& serving) { return isNodesOwnTurn(log, serving.order); });
    return line;
}

NextInLine nextInLine(const TraceLog& log, const LoopState& state)
{
    constexpr std::size_t kLookedAt = 1'000;
    NextInLine next;
    for (const Serving& serving : servingOrder(state, kLookedAt)) {
        if (!isNodesOwnTurn(log, serving.order)) {
            next.program = serving;
            break;
        }
        ++next.nodesOwn;
    }
    return next;
}

namespace {

// A captured value as a title has it: short, and on one line.
std::string shortValue(const CapturedVariable& variable)
{
    constexpr std::size_t kLongest = 24; // bytes
    std::string text(variable.value);
    std::size_t end = std::min(text.size(), kLongest);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    const bool cut = variable.isCut || end < text.size();
    text.resize(end);
    std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return cut ? text + "…" : text;
}

// The first text in the callback with the values that it has captured; empty when there are none that stay as they
// were.
std::string textWithCaptured(const TraceLog& log, OrderId order, const CallSite& call, const CodePlace& place)
{
    const std::vector<CapturedVariable> captured = capturedBy(log, order);
    if (captured.empty())
        return {};
    return textWithValues(call, [&](std::string_view name) {
        const auto found = std::ranges::find(captured, name, &CapturedVariable::name);
        const bool stays = found != captured.end()
            && (!found->isAssigned || isOfEachRound(log.source(place.script), place.line, place.column, name));
        return stays ? shortValue(*found) : std::string();
    });
}

std::string requestLine(const TraceLog& log, const Record& event)
{
    const auto request = as<events::RequestStarted>(event);
    return std::string(log.text(request.method)) + ' ' + std::string(log.text(request.path));
}

struct Title {
    std::string text;
    bool hasValue = false; // a captured one, which tells it apart from its like
};

Title plainTitle(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    if (created == kNoEvent) {
        const bool main = order == OrderId::async(1) && !log.entryFile().empty();
        return {.text = std::string(main ? fileName(log.entryFile()) : "script")};
    }
    const Record record = log.event(created);
    if (const std::string_view name = callbackName(log, record); !name.empty())
        return {.text = std::string(name)};
    if (isMadeByNode(log, order)) { // what Node makes for a request is called by what was asked
        if (const Index asked = log.requestOn(log.trigger(order).value, created); asked != kNoEvent)
            return {.text = requestLine(log, log.event(asked))};
    }
    if ((record.flags & FlagInternal) != 0 || isForStandardStreams(log, record))
        return {.text = std::string(defaultName(log, record))};
    const CodePlace place = learnersPlace(log, {record.stack});
    if (kindOfCreated(record) == OrderKind::Await)
        return {.text = std::string(place.function.empty() ? defaultName(log, record) : place.function)};
    if (const CallSite* const call = log.callAt(place.frame)) {
        if (!call->callbackName.empty())
            return {.text = std::string(call->callbackName)};
        if (std::string text = textWithCaptured(log, order, *call, place); !text.empty())
            return {.text = std::move(text), .hasValue = true};
        return {.text = call->firstText.empty() ? std::string(call->name) : call->firstText};
    }
    return {.text = std::string(defaultName(log, record))};
}

} // namespace

std::string titleOfAllSteps(const TraceLog& log, OrderId given)
{
    const OrderId order = inTheNameOf(log, given);
    auto [title, hasValue] = plainTitle(log, order);
    // A function's name may be as long as a text of the trace: as much of it as anybody reads.
    constexpr std::size_t kLongest = 200; // bytes
    if (std::size_t end = kLongest; title.size() > end) {
        while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0u) == 0x80u)
            --end;
        title.resize(end);
        title += "…";
    }
    if (const std::uint32_t times = log.repetition(order);
        times > 0 && !hasValue && !isMadeByNode(log, order)) // a request has its own name
        title += " (" + std::to_string(times) + ')';
    return title;
}

std::string titleOf(const TraceLog& log, OrderId order)
{
    std::string title = titleOfAllSteps(log, order);
    if (const std::uint32_t step = stepOf(log, order); step > 0)
        title += ", step " + std::to_string(step);
    return title;
}

std::string_view kindWord(OrderKind kind)
{
    switch (kind) {
    case OrderKind::None: return "order";
    case OrderKind::Script: return "script";
    case OrderKind::Tick: return "tick";
    case OrderKind::Microtask: return "microtask";
    case OrderKind::Reaction: return "promise reaction";
    case OrderKind::Await: return "await";
    case OrderKind::Thenable: return "thenable job";
    case OrderKind::Timer: return "timer";
    case OrderKind::Immediate: return "immediate";
    case OrderKind::PoolIo: return "thread pool I/O";
    case OrderKind::KernelIo: return "kernel I/O";
    case OrderKind::Resource: return "resource";
    case OrderKind::Handler: return "handler";
    }
    return {};
}

std::vector<CodePlace> callStack(const TraceLog& log, const LoopState& state, Frames which, std::size_t limit)
{
    std::vector<CodePlace> frames;
    StackId frame {state.stack};
    for (std::size_t i = 0; frame && i < kDeepest && frames.size() < limit; ++i) {
        const CodePlace place = placeOfFrame(log, frame);
        if (which == Frames::All || !isNodesScript(place.script))
            frames.push_back(place);
        frame = log.frame(frame).caller;
    }
    return frames;
}

} // namespace bistro::app
