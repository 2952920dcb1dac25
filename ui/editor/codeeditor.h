// The editor of one file: code with colors, line numbers, a gutter, find and replace, completion. It knows nothing of
// traces or files: the window tells it what to show beside the lines, and is told what the learner points at.
//
// Puts its parts together: what is told about the lines (LineMarks), how they look (CodePainter, Gutter), how a text
// comes in (Filling, LongLineView), what helps while typing (Typing, CompletionPopup), what is folded (Folding).
// In four files: how it looks (codeeditor.cpp), the text and what is told about it (codetext.cpp), keys and mouse
// (codeinput.cpp), commands (codecommands.cpp).
//
// Lines and columns count from 1; 0 means none. GUI thread. What is told about a line goes with the line while one
// edits.
#pragma once

#include "editor/blockdata.h"
#include "editor/indentation.h"
#include "editor/linemarks.h"
#include "editor/longlines.h"
#include "theme/theme.h"

#include <QPlainTextEdit>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QCompleter;
class QMenu;

namespace bistro::ui {

class CodeLayout;
class CodeNames;
class CompletionPopup;
class Filling;
class FindBar;
class Folding;
class Gutter;
class Highlighter;
class LongLineView;
class ProblemBar;
class Typing;
struct CodeLook;
struct CodeRow;

class CodeEditor final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit CodeEditor(QWidget* parent = nullptr);
    ~CodeEditor() override;

    void setTheme(const Theme& theme);
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    // Chooses the grammar ("server.js", "menu.html").
    void setFileName(const QString& name);
    [[nodiscard]] QString language() const;

    // With what lines are indented: as somebody chose for this text (nothing: nobody), or else as the folder's
    // .editorconfig asks, or else as the text itself is when it is set, or else as the learner's setting is.
    void chooseIndentation(const std::optional<Indentation>& chosen);
    void setConfiguredIndentation(const std::optional<Indentation>& configured);
    void setDefaultIndentation(const Indentation& indentation);
    [[nodiscard]] const Indentation& indentation() const { return m_indentation; }
    [[nodiscard]] const std::optional<Indentation>& chosenIndentation() const { return m_chosenIndentation; }

    // Replaces all and forgets undo; the text counts as unmodified. Lines end with '\n'.
    //
    // What is more than a turn has time for comes in between events, here and in replaceText() and where something long
    // is pasted. The editor can be read meanwhile; text() is the whole text from the beginning, and filled() tells the
    // end.
    void setText(const QString& text);
    // Replaces all as one step that can be undone; the cursor stays where it can.
    void replaceText(const QString& text);
    [[nodiscard]] bool isFilling() const;
    // As it is, with '\n', and with no letter exchanged: QPlainTextEdit::toPlainText() makes spaces of no-break spaces.
    [[nodiscard]] QString text() const;
    // Hides the base class's: nobody can write while a text comes in.
    void setReadOnly(bool readOnly);
    // Lines of which only a part is shown.
    [[nodiscard]] LongLines& longLines() const { return *m_longLines; }
    // Selects a part of text() and shows it, wherever it is.
    void selectPart(qsizetype from, qsizetype length);
    // Where the selection is in text().
    [[nodiscard]] qsizetype selectionStart() const;
    [[nodiscard]] qsizetype selectionEnd() const;

    // The line that runs at the playhead, and what of it; scrolled to if it is out of sight.
    void setPlayheadLine(int line, const LinePart& statement = {});
    [[nodiscard]] int playheadLine() const { return m_marks.playhead; }
    void setLineNotes(const QList<LineNote>& notes);
    // What the marks of a line stand for, asked when the pointer rests on one: a text of plain lines.
    void setMarksExplained(std::function<QString(int line)> explain) { m_explainMarks = std::move(explain); }
    [[nodiscard]] QString marksExplained(int line) const { return m_explainMarks ? m_explainMarks(line) : QString(); }
    // How often lines ran, and values behind them. What a count says, and what the name at a place holds, is asked when
    // the pointer rests there: texts of plain lines.
    void setRunLines(const RunLines& run);
    void setCountExplained(std::function<QString(int line)> explain) { m_explainCount = std::move(explain); }
    [[nodiscard]] QString countExplained(int line) const { return m_explainCount ? m_explainCount(line) : QString(); }
    void setNameExplained(std::function<QString(int line, int column)> explain) { m_explainName = std::move(explain); }
    [[nodiscard]] const QList<LineNote>& lineNotes() const { return m_marks.notes; }
    void setHighlightedLine(int line); // a pending order is hovered elsewhere: the line that placed it
    void setProblem(const std::optional<CodeProblem>& problem);
    void setChangedLines(const QList<int>& lines); // that differ from the text that was given: a bar beside each
    [[nodiscard]] const std::optional<CodeProblem>& problem() const { return m_marks.problem; }
    [[nodiscard]] const LineMarks& marks() const { return m_marks; } // all of them

    void goTo(int line, int column = 1);
    void showLine(int line); // scrolls to it if it is out of sight; the cursor stays
    [[nodiscard]] int currentLine() const { return textCursor().blockNumber() + 1; }
    [[nodiscard]] int currentColumn() const;
    [[nodiscard]] QString selectedText() const;
    void setWrapping(bool wraps);

