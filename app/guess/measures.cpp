#include "guess/measures.h"

#include "guess/legalorders.h"
#include "rush/rush.h"
#include "state/describe.h"
#include "state/loopevents.h"
#include "trace/views.h"

#include <QRegularExpression>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace bistro::app {
namespace {

using namespace trace;
using namespace Qt::StringLiterals;

bool isProgramsJob(const TraceLog& log, OrderId order)
{
    return order && learnersOrder(log, inTheNameOf(log, order));
}

// Orders that are open, by name: what Node does in several jobs is one order.
class OpenOrders final {
public:
    explicit OpenOrders(const TraceLog& log)
        : m_log(log)
    {
    }

    void watch(const Record& event)
    {
        if (is<events::TimerStarted>(event))
            openIfPrograms(OrderId::async(as<events::TimerStarted>(event).async));
        else if (is<events::TimerCleared>(event))
            close(OrderId::async(as<events::TimerCleared>(event).async));
        else if (is<events::ImmediateCreated>(event))
            openIfPrograms(OrderId::async(as<events::ImmediateCreated>(event).async));
        else if (is<events::ImmediateCleared>(event))
            close(OrderId::async(as<events::ImmediateCleared>(event).async));
        else if (is<events::PoolJobSubmitted>(event))
            submitted(as<events::PoolJobSubmitted>(event).job.value);
        else if (is<events::RequestStarted>(event))
            request(as<events::RequestStarted>(event));
        else if (is<events::RequestFinished>(event))
            m_requests.erase(as<events::RequestFinished>(event).request);
        else if (startsCall(event))
            started(orderStartedBy(event));
        else if (endsCall(event))
            over(orderFinishedBy(event));
        m_most = std::max(m_most, m_open.size() + m_jobs.size() + m_requests.size());
    }
    [[nodiscard]] std::size_t most() const { return m_most; }

private:
    void openIfPrograms(OrderId order)
    {
        if (ownerOf(m_log, order) == Owner::Program)
            m_open.insert(orderKey(order));
    }
    void close(OrderId order) { m_open.erase(orderKey(order)); }

    void submitted(std::uint32_t job)
    {
        const OrderId order = orderOfJob(m_log, job);
        if (!isProgramsJob(m_log, order))
            return;
        const std::uint64_t name = orderKey(inTheNameOf(m_log, order));
        ++m_jobs[name];
        m_nameOf.insert_or_assign(orderKey(order), name);
    }

    void request(const events::RequestStarted& event)
    {
        if (event.direction == Direction::Outgoing)
            m_requests.insert(event.request);
    }

    void started(OrderId order)
    {
        const OrderKind kind = m_log.kindOf(order);
        if (kind == OrderKind::Timer || kind == OrderKind::Immediate)
            close(order);
    }

    // A job in several parts has placed its next part by now, if there is one.
    void over(OrderId order)
    {
        const auto name = m_nameOf.find(orderKey(order));
        if (name == m_nameOf.end())
            return;
        if (const auto open = m_jobs.find(name->second); open != m_jobs.end() && --open->second == 0)
            m_jobs.erase(open);
        m_nameOf.erase(name);
    }

