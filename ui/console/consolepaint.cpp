// How ConsoleView paints: the rows that are seen, one after the other.
#include "console/consoleview.h"

#include "text/amounts.h"
#include "theme/fonts.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

struct ConsoleView::PaintedRow {
    int row = 0;
    int y = 0; // its top
    int height = 0;
    ConsoleModel::Line line;
    ConsoleText text;
    QString plain;
    std::optional<Moment> moment;

    [[nodiscard]] bool isError() const { return line.stream == trace::Stream::Error; }
};

void ConsoleView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.window());
    if (!m_model)
        return;
    qint64 top = 0;
    const qint64 first = verticalScrollBar()->value();
    int row = rowOfLine(first, &top);
    int y = static_cast<int>(top - first) * m_metrics.line;
    if (row >= 0) {
        for (; row < m_heights.rows() && y < viewport()->height(); ++row) {
            paintRow(painter, row, y);
            y += heightOf(row) * m_metrics.line;
        }
    } else {
        y = static_cast<int>(m_heights.total() - first) * m_metrics.line;
    }
    if (m_heights.rows() == 0 && m_remark.isEmpty()) {
        painter.setPen(m_theme.secondary());
        painter.setFont(uiFont(m_theme, TypeSize::Label));
        painter.drawText(QRect(m_theme.px(16), 0, viewport()->width() - m_theme.px(32), m_metrics.line),
            Qt::AlignVCenter, tr("What the program prints appears here."));
    }
    if (!m_remark.isEmpty() && y < viewport()->height())
        paintRemark(painter, y);
}

void ConsoleView::paintRemark(QPainter& painter, int y) const
{
    const bool error = m_remarkMeaning == Meaning::Error;
    const QColor color = error ? m_theme.color(Meaning::Error) : m_theme.secondary();
    const int side = m_theme.px(12);
    paintMark(painter, m_remarkMeaning, QRectF(m_theme.px(14), y + (m_metrics.line - side) / 2.0, side, side), color);
    painter.setPen(color);
    painter.setFont(uiFont(m_theme, TypeSize::Label));
    painter.drawText(QRect(m_metrics.left, y, remarkWidth(), remarkLines() * m_metrics.line),
        Qt::AlignVCenter | Qt::TextWordWrap, m_remark);
}

void ConsoleView::paintRow(QPainter& painter, int row, int y) const
{
    PaintedRow painted {.row = row,
        .y = y,
        .height = heightOf(row) * m_metrics.line,
        .line = m_model->line(row),
        .text = m_model->textOf(row),
        .plain = {},
        .moment = {}};
    painted.plain = painted.text.plain();
    painted.moment = momentOf(painted.line);
    const app::Index event = painted.line.event;
    painter.setOpacity(1);
    paintGround(painter, painted);
    painter.setOpacity(m_place && event != app::kNoEvent && event >= *m_place ? 0.38 : 1); // the future
    paintSign(painter, painted);
    paintMarked(painter, painted);
    if (hasFocus() && row == m_current) {
        painter.setPen(QPen(m_theme.ink(), 1, Qt::DotLine));
        painter.drawRect(QRect(m_theme.px(5), y, viewport()->width() - m_theme.px(9), painted.height - 1));
    }
    paintText(painter, painted);
    if (painted.moment && !painted.line.continues) {
        painter.setFont(uiFont(m_theme, TypeSize::Second));
        painter.setPen(m_theme.secondary());
        painter.drawText(
            QRect(viewport()->width() - m_metrics.right, y, m_metrics.right - m_theme.px(16), m_metrics.line),
            Qt::AlignRight | Qt::AlignVCenter, app::timeText(painted.moment->time));
    }
    painter.setOpacity(1);
}

void ConsoleView::paintGround(QPainter& painter, const PaintedRow& row) const
{
    if (row.isError())
        painter.fillRect(QRect(0, row.y, viewport()->width(), row.height), m_theme.tint(Meaning::Error));
    if (m_place && m_model->rowAt(*m_place) == row.row) { // the playhead is there
        painter.fillRect(QRect(0, row.y, viewport()->width(), row.height), m_theme.currentLine());
        painter.fillRect(QRect(0, row.y, m_theme.px(3), row.height), m_theme.ink());
    }
}

// The mark, or for error output a sign that does not depend on color.
void ConsoleView::paintSign(QPainter& painter, const PaintedRow& row) const
{
    if (row.line.continues)
        return;
    if (std::ranges::contains(m_chosen, row.row)) {
        painter.setPen(QPen(m_theme.ink(), m_theme.px(2)));
        painter.setBrush(Qt::NoBrush);
        const int ring = m_theme.px(18);
        painter.drawEllipse(QRectF(m_theme.px(11), row.y + (m_metrics.line - ring) / 2.0, ring, ring));
    }
    const int side = m_theme.px(10);
    const QRectF square(m_theme.px(15), row.y + (m_metrics.line - side) / 2.0, side, side);
    if (row.moment || row.isError()) {
        const Meaning meaning = row.moment ? row.moment->meaning : Meaning::Error;
        paintMark(painter, meaning, square,
            meaning == Meaning::Running ? m_theme.color(Meaning::Closing) : m_theme.color(meaning));
    }
    if (row.isError()) {
        painter.setPen(m_theme.color(Meaning::Error));
        painter.setFont(uiFont(m_theme, TypeSize::Label, QFont::Bold));
        painter.drawText(QRect(m_theme.px(26), row.y, m_theme.px(10), m_metrics.line), Qt::AlignCenter, u"!"_s);
    }
}

