#include "state/statejson.h"

#include "state/describe.h"
#include "state/jobs.h"
#include "state/keepsalive.h"
#include "state/linesjson.h"
#include "state/prediction.h"
#include "trace/text.h"
#include "trace/views.h"

#include <QJsonArray>

#include <algorithm>
#include <unordered_set>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

// No list is longer in the object: STATE.md.
constexpr std::size_t kEverything = 30'000;

// Of a message more is told than of a name, in the first rows.
constexpr std::size_t kOfMessage = 4'096;
constexpr qsizetype kWholeMessages = 1'000;
constexpr std::size_t kOfConsole = 16u << 20; // of all its texts

QString string(std::string_view text, std::size_t most = kNameBytes)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), most)));
}

QString idOf(OrderId order)
{
    const QString space = order.space == OrderId::Space::Promise ? u"promise "_s
        : order.space == OrderId::Space::Handler                 ? u"handler "_s
                                                                 : u"async "_s;
    return space + QString::number(order.value);
}

QString word(trace::FieldType type, std::uint32_t value)
{
    return string(trace::wordFor(type, value));
}

QString railWord(Rail rail)
{
    switch (rail) {
    case Rail::Ticks: return u"ticks"_s;
    case Rail::Microtasks: return u"microtasks"_s;
    case Rail::Poll: return u"poll"_s;
    case Rail::Check: return u"check"_s;
    case Rail::Closing: return u"closing"_s;
    case Rail::Timers: return u"timers"_s;
    }
    return {};
}

// One object for an order, wherever it stands.
QJsonObject orderObject(const TraceLog& log, OrderId order, OrderKind kind)
{
    return {{u"order"_s, idOf(order)}, {u"kind"_s, string(kindWord(kind))}, {u"title"_s, string(titleOf(log, order))},
        {u"place"_s, string(placeText(placeOf(log, order)))}};
}

QJsonObject jobObject(const TraceLog& log, PoolLine::Job id)
{
    QJsonObject one = orderObject(log, orderOfJob(log, id), OrderKind::PoolIo);
    one[u"job"_s] = static_cast<qint64>(id);
    return one;
}

// The entries of a table, in the order of the event that made them.
template <template <typename> typename Table, typename V, typename Made>
std::vector<std::pair<std::uint32_t, V>> inOrderOf(const Table<V>& map, Made made)
{
    std::vector<std::pair<std::uint32_t, V>> entries;
    map.visit([&](std::uint64_t id, const V& value) { entries.emplace_back(static_cast<std::uint32_t>(id), value); });
    std::ranges::sort(entries, [&](const auto& a, const auto& b) { return made(a.second) < made(b.second); });
    if (entries.size() > kEverything)
        entries.resize(kEverything);
    return entries;
}

QJsonArray promisesObject(const TraceLog& log, const LoopState& state)
{
    QJsonArray promises;
    for (const auto& [id, promise] : inOrderOf(state.promises, [](const PendingPromise& p) { return p.created; })) {
        const bool paused = promise.origin == trace::PromiseOrigin::Await;
        QJsonObject one = orderObject(log, OrderId::promise(id), paused ? OrderKind::Await : OrderKind::Reaction);
        one[u"origin"_s] = word(trace::FieldType::OriginName, static_cast<std::uint32_t>(promise.origin));
        one[u"waitsFor"_s] = promise.parent == 0 ? QString() : idOf(OrderId::promise(promise.parent));
        one[u"pausedFunction"_s] = promise.function == 0 ? QString() : idOf(OrderId::promise(promise.function));
        promises += one;
    }
    return promises;
}

QJsonArray unhandledArray(const TraceLog& log, const LoopState& state)
{
    QJsonArray rejections;
    for (const auto& [id, told] : inOrderOf(state.unhandled, [](Index at) { return at; })) {
        QJsonObject one = orderObject(log, OrderId::promise(id), OrderKind::Reaction);
        const std::string_view message = log.text(
            trace::as<trace::events::RejectionUnhandled>(log.event(told)).message);
        one[u"message"_s] = string(message, rejections.size() < kWholeMessages ? kOfMessage : kNameBytes);
        rejections += one;
    }
    return rejections;
}

QJsonArray connectionsArray(const TraceLog& log, const LoopState& state)
{
    QJsonArray connections;
    for (const auto& [id, connection] : inOrderOf(state.connections, [](const Connection& c) { return c.accepted; })) {
        QJsonObject one = orderObject(log, OrderId::async(id), OrderKind::KernelIo);
        one[u"server"_s] = idOf(OrderId::async(connection.server));
        one[u"since"_s] = static_cast<qint64>(log.event(connection.accepted).time);
        connections += one;
    }
    return connections;
}

