#include "state/titles.h"

#include "source/callsite.h"
#include "source/lexer.h"
#include "state/captured.h"
#include "state/owner.h"
#include "trace/views.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bistro::app {
namespace {

using namespace trace;

struct Title {
    std::string text;
    NameFrom from = NameFrom::Node;
    bool isItsOwn = false; // it tells the order apart from its like
};

constexpr Index kNear = 128; // events around an order's own that tell what it is about

// What is created where nobody called a function: process.stdin.
std::string_view wordOf(std::string_view type)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 30> kWords {{
        {"CHECKPRIMEREQUEST", "crypto"},
        {"DNSCHANNEL", "DNS"},
        {"FILEHANDLE", "file"},
        {"FILEHANDLECLOSEREQ", "file"},
        {"FSEVENTWRAP", "watch"},
        {"FSREQCALLBACK", "file"},
        {"FSREQPROMISE", "file"},
        {"GETADDRINFOREQWRAP", "lookup"},
        {"GETNAMEINFOREQWRAP", "lookup"},
        {"HTTP2SESSION", "HTTP/2 session"},
        {"HTTP2STREAM", "HTTP/2 stream"},
        {"HTTPCLIENTREQUEST", "request"},
        {"HTTPINCOMINGMESSAGE", "request"},
        {"MESSAGEPORT", "message port"},
        {"PIPECONNECTWRAP", "pipe"},
        {"PIPESERVERWRAP", "server"},
        {"PIPEWRAP", "pipe"},
        {"PROCESSWRAP", "child process"},
        {"QUERYWRAP", "DNS query"},
        {"SIGNALWRAP", "signal"},
        {"STATWATCHER", "watch"},
        {"TCPCONNECTWRAP", "connection"},
        {"TCPSERVERWRAP", "server"},
        {"TCPWRAP", "connection"},
        {"TLSWRAP", "TLS connection"},
        {"TTYWRAP", "terminal"},
        {"UDPSENDWRAP", "UDP socket"},
        {"UDPWRAP", "UDP socket"},
        {"WORKER", "worker"},
        {"ZLIB", "zlib"},
    }};
    const auto found = std::ranges::find(kWords, type, &std::pair<std::string_view, std::string_view>::first);
    return found == kWords.end() ? std::string_view() : found->second;
}

std::string_view typeOf(const TraceLog& log, const Record& created)
{
    return created.kind == EventKind::ResourceCreated ? log.text(as<events::ResourceCreated>(created).type)
                                                      : std::string_view();
}

std::string_view wordOf(const TraceLog& log, const Record& created)
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
    case OrderKind::Resource: break;
    case OrderKind::Handler: return log.text(as<events::HandlerStarted>(created).event);
    case OrderKind::Script:
    case OrderKind::None: return "order";
    }
    return wordOf(typeOf(log, created));
}

std::string_view baseName(std::string_view path)
{
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return path.substr(path.rfind('/') + 1);
}

// "Promise.all", "response.json"; without what stands for a module of Node's.
std::string writtenCall(const CallSite& call)
{
    constexpr std::array<std::string_view, 26> kModules {"fs", "fsp", "fsPromises", "promises", "crypto", "zlib",
        "http", "https", "http2", "net", "dns", "dgram", "tls", "timers", "child_process", "cp", "util", "path", "os",
        "stream", "events", "readline", "process", "globalThis", "this", "worker_threads"};
    constexpr std::array<std::string_view, 3> kReactions {"then", "catch", "finally"};
    if (call.isNew)
        return call.name == "Promise" ? "new Promise" : std::string(call.name);
    if (call.receiver.empty() || std::ranges::contains(kModules, call.receiver)
        || std::ranges::contains(kReactions, call.name))
        return std::string(call.name);
    return std::string(call.receiver) + '.' + std::string(call.name);
}

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

// Events near one, those of the same call of the program's first.
template <typename Event>
std::optional<Event> near(const TraceLog& log, Index at, auto&& fits)
{
    for (Index i = at; i < std::min(log.size(), at + kNear); ++i) {
        if (const Record record = log.event(i); record.kind == Event::kKind) {
            if (const auto event = as<Event>(record); fits(event))
                return event;
        }
    }
    for (Index i = at; i-- > 0 && at - i < kNear;) {
        if (const Record record = log.event(i); record.kind == Event::kKind) {
            if (const auto event = as<Event>(record); fits(event))
                return event;
        }
    }
    return {};
}

