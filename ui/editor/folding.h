// Regions of code that are folded to their first line. What is folded stands with its line (BlockData), so it goes
// where that goes; the lines within are hidden. GUI thread.
#pragma once

#include <QTextBlock>

class QPlainTextEdit;

namespace bistro::ui {

class Highlighter;

class Folding final {
public:
    Folding(QPlainTextEdit* editor, Highlighter* highlighter)
        : m_editor(editor)
        , m_highlighter(highlighter)
    {
    }

    [[nodiscard]] static bool isFolded(const QTextBlock& block);
    [[nodiscard]] bool canFold(const QTextBlock& block) const; // a region begins here that ends in a later line

    // Nothing where there is nothing to hide. A cursor that would be hidden goes to the end of the first line.
    void setFolded(const QTextBlock& block, bool folded);
    void toggle(const QTextBlock& block) { setFolded(block, !isFolded(block)); }
    void foldAll();
    void unfoldAll();
    // Opens what hides this line.
    void reveal(const QTextBlock& block);

private:
    [[nodiscard]] QTextDocument& document() const;

    QPlainTextEdit* m_editor;
    Highlighter* m_highlighter;
};

} // namespace bistro::ui
