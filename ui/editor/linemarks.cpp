#include "editor/linemarks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// Shows every line that a mark stands at to `change`: the one list of them.
template <class Change>
void lines(LineMarks& marks, const Change& change)
{
    for (LineNote& note : marks.notes)
        change(note.line);
    for (LineCount& count : marks.run.counts)
        change(count.line);
    for (LineValues& values : marks.run.values)
        change(values.line);
    change(marks.playhead);
    change(marks.highlighted);
    if (marks.problem)
        change(marks.problem->line);
    for (int& line : marks.changed)
        change(line);
}

} // namespace

const LineNote* LineMarks::noteAt(int line) const
{
    const auto it = std::ranges::find(notes, line, &LineNote::line);
    return it == notes.end() ? nullptr : &*it;
}

const LineCount* LineMarks::countAt(int line) const
{
    const auto it = std::ranges::find(run.counts, line, &LineCount::line);
    return it == run.counts.end() ? nullptr : &*it;
}

const LineValues* LineMarks::valuesAt(int line) const
{
    const auto it = std::ranges::find(run.values, line, &LineValues::line);
    return it == run.values.end() ? nullptr : &*it;
}

bool LineMarks::showsPlayhead(int line) const
{
    return line == playhead && tintAt(line) != Meaning::Error; // the arrow says where the program is, too
}

std::optional<Meaning> LineMarks::tintAt(int line) const
{
    const LineNote* note = noteAt(line);
    return note ? note->tint : std::nullopt;
}

void LineMarks::clear()
{
    *this = {};
}

void LineMarks::move(int line, int delta)
{
    lines(*this, [line, delta](int& at) {
        if (at > line)
            at = std::max(at + delta, line);
    });
}

QString countText(const LineCount& count)
{
    constexpr quint64 thousand = 1'000;
    if (count.times < 2)
        return {};
    const QString number = count.times < thousand ? QString::number(count.times)
        : count.times < thousand * thousand       ? QString::number(count.times / thousand) + u'k'
                                                  : QString::number(count.times / thousand / thousand) + u'M';
    // Never cut: of 1,999 times "999" would be another number.
    constexpr qsizetype most = 3;
    if (count.more)
        return number.size() > most ? u"99k+"_s : number + u'+';
    return number.size() > most ? number : u'×' + number;
}

QString plainText(const InlineValue& value)
{
    return value.before.isEmpty() ? u"%1 = %2"_s.arg(value.name, value.text)
                                  : u"%1 %2 → %3"_s.arg(value.name, value.before, value.text);
}

} // namespace bistro::ui
