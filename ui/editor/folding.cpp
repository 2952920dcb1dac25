#include "editor/folding.h"

#include "editor/blockdata.h"
#include "editor/highlighter.h"

#include <QPlainTextEdit>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace bistro::ui {

QTextDocument& Folding::document() const
{
    return *m_editor->document();
}

bool Folding::isFolded(const QTextBlock& block)
{
    const BlockData* known = BlockData::of(block);
    return known && known->folded;
}

bool Folding::canFold(const QTextBlock& block) const
{
    constexpr int kLooked = 200; // lines
    const auto end = m_highlighter->foldEndWithin(block, kLooked);
    return !end || (end->isValid() && *end != block.next());
}

QTextBlock Folding::shownAs(const QTextBlock& block)
{
    // A hidden line has no rows: its first would be the next one's in sight.
    return block.isVisible() ? block : block.document()->findBlockByLineNumber(block.firstLineNumber() - 1);
}

int Folding::hiddenBy(const QTextBlock& block)
{
    QTextBlock next = block.document()->findBlockByLineNumber(block.firstLineNumber() + std::max(block.lineCount(), 1));
    while (next.isValid() && !next.isVisible())
        next = next.next();
    const int end = next.isValid() ? next.blockNumber() : block.document()->blockCount();
    return std::max(end - block.blockNumber() - 1, 0);
}

QTextBlock Folding::meantBy(const QTextBlock& block) const
{
    if (!isFolded(block) && canFold(block))
        return block;
    QTextBlock around = m_highlighter->foldAround(block);
    while (around.isValid() && (isFolded(around) || !canFold(around)))
        around = m_highlighter->foldAround(around);
    return around;
}

void Folding::changed(int position, int added, bool lines)
{
    const QTextBlock first = document().findBlock(position);
    const QTextBlock found = document().findBlock(position + added);
    const QTextBlock last = found.isValid() ? found : document().lastBlock();
    if (lines && isFolded(first))
        setFolded(first, false); // its end is another line's now, or its lines begin elsewhere
    for (QTextBlock block = first; block.isValid() && block.blockNumber() <= last.blockNumber(); block = block.next()) {
        if (!block.isVisible())
            reveal(block);
    }
    const QTextBlock next = last.next();
    if (!lines || !next.isValid() || next.isVisible() || isFolded(last))
        return;
    showFrom(next); // the line that they were folded into is gone
}

void Folding::showFrom(const QTextBlock& first)
{
    QTextBlock block = first;
    for (; block.isValid() && !block.isVisible(); block = block.next()) {
        block.setVisible(true);
        block.setLineCount(1);
        if (BlockData* const known = BlockData::of(block))
            known->folded = false;
    }
    const int end = block.isValid() ? block.position() : document().characterCount();
    document().markContentsDirty(first.position(), end - first.position());
}

void Folding::setFolded(const QTextBlock& block, bool folded)
{
    BlockData& known = BlockData::make(block);
    if (known.folded == folded)
        return;
    const QTextBlock end = m_highlighter->foldEnd(block);
    if (folded && (!end.isValid() || end == block.next()))
        return; // nothing stands between
    known.folded = folded;
    // Without an end (its bracket was deleted) everything up to the next line in sight comes back.
    QTextBlock last = end.isValid() ? end.previous() : block;
    if (!end.isValid()) {
        while (last.next().isValid() && !last.next().isVisible())
            last = last.next();
    }
    for (QTextBlock inner = block.next(); inner.isValid() && inner.blockNumber() <= last.blockNumber();
        inner = inner.next()) {
        inner.setVisible(!folded);
        inner.setLineCount(folded ? 0 : 1);
        if (!folded && isFolded(inner)) { // one that is folded within stays so
            const QTextBlock innerEnd = m_highlighter->foldEnd(inner);
            if (innerEnd.isValid())
                inner = innerEnd.previous();
        }
    }
    if (folded) {
        QTextCursor cursor = m_editor->textCursor();
        if (const int at = cursor.blockNumber(); at > block.blockNumber() && at <= last.blockNumber()) {
            cursor.setPosition(block.position() + block.length() - 1);
            m_editor->setTextCursor(cursor);
        }
    }
    const int start = block.position();
    document().markContentsDirty(start, last.position() + last.length() - start);
}

void Folding::foldAll()
{
    m_highlighter->finish();
    for (QTextBlock block = document().begin(); block.isValid(); block = block.next()) {
        if (block.isVisible())
            setFolded(block, true);
    }
}

void Folding::unfoldAll()
{
    for (QTextBlock block = document().begin(); block.isValid(); block = block.next()) {
        if (isFolded(block)) // asked first: most lines know nothing, and need not learn it
            setFolded(block, false);
    }
}

void Folding::reveal(const QTextBlock& block)
{
    while (block.isValid() && !block.isVisible()) {
        const QTextBlock opener = shownAs(block);
        if (!opener.isValid() || !isFolded(opener)) {
            showFrom(opener.isValid() ? opener.next() : document().firstBlock());
            return;
        }
        setFolded(opener, false);
    }
}

} // namespace bistro::ui
