#include "lesson/nearest.h"

#include "lesson/formatwords.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostCompared = 60; // letters of a word

// How many letters have to be changed, put in, taken out or exchanged with their neighbor.
qsizetype distance(const QString& a, const QString& b)
{
    using Row = std::vector<qsizetype>;
    Row before;
    Row last(static_cast<std::size_t>(b.size()) + 1);
    std::iota(last.begin(), last.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        Row row(last.size(), i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            row[at] = std::min({last[at] + 1, row[at - 1] + 1, last[at - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[at] = std::min(row[at], before[at - 2] + 1);
        }
        before = std::exchange(last, std::move(row));
    }
    return last.back();
}

QString didYouMean(const QString& nearest)
{
    return FormatWords::tr("Did you mean \"%1\"?").arg(nearest);
}

QString thereAre(const QStringList& known)
{
    return FormatWords::tr("There are: %1.").arg(known.join(u", "_s));
}

} // namespace

QString nearestTo(const QString& word, const QStringList& known)
{
    QString nearest;
    qsizetype least = std::max<qsizetype>(1, word.size() / 3) + 1;
    for (const QString& one : known) {
        if (word.size() > kMostCompared)
            break;
        if (const qsizetype far = distance(word.toLower(), one.toLower()); far < least) {
            nearest = one;
            least = far;
        }
    }
    return nearest;
}

QString nearestOf(const QString& word, const QStringList& known)
{
    const QString nearest = nearestTo(word, known);
    return nearest.isEmpty() ? thereAre(known) : didYouMean(nearest);
}

QString allowedOf(const QString& word, const QStringList& known)
{
    const QString nearest = nearestTo(word, known);
    return nearest.isEmpty() || known.size() == 1 ? thereAre(known) : didYouMean(nearest) + u' ' + thereAre(known);
}

} // namespace bistro::app