QJsonArray requestsArray(const TraceLog& log, const LoopState& state)
{
    QJsonArray requests;
    for (const auto& [id, request] : inOrderOf(state.requests, [](const Request& r) { return r.started; })) {
        const auto started = trace::as<trace::events::RequestStarted>(log.event(request.started));
        requests += QJsonObject {{u"request"_s, static_cast<qint64>(id)},
            {u"direction"_s, word(trace::FieldType::DirectionName, static_cast<std::uint32_t>(request.direction))},
            {u"connection"_s, request.connection == 0 ? QString() : idOf(OrderId::async(request.connection))},
            {u"method"_s, string(log.text(started.method))}, {u"path"_s, string(log.text(started.path))},
            {u"since"_s, static_cast<qint64>(started.time)}};
    }
    return requests;
}

QJsonArray keepersArray(const TraceLog& log, const LoopState& state)
{
    QJsonArray keepers;
    for (const KeptAlive& each : keptAlive(log, state, kEverything)) {
        const bool known = each.order && log.createdAt(each.order) != kNoEvent;
        keepers += orderObject(log, each.order, known ? log.kindOf(each.order) : OrderKind::KernelIo);
    }
    return keepers;
}

// What would keep it alive, had it not been unreferenced.
QJsonArray unreferencedArray(const TraceLog& log, const LoopState& state)
{
    QJsonArray keepers;
    const auto add = [&](OrderId order, OrderKind kind) {
        if (keepers.size() < static_cast<qsizetype>(kEverything))
            keepers += orderObject(log, order, kind);
    };
    for (const auto& [id, resource] : inOrderOf(state.resources, [](const Resource& r) { return r.created; })) {
        const bool waits = resource.kind == OrderKind::Immediate || (resource.flags & trace::FlagUnrecorded) != 0
            || (resource.kind == OrderKind::Timer && state.timers.contains(id));
        if (waits && (resource.flags & trace::FlagUnreferenced) != 0)
            add(OrderId::async(id), resource.kind);
    }
    std::unordered_set<std::uint32_t> handles; // one handle may wait for several things
    for (const auto& [key, wait] : inOrderOf(state.waits, [](const Waiting& w) { return w.since; })) {
        if (!state.unreferenced.find(wait.handle) || (wait.handle != 0 && !handles.insert(wait.handle).second))
            continue;
        add(OrderId::async(wait.async), OrderKind::KernelIo);
    }
    return keepers;
}

QJsonArray consoleArray(const TraceLog& log, const LoopState& state)
{
    QJsonArray console;
    const std::size_t end = std::min<std::size_t>(state.totals.lines, log.outputs().size());
    std::size_t first = end;
    for (std::size_t bytes = 0; first > 0 && end - first < kEverything; --first) {
        bytes += log.outputText(first - 1).size();
        if (bytes > kOfConsole)
            break;
    }
    for (std::size_t line = first; line < end; ++line) {
        const Index at = log.outputs()[line];
        console += QJsonObject {{u"event"_s, static_cast<qint64>(at)},
            {u"stream"_s,
                word(trace::FieldType::StreamName,
                    static_cast<std::uint32_t>(trace::as<trace::events::Output>(log.event(at)).stream))},
            {u"text"_s, string(log.outputText(line), kOfConsole)}};
    }
    return console;
}

QJsonObject eventCounts(const LoopState& state)
{
    QJsonObject counts;
    for (std::size_t kind = 0; kind < trace::kEventKinds; ++kind) {
        if (state.totals.events[kind] != 0)
            counts[string(trace::schema()[kind].name)] = static_cast<qint64>(state.totals.events[kind]);
    }
    return counts;
}

} // namespace

