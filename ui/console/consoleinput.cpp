// What hands and keys do in a ConsoleView.
#include "console/consoleview.h"

#include <QAccessible>
#include <QApplication>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <cstdlib>

namespace bistro::ui {

void ConsoleView::activate(int row)
{
    const app::Index event = m_model->line(row).event;
    if (event != app::kNoEvent)
        emit momentRequested(event);
}

void ConsoleView::setCurrent(int row, bool extend)
{
    if (!m_model || m_heights.rows() == 0)
        return;
    const int before = m_current;
    m_current = shownRow(std::clamp(row, 0, m_heights.rows() - 1));
    if (!isShown(m_current))
        m_current = rowBeside(m_current, true);
    if (extend) {
        if (m_anchor == m_caret)
            m_anchor = {std::max(before, 0), 0};
        const bool down = m_current >= m_anchor.row;
        m_anchor = down ? Position {shownRow(m_anchor.row), 0} : endOf(shownRow(m_anchor.row));
        m_caret = down ? endOf(m_current) : Position {m_current, 0};
    } else {
        m_anchor = m_caret = {m_current, 0};
    }
    showRow(m_current);
    tellCurrent();
    viewport()->update();
}

void ConsoleView::tellCurrent()
{
    if (!QAccessible::isActive() || m_current < 0)
        return;
    QAccessibleAnnouncementEvent event(this, nameOf(m_current));
    QAccessible::updateAccessibility(&event);
    consoleRowFocused(this, m_current);
}

void ConsoleView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const auto position = positionAt(event->position().toPoint());
    if (!position)
        return;
    constexpr Qt::KeyboardModifiers kMore = Qt::ControlModifier | Qt::ShiftModifier;
    if (isAtMark(event->position().toPoint()) && (event->modifiers() & kMore)) {
        const int row = rowAt(event->position().toPoint());
        if (row < 0)
            return;
        m_current = row;
        m_anchor = m_caret = {row, 0};
        choose(row, event->modifiers());
        return;
    }
    m_pressedAt = event->position().toPoint();
    m_dragging = true;
    m_dragged = false;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_caret = *position;
        m_dragged = true;
    } else {
        m_anchor = m_caret = *position;
    }
    m_current = std::max(rowAt(m_pressedAt), 0);
    viewport()->update();
}

void ConsoleView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint point = event->position().toPoint();
    if (!m_dragging) {
        // What a click does: leads to the line's moment or a link's place. Where it leads nowhere, letters are there to
        // be taken.
        const int row = rowAt(point);
        const bool leads = linkAt(point)
            || (row >= 0 && (m_model->line(row).event != app::kNoEvent || isFold(row) || isAtCount(row, point)));
        viewport()->setCursor(leads ? Qt::PointingHandCursor
                : row < 0 || point.x() < m_metrics.left || point.x() > viewport()->width() - m_metrics.right
                ? Qt::ArrowCursor
                : Qt::IBeamCursor);
        return;
    }
    if (!m_dragged && (point - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
        return;
    m_dragged = true;
    viewport()->setCursor(Qt::IBeamCursor);
    if (const auto position = positionAt(point))
        m_caret = *position;
    if (point.y() < 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() - 1);
    else if (point.y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + 1);
    viewport()->update();
}

void ConsoleView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_dragging)
        return;
    m_dragging = false;
    if (m_dragged)
        return;
    const QPoint point = event->position().toPoint();
    if (const auto link = linkAt(point)) {
        emit linkActivated(link->file, link->line, link->column);
        return;
    }
    if (const int row = rowAt(point); row >= 0) {
        if (isFold(row) || isAtCount(row, point)) {
            setOpened(row, !isOpened(row));
            return;
        }
        choose(row, {});
        activate(row);
    }
}

void ConsoleView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto position = positionAt(event->position().toPoint());
    if (!position || event->button() != Qt::LeftButton)
        return;
    if (isFold(position->row))
        return;
    const QString text = m_model->textOf(position->row).plain();
    const auto isWord = [&](qsizetype i) { return text[i].isLetterOrNumber() || text[i] == u'_' || text[i] == u'$'; };
    qsizetype from = std::min(position->offset, text.size());
    qsizetype to = from;
    while (from > 0 && isWord(from - 1))
        --from;
    while (to < text.size() && isWord(to))
        ++to;
    m_anchor = {position->row, from};
    m_caret = {position->row, to};
    m_dragging = m_dragged = true;
    viewport()->update();
}

