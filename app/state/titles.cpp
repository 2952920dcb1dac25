#include "state/titles.h"

#include "source/callsite.h"
#include "source/lexer.h"
#include "state/about.h"
#include "state/captured.h"
#include "state/jobs.h"
#include "state/numbers.h"
#include "state/owner.h"
#include "state/place.h"
#include "trace/views.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace bistro::app {
namespace {

using namespace trace;

struct Title {
    std::string text;
    NameFrom from = NameFrom::Node;
    bool isItsOwn = false; // it tells the order apart from its like
    std::string slip = {}; // shorter, when the text would not fit there
};

// The first call that stands around a frame and has a name: of the arrow function that new Promise is given, sleep.
std::string_view functionAround(const TraceLog& log, StackId frame)
{
    constexpr int kNearest = 3;
    for (int i = 0; frame && i < kNearest; ++i) {
        const CodePlace place = placeOfFrame(log, frame);
        if (isNodesScript(place.script))
            break;
        if (!place.function.empty())
            return place.function;
        frame = log.frame(frame).caller;
    }
    return {};
}

// A value as a title has it: one that is short, and a line.
std::string valueOf(const std::vector<CapturedVariable>& captured, const MessagePart& variable)
{
    constexpr std::size_t kLongest = 24; // bytes
    const auto found = std::ranges::find(captured, variable.variable, &CapturedVariable::name);
    if (found == captured.end() || found->isCut || found->value.size() > kLongest || !variable.isOfRound
        || (found->isAssigned && !variable.isNewEachRound)
        || found->value.find_first_of("\n\r\t") < found->value.size())
        return {};
    return std::string(found->value);
}

std::string withoutBound(std::string_view name)
{
    while (name.starts_with("bound "))
        name.remove_prefix(6);
    return std::string(name);
}

Title titleOfCall(const TraceLog& log, OrderId order, Index created, const CallSite& call, const CodePlace& place)
{
    const Record record = log.event(created);
    const std::string_view type = typeOf(log, record);
    const About about(log, call, place, created);
    if (type == "TCPSERVERWRAP" || type == "PIPESERVERWRAP")
        return {.text = serverText(log, order, created, place), .from = NameFrom::Server};
    const bool child = type == "PIPEWRAP" && !about.command().empty();
    const auto whole = [&](Title title) {
        if (child) {
            title.text += ", " + std::string(streamOf(log, order, created, {record.stack}));
            title.isItsOwn = true;
        }
        return title;
    };
    if (type == "SIGNALWRAP" && call.text.starts_with("SIG"))
        return {.text = call.text, .from = NameFrom::About};
    if (!call.callbackName.empty() && !call.isParameter)
        return whole({.text = std::string(call.callbackName), .from = NameFrom::Callback});
    if (!call.message.empty()) {
        const std::vector<CapturedVariable> captured = capturedBy(log, order);
        std::string text = messageOf(call.message, [&](const MessagePart& part) { return valueOf(captured, part); });
        if (!text.empty()) {
            const bool hasValue = std::ranges::any_of(
                call.message, [](const MessagePart& part) { return !part.variable.empty(); });
            return whole({.text = std::move(text), .from = NameFrom::Message, .isItsOwn = hasValue});
        }
    }
    if (std::string text = about.request(); !text.empty())
        return {.text = std::move(text), .from = NameFrom::Request};
    if (std::string text = about.text(order); !text.empty())
        return whole({.text = std::move(text),
            .from = about.command().empty() ? NameFrom::About : NameFrom::Child,
            .slip = about.slip(order)});
    if (call.isParameter) {
        if (const std::string_view name = functionAround(log, place.frame); !name.empty())
            return {.text = std::string(name), .from = NameFrom::Callback};
    }
    return {.text = writtenCall(call), .from = NameFrom::Call};
}

bool isStandardInput(const TraceLog& log, StackId stack)
{
    constexpr int kNearest = 8; // frames
    for (int i = 0; stack && i < kNearest; ++i) {
        const Frame frame = log.frame(stack);
        if (!isNodesScript(log.text(frame.script)))
            return false;
        if (log.text(frame.function) == "getStdin")
            return true;
        stack = frame.caller;
    }
    return false;
}

Title titleOfPromise(const TraceLog& log, OrderId order, const CodePlace& place)
{
    const CallSite* call = log.callAt(place.frame);
    if (call && call->beginsFunction) {
        if (!place.function.empty())
            return {.text = std::string(place.function), .from = NameFrom::Call};
        const StackId caller = callingFrame(log, order);
        call = caller != place.frame ? log.callAt(caller) : nullptr;
        if (!call || call->beginsFunction)
            return {.text = "async function", .from = NameFrom::Call};
    }
    if (!call)
        return {.text = isInForAwait(log.source(place.script), place.line, place.column) ? "for await" : "promise",
            .from = NameFrom::Call};
    std::string about = About(log, *call, place, log.createdAt(order)).text(order);
    if (about.empty())
        return {.text = writtenCall(*call), .from = NameFrom::Call};
    return {.text = std::move(about), .from = NameFrom::About};
}

// Of an order that stands in a call of the program's.
Title titleInCall(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    const Record record = log.event(created);
    const OrderKind kind = kindOfCreated(record);
    const bool begun = isBegunByCall(log, order); // a tick after the call
    const CodePlace place = begun ? placeOfFrame(log, callingFrame(log, order)) : learnersPlace(log, {record.stack});
    const bool own = ownerOf(log, order) == Owner::Program;
    if (own && kind == OrderKind::Await) {
        if (!place.function.empty())
            return {.text = std::string(place.function), .from = NameFrom::Paused};
        std::string text = awaitText(log, order);
        constexpr std::string_view kAwait = "await ";
        std::string slip = text.starts_with(kAwait) ? text.substr(kAwait.size()) : std::string();
        return {.text = std::move(text), .from = NameFrom::Paused, .slip = std::move(slip)};
    }
    if (kind == OrderKind::Thenable || (!own && kind == OrderKind::Await))
        return titleOfPromise(log, order, place);
    const std::string_view type = typeOf(log, record);
    if (const std::string_view name = log.text(callbackOf(record));
        own && !name.empty() && type != "TCPSERVERWRAP" && type != "PIPESERVERWRAP")
        return {.text = withoutBound(name), .from = NameFrom::Callback};
    if (kind == OrderKind::KernelIo && isStandardInput(log, {record.stack}))
        return {.text = "standard input", .from = NameFrom::About, .isItsOwn = true};
    const CallSite* const call = log.callAt(place.frame);
    if (call && !call->beginsFunction) {
        if (kind == OrderKind::Reaction && call->name != "then" && call->name != "catch" && call->name != "finally")
            return {.text = writtenCall(*call), .from = NameFrom::Call};
        if (const std::string_view package = summaryOf(log, {record.stack}).package;
            !package.empty() && (call->name == "require" || call->name == "import"))
            return {.text = std::string(package), .from = NameFrom::Package};
        if (type.empty() || wordOf(type) != "" || call->name != "AsyncResource")
            return titleOfCall(log, order, created, *call, place);
    }
    if (kind == OrderKind::Resource && wordOf(type).empty()) // the program's own
        return {.text = std::string(type), .from = NameFrom::Callback};
    const std::string_view word = wordOf(log, record);
    return {.text = std::string(word.empty() ? "Node" : word), .from = NameFrom::Call};
}

std::string requestLine(const TraceLog& log, const Record& event)
{
    const auto request = as<events::RequestStarted>(event);
    return std::string(log.text(request.method)) + ' ' + std::string(log.text(request.path));
}

// A connection, or a request on it, that is asked for at some event.
Title titleOfVisit(const TraceLog& log, OrderId order, Index at)
{
    const OrderId connection = log.numberOfConnection(order.value) != 0 ? order : log.trigger(order);
    Index asked = log.lastRequestOn(connection.value, at + 1);
    if (asked == kNoEvent)
        asked = log.requestOn(connection.value, at);
    if (asked != kNoEvent)
        return {.text = requestLine(log, log.event(asked)), .from = NameFrom::Request, .isItsOwn = true};
    if (const std::uint32_t number = log.numberOfConnection(connection.value); number != 0)
        return {.text = "connection " + std::to_string(number), .from = NameFrom::About, .isItsOwn = true};
    return {.text = "request", .from = NameFrom::About};
}

} // namespace

