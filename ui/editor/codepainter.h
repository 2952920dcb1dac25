// Paints the rows of code: what stands behind the letters (grounds, matches, brackets, the selection) and what is drawn
// over them (what places an order, what is wrong, folds, badges). Decides nothing: all that is seen is in CodeLook.
//
// In px of the viewport. GUI thread.
#pragma once

#include "editor/blockdata.h"
#include "editor/codelayout.h"
#include "editor/linemarks.h"
#include "theme/theme.h"

#include <QColor>
#include <QRectF>
#include <QRegularExpression>
#include <QTextBlock>

class QPainter;

namespace bistro::ui {

// A line of code in sight, with all its rows on the screen.
struct CodeRow {
    QTextBlock block;
    QRectF rect; // of the block, in the viewport

    [[nodiscard]] int line() const { return block.blockNumber() + 1; }
    // The rectangle of some letters, from column 1 on, on the row where they begin; empty when there are none.
    [[nodiscard]] QRectF lettersRect(int column, int length) const;
};

// What there is to see at the moment; for one painting.
struct CodeLook {
    const Theme& theme;
    const LineMarks& marks;
    const CodeLayout::Metrics& metrics;
    int width = 0; // of the viewport
    int playhead = 0; // the line that shows it: its own, or the one that this is folded into
    int focusedLine = 0; // of the cursor, while the editor has the focus

    // Whether values stand there, or the ellipsis that says that there are some.
    [[nodiscard]] bool areValuesAt(const CodeRow& row, const QPointF& point) const;
    [[nodiscard]] bool showsPlayhead(int line) const;
    [[nodiscard]] QColor groundOf(int line) const; // invalid: none
    [[nodiscard]] QColor edgeOf(int line) const; // in the gutter; invalid: none
};

class CodePainter final {
public:
    CodePainter(QPainter& painter, const CodeLook& look)
        : m_painter(painter)
        , m_look(look)
        , m_theme(look.theme)
    {
    }

    void paintGround(const CodeRow& row);
    void paintStatement(const CodeRow& row); // what is run of the playhead's line, where that is not all of it
    void paintMatches(const CodeRow& row, const QRegularExpression& pattern);
    void paintBrackets(const CodeRow& row, const QList<int>& positions); // of the document
    // From one position of the document to another, as far as it is in this row.
    void paintSelection(const CodeRow& row, int start, int end, const QColor& color);

    void paintCalls(const CodeRow& row, const QList<ScheduledCall>& calls);
    void paintProblem(const CodeRow& row);
    void paintFold(const CodeRow& row);
    void paintBadge(const CodeRow& row);
    void paintValues(const CodeRow& row);

private:
    void paintMore(const CodeRow& row, double left);
    double paintChanged(const InlineValue& value, const QRectF& room);
    void pill(const QRectF& rect, double radius, const QColor& ground, const QColor& edge);

    QPainter& m_painter;
    const CodeLook& m_look;
    const Theme& m_theme;
};

} // namespace bistro::ui
