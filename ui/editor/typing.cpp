#include "editor/typing.h"

#include "editor/codeedits.h"
#include "editor/highlighter.h"
#include "editor/longlines.h"
#include "editor/names.h"

#include <QHash>
#include <QPlainTextEdit>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

const QHash<QChar, QChar>& pairs()
{
    static const QHash<QChar, QChar> all {
        {u'(', u')'}, {u'[', u']'}, {u'{', u'}'}, {u'\'', u'\''}, {u'"', u'"'}, {u'`', u'`'}};
    return all;
}

bool isQuote(QChar c)
{
    return c == u'\'' || c == u'"' || c == u'`';
}

} // namespace

bool Typing::isCode(int position) const
{
    return Highlighter::isCode(*m_editor->document(), position);
}

// In a text, a comment and a regular expression a letter stands for itself, as the quote in "it's".
bool Typing::isPaired(const QTextCursor& cursor, QChar opening) const
{
    const auto within = m_highlighter->kindAt(cursor.block(), cursor.positionInBlock());
    if (within == app::LexemeKind::End)
        return true;
    const QChar before = m_editor->document()->characterAt(cursor.position() - 1);
    return within == app::LexemeKind::TemplateText && opening == u'{' && before == u'$';
}

bool Typing::type(QChar letter)
{
    const QTextDocument& document = *m_editor->document();
    QTextCursor cursor = m_editor->textCursor();
    const QChar next = document.characterAt(cursor.selectionEnd());
    const bool closes = letter == u')' || letter == u']' || letter == u'}' || isQuote(letter);
    if (closes && m_own.goOver(cursor, letter, [this](int position) { return isCode(position); })) {
        m_editor->setTextCursor(cursor);
        m_editor->ensureCursorVisible();
        return true;
    }
    if (letter == u'}' && !cursor.hasSelection() && takeIndentBack())
        return true;
    const auto pair = pairs().find(letter);
    if (pair == pairs().end())
        return false;
    if (cursor.hasSelection()) {
        putAround(letter, *pair);
        return true;
    }
    const QChar before = cursor.position() > 0 ? document.characterAt(cursor.position() - 1) : QChar();
    const bool gap = letter == u'{' && before == u'$'; // of a template
    if (isWordLetter(next) || (isQuote(next) && !gap)
        || (isQuote(letter) && (isWordLetter(before) || before == letter || before == u'\\')))
        return false;
    if (!isPaired(cursor, letter))
        return false;
    cursor.insertText(QString(letter) + *pair);
    cursor.movePosition(QTextCursor::Left);
    m_editor->setTextCursor(cursor);
    m_own.add(*m_editor->document(), cursor.position() - 1, cursor.position());
    return true;
}

// A closing brace after nothing but space stands one indentation further left than what it closes.
bool Typing::takeIndentBack()
{
    QTextCursor cursor = m_editor->textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    if (before.isEmpty() || !before.trimmed().isEmpty())
        return false;
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::StartOfBlock);
    cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, static_cast<int>(before.size()));
    cursor.insertText(m_indentation.spaceTo(std::max(m_indentation.columnsOf(before) - m_indentation.width, 0)) + u'}');
    cursor.endEditBlock();
    m_editor->setTextCursor(cursor);
    return true;
}

void Typing::putAround(QChar opening, QChar closing)
{
    QTextCursor cursor = m_editor->textCursor();
    const int start = cursor.selectionStart();
    const int end = cursor.selectionEnd();
    cursor.beginEditBlock(); // what stands between is not touched, however long it is
    cursor.setPosition(end);
    cursor.insertText(closing, QTextCharFormat());
    cursor.setPosition(start);
    cursor.insertText(opening, QTextCharFormat());
    cursor.endEditBlock();
    cursor.setPosition(start + 1);
    cursor.setPosition(end + 1, QTextCursor::KeepAnchor);
    m_editor->setTextCursor(cursor);
}

bool Typing::deleteBack()
{
    QTextCursor cursor = m_editor->textCursor();
    const int position = cursor.position();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    if (m_own.hasBetween(position)) {
        cursor.setPosition(position - 1);
        cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        return true;
    }
    if (!before.isEmpty() && before.trimmed().isEmpty()) { // one indentation
        const int most = (m_indentation.columnsOf(before) - 1) % m_indentation.width + 1;
        int back = 1; // a tab, or spaces
        while (before.back() == u' ' && back < most && before[before.size() - 1 - back] == u' ')
            ++back;
        cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, back);
        cursor.removeSelectedText();
        return true;
    }
    if (cursor.atBlockStart() && position > 0
        && cursor.block().length() + cursor.block().previous().length() > LongLines::kLongest) {
        cursor.beginEditBlock(); // a step that the shortening of the line can become a part of
        cursor.deletePreviousChar();
        cursor.endEditBlock();
        return true;
    }
    return false;
}

bool Typing::goHome(bool selects)
{
    QTextCursor cursor = m_editor->textCursor();
    const QString text = cursor.block().text();
    const auto indent = static_cast<int>(
        std::ranges::find_if(text, [](QChar c) { return !c.isSpace(); }) - text.begin());
    if (cursor.positionInBlock() > indent
        && cursor.block().layout()->lineForTextPosition(cursor.positionInBlock()).lineNumber() != 0)
        return false;
    const int to = cursor.positionInBlock() == indent ? 0 : indent;
    cursor.setPosition(cursor.block().position() + to, selects ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor);
    m_editor->setTextCursor(cursor);
    return true;
}

void Typing::cursorMoved()
{
    const QTextCursor cursor = m_editor->textCursor();
    m_own.keepAround(cursor);
    m_brackets.clear();
    for (const int at : {cursor.position() - 1, cursor.position()}) {
        if (at < 0)
            continue;
        const int match = matchingBracket(*m_editor->document(), at, [this](int p) { return isCode(p); });
        if (match >= 0) {
            m_brackets = {at, match};
            return;
        }
    }
}

} // namespace bistro::ui
