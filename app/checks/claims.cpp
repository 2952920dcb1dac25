#include "checks/claims.h"

#include "checks/look.h"
#include "guess/guess.h"
#include "guess/legalorders.h"
#include "guess/turns.h"
#include "lesson/nearest.h"
#include "lesson/nodedocs.h"
#include "state/describe.h"
#include "why/glossary.h"
#include "why/words.h"

#include <QFileInfo>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

constexpr qsizetype kMostTitles = 12; // that are told

QString textFile(const Lesson& lesson)
{
    return lesson.folder + u"/lesson.md"_s;
}

// Two lines that came the other way round; their places in the first list.
using Turned = std::pair<qsizetype, qsizetype>;

std::vector<Turned> turned(const QStringList& lines, const QStringList& other)
{
    std::vector<Turned> found;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        for (qsizetype j = i + 1; j < lines.size(); ++j) {
            const qsizetype one = other.indexOf(lines[i]);
            const qsizetype two = other.indexOf(lines[j]);
            if (one >= 0 && two >= 0 && one > two && lines.count(lines[i]) == 1 && lines.count(lines[j]) == 1)
                found.emplace_back(i, j);
        }
    }
    return found;
}

bool mayTurn(const TraceLog& log, const QString& one, const QString& other)
{
    const ScreenLines screen(log);
    const auto first = screenLine(screen, one);
    const auto second = screenLine(screen, other);
    if (!first || !second)
        return false;
    return isDecidedByTime(log, *first, *second);
}

bool isEither(const PredictOrder& order, int one, int other)
{
    return std::ranges::any_of(
        order.either, [&](const QList<int>& group) { return group.contains(one) && group.contains(other); });
}

// Whether the rows as they are given are an answer already: nobody would have to guess.
bool isGivenRight(const PredictOrder& order)
{
    for (qsizetype i = 0; i < order.answer.size(); ++i) {
        for (qsizetype j = i + 1; j < order.answer.size(); ++j) {
            if (order.answer[i] > order.answer[j] && !isEither(order, order.answer[i], order.answer[j]))
                return false;
        }
    }
    return order.answer.size() > 1;
}

// The order that a question claims, in what stock node printed.
void againstStock(const Lesson& lesson, const Question& question, const PredictOrder& order, const QStringList& stock,
    QList<LessonFault>& faults)
{
    const auto complain = [&](const QString& sentence) {
        faults += {.file = textFile(lesson), .line = question.sourceLine, .sentence = sentence};
    };
    QStringList claimed;
    for (const int row : order.answer) {
        claimed += order.rows.value(row).text.trimmed();
        if (!stock.contains(claimed.last()))
            complain(CheckWords::tr("Stock node does not print %1.").arg(inQuotes(claimed.last())));
    }
    for (const auto& [one, other] : turned(claimed, stock)) {
        if (!isEither(order, order.answer[one], order.answer[other]))
            complain(
                CheckWords::tr("The lesson says that %1 is printed before %2. Stock node does it the other way round.")
                    .arg(inQuotes(claimed[one]), inQuotes(claimed[other])));
    }
}

// The lines of the lesson's program that were at work when this was printed, innermost first.
QList<int> linesThatPrint(const Lesson& lesson, const TraceLog& log, Index output)
{
    const QString main = QFileInfo(lesson.mainFile).fileName();
    QList<int> lines;
    for (trace::StackId stack {log.event(output).stack}; stack;) {
        const CodePlace place = learnersPlace(log, stack);
        if (!place)
            break;
        if (textOf(fileName(place.script)) == main)
            lines += static_cast<int>(place.line);
        stack = log.frame(place.frame).caller;
    }
    return lines;
}

// "line" and "kind" of a row whose text is printed; nothing: both are as it says.
std::optional<QString> rowFault(const Lesson& lesson, const OrderRow& row, const TraceLog& log, Index output)
{
    const QString text = inQuotes(row.text.trimmed());
    const QList<int> lines = linesThatPrint(lesson, log, output);
    if (row.line > 0 && !lines.isEmpty() && !lines.contains(row.line))
        return CheckWords::tr("The lesson says that line %1 prints %2. It is line %3.")
            .arg(QString::number(row.line), text, QString::number(lines.first()));
    const OrderId printer = printerOf(log, output);
    const OrderKind kind = printer ? log.kindOf(printer) : OrderKind::Script;
    const OrderKind said = row.kind == OrderKind::None ? OrderKind::Script : row.kind;
    if (kind == said)
        return {};
    if (kind == OrderKind::Script)
        return CheckWords::tr("The main script prints %1. Leave “kind” out.").arg(text);
    const QString word = textOf(kindWord(kind));
    if (said == OrderKind::Script)
        return CheckWords::tr("The main script does not print %1. Add “kind: %2”.").arg(text, word);
    return CheckWords::tr("The lesson says “kind: %2” of %1. It is “kind: %3”.")
        .arg(text, textOf(kindWord(said)), word);
}

