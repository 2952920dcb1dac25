#include "course/orderrows.h"

#include "course/coursepaint.h"

#include <QHelpEvent>
#include <QToolTip>
#include <QtMath>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

OrderRowsLayout OrderRowsLayout::of(const Theme& theme, int width, bool compact)
{
    return {.width = width,
        .margin = theme.px(16),
        .rowHeight = theme.px(compact ? 24 : 28),
        .pitch = theme.px(compact ? 26 : 32),
        .roundel = theme.px(20),
        .outer = theme.px(6)};
}

QRect OrderRowsLayout::place(int row) const
{
    return {margin, outer + row * pitch + (rowHeight - roundel) / 2, roundel, roundel};
}

QRect OrderRowsLayout::box(int row) const
{
    const int left = margin + roundel + margin / 2;
    return {left, outer + row * pitch, std::max(1, width - margin - left), rowHeight};
}

int OrderRowsLayout::nearest(int y, int rows) const
{
    return std::clamp(
        qFloor(static_cast<double>(y - outer + (pitch - rowHeight) / 2) / pitch), 0, std::max(0, rows - 1));
}

int OrderRowsLayout::at(int y, int rows) const
{
    if (rows == 0 || y < 0 || y >= height(rows))
        return -1;
    const int row = nearest(y, rows);
    const QRect there = box(row);
    return y >= there.top() && y <= there.bottom() ? row : -1;
}

OrderRows::OrderRows(QWidget* parent)
    : QWidget(parent)
{
    installSpokenRows();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Your order"));
    setAccessibleDescription(tr("Up and Down go to a line. Alt with them moves it. A digit sends it to that place."));
}

void OrderRows::setTheme(const Theme& theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

void OrderRows::setCompact(bool on)
{
    if (on == m_compact)
        return;
    m_compact = on;
    updateGeometry();
    update();
}

void OrderRows::setLocked(bool on)
{
    if (on == m_locked)
        return;
    m_locked = on;
    dropDrag();
    unsetCursor();
    update();
}

void OrderRows::setRows(const QList<GuessRowView>& rows)
{
    if (rows == m_rows)
        return;
    const bool sameCount = rows.size() == m_rows.size();
    const QList<GuessRowView> before = m_rows;
    const int wasAt = m_current;
    const int id = m_current >= 0 && m_current < before.size() ? before[m_current].row : -1;
    dropDrag();
    m_rows = rows;
    const auto found = std::ranges::find(m_rows, id, &GuessRowView::row);
    m_current = found != m_rows.end() && sameCount ? static_cast<int>(found - m_rows.begin()) : 0;
    m_hovered = -1;
    if (!sameCount) {
        spokenRowsChanged(this);
        updateGeometry();
        update();
        return;
    }
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row] != before[row]) {
            updateRow(row);
            spokenRowRenamed(this, row);
        }
    }
    if (m_current != wasAt) {
        updateRow(wasAt);
        updateRow(m_current);
        spokenRowFocused(this, m_current);
        emit currentShown(spokenRect(m_current));
    }
}

OrderRowsLayout OrderRows::rowsLayout() const
{
    return OrderRowsLayout::of(m_theme, width(), m_compact);
}

int OrderRows::heightForWidth(int width) const
{
    return OrderRowsLayout::of(m_theme, width, m_compact).height(static_cast<int>(m_rows.size()));
}

QSize OrderRows::sizeHint() const
{
    return {m_theme.px(416), heightForWidth(m_theme.px(416))};
}

QRect OrderRows::boxOf(int row) const
{
    return visualRect(rowsLayout().box(row), width(), layoutDirection());
}

int OrderRows::spokenAt(const QPoint& point) const
{
    const int row = rowsLayout().at(point.y(), static_cast<int>(m_rows.size()));
    return row >= 0 && boxOf(row).contains(point) ? row : -1;
}

QString OrderRows::spokenName(int row) const
{
    const GuessRowView& it = m_rows[row];
    QStringList words {it.text, kindInWords(it.kind)};
    if (!it.where.isEmpty())
        words << it.where;
    const QString place = tr("Place %1 of %2: %3.").arg(row + 1).arg(m_rows.size()).arg(words.join(u", "_s));
    return m_locked ? place : place + u' ' + tr("Alt and arrows move it.");
}

void OrderRows::goToRow(int row)
{
    if (m_rows.isEmpty())
        return;
    const int now = std::clamp(row, 0, static_cast<int>(m_rows.size()) - 1);
    if (now != m_current) {
        updateRow(m_current);
        m_current = now;
        updateRow(m_current);
    }
    spokenRowFocused(this, m_current);
    emit currentShown(boxOf(m_current));
}

