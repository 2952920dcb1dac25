// How the rows of an order look: at rest, under the pointer, with the keyboard, carried.
#include "course/coursepaint.h"
#include "course/orderrows.h"
#include "theme/fonts.h"

#include <QPaintEvent>
#include <QPainter>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

QStringList moveKeys()
{
    return {OrderRows::tr("Alt"), u"↑"_s, u"↓"_s};
}

// A soft edge below what is lifted.
void paintShadow(QPainter& painter, const QRectF& box, double radius, const Theme& theme)
{
    QColor color(Qt::black);
    painter.setPen(Qt::NoPen);
    for (int i = 4; i > 0; --i) {
        color.setAlphaF(theme.isDark() ? 0.16f : 0.05f);
        painter.setBrush(color);
        const double out = theme.zoom() * i;
        painter.drawRoundedRect(
            box.adjusted(-out, -out, out, out).translated(0, theme.zoom() * 3), radius + out, radius + out);
    }
}

} // namespace

int OrderRows::shownPlace(int row) const
{
    if (!isCarrying())
        return row;
    if (m_drag->from < row && row <= m_drag->to)
        return row - 1;
    return m_drag->to <= row && row < m_drag->from ? row + 1 : row;
}

void OrderRows::paintRow(QPainter& painter, int row, const QRect& box, bool carried) const
{
    const GuessRowView& it = m_rows[row];
    const auto px = [this](double at100) { return m_theme.px(at100); };
    const bool keys = !m_locked && (carried || (hasFocus() && m_byKeys && row == m_current && !isCarrying()));
    const bool hovered = row == m_hovered && !m_locked && !isCarrying();
    // As one reads from the left; where one reads from the right it is mirrored within the box.
    const auto part = [&](int left, int right) {
        return visualRect(QRect(left, 0, std::max(0, right - left), box.height()), box.width(), layoutDirection())
            .translated(box.topLeft());
    };
    const double half = carried ? m_theme.zoom() : 0.5;
    painter.setPen(QPen(carried || hovered ? m_theme.ink() : m_theme.border(), carried ? m_theme.zoom() * 2 : 1));
    painter.setBrush(m_locked ? m_theme.sunken() : m_theme.raised());
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), px(8), px(8));
    if (!m_locked)
        paintGrip(painter, part(px(9), px(17)), hovered || carried ? m_theme.text() : m_theme.later());
    const QRect mark = part(px(25), px(39));
    const double side = m_theme.zoom() * 12;
    QRectF square(0, 0, side, side);
    square.moveCenter(QRectF(mark).center());
    paintKindMark(painter, it.kind, square, m_theme);

    int right = box.width() - px(10);
    const QFont small = uiFont(m_theme, TypeSize::Second);
    const QFontMetrics metrics(small);
    const int least = px(46) + px(80);
    const auto fits = [&](int width) { return right - width - px(8) >= least; };
    painter.setFont(small);
    painter.setPen(m_theme.secondary());
    if (const int caps = keyCapsWidth(moveKeys(), m_theme); keys && fits(caps)) {
        QRect there = part(right - caps, right);
        there.setHeight(px(18));
        there.moveTop(box.top() + (box.height() - px(18)) / 2);
        paintKeyCaps(painter, there, moveKeys(), m_theme);
        right -= caps + px(8);
        if (const int word = metrics.horizontalAdvance(tr("move")) + 1; fits(word)) {
            painter.drawText(part(right - word, right), trailing(layoutDirection()), tr("move"));
            right -= word + px(8);
        }
    } else if (const int where = metrics.horizontalAdvance(it.where) + 1; !it.where.isEmpty() && fits(where)) {
        painter.drawText(part(right - where, right), trailing(layoutDirection()), it.where);
        right -= where + px(8);
    }
    const QRect text = part(px(46), right);
    const QFont code = codeFont(m_theme);
    painter.setFont(code);
    painter.setPen(m_theme.text());
    painter.drawText(
        text, leading(layoutDirection()), QFontMetrics(code).elidedText(it.text, Qt::ElideRight, text.width()));
}

void OrderRows::paintCarried(QPainter& painter) const
{
    const QRect slot = boxOf(m_drag->to);
    painter.setBrush(Qt::NoBrush);
    QPen dashed(m_theme.secondary(), 1);
    dashed.setDashPattern({4, 3});
    painter.setPen(dashed);
    painter.drawRoundedRect(QRectF(slot).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(8), m_theme.px(8));
    const int aside = isRightToLeft() ? -m_theme.px(8) : m_theme.px(8);
    const QRect box = boxOf(m_drag->from).translated(aside, m_drag->y - m_theme.px(2));
    paintShadow(painter, box, m_theme.px(8), m_theme);
    paintRow(painter, m_drag->from, box, true);
}

void OrderRows::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const OrderRowsLayout layout = rowsLayout();
    const int count = static_cast<int>(m_rows.size());
    const int out = m_theme.px(6);
    for (int row = 0; row < count; ++row) {
        if (!event->rect().intersects(layout.box(row).adjusted(-width(), -out, width(), out)))
            continue;
        paintRoundel(painter, visualRect(layout.place(row), width(), layoutDirection()), QString::number(row + 1),
            m_theme, false);
    }
    for (int row = 0; row < count; ++row) {
        const QRect box = boxOf(shownPlace(row));
        if ((isCarrying() && row == m_drag->from) || !event->rect().intersects(box.adjusted(0, -out, 0, out)))
            continue;
        paintRow(painter, row, box, false);
    }
    if (isCarrying())
        paintCarried(painter);
    else if (hasFocus() && m_byKeys && m_current < count)
        paintFocusRing(painter, boxOf(m_current), m_theme.px(8), m_theme);
}

} // namespace bistro::ui
