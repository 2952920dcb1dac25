// The commands of the menus, and of keys.
#include "editor/codeeditor.h"

#include "editor/codeedits.h"
#include "editor/codelayout.h"
#include "editor/completionpopup.h"
#include "editor/findbar.h"
#include "editor/folding.h"
#include "editor/highlighter.h"
#include "editor/typing.h"

#include <QAccessible>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace bistro::ui {

void CodeEditor::toggleComment()
{
    if (isReadOnly())
        return;
    const QString language = m_highlighter->language();
    const bool markup = language == "HTML"_L1 || language == "Markdown"_L1 || language == "XML"_L1;
    const QTextCursor cursor = textCursor();
    if (markup)
        bistro::ui::toggleComment(cursor, u"<!--"_s, u"-->"_s);
    else
        bistro::ui::toggleComment(cursor);
}

void CodeEditor::moveLinesUp()
{
    QTextCursor cursor = textCursor();
    if (!isReadOnly() && moveLines(cursor, -1))
        setTextCursor(cursor);
}

void CodeEditor::moveLinesDown()
{
    QTextCursor cursor = textCursor();
    if (!isReadOnly() && moveLines(cursor, 1))
        setTextCursor(cursor);
}

void CodeEditor::duplicate()
{
    if (isReadOnly())
        return;
    QTextCursor cursor = textCursor();
    duplicateLines(cursor);
    setTextCursor(cursor);
}

void CodeEditor::duplicateUp()
{
    if (isReadOnly())
        return;
    const QTextCursor before = textCursor();
    const int anchor = before.anchor();
    const int position = before.position();
    QTextCursor cursor = before;
    duplicateLines(cursor);
    cursor.setPosition(anchor);
    cursor.setPosition(position, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void CodeEditor::removeLines()
{
    if (isReadOnly())
        return;
    QTextCursor cursor = textCursor();
    deleteLines(cursor);
    setTextCursor(cursor);
}

void CodeEditor::indent()
{
    QTextCursor cursor = textCursor();
    if (cursor.hasSelection()
        && document()->findBlock(cursor.selectionStart()) != document()->findBlock(cursor.selectionEnd())) {
        indentLines(cursor, 1, m_indentation);
        return;
    }
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    const int column = m_indentation.columnsOf(QStringView(cursor.block().text()).first(cursor.positionInBlock()));
    cursor.insertText(
        m_indentation.tabs ? m_indentation.unit() : QString(m_indentation.width - column % m_indentation.width, u' '));
    cursor.endEditBlock();
}

void CodeEditor::unindent()
{
    if (!isReadOnly())
        indentLines(textCursor(), -1, m_indentation);
}

void CodeEditor::goToBracket()
{
    if (const QList<int> brackets = m_typing->brackets(); brackets.size() == 2) {
        QTextCursor cursor = textCursor();
        cursor.setPosition(brackets.at(1));
        setTextCursor(cursor);
    }
}

void CodeEditor::find()
{
    m_findBar->open(FindBar::Mode::Find);
}
void CodeEditor::replace()
{
    m_findBar->open(FindBar::Mode::Replace);
}
void CodeEditor::goToLine()
{
    m_findBar->open(FindBar::Mode::GoToLine);
}
void CodeEditor::findNext()
{
    m_findBar->findNext();
}
void CodeEditor::findPrevious()
{
    m_findBar->findPrevious();
}

void CodeEditor::complete()
{
    m_completion->update(true);
}
QCompleter& CodeEditor::completer() const
{
    return m_completion->completer();
}

// --- folding ---

void CodeEditor::setFolded(const QTextBlock& block, bool folded)
{
    m_folding->setFolded(block, folded);
    tellFold(block);
    updateAll();
}

void CodeEditor::tellFold(const QTextBlock& block)
{
    const QString text = Folding::isFolded(block)
        ? tr("Line %1, folded, %n lines", nullptr, Folding::hiddenBy(block)).arg(block.blockNumber() + 1)
        : tr("Line %1, open").arg(block.blockNumber() + 1);
    QAccessibleAnnouncementEvent event(this, text);
    QAccessible::updateAccessibility(&event);
}

void CodeEditor::fold()
{
    m_highlighter->finish();
    if (const QTextBlock block = m_folding->meantBy(textCursor().block()); block.isValid())
        setFolded(block, true);
}

void CodeEditor::unfold()
{
    const QTextBlock block = textCursor().block();
    if (Folding::isFolded(block))
        setFolded(block, false);
}

void CodeEditor::toggleFoldAt(int line)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (block.isValid() && (Folding::isFolded(block) || m_folding->canFold(block)))
        setFolded(block, !Folding::isFolded(block));
}

void CodeEditor::foldAll()
{
    m_layout->setHeld(true); // one look at all lines is enough
    m_folding->foldAll();
    m_layout->setHeld(false);
    document()->markContentsDirty(0, document()->characterCount());
    updateAll();
    ensureCursorVisible();
}

void CodeEditor::unfoldAll()
{
    m_layout->setHeld(true);
    m_folding->unfoldAll();
    m_layout->setHeld(false);
    document()->markContentsDirty(0, document()->characterCount());
    updateAll();
    ensureCursorVisible();
}

} // namespace bistro::ui
