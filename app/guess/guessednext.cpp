#include "guess/guessednext.h"

#include "guess/candidates.h"
#include "guess/certain.h"
#include "guess/momentplace.h"
#include "guess/turns.h"
#include "state/describe.h"
#include "why/why.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::app {
namespace {

struct GuessedNextTexts {
    Q_DECLARE_TR_FUNCTIONS(GuessedNextTexts)
};

// The program's first turn that starts at this place or later.
std::optional<Turn> turnFrom(const Turns& turns, Place place)
{
    const auto turn = std::ranges::lower_bound(turns.all(), place, {}, &Turn::start);
    return turn == turns.all().end() ? std::nullopt : std::optional(*turn);
}

QString titleOfTurn(const TraceLog& log, const Turn& turn)
{
    return QString::fromStdString(titleOfAllSteps(log, orderStartedBy(log.event(turn.start))));
}

// The order of this title that one could name there; the next of them, if it is among them.
OrderId named(const TraceLog& log, const Turn& turn, const QString& title)
{
    if (titleOfTurn(log, turn) == title)
        return orderStartedBy(log.event(turn.start));
    for (const OrderId order : candidatesAt(log, log.stateAt(turn.decided)).orders) {
        if (QString::fromStdString(titleOfAllSteps(log, order)) == title)
            return order;
    }
    return {};
}

} // namespace

GuessResult compareNext(const PredictNext& question, const GuessedNext& guess, const TraceLog& log)
{
    GuessResult result;
    GuessRow row {.text = guess.title, .guessedPlace = 1, .mayComeAt = {}, .verdict = Verdict::Unknown, .moment = {}};
    const Turns turns(log);
    const auto place = findMoment(log, question.at);
    const auto turn = place ? turnFrom(turns, place->place) : std::nullopt;
    if (!turn) {
        result.sentence = GuessedNextTexts::tr("This run does not say who is next.");
        result.rows += row;
        return result;
    }
    const QString next = titleOfTurn(log, *turn);
    const Nameable there = candidatesAt(log, log.stateAt(turn->decided));
    const OrderId order = named(log, *turn, guess.title);
    Certainty certainty(log, turns);
    if (next == guess.title) {
        row.verdict = Verdict::Right;
        row.cameAt = 1;
    } else if (order && !certainty.isFirst(*turn, there.line, {order})) {
        row.verdict = Verdict::RightToo;
        row.mayComeAt = {1};
        result.race = true;
    } else {
        row.verdict = Verdict::Wrong;
    }
    row.moment = turn->start + 1;
    result.right = row.verdict != Verdict::Wrong;
    result.inPlace = result.right ? 1 : 0;
    result.rows += row;
    result.next = next;
    result.sentence = result.race
        ? GuessedNextTexts::tr("%1 is next in this run. %2 may be next in another.").arg(next, guess.title)
        : GuessedNextTexts::tr("%1 is next.").arg(next);
    return result;
}

Explanation whyNext(const PredictNext& question, const GuessResult& result, const TraceLog& log, Wording wording)
{
    if (result.rows.isEmpty() || result.rows.front().verdict != Verdict::Wrong)
        return {};
    const Turns turns(log);
    const auto place = findMoment(log, question.at);
    const auto turn = place ? turnFrom(turns, place->place) : std::nullopt;
    if (!turn)
        return {};
    const OrderId guessed = named(log, *turn, result.rows.front().text);
    if (guessed) {
        if (Explanation why = whyBefore(log, orderStartedBy(log.event(turn->start)), guessed, wording))
            return why;
        if (Explanation why = whyNotYet(log, guessed, turn->decided - 1, wording))
            return why;
    }
    return whyNow(log, turn->start, wording);
}

std::optional<QString> faultOfNext(const PredictNext& question, const TraceLog& log)
{
    const auto place = findMoment(log, question.at);
    if (!place)
        return GuessedNextTexts::tr("The run has no moment %1.").arg(momentText(question.at));
    const Turns turns(log);
    const auto turn = turnFrom(turns, place->place);
    if (!turn)
        return GuessedNextTexts::tr("Nobody is next at %1.").arg(momentText(question.at));
    const QString next = titleOfTurn(log, *turn);
    if (next != question.answer)
        return GuessedNextTexts::tr("The lesson says that %1 is next. In the run it is %2.").arg(question.answer, next);
    const Nameable there = candidatesAt(log, log.stateAt(turn->decided));
    const OrderId order = orderStartedBy(log.event(turn->start));
    for (const OrderId other : there.orders) {
        if (other != order && !Certainty(log, turns).isFirst(*turn, there.line, {other}))
            return GuessedNextTexts::tr("The lesson says that %1 is next. The run says that %2 may come first.")
                .arg(question.answer, QString::fromStdString(titleOfAllSteps(log, other)));
    }
    return {};
}

} // namespace bistro::app
