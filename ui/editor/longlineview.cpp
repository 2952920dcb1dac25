#include "editor/longlineview.h"

#include "editor/filling.h"

#include <QPlainTextEdit>

#include <algorithm>
#include <utility>

namespace bistro::ui {

LongLineView::LongLineView(QPlainTextEdit* editor, LongLines* lines, const Filling* filling)
    : QObject(editor)
    , m_editor(editor)
    , m_lines(lines)
    , m_filling(filling)
{
}

// Runs what shows other letters of a line. Gives their place in the document.
int LongLineView::withoutEdit(const std::function<int()>& show)
{
    QTextDocument* const document = m_editor->document();
    const bool modified = document->isModified();
    m_showing = true;
    const int position = show();
    m_showing = false;
    if (!modified)
        document->setModified(false);
    return position;
}

int LongLineView::show(const QTextBlock& block, qsizetype letter, qsizetype count)
{
    if (m_lines->isEmpty() || !LongLines::hasMark(block))
        return block.position() + static_cast<int>(std::clamp<qsizetype>(letter, 0, block.length() - 1));
    const qsizetype length = LongLines::offsetOf(block.position() + block.length() - 1, m_lines->marksIn(block))
        - block.position();
    return withoutEdit([&] { return m_lines->show(block, std::clamp<qsizetype>(letter, 0, length), count); });
}

void LongLineView::showBehind(const LongLines::Mark& mark)
{
    const QTextBlock block = m_editor->document()->findBlock(mark.position);
    QTextCursor cursor = m_editor->textCursor();
    cursor.setPosition(withoutEdit([&] {
        if (mark.position == block.position())
            return m_lines->showUpTo(block, mark.hidden);
        return m_lines->showFrom(block, LongLines::offsetOf(mark.position, m_lines->marksIn(block)) - block.position());
    }));
    m_editor->setTextCursor(cursor);
    m_editor->ensureCursorVisible();
}

void LongLineView::select(qsizetype from, qsizetype length)
{
    QTextCursor cursor(m_editor->document());
    const auto marks = m_lines->marks();
    const int position = LongLines::positionOf(from, marks);
    const int end = LongLines::positionOf(from + length, marks);
    cursor.setPosition(position);
    if (const QTextBlock block = cursor.block();
        !marks.isEmpty() && end < block.position() + block.length()) { // of one line: another part of it can be shown
        const int shown = show(block, from - LongLines::offsetOf(block.position(), marks), length);
        cursor.setPosition(shown);
        const int last = cursor.block().position() + cursor.block().length() - 1;
        cursor.setPosition(static_cast<int>(std::min<qsizetype>(shown + length, last)), QTextCursor::KeepAnchor);
    } else {
        cursor.setPosition(end, QTextCursor::KeepAnchor);
    }
    m_editor->setTextCursor(cursor);
    m_editor->ensureCursorVisible();
}

void LongLineView::changed(int from, int to)
{
    for (QTextBlock block = m_editor->document()->findBlock(from); block.isValid() && block.position() <= to;
        block = block.next()) {
        if (block.length() <= LongLines::kLongest)
            continue;
        if (m_tooLong.isEmpty())
            QMetaObject::invokeMethod(this, &LongLineView::shorten, Qt::QueuedConnection);
        m_tooLong.append(QTextCursor(block));
    }
}

void LongLineView::shorten()
{
    const auto lines = std::exchange(m_tooLong, {});
    for (const QTextCursor& at : lines) {
        const QTextBlock block = at.block();
        if (block.length() <= LongLines::kLongest || m_filling->isActive() || m_editor->document()->isRedoAvailable())
            continue;
        QTextCursor cursor = m_editor->textCursor();
        const bool here = cursor.block() == block;
        const int shown = withoutEdit(
            [&] { return m_lines->shorten(block, here ? cursor.position() : block.position()); });
        if (here) {
            cursor.setPosition(shown);
            m_editor->setTextCursor(cursor);
        }
    }
}

} // namespace bistro::ui
