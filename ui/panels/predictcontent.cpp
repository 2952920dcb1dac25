#include "panels/predictcontent.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::ui {
namespace {

struct Predict {
    Q_DECLARE_TR_FUNCTIONS(Predict)
};

constexpr std::size_t kMostShown = 3;

void addNames(
    PredictContent& content, const app::TraceLog& log, const StageFacts& facts, const std::vector<app::OrderId>& orders)
{
    for (const app::OrderId order : orders) {
        if (!std::ranges::contains(content.named, order, &NamedOrder::order))
            content.named.push_back(nameOf(log, facts, order));
    }
}

QString sentenceOf(PredictPhase phase)
{
    switch (phase) {
    case PredictPhase::NoRun: return Predict::tr("Run a program, or open a recorded run. Then you are asked.");
    case PredictPhase::Running: return Predict::tr("The questions come when your program has ended.");
    case PredictPhase::Reading: return Predict::tr("Bistro reads the run and looks for questions.");
    case PredictPhase::NothingToAsk:
        return Predict::tr("At no place of this run are two of your orders to choose from.");
    case PredictPhase::Asking: return Predict::tr("Click an order on the stage, or press its number.");
    case PredictPhase::Away: return Predict::tr("You look at an earlier moment. The question waits.");
    case PredictPhase::Answered: return {};
    case PredictPhase::GoingOn: return Predict::tr("The run goes on to the next question.");
    case PredictPhase::Over: return Predict::tr("There is no other question in this run.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString headlineOf(PredictPhase phase)
{
    switch (phase) {
    case PredictPhase::NoRun:
    case PredictPhase::Reading: return Predict::tr("Predict who is next");
    case PredictPhase::Running: return Predict::tr("Your program runs");
    case PredictPhase::NothingToAsk: return Predict::tr("Nothing to predict");
    case PredictPhase::Asking:
    case PredictPhase::Away: return Predict::tr("Who is next?");
    case PredictPhase::Answered: return {};
    case PredictPhase::GoingOn: return Predict::tr("Watch what happens");
    case PredictPhase::Over: return Predict::tr("That was all");
    }
    Q_UNREACHABLE_RETURN({});
}

QString goOnFrom(PredictPhase phase)
{
    switch (phase) {
    case PredictPhase::Running: return Predict::tr("Ask about the run so far");
    case PredictPhase::Away: return Predict::tr("Back to the question");
    case PredictPhase::Answered: return Predict::tr("Go on");
    case PredictPhase::GoingOn: return Predict::tr("Skip to the question");
    case PredictPhase::NoRun:
    case PredictPhase::Reading:
    case PredictPhase::NothingToAsk:
    case PredictPhase::Asking:
    case PredictPhase::Over: return {};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

PredictContent predictState(PredictPhase phase)
{
    PredictContent content;
    content.phase = phase;
    content.headline = headlineOf(phase);
    content.sentence = sentenceOf(phase);
    content.goOn = goOnFrom(phase);
    return content;
}

PredictContent predictQuestion(const app::TraceLog& log, const StageFacts& facts,
    const std::vector<app::OrderId>& candidates, app::Wording wording)
{
    PredictContent content = predictState(PredictPhase::Asking);
    content.headline = wording == app::Wording::Restaurant ? Predict::tr("Whom does the waiter serve next?")
                                                           : Predict::tr("Which callback runs next?");
    for (const app::OrderId order : candidates) {
        const int line = facts.line(order);
        const QString kind = facts.kind(order);
        const QString whole = line > 0 ? Predict::tr("%1, line %2").arg(kind).arg(line) : kind;
        content.rows.push_back({.key = static_cast<int>(content.rows.size()) + 1,
            .name = nameOf(log, facts, order),
            .kind = whole,
            .uncut = whole.startsWith(kind) ? whole.size() - kind.size() : 0});
    }
    return content;
}

void tellAnswer(PredictContent& content, const app::TraceLog& log, const StageFacts& facts, app::OrderId chosen,
    app::OrderId next, const app::Explanation& why, bool last)
{
    content.phase = PredictPhase::Answered;
    content.right = chosen == next;
    content.goOn = last ? Predict::tr("Play to the end") : goOnFrom(PredictPhase::Answered);
    QString chosenTitle;
    QString nextTitle;
    for (PredictRow& row : content.rows) {
        row.chosen = row.name.order == chosen;
        row.came = row.name.order == next;
        if (row.chosen)
            chosenTitle = row.name.title;
        if (row.came)
            nextTitle = row.name.title;
    }
    content.headline = content.right ? Predict::tr("Right: “%1” is next.").arg(chosenTitle)
                                     : Predict::tr("Not yet: “%1” comes before “%2”.").arg(nextTitle, chosenTitle);
    content.sentence.clear();
    if (!why.headline.isEmpty())
        content.reasons.push_back({.text = why.headline, .orders = why.orders, .parts = why.parts});
    addNames(content, log, facts, why.orders);
    for (const app::Reason& reason : why.reasons) {
        if (content.reasons.size() > kMostShown)
            break;
        content.reasons.push_back({.text = reason.sentence, .orders = reason.orders, .parts = reason.parts});
        addNames(content, log, facts, reason.orders);
    }
}

void tellScore(PredictContent& content, const PredictScore& score)
{
    content.score = score.asked == 0 ? QString() : Predict::tr("%L1 of %L2 right").arg(score.right).arg(score.asked);
}

QString PredictContent::asText() const
{
    QStringList lines {headline};
    if (!sentence.isEmpty())
        lines << sentence;
    for (const PredictRow& row : rows) {
        QString line = Predict::tr("%1: %2, %3").arg(QString::number(row.key), row.name.title, row.kind);
        if (row.came)
            line = Predict::tr("%1, it came").arg(line);
        else if (row.chosen)
            line = Predict::tr("%1, your answer").arg(line);
        lines << line;
    }
    for (const Sentence& reason : reasons)
        lines << reason.text;
    if (!score.isEmpty())
        lines << score;
    return lines.join(u'\n');
}

} // namespace bistro::ui
