#include "guess/guessedorder.h"

#include "trace/views.h"
#include "why/why.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <utility>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kMostNotListed = 12; // that are told

struct GuessedOrderTexts {
    Q_DECLARE_TR_FUNCTIONS(GuessedOrderTexts)
};

QStringList textsOf(const PredictOrder& question, const QList<int>& rows)
{
    QStringList texts;
    for (const int row : rows)
        texts += question.rows[row].text;
    return texts;
}

std::vector<std::size_t> sorted(const std::vector<std::optional<std::size_t>>& printings)
{
    std::vector<std::size_t> came;
    for (const auto& line : printings) {
        if (line)
            came.push_back(*line);
    }
    std::ranges::sort(came);
    return came;
}

// The printed lines that the author lets come in either order, by pairs. `rows` have the printings.
LinePairs leftOpen(
    const PredictOrder& question, const QList<int>& rows, const std::vector<std::optional<std::size_t>>& printings)
{
    LinePairs pairs;
    for (const QList<int>& group : question.either) {
        std::vector<std::size_t> lines;
        for (qsizetype place = 0; place < rows.size(); ++place) {
            if (const auto line = printings[static_cast<std::size_t>(place)]; line && group.contains(rows[place]))
                lines.push_back(*line);
        }
        std::ranges::sort(lines);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            for (std::size_t j = i + 1; j < lines.size(); ++j)
                pairs.emplace_back(lines[i], lines[j]);
        }
    }
    return pairs;
}

CertainOrder certainOf(const TraceLog& log, const std::vector<std::size_t>& came, const LinePairs& open)
{
    std::vector<std::pair<std::size_t, std::size_t>> races;
    const auto rank = [&](std::size_t line) {
        return static_cast<std::size_t>(std::ranges::lower_bound(came, line) - came.begin());
    };
    for (const auto& [one, other] : legalOrders(log, came, open).either)
        races.emplace_back(rank(one), rank(other));
    return {came.size(), races};
}

// The rows of a guess, each once.
QList<int> rowsOf(const PredictOrder& question, const GuessedOrder& guess)
{
    QList<int> rows;
    for (const int row : guess.rows) {
        if (row >= 0 && row < question.rows.size() && !rows.contains(row))
            rows += row;
    }
    return rows;
}

// Then those that it left out.
QList<int> withTheRest(const PredictOrder& question, QList<int> rows)
{
    for (int row = 0; row < question.rows.size(); ++row) {
        if (!rows.contains(row))
            rows += row;
    }
    return rows;
}

} // namespace

PrintedRows::PrintedRows(const TraceLog& log, const PredictOrder& question, const QList<int>& rows)
    : m_log(log)
    , m_lines(log)
    , m_printings(printingsOf(textsOf(question, rows), m_lines))
    , m_came(sorted(m_printings))
    , m_certain(certainOf(log, m_came, leftOpen(question, rows, m_printings)))
{
}

std::optional<std::size_t> PrintedRows::rank(std::size_t place) const
{
    if (!m_printings[place])
        return {};
    return static_cast<std::size_t>(std::ranges::lower_bound(m_came, *m_printings[place]) - m_came.begin());
}

std::vector<std::size_t> PrintedRows::notListed() const
{
    std::vector<std::size_t> others;
    for (std::size_t line = 0; line < m_lines.size() && others.size() < kMostNotListed; ++line) {
        const auto output = trace::as<trace::events::Output>(m_log.event(m_lines[line].output));
        if (output.stream == trace::Stream::Output && !std::ranges::binary_search(m_came, line)
            && !lineText(m_lines[line]).isEmpty())
            others.push_back(line);
    }
    return others;
}

namespace {

GuessRow rowAt(const PrintedRows& printed, std::size_t place)
{
    GuessRow row;
    const auto rank = printed.rank(place);
    if (!rank) {
        row.verdict = Verdict::NotPrinted;
        return row;
    }
    row.verdict = Verdict::Elsewhere;
    row.cameAt = static_cast<int>(*rank) + 1;
    for (std::size_t may = printed.certain().earliest(*rank); may <= printed.certain().latest(*rank); ++may) {
        if (may != *rank)
            row.mayComeAt += static_cast<int>(may) + 1;
    }
    row.moment = printed.lines()[*printed.line(place)].output + 1;
    return row;
}

QString sentenceOf(const GuessResult& result, int rows)
{
    if (!result.right)
        return GuessedOrderTexts::tr("%1 of %n lines are in their place.", nullptr, rows).arg(result.inPlace);
    const bool same = std::ranges::none_of(
        result.rows, [](const GuessRow& row) { return row.verdict == Verdict::RightToo; });
    return same
        ? GuessedOrderTexts::tr("All %n lines are in their place.", nullptr, rows)
        : GuessedOrderTexts::tr("Your order of the %n lines is possible, too: some of them race.", nullptr, rows);
}

} // namespace

