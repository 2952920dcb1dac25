// The keys of the bar that finds.
#include "editor/findbar.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

#include <utility>

namespace bistro::ui {

// No key that somebody types here is the code's, which is this bar's parent and would be asked next.
bool FindBar::event(QEvent* event)
{
    const bool handled = QWidget::event(event);
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        const auto* const key = static_cast<QKeyEvent*>(event);
        const bool changesCode = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)
            || key->matches(QKeySequence::Cut) || key->matches(QKeySequence::Paste)
            || key->matches(QKeySequence::SelectAll)
            || (key->modifiers() == Qt::ControlModifier
                && (key->key() == Qt::Key_Slash || key->key() == Qt::Key_Space || key->key() == Qt::Key_Y));
        event->setAccepted(changesCode);
        return changesCode || handled;
    }
    case QEvent::KeyPress: {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape)
            close();
        else if (auto* const button = qobject_cast<QToolButton*>(focusWidget());
            button && (key == Qt::Key_Return || key == Qt::Key_Enter))
            button->click();
        event->accept();
        return true;
    }
    case QEvent::KeyRelease:
    case QEvent::ContextMenu: event->accept(); return true;
    default: return handled;
    }
}

// Round the bar, in the order of what one does: what, with what, how, and then the buttons. Escape leads out.
bool FindBar::focusNextPrevChild(bool next)
{
    QList<QWidget*> stops {
        m_what, m_with, m_case, m_word, m_expression, m_previous, m_next, m_replaceOne, m_replaceAll, m_close};
    stops.removeIf([](const QWidget* stop) { return stop->isHidden() || !stop->isEnabled(); });
    const auto at = stops.indexOf(focusWidget());
    const auto to = at < 0 ? 0 : (at + (next ? 1 : -1) + stops.size()) % stops.size();
    stops.at(to)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    // While one types here these are the bar's and not a menu's.
    if (key->modifiers() == Qt::AltModifier && m_mode != Mode::GoToLine) {
        for (const auto& [letter, option] :
            {std::pair(Qt::Key_C, m_case), {Qt::Key_W, m_word}, {Qt::Key_R, m_expression}}) {
            if (key->key() != letter)
                continue;
            if (event->type() == QEvent::KeyPress)
                option->toggle();
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ShortcutOverride) {
        if (key->key() == Qt::Key_Escape)
            event->accept();
        return QWidget::eventFilter(watched, event);
    }
    switch (key->key()) {
    case Qt::Key_Escape: close(); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_mode == Mode::GoToLine)
            close();
        else if (key->modifiers() == (Qt::ControlModifier | Qt::AltModifier))
            replaceAll();
        else if (watched == m_with)
            replaceOne();
        else if (key->modifiers().testFlag(Qt::ShiftModifier))
            findPrevious();
        else
            findNext();
        return true;
    default: return QWidget::eventFilter(watched, event);
    }
}

} // namespace bistro::ui