void OrderRows::askMove(int from, int to)
{
    if (m_locked || m_rows.isEmpty())
        return;
    const int place = std::clamp(to, 0, static_cast<int>(m_rows.size()) - 1);
    if (place != from)
        emit moveAsked(from, place);
}

void OrderRows::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool alone = modifiers == Qt::NoModifier;
    const bool alt = modifiers == Qt::AltModifier;
    const int key = event->key();
    m_byKeys = true;
    if (key == Qt::Key_Escape && m_drag)
        dropDrag();
    else if ((key == Qt::Key_Up || key == Qt::Key_Down) && (alone || alt)) {
        const int to = m_current + (key == Qt::Key_Up ? -1 : 1);
        if (alt)
            askMove(m_current, to);
        else
            goToRow(to);
    } else if ((key == Qt::Key_Home || key == Qt::Key_End) && (alone || alt)) {
        const int to = key == Qt::Key_Home ? 0 : static_cast<int>(m_rows.size()) - 1;
        if (alt)
            askMove(m_current, to);
        else
            goToRow(to);
    } else if (alone && key >= Qt::Key_1 && key <= Qt::Key_9 && key - Qt::Key_1 < m_rows.size())
        askMove(m_current, key - Qt::Key_1);
    else {
        QWidget::keyPressEvent(event);
        return;
    }
    updateRow(m_current);
}

void OrderRows::mousePressEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    const int row = spokenAt(at);
    if (event->button() != Qt::LeftButton || row < 0) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_byKeys = false;
    goToRow(row);
    if (!m_locked)
        m_drag = Drag {.from = row, .to = row, .pressedAt = at};
}

void OrderRows::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (!m_drag) {
        hover(spokenAt(at));
        return;
    }
    if (!m_drag->carried && (at - m_drag->pressedAt).manhattanLength() < m_theme.px(4))
        return;
    m_drag->carried = true;
    setCursor(Qt::ClosedHandCursor);
    const OrderRowsLayout layout = rowsLayout();
    const int count = static_cast<int>(m_rows.size());
    m_drag->y = std::clamp(
        at.y() - m_drag->pressedAt.y(), -m_drag->from * layout.pitch, (count - 1 - m_drag->from) * layout.pitch);
    m_drag->to = layout.nearest(layout.box(m_drag->from).center().y() + m_drag->y, count);
    emit currentShown(boxOf(m_drag->to));
    update();
}

void OrderRows::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_drag) {
        QWidget::mouseReleaseEvent(event);
        return;
    }
    const Drag drag = *m_drag;
    dropDrag();
    if (drag.carried)
        askMove(drag.from, drag.to);
    hover(spokenAt(event->position().toPoint()));
}

void OrderRows::dropDrag()
{
    if (!m_drag)
        return;
    m_drag.reset();
    unsetCursor();
    update();
}

void OrderRows::hover(int row)
{
    const int now = m_locked ? -1 : row;
    if (now >= 0)
        setCursor(Qt::OpenHandCursor);
    else
        unsetCursor();
    if (now == m_hovered)
        return;
    updateRow(m_hovered);
    m_hovered = now;
    updateRow(m_hovered);
}

void OrderRows::leaveEvent(QEvent* event)
{
    hover(-1);
    QWidget::leaveEvent(event);
}

void OrderRows::focusInEvent(QFocusEvent* event)
{
    // A window that comes back, and a menu that goes, leave it as it was.
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        m_byKeys = event->reason() != Qt::MouseFocusReason;
    updateRow(m_current);
    spokenRowFocused(this, m_current);
    if (m_byKeys && !m_rows.isEmpty())
        emit currentShown(boxOf(m_current));
}

void OrderRows::focusOutEvent(QFocusEvent*)
{
    dropDrag();
    updateRow(m_current);
}

// With what lies outside of it: ring and shadow.
void OrderRows::updateRow(int row)
{
    if (row < 0 || row >= m_rows.size())
        return;
    const int out = m_theme.px(6);
    const OrderRowsLayout layout = rowsLayout();
    update(QRect(0, layout.box(row).top() - out, width(), layout.rowHeight + 2 * out));
}

// A text that does not fit is said by a tip. Alt and arrows move a row here, whatever they do in the window.
bool OrderRows::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        const bool moves = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down || key->key() == Qt::Key_Home
            || key->key() == Qt::Key_End;
        if (moves && (key->modifiers() & ~Qt::KeypadModifier) == Qt::AltModifier) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const int row = spokenAt(help->pos());
        QToolTip::showText(help->globalPos(), row >= 0 && !isCarrying() ? m_rows[row].text : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace bistro::ui
