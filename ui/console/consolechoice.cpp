// Which lines are chosen in a ConsoleView, to ask why one came before the other.
#include "console/consoleview.h"

#include <algorithm>

namespace bistro::ui {

void ConsoleView::setLineNumbers(std::function<std::optional<int>(int row)> numbers)
{
    m_lineNumbers = std::move(numbers);
}

// A press on a line's mark, or Space: alone, in addition, or up to there.
void ConsoleView::choose(int row, Qt::KeyboardModifiers modifiers)
{
    if (row < 0 || row >= m_heights.rows())
        return;
    const bool more = modifiers.testFlag(Qt::ControlModifier) || modifiers.testFlag(Qt::ShiftModifier);
    const auto known = std::ranges::find(m_chosen, row);
    if (!more)
        m_chosen = {row};
    else if (known != m_chosen.end())
        m_chosen.erase(known);
    else
        m_chosen.push_back(row);
    if (m_chosen.size() > 2) // a question has two ends: the oldest choice goes
        m_chosen.erase(m_chosen.begin());
    viewport()->update();
    emit choiceChanged();
}

void ConsoleView::forgetChoice()
{
    if (m_chosen.empty())
        return;
    m_chosen.clear();
    viewport()->update();
    emit choiceChanged();
}

// Of the row's line on the screen; 0: it has none.
int ConsoleView::numberOf(int row) const
{
    return m_lineNumbers && row >= 0 ? m_lineNumbers(row).value_or(0) : 0;
}

std::optional<std::pair<int, int>> ConsoleView::pairOf(int one, int other) const
{
    const int first = std::min(numberOf(one), numberOf(other));
    const int second = std::max(numberOf(one), numberOf(other));
    return first > 0 && first < second ? std::optional(std::pair(first, second)) : std::nullopt;
}

std::optional<std::pair<int, int>> ConsoleView::chosenLines() const
{
    if (!m_model)
        return {};
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (from.row
        != to.row) { // a selection that touches two lines; its end may stand before the first letter of a third
        const int last = to.offset == 0 && to.row > from.row + 1 ? to.row - 1 : to.row;
        const auto pair = pairOf(from.row, last);
        return pair && pair->second == pair->first + 1 ? pair : std::nullopt;
    }
    return m_chosen.size() == 2 ? pairOf(m_chosen[0], m_chosen[1]) : std::nullopt;
}

// The two chosen ones; or this one, with the one that was chosen last.
std::optional<std::pair<int, int>> ConsoleView::askedLines(int row) const
{
    if (const auto chosen = chosenLines())
        return chosen;
    return m_model && m_chosen.size() == 1 ? pairOf(m_chosen.front(), row) : std::nullopt;
}

} // namespace bistro::ui
