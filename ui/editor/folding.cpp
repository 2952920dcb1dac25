#include "editor/folding.h"

#include "editor/blockdata.h"
#include "editor/highlighter.h"

#include <QPlainTextEdit>
#include <QTextCursor>
#include <QTextDocument>

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
    return m_highlighter->foldEnd(block).isValid();
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
        QTextBlock opener = block.previous();
        while (opener.isValid() && !(isFolded(opener) && opener.isVisible()))
            opener = opener.previous();
        if (!opener.isValid()) {
            unfoldAll();
            return;
        }
        setFolded(opener, false);
    }
}

} // namespace bistro::ui
