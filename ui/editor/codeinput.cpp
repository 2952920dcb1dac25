// Keys and mouse of the editor.
#include "editor/codeeditor.h"

#include "editor/codeedits.h"
#include "editor/codelayout.h"
#include "editor/codepainter.h"
#include "editor/completionpopup.h"
#include "editor/findbar.h"
#include "editor/folding.h"
#include "editor/highlighter.h"
#include "editor/longlineview.h"
#include "editor/typing.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {

// --- keys ---

// Bars are the editor's children, so Qt asks the editor about whatever they leave: it is none of the code's.
bool CodeEditor::hasFocusInBar() const
{
    const QWidget* const focus = QApplication::focusWidget();
    return focus && focus != this && focus != viewport() && isAncestorOf(focus);
}

bool CodeEditor::focusNextPrevChild(bool next)
{
    return hasFocusInBar() ? QWidget::focusNextPrevChild(next) : QPlainTextEdit::focusNextPrevChild(next);
}

bool CodeEditor::event(QEvent* event)
{
    const auto type = event->type();
    if ((type == QEvent::ShortcutOverride || type == QEvent::KeyPress || type == QEvent::KeyRelease)
        && hasFocusInBar()) {
        event->ignore();
        return false;
    }
    // These belong to the editor while it has the focus, whatever the window's menus say.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto modifiers = key->modifiers() & ~Qt::KeypadModifier;
        const bool ours = (modifiers == Qt::ControlModifier
                              && (key->key() == Qt::Key_Slash || key->key() == Qt::Key_D || key->key() == Qt::Key_Space
                                  || key->key() == Qt::Key_Y || key->key() == Qt::Key_BracketLeft
                                  || key->key() == Qt::Key_BracketRight))
            || (modifiers == (Qt::ControlModifier | Qt::ShiftModifier)
                && (key->key() == Qt::Key_K || key->key() == Qt::Key_Return))
            || (modifiers == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down))
            || (key->key() == Qt::Key_Escape && (!m_findBar->isHidden() || m_completion->isVisible()));
        if (ours) {
            event->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void CodeEditor::keyPressEvent(QKeyEvent* event)
{
    if ((m_completion->isVisible() && keyForList(*event)) || keyForEditor(*event)
        || (!isReadOnly() && (keyForLines(*event) || keyForEdit(*event))))
        return;
    const QString typed = event->text();
    const auto held = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (!isReadOnly() && typed.size() == 1 && !held && m_typing->type(typed.front())) {
        m_completion->update(false);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    const bool printed = !typed.isEmpty() && typed.front().isPrint();
    if (printed || (event->key() == Qt::Key_Backspace && m_completion->isVisible()))
        m_completion->update(false);
    else
        m_completion->hide();
}

bool CodeEditor::keyForList(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
            return false;
        if (event.key() != Qt::Key_Tab && !m_completion->takesReturn()) {
            m_completion->hide();
            return false; // a new line
        }
        m_completion->takeChosen();
        return true;
    case Qt::Key_Escape: m_completion->hide(); return true;
    default: return false;
    }
}

// What there is a key for whether one may write or not.
bool CodeEditor::keyForEditor(const QKeyEvent& event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool control = modifiers == Qt::ControlModifier;
    const auto run = [](bool asked, const auto& action) {
        if (asked)
            action();
        return asked;
    };
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: return run(control, [this] { emit runRequested(); });
    case Qt::Key_Backtab: return run(true, [this] { unindent(); });
    case Qt::Key_Up: return run(modifiers == Qt::AltModifier, [this] { moveLinesUp(); });
    case Qt::Key_Down: return run(modifiers == Qt::AltModifier, [this] { moveLinesDown(); });
    case Qt::Key_Home:
        return (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier)
            && m_typing->goHome(modifiers == Qt::ShiftModifier);
    case Qt::Key_Space: return run(control, [this] { complete(); });
    case Qt::Key_Slash: return run(control, [this] { toggleComment(); });
    case Qt::Key_D: return run(control, [this] { duplicate(); });
    case Qt::Key_F8: return run(modifiers == Qt::AltModifier && m_marks.problem.has_value(), [this] { goToProblem(); });
    case Qt::Key_Escape: return run(!m_findBar->isHidden(), [this] { m_findBar->close(); });
    default: return false;
    }
}

// What people know from other editors.
bool CodeEditor::keyForLines(const QKeyEvent& event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool control = modifiers == Qt::ControlModifier;
    const bool controlShift = modifiers == (Qt::ControlModifier | Qt::ShiftModifier);
    const bool altShift = modifiers == (Qt::AltModifier | Qt::ShiftModifier);
    if ((event.matches(QKeySequence::Cut) || event.matches(QKeySequence::Copy)) && !textCursor().hasSelection()) {
        const QTextCursor before = textCursor();
        setTextCursor(wholeLines(before)); // the line, as none is selected
        if (event.matches(QKeySequence::Cut)) {
            cut();
        } else {
            copy();
            setTextCursor(before);
        }
        return true;
    }
    const auto run = [](bool asked, const auto& action) {
        if (asked)
            action();
        return asked;
    };
    switch (event.key()) {
    case Qt::Key_Y: return run(control, [this] { redo(); });
    case Qt::Key_K: return run(controlShift, [this] { removeLines(); });
    case Qt::Key_BracketRight: return run(control, [this] { indentLines(textCursor(), 1, m_indentation); });
    case Qt::Key_BracketLeft: return run(control, [this] { unindent(); });
    case Qt::Key_Up: return run(altShift, [this] { duplicateUp(); });
    case Qt::Key_Down: return run(altShift, [this] { duplicate(); });
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return run(controlShift, [this] {
            QTextCursor cursor = textCursor();
            newLineAbove(cursor);
            setTextCursor(cursor);
        });
    default: return false;
    }
}

