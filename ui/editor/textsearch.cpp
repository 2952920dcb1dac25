#include "editor/textsearch.h"

#include <tuple>
#include <utility>

namespace bistro::ui {

FoundText findText(const QRegularExpression& expression, const QString& text, qsizetype from, bool backwards,
    const std::atomic_bool& stop)
{
    FoundText found;
    std::pair<qsizetype, qsizetype> first;
    std::pair<qsizetype, qsizetype> last;
    for (auto it = expression.globalMatch(text); !stop && it.hasNext() && found.count < kMostCounted;) {
        const auto match = it.next();
        if (match.capturedLength() == 0)
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
        if ((with[i] == u'$' || with[i] == u'\\') && next.isDigit()) {
            result += match.captured(next.digitValue());
            ++i;
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
