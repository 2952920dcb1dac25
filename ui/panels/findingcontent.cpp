#include "panels/findingcontent.h"

#include "panels/panelwords.h"
#include "state/loopevents.h"
#include "state/prediction.h"
#include "state/refused.h"
#include "text/amounts.h"
#include "why/helps.h"
#include "why/loaderror.h"
#include "why/refusal.h"
#include "why/words.h"

#include <array>
#include <ranges>

namespace bistro::ui {

using namespace app;

namespace {

Meaning meaningOf(const Serving& serving)
{
    switch (serving.rail) {
    case Rail::Ticks: return Meaning::Tick;
    case Rail::Microtasks: return Meaning::Promise;
    case Rail::Poll: return serving.kind == OrderKind::KernelIo ? Meaning::KernelIo : Meaning::PoolIo;
    case Rail::Check: return Meaning::Immediate;
    case Rail::Closing: return Meaning::Closing;
    case Rail::Timers: return Meaning::Timer;
    }
    Q_UNREACHABLE_RETURN(Meaning::Running);
}

std::vector<std::pair<Meaning, int>> countsOf(const std::vector<Serving>& waiting)
{
    std::array<int, kMeanings> counts {};
    for (const Serving& each : waiting)
        ++counts[static_cast<std::size_t>(meaningOf(each))];
    std::vector<std::pair<Meaning, int>> result;
    for (std::size_t m = 0; m < kMeanings; ++m) {
        if (counts[m] != 0)
            result.emplace_back(static_cast<Meaning>(m), counts[m]);
    }
    return result;
}

// Who waits meanwhile: so many orders that are ready, and open connections.
QString waitingText(std::size_t ready, std::size_t connections, Wording wording)
{
    const bool restaurant = wording == Wording::Restaurant;
    const int tables = static_cast<int>(connections);
    QString text;
    if (ready == 0)
        text = restaurant ? Panels::tr("the waiter can't hear the door")
                          : Panels::tr("Node can't hear the operating system");
    else if (ready == 1)
        text = restaurant ? Panels::tr("one order on the pass") : Panels::tr("one callback is ready");
    else
        text = (restaurant ? Panels::tr("%1 orders on the pass") : Panels::tr("%1 callbacks are ready")).arg(ready);
    if (tables > 0)
        text += QStringLiteral(", ")
            + (restaurant ? Panels::tr("%n tables", nullptr, tables) : Panels::tr("%n connections", nullptr, tables));
    return text;
}

// Node reports a promise that nobody catches right before it gives up.
bool isOfRejection(const TraceLog& log, const Crash& crash)
{
    constexpr Index kNear = 64; // events
    for (const Index i : eventsBefore(log, crash.error, kNear)) {
        if (trace::is<trace::events::RejectionUnhandled>(log.event(i)))
            return true;
    }
    return false;
}

// What the sandbox refused there, or which limit was reached.
QString whyKept(const TraceLog& log, Index kept, Wording wording)
{
    const trace::Record event = log.event(kept);
    if (trace::is<trace::events::LimitReached>(event))
        return limitSentence(trace::as<trace::events::LimitReached>(event), wording);
    const auto refused = trace::as<trace::events::AccessRefused>(event);
    return say(wordsOf(refused.access), wording, {shortened(log.text(refused.subject))});
}

} // namespace

std::optional<BlockedContent> blockedCard(const Moment& moment)
{
    const std::optional<Hold>& hold = moment.hold;
    if (!hold)
        return {};
    const TraceLog& log = *moment.log;
    const StageFacts& facts = *moment.facts;
    const std::vector<Serving>& serving = hold->waiting;
    const std::size_t tables = moment.state().connections.size();
    const CodePlace at = guiltyPlace(log, *hold, moment.place);
    const bool known = !at.frame
        || moment.now <= moment.state().time; // the statement itself, or where it was just seen

    BlockedContent content;
    content.kind = hold->kind;
    content.title = Panels::tr("Blocked");
    content.duration = app::timeText(hold->took);
    const NamedOrder called = nameOf(log, facts, hold->order);
    content.named.push_back(called);
    const bool row = hold->kind != FindingKind::Blocked;
    if (at) {
        const QString function = at.function.empty() ? called.title : shortened(at.function);
        const QString sentence = row ? hold->kind == FindingKind::TicksStarve
                ? Panels::tr("%1, one tick after the other, at")
                : Panels::tr("%1, one microtask after the other, at")
            : known ? Panels::tr("%1 at")
                                     : Panels::tr("%1, last known at");
        content.rows.push_back(
            {.label = Panels::tr("what"), .sentence = {.text = sentence.arg(function), .orders = {}}, .place = at});
    }
    content.rows.push_back({.label = Panels::tr("since"),
        .sentence = {.text = row ? Panels::tr("%1, when the first of them was called").arg(app::timeText(hold->since))
                                 : Panels::tr("%1, when %2 was called").arg(app::timeText(hold->since), called.title),
            .orders = row ? std::vector<OrderId> {} : std::vector {hold->order}},
        .place = {}});
    content.waiting = countsOf(serving);
    content.rows.push_back({.label = Panels::tr("waiting"),
        .sentence = {.text = waitingText(serving.size(), tables, moment.wording), .orders = {}},
        .place = {}});

    for (const QString& help : helpsAgainst(log, *hold, moment.place, moment.wording))
        content.helps.push_back({.text = help, .orders = {}});
    return content;
}

std::optional<BlockedContent> refusalCard(const Moment& moment)
{
    const TraceLog& log = *moment.log;
    const Index refusal = refusalSeenAt(log, moment.place);
    if (refusal == kNoEvent || orderRefused(log, refusal))
        return {};
    BlockedContent content;
    content.kind = FindingKind::Refused;
    content.title = Panels::tr("Refused");
    content.rows.push_back({.label = Panels::tr("what"),
        .sentence = {.text = whyKept(log, refusal, moment.wording), .orders = {}},
        .place = {}});
    if (const CodePlace place = placeOfRefusal(log, refusal))
        content.rows.push_back({.label = Panels::tr("where"), .sentence = {}, .place = place});
    for (const QString& help : app::helpsAgainst(log, refusal, app::ReadIn::Window))
        content.helps.push_back(leadingToAllowed(help));
    content.helps.push_back(
        {.text = Panels::tr("Your program gets an ordinary error. It can handle that and go on."), .orders = {}});
    return content;
}

std::optional<BlockedContent> crashCard(const Moment& moment)
{
    const Crash& crash = moment.crash;
    if (!crash)
        return {};
    const TraceLog& log = *moment.log;
    const StageFacts& facts = *moment.facts;
    const bool restaurant = moment.wording == Wording::Restaurant;
    BlockedContent content;
    if (const auto load = app::loadErrorOf(log, crash, moment.readable)) { // to catch it would not help
        content.title = load->title;
        content.rows.push_back(
            {.label = Panels::tr("what"), .sentence = {.text = load->what, .orders = {}}, .place = {}});
        if (!load->place.script.empty())
            content.rows.push_back({.label = Panels::tr("where"),
                .sentence = {.text = Panels::tr("at"), .orders = {}},
                .place = load->place});
        for (const QString& help : load->helps)
            content.helps.push_back({.text = help, .orders = {}});
        return content;
    }
    if (isOfRejection(log, crash))
        content.kind = FindingKind::RejectionUnhandled;
    content.title = Panels::tr("Not caught");
    content.rows.push_back(
        {.label = Panels::tr("what"), .sentence = {.text = shortened(crash.message), .orders = {}}, .place = {}});
    const Index kept = app::keptFrom(log, crash);
    if (kept != kNoEvent)
        content.rows.push_back({.label = Panels::tr("why"),
            .sentence = {.text = whyKept(log, kept, moment.wording), .orders = {}},
            .place = {}});
    if (!crash.frames.empty()) {
        const QString function = shortened(crash.frames.front().function);
        content.rows.push_back({.label = Panels::tr("where"),
            .sentence = {.text = function.isEmpty() ? Panels::tr("thrown at") : Panels::tr("%1 at").arg(function),
                .orders = {}},
            .place = crash.frames.front()});
    }
    const LoopState& state = log.stateAt(crash.error + 1);
    const QString when = app::timeText(log.event(crash.error).time);
    if (state.running.empty()) {
        content.rows.push_back({.label = Panels::tr("when"), .sentence = {.text = when, .orders = {}}, .place = {}});
    } else {
        const NamedOrder called = nameOf(log, facts, state.running.front().order);
        content.named.push_back(called);
        content.rows.push_back({.label = Panels::tr("when"),
            .sentence = {.text = (restaurant ? Panels::tr("%1, while %2 was served") : Panels::tr("%1, while %2 ran"))
                             .arg(when, called.title),
                .orders = {called.order}},
            .place = {}});
    }
    // What it takes that it does not happen comes before what to do when it does.
    if (kept != kNoEvent) {
        for (const QString& help : app::helpsAgainst(log, kept, app::ReadIn::Window) | std::views::reverse)
            content.helps.push_back(leadingToAllowed(help));
    }
    content.helps.push_back(
        {.text = Panels::tr("Catch it where it happens: in the callback itself, or with .catch() on the promise."),
            .orders = {}});
    if (kept == kNoEvent)
        content.helps.push_back(
            {.text = Panels::tr("A try around the call that placed the callback is over long before."), .orders = {}});
    return content;
}

} // namespace bistro::ui
