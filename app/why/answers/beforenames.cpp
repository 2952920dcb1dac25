#include "state/owner.h"
#include "text/amounts.h"
#include "trace/views.h"
#include "why/answers/before.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kNamed = 5; // names of a way that are told, the rest is folded

QString lineOf(const CodePlace& place)
{
    return place.line == 0 ? QString() : QString::number(place.line);
}

} // namespace

// "setTimeout in line 4": told where the name would say again what was printed.
QString WhyBefore::byItsLine(OrderId order) const
{
    const Index created = m_log.createdAt(order);
    const bool isHandler = created != kNoEvent && is<events::HandlerStarted>(m_log.event(created));
    const std::string_view with = isHandler ? m_log.text(as<events::HandlerStarted>(m_log.event(created)).name)
                                            : placedWith(m_log, order);
    const QString call = with.empty() ? kindName(m_log.kindOf(order), m_wording) : textOf(with);
    const QString line = lineOf(placeOf(m_log, order));
    return line.isEmpty() ? call : tr("%1 in line %2").arg(call, line);
}

QString WhyBefore::nameOf(OrderId order, const Point& printed) const
{
    order = inTheNameOf(m_log, order); // the steps of one readFile are one
    if (m_log.createdAt(order) == kNoEvent) { // a script
        const bool isMain = order == OrderId::async(1) && !m_log.entryFile().empty();
        return isMain ? textOf(fileName(m_log.entryFile())) : tr("the main program");
    }
    const auto saysTheSame = [&](const QString& name) {
        if (!printed.isLine)
            return false;
        const QString text = printed.text.trimmed();
        return name == text || name == u'“' + text + u'”';
    };
    if (ownerOf(m_log, order) == Owner::Program) {
        const QString name = named(m_log, order);
        return saysTheSame(name) ? byItsLine(order) : name;
    }
    // A step of Node's is called by what the program asked for.
    const std::string_view with = placedWith(m_log, order);
    const QString line = lineOf(placeOf(m_log, order));
    if (!with.empty() && !line.isEmpty())
        return tr("%1 in line %2").arg(textOf(with), line);
    const OrderId learners = learnersOrder(m_log, order);
    if (!learners || learners == order)
        return tr("a step of Node's own");
    return m_log.createdAt(learners) == kNoEvent || ownerOf(m_log, learners) == Owner::Program
        ? nameOf(learners, printed)
        : tr("a step of Node's own");
}

QString WhyBefore::nameOf(const Call& call) const
{
    // The body of a module runs in steps of Node's: what prints in one is the file, or its function.
    if (m_first.isLine && call.started == m_first.call.started && !learnersOrder(m_log, call.order)) {
        if (const CodePlace place = learnersPlace(m_log, {m_log.event(m_first.at).stack}))
            return textOf(place.function.empty() ? fileName(place.script) : place.function);
    }
    // Either line may be the one that this call prints.
    const QString name = nameOf(call.order, m_first);
    return call.order == m_second.call.order ? nameOf(call.order, m_second) : name;
}

QString WhyBefore::nameOf(const Call& call, const Call& other) const
{
    const QString name = nameOf(call);
    if (name != nameOf(other))
        return name;
    return call.started < other.started ? m_first.name : m_second.name;
}

QString WhyBefore::aTime(std::int64_t nanoseconds)
{
    constexpr std::int64_t kMillisecond = 1'000'000;
    const std::int64_t milliseconds = std::max<std::int64_t>(1, (nanoseconds + kMillisecond / 2) / kMillisecond);
    return nanoseconds < 10'000 * kMillisecond ? tr("%1 ms").arg(milliseconds)
                                               : timeText(static_cast<std::uint64_t>(nanoseconds));
}

// Where it was ordered, step by step back to what both come from, in the learner's names.
void WhyBefore::way(const std::vector<Call>& calls, std::size_t common, const Point& point)
{
    struct Step {
        QString name;
        Index started = kNoEvent;
        OrderId order;
    };
    std::vector<Step> steps;
    std::size_t own = 0; // of Node's, which have no name
    for (std::size_t i = 0; i < common; ++i) {
        const QString name = nameOf(calls[i].order, point);
        const bool isNodes = ownerOf(m_log, calls[i].order) != Owner::Program
            && placedWith(m_log, calls[i].order).empty();
        if (isNodes && i > 0) {
            ++own;
            continue;
        }
        if (!std::ranges::contains(steps, name, &Step::name))
            steps.push_back({.name = name, .started = calls[i].started, .order = calls[i].order});
    }
    if (steps.empty() || (steps.size() == 1 && steps.front().name == point.name))
        return;
    if (steps.front().name == point.name)
        steps.erase(steps.begin());
    QString before; // what the first name came after
    std::vector<Index> events;
    std::vector<OrderId> orders;
    for (std::size_t i = 0; i < std::min(steps.size(), kNamed); ++i) {
        const bool folds = steps.size() > kNamed && i + 1 == kNamed; // a long way: its ends are told
        const Step& step = folds ? steps.back() : steps[i];
        if (folds)
            before += tr(" … %n steps …", nullptr, static_cast<int>(steps.size() - kNamed));
        if (i > 0)
            before += before.isEmpty() ? step.name : tr(", after %1").arg(step.name);
        events.push_back(step.started);
        orders.push_back(step.order);
    }
    const QString first = steps.front().name;
    std::ranges::reverse(events);
    if (own > 0) {
        const QString nodes = tr("%n steps of Node's own", nullptr, static_cast<int>(own));
        before = before.isEmpty() ? nodes : tr("%1, and %2").arg(before, nodes);
    }
    if (before.isEmpty())
        because(Rule::OrderAfterItsPlacer, {tr("%1 came from %2."), tr("%1 came from %2.")}, {point.name, first},
            std::move(events), std::move(orders));
    else
        because(Rule::OrderAfterItsPlacer, {tr("%1 came from %2, after %3."), tr("%1 came from %2, after %3.")},
            {point.name, first, before}, std::move(events), std::move(orders));
}

} // namespace bistro::app
