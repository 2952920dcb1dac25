// What a ConsoleView shows folded: frames of a stack that are not the program's, and what was written over.
#include "console/consoleview.h"

#include "theme/fonts.h"

#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

constexpr int kLongestStack = 4'096; // rows of one stack that are folded to one

} // namespace

bool ConsoleView::isFrame(int row, trace::Stream stream) const
{
    if (row < 0 || row >= m_model->rowCount())
        return false;
    const ConsoleModel::Line line = m_model->line(row);
    return line.frame && line.stream == stream;
}

// The rows of a stack that are folded to one: more than one.
std::optional<std::pair<int, int>> ConsoleView::framesAround(int row) const
{
    const ConsoleModel::Line line = m_model->line(row);
    if (!line.frame)
        return {};
    int first = row;
    int last = row;
    while (row - first < kLongestStack && isFrame(first - 1, line.stream))
        --first;
    while (last - row < kLongestStack && isFrame(last + 1, line.stream))
        ++last;
    return first < last ? std::optional(std::pair(first, last)) : std::nullopt;
}

bool ConsoleView::isOpened(int row) const
{
    const auto after = std::ranges::upper_bound(m_opened, row, {}, &std::pair<int, int>::first);
    return after != m_opened.begin() && std::prev(after)->second >= row;
}

bool ConsoleView::isYetToCome(const ConsoleModel::Line& line) const
{
    if (!m_futureHidden || !m_place)
        return false;
    return line.event != app::kNoEvent ? line.event >= *m_place : !m_atEnd;
}

bool ConsoleView::isHidden(int row, const ConsoleModel::Line& line) const
{
    if (isYetToCome(line))
        return true;
    if (m_errorsOnly && !line.typed && line.stream == trace::Stream::Output)
        return true;
    return (line.gone || (line.frame && isFrame(row - 1, line.stream))) && !isOpened(row);
}

// The first of the rows that stand folded in its place.
bool ConsoleView::isFold(int row) const
{
    const ConsoleModel::Line line = m_model->line(row);
    return line.frame && !isFrame(row - 1, line.stream) && isFrame(row + 1, line.stream) && !isOpened(row);
}

int ConsoleView::cellsOf(int row) const
{
    const ConsoleModel::Line line = m_model->line(row);
    if (isHidden(row, line))
        return RowHeights::kHidden;
    if (line.frame && isFold(row))
        return 1;
    constexpr int kLetter = 16; // no letter is wider; such rows are always looked at
    return line.columns * (line.shaped ? kLetter : 1) + countCells(line);
}

// What the count at the end of a row that was written over takes of its first text line.
int ConsoleView::countCells(const ConsoleModel::Line& line)
{
    return line.over && !line.gone ? 8 : 0;
}

int ConsoleView::wrapped(int row, int width) const
{
    const ConsoleModel::Line line = m_model->line(row);
    width = std::max(width - countCells(line), 1);
    if (!line.shaped)
        return m_model->wrapped(row, width);
    const ConsoleText text = m_model->textOf(row);
    return RowLayout(text, gridOf(line)).lines();
}

RowLayout::Grid ConsoleView::gridOf(const ConsoleModel::Line& line) const
{
    return {.font = codeFont(m_theme),
        .cell = m_metrics.cell,
        .columns = std::max(m_metrics.columns - countCells(line), 1),
        .line = m_metrics.line};
}

ConsoleText ConsoleView::shownText(int row) const
{
    const auto frames = isFold(row) ? framesAround(row) : std::nullopt;
    if (!frames)
        return m_model->textOf(row);
    bool node = false;
    bool packages = false;
    for (int at = frames->first; at <= frames->second; ++at)
        (m_model->bytesOf(at).contains("/node_modules/") ? packages : node) = true;
    const int count = frames->second - frames->first + 1;
    const QString sentence = !packages ? tr("… %n frames inside Node", nullptr, count)
        : !node                        ? tr("… %n frames inside packages", nullptr, count)
                                       : tr("… %n frames inside Node and packages", nullptr, count);
    ConsoleText text;
    text.columns = static_cast<int>(sentence.size()) + 4;
    text.runs.append(
        {.text = QStringLiteral("    ") + sentence, .column = 0, .columns = text.columns, .sgr = {}, .raw = {}});
    return text;
}

// The last place of a row, and of what is folded in it.
ConsoleView::Position ConsoleView::endOf(int row) const
{
    if (const auto frames = isFold(row) ? framesAround(row) : std::nullopt)
        row = frames->second;
    return {row, m_model->textOf(row).plain().size()};
}