QJsonObject stateObject(const TraceLog& log, const LoopState& state, const Lines* lines)
{
    QJsonObject object {
        {u"event"_s, static_cast<qint64>(state.size) - 1},
        {u"time"_s, static_cast<qint64>(state.time)},
        {u"iteration"_s, static_cast<qint64>(state.iteration)},
        {u"phase"_s,
            state.phase ? word(trace::FieldType::PhaseName, static_cast<std::uint32_t>(*state.phase)) : QString()},
        {u"asleep"_s, state.asleepSince.has_value()},
        {u"pollReason"_s, word(trace::FieldType::PollReasonName, static_cast<std::uint32_t>(state.pollReason))},
        {u"pollTimeout"_s, state.pollTimeout},
        {u"recordingEnded"_s, state.recordingEnded},
        {u"ended"_s, state.end.has_value()},
        {u"pendingPromises"_s, static_cast<qint64>(state.promises.size())},
        {u"waitingTimers"_s, static_cast<qint64>(state.timers.size())},
    };
    QJsonArray running;
    for (const Running& call : state.running) {
        QJsonObject one = orderObject(log, call.order, call.kind);
        one[u"since"_s] = static_cast<qint64>(call.since);
        running += one;
        if (running.size() == static_cast<qsizetype>(kEverything))
            break;
    }
    object[u"running"_s] = running;
    QJsonArray stack;
    for (const CodePlace& place : callStack(log, state, Frames::All))
        stack += QJsonObject {{u"function"_s, string(place.function)}, {u"script"_s, string(place.script)},
            {u"line"_s, static_cast<qint64>(place.line)}, {u"column"_s, static_cast<qint64>(place.column)}};
    object[u"stack"_s] = stack;
    QJsonArray ready;
    for (const Serving& serving : servingOrder(state, kEverything)) {
        QJsonObject one = orderObject(log, serving.order, serving.kind);
        one[u"queue"_s] = railWord(serving.rail);
        one[u"servedIn"_s] = static_cast<qint64>(serving.iteration);
        ready += one;
    }
    object[u"ready"_s] = ready;
    QJsonArray timers;
    for (const auto timer : state.timers.inOrder(state.loopClock(), kEverything)) {
        QJsonObject one = orderObject(log, OrderId::async(timer), OrderKind::Timer);
        one[u"due"_s] = static_cast<qint64>(state.timers.dueOf(timer).value_or(0));
        timers += one;
    }
    object[u"timers"_s] = timers;
    QJsonArray workers;
    for (const PoolLine::Busy& busy : state.pool.busy()) {
        QJsonObject one = jobObject(log, busy.job);
        one[u"worker"_s] = static_cast<qint64>(busy.worker);
        workers += one;
    }
    QJsonArray line;
    for (const PoolLine::Job job : state.pool.line(kEverything))
        line += jobObject(log, job);
    QJsonArray finished;
    state.pool.done().visit([&](PoolLine::Job job) {
        finished += jobObject(log, job);
        return finished.size() < static_cast<qsizetype>(kEverything);
    });
    object[u"pool"_s] = QJsonObject {{u"workers"_s, static_cast<qint64>(state.pool.workers())}, {u"busy"_s, workers},
        {u"waiting"_s, static_cast<qint64>(state.pool.waiting())}, {u"line"_s, line},
        {u"done"_s, static_cast<qint64>(state.pool.done().size())}, {u"finished"_s, finished}};
    QJsonArray kernel;
    for (const auto& [key, wait] : inOrderOf(state.waits, [](const Waiting& w) { return w.since; })) {
        QJsonObject one = orderObject(log, OrderId::async(wait.async), OrderKind::KernelIo);
        one[u"wait"_s] = word(trace::FieldType::KernelWaitName, static_cast<std::uint32_t>(wait.wait));
        one[u"handle"_s] = static_cast<qint64>(wait.handle);
        kernel += one;
    }
    object[u"kernel"_s] = kernel;
    QJsonArray closing;
    for (const Closing& one : state.closing) {
        closing += orderObject(log, OrderId::async(one.async), OrderKind::KernelIo);
        if (closing.size() == static_cast<qsizetype>(kEverything))
            break;
    }
    object[u"closing"_s] = closing;
    object[u"promises"_s] = promisesObject(log, state);
    object[u"unhandled"_s] = unhandledArray(log, state);
    object[u"connections"_s] = connectionsArray(log, state);
    object[u"requests"_s] = requestsArray(log, state);
    object[u"keepsAlive"_s] = keepersArray(log, state);
    object[u"unreferenced"_s] = unreferencedArray(log, state);
    object[u"console"_s] = consoleArray(log, state);
    object[u"totals"_s] = QJsonObject {{u"asleep"_s, static_cast<qint64>(state.totals.asleep)},
        {u"longestBlock"_s, static_cast<qint64>(state.totals.longestBlock)},
        {u"collecting"_s, static_cast<qint64>(state.totals.collecting)},
        {u"lines"_s, static_cast<qint64>(state.totals.lines)},
        {u"outputBytes"_s, static_cast<qint64>(state.totals.outputBytes)},
        {u"utilisation"_s,
            state.time == 0 ? 0.0 : 1.0 - static_cast<double>(state.totals.asleep) / static_cast<double>(state.time)},
        {u"events"_s, eventCounts(state)}};
    if (lines) {
        const Index stop = lines->stopAt(state.size);
        const Index place = stop == kNoEvent ? state.size : std::max(state.size, lines->endOfStop(stop));
        object[u"frames"_s] = framesArray(log, *lines, place, kEverything);
        object[u"pausedFrames"_s] = pausedArray(log, *lines, place, kEverything);
    }
    return object;
}

} // namespace bistro::app