// So many rows that are seen, down or up.
void ConsoleView::walk(int rows, bool extend)
{
    int row = m_current < 0 ? m_heights.rows() - 1 : m_current;
    if (m_heights.rows() == 0)
        return;
    for (int i = m_current < 0 ? 1 : 0; i < std::abs(rows); ++i)
        row = rowBeside(row, rows > 0);
    setCurrent(row, extend);
}

// Opens what is folded in the row; goes to its moment.
void ConsoleView::enter()
{
    if (m_current < 0 || m_current >= m_heights.rows())
        return;
    if (isFold(m_current) || (m_model->overwritten(m_current).count > 0 && !isOpened(m_current)))
        setOpened(m_current, true);
    else
        activate(m_current);
}

void ConsoleView::press(int row)
{
    setCurrent(row, false);
    enter();
}

void ConsoleView::keyPressEvent(QKeyEvent* event)
{
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const int page = std::max(verticalScrollBar()->pageStep() - 1, 1);
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->matches(QKeySequence::Find)) {
        emit findRequested();
    } else {
        switch (event->key()) {
        case Qt::Key_Up: walk(-1, extend); break;
        case Qt::Key_Down: walk(1, extend); break;
        case Qt::Key_PageUp: walk(-page, extend); break;
        case Qt::Key_PageDown: walk(page, extend); break;
        case Qt::Key_Right:
        case Qt::Key_Left:
            if (extend || !setOpened(m_current, event->key() == Qt::Key_Right)) {
                QAbstractScrollArea::keyPressEvent(event);
                return;
            }
            break;
        case Qt::Key_Home: setCurrent(0, extend); break;
        case Qt::Key_End:
            setCurrent(m_heights.rows() - 1, extend);
            if (!m_place)
                m_followsEnd = true;
            break;
        case Qt::Key_Space: choose(m_current, Qt::ControlModifier); break;
        case Qt::Key_Return:
        case Qt::Key_Enter: enter(); break;
        case Qt::Key_Escape:
            if (m_anchor == m_caret && m_hits.text().isEmpty() && m_chosen.size() < 2) { // it is for somebody else
                QAbstractScrollArea::keyPressEvent(event);
                return;
            }
            m_anchor = m_caret;
            forgetChoice();
            emit findEnded();
            find({}, false, Direction::AsTyped);
            break;
        default: QAbstractScrollArea::keyPressEvent(event); return;
        }
    }
    event->accept();
}

void ConsoleView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const QKeySequence& key, auto what) {
        QAction* const action = menu->addAction(text);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, what);
        return action;
    };
    const int row = event->reason() == QContextMenuEvent::Mouse ? rowAt(event->pos()) : m_current;
    add(tr("&Go to this moment"), Qt::Key_Return, [this, row] {
        if (row >= 0 && row < m_heights.rows())
            activate(row);
    })->setEnabled(row >= 0 && row < m_heights.rows() && m_model->line(row).event != app::kNoEvent);
    const auto asked = askedLines(row);
    add(asked ? tr("&Why line %1 before line %2?").arg(asked->first).arg(asked->second)
              : tr("&Why one line before another? Choose two"),
        {}, [this, asked] { emit beforeAsked(asked->first, asked->second); })
        ->setEnabled(asked.has_value());
    if (foldOf(row)) {
        const bool opened = isOpened(foldOf(row)->first);
        add(opened ? tr("Close &Fold") : tr("Open &Fold"), opened ? Qt::Key_Left : Qt::Key_Right,
            [this, row, opened] { setOpened(row, !opened); });
    }
    menu->addSeparator();
    add(tr("&Copy"), QKeySequence::Copy, [this] { copy(); })->setEnabled(m_anchor != m_caret);
    add(tr("Select &All"), QKeySequence::SelectAll, [this] { selectAll(); });
    add(tr("&Find…"), QKeySequence::Find, [this] { emit findRequested(); });
    menu->addSeparator();
    add(tr("C&lear"), {}, [this] { emit clearRequested(); });
    const bool byKey = event->reason() != QContextMenuEvent::Mouse && row >= 0;
    menu->popup(
        byKey ? viewport()->mapToGlobal(rectOf(row).bottomLeft() + QPoint(m_metrics.left, 0)) : event->globalPos());
}

} // namespace bistro::ui
