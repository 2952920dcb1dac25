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
    if (isWordLetter(next) || isQuote(next)
        || (isQuote(letter) && (isWordLetter(before) || before == letter || before == u'\\')))
        return false;
    // A quote within a text or comment, as in "it's", stands alone. Asked of the letter before: this one is not there
    // yet.
    if (isQuote(letter) && cursor.positionInBlock() > 0 && !isCode(cursor.position() - 1) && !isQuote(before))
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
    cursor.movePosition(
        QTextCursor::Left, QTextCursor::KeepAnchor, std::min<int>(kIndent, static_cast<int>(before.size())));
    cursor.insertText(u"}"_s);
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
    const QTextDocument& document = *m_editor->document();
    QTextCursor cursor = m_editor->textCursor();
    const int position = cursor.position();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    if (position > 0 && pairs().value(document.characterAt(position - 1)) == document.characterAt(position)
        && document.characterAt(position) != QChar()) {
        cursor.setPosition(position - 1);
        cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        return true;
    }
    if (!before.isEmpty() && before.count(u' ') == before.size()) { // one indentation
        const auto back = static_cast<int>((before.size() - 1) % kIndent) + 1;
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
