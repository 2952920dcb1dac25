#include "why/narration/narrator.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

// Whether a promise that was just made is rejected before anything else happens to it.
bool Narrator::isRejectedAtOnce(PromiseId promise) const
{
    constexpr Index kFarthest = 4; // a rejection is first told to be unhandled
    for (Index i = m_index + 1; i < std::min(m_log.size(), m_index + kFarthest); ++i) {
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
    for (Index i = m_index + 1; i-- > m_index - std::min(m_index, kFarthest);) {
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
    const QString what = title(m_log, order);
    const auto source = sourceOf(order);
    const bool catches = placedWith(m_log, order) == "catch";
    if (source && catches && source->rejected)
        put(rule,
            {tr("The waiter does his promise note %1: promise %2 was broken, and it catches that."),
                tr("The promise reaction %1 runs: it catches the rejection of promise %2.")},
            {what, number(source->promise.value)});
    else if (source && catches)
        put(rule,
            {tr("The waiter passes over the note %1: promise %2 was kept, and there is nothing to catch."),
                tr("The promise reaction %1 passes the value on: promise %2 is fulfilled, there is nothing to catch.")},
            {what, number(source->promise.value)});
    else if (source && source->rejected)
        put(rule,
            {tr("The waiter does his promise note %1: promise %2 was broken."),
                tr("The promise reaction %1 runs: promise %2 was rejected.")},
            {what, number(source->promise.value)});
    else
        put(rule, {tr("The waiter does his promise note %1."), tr("The promise reaction %1 runs.")}, {what});
}

void Narrator::operator()(const events::PromiseCreated& e)
{
    const OrderId order = OrderId::promise(e.promise.value);
    const bool parentPending = e.parent && after().promises.find(e.parent.value) != nullptr;
    switch (e.origin) {
    case PromiseOrigin::Constructed:
        if (isRejectedAtOnce(e.promise))
            put(Rule::PromiseSettles,
                {tr("Promise %1 is given, only to be broken at once."),
                    tr("Promise %1 is made, and is rejected at once.")},
                {number(e.promise.value)});
        else
            put(Rule::PromiseSettles, {tr("Promise %1 is given."), tr("Promise %1 is made.")},
                {number(e.promise.value)});
        break;
    case PromiseOrigin::Derived:
        if (const bool catches = placedWith(m_log, order) == "catch"; catches && parentPending)
            put(Rule::ThenRegisters,
                {tr("%1 is to step in if promise %2 is broken. No note is written yet."),
                    tr("%1 is registered to catch a rejection of promise %2, which is pending: nothing is queued "
                       "yet.")},
                {name(order), number(e.parent.value)});
        else if (catches)
            put(Rule::PromiseSettles,
                {tr("%1 is to step in if promise %2 was broken, which is settled already: its note is due at "
                    "once."),
                    tr("%1 is attached to catch a rejection of promise %2, which is settled: its reaction is "
                       "queued at once.")},
                {name(order), number(e.parent.value)});
        else if (parentPending)
            put(Rule::ThenRegisters,
                {tr("%1 is to follow when promise %2 is kept. No note is written yet."),
                    tr("%1 is registered with promise %2, which is pending: nothing is queued yet.")},
                {name(order), number(e.parent.value)});
        else
            put(Rule::PromiseSettles,
                {tr("%1 is to follow promise %2, which is settled already: its note is due at once."),
                    tr("%1 is attached to promise %2, which is settled: its reaction is queued at once.")},
                {name(order), number(e.parent.value)});
        break;
    case PromiseOrigin::Await:
        put(Rule::AwaitPauses, {tr("%1 is set aside: it awaits a promise."), tr("%1 pauses at an await.")},
            {name(order)});
        break;
    }
}

void Narrator::operator()(const events::PromiseFollows& e)
{
    put(Rule::PromiseFollows,
        e.followed ? Words {tr("Promise %1 is to follow promise %2. A note to ask it goes on the rail."),
                         tr("Promise %1 is resolved with promise %2: a job to call its then is queued.")}
                   : Words {tr("Promise %1 is to follow another. A note to ask it goes on the rail."),
                         tr("Promise %1 is resolved with a thenable: a job to call its then is queued.")},
        {number(e.promise.value), number(e.followed.value)});
}

void Narrator::operator()(const events::PromiseSettled& e)
{
    const bool kept = e.outcome == PromiseOutcome::Fulfilled;
    put(Rule::PromiseSettles,
        kept ? Words {tr("Promise %1 is kept."), tr("Promise %1 is fulfilled.")}
             : Words {tr("Promise %1 is broken."), tr("Promise %1 is rejected.")},
        {number(e.promise.value)});
    if (e.reactions == 1)
        add({tr("One who waited for it gets a note."), tr("One reaction is queued.")});
    else if (e.reactions > 1)
        add({tr("%1 who waited for it get a note each."), tr("%1 reactions are queued.")}, {number(e.reactions)});
}

void Narrator::operator()(const events::ReactionQueued& e)
{
    const std::size_t place = after().microtasks.size();
    put(e.job == JobKind::Await ? Rule::AwaitPauses : Rule::PromiseSettles,
        {tr("The note for %1 goes on the promise rail, at place %2."), tr("%1 joins the microtask queue at place %2.")},
        {name(OrderId::promise(e.promise.value)), number(place)});
}

void Narrator::operator()(const events::RejectionUnhandled& e)
{
    put(Rule::RejectionAfterDrain,
        {tr("Promise %1 is broken and nobody answers for it yet: %2."),
            tr("Promise %1 is rejected and has no handler yet: %2.")},
        {number(e.promise.value), firstLine(e.message)});
}

void Narrator::operator()(const events::RejectionHandled& e)
{
    put(Rule::RejectionAfterDrain,
        {tr("Somebody answers for promise %1 after all."),
            tr("Promise %1, rejected before, gets a handler after all.")},
        {number(e.promise.value)});
}

} // namespace bistro::app
