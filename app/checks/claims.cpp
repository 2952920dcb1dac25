#include "checks/claims.h"

#include "checks/look.h"
#include "guess/guess.h"
#include "guess/legalorders.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

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
    return !legalOrders(log, {std::min(*first, *second), std::max(*first, *second)}).either.empty();
}

bool isEither(const PredictOrder& order, int one, int other)
{
    return std::ranges::any_of(
        order.either, [&](const QList<int>& group) { return group.contains(one) && group.contains(other); });
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

} // namespace

QList<LessonFault> claimFaults(const Lesson& lesson, const FinishedRun& start)
{
    QList<LessonFault> faults;
    if (!start.log)
        return {{.file = textFile(lesson), .sentence = CheckWords::tr("The lesson's own program was not recorded.")}};
    for (const Screen& screen : lesson.screens) {
        if (!screen.question)
            continue;
        const Question& question = *screen.question;
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
