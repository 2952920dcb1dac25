#include "moment/tracefacts.h"

#include "state/chain.h"
#include "state/describe.h"
#include "trace/views.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::ui {
namespace {

using namespace app;

struct TraceNames {
    Q_DECLARE_TR_FUNCTIONS(TraceNames)
};

// As much of it as there is room for anywhere: a name, or what is asked for, may have 64 KiB, and is measured letter by
// letter.
QString toString(std::string_view text)
{
    constexpr std::size_t most = 300; // bytes
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), most)));
}

// What runs when it is its turn.
QString callbackOf(OrderKind kind)
{
    switch (kind) {
    case OrderKind::None:
    case OrderKind::Script: return TraceNames::tr("script");
    case OrderKind::Tick: return TraceNames::tr("nextTick callback");
    case OrderKind::Microtask: return TraceNames::tr("microtask");
    case OrderKind::Reaction: return TraceNames::tr("promise reaction");
    case OrderKind::Await: return TraceNames::tr("async function");
    case OrderKind::Thenable: return TraceNames::tr("thenable's then");
    case OrderKind::Timer: return TraceNames::tr("timer callback");
    case OrderKind::Immediate: return TraceNames::tr("immediate callback");
    case OrderKind::PoolIo:
    case OrderKind::KernelIo: return TraceNames::tr("I/O callback");
    case OrderKind::Resource: return TraceNames::tr("callback");
    case OrderKind::Handler: return TraceNames::tr("handler");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

const TraceFacts::Known& TraceFacts::known(OrderId order) const
{
    const quint64 key = app::orderKey(order);
    const std::uint32_t repetition = m_log.repetition(inTheNameOf(m_log, order));
    if (const auto found = m_known.find(key); found != m_known.end() && found->repetition == repetition
        && m_log.createdAt(order) != kNoEvent) // of the script, its file is known late
        return *found;
    Known fact;
    fact.repetition = repetition;
    const Index created = m_log.createdAt(order);
    const std::string title = app::titleOfAllSteps(m_log, order);
    fact.title = QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size())).simplified();
    fact.kind = callbackOf(m_log.kindOf(order));
    if (created == kNoEvent) {
        if (fact.title.isEmpty())
            fact.title = TraceNames::tr("main script");
    } else {
        fact.nodesOwn = app::isNodesOwn(m_log, order);
        fact.line = static_cast<int>(placeOf(m_log, order).line);
    }
    if (fact.title.isEmpty())
        fact.title = fact.kind;
    return *m_known.insert(key, fact);
}

QString TraceFacts::title(OrderId order) const
{
    const int which = step(order);
    return which == 0 ? known(order).title : TraceNames::tr("%1, step %2").arg(known(order).title).arg(which);
}
QString TraceFacts::titleOfAllSteps(OrderId order) const
{
    return known(order).title;
}
int TraceFacts::step(OrderId order) const
{
    return static_cast<int>(stepOf(m_log, order));
}
bool TraceFacts::isNodesOwnTurn(OrderId order) const
{
    return app::isNodesOwnTurn(m_log, order);
}
bool TraceFacts::isNodesOwnCall(const Running& call) const
{
    return app::isNodesOwnCall(m_log, call.started);
}
QString TraceFacts::kind(OrderId order) const
{
    return known(order).kind;
}
int TraceFacts::line(OrderId order) const
{
    return known(order).line;
}
bool TraceFacts::isNodesOwn(OrderId order) const
{
    return known(order).nodesOwn;
}
bool TraceFacts::isInnerStep(OrderId order) const
{
    return app::isInnerStep(m_log, order);
}

std::uint64_t TraceFacts::timeOf(Index event) const
{
    return event < m_log.size() ? m_log.event(event).time : 0;
}

std::uint32_t TraceFacts::workerDone(Index event) const
{
    if (event >= m_log.size())
        return 0;
    const trace::Record record = m_log.event(event);
    return record.kind == trace::EventKind::PoolJobDone ? trace::as<trace::events::PoolJobDone>(record).worker.value
                                                        : 0;
}

std::optional<StageFacts::Countdown> TraceFacts::countdown(OrderId timer, const LoopState& state) const
{
    const auto due = state.timers.dueOf(timer.value);
    const Index created = m_log.createdAt(timer);
    if (!due || created == kNoEvent || !state.clockLead)
        return {};
    std::int64_t at = 0; // it is over when the state's own clock says so
    if (__builtin_sub_overflow(std::int64_t {*due} * 1'000'000, *state.clockLead, &at))
        return {}; // no clock shows that
    // Its duration stands where it was started, right behind its creation.
    constexpr Index kNear = 8;
    std::uint64_t duration = 0;
    for (Index i = created; i < std::min(m_log.size(), created + kNear); ++i) {
        const trace::Record record = m_log.event(i);
        if (record.kind != trace::EventKind::TimerStarted)
            continue;
        const auto started = trace::as<trace::events::TimerStarted>(record);
        if (started.async.value == timer.value) {
            duration = std::uint64_t {started.duration} * 1'000'000;
            break;
        }
    }
    return Countdown {.due = static_cast<std::uint64_t>(std::max<std::int64_t>(0, at)), .duration = duration};
}

std::vector<StageFacts::Frame> TraceFacts::frames(std::uint32_t stack) const
{
    std::vector<Frame> result;
    constexpr int kDeepest = 200;
    for (int depth = 0; stack != 0 && depth < kDeepest; ++depth) {
        const trace::Frame frame = m_log.frame({stack});
        if (!isNodesScript(m_log.text(frame.script)))
            result.push_back({.function = toString(m_log.text(frame.function)), .line = static_cast<int>(frame.line)});
        stack = frame.caller.value;
    }
    return result;
}

std::uint32_t TraceFacts::connectionOf(OrderId order, const LoopState& state) const
{
    if (state.connections.empty())
        return 0;
    constexpr std::size_t kFarthest = 64;
    Causes causes(m_log, order, kFarthest);
    for (; order; order = causes.next()) {
        if (order.space == OrderId::Space::Async && state.connections.find(order.value))
            return order.value;
    }
    return 0;
}

int TraceFacts::tableOf(std::uint32_t connection) const
{
    const std::uint32_t number = m_log.numberOfConnection(connection);
    return number == 0 ? 0 : static_cast<int>(number) + 1;
}

QString TraceFacts::asksFor(std::uint32_t connection, Index size) const
{
    const Index asked = m_log.lastRequestOn(connection, size);
    if (asked == kNoEvent)
        return {};
    const auto request = trace::as<trace::events::RequestStarted>(m_log.event(asked));
    return toString(m_log.text(request.method)) + u' ' + toString(m_log.text(request.path));
}

QString TraceFacts::waitDetail(Index since) const
{
    if (since >= m_log.size() || m_log.event(since).kind != trace::EventKind::KernelWaitStarted)
        return {};
    return toString(m_log.text(trace::as<trace::events::KernelWaitStarted>(m_log.event(since)).detail));
}

} // namespace bistro::ui