StackId callingFrame(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    if (created == kNoEvent)
        return {};
    const Record record = log.event(created);
    const StackId frame = summaryOf(log, {record.stack}).program;
    if (!frame && isBegunByCall(log, order))
        return summaryOf(log, {log.event(log.createdAt(log.trigger(order))).stack}).program;
    if (kindOfCreated(record) != OrderKind::Thenable || !frame)
        return frame;
    const CallSite* const call = log.callAt(frame);
    if (!call || !call->beginsFunction)
        return frame;
    const StackId caller = summaryOf(log, log.frame(frame).caller).program;
    return caller ? caller : frame;
}

namespace {

// The call that was given the function which an add-on's work has called back.
std::shared_ptr<const CallAround> callAroundCalledBack(const TraceLog& log, OrderId order)
{
    constexpr std::size_t kRemembered = 4'096;
    const StackId frame = frameCalledBack(log, order);
    if (!frame)
        return {};
    auto& around = log.remembered().around;
    if (const auto known = around.find(frame.value); known != around.end())
        return known->second;
    const CodePlace place = placeOfFrame(log, frame);
    const std::string_view source = log.source(place.script);
    if (source.empty())
        return {}; // it may be seen later
    if (around.size() >= kRemembered)
        around.clear();
    auto found = callAroundFunction(source, place.line, place.column);
    return around[frame.value] = found ? std::make_shared<const CallAround>(std::move(*found)) : nullptr;
}

} // namespace

