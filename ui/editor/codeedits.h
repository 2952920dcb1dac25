// The help that one has while typing code, as changes of a document by a cursor: each is one step of undo. Free
// functions.
#pragma once

#include "editor/indentation.h"
#include "source/scanner.h"

#include <QString>
#include <QTextCursor>

#include <functional>

namespace bistro::ui {

// Puts `//` before every line of the selection at its least indentation, or takes it away where every line has one.
// `opening` and `closing` are those of the language ("<!--", "-->").
void toggleComment(QTextCursor cursor, const QString& opening = QStringLiteral("//"), const QString& closing = {});
// Exchanges the lines of the selection with the one above (-1) or below (+1). False at the document's edge.
bool moveLines(QTextCursor& cursor, int direction);
// A copy of the lines of the selection below them; the cursor goes with the copy.
void duplicateLines(QTextCursor& cursor);
// One indentation more (+1) or less (-1) for all lines of the selection.
void indentLines(QTextCursor cursor, int direction, const Indentation& indentation);
// A new line with the indentation that the code before it asks for; between { and } it opens a line of its own.
void newLine(QTextCursor& cursor, const Indentation& indentation);
// An empty line above the cursor's, indented as that; the cursor goes there.
void newLineAbove(QTextCursor& cursor);
// The lines of the selection are gone; the cursor stands in the next one, in its column.
void deleteLines(QTextCursor& cursor);
// The lines of the selection with their last line end, as a selection.
[[nodiscard]] QTextCursor wholeLines(const QTextCursor& cursor);
// A text that is put into a program at this state of it, indented as the program is. What stands within a template
// stays as it is.
[[nodiscard]] QString indentedAs(const Indentation& indentation, const QString& text, app::ScanState state);
// Where the bracket is that belongs to the one at this position, or -1; `isCode` is false within texts and comments.
[[nodiscard]] int matchingBracket(const QTextDocument& document, int position, const std::function<bool(int)>& isCode);

} // namespace bistro::ui