    // For tests and for drawing beside the text: a line's rectangle in the viewport, all its rows; empty out of sight.
    [[nodiscard]] QRect lineRect(int line) const;
    [[nodiscard]] int lineAt(int y) const; // of the viewport; 0 below the last one
    // The rectangle of some letters of a line, on their first row.
    [[nodiscard]] QRectF lettersRect(int line, int column, int length) const;
    [[nodiscard]] QList<ScheduledCall> scheduledCallsOf(int line) const;
    [[nodiscard]] Highlighter& highlighter() const { return *m_highlighter; }
    [[nodiscard]] FindBar& findBar() const { return *m_findBar; }
    [[nodiscard]] Gutter& gutter() const { return *m_gutter; }
    [[nodiscard]] QCompleter& completer() const;
    [[nodiscard]] const Folding& folding() const { return *m_folding; }

    // For the gutter, which is painted beside the same lines; the look for one painting.
    [[nodiscard]] CodeLook look() const;
    [[nodiscard]] QList<CodeRow> visibleRows() const;
    [[nodiscard]] int gutterWidth() const;
    [[nodiscard]] QString toolTipAt(int line) const;
    // Of the code, as text: what is wrong there, what the name holds, the values behind the line.
    [[nodiscard]] QString toolTipAt(const QPointF& point) const;

public slots:
    void toggleComment();
    void moveLinesUp();
    void moveLinesDown();
    void duplicate();
    void duplicateUp(); // the cursor stays in the upper one
    void removeLines();
    void indent();
    void unindent();
    void goToBracket();
    void find();
    void replace();
    void findNext();
    void findPrevious();
    void goToLine(); // asks for the line, in the bar that find uses
    void complete();
    void fold(); // what is around the cursor; again: what is around that
    void unfold();
    void toggleFoldAt(int line);
    void foldAll();
    void unfoldAll();

signals:
    void lineHovered(int line); // 0: none any more
    void lineClicked(int line); // in the gutter, on its marks
    void visitAsked(int line, bool backwards); // a click on its count: the next time that it runs, or the last
    void nameActivated(int line, int column); // Ctrl and a click
    void lineMenuAsked(int line, QMenu* menu); // of the gutter: who has something to say about the line adds it
    void runRequested(); // Ctrl+Enter
    void zoomRequested(int steps); // Ctrl+wheel: zoom is everybody's
    void edited(); // the text is another one
    void filled(); // a long text is in
    void filesDropped(const QStringList& paths);

protected:
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    [[nodiscard]] QMimeData* createMimeDataFromSelection() const override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void fill(const QTextCursor& at, const QString& text, bool undoable);
    void filledUp(bool undoable);
    void contentsChanged(int position, int removed, int added);
    void cursorMoved();
    void showProblem(); // once nobody types
    void goToProblem();
    [[nodiscard]] std::optional<LongLines::Mark> markUnder(const QPointF& point) const;
    void setCodeFont();
    void useIndentation();
    void layOutForWidth();
    void updateMargins();
    void updateAll();
    void placeBars();
    void setFolded(const QTextBlock& block, bool folded);
    void tellFold(const QTextBlock& block); // to a screen reader

    [[nodiscard]] bool hasFocusInBar() const;
    [[nodiscard]] bool keyForList(const QKeyEvent& event);
    [[nodiscard]] bool keyForEditor(const QKeyEvent& event);
    [[nodiscard]] bool keyForEdit(const QKeyEvent& event);
    [[nodiscard]] bool keyForLines(const QKeyEvent& event);
    struct Place {
        int line = 0;
        int column = 0;
    };
    // The letter under it; line 0 where there is none.
    [[nodiscard]] Place letterAt(const QPointF& point) const;
    [[nodiscard]] bool pressed(const QMouseEvent& event, int line);
    [[nodiscard]] QPointF snapped(const QPointF& point) const;

    Theme m_theme;
    CodeLayout* m_layout = nullptr;
    LongLines* m_longLines = nullptr;
    Highlighter* m_highlighter = nullptr;
    Filling* m_filling = nullptr;
    LongLineView* m_longLineView = nullptr;
    CompletionPopup* m_completion = nullptr;
    Gutter* m_gutter = nullptr;
    FindBar* m_findBar = nullptr;
    ProblemBar* m_problemBar = nullptr;
    std::unique_ptr<CodeNames> m_names;
    std::unique_ptr<Folding> m_folding;
    std::unique_ptr<Typing> m_typing;

    Indentation m_indentation; // the first of:
    std::optional<Indentation> m_chosenIndentation;
    std::optional<Indentation> m_configuredIndentation;
    std::optional<Indentation> m_detectedIndentation;
    Indentation m_defaultIndentation;

    LineMarks m_marks;
    std::function<QString(int line)> m_explainMarks;
    std::function<QString(int line)> m_explainCount;
    std::function<QString(int line, int column)> m_explainName;
    QTimer m_problemDelay; // one who is typing knows that the line is not finished
    int m_hovered = 0;
    int m_cursorLine = 0; // as it was told
    int m_blocks = 1;
    std::optional<Place> m_wanted; // once it is in
    bool m_readOnly = false; // asked for, whatever is coming in
    bool m_settingText = false;
    bool m_wraps = true;
};

} // namespace bistro::ui
