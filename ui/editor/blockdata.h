// What the editor knows about a line besides its text. Belongs to the line: goes where it goes, ends when it ends.
#pragma once

#include "editor/coloring.h"
#include "theme/theme.h"

#include <KSyntaxHighlighting/State>

#include <QList>
#include <QTextBlock>
#include <QTextBlockUserData>

namespace bistro::ui {

struct ScheduledCall {
    int column = 0; // from 0
    int length = 0;
    Meaning meaning = Meaning::Timer;
    bool operator==(const ScheduledCall&) const = default;
};

struct BlockData final : QTextBlockUserData {
    // At the line's end: of a program by our own lexer, of other texts by their grammar.
    app::ScanState scanned;
    KSyntaxHighlighting::State after;
    QList<FoldEdge> edges;
    bool highlighted = false;
    bool folded = false;

    QList<ScheduledCall> calls; // as of:
    int callsRevision = -1;
    int callsNames = -1;

    [[nodiscard]] static BlockData* of(const QTextBlock& block) { return static_cast<BlockData*>(block.userData()); }
    [[nodiscard]] static BlockData& make(QTextBlock block)
    {
        if (!block.userData())
            block.setUserData(new BlockData);
        return *of(block);
    }
};

} // namespace bistro::ui