// A row that says only its text leaves open who prints it.
void checkRows(const Lesson& lesson, const PredictOrder& order, const TraceLog& log, QList<LessonFault>& faults)
{
    const ScreenLines screen(log);
    QStringList texts;
    for (const OrderRow& row : order.rows)
        texts += row.text;
    const auto printings = printingsOf(texts, screen);
    for (qsizetype i = 0; i < order.rows.size(); ++i) {
        const OrderRow& row = order.rows[i];
        const auto line = printings[static_cast<std::size_t>(i)];
        if (!line || (row.line == 0 && row.kind == OrderKind::None))
            continue;
        if (const auto fault = rowFault(lesson, row, log, screen[*line].output))
            faults += {.file = textFile(lesson), .line = row.sourceLine, .sentence = *fault};
    }
}

QStringList termIds()
{
    QStringList ids;
    for (std::size_t i = 0; i < kTerms; ++i)
        ids += textOf(termId(static_cast<Term>(i)));
    return ids;
}

} // namespace

QList<ScreenLink> linksTo(const Lesson& lesson, LessonLink::Kind kind)
{
    QList<ScreenLink> links;
    for (const Screen& screen : lesson.screens)
        std::ranges::copy_if(
            screen.links, std::back_inserter(links), [kind](const ScreenLink& link) { return link.to.kind == kind; });
    return links;
}

QList<LessonFault> linkFaults(const Lesson& lesson)
{
    QList<LessonFault> faults;
    for (const ScreenLink& link : linksTo(lesson, LessonLink::Kind::Term)) {
        const QString& word = link.to.text;
        if (termNamed(word))
            continue;
        const QString nearest = nearestTo(word, termIds());
        faults += {.file = textFile(lesson),
            .line = link.sourceLine,
            .sentence = CheckWords::tr("The glossary has no word “%1”.").arg(word) + u' '
                + (nearest.isEmpty() ? CheckWords::tr("To see all of them, type: bistro glossary")
                                     : CheckWords::tr("Did you mean “%1”?").arg(nearest))};
    }
    for (const ScreenLink& link : linksTo(lesson, LessonLink::Kind::Api)) {
        if (hasNodeDocs() && !nodeDoc(link.to.text))
            faults += {.file = textFile(lesson),
                .line = link.sourceLine,
                .sentence = CheckWords::tr("Node's documentation says nothing of “%1”. Check the name.")
                    .arg(link.to.text)};
    }
    return faults;
}

QStringList orderTitles(const FinishedRun& run)
{
    QStringList titles;
    if (!run.log)
        return titles;
    const Turns turns(*run.log);
    for (const Turn& turn : turns.all()) {
        const QString title = textOf(titleOfAllSteps(*run.log, orderStartedBy(run.log->event(turn.start))));
        if (titles.size() < kMostTitles && !titles.contains(title))
            titles += title;
    }
    return titles;
}

QList<LessonFault> claimFaults(const Lesson& lesson, const FinishedRun& start)
{
    QList<LessonFault> faults;
    if (!start.log)
        return {{.file = textFile(lesson), .sentence = CheckWords::tr("The lesson's own program was not recorded.")}};
    for (const Screen& screen : lesson.screens) {
        if (!screen.question)
            continue;
        const Question& question = *screen.question;
        const auto* const order = std::get_if<PredictOrder>(&question.what);
        if (order) {
            checkRows(lesson, *order, *start.log, faults);
            if (isGivenRight(*order))
                faults += {.file = textFile(lesson),
                    .line = question.sourceLine,
                    .sentence = CheckWords::tr(
                        "The rows stand in the right order already. Put “lines” into another order than “answer”.")};
        }
        if (const auto fault = claimFault(question, *start.log))
            faults += {.file = textFile(lesson), .line = question.sourceLine, .sentence = *fault};
        const auto* const choose = std::get_if<PredictChoose>(&question.what);
        if (!choose)
            continue;
        for (const Expectation& proof : choose->proof) {
            const CheckAnswer answer = evaluate(proof, lesson, start);
            if (answer.state != CheckAnswer::State::Right)
                faults += {.file = textFile(lesson),
                    .line = proof.sourceLine > 0 ? proof.sourceLine : question.sourceLine,
                    .sentence = CheckWords::tr("The run does not prove the answer %1: %2")
                        .arg(inQuotes(choose->options.value(choose->answer)), answer.sentence)};
        }
    }
    return faults;
}

QList<LessonFault> stockFaults(const Lesson& lesson, const FinishedRun& start, const QByteArray& stockOutput)
{
    QList<LessonFault> faults;
    const QStringList stock = linesOf(stockOutput);
    for (const Screen& screen : lesson.screens) {
        const auto* const order = screen.question ? std::get_if<PredictOrder>(&screen.question->what) : nullptr;
        if (order)
            againstStock(lesson, *screen.question, *order, stock, faults);
    }
    const QString main = lesson.startFolder() + u'/' + lesson.mainFile;
    const QStringList recorded = linesOf(start.output);
    if (recorded.size() != stock.size())
        faults += {.file = main,
            .sentence = CheckWords::tr("Bistro prints %1 lines of this program, and stock node prints %2.")
                .arg(QString::number(recorded.size()), QString::number(stock.size()))};
    for (const auto& [one, other] : turned(recorded, stock)) {
        if (start.log && !mayTurn(*start.log, recorded[one], recorded[other]))
            faults += {.file = main,
                .sentence = CheckWords::tr("Bistro prints %1 before %2. Stock node does it the other way round.")
                    .arg(inQuotes(recorded[one]), inQuotes(recorded[other]))};
    }
    return faults;
}

} // namespace bistro::app
