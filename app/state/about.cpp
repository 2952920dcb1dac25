#include "state/about.h"

#include "state/loopevents.h"
#include "state/owner.h"
#include "trace/views.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace bistro::app {
namespace {

using namespace trace;

constexpr Index kNear = 128; // events around an order's own that tell what it is about

std::string_view baseName(std::string_view path)
{
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return path.substr(path.rfind('/') + 1);
}

// Events near one, those of the same call of the program's first.
template <typename Event>
std::optional<Event> near(const TraceLog& log, Index at, auto&& fits)
{
    for (const Index i : eventsFrom(log, at, kNear)) {
        if (const Record record = log.event(i); record.kind == Event::kKind) {
            if (const auto event = as<Event>(record); fits(event))
                return event;
        }
    }
    for (const Index i : eventsBefore(log, at, kNear - 1)) {
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

} // namespace

About::About(const TraceLog& log, const CallSite& call, const CodePlace& place, Index created)
    : m_log(log)
    , m_call(call)
    , m_place(place)
    , m_created(created)
{
}

std::string About::text(OrderId order) const
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

std::string About::slip(OrderId order) const
{
    return isFilesFunction(m_call) ? file(order) : std::string(); // the kind beside it tells the function
}

std::string About::command() const
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

std::string About::request() const
{
    if (m_call.name != "get" && m_call.name != "request")
        return {};
    for (const Index i : eventsFrom(m_log, m_created, kNear)) { // sent a tick after the call
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

std::string About::file(OrderId order) const
{
    if (m_call.argument == "__filename" || m_call.argument == "import.meta.filename")
        return std::string(fileName(m_place.script));
    if (m_log.kindOf(order) == OrderKind::PoolIo) {
        const auto job = near<events::PoolJobSubmitted>(
            m_log, m_created, [&](const events::PoolJobSubmitted& e) { return OrderId::async(e.async) == order; });
        if (const std::string_view name = job ? baseName(m_log.text(job->detail)) : std::string_view(); !name.empty())
            return std::string(name);
    }
    return std::string(baseName(m_call.lastText));
}

std::string About::worker() const
{
    if (m_call.options.contains("eval"))
        return "worker eval";
    const std::string_view named = m_call.argument == "__filename" || m_call.argument == "import.meta.filename"
            || m_call.argument.contains("import.meta.url")
        ? m_call.lastText.empty() ? fileName(m_place.script) : baseName(m_call.lastText)
        : baseName(m_call.lastText);
    return named.empty() ? "worker" : "worker " + std::string(named);
}

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
    case OrderKind::Handler: return log.text(as<events::HandlerStarted>(created).name);
    case OrderKind::Script:
    case OrderKind::None: return "order";
    }
    return wordOf(typeOf(log, created));
}

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

namespace {

bool standsAsNumber(std::string_view source, std::string_view number)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t at = source.find(number); at != std::string_view::npos; at = source.find(number, at + 1)) {
        const std::size_t end = at + number.size();
        if ((at == 0 || !isDigit(source[at - 1])) && (end == source.size() || !isDigit(source[end])))
            return true;
    }
    return false;
}

} // namespace

std::string serverText(const TraceLog& log, OrderId order, Index created, const CodePlace& place)
{
    const auto wait = near<events::KernelWaitStarted>(
        log, created, [&](const events::KernelWaitStarted& e) { return OrderId::async(e.async) == order; });
    const std::string_view where = wait ? log.text(wait->detail) : std::string_view();
    if (where.empty())
        return "server";
    const bool port = where.find_first_not_of("0123456789") == std::string_view::npos;
    if (port && !standsAsNumber(log.source(place.script), where))
        return "server";
    return port ? "server on port " + std::string(where) : "server on " + std::string(baseName(where));
}

std::string_view streamOf(const TraceLog& log, OrderId order, Index created, StackId stack)
{
    constexpr std::array<std::string_view, 3> kStreams {"stdin", "stdout", "stderr"};
    constexpr Index kFew = 16; // events
    std::size_t before = 0;
    std::size_t all = 0;
    Index from = created;
    for (const Index i : eventsBefore(log, created, kFew))
        from = i;
    for (const Index i : eventsFrom(log, from, 2 * kFew)) {
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

} // namespace bistro::app
