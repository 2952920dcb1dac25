// Lays code out as visual.md draws it: rows of one height whatever the font says, and the further rows of a wrapped
// line indented.
//
// Takes the place of QPlainTextEdit's own layout of a line; everything else (scrolling, cursor, selection) asks
// blockBoundingRect() first and works on what it finds. GUI thread.
#pragma once

#include <QPlainTextDocumentLayout>

namespace bistro::ui {

class CodeLayout final : public QPlainTextDocumentLayout {
    Q_OBJECT

public:
    explicit CodeLayout(QTextDocument* document);

    // All in px. The width is that of the viewport; negative: lines are not wrapped. Takes effect with the next
    // relayout.
    struct Metrics {
        double width = -1;
        int rowHeight = 23;
        double letter = 8; // every letter is as wide
        int tab = 2; // letters
        double hanging = 26; // the least indentation of further rows

        bool operator==(const Metrics&) const = default;
    };
    void setMetrics(const Metrics& metrics);
    [[nodiscard]] const Metrics& metrics() const { return m_metrics; }
    // Changes are not looked at meanwhile: who holds it marks all as changed afterwards.
    void setHeld(bool held) { m_held = held; }
    // In a longer document other metrics mark nothing as changed: each line is laid out again when somebody asks for
    // it. (The base class walks through all lines.)
    static constexpr int kMany = 5'000; // lines

    [[nodiscard]] QRectF blockBoundingRect(const QTextBlock& block) const override;
    [[nodiscard]] QSizeF documentSize() const override;

    // Where the further rows of a line with so many leading columns begin.
    [[nodiscard]] static double hangingIndent(const Metrics& metrics, int leadingColumns);

protected:
    void documentChanged(int from, int charsRemoved, int charsAdded) override;

private:
    void layOut(const QTextBlock& block) const;
    [[nodiscard]] double available() const; // width of a line's first row
    [[nodiscard]] double rowOffset() const; // of a row's text within the row

    Metrics m_metrics;
    int m_blocks = 1;
    bool m_held = false;
    mutable double m_widest = 0;
    mutable bool m_telling = false; // that the document's size has changed
};

} // namespace bistro::ui
