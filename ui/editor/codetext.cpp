// The text, the cursor in it and what is told about its lines: the editor's part that nothing is painted in.
#include "editor/codeeditor.h"

#include "editor/codeedits.h"
#include "editor/filling.h"
#include "editor/folding.h"
#include "editor/gutter.h"
#include "editor/highlighter.h"
#include "editor/longlineview.h"
#include "editor/problembar.h"
#include "editor/typing.h"
#include "theme/fonts.h"

#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// Letters. Of more the whole text is got faster than a selection's, and how it looks would take a second.
constexpr qsizetype kMuch = 200'000;

// Separators that a document would keep within a line but JavaScript counts as its end.
QString withPlainLineEnds(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    for (const char16_t end : {u'\r', u'\u2028', u'\u2029', u'\ufdd0', u'\ufdd1'})
        text.replace(QChar(end), u'\n');
    return text;
}

} // namespace

// --- the text ---

void CodeEditor::setText(const QString& text)
{
    m_settingText = true;
    m_filling->stop();
    m_wanted.reset();
    m_longLineView->clear();
    setPlainText({});
    m_longLines->clear();
    document()->setUndoRedoEnabled(false); // until all is in
    m_detectedIndentation = detectIndentation(text, m_defaultIndentation);
    useIndentation();
    fill(QTextCursor(document()), text, false);
    QTextCursor start(document());
    setTextCursor(start);
    // The base class has looked for the cursor in the size that the editor had before it was shown.
    verticalScrollBar()->setValue(0);
    document()->setModified(false);
    m_settingText = false;
}

void CodeEditor::replaceText(const QString& text)
{
    if (isFilling()) { // nobody has changed that yet: there is nothing to come back to
        setText(text);
        return;
    }
    const QString before = this->text();
    if (before == text)
        return;
    // Only what differs: the rest keeps its place on the screen, its folds and its colors. What begins or ends within
    // a hidden part takes that whole.
    const auto marks = m_longLines->marks();
    const qsizetype first = std::ranges::mismatch(before, text).in1 - before.begin();
    const int from = LongLines::positionOf(first, marks);
    const qsizetype head = LongLines::offsetOf(from, marks);
    qsizetype tail = 0;
    while (tail < std::min(before.size(), text.size()) - head
        && before[before.size() - 1 - tail] == text[text.size() - 1 - tail])
        ++tail;
    int to = LongLines::positionOf(before.size() - tail, marks);
    if (LongLines::offsetOf(to, marks) != before.size() - tail)
        ++to;
    tail = before.size() - LongLines::offsetOf(to, marks);
    QTextCursor cursor(document());
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    fill(cursor, text.mid(head, text.size() - tail - head), true);
}

QString CodeEditor::text() const
{
    return m_filling->text();
}

bool CodeEditor::isFilling() const
{
    return m_filling->isActive();
}

void CodeEditor::fill(const QTextCursor& at, const QString& text, bool undoable)
{
    QPlainTextEdit::setReadOnly(true);
    m_filling->begin(at, text, undoable);
}

void CodeEditor::filledUp(bool undoable)
{
    QPlainTextEdit::setReadOnly(m_readOnly);
    if (const auto wanted = std::exchange(m_wanted, {}))
        goTo(wanted->line, wanted->column);
    if (const int playhead = std::exchange(m_marks.playhead, 0); playhead > 0)
        setPlayheadLine(playhead, m_marks.statement);
    if (undoable)
        emit edited();
    emit filled();
}

void CodeEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    QPlainTextEdit::setReadOnly(readOnly || isFilling());
}

void CodeEditor::contentsChanged(int position, int removed, int added)
{
    const int blocks = document()->blockCount();
    const int delta = blocks - std::exchange(m_blocks, blocks);
    if (m_filling->isActive(false) && !m_settingText)
        return; // the rest of a text
    if (m_settingText) {
        m_marks.clear();
        m_problemBar->hide();
        return;
    }
    if (removed == added && removed == 0)
        return;
    m_longLineView->changed(position, position + added);
    m_folding->changed(position, added, delta != 0);
    if (delta != 0) {
        const QTextBlock at = document()->findBlock(position);
        m_marks.move(at.blockNumber() + 1 + (position == at.position() && delta > 0 ? -1 : 0), delta);
    }
    if (m_marks.problem) {
        m_problemBar->hide(); // it may not be true any more; the next check says so
        m_problemDelay.start();
    }
    if (!isFilling() && !m_longLineView->isShowing())
        emit edited();
}

// --- the cursor ---

void CodeEditor::cursorMoved()
{
    const QTextBlock block = textCursor().block();
    m_folding->reveal(block);
    if (std::exchange(m_cursorLine, block.blockNumber() + 1) != m_cursorLine && Folding::isFolded(block))
        tellFold(block);
    m_typing->cursorMoved();
    updateAll();
}

