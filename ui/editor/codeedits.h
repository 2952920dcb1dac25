// The help that one has while typing code, as changes of a document by a cursor: each is one step of undo. Free
// functions.
#pragma once

#include <QString>
#include <QTextCursor>

#include <functional>

namespace bistro::ui {

inline constexpr int kIndent = 2; // spaces, as Node's own sources have them

// Puts `//` before every line of the selection at its least indentation, or takes it away where every line has one.
// `opening` and `closing` are those of the language ("<!--", "-->").
void toggleComment(QTextCursor cursor, const QString& opening = QStringLiteral("//"), const QString& closing = {});
// Exchanges the lines of the selection with the one above (-1) or below (+1). False at the document's edge.
bool moveLines(QTextCursor& cursor, int direction);
// A copy of the lines of the selection below them; the cursor goes with the copy.
void duplicateLines(QTextCursor& cursor);
// One indentation more (+1) or less (-1) for all lines of the selection.
void indentLines(QTextCursor cursor, int direction);
// A new line with the indentation that the code before it asks for; between { and } it opens a line of its own.
void newLine(QTextCursor& cursor);
// Where the bracket is that belongs to the one at this position, or -1; `isCode` is false within texts and comments.
[[nodiscard]] int matchingBracket(const QTextDocument& document, int position, const std::function<bool(int)>& isCode);

} // namespace bistro::ui