void ConsoleView::fillCells(QPainter& painter, const PaintedRow& row, int first, int end, const QColor& color) const
{
    for (int column = first; column < end;) {
        const int wrapped = column / m_metrics.columns;
        const int until = std::min(end, (wrapped + 1) * m_metrics.columns);
        painter.fillRect(
            QRectF(xOf(column), row.y + wrapped * m_metrics.line, (until - column) * m_metrics.cell, m_metrics.line),
            color);
        column = until;
    }
}

// What is selected, and what is looked for.
void ConsoleView::paintMarked(QPainter& painter, const PaintedRow& row) const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (from != to && from.row <= row.row && row.row <= to.row) {
        const int first = row.row == from.row ? row.text.columnOf(from.offset) : 0;
        const int end = row.row == to.row ? row.text.columnOf(to.offset) : std::max(row.text.columns, 1);
        QColor color = m_theme.color(Meaning::Timer);
        color.setAlphaF(m_theme.isDark() ? 0.4f : 0.2f);
        fillCells(painter, row, first, end, color);
    }
    const QString& wanted = m_hits.text();
    if (wanted.isEmpty())
        return;
    for (qsizetype at = row.plain.indexOf(wanted, 0, m_hits.sensitivity()); at >= 0;
        at = row.plain.indexOf(wanted, at + wanted.size(), m_hits.sensitivity())) {
        const bool current = isMarkedHit(row.row, at);
        QColor color = m_theme.color(Meaning::Immediate);
        color.setAlphaF(!current ? 0.25f : m_theme.isDark() ? 0.3f : 0.55f); // light letters must stand out, too
        const int first = row.text.columnOf(at);
        const int end = row.text.columnOf(at + wanted.size());
        fillCells(painter, row, first, end, color);
        if (!current)
            continue;
        painter.setPen(QPen(m_theme.ink(), 1));
        painter.setBrush(Qt::NoBrush);
        if (first / m_metrics.columns == (end - 1) / m_metrics.columns) // on one text line
            painter.drawRect(QRectF(xOf(first), row.y + first / m_metrics.columns * m_metrics.line + 2.5,
                (end - first) * m_metrics.cell, m_metrics.line - 5));
    }
}

void ConsoleView::paintText(QPainter& painter, const PaintedRow& row) const
{
    const std::vector<Link> links = linksIn(row.plain);
    qsizetype offset = 0;
    for (const ConsoleRun& run : row.text.runs) {
        paintRun(painter, row, run, offset, links);
        offset += run.text.size();
    }
}

void ConsoleView::paintRun(QPainter& painter, const PaintedRow& row, const ConsoleRun& run, qsizetype offset,
    const std::vector<Link>& links) const
{
    QFont font = codeFont(m_theme);
    const QFontMetricsF metrics(font);
    const double baseline = (m_metrics.line - metrics.height()) / 2 + metrics.ascent();
    if (run.sgr.bold)
        font.setWeight(QFont::DemiBold);
    font.setItalic(run.sgr.italic);
    font.setStrikeOut(run.sgr.strike);
    const QColor ground = backgroundOf(run.sgr, m_theme);
    if (ground.isValid())
        fillCells(painter, row, run.column, run.column + run.columns, ground);
    const QColor own = foregroundOf(run.sgr, m_theme);
    const QColor color = run.escaped ? m_theme.color(Meaning::Tick) : own.isValid() ? own : m_theme.text();
    for (int cell = 0; cell < run.columns;) { // a piece for each text line, and for each side of a link's edge
        const int column = run.column + cell;
        int count = run.grid ? std::min(run.columns - cell, m_metrics.columns - column % m_metrics.columns)
                             : run.columns;
        bool linked = false;
        for (const Link& link : links) {
            const qsizetype at = offset + (run.grid ? cell : 0);
            if (at >= link.from && at < link.to) {
                linked = true;
                count = static_cast<int>(std::min<qsizetype>(count, link.to - at));
            } else if (at < link.from) {
                count = static_cast<int>(std::min<qsizetype>(count, link.from - at));
            }
        }
        font.setUnderline(run.sgr.underline || linked);
        painter.setFont(font);
        painter.setPen(color);
        const QString piece = run.grid ? run.text.mid(cell, count) : run.text;
        painter.drawText(QPointF(xOf(column), row.y + column / m_metrics.columns * m_metrics.line + baseline), piece);
        cell += std::max(count, 1);
    }
}

} // namespace bistro::ui
