#include "console/consolelinks.h"

#include <QRegularExpression>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// The file of a place, by what is shown of it.
QString fileOf(const ConsoleText& text, qsizetype from, qsizetype to, const QString& shown)
{
    return shown.startsWith(u"file://"_s) ? QUrl(text.printed(from, to)).toLocalFile() : shown;
}

ConsoleLink linkOf(const ConsoleText& text, const QRegularExpressionMatch& match)
{
    return {.from = match.capturedStart(u"file"),
        .to = match.capturedEnd(u"place"),
        .file = fileOf(text, match.capturedStart(u"file"), match.capturedEnd(u"file"), match.captured(u"file")),
        .line = match.captured(u"line").toInt(),
        .column = match.captured(u"column").toInt()};
}

// A row of a stack has one place, which reaches up to its end. Whatever lies between is a path.
std::optional<ConsoleLink> linkOfFrame(const ConsoleText& text, const QString& shown)
{
    static const QRegularExpression frame(
        uR"(^\s*at (?:async )?+(?:[^\n]*?\((?:eval at [^(]*\()?)??)"
        uR"((?<file>(?:file:/)?/.*?|\[(?:eval|stdin)[\w-]*\]|\.{0,2}[\w@][^:(]*))"
        uR"((?<place>:(?<line>\d{1,7}):(?<column>\d{1,7}))(?:\)|, <anonymous>:\d+:\d+\)|\s*[{,]?\s*$).*$)"_s);
    const QRegularExpressionMatch match = frame.match(shown);
    return match.hasMatch() && !match.captured(u"file").startsWith(u"node:") ? std::optional(linkOf(text, match))
                                                                             : std::nullopt;
}

// The row above the line of code in which it failed.
std::optional<ConsoleLink> linkOfHeading(const ConsoleText& text, const QString& shown)
{
    static const QRegularExpression heading(uR"(^(?<file>(?:file:/)?/[^:]+|\[(?:eval|stdin)[\w-]*\]))"
                                            uR"((?<place>:(?<line>\d{1,7})(?::(?<column>\d{1,7}))?)$)"_s);
    const QRegularExpressionMatch match = heading.match(shown);
    return match.hasMatch() ? std::optional(linkOf(text, match)) : std::nullopt;
}

} // namespace

std::vector<ConsoleLink> linksIn(const ConsoleText& text)
{
    const QString shown = text.plain();
    if (!shown.contains(u':'))
        return {};
    if (const auto link = linkOfFrame(text, shown))
        return {*link};
    if (const auto link = linkOfHeading(text, shown))
        return {*link};
    std::vector<ConsoleLink> links;
    static const QRegularExpression anywhere(uR"((?<![\w:/.@-])(?<file>(?:file://)?/[^\s():"'<>]+|\[(?:eval|stdin)\]|)"
                                             uR"((?:\.{0,2}/)?(?:[\w@.-]+/)*[\w][\w.-]*\.[cm]?[jt]sx?))"
                                             uR"((?<place>:(?<line>\d{1,7})(?::(?<column>\d{1,7}))?)(?![\w/]))"_s);
    for (auto matches = anywhere.globalMatch(shown); matches.hasNext();)
        links.push_back(linkOf(text, matches.next()));
    return links;
}

bool isForeignFrame(QByteArrayView line)
{
    qsizetype at = 0;
    while (at < line.size() && line[at] == ' ')
        ++at;
    const QByteArrayView frame = line.sliced(at);
    if (at < 4 || !frame.startsWith("at ") || frame.size() > 1'000)
        return false;
    return frame.contains("(node:") || frame.startsWith("at node:") || frame.startsWith("at async node:")
        || frame.contains("/node_modules/");
}

} // namespace bistro::ui
