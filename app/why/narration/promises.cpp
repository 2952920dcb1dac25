#include "why/narration/narrator.h"

#include "state/loopevents.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

// Whether a promise that was just made is rejected before anything else happens to it.
bool Narrator::isRejectedAtOnce(PromiseId promise) const
{
    constexpr Index kFarthest = 4; // a rejection is first told to be unhandled
    for (const Index i : eventsFrom(m_log, m_index + 1, kFarthest - 1)) {
        const Record event = m_log.event(i);
        if (is<events::PromiseSettled>(event)) {
            const auto settled = as<events::PromiseSettled>(event);
            return settled.promise == promise && settled.outcome == PromiseOutcome::Rejected;
        }
        if (!is<events::RejectionUnhandled>(event))
            return false;
    }
    return false;
}

// The promise whose settling has queued a reaction, and how it was settled; nothing when that is too long ago.
std::optional<Narrator::Source> Narrator::sourceOf(OrderId reaction) const
{
    constexpr Index kFarthest = 2'000;
    PromiseId source;
    for (const Index i : eventsBefore(m_log, m_index + 1, kFarthest + 1)) {
        const Record event = m_log.event(i);
        if (!source && is<events::ReactionQueued>(event)) {
            const auto queued = as<events::ReactionQueued>(event);
            if (queued.promise.value == reaction.value)
                source = queued.source;
        } else if (source && is<events::PromiseSettled>(event)) {
            const auto settled = as<events::PromiseSettled>(event);
            if (settled.promise == source)
                return Source {.promise = source, .rejected = settled.outcome == PromiseOutcome::Rejected};
        } else if (source && is<events::RejectionHandled>(event)) {
            if (as<events::RejectionHandled>(event).promise == source)
                return Source {.promise = source, .rejected = true};
        }
    }
    return {};
}

void Narrator::reactionStarted(OrderId order, Rule rule)
{
    const QString what = name(order);
    const auto source = sourceOf(order);
    const bool catches = placedWith(m_log, order) == "catch";
    if (source && catches && source->rejected)
        put(rule,
            {tr("The waiter does the promise note of %1. %2 has failed, and it catches that."),
                tr("JavaScript runs %1. It catches the rejection of %2.")},
            {what, promise(source->promise)});
    else if (source && catches)
        put(rule,
            {tr("The waiter passes over %1. %2 went well, so there is nothing to catch."),
                tr("JavaScript passes over %1. %2 is fulfilled, so there is nothing to catch.")},
            {what, promise(source->promise)});
    else if (source && source->rejected)
        put(rule,
            {tr("The waiter does the promise note of %1. %2 has failed."), tr("JavaScript runs %1. %2 was rejected.")},
            {what, promise(source->promise)});
    else
        put(rule, {tr("The waiter does the promise note of %1."), tr("JavaScript runs %1, from the microtask queue.")},
            {what});
}