bool isFilesFunction(const CallSite& call)
{
    constexpr std::array<std::string_view, 31> kNames {"readFile", "writeFile", "appendFile", "open", "stat", "lstat",
        "access", "readdir", "mkdir", "rmdir", "rm", "unlink", "rename", "copyFile", "truncate", "realpath", "readlink",
        "symlink", "link", "chmod", "chown", "utimes", "watch", "watchFile", "createReadStream", "createWriteStream",
        "mkdtemp", "opendir", "exists", "cp", "statfs"};
    constexpr std::array<std::string_view, 5> kReceivers {"fs", "fsp", "fsPromises", "promises", ""};
    return std::ranges::contains(kNames, call.name) && std::ranges::contains(kReceivers, call.receiver);
}

bool isQuery(std::string_view text)
{
    constexpr std::array<std::string_view, 13> kVerbs {"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "DROP ",
        "ALTER ", "BEGIN", "COMMIT", "ROLLBACK", "PRAGMA ", "WITH ", "REPLACE "};
    const auto same = [](char a, char b) { return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 32) : a) == b; };
    return std::ranges::any_of(kVerbs, [&](std::string_view verb) {
        return text.size() >= verb.size() && std::ranges::equal(text.substr(0, verb.size()), verb, same);
    });
}

std::string shortened(std::string_view text, std::size_t longest)
{
    if (text.size() <= longest)
        return std::string(text);
    std::size_t end = text.rfind(' ', longest);
    if (end == std::string_view::npos || end < longest / 2)
        end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

// What a call is about, as far as its source says. `script`: the file that it stands in.
class About final {
public:
    About(const TraceLog& log, const CallSite& call, const CodePlace& place, Index created)
        : m_log(log)
        , m_call(call)
        , m_place(place)
        , m_created(created)
    {
    }

    // Empty when that is nothing but the function's name.
    [[nodiscard]] std::string text(OrderId order) const
    {
        constexpr std::size_t kQuery = 32; // bytes
        if (isQuery(m_call.text))
            return shortened(m_call.text, kQuery);
        if (m_call.isNew && m_call.name == "Worker")
            return worker();
        if (const std::string command = this->command(); !command.empty())
            return command;
        if (isFilesFunction(m_call)) {
            const std::string name = file(order);
            return name.empty() ? std::string() : std::string(m_call.name) + ' ' + name;
        }
        if (m_call.name == "lookup" && !m_call.text.empty())
            return "lookup " + m_call.text;
        return {};
    }

    [[nodiscard]] std::string command() const
    {
        constexpr std::array<std::string_view, 4> kNames {"spawn", "exec", "execFile", "fork"};
        if (!std::ranges::contains(kNames, m_call.name)
            || !(m_call.receiver.empty() || m_call.receiver == "cp" || m_call.receiver == "child_process"
                || m_call.receiver == "childProcess"))
            return {};
        std::string_view text = m_call.text;
        if (m_call.name != "execFile" && m_call.name != "fork")
            text = text.substr(0, text.find(' '));
        if (text.empty() && m_call.argument == "process.execPath")
            return "node";
        if (text.empty())
            text = m_call.argument == "__filename" ? m_place.script : std::string_view(m_call.lastText);
        return std::string(baseName(text));
    }

    [[nodiscard]] std::string request() const
    {
        if (m_call.name != "get" && m_call.name != "request")
            return {};
        for (Index i = m_created; i < std::min(m_log.size(), m_created + kNear); ++i) { // sent a tick after the call
            const Record record = m_log.event(i);
            if (record.kind != EventKind::RequestStarted)
                continue;
            const auto sent = as<events::RequestStarted>(record);
            const Index call = m_log.callAround(i);
            if (sent.direction != trace::Direction::Outgoing || call == kNoEvent)
                continue;
            const Index tick = m_log.createdAt(orderStartedBy(m_log.event(call)));
            if (tick != kNoEvent && summaryOf(m_log, {m_log.event(tick).stack}).program == m_place.frame)
                return std::string(m_log.text(sent.method)) + ' ' + std::string(m_log.text(sent.path));
        }
        return {};
    }

private:
    [[nodiscard]] std::string file(OrderId order) const
    {
        if (m_call.argument == "__filename" || m_call.argument == "import.meta.filename")
            return std::string(fileName(m_place.script));
        if (!m_call.lastText.empty())
            return std::string(baseName(m_call.lastText));
        if (m_log.kindOf(order) != OrderKind::PoolIo)
            return {};
        const auto job = near<events::PoolJobSubmitted>(
            m_log, m_created, [&](const events::PoolJobSubmitted& e) { return OrderId::async(e.async) == order; });
        return job ? std::string(baseName(m_log.text(job->detail))) : std::string();
    }

    [[nodiscard]] std::string worker() const
    {
        if (m_call.options.contains("eval"))
            return "worker eval";
        const std::string_view named = m_call.argument == "__filename" || m_call.argument == "import.meta.filename"
                || m_call.argument.contains("import.meta.url")
            ? m_call.lastText.empty() ? fileName(m_place.script) : baseName(m_call.lastText)
            : baseName(m_call.lastText);
        return named.empty() ? "worker" : "worker " + std::string(named);
    }

    const TraceLog& m_log;
    const CallSite& m_call;
    const CodePlace& m_place;
    Index m_created;
};

std::string serverText(const TraceLog& log, OrderId order, Index created)
{
    const auto wait = near<events::KernelWaitStarted>(
        log, created, [&](const events::KernelWaitStarted& e) { return OrderId::async(e.async) == order; });
    const std::string_view where = wait ? log.text(wait->detail) : std::string_view();
    if (where.empty())
        return "server";
    const bool port = where.find_first_not_of("0123456789") == std::string_view::npos;
    return port ? "server on port " + std::string(where) : "server on " + std::string(baseName(where));
}

// Of the pipes that a child's call makes, in this order.
std::string_view streamOf(const TraceLog& log, OrderId order, Index created, StackId stack)
{
    constexpr std::array<std::string_view, 3> kStreams {"stdin", "stdout", "stderr"};
    constexpr Index kFew = 16; // events
    std::size_t before = 0;
    std::size_t all = 0;
    for (Index i = created > kFew ? created - kFew : 0; i < std::min(log.size(), created + kFew); ++i) {
        const Record record = log.event(i);
        if (record.kind != EventKind::ResourceCreated || record.stack != stack.value
            || typeOf(log, record) != "PIPEWRAP")
            continue;
        if (OrderId::async(as<events::ResourceCreated>(record).async) == order)
            before = all;
        ++all;
    }
    return kStreams[std::min(before, kStreams.size() - 1)];
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
        return {.text = serverText(log, order, created), .from = NameFrom::About};
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
        std::string text = messageOf(call, [&](const MessagePart& part) { return valueOf(captured, part); });
        if (!text.empty()) {
            const bool hasValue = std::ranges::any_of(
                call.message, [](const MessagePart& part) { return !part.variable.empty(); });
            return whole({.text = std::move(text), .from = NameFrom::Message, .isItsOwn = hasValue});
        }
    }
    if (std::string text = about.request(); !text.empty())
        return {.text = std::move(text), .from = NameFrom::Request};
    if (std::string text = about.text(order); !text.empty())
        return whole({.text = std::move(text), .from = NameFrom::About});
    if (call.isParameter) {
        if (const std::string_view name = functionAround(log, place.frame); !name.empty())
            return {.text = std::string(name), .from = NameFrom::Callback};
    }
    return {.text = writtenCall(call), .from = NameFrom::Call};
}