    const TraceLog& m_log;
    std::unordered_set<std::uint64_t> m_open;
    std::unordered_map<std::uint64_t, std::size_t> m_jobs; // by name: how many parts are open
    std::unordered_map<std::uint64_t, std::uint64_t> m_nameOf; // of an order that a job was placed for
    std::unordered_set<std::uint32_t> m_requests;
    std::size_t m_most = 0;
};

std::optional<double> between(const Measure& measure, const TraceLog& log)
{
    const ScreenLines lines(log);
    const auto from = printingsOf({measure.from}, lines).front();
    if (!from)
        return {};
    for (std::size_t i = *from + 1; i < lines.size(); ++i) {
        if (lineText(lines[i]) == lineText(measure.to))
            return static_cast<double>(log.event(lines[i].output).time - log.event(lines[*from].output).time) / 1e6;
    }
    return {};
}

// The first number behind the beginning; digits may be in groups, as toLocaleString() writes them.
std::optional<double> printedNumber(const QString& begin, const TraceLog& log)
{
    static const QRegularExpression number(u"-?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:e[-+]?\\d+)?"_s);
    for (const ScreenLines::Line& line : ScreenLines(log)) {
        const QString text = lineText(line);
        if (!text.startsWith(lineText(begin)))
            continue;
        const auto found = number.match(text, lineText(begin).size());
        if (found.hasMatch())
            return found.captured().remove(u',').toDouble();
    }
    return {};
}

std::optional<double> idle(const TraceLog& log)
{
    const std::optional<Rush> rush = rushOf(log);
    return rush ? std::optional<double>(idleWaiters(oneForEach(*rush, {}))) : std::nullopt;
}

} // namespace

std::size_t cooksAtOnce(const TraceLog& log)
{
    std::unordered_set<std::uint32_t> atWork;
    std::size_t most = 0;
    for (const Index i : eventsFrom(log, 0)) {
        const Record event = log.event(i);
        if (is<events::PoolJobBegun>(event)) {
            const std::uint32_t job = as<events::PoolJobBegun>(event).job.value;
            if (isProgramsJob(log, orderOfJob(log, job)))
                atWork.insert(job);
            most = std::max(most, atWork.size());
        } else if (is<events::PoolJobDone>(event)) {
            atWork.erase(as<events::PoolJobDone>(event).job.value);
        }
    }
    return most;
}

std::size_t openAtOnce(const TraceLog& log)
{
    OpenOrders open(log);
    for (const Index i : eventsFrom(log, 0))
        open.watch(log.event(i));
    return open.most();
}

std::size_t deepestStack(const TraceLog& log)
{
    std::unordered_map<std::uint32_t, std::size_t> depths; // of stacks that were looked at
    const auto depthOf = [&](StackId stack) {
        std::vector<StackId> way; // inner ones first
        std::size_t depth = 0;
        for (StackId at = stack; at; at = log.frame(at).caller) {
            if (const auto known = depths.find(at.value); known != depths.end()) {
                depth = known->second;
                break;
            }
            way.push_back(at);
        }
        for (auto frame = way.rbegin(); frame != way.rend(); ++frame) {
            depth += summaryOf(log, *frame).program == *frame ? 1 : 0;
            depths.emplace(frame->value, depth);
        }
        return depth;
    };
    std::size_t deepest = 0;
    for (const Index i : eventsFrom(log, 0)) {
        if (const StackId stack {log.event(i).stack})
            deepest = std::max(deepest, depthOf(stack));
    }
    return deepest;
}

std::size_t requestsThatCame(const TraceLog& log)
{
    std::size_t count = 0;
    for (const Index i : eventsFrom(log, 0)) {
        const Record event = log.event(i);
        count += is<events::RequestStarted>(event) && as<events::RequestStarted>(event).direction == Direction::Incoming
            ? 1
            : 0;
    }
    return count;
}

std::optional<double> measured(const Measure& measure, const TraceLog& log)
{
    switch (measure.kind) {
    case Measure::Kind::None: return {};
    case Measure::Kind::Between: return between(measure, log);
    case Measure::Kind::CooksAtOnce: return static_cast<double>(cooksAtOnce(log));
    case Measure::Kind::OpenAtOnce: return static_cast<double>(openAtOnce(log));
    case Measure::Kind::StackDepth: return static_cast<double>(deepestStack(log));
    case Measure::Kind::IdleWaiters: return idle(log);
    case Measure::Kind::Printed: return printedNumber(measure.from, log);
    case Measure::Kind::Requests: return static_cast<double>(requestsThatCame(log));
    }
    return {};
}

} // namespace bistro::app
