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
    const RowLayout* layout = nullptr;
    std::optional<Moment> moment;
    bool future = false;
    bool fold = false;

    [[nodiscard]] bool isError() const { return line.stream == trace::Stream::Error; }
};

void ConsoleView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.window());
    if (!m_model)
        return;
    const qint64 first = verticalScrollBar()->value();
    const auto yOf = [&](qint64 line) { return static_cast<int>(line - first) * m_metrics.line; };
    const std::optional<int> above = remarkRow();
    qint64 top = 0;
    for (int row = rowOfLine(first, &top); row >= 0 && yOf(top) < viewport()->height();) {
        top += paintRow(painter, row, yOf(top)) + (row == above ? remarkLines() : 0);
        row = rowOfLine(top, &top);
    }
    if (m_heights.rows() == 0 && m_remark.isEmpty()) {
        painter.setPen(m_theme.secondary());
        painter.setFont(uiFont(m_theme, TypeSize::Label));
        painter.drawText(QRect(m_theme.px(16), 0, viewport()->width() - m_theme.px(32), m_metrics.line),
            Qt::AlignVCenter, tr("What the program prints appears here."));
    }
    if (const QRect remark = remarkRect(); remark.intersects(viewport()->rect()))
        paintRemark(painter, remark);
}

// Says how many text lines it takes.
int ConsoleView::paintRow(QPainter& painter, int row, int y) const
{
    PaintedRow painted {.row = row,
        .y = y,
        .height = heightOf(row) * m_metrics.line,
        .line = m_model->line(row),
        .text = shownText(row),
        .moment = momentOf(row),
        .future = isFuture(row),
        .fold = isFold(row)};
    const RowLayout layout(painted.text, gridOf(painted.line));
    painted.layout = &layout;
    paintGround(painter, painted);
    paintSign(painter, painted);
    paintMarked(painter, painted);
    if (hasFocus() && row == m_current) {
        painter.setPen(QPen(m_theme.ink(), 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRect(m_theme.px(5), y, viewport()->width() - m_theme.px(9), painted.height - 1));
    }
    paintText(painter, painted);
    paintCount(painter, painted);
    paintTime(painter, painted);
    return painted.height / m_metrics.line;
}

// What is beside the text, on the row's ground.
QColor ConsoleView::quiet(const PaintedRow& row) const
{
    return row.isError() || isPlayheads(row.row) ? m_theme.text() : m_theme.secondary();
}

bool ConsoleView::isPlayheads(int row) const
{
    if (!m_place)
        return false;
    const auto there = m_model->rowAt(*m_place);
    return there && shownRow(*there) == row;
}

void ConsoleView::paintGround(QPainter& painter, const PaintedRow& row) const
{
    if (row.isError())
        painter.fillRect(QRect(0, row.y, viewport()->width(), row.height), m_theme.tint(Meaning::Error));
    if (!isPlayheads(row.row))
        return;
    painter.fillRect(QRect(0, row.y, viewport()->width(), row.height), m_theme.currentLine());
    painter.fillRect(QRect(0, row.y, m_theme.px(3), row.height), m_theme.ink());
    painter.setPen(QPen(m_theme.ink(), 1, Qt::DashLine)); // what is below comes later
    painter.drawLine(0, row.y + row.height - 1, viewport()->width(), row.y + row.height - 1);
}

// The mark, or for error output a sign that does not depend on color; hollow where it is still to come.
void ConsoleView::paintSign(QPainter& painter, const PaintedRow& row) const
{
    if (std::ranges::contains(m_chosen, row.row)) {
        painter.setPen(QPen(m_theme.ink(), m_theme.px(2)));
        painter.setBrush(Qt::NoBrush);
        const int ring = m_theme.px(18);
        painter.drawEllipse(QRectF(m_theme.px(11), row.y + (m_metrics.line - ring) / 2.0, ring, ring));
    }
    const auto letter = [&](const QString& sign, const QColor& color, int left) {
        painter.setPen(color);
        painter.setFont(uiFont(m_theme, TypeSize::Label, QFont::Bold));
        painter.drawText(QRect(m_theme.px(left), row.y, m_theme.px(10), m_metrics.line), Qt::AlignCenter, sign);
    };
    if (row.line.typed) {
        letter(u">"_s, m_theme.color(Meaning::Timer), 15);
        return;
    }
    if (row.fold) {
        letter(u"›"_s, quiet(row), 15);
        return;
    }
    if (row.line.continues)
        return;
    const int side = m_theme.px(10);
    const QRectF square(m_theme.px(15), row.y + (m_metrics.line - side) / 2.0, side, side);
    if (row.future && row.moment) {
        painter.setPen(QPen(quiet(row), m_theme.px(1)));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(square.adjusted(1, 1, -1, -1));
    } else if (row.moment || row.isError()) {
        const Meaning meaning = row.moment ? row.moment->meaning : Meaning::Error;
        paintMark(painter, meaning, square,
            meaning == Meaning::Running ? m_theme.color(Meaning::Closing) : m_theme.color(meaning));
    }
    if (row.isError())
        letter(u"!"_s, m_theme.color(Meaning::Error), 26);
}

// What is selected, and what is looked for.
void ConsoleView::paintMarked(QPainter& painter, const PaintedRow& row) const
{
    const QPointF place(m_metrics.left, row.y);
    const qsizetype size = row.text.plain().size();
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (from != to && from.row <= row.row && row.row <= to.row) {
        QColor color = m_theme.color(Meaning::Timer);
        color.setAlphaF(m_theme.isDark() ? 0.4f : 0.2f);
        const qsizetype first = row.row == from.row ? from.offset : 0;
        const qsizetype end = row.row == to.row && !row.fold ? to.offset : size;
        for (const QRectF& rect : row.layout->rectsOf(first, end))
            painter.fillRect(rect.translated(place), color);
        if (size == 0 && row.row < to.row) // an empty line is selected, too
            painter.fillRect(QRectF(place, QSizeF(m_metrics.cell, m_metrics.line)), color);
    }
    const QString& wanted = m_hits.text();
    if (wanted.isEmpty() || row.fold)
        return;
    const QString plain = row.text.plain();
    for (qsizetype at = plain.indexOf(wanted, 0, m_hits.sensitivity()); at >= 0;
        at = plain.indexOf(wanted, at + wanted.size(), m_hits.sensitivity())) {
        const bool current = isMarkedHit(row.row, at);
        QColor color = m_theme.color(Meaning::Immediate);
        color.setAlphaF(!current ? 0.25f : m_theme.isDark() ? 0.3f : 0.55f); // light letters must stand out, too
        const auto rects = row.layout->rectsOf(at, at + wanted.size());
        for (const QRectF& rect : rects)
            painter.fillRect(rect.translated(place), color);
        if (!current || rects.size() != 1)
            continue;
        painter.setPen(QPen(m_theme.ink(), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rects.front().translated(place).adjusted(0, 2.5, 0, -2.5));
    }
}

void ConsoleView::paintText(QPainter& painter, const PaintedRow& row) const
{
    const std::vector<Link> links = row.fold ? std::vector<Link>() : linksIn(row.text);
    const bool quietly = row.fold || row.line.gone || row.future || (row.line.frame && !row.isError());
    const auto looks = [&](const ConsoleRun& run, qsizetype offset, qsizetype* end) {
        const QColor own = foregroundOf(run.sgr, m_theme);
        RowLayout::Look look {.color = run.escaped ? m_theme.color(Meaning::Tick)
                : own.isValid()                    ? own
                : row.line.typed                   ? m_theme.color(Meaning::Timer)
                : quietly                          ? quiet(row)
                                                   : m_theme.text(),
            .ground = backgroundOf(run.sgr, m_theme),
            .bold = run.sgr.bold,
            .italic = run.sgr.italic || row.future,
            .strike = run.sgr.strike,
            .underline = run.sgr.underline};
        for (const Link& link : links) { // up to the next side of a link's edge
            if (offset >= link.from && offset < link.to) {
                look.underline = true;
                *end = std::min(*end, link.to);
            } else if (offset < link.from) {
                *end = std::min(*end, link.from);
            }
        }
        return look;
    };
    row.layout->paint(painter, QPointF(m_metrics.left, row.y), looks);
}

QRect ConsoleView::countRect(int row, int y) const
{
    const QString count = countOf(row);
    if (count.isEmpty())
        return {};
    const int width = QFontMetrics(uiFont(m_theme, TypeSize::Second)).horizontalAdvance(count) + m_theme.px(12);
    const int height = m_theme.px(18);
    return {viewport()->width() - m_metrics.right - width, y + (m_metrics.line - height) / 2, width, height};
}

bool ConsoleView::isAtCount(int row, const QPoint& point) const
{
    return countRect(row, rectOf(row).top()).contains(point);
}

// How often the row was written over; filled while what was there before is shown, too.
void ConsoleView::paintCount(QPainter& painter, const PaintedRow& row) const
{
    const QRect pill = countRect(row.row, row.y);
    if (pill.isEmpty())
        return;
    const bool opened = isOpened(row.row);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(opened ? m_theme.ink() : m_theme.secondary(), 1));
    painter.setBrush(opened ? m_theme.ink() : m_theme.window());
    painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2.0, pill.height() / 2.0);
    painter.setPen(opened ? m_theme.onInk() : m_theme.text());
    painter.setFont(uiFont(m_theme, TypeSize::Second));
    painter.drawText(pill, Qt::AlignCenter, countOf(row.row));
    painter.restore();
}

void ConsoleView::paintTime(QPainter& painter, const PaintedRow& row) const
{
    if (!row.moment || row.line.continues || row.fold)
        return;
    QFont font = uiFont(m_theme, TypeSize::Second);
    font.setItalic(row.future);
    painter.setFont(font);
    painter.setPen(quiet(row));
    painter.drawText(
        QRect(viewport()->width() - m_metrics.right, row.y, m_metrics.right - m_theme.px(16), m_metrics.line),
        Qt::AlignRight | Qt::AlignVCenter, app::timeText(row.moment->time));
}

} // namespace bistro::ui
