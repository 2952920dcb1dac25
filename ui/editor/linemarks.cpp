#include "editor/linemarks.h"

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

// Shows every line that a mark stands at to `change`: the one list of them. A set is built anew, for lines are its
// keys.
template <class Change>
void lines(LineMarks& marks, const Change& change)
{
    for (LineNote& note : marks.notes)
        change(note.line);
    change(marks.playhead);
    change(marks.highlighted);
    QSet<int> breakpoints;
    for (int line : std::as_const(marks.breakpoints)) {
        change(line);
        breakpoints.insert(line);
    }
    marks.breakpoints = breakpoints;
    if (marks.problem)
        change(marks.problem->line);
}

} // namespace

const LineNote* LineMarks::noteAt(int line) const
{
    const auto it = std::ranges::find(notes, line, &LineNote::line);
    return it == notes.end() ? nullptr : &*it;
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

} // namespace bistro::ui