CodePlace callingPlace(const TraceLog& log, OrderId order)
{
    if (const StackId called = frameCalledBack(log, order)) {
        CodePlace place = placeOfFrame(log, called);
        if (const auto around = callAroundCalledBack(log, order)) {
            place.frame = {};
            place.line = around->line;
            place.column = around->column;
        }
        return place;
    }
    return placeOfFrame(log, callingFrame(log, order));
}

std::string awaitText(const TraceLog& log, OrderId await)
{
    const Index created = log.createdAt(await);
    const CodePlace place = created == kNoEvent ? CodePlace {} : learnersPlace(log, {log.event(created).stack});
    const CallSite* const call = log.callAt(place.frame);
    if (call ? call->isInForAwait : isInForAwait(log.source(place.script), place.line, place.column))
        return "for await"; // asks for the next
    return call && !call->beginsFunction ? "await " + writtenCall(*call) : "await";
}

namespace {

Title titleOfHandler(const TraceLog& log, const Record& started)
{
    if (const std::string_view name = log.text(callbackOf(started)); !name.empty())
        return {.text = withoutBound(name), .from = NameFrom::Callback};
    if (log.text(as<events::HandlerStarted>(started).name) == "addon")
        return {.text = "callback", .from = NameFrom::Call};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSlips {{
        {"rejectionHandled", "rejection"},
        {"uncaughtException", "error"},
        {"uncaughtExceptionMonitor", "error"},
        {"unhandledRejection", "rejection"},
        {"FinalizationRegistry", "registry"},
    }};
    const std::string_view event = log.text(as<events::HandlerStarted>(started).name);
    const auto slip = std::ranges::find(kSlips, event, &std::pair<std::string_view, std::string_view>::first);
    return {.text = std::string(event),
        .from = NameFrom::Event,
        .slip = std::string(slip == kSlips.end() ? std::string_view() : slip->second)};
}

struct Titled {
    Title title;
    OrderId of;
};

Titled titledBy(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    if (created == kNoEvent) {
        const bool main = order.value == 1 && order.space == OrderId::Space::Async;
        if (main && !log.entryFile().empty())
            return {{.text = std::string(fileName(log.entryFile())), .from = NameFrom::File, .isItsOwn = true}, order};
        const bool script = main || !order;
        return {
            {.text = script ? "script" : "Node", .from = script ? NameFrom::File : NameFrom::Node, .isItsOwn = true},
            order};
    }
    if (const Record record = log.event(created); is<events::HandlerStarted>(record))
        return {titleOfHandler(log, record), order};
    if (const StackId called = frameCalledBack(log, order)) {
        if (const auto around = callAroundCalledBack(log, order)) {
            const CodePlace place = placeOfFrame(log, called);
            return {titleOfCall(log, order, created, around->call, place), order};
        }
        const std::string_view name = log.text(log.frame(called).function);
        return {{.text = std::string(name.empty() ? packageOf(log, order) : name), .from = NameFrom::Callback}, order};
    }
    OrderId of = order;
    const Owner owner = ownerOf(log, order);
    if (owner != Owner::Program)
        of = orderOfCall(log, order);
    if (!of && owner == Owner::Package)
        return {{.text = std::string(packageOf(log, order)), .from = NameFrom::Package, .isItsOwn = true}, order};
    if (!of)
        return {{.text = "Node", .from = NameFrom::Node, .isItsOwn = true}, order};
    const Record record = log.event(log.createdAt(of));
    if (!summaryOf(log, {record.stack}).program && !isBegunByCall(log, of)) {
        if (const std::string_view name = log.text(callbackOf(record)); !name.empty())
            return {{.text = withoutBound(name), .from = NameFrom::Callback}, of};
        return {titleOfVisit(log, of, created), of};
    }
    if (ownerOf(log, of) != Owner::Program) {
        if (const OrderId placed = placedBySameCall(log, of))
            of = placed;
    }
    Title title = titleInCall(log, of);
    title.isItsOwn = title.isItsOwn || isBegunByCall(log, of); // it has its like where Node goes on, not in the program
    return {std::move(title), of};
}

} // namespace

Name nameOf(const TraceLog& log, OrderId given)
{
    auto [title, of] = titledBy(log, inTheNameOf(log, given));
    // A function's name may be as long as a text of the trace: as much of it as anybody reads.
    constexpr std::size_t kLongest = 200; // bytes
    if (std::size_t end = kLongest; title.text.size() > end) {
        while (end > 0 && (static_cast<unsigned char>(title.text[end]) & 0xC0u) == 0x80u)
            --end;
        title.text.resize(end);
        title.text += "…";
    }
    Name name {.title = title.slip.empty() ? title.text : title.slip, .text = title.text, .from = title.from, .of = of};
    if (const std::uint32_t times = title.isItsOwn ? 0 : numberOf(log, of); times > 0) {
        name.number = times;
        name.title += " (" + std::to_string(times) + ')';
    }
    return name;
}

} // namespace bistro::app
