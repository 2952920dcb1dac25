#include "commands/comparison.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace bistro::app {
namespace {

struct Comparison {
    Q_DECLARE_TR_FUNCTIONS(Comparison)
};

using Lines = std::vector<std::string>;

Lines linesOf(const QByteArray& bytes)
{
    Lines lines;
    for (qsizetype at = 0; at < bytes.size();) {
        qsizetype end = bytes.indexOf('\n', at);
        end = end < 0 ? bytes.size() : end + 1;
        lines.push_back(bytes.sliced(at, end - at).toStdString());
        at = end;
    }
    return lines;
}

std::string shown(const Lines& lines, std::size_t i)
{
    constexpr std::size_t longest = 300;
    if (i >= lines.size())
        return Comparison::tr("(nothing: it has ended)").toStdString();
    std::string line = lines[i];
    const bool whole = line.ends_with('\n');
    if (whole)
        line.pop_back();
    if (line.size() > longest)
        line = line.substr(0, longest) + "…";
    return whole ? line : line + "  " + Comparison::tr("(no line end)").toStdString();
}

std::string inWords(const Exit& exit)
{
    const QString words = exit.signal != 0
        ? Comparison::tr("signal %1 (%2)").arg(exit.signal).arg(QString::fromUtf8(strsignal(exit.signal)))
        : Comparison::tr("exit code %1").arg(exit.code);
    return words.toStdString();
}

std::string sideBySide(const QString& where, const std::string& stock, const std::string& bistro)
{
    return Comparison::tr("different: %1:").arg(where).toStdString() + "\n  node:   " + stock + "\n  bistro: " + bistro
        + '\n';
}

// Of %1, a number of a line.
std::string difference(const QString& line, const QByteArray& stock, const QByteArray& bistro)
{
    const Lines a = linesOf(stock);
    const Lines b = linesOf(bistro);
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i])
        ++i;
    return sideBySide(line.arg(i + 1), shown(a, i), shown(b, i));
}

std::string firstDifference(const Outcome& stock, const Outcome& bistro)
{
    if (stock.output != bistro.output)
        return difference(Comparison::tr("standard output, line %1"), stock.output, bistro.output);
    if (stock.errorOutput != bistro.errorOutput)
        return difference(Comparison::tr("standard error, line %1"), stock.errorOutput, bistro.errorOutput);
    return sideBySide(Comparison::tr("the end"), inWords(stock.exit), inWords(bistro.exit));
}

std::vector<Outcome> distinct(std::span<const Outcome> outcomes)
{
    std::vector<Outcome> result;
    for (const Outcome& outcome : outcomes) {
        if (!std::ranges::contains(result, outcome))
            result.push_back(outcome);
    }
    return result;
}

// The same lines, in whatever order: what races usually change.
bool isReordered(const Outcome& a, const Outcome& b)
{
    const auto sorted = [](const QByteArray& bytes) {
        Lines lines = linesOf(bytes);
        std::ranges::sort(lines);
        return lines;
    };
    return a.exit == b.exit && sorted(a.output) == sorted(b.output) && sorted(a.errorOutput) == sorted(b.errorOutput);
}

void appendOutcome(std::string& text, const Outcome& outcome)
{
    static constexpr std::size_t most = 20;
    const auto append = [&text](const char* mark, const QByteArray& bytes) {
        const Lines lines = linesOf(bytes);
        for (std::size_t i = 0; i < std::min(lines.size(), most); ++i)
            text += mark + shown(lines, i) + '\n';
        if (lines.size() > most)
            text += mark
                + Comparison::tr("… %n more lines", nullptr, static_cast<int>(lines.size() - most)).toStdString()
                + '\n';
    };
    append("  | ", outcome.output);
    append("  ! ", outcome.errorOutput);
    if (outcome.exit != Exit {})
        text += "  " + inWords(outcome.exit) + '\n';
}

} // namespace

Outcome normalised(Outcome outcome)
{
    static const QByteArray mark = QByteArrayLiteral("(node:");
    QByteArray result;
    qsizetype at = 0;
    for (;;) {
        const qsizetype found = outcome.errorOutput.indexOf(mark, at);
        if (found < 0)
            break;
        qsizetype end = found + mark.size();
        while (end < outcome.errorOutput.size() && outcome.errorOutput[end] >= '0' && outcome.errorOutput[end] <= '9')
            ++end;
        const bool pid = end > found + mark.size() && end < outcome.errorOutput.size()
            && outcome.errorOutput[end] == ')';
        result += outcome.errorOutput.sliced(at, found + mark.size() - at);
        if (pid)
            result += "pid";
        at = pid ? end : found + mark.size();
    }
    result += outcome.errorOutput.sliced(at);
    outcome.errorOutput = result;
    return outcome;
}

Verdict compare(std::span<const Outcome> stock, std::span<const Outcome> bistro)
{
    const auto ofNode = distinct(stock);
    std::vector<Outcome> foreign;
    for (const Outcome& outcome : distinct(bistro)) {
        if (!std::ranges::contains(ofNode, outcome))
            foreign.push_back(outcome);
    }
    if (ofNode.size() > 1)
        return Race {.stock = ofNode, .foreign = foreign};
    if (foreign.empty())
        return Identical {};
    return Different {.sentence = firstDifference(ofNode.front(), foreign.front())};
}

std::string describe(const Verdict& verdict, std::size_t runs)
{
    const auto line = [](const QString& words) { return words.toStdString() + '\n'; };
    if (std::holds_alternative<Identical>(verdict))
        return line(Comparison::tr("identical (%n runs each)", nullptr, static_cast<int>(runs)));
    if (const auto* const different = std::get_if<Different>(&verdict))
        return different->sentence;
    const Race& race = std::get<Race>(verdict);
    std::string text = line(Comparison::tr("This program is a race. Node itself printed"));
    for (std::size_t i = 0; i < race.stock.size(); ++i) {
        if (i > 0)
            text += line(Comparison::tr("and"));
        appendOutcome(text, race.stock[i]);
    }
    if (race.foreign.empty())
        return text + line(Comparison::tr("and Bistro one of these each time: one of its legal orders."));
    const bool reordered = std::ranges::all_of(race.foreign, [&](const Outcome& o) {
        return std::ranges::any_of(race.stock, [&](const Outcome& s) { return isReordered(o, s); });
    });
    text += line(reordered
            ? Comparison::tr(
                  "and Bistro printed the same lines in another order, which node did not show in these runs:")
            : Comparison::tr("and Bistro printed what node did not show in these runs:"));
    appendOutcome(text, race.foreign.front());
    return text;
}

} // namespace bistro::app