void CodeEditor::goTo(int line, int column)
{
    if (isFilling() && !m_settingText && line >= blockCount())
        m_wanted = Place {line, column};
    const QTextBlock block = document()->findBlockByNumber(std::clamp(line, 1, blockCount()) - 1);
    QTextCursor cursor(block);
    cursor.setPosition(m_longLineView->show(block, column - 1, 1));
    setTextCursor(cursor);
    const QRect rect = lineRect(line);
    if (rect.isEmpty() || rect.top() < 0 || rect.bottom() > viewport()->height())
        centerCursor();
}

void CodeEditor::selectPart(qsizetype from, qsizetype length)
{
    m_longLineView->select(from, length);
}

qsizetype CodeEditor::selectionStart() const
{
    return LongLines::offsetOf(textCursor().selectionStart(), m_longLines->marks());
}
qsizetype CodeEditor::selectionEnd() const
{
    return LongLines::offsetOf(textCursor().selectionEnd(), m_longLines->marks());
}

int CodeEditor::currentColumn() const
{
    const QTextCursor cursor = textCursor();
    return static_cast<int>(LongLines::offsetOf(cursor.position(), m_longLines->marksIn(cursor.block())))
        - cursor.block().position() + 1;
}

QString CodeEditor::selectedText() const
{
    const QTextCursor cursor = textCursor();
    const int start = cursor.selectionStart();
    const int length = cursor.selectionEnd() - start;
    QString text = m_longLines->whole(
        length > kMuch ? document()->toRawText().sliced(start, length) : cursor.selectedText(), start);
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

// --- what is dropped and copied ---

bool CodeEditor::canInsertFromMimeData(const QMimeData* source) const
{
    return source->hasUrls() || source->hasText();
}

void CodeEditor::insertFromMimeData(const QMimeData* source)
{
    QStringList paths;
    const auto urls = source->urls();
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths += url.toLocalFile();
    }
    if (!paths.isEmpty())
        emit filesDropped(paths);
    else if (source->hasText() && !isReadOnly()) {
        const QString text = withPlainLineEnds(source->text());
        const QTextCursor at = textCursor();
        const bool follows = m_highlighter->isProgram() && text.size() <= kMuch && text.contains(u'\n');
        const auto state = m_highlighter->stateAt(document()->findBlock(at.selectionStart()),
            at.selectionStart() - document()->findBlock(at.selectionStart()).position());
        fill(at, follows ? indentedAs(m_indentation, text, state) : text, true);
    }
    ensureCursorVisible();
}

QMimeData* CodeEditor::createMimeDataFromSelection() const
{
    // The text alone, and each letter as it is: the base class makes spaces of no-break spaces.
    auto* const selected = new QMimeData;
    selected->setText(selectedText());
    return selected;
}

// --- what is told about the lines ---

void CodeEditor::setPlayheadLine(int line, const LinePart& statement)
{
    if (std::exchange(m_marks.statement, statement) != statement)
        updateAll();
    if (m_marks.playhead == line)
        return;
    m_marks.playhead = line;
    showLine(line);
    updateAll();
}

void CodeEditor::showLine(int line)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (line <= 0 || !block.isValid())
        return;
    // What the learner has folded stays so: the line that it is folded into is marked.
    const QTextBlock shown = Folding::shownAs(block);
    const QRect rect = lineRect(shown.blockNumber() + 1);
    if (rect.isEmpty() || rect.bottom() > viewport()->height() || rect.top() < 0)
        verticalScrollBar()->setValue(
            std::max(shown.firstLineNumber() - viewport()->height() / codeLineHeight(m_theme) / 3, 0));
}

void CodeEditor::setLineNotes(const QList<LineNote>& notes)
{
    if (m_marks.notes == notes)
        return;
    m_marks.notes = notes;
    updateAll();
}

void CodeEditor::setRunLines(const RunLines& run)
{
    if (m_marks.run == run)
        return;
    m_marks.run = run;
    updateAll();
}

void CodeEditor::setHighlightedLine(int line)
{
    if (std::exchange(m_marks.highlighted, line) != line)
        updateAll();
}

void CodeEditor::setChangedLines(const QList<int>& lines)
{
    if (std::exchange(m_marks.changed, lines) != lines)
        m_gutter->update();
}

void CodeEditor::setProblem(const std::optional<CodeProblem>& problem)
{
    if (m_marks.problem == problem)
        return;
    m_marks.problem = problem;
    if (problem) {
        m_problemBar->setSentence(tr("Line %1: %2").arg(problem->line).arg(problem->sentence));
        m_problemDelay.start();
        placeBars();
    } else {
        m_problemDelay.stop();
        m_problemBar->hide();
    }
    updateAll();
}

void CodeEditor::showProblem()
{
    m_problemBar->setVisible(m_marks.problem.has_value());
    placeBars();
}

void CodeEditor::goToProblem()
{
    if (m_marks.problem)
        goTo(m_marks.problem->line, m_marks.problem->column);
}

QString CodeEditor::toolTipAt(int line) const
{
    if (m_marks.problem && m_marks.problem->line == line)
        return m_marks.problem->sentence;
    const LineNote* note = m_marks.noteAt(line);
    return note ? note->toolTip : QString();
}

} // namespace bistro::ui
