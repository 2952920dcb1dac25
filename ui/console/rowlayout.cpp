#include "console/rowlayout.h"

#include "console/terminalrow.h"
#include "console/wordwrap.h"

#include <QFontMetricsF>
#include <QTextLine>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

RowLayout::RowLayout(const ConsoleText& text, const Grid& grid)
    : m_text(text)
    , m_grid(grid)
{
    const QFontMetricsF metrics(grid.font);
    m_baseline = (grid.line - metrics.height()) / 2 + metrics.ascent();
    if (!text.shaped) {
        m_starts.push_back(0);
        if (text.columns > grid.columns) {
            const QString cells = columnsOf(text);
            for (qsizetype at = nextTextLine(cells, 0, grid.columns); at < cells.size();
                at = nextTextLine(cells, at, grid.columns))
                m_starts.push_back(static_cast<int>(at));
        }
        return;
    }
    m_shaped = std::make_unique<QTextLayout>(text.plain(), grid.font);
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTabStopDistance(grid.cell * kTabCells);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    m_shaped->setTextOption(option);
    m_shaped->beginLayout();
    for (QTextLine line = m_shaped->createLine(); line.isValid(); line = m_shaped->createLine()) {
        line.setLineWidth(grid.columns * grid.cell);
        line.setPosition({0, line.lineNumber() * grid.line + m_baseline - line.ascent()});
    }
    m_shaped->endLayout();
}

int RowLayout::lineOf(int column) const
{
    return static_cast<int>(std::ranges::upper_bound(m_starts, column) - m_starts.begin()) - 1;
}

int RowLayout::endOf(int line) const
{
    const auto next = static_cast<std::size_t>(line) + 1;
    return next < m_starts.size() ? m_starts[next] : m_text.columns;
}

qsizetype RowLayout::offsetNear(int line, double x) const
{
    line = std::clamp(line, 0, lines() - 1);
    if (m_shaped)
        return m_shaped->lineAt(line).xToCursor(x);
    const int start = m_starts[static_cast<std::size_t>(line)];
    const int column = start + static_cast<int>(std::lround(x / m_grid.cell));
    return m_text.offsetAt(std::clamp(column, start, endOf(line)));
}

qsizetype RowLayout::letterAt(int line, double x) const
{
    line = std::clamp(line, 0, lines() - 1);
    if (m_shaped) {
        const QTextLine at = m_shaped->lineAt(line);
        return at.naturalTextRect().right() < x ? m_shaped->text().size()
                                                : at.xToCursor(x, QTextLine::CursorOnCharacter);
    }
    const int start = m_starts[static_cast<std::size_t>(line)];
    return m_text.offsetAt(std::clamp(start + static_cast<int>(std::floor(x / m_grid.cell)), start, endOf(line)));
}

std::vector<QRectF> RowLayout::rectsOf(qsizetype from, qsizetype to) const
{
    std::vector<QRectF> rects;
    if (!m_shaped) {
        const int end = m_text.columnOf(to);
        for (int column = m_text.columnOf(from); column < end;) {
            const int line = lineOf(column);
            const int until = std::min(end, endOf(line));
            const int start = m_starts[static_cast<std::size_t>(line)];
            rects.emplace_back((column - start) * m_grid.cell, line * m_grid.line,
                (std::min(until, start + m_grid.columns) - column) * m_grid.cell, m_grid.line);
            column = until;
        }
        return rects;
    }
    // Letter by letter: what is next to each other in the text need not be so for the eye.
    for (auto at = static_cast<int>(from); at < to;) {
        const int next = std::max(m_shaped->nextCursorPosition(at), at + 1);
        const QTextLine line = m_shaped->lineForTextPosition(at);
        if (line.isValid()) {
            const double one = line.cursorToX(at, QTextLine::Leading);
            const double other = line.cursorToX(at, QTextLine::Trailing);
            const QRectF rect(
                std::min(one, other), line.lineNumber() * m_grid.line, std::abs(other - one), m_grid.line);
            QRectF* const last = rects.empty() ? nullptr : &rects.back();
            const bool touches = last && qFuzzyCompare(last->top() + 1, rect.top() + 1)
                && (std::abs(last->right() - rect.left()) < 0.5 || std::abs(rect.right() - last->left()) < 0.5);
            if (touches)
                *last = last->united(rect);
            else
                rects.push_back(rect);
        }
        at = next;
    }
    return rects;
}

QFont RowLayout::fontOf(const Look& look) const
{
    QFont font = m_grid.font;
    if (look.bold)
        font.setWeight(QFont::DemiBold);
    font.setItalic(look.italic);
    font.setStrikeOut(look.strike);
    font.setUnderline(look.underline);
    return font;
}

void RowLayout::fill(QPainter& painter, const QPointF& place, qsizetype from, qsizetype to, const QColor& color) const
{
    if (!color.isValid())
        return;
    for (const QRectF& rect : rectsOf(from, to))
        painter.fillRect(rect.translated(place), color);
}

void RowLayout::paint(QPainter& painter, const QPointF& place, const Looks& looks) const
{
    if (m_shaped)
        paintShaped(painter, place, looks);
    else
        paintCells(painter, place, looks);
}

void RowLayout::paintCells(QPainter& painter, const QPointF& place, const Looks& looks) const
{
    qsizetype offset = 0;
    for (const ConsoleRun& run : m_text.runs) {
        const qsizetype after = offset + run.text.size();
        for (qsizetype at = offset; at < after;) { // a piece for each look, and for each text line
            qsizetype end = after;
            const Look look = looks(run, at, &end);
            const int column = run.column + (run.grid ? static_cast<int>(at - offset) : 0);
            const int line = lineOf(column);
            end = run.grid ? std::min({end, after, at + std::max(endOf(line) - column, 1)}) : after;
            fill(painter, place, at, end, look.ground);
            if (run.text != u"\t") {
                painter.setFont(fontOf(look));
                painter.setPen(look.color);
                painter.drawText(place
                        + QPointF((column - m_starts[static_cast<std::size_t>(line)]) * m_grid.cell,
                            line * m_grid.line + m_baseline),
                    run.text.mid(at - offset, end - at));
            }
            at = end;
        }
        offset = after;
    }
}

void RowLayout::paintShaped(QPainter& painter, const QPointF& place, const Looks& looks) const
{
    QList<QTextLayout::FormatRange> formats;
    qsizetype offset = 0;
    for (const ConsoleRun& run : m_text.runs) {
        const qsizetype after = offset + run.text.size();
        for (qsizetype at = offset; at < after;) {
            qsizetype end = after;
            const Look look = looks(run, at, &end);
            end = std::min(std::max(end, at + 1), after);
            QTextLayout::FormatRange range;
            range.start = static_cast<int>(at);
            range.length = static_cast<int>(end - at);
            range.format.setForeground(look.color);
            range.format.setFontUnderline(look.underline);
            range.format.setFontStrikeOut(look.strike);
            formats.append(range);
            fill(painter, place, at, end, look.ground);
            at = end;
        }
        offset = after;
    }
    m_shaped->draw(&painter, place, formats);
}

} // namespace bistro::ui