QString ConsoleView::countOf(int row) const
{
    const int count = m_model->overwritten(row).count;
    return count > 0 ? tr("×%L1").arg(count) : QString();
}

// What is opened and closed with this row.
std::optional<std::pair<int, int>> ConsoleView::foldOf(int row) const
{
    if (!m_model || row < 0 || row >= m_model->rowCount())
        return {};
    if (const auto frames = framesAround(row))
        return frames;
    const ConsoleModel::Line line = m_model->line(row);
    int last = row;
    while (line.gone && last + 1 < m_model->rowCount() && m_model->overwritten(last).count == 0)
        ++last;
    const ConsoleModel::Overwritten states = m_model->overwritten(last);
    return states.count > 0 ? std::optional(std::pair(states.first, last)) : std::nullopt;
}

bool ConsoleView::setOpened(int row, bool opened)
{
    const auto fold = foldOf(row);
    if (!fold || isOpened(fold->first) == opened)
        return false;
    keepingPlace([&] {
        std::erase_if(
            m_opened, [&](const auto& one) { return one.first <= fold->second && one.second >= fold->first; });
        if (opened)
            m_opened.insert(std::ranges::upper_bound(m_opened, *fold), *fold);
        m_heights.changed(fold->first, fold->second);
    });
    if (!opened && m_current >= fold->first && m_current <= fold->second)
        m_current = shownRow(fold->first);
    viewport()->update();
    return true;
}

// The row that stands for this one: itself, or what it is folded in.
int ConsoleView::shownRow(int row) const
{
    if (!m_model || row < 0 || row >= m_heights.rows() || m_heights.heightOf(row) > 0)
        return row;
    if (const auto fold = foldOf(row))
        return m_model->line(row).frame ? fold->first : fold->second;
    return row;
}

// The next row that is seen, up or down; the same one if there is none.
int ConsoleView::rowBeside(int row, bool down) const
{
    qint64 top = 0;
    const qint64 line = m_heights.topOf(row) + (down ? heightOf(row) : -1); // as if no remark stood between them
    const int beside = line < 0 ? -1 : m_heights.rowAt(line, &top);
    return beside < 0 ? row : beside;
}

void ConsoleView::setErrorsOnly(bool on)
{
    if (std::exchange(m_errorsOnly, on) != on)
        measureAnew();
}

void ConsoleView::setFutureHidden(bool on, bool atEnd)
{
    const bool switched = std::exchange(m_futureHidden, on) != on;
    const bool came = std::exchange(m_atEnd, atEnd) != atEnd;
    if (switched) {
        m_anchor = m_caret; // what was selected or chosen may not be there any more
        forgetChoice();
        stopFinding();
        tellHits();
    }
    if (switched || (on && came))
        measureAnew();
}

// The playhead has moved, and the future is hidden: the rows between have come, or are gone.
void ConsoleView::measureFrom(std::optional<app::Index> before)
{
    if (!m_model || !before || !m_place)
        return measureAnew();
    const auto [from, to] = std::minmax(*before, *m_place);
    const int first = m_model->rowAt(from).value_or(0);
    const int last = m_model->rowAt(to).value_or(0);
    keepingPlace([&] { m_heights.changed(first, last + 1); });
}

// Other rows are seen.
void ConsoleView::measureAnew()
{
    keepingPlace([this] {
        m_heights.clear();
        m_heights.grow(m_model ? m_model->rowCount() : 0);
    });
    viewport()->update();
}

void ConsoleView::showFailure()
{
    if (!m_model || !m_followsEnd || m_place)
        return;
    constexpr int kFarthest = 400; // rows
    int row = m_model->rowCount() - 1;
    const int last = std::max(row - kFarthest, -1);
    const auto isCaret = [](const QByteArray& line) {
        const QByteArray trimmed = line.trimmed();
        return !trimmed.isEmpty() && std::ranges::all_of(trimmed, [](char c) { return c == '^' || c == '~'; });
    };
    while (row > last && !(m_model->line(row).stream == trace::Stream::Error && isCaret(m_model->bytesOf(row))))
        --row;
    if (row <= last)
        return;
    int message = row + 1;
    while (message < m_model->rowCount()
        && (m_model->line(message).stream != trace::Stream::Error || m_model->bytesOf(message).trimmed().isEmpty()))
        ++message;
    if (message >= m_model->rowCount())
        return;
    const qint64 top = topOf(message);
    if (top >= verticalScrollBar()->value())
        return;
    m_followsEnd = false;
    verticalScrollBar()->setValue(static_cast<int>(top));
    m_followsEnd = false;
}

} // namespace bistro::ui