// V8 has no call there: for await (const line of lines) asks for the next line.
bool isInForAwait(const TraceLog& log, const CodePlace& place)
{
    const std::string_view source = log.source(place.script);
    const auto at = offsetOf(source, place.line, place.column);
    if (!at)
        return false;
    const std::size_t line = source.rfind('\n', *at);
    return source.substr(line == std::string_view::npos ? 0 : line, *at - (line == std::string_view::npos ? 0 : line))
        .contains("for await");
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
        return {.text = isInForAwait(log, place) ? "for await" : "promise", .from = NameFrom::Call};
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
        const std::string awaited = awaitedCall(log, order);
        return {.text = isInForAwait(log, place) ? "for await"
                : awaited.empty()                ? "await"
                                                 : "await " + awaited,
            .from = NameFrom::Paused};
    }
    if (kind == OrderKind::Thenable || (!own && kind == OrderKind::Await))
        return titleOfPromise(log, order, place);
    const std::string_view type = typeOf(log, record);
    if (const std::string_view name = log.text(callbackOf(record));
        own && !name.empty() && type != "TCPSERVERWRAP" && type != "PIPESERVERWRAP")
        return {.text = withoutBound(name), .from = NameFrom::Callback};
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

std::string awaitedCall(const TraceLog& log, OrderId await)
{
    const Index created = log.createdAt(await);
    if (created == kNoEvent)
        return {};
    const CallSite* const call = log.callAt(summaryOf(log, {log.event(created).stack}).program);
    return call && !call->beginsFunction ? writtenCall(*call) : std::string();
}

namespace {

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
    Name name {.title = title.text, .text = title.text, .from = title.from, .of = of};
    if (const std::uint32_t times = title.isItsOwn ? 0 : log.repetition(of); times > 0) {
        name.number = times;
        name.title += " (" + std::to_string(times) + ')';
    }
    return name;
}

} // namespace bistro::app
