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
    // A region begins here that ends in a later line, with something between. Looks no further than it can at once: of
    // a long one it is taken for granted that it ends.
    [[nodiscard]] bool canFold(const QTextBlock& block) const;
    // How many lines are hidden by this one.
    [[nodiscard]] static int hiddenBy(const QTextBlock& block);
    // The line in sight that stands for this one: itself, or the one that it is folded into.
    [[nodiscard]] static QTextBlock shownAs(const QTextBlock& block);
    // The line that a command to fold means at this one: itself, or where the region around it begins. Invalid if there
    // is nothing to fold.
    [[nodiscard]] QTextBlock meantBy(const QTextBlock& block) const;

    // Nothing where there is nothing to hide. A cursor that would be hidden goes to the end of the first line.
    void setFolded(const QTextBlock& block, bool folded);
    void toggle(const QTextBlock& block) { setFolded(block, !isFolded(block)); }
    void foldAll();
    void unfoldAll();
    // The text changed here: what was changed is in sight, and no line is hidden that nobody has folded. `lines`: it
    // has more or fewer of them.
    void changed(int position, int added, bool lines);
    // Opens what hides this line.
    void reveal(const QTextBlock& block);

private:
    [[nodiscard]] QTextDocument& document() const;
    void showFrom(const QTextBlock& first); // up to the next line in sight

    QPlainTextEdit* m_editor;
    Highlighter* m_highlighter;
};

} // namespace bistro::ui
