#include "editor/linemarks.h"

#include <algorithm>

namespace bistro::ui {
namespace {

// Shows every line that a mark stands at to `change`: the one list of them.
template <class Change>
void lines(LineMarks& marks, const Change& change)
{
    for (LineNote& note : marks.notes)
        change(note.line);
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