bool CodeEditor::keyForEdit(const QKeyEvent& event)
{
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        QTextCursor cursor = textCursor();
        newLine(cursor, m_indentation);
        setTextCursor(cursor);
        ensureCursorVisible();
        return true;
    }
    case Qt::Key_Tab: indent(); return true;
    case Qt::Key_Backspace: return !textCursor().hasSelection() && m_typing->deleteBack();
    default: return false;
    }
}

// --- mouse ---

// A row is higher than its letters; for a hit between two rows the base class would take the line's beginning.
QPointF CodeEditor::snapped(const QPointF& point) const
{
    const int rowHeight = m_layout->metrics().rowHeight;
    for (const CodeRow& row : visibleRows()) {
        if (point.y() < row.rect.top() || point.y() >= row.rect.bottom())
            continue;
        const double inside = point.y() - row.rect.top();
        return {point.x(), row.rect.top() + std::floor(inside / rowHeight) * rowHeight + rowHeight / 2.0};
    }
    return point;
}

// Of a line that is shown in part.
std::optional<LongLines::Mark> CodeEditor::markUnder(const QPointF& point) const
{
    if (m_longLines->isEmpty())
        return {};
    const QTextCursor cursor = cursorForPosition(snapped(point).toPoint());
    for (const int position : {cursor.position() - 1, cursor.position()}) {
        const auto mark = m_longLines->markAt(position);
        const QTextBlock block = document()->findBlock(position);
        if (mark && lettersRect(block.blockNumber() + 1, position - block.position() + 1, 1).contains(point))
            return mark;
    }
    return {};
}

CodeEditor::Place CodeEditor::letterAt(const QPointF& point) const
{
    const int line = lineAt(qRound(point.y()));
    if (line == 0)
        return {};
    const int at = cursorForPosition(snapped(point).toPoint()).positionInBlock();
    for (const int column : {at + 1, at}) {
        if (column > 0 && lettersRect(line, column, 1).contains(point))
            return {line, column};
    }
    return {};
}

QString CodeEditor::toolTipAt(const QPointF& point) const
{
    const int line = lineAt(qRound(point.y()));
    const QString about = toolTipAt(line);
    if (line == 0)
        return about;
    QStringList rows;
    if (const LineValues* const values = m_marks.valuesAt(line)) {
        for (const InlineValue& value : values->values)
            rows += plainText(value);
    }
    const auto lines = visibleRows();
    const auto row = std::ranges::find(lines, line, &CodeRow::line);
    if (row != lines.end() && look().areValuesAt(*row, point))
        return (about.isEmpty() ? rows : QStringList(about) + rows).join(u'\n');
    if (!about.isEmpty())
        return about;
    if (const Place letter = letterAt(point); letter.line > 0)
        return m_explainName ? m_explainName(letter.line, letter.column) : QString();
    return rows.join(u'\n');
}

// Whether the mouse has hit something that is no letter.
bool CodeEditor::pressed(const QMouseEvent& event, int line)
{
    m_completion->hide();
    if (const auto mark = event.button() == Qt::LeftButton ? markUnder(event.position()) : std::nullopt) {
        m_longLineView->showBehind(*mark);
        return true;
    }
    if (event.button() == Qt::LeftButton && event.modifiers() == Qt::ControlModifier) {
        if (const Place letter = letterAt(event.position()); letter.line > 0)
            emit nameActivated(letter.line, letter.column);
    }
    const QTextBlock block = line > 0 ? document()->findBlockByNumber(line - 1) : QTextBlock();
    if (block.isValid() && Folding::isFolded(block)) {
        const double end = block.layout()->lineAt(block.layout()->lineCount() - 1).naturalTextRect().right();
        if (event.position().x() > end && event.position().x() < end + m_theme.px(34))
            setFolded(block, false);
    }
    return false;
}

bool CodeEditor::viewportEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const int line = lineAt(qRound(mouse->position().y()));
        if (event->type() == QEvent::MouseMove && std::exchange(m_hovered, line) != line)
            emit lineHovered(line);
        if (event->type() == QEvent::MouseButtonPress && pressed(*mouse, line))
            return true;
        QMouseEvent moved(mouse->type(), snapped(mouse->position()), mouse->globalPosition(), mouse->button(),
            mouse->buttons(), mouse->modifiers(), mouse->pointingDevice());
        moved.setTimestamp(mouse->timestamp());
        const bool handled = QPlainTextEdit::viewportEvent(&moved);
        event->setAccepted(moved.isAccepted());
        return handled;
    }
    case QEvent::Leave:
        if (std::exchange(m_hovered, 0) != 0)
            emit lineHovered(0);
        break;
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = markUnder(help->pos())
            ? tr("This line is too long to show whole. Click to see its next part. Bistro keeps and saves all of it.")
            : toolTipAt(QPointF(help->pos()));
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    default: break;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void CodeEditor::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        if (event->angleDelta().y() != 0)
            emit zoomRequested(event->angleDelta().y() > 0 ? 1 : -1);
        event->accept();
        return;
    }
    QPlainTextEdit::wheelEvent(event);
}

void CodeEditor::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        m_completion->hide();
    updateAll();
}

void CodeEditor::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos()); // not exec(): nothing waits
}

} // namespace bistro::ui
