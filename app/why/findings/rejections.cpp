#include "why/findings/finder.h"

#include "state/keepsalive.h"
#include "state/loopevents.h"
#include "text/amounts.h"
#include "why/keepers.h"
#include "why/naming.h"
#include "why/parts.h"

#include <map>

namespace bistro::app {

using namespace trace;

void Finder::rejections()
{
    std::map<PromiseId, Index> reported;
    std::map<PromiseId, Index> handled;
    std::map<PromiseId, Index> told; // calls of the program's listeners of unhandledRejection
    std::vector<Index> turns; // events with which the turn of what came before is over
    auto call = m_calls.begin();
    for (const Index i : eventsFrom(m_log, 0)) {
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
        if (is<events::HandlerStarted>(event)
            && m_log.text(as<events::HandlerStarted>(event).name) == "unhandledRejection")
            told.emplace(as<events::HandlerStarted>(event).promise, i);
    }
    // V8 tells at once; Node reports after the drain of that turn. A handler that comes before that is in time.
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
        if (found(kind) >= kOfOneKind) {
            countMore(kind);
            continue;
        }
        const OrderId order = OrderId::promise(promise.value);
        const std::string_view whole = m_log.text(event.message);
        const QString reason = textOf(whole.substr(0, whole.find('\n')));
        Finding finding {.kind = kind,
            .rule = Rule::RejectionAfterDrain,
            .place = programsPlace(m_log, order),
            .events = {at},
            .orders = {order}};
        if (const Index created = m_log.createdAt(order); created != kNoEvent && created < at)
            finding.events.insert(finding.events.begin(), created);
        if (isLate) {
            const std::uint64_t took = m_log.event(late->second).time - event.time;
            finding.took = std::chrono::nanoseconds(took);
            finding.events.push_back(late->second);
            finding.what = text({tr("%1 was broken (%2). Somebody answered for it only %3 after Node had reported it."),
                                    tr("%1 was rejected (%2). It got its handler only %3 after Node had reported it.")},
                {begun(name(order)), reason, spokenTime(took)});
            finding.helps = {text({tr("Handle the failure at once: add .catch() when you make the promise."),
                tr("Add .catch() when you make the promise, before anything asynchronous comes between.")})};
        } else if (const auto listener = told.find(promise); listener != told.end()) {
            const CodePlace there = learnersPlace(m_log, StackId {m_log.event(listener->second).stack});
            finding.events.push_back(listener->second);
            finding.what = text({tr("%1 was broken (%2) and has no catch."),
                                    tr("%1 was rejected (%2) and has no catch.")},
                               {begun(name(order)), reason})
                + QChar::Space
                + (there ? tr("Your 'unhandledRejection' listener in %1 was told.").arg(lineText(m_log, there))
                         : tr("Your 'unhandledRejection' listener was told."));
            finding.helps = {
                tr("Handle the failure where it happens: add .catch(), or put try … catch around the await."),
                tr("Keep the listener for what nobody foresaw: it can't go on where the failure was.")};
        } else {
            finding.what = text({tr("%1 was broken (%2), and nobody answered for it."),
                                    tr("%1 was rejected (%2), and nothing handled it.")},
                {begun(name(order)), reason});
            finding.helps = {tr("Handle the failure: add .catch(), or put try … catch around the await."),
                tr("Don't leave a promise alone: return it or await it.")};
        }
        finding.since = moment(event.time);
        m_found.push_back(std::move(finding));
    }
}

} // namespace bistro::app
