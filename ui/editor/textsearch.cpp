#include "editor/textsearch.h"

#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {

bool isAfterLastLine(const QRegularExpressionMatch& match, QStringView text)
{
    return match.capturedLength() == 0 && match.capturedStart() == text.size() && text.endsWith(u'\n');
}

FoundText findText(const QRegularExpression& expression, const QString& text, qsizetype from, bool backwards,
    const std::atomic_bool& stop)
{
    FoundText found;
    std::pair<qsizetype, qsizetype> first;
    std::pair<qsizetype, qsizetype> last;
    for (auto it = expression.globalMatch(text); !stop && it.hasNext() && found.count < kMostCounted;) {
        const auto match = it.next();
        if (isAfterLastLine(match, text))
            continue;
        last = {match.capturedStart(), match.capturedLength()};
        if (found.count == 0)
            first = last;
        if (backwards ? match.capturedEnd() <= from : found.chosen < 0 && match.capturedStart() >= from) {
            std::tie(found.start, found.length) = last;
            found.chosen = found.count;
        }
        ++found.count;
    }
    if (found.chosen < 0 && found.count > 0) { // round the end
        std::tie(found.start, found.length) = backwards ? last : first;
        found.chosen = backwards ? found.count - 1 : 0;
    }
    return found;
}

QString replacementFor(const QRegularExpressionMatch& match, const QString& with)
{
    QString result;
    for (qsizetype i = 0; i < with.size(); ++i) {
        const QChar next = i + 1 < with.size() ? with[i + 1] : QChar();
        const auto nameEnd = with[i] == u'$' && next == u'<' ? with.indexOf(u'>', i) : -1;
        if ((with[i] == u'$' || with[i] == u'\\') && next.isDigit()) {
            // Two digits where there are so many groups.
            const int group = next.digitValue();
            const int two = i + 2 < with.size() && with[i + 2].isDigit() ? 10 * group + with[i + 2].digitValue() : 0;
            const bool both = two >= 10 && two <= match.regularExpression().captureCount();
            result += match.captured(both ? two : group);
            i += both ? 2 : 1;
        } else if (with[i] == u'$' && (next == u'&' || next == u'$')) {
            result += next == u'&' ? match.captured() : u"$"_s;
            ++i;
        } else if (nameEnd > 0) {
            result += match.captured(QStringView(with).sliced(i + 2, nameEnd - i - 2));
            i = nameEnd;
        } else if (with[i] == u'\\' && (next == u'n' || next == u't' || next == u'\\')) {
            result += next == u'n' ? u'\n' : next == u't' ? u'\t' : u'\\';
            ++i;
        } else {
            result += with[i];
        }
    }
    return result;
}

} // namespace bistro::ui
