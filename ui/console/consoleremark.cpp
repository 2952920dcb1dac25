// The sentence between the console's lines, or behind them, that says why nothing is printed.
#include "console/consoleview.h"

#include "theme/fonts.h"

#include <QFontMetrics>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace bistro::ui {

void ConsoleView::setRemark(const QString& sentence, Meaning meaning, std::optional<app::Index> place)
{
    if (m_remark == sentence && m_remarkMeaning == meaning && m_remarkPlace == place)
        return;
    m_remark = sentence;
    m_remarkMeaning = meaning;
    m_remarkPlace = place;
    updateScrollBar();
    // With the playhead's row above it, it is what one looks at.
    if (const auto row = remarkRow(); row && *row >= 0 && isPlayheads(*row))
        showAsLast(*row);
    viewport()->update();
}

// Of the rows that are there, the one it stands below; -1: above all. None: it is the last, or there is none.
std::optional<int> ConsoleView::remarkRow() const
{
    if (m_remark.isEmpty() || !m_remarkPlace || !m_model || m_heights.rows() == 0)
        return {};
    const auto row = m_model->rowAt(*m_remarkPlace);
    if (!row)
        return -1;
    const int shown = std::max(*row, shownRow(*row)); // not within what is folded
    return shown < m_heights.rows() ? std::optional(shown) : std::nullopt;
}

qint64 ConsoleView::remarkTop() const
{
    const auto row = remarkRow();
    if (!row)
        return m_heights.total();
    return *row < 0 ? 0 : m_heights.topOf(*row) + m_heights.heightOf(*row);
}

qint64 ConsoleView::topOf(int row) const
{
    const auto above = remarkRow();
    return m_heights.topOf(row) + (above && row > *above ? remarkLines() : 0);
}

int ConsoleView::rowOfLine(qint64 line, qint64* top) const
{
    const auto above = remarkRow();
    if (!above || line < remarkTop())
        return m_heights.rowAt(line, top);
    const int lines = remarkLines();
    if (*above >= 0 && line < remarkTop() + lines)
        return m_heights.rowAt(remarkTop() - 1, top);
    const int row = m_heights.rowAt(std::max<qint64>(line - lines, 0), top);
    *top += lines;
    return row;
}

qint64 ConsoleView::lines() const
{
    return m_heights.total() + remarkLines();
}

int ConsoleView::remarkWidth() const
{
    return std::max(viewport()->width() - m_metrics.left - m_theme.px(16), 1);
}

int ConsoleView::remarkLines() const
{
    if (m_remark.isEmpty())
        return 0;
    const QRect needed = QFontMetrics(uiFont(m_theme, TypeSize::Label))
                             .boundingRect(QRect(0, 0, remarkWidth(), 10'000), Qt::TextWordWrap, m_remark);
    return std::max((needed.height() + m_metrics.line - 1) / m_metrics.line, 1);
}

QRect ConsoleView::remarkRect() const
{
    if (m_remark.isEmpty())
        return {};
    const qint64 y = (remarkTop() - verticalScrollBar()->value()) * m_metrics.line;
    return {0, static_cast<int>(std::clamp<qint64>(y, -1'000'000, 1'000'000)), viewport()->width(),
        remarkLines() * m_metrics.line};
}

void ConsoleView::paintRemark(QPainter& painter, const QRect& place) const
{
    const bool error = m_remarkMeaning == Meaning::Error;
    const QColor color = error ? m_theme.color(Meaning::Error) : m_theme.secondary();
    const int side = m_theme.px(12);
    paintMark(painter, m_remarkMeaning, QRectF(m_theme.px(14), place.top() + (m_metrics.line - side) / 2.0, side, side),
        color);
    painter.setPen(color);
    painter.setFont(uiFont(m_theme, TypeSize::Label));
    painter.drawText(QRect(m_metrics.left, place.top(), remarkWidth(), place.height()),
        Qt::AlignVCenter | Qt::TextWordWrap, m_remark);
}

} // namespace bistro::ui
