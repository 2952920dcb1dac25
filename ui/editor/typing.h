// The help that one has while typing: brackets and quotes that close themselves and are stepped over, the pair at the
// cursor. GUI thread.
#pragma once

#include "editor/ownclosings.h"

#include <QList>

class QPlainTextEdit;

namespace bistro::ui {

class Typing final {
public:
    explicit Typing(QPlainTextEdit* editor)
        : m_editor(editor)
    {
    }

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
    [[nodiscard]] bool takeIndentBack();
    void putAround(QChar opening, QChar closing);

    QPlainTextEdit* m_editor;
    OwnClosings m_own;
    QList<int> m_brackets;
};

} // namespace bistro::ui
