#include "moment/tracefacts.h"

#include "moment/lasttime.h"
#include "state/chain.h"
#include "state/describe.h"
#include "state/loopevents.h"
#include "state/numbers.h"
#include "trace/views.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

using namespace app;

constexpr std::size_t kLookedAt = 1'000; // jobs

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

void TraceFacts::setDetail(Detail detail)
{
    if (std::exchange(m_detail, detail) != detail)
        m_known.clear();
}

// Node's own has names that nobody has written: it goes by those of what it is there for.
QString TraceFacts::titleInName(OrderId order, const Known& fact) const
{
    const Index created = m_log.createdAt(order);
    if (m_log.requestOn(m_log.trigger(order).value, created) != kNoEvent || !app::isNodesOwnTurn(m_log, order))
        return fact.title; // "GET /menu"
    if (fact.inNameOf && fact.inNameOf != order)
        return known(fact.inNameOf).title;
    if (const std::string_view call = placedWith(m_log, order); !call.empty())
        return toString(call); // within which Node has placed it
    return TraceNames::tr("a step of Node's");
}

const TraceFacts::Known& TraceFacts::known(OrderId order) const
{
    const quint64 key = app::orderKey(order);
    const std::uint32_t repetition = app::numberOf(m_log, inTheNameOf(m_log, order));
    const bool started = m_log.startedAt(order) != kNoEvent;
    if (const auto found = m_known.find(key); found != m_known.end() && found->repetition == repetition
        && found->started == started && m_log.createdAt(order) != kNoEvent) // of the script, its file is known late
        return *found;
    Known fact;
    fact.started = started;
    fact.inNameOf = inTheNameOf(m_log, order);
    fact.repetition = repetition;
    const Index created = m_log.createdAt(order);
    const std::string title = app::titleOfAllSteps(m_log, order);
    fact.title = QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size())).simplified();
    fact.kind = callbackOf(m_log.kindOf(order));
    if (const std::string_view event = eventOfHandler(m_log, order); event == "FinalizationRegistry")
        fact.kind = TraceNames::tr("FinalizationRegistry callback");
    else if (event == "addon")
        fact.kind = TraceNames::tr("callback of native code");
    else if (!event.empty())
        fact.kind = TraceNames::tr("'%1' listener").arg(toString(event));
    if (created == kNoEvent) {
        if (fact.title.isEmpty())
            fact.title = TraceNames::tr("main script");
    } else {
        fact.nodesOwn = app::isNodesOwn(m_log, order);
        fact.line = static_cast<int>(placeOf(m_log, order).line);
        const std::string_view function = placedWith(m_log, order);
        if (m_log.kindOf(order) == OrderKind::PoolIo && !function.empty())
            fact.kind = TraceNames::tr("%1 callback").arg(toString(function));
        if (fact.nodesOwn && m_detail == Detail::Program) {
            fact.inNameOf = learnersOrder(m_log, order);
            if (m_log.kindOf(fact.inNameOf) == OrderKind::Script)
                fact.inNameOf = {}; // what the script has caused is not all the program's
            fact.title = titleInName(order, fact);
            if (fact.line == 0 && fact.inNameOf)
                fact.line = static_cast<int>(placeOf(m_log, fact.inNameOf).line);
        } else if (const std::string_view package = app::packageOf(m_log, order);
            !package.empty() && m_detail == Detail::Program) {
            fact.title = toString(package);
        }
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
bool TraceFacts::hasBeenCalled(OrderId order, const LoopState& state) const
{
    const Index started = m_log.startedAt(order);
    return started != kNoEvent && started < state.size;
}
int TraceFacts::step(OrderId order) const
{
    return m_streams.partOf(inNameOf(order)) ? 0 : static_cast<int>(stepOf(m_log, order)); // pieces have no number
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
OrderId TraceFacts::inNameOf(OrderId order) const
{
    return known(order).inNameOf;
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
    for (const Index i : eventsFrom(m_log, created, kNear)) {
        const trace::Record record = m_log.event(i);
        if (record.kind != trace::EventKind::TimerStarted)
            continue;
        const auto started = trace::as<trace::events::TimerStarted>(record);
        if (started.async.value == timer.value) {
            duration = std::uint64_t {started.duration} * 1'000'000;
            break;
        }
    }
    return Countdown {
        .due = static_cast<std::uint64_t>(std::max<std::int64_t>(0, at)), .duration = duration, .loopDue = *due};
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

bool TraceFacts::hasListened(Index size) const
{
    return m_log.listenedAt() < size;
}

std::vector<StageFacts::Stream> TraceFacts::streams(const LoopState& state) const
{
    constexpr std::size_t kAtOnce = 2'000; // of more jobs it is known some pictures later
    m_streams.take(m_log, [this](OrderId order) { return inNameOf(order); }, kAtOnce);
    if (state.end || m_streams.parts().empty())
        return {};
    std::vector<OrderId> working;
    std::size_t looks = 0;
    state.jobs.visit([&](std::uint64_t, const PoolJob& job) {
        if (const OrderId root = inNameOf(OrderId::async(job.async)); job.async != 0 && root)
            working.push_back(root);
        return ++looks < kLookedAt;
    });
    std::vector<std::size_t> open = m_streams.openAt(state.size);
    for (const OrderId root : working) {
        const auto* const part = m_streams.partOf(root);
        if (part && !std::ranges::contains(open, part->stream))
            open.push_back(part->stream);
    }
    // While JavaScript runs, or a tick waits, the next piece may be asked for at any moment.
    const bool stands = state.running.empty() && state.ticks.empty() && state.microtasks.empty();
    std::vector<Stream> streams;
    for (const std::size_t number : open) {
        Stream stream;
        for (const StreamIndex::Part& part : m_streams.parts()) {
            if (part.stream == number)
                stream.parts.push_back({.order = part.root,
                    .title = known(part.root).title,
                    .working = std::ranges::contains(working, part.root),
                    .paused = stands && !std::ranges::contains(working, part.root),
                    .over = part.last < state.size});
        }
        streams.push_back(std::move(stream));
    }
    return streams;
}

QString TraceFacts::waitDetail(Index since) const
{
    if (since >= m_log.size() || m_log.event(since).kind != trace::EventKind::KernelWaitStarted)
        return {};
    return toString(m_log.text(trace::as<trace::events::KernelWaitStarted>(m_log.event(since)).detail));
}

} // namespace bistro::ui