void Narrator::operator()(const events::PromiseCreated& e)
{
    const OrderId order = OrderId::promise(e.promise.value);
    // Within fetch, say: both have the one name that the program knows.
    if (m_detail == Detail::Program && e.origin == PromiseOrigin::Derived && e.parent
        && toldOf(m_log, order, m_detail) == toldOf(m_log, OrderId::promise(e.parent.value), m_detail)) {
        workOf(order);
        return;
    }
    const bool parentPending = e.parent && after().promises.find(e.parent.value) != nullptr;
    switch (e.origin) {
    case PromiseOrigin::Constructed:
        if (isRejectedAtOnce(e.promise))
            put(Rule::PromiseSettles,
                {tr("%1 gives a promise and breaks it at once."), tr("%1 makes a promise and rejects it at once.")},
                {promise(e.promise)});
        else
            put(Rule::PromiseSettles, {tr("%1 gives a promise."), tr("%1 makes a promise.")}, {promise(e.promise)});
        break;
    case PromiseOrigin::Derived:
        if (const bool catches = placedWith(m_log, order) == "catch"; catches && parentPending)
            put(Rule::ThenRegisters,
                {tr("%1 waits in case %2 fails. No note is written yet."),
                    tr("%1 waits in case %2 is rejected. Nothing is queued yet.")},
                {name(order), promise(e.parent)});
        else if (catches)
            put(Rule::PromiseSettles,
                {tr("%1 looks whether %2 has failed. That is settled, so its note is due at once."),
                    tr("%1 looks whether %2 was rejected. That is settled, so its reaction joins the queue.")},
                {name(order), promise(e.parent)});
        else if (parentPending)
            put(Rule::ThenRegisters,
                {tr("%1 waits for %2. No note is written yet."),
                    tr("%1 waits for %2, which is pending. Nothing is queued yet.")},
                {name(order), promise(e.parent)});
        else
            put(Rule::PromiseSettles,
                {tr("%1 follows %2, which is done. Its note is due at once."),
                    tr("%1 follows %2, which is settled. Its reaction joins the queue at once.")},
                {name(order), promise(e.parent)});
        break;
    case PromiseOrigin::Await: {
        const QString function = pausedFunction(m_log, order);
        if (function.isEmpty())
            put(Rule::AwaitPauses, {tr("The waiter sets your program aside at %1."), tr("Your program pauses at %1.")},
                {name(order)});
        else
            put(Rule::AwaitPauses, {tr("The waiter sets %2 aside at %1."), tr("%2 pauses at %1.")},
                {name(order), function});
        break;
    }
    }
}

void Narrator::operator()(const events::PromiseFollows& e)
{
    put(Rule::PromiseFollows,
        e.followed ? Words {tr("%1 gave a promise for a promise. A note to ask the other goes on the rail."),
                         tr("%1 was resolved with another promise. A job to call its then joins the queue.")}
                   : Words {tr("%1 follows an object with a then. A note to ask it goes on the rail."),
                         tr("%1 was resolved with a thenable. A job to call its then joins the queue.")},
        {promise(e.promise)});
}

void Narrator::operator()(const events::PromiseSettled& e)
{
    const bool kept = e.outcome == PromiseOutcome::Fulfilled;
    put(Rule::PromiseSettles,
        kept ? Words {tr("%1 is done."), tr("%1 is fulfilled.")} : Words {tr("%1 has failed."), tr("%1 is rejected.")},
        {promise(e.promise)});
    if (e.reactions > 0)
        add({tr("%n who waited for it get a note each.", nullptr, count(e.reactions)),
            tr("%n reactions join the queue.", nullptr, count(e.reactions))});
}

void Narrator::operator()(const events::ReactionQueued& e)
{
    const QString place = number(after().microtasks.size());
    const OrderId order = OrderId::promise(e.promise);
    const Index created = m_log.createdAt(order);
    const QString function = e.job == JobKind::Await ? pausedFunction(m_log, order) : QString();
    if (m_detail == Detail::Program && created != kNoEvent && m_log.behindLines(created + 1) == m_index
        && e.job == JobKind::Await) // one step, told once
        put(Rule::AwaitPauses,
            function.isEmpty() ? Words {tr("Your program pauses at %1. Its note is number %2 on the promise rail."),
                                     tr("Your program pauses at %1. It's number %2 in the microtask queue.")}
                               : Words {tr("%3 pauses at %1. Its note is number %2 on the promise rail."),
                                     tr("%3 pauses at %1. It's number %2 in the microtask queue.")},
            {name(order), place, function});
    else
        put(e.job == JobKind::Await ? Rule::AwaitPauses : Rule::PromiseSettles,
            {tr("The note of %1 goes on the promise rail, at place %2."),
                tr("%1 joins the microtask queue at place %2.")},
            {name(order), place});
}

void Narrator::operator()(const events::RejectionUnhandled& e)
{
    put(Rule::RejectionAfterDrain,
        {tr("%1 fails with %2. Nobody handles that yet."), tr("%1 is rejected with %2. It has no handler yet.")},
        {promise(e.promise), quoted(m_log.text(e.message))});
}

void Narrator::operator()(const events::RejectionHandled& e)
{
    put(Rule::RejectionAfterDrain,
        {tr("%1 had failed, and now somebody handles it."), tr("%1 was rejected before, and has a handler now.")},
        {promise(e.promise)});
}

} // namespace bistro::app
