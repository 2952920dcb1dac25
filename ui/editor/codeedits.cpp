#include "editor/codeedits.h"

#include "editor/coloring.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct Lines {
    QTextBlock first;
    QTextBlock last;
};

// A selection that ends at a line's beginning does not mean that line.
Lines linesOf(const QTextCursor& cursor)
{
    const QTextDocument* document = cursor.document();
    const QTextBlock first = document->findBlock(cursor.selectionStart());
    QTextBlock last = document->findBlock(cursor.selectionEnd());
    if (last != first && cursor.selectionEnd() == last.position())
        last = last.previous();
    return {first, last};
}

int indentOf(const QString& text)
{
    return static_cast<int>(std::ranges::find_if(text, [](QChar c) { return !c.isSpace(); }) - text.begin());
}

template <typename Change>
void forLines(const Lines& lines, Change change)
{
    const int last = lines.last.blockNumber();
    for (QTextBlock block = lines.first; block.isValid() && block.blockNumber() <= last; block = block.next())
        change(block);
}

// A line with what its letters stand for: the mark of a hidden part goes with it.
using Pieces = QList<std::pair<QString, QTextCharFormat>>;

Pieces piecesOf(const QTextBlock& block)
{
    Pieces pieces;
    for (auto it = block.begin(); !it.atEnd(); ++it)
        pieces.append({it.fragment().text(), it.fragment().charFormat()});
    return pieces;
}

void insertPieces(QTextCursor& cursor, const Pieces& pieces)
{
    for (const auto& [text, format] : pieces)
        cursor.insertText(text, format);
}

} // namespace

void toggleComment(QTextCursor cursor, const QString& opening, const QString& closing)
{
    const Lines lines = linesOf(cursor);
    bool all = true;
    bool any = false;
    int least = INT_MAX;
    forLines(lines, [&](const QTextBlock& block) {
        const QString text = block.text();
        if (text.trimmed().isEmpty())
            return;
        any = true;
        least = std::min(least, indentOf(text));
        all = all && QStringView(text).sliced(indentOf(text)).startsWith(opening);
    });
    const bool single = lines.first == lines.last;
    if (!any && !single)
        return;
    if (!any) {
        least = static_cast<int>(lines.first.text().size());
        all = false;
    }
    cursor.beginEditBlock();
    forLines(lines, [&](const QTextBlock& block) {
        const QString text = block.text();
        if (text.trimmed().isEmpty() && !(single && !any))
            return;
        QTextCursor edit(block);
        if (!all) {
            if (!closing.isEmpty()) {
                edit.movePosition(QTextCursor::EndOfBlock);
                edit.insertText(u' ' + closing);
            }
            edit.setPosition(block.position() + least);
            edit.insertText(opening + u' ');
            return;
        }
        if (!closing.isEmpty() && text.endsWith(closing)) {
            edit.movePosition(QTextCursor::EndOfBlock);
            auto length = closing.size();
            if (text.endsWith(u' ' + closing))
                ++length;
            edit.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(length));
            edit.removeSelectedText();
        }
        const int at = indentOf(text);
        auto length = static_cast<int>(opening.size());
        if (text.size() > at + length && text[at + length] == u' ')
            ++length;
        edit.setPosition(block.position() + at);
        edit.setPosition(block.position() + at + length, QTextCursor::KeepAnchor);
        edit.removeSelectedText();
    });
    cursor.endEditBlock();
}

bool moveLines(QTextCursor& cursor, int direction)
{
    const Lines lines = linesOf(cursor);
    const QTextBlock other = direction < 0 ? lines.first.previous() : lines.last.next();
    if (!other.isValid())
        return false;
    // The neighbor is taken out on one side and put in on the other: the lines and their selection stay whole.
    const Pieces text = piecesOf(other);
    const int anchor = cursor.anchor();
    const int position = cursor.position();
    const int shift = other.length();
    const int end = other.position() + shift - 1;
    QTextCursor edit(cursor);
    edit.beginEditBlock();
    if (direction < 0) {
        edit.setPosition(other.position());
        edit.setPosition(other.position() + other.length(), QTextCursor::KeepAnchor);
        edit.removeSelectedText();
        edit.setPosition(lines.last.position() + lines.last.length() - 1);
        edit.insertText(u"\n"_s, {});
        insertPieces(edit, text);
    } else {
        edit.setPosition(other.position() - 1);
        edit.setPosition(end, QTextCursor::KeepAnchor);
        edit.removeSelectedText();
        edit.setPosition(lines.first.position());
        insertPieces(edit, text);
        edit.insertText(u"\n"_s, {});
    }
    edit.endEditBlock();
    cursor.setPosition(anchor + direction * shift);
    cursor.setPosition(position + direction * shift, QTextCursor::KeepAnchor);
    return true;
}

void duplicateLines(QTextCursor& cursor)
{
    const Lines lines = linesOf(cursor);
    Pieces text; // one for as many lines as have no mark
    int shift = 0;
    forLines(lines, [&](const QTextBlock& block) {
        Pieces line = piecesOf(block);
        line.prepend({u"\n"_s, {}});
        for (const auto& [letters, format] : line) {
            if (!text.isEmpty() && text.last().second == format)
                text.last().first += letters;
            else
                text.append({letters, format});
        }
        shift += block.length();
    });
    const int anchor = cursor.anchor();
    const int position = cursor.position();
    QTextCursor edit(lines.last);
    edit.movePosition(QTextCursor::EndOfBlock);
    edit.beginEditBlock();
    insertPieces(edit, text);
    edit.endEditBlock();
    cursor.setPosition(anchor + shift);
    cursor.setPosition(position + shift, QTextCursor::KeepAnchor);
}

