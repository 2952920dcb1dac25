#include "editor/ownclosings.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace bistro::ui {
namespace {

constexpr int kFarthest = 200'000; // letters: one does not wait for a bracket

// What was opened like this pair since its beginning, and not closed: its partner is the next one, not the pair's.
bool isOpenWithin(const QTextDocument& document, int opening, int end, QChar first, QChar last,
    const std::function<bool(int)>& isCode)
{
    const bool code = isCode(opening);
    int depth = 0;
    QTextCursor between(document.firstBlock());
    between.setPosition(opening + 1);
    between.setPosition(end, QTextCursor::KeepAnchor);
    const QString text = between.selectedText();
    for (int i = 0; i < text.size(); ++i) {
        if ((text[i] == first || text[i] == last) && isCode(opening + 1 + i) == code)
            depth += text[i] == first ? 1 : -1;
    }
    return depth > 0;
}

bool isEscaped(const QTextDocument& document, int position)
{
    int backslashes = 0;
    while (position - backslashes > 0 && document.characterAt(position - backslashes - 1) == u'\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

} // namespace

void OwnClosings::add(QTextDocument& document, int opening, int closing)
{
    Pair pair {.opening = QTextCursor(&document),
        .closing = QTextCursor(&document),
        .first = document.characterAt(opening),
        .last = document.characterAt(closing)};
    pair.opening.setPosition(opening);
    pair.closing.setPosition(closing);
    m_pairs.append(pair);
}

bool OwnClosings::isWhole(const Pair& pair)
{
    const QTextDocument* const document = pair.opening.document();
    return document && pair.opening.position() < pair.closing.position()
        && document->characterAt(pair.opening.position()) == pair.first
        && document->characterAt(pair.closing.position()) == pair.last;
}

void OwnClosings::keepAround(const QTextCursor& cursor)
{
    const int position = cursor.position();
    m_pairs.removeIf([position](const Pair& pair) {
        return !isWhole(pair) || position <= pair.opening.position() || position > pair.closing.position();
    });
}

bool OwnClosings::hasBetween(int position) const
{
    return std::ranges::any_of(m_pairs, [position](const Pair& pair) {
        return isWhole(pair) && pair.opening.position() == position - 1 && pair.closing.position() == position;
    });
}

bool OwnClosings::goOver(QTextCursor& cursor, QChar typed, const std::function<bool(int)>& isCode) const
{
    if (cursor.hasSelection())
        return false;
    const QTextDocument& document = *cursor.document();
    const int here = cursor.position();
    const QTextBlock block = cursor.block();
    const QString line = block.text();
    int there = here;
    const bool alone = !line.isEmpty() && line.trimmed().isEmpty(); // an indented line, waiting for code
    while (document.characterAt(there) == u' ' || document.characterAt(there) == u'\t'
        || (alone && document.characterAt(there) == QChar::ParagraphSeparator))
        ++there;
    const auto pair = std::ranges::find_if(
        m_pairs, [&](const Pair& one) { return one.last == typed && one.closing.position() == there && isWhole(one); });
    if (pair == m_pairs.end())
        return false;
    const bool quote = pair->first == pair->last;
    if (quote ? there != here || isEscaped(document, here)
              : here - pair->opening.position() < kFarthest
                && isOpenWithin(document, pair->opening.position(), here, pair->first, pair->last, isCode))
        return false;
    const int begin = block.position();
    if (const int end = document.findBlock(there).position(); end != begin) {
        cursor.setPosition(begin);
        cursor.setPosition(end, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        there -= end - begin;
    }
    cursor.setPosition(there + 1);
    return true;
}

} // namespace bistro::ui