GuessResult compareOrder(const PredictOrder& question, const GuessedOrder& guess, const TraceLog& log)
{
    const QList<int> inGuess = rowsOf(question, guess);
    const QList<int> rows = withTheRest(question, inGuess);
    const auto guessed = static_cast<std::size_t>(inGuess.size());
    const PrintedRows printed(log, question, rows);
    std::vector<std::optional<std::size_t>> ranks;
    for (std::size_t place = 0; place < guessed; ++place)
        ranks.push_back(printed.rank(place));
    const std::vector<std::size_t> nearest = printed.certain().nearest(ranks);
    GuessResult result;
    result.race = printed.certain().hasRace();
    for (std::size_t place = 0; place < static_cast<std::size_t>(rows.size()); ++place) {
        GuessRow row = rowAt(printed, place);
        row.row = rows[static_cast<qsizetype>(place)];
        row.text = question.rows[row.row].text;
        row.guessedPlace = place < guessed ? static_cast<int>(place) + 1 : 0;
        if (row.cameAt != 0 && row.guessedPlace == row.cameAt)
            row.verdict = Verdict::Right;
        else if (row.cameAt != 0 && place < guessed && place < nearest.size() && nearest[place] == printed.rank(place))
            row.verdict = Verdict::RightToo;
        result.inPlace += row.verdict == Verdict::Right || row.verdict == Verdict::RightToo ? 1 : 0;
        result.rows += row;
    }
    result.right = !rows.isEmpty() && result.inPlace == rows.size();
    result.sentence = sentenceOf(result, static_cast<int>(rows.size()));
    for (const std::size_t line : printed.notListed())
        result.rows += GuessRow {.text = lineText(printed.lines()[line]),
            .mayComeAt = {},
            .verdict = Verdict::NotListed,
            .moment = printed.lines()[line].output + 1};
    return result;
}

Explanation whyThereInOrder(const GuessResult& result, int row, const TraceLog& log, Wording wording)
{
    if (row < 0 || row >= result.rows.size())
        return {};
    const GuessRow& asked = result.rows[row];
    if (asked.verdict != Verdict::Elsewhere || asked.guessedPlace == 0)
        return {};
    QStringList texts;
    int last = 0;
    for (const GuessRow& each : result.rows) {
        if (each.row >= 0)
            texts += each.text;
        last = std::max(last, each.cameAt);
    }
    const int place = std::min(asked.guessedPlace, last);
    const auto there = std::ranges::find(result.rows, place, &GuessRow::cameAt);
    const auto printings = printingsOf(texts, ScreenLines(log));
    const auto other = static_cast<std::size_t>(there - result.rows.begin());
    const auto one = static_cast<std::size_t>(row);
    if (there == result.rows.end() || other == one || other >= printings.size() || !printings[one] || !printings[other])
        return {};
    return whyBefore(log, OutputLine {*printings[one]}, OutputLine {*printings[other]}, wording);
}

namespace {

bool claimsEither(const PredictOrder& question, int one, int other)
{
    return std::ranges::any_of(
        question.either, [&](const QList<int>& group) { return group.contains(one) && group.contains(other); });
}

// Of two rows, the first one first by the answer.
std::optional<QString> faultOfPair(
    const QString& one, const QString& other, bool either, bool cameInOrder, bool certain)
{
    if (either && certain) {
        const QString text = GuessedOrderTexts::tr(
            "The lesson lets “%1” and “%2” come in either order. The run says that “%3” always comes first.");
        return text.arg(one, other, cameInOrder ? one : other);
    }
    if (either)
        return {};
    if (!certain)
        return GuessedOrderTexts::tr(
            "The lesson puts “%1” before “%2”. The run says that they race: either may come first.")
            .arg(one, other);
    if (!cameInOrder)
        return GuessedOrderTexts::tr("The lesson puts “%1” before “%2”. In the run it comes after.").arg(one, other);
    return {};
}

} // namespace

std::optional<QString> faultOfOrder(const PredictOrder& question, const TraceLog& log)
{
    const PrintedRows printed(log, question, question.answer);
    const auto count = static_cast<std::size_t>(question.answer.size());
    const auto row = [&](std::size_t place) { return question.answer[static_cast<qsizetype>(place)]; };
    const auto text = [&](std::size_t place) { return question.rows[row(place)].text; };
    for (std::size_t place = 0; place < count; ++place) {
        if (!printed.rank(place))
            return GuessedOrderTexts::tr("The run does not print “%1”.").arg(text(place));
    }
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = i + 1; j < count; ++j) {
            const std::size_t one = *printed.rank(i);
            const std::size_t other = *printed.rank(j);
            const bool certain = printed.certain().isBefore(std::min(one, other), std::max(one, other));
            if (auto fault = faultOfPair(
                    text(i), text(j), claimsEither(question, row(i), row(j)), one < other, certain))
                return fault;
        }
    }
    return {};
}

} // namespace bistro::app
