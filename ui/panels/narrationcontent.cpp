#include "panels/narrationcontent.h"

#include "panels/cardcontent.h"
#include "why/narration.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

struct Narration {
    Q_DECLARE_TR_FUNCTIONS(Narration)
};

NarrationContent question(const Moment& moment)
{
    NarrationContent content;
    content.headline.text = moment.wording == Wording::Restaurant ? Narration::tr("Whom does the waiter serve next?")
                                                                  : Narration::tr("Which callback runs next?");
    content.rule = Narration::tr("Press the key of an order, or click it.");
    return content;
}

// Not what came before: how it ended.
bool isTheEnd(const TraceLog& log, Place place)
{
    return trace::is<trace::events::RunEnded>(log.event(place - 1));
}

bool endsHere(const TraceLog& log, Place place)
{
    return isTheEnd(log, place)
        && trace::as<trace::events::RunEnded>(log.event(place - 1)).end == trace::EndKind::Stopped;
}

NarrationContent closedByLesson(const Moment& moment)
{
    NarrationContent content;
    content.headline.text = moment.wording == Wording::Restaurant
        ? Narration::tr("The lesson closes the restaurant: every guest has an answer.")
        : Narration::tr("The lesson stops the server: every request has its answer.");
    content.rule = Narration::tr("By itself a server goes on listening. Yours would wait for the next request.");
    return content;
}

// A phase is entered because somebody waits in it, so that whoever reads it knows.
bool tellsWhereItTurns(trace::EventKind kind)
{
    using enum trace::EventKind;
    return kind == IterationStarted || kind == PhaseEntered || kind == PhaseLeft || kind == DrainStarted;
}

// The sandbox has refused something there, or a callback gets the error of that.
bool tellsOfRefusal(const Explanation& told, const trace::Record& event)
{
    return trace::is<trace::events::AccessRefused>(event) || (told.rule == Rule::KeptIn && startsCall(event));
}

NarrationContent onItsWay(const Moment& moment)
{
    NarrationContent content;
    content.headline.text = moment.wording == Wording::Restaurant
        ? Narration::tr("The waiter looks for the next order.")
        : Narration::tr("The loop looks for the next callback.");
    return content;
}

// "bill is served. Next is …": the narration says who is next where a call, or the last of his notes, is over.
void tellNoNext(NarrationContent& content, const Moment& moment)
{
    QString& text = content.headline.text;
    // Behind the name of the one that is over: it may hold a full stop itself.
    const QString first = content.headline.orders.empty()
        ? QString()
        : moment.facts->titleOfAllSteps(content.headline.orders.front());
    const qsizetype named = first.isEmpty() ? -1 : text.indexOf(first);
    const qsizetype end = text.indexOf(QStringLiteral(". "), named < 0 ? 0 : named + first.size());
    if (end < 0)
        return;
    text.truncate(end + 1);
    content.headline.orders.resize(std::min<std::size_t>(content.headline.orders.size(), 1));
    content.rule.clear(); // of the one that is next
}

} // namespace

NarrationContent narrationContent(const Moment& moment)
{
    NarrationContent content;
    if (moment.place == 0)
        return content;
    const TraceLog& log = *moment.log;
    if (moment.hold && !moment.crash && !isTheEnd(log, moment.place)) { // what has failed keeps nobody waiting
        const Explanation blocked = blockedAt(
            log, moment.place - 1, std::chrono::nanoseconds(moment.now), moment.wording, moment.blockedAfter);
        content.mark = Meaning::Error;
        content.headline = {.text = blocked.headline, .orders = blocked.orders};
        content.rule = blocked.ruleText;
        content.action = NarrationContent::Action::ShowCause;
        content.about = moment.hold->order;
        return content;
    }
    if (!moment.asked.empty())
        return question(moment);
    if (moment.hidden && tellsWhereItTurns(log.event(moment.place - 1).kind))
        return onItsWay(moment);
    if (moment.closedByLesson && endsHere(log, moment.place))
        return closedByLesson(moment);
    const Explanation told = narrate(log, moment.place - 1, moment.wording, moment.detail);
    content.headline = {.text = told.headline, .orders = told.orders};
    content.rule = told.ruleText;
    if (moment.hidden && moment.state().running.empty())
        tellNoNext(content, moment);
    const bool wrong = moment.crash || tellsOfRefusal(told, log.event(moment.place - 1));
    if (wrong)
        content.mark = Meaning::Error;
    if (told.orders.empty())
        return content;
    content.about = told.orders.front();
    if (!wrong)
        content.mark = isNodesOwnTurn(log, content.about) ? Meaning::Running : meaningOf(log, content.about);
    if (moment.hidden)
        return content; // each action leads to who comes when
    switch (whereIs(moment, content.about)) {
    case OrderCardContent::Where::Waiting:
    case OrderCardContent::Where::Ready: content.action = NarrationContent::Action::WhyNotYet; break;
    case OrderCardContent::Where::Running: content.action = NarrationContent::Action::WhyNow; break;
    case OrderCardContent::Where::Unknown:
    case OrderCardContent::Where::Future:
    case OrderCardContent::Where::Served:
    case OrderCardContent::Where::Gone: break;
    }
    return content;
}

} // namespace bistro::ui