void indentLines(QTextCursor cursor, int direction, const Indentation& indentation)
{
    cursor.beginEditBlock();
    forLines(linesOf(cursor), [&](const QTextBlock& block) {
        QTextCursor edit(block);
        if (direction > 0) {
            if (!block.text().trimmed().isEmpty())
                edit.insertText(indentation.unit());
            return;
        }
        const QString text = block.text();
        int remove = 0;
        while (remove < indentation.width && remove < text.size() && text[remove] == u' ')
            ++remove;
        if (remove < indentation.width && remove < text.size() && text[remove] == u'\t')
            ++remove;
        edit.setPosition(block.position() + remove, QTextCursor::KeepAnchor);
        edit.removeSelectedText();
    });
    cursor.endEditBlock();
}

void newLine(QTextCursor& cursor, const Indentation& indentation)
{
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    const QString text = cursor.block().text();
    const int column = cursor.positionInBlock();
    const QString before = text.left(column);
    const QString indent = before.left(indentOf(before));
    const QChar last = before.trimmed().isEmpty() ? QChar() : before.trimmed().back();
    const QStringView after = QStringView(text).sliced(column).trimmed();
    const QChar next = after.isEmpty() ? QChar() : after.front();
    const bool opens = last == u'{' || last == u'(' || last == u'[' || before.endsWith("=>"_L1);
    cursor.insertText(u'\n' + indent + (opens ? indentation.unit() : QString()));
    if ((last == u'{' && next == u'}') || (last == u'(' && next == u')') || (last == u'[' && next == u']')) {
        const int here = cursor.position();
        cursor.insertText(u'\n' + indent);
        cursor.setPosition(here);
    }
    cursor.endEditBlock();
}

void newLineAbove(QTextCursor& cursor)
{
    const QString text = cursor.block().text();
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::StartOfBlock);
    cursor.insertText(text.left(indentOf(text)) + u'\n');
    cursor.movePosition(QTextCursor::Left);
    cursor.endEditBlock();
}

QTextCursor wholeLines(const QTextCursor& cursor)
{
    const Lines lines = linesOf(cursor);
    QTextCursor whole(lines.first);
    whole.setPosition(
        lines.last.position() + lines.last.length() - (lines.last.next().isValid() ? 0 : 1), QTextCursor::KeepAnchor);
    return whole;
}

void deleteLines(QTextCursor& cursor)
{
    const int column = cursor.positionInBlock();
    QTextCursor edit = wholeLines(cursor);
    if (const int start = edit.selectionStart(); start > 0 && !linesOf(cursor).last.next().isValid()) {
        const int end = edit.selectionEnd(); // the last one goes with the line end before it
        edit.setPosition(start - 1);
        edit.setPosition(end, QTextCursor::KeepAnchor);
    }
    edit.removeSelectedText();
    const QTextBlock block = edit.block();
    cursor.setPosition(block.position() + std::min(column, block.length() - 1));
}

QString indentedAs(const Indentation& indentation, const QString& text, app::ScanState state)
{
    const auto own = detectIndentation(text, indentation);
    if (!own || *own == indentation)
        return text;
    QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QString& line = lines[i];
        const ColoredLine scanned = colored(line, state, false);
        // What stands before the first line is there already.
        if (i > 0 && state.within != app::ScanState::Within::TemplateText) {
            const int indent = indentOf(line);
            const int columns = own->columnsOf(QStringView(line).first(indent));
            line = indentation.spaceTo(columns / own->width * indentation.width + columns % own->width)
                + line.sliced(indent);
        }
        state = scanned.after;
    }
    return lines.join(u'\n');
}

int matchingBracket(const QTextDocument& document, int position, const std::function<bool(int)>& isCode)
{
    static constexpr QStringView kOpening = u"([{";
    static constexpr QStringView kClosing = u")]}";
    constexpr int kFarthest = 200'000; // letters: one does not wait for a bracket
    const QChar bracket = document.characterAt(position);
    const bool forward = kOpening.contains(bracket);
    if (!forward && !kClosing.contains(bracket))
        return -1;
    if (!isCode(position))
        return -1;
    const QChar partner = forward ? kClosing[kOpening.indexOf(bracket)] : kOpening[kClosing.indexOf(bracket)];
    // Line by line: to ask the document for each letter takes a hundred times as long.
    int depth = 0;
    for (QTextBlock block = document.findBlock(position); block.isValid();
        block = forward ? block.next() : block.previous()) {
        const QString text = block.text();
        const auto begin = static_cast<int>(block.contains(position) ? position - block.position()
                : forward                                            ? 0
                                                                     : text.size() - 1);
        for (int i = begin; i >= 0 && i < text.size(); i += forward ? 1 : -1) {
            const int at = block.position() + i;
            if (std::abs(at - position) >= kFarthest)
                return -1;
            if ((text[i] != bracket && text[i] != partner) || !isCode(at))
                continue;
            depth += text[i] == bracket ? 1 : -1;
            if (depth == 0)
                return at;
        }
        if (std::abs(block.position() - position) >= kFarthest)
            return -1;
    }
    return -1;
}

} // namespace bistro::ui
