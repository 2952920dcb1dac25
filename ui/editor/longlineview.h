// Moves an editor through lines of which only a part is shown: brings other letters of them in sight, which is no
// change of the text, and cuts what has become too long. Letters count in the whole text, from 0. GUI thread.
#pragma once

#include "editor/longlines.h"

#include <QObject>
#include <QTextBlock>
#include <QTextCursor>

#include <functional>

class QPlainTextEdit;

namespace bistro::ui {

class Filling;

class LongLineView final : public QObject {
    Q_OBJECT

public:
    LongLineView(QPlainTextEdit* editor, LongLines* lines, const Filling* filling);

    // Makes letters of a line visible. The document's position of the first.
    int show(const QTextBlock& block, qsizetype letter, qsizetype count);
    // The next letters of a long line, or those before what is seen of it; the cursor goes there.
    void showBehind(const LongLines::Mark& mark);
    // Selects a part of the whole text, with the letters in sight.
    void select(qsizetype from, qsizetype length);

    // After a change in these positions: what has been put together, a line's end deleted or much typed, may be too
    // long now. It is cut with the next event, not within the change.
    void changed(int from, int to);
    void clear() { m_tooLong.clear(); }
    // While letters are exchanged.
    [[nodiscard]] bool isShowing() const { return m_showing; }

private:
    int withoutEdit(const std::function<int()>& show);
    void shorten();

    QPlainTextEdit* m_editor;
    LongLines* m_lines;
    const Filling* m_filling;
    QList<QTextCursor> m_tooLong; // in lines that have become too long
    bool m_showing = false;
};

} // namespace bistro::ui
