#include "why/findings/finder.h"

#include "text/amounts.h"
#include "why/parts.h"

#include <map>

namespace bistro::app {

using namespace trace;

void Finder::rejections()
{
    std::map<PromiseId, Index> reported;
    std::map<PromiseId, Index> handled;
    std::vector<Index> turns; // events with which the turn of what came before is over
    auto call = m_calls.begin();
    for (Index i = 0; i < m_log.size(); ++i) {
        const Record event = m_log.event(i);
        bool turn = is<events::PhaseEntered>(event) || is<events::PhaseLeft>(event)
            || is<events::IterationStarted>(event);
        if (call != m_calls.end() && call->begin == i) {
            const Rail rail = railOf(call->kind, {});
            turn = rail != Rail::Ticks && rail != Rail::Microtasks
                && call->kind != OrderKind::Resource; // Node's async hooks enter a promise's resource around its job
            ++call;
        }
        if (turn)
            turns.push_back(i);
        else if (is<events::RejectionUnhandled>(event))
            reported.emplace(as<events::RejectionUnhandled>(event).promise, i);
        else if (is<events::RejectionHandled>(event) && reported.contains(as<events::RejectionHandled>(event).promise))
            handled.emplace(as<events::RejectionHandled>(event).promise, i);
    }
    // V8 tells at once; Node reports behind the drain of that turn. A handler that comes before that is in time.
    std::erase_if(reported, [&](const auto& rejection) {
        const auto answer = handled.find(rejection.first);
        if (answer == handled.end())
            return false;
        const auto over = std::ranges::upper_bound(turns, rejection.second);
        return over == turns.end() || *over > answer->second;
    });
    for (const auto& [promise, at] : reported) {
        const auto event = as<events::RejectionUnhandled>(m_log.event(at));
        const auto late = handled.find(promise);
        const bool isLate = late != handled.end();
        const FindingKind kind = isLate ? FindingKind::RejectionLate : FindingKind::RejectionUnhandled;
        if (found(kind) >= kOfOneKind)
            continue;
        const OrderId order = OrderId::promise(promise.value);
        const std::string_view whole = m_log.text(event.message);
        const QString reason = textOf(whole.substr(0, whole.find('\n')));
        Finding finding {.kind = kind,
            .rule = Rule::RejectionAfterDrain,
            .place = placeOf(m_log, order),
            .events = {at},
            .orders = {order}};
        if (const Index created = m_log.createdAt(order); created != kNoEvent && created < at)
            finding.events.insert(finding.events.begin(), created);
        if (isLate) {
            const std::uint64_t took = m_log.event(late->second).time - event.time;
            finding.took = std::chrono::nanoseconds(took);
            finding.events.push_back(late->second);
            finding.what = text(
                {tr("Promise %1 was broken (%2), and somebody answered for it only %3 after that was reported."),
                    tr("Promise %1 was rejected (%2) and got its handler only %3 after it had been reported as "
                       "unhandled.")},
                {QString::number(promise.value), reason, timeText(took)});
            finding.helps = {text({tr("Say at once what is to happen when a promise is broken."),
                tr("Attach catch (or await it in try) when the promise is made, before anything asynchronous comes "
                   "between.")})};
        } else {
            finding.what = text({tr("Promise %1 was broken (%2), and nobody answered for it."),
                                    tr("Promise %1 was rejected (%2) and never got a handler.")},
                {QString::number(promise.value), reason});
            finding.helps = {text({tr("Say what is to happen when it is broken: catch, or try around the await."),
                                 tr("Add catch, or await it inside try.")}),
                text({tr("Do not leave a promise alone: return it or wait for it."),
                    tr("Do not leave the promise floating: return or await it.")})};
        }
        finding.since = moment(event.time);
        m_found.push_back(std::move(finding));
    }
}

} // namespace bistro::app
