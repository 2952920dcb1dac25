#include "checks/look.h"

#include "why/words.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

constexpr qsizetype kLongestQuote = 60; // letters of a line that is quoted

// Empty: the sentence names what the run does not say.
QString filled(const QString& sentence, const Evidence& evidence)
{
    const std::array<std::pair<QString, QString>, 4> parts {{{u"{measured}"_s, evidence.measured},
        {u"{by}"_s, evidence.by}, {u"{line}"_s, evidence.line ? QString::number(*evidence.line) : QString()},
        {u"{printed}"_s, evidence.printed}}};
    QString filled;
    for (qsizetype at = 0; at < sentence.size();) {
        const auto part = std::ranges::find_if(
            parts, [&](const auto& each) { return sentence.mid(at).startsWith(each.first); });
        if (part == parts.end()) {
            filled += sentence[at++];
            continue;
        }
        if (part->second.isEmpty())
            return {};
        filled += part->second;
        at += part->first.size();
    }
    return filled;
}

} // namespace

CheckAnswer answerOf(const Look& look, bool holds, const Evidence& evidence)
{
    CheckAnswer answer {.state = holds ? CheckAnswer::State::Right : CheckAnswer::State::NotYet,
        .runName = look.expectation.with.name,
        .traceFile = look.expectation.with.isOwn() ? QString() : look.run.traceFile,
        .line = evidence.line};
    if (holds || !evidence.missing)
        answer.sentence = filled(holds ? look.expectation.right : look.expectation.notYet, evidence);
    if (answer.sentence.isEmpty())
        answer.sentence = holds ? evidence.right : evidence.notYet;
    std::optional<FoundMoment> moment;
    if (look.run.log && look.expectation.show)
        moment = findMoment(*look.run.log, look.expectation.show);
    if (!moment)
        moment = evidence.moment;
    if (moment) {
        answer.show = moment->place;
        answer.justBefore = moment->justBefore;
    }
    return answer;
}

CheckAnswer unknownAnswer(const Look& look, const QString& sentence)
{
    return {.state = CheckAnswer::State::Unknown,
        .sentence = sentence,
        .runName = look.expectation.with.name,
        .traceFile = look.expectation.with.isOwn() ? QString() : look.run.traceFile};
}

QStringList linesOf(const QByteArray& output)
{
    QStringList lines = QString::fromUtf8(output).split(u'\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    for (QString& line : lines)
        line = line.trimmed();
    return lines;
}

QString inQuotes(const QString& text)
{
    return u'“' + (text.size() > kLongestQuote ? text.left(kLongestQuote) + u'…' : text) + u'”';
}

std::optional<std::size_t> screenLine(const ScreenLines& lines, const QString& text)
{
    const QString wanted = text.trimmed();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (textOf(lines[i].text).trimmed() == wanted)
            return i;
    }
    return {};
}

std::optional<FoundMoment> printedAt(const TraceLog& log, const QString& text)
{
    const ScreenLines lines(log);
    const auto number = screenLine(lines, text);
    return number ? std::optional(FoundMoment {.place = lines[*number].output + 1}) : std::nullopt;
}

std::optional<int> lineOf(const CodePlace& place)
{
    return place.line != 0 ? std::optional(static_cast<int>(place.line)) : std::nullopt;
}

QString inLine(const std::optional<int>& line)
{
    return line ? CheckWords::tr("in line %1").arg(*line) : QString();
}

} // namespace bistro::app
