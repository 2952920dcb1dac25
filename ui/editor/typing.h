// The help that one has while typing: brackets and quotes that close themselves and are stepped over, the pair at the
// cursor. GUI thread.
#pragma once

#include "editor/indentation.h"
#include "editor/ownclosings.h"

#include <QList>

class QPlainTextEdit;

namespace bistro::ui {

class Highlighter;

class Typing final {
public:
    Typing(QPlainTextEdit* editor, const Highlighter* highlighter)
        : m_editor(editor)
        , m_highlighter(highlighter)
    {
    }

    void setIndentation(const Indentation& indentation) { m_indentation = indentation; }
    // Whether the letter was put in, or stepped over, in another way than any letter.
    [[nodiscard]] bool type(QChar letter);
    // What Backspace does besides deleting a letter: takes an empty pair whole, an indentation back, and puts long
    // lines together. False where it is a letter's turn.
    [[nodiscard]] bool deleteBack();
    // To the code first, then to the line's beginning. False where the cursor is in a further row of the line.
    [[nodiscard]] bool goHome(bool selects);
    // After every movement of the cursor.
    void cursorMoved();
    // The positions of the bracket at the cursor and of its partner; empty if there is none.
    [[nodiscard]] const QList<int>& brackets() const { return m_brackets; }

private:
    [[nodiscard]] bool isCode(int position) const;
    // Whether a pair that is opened here is closed: in code, and in a template the brace of a gap.
    [[nodiscard]] bool isPaired(const QTextCursor& cursor, QChar opening) const;
    [[nodiscard]] bool takeIndentBack();
    void putAround(QChar opening, QChar closing);

    QPlainTextEdit* m_editor;
    const Highlighter* m_highlighter;
    Indentation m_indentation;
    OwnClosings m_own;
    QList<int> m_brackets;
};

} // namespace bistro::ui
