#include "learning/changedlines.h"

#include <algorithm>
#include <vector>

namespace bistro::app {
namespace {

constexpr qsizetype kMostPairs = 4'000'000; // of lines that are compared

QList<QStringView> linesOf(const QString& text)
{
    QList<QStringView> lines = QStringView(text).split(u'\n');
    for (QStringView& line : lines) {
        if (line.endsWith(u'\r'))
            line.chop(1);
    }
    return lines;
}

} // namespace

QList<int> changedLines(const QString& before, const QString& now)
{
    const QList<QStringView> old = linesOf(before);
    const QList<QStringView> here = linesOf(now);
    // What is alike at both ends is not compared further.
    qsizetype first = 0;
    while (first < old.size() && first < here.size() && old[first] == here[first])
        ++first;
    qsizetype last = 0;
    while (
        last < std::min(old.size(), here.size()) - first && old[old.size() - 1 - last] == here[here.size() - 1 - last])
        ++last;
    const qsizetype rows = old.size() - first - last;
    const qsizetype columns = here.size() - first - last;
    QList<int> changed;
    if (rows * columns > kMostPairs) {
        for (qsizetype i = 0; i < columns; ++i)
            changed.append(static_cast<int>(first + i) + 1);
        return changed;
    }
    // The longest common part, from the end: how many lines are kept from here on.
    const auto at = [columns](qsizetype row, qsizetype column) {
        return static_cast<std::size_t>(row * (columns + 1) + column);
    };
    std::vector<int> kept(static_cast<std::size_t>((rows + 1) * (columns + 1)), 0);
    for (qsizetype row = rows - 1; row >= 0; --row) {
        for (qsizetype column = columns - 1; column >= 0; --column) {
            kept[at(row, column)] = old[first + row] == here[first + column]
                ? kept[at(row + 1, column + 1)] + 1
                : std::max(kept[at(row + 1, column)], kept[at(row, column + 1)]);
        }
    }
    qsizetype row = 0;
    for (qsizetype column = 0; column < columns; ++column) {
        while (row < rows && old[first + row] != here[first + column]
            && kept[at(row + 1, column)] == kept[at(row, column)])
            ++row;
        if (row < rows && old[first + row] == here[first + column])
            ++row;
        else
            changed.append(static_cast<int>(first + column) + 1);
    }
    return changed;
}

} // namespace bistro::app
