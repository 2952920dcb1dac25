#include "console/consolelinks.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace bistro::ui {

std::vector<ConsoleLink> linksIn(const QString& text)
{
    std::vector<ConsoleLink> links;
    if (!text.contains(u':'))
        return links;
    static const QRegularExpression expression(
        uR"((?<![\w:/])((?:file://)?/[^\s():"'<>]+|[\w][\w.-]*\.[cm]?[jt]s):(\d{1,7})(?::(\d{1,7}))?(?![\w/]))"_s);
    for (auto matches = expression.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        QString file = match.captured(1);
        if (file.startsWith(u"file://"_s))
            file = QUrl(file).toLocalFile();
        links.push_back({.from = match.capturedStart(),
            .to = match.capturedEnd(),
            .file = file,
            .line = match.captured(2).toInt(),
            .column = match.captured(3).toInt()});
    }
    return links;
}

} // namespace bistro::ui
