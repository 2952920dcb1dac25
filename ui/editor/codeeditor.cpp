#include "editor/codeeditor.h"

#include "editor/codeedits.h"
#include "editor/codelayout.h"
#include "editor/completionlist.h"
#include "editor/findbar.h"
#include "editor/gutter.h"
#include "editor/highlighter.h"
#include "editor/problembar.h"
#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>
#include <QToolTip>
#include <QUrl>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::ui {
namespace {

constexpr int kMostNamesRead = 200'000; // letters from the beginning that are read for imported names
constexpr int kWordsAround = 100'000; // letters that are read for words to complete
constexpr int kMostCandidates = 200;
constexpr qsizetype kAtOnce = 200'000; // letters that are put in without a look at the clock
constexpr qsizetype kFilled = 64'000; // letters between two looks
constexpr auto kFilling = 10ms; // of a turn
constexpr int kAbove = 8; // px of ground above the first line

const QHash<QChar, QChar>& pairs()
{
    static const QHash<QChar, QChar> all {
        {u'(', u')'}, {u'[', u']'}, {u'{', u'}'}, {u'\'', u'\''}, {u'"', u'"'}, {u'`', u'`'}};
    return all;
}

bool isQuote(QChar c)
{
    return c == u'\'' || c == u'"' || c == u'`';
}
bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

// Separators that a document would keep within a line but JavaScript counts as its end.
QString withPlainLineEnds(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    for (const char16_t end : {u'\r', u'\u2028', u'\u2029', u'\ufdd0', u'\ufdd1'})
        text.replace(QChar(end), u'\n');
    return text;
}

} // namespace

CodeEditor::CodeEditor(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_theme(Scheme::Light)
{
    auto* document = new QTextDocument(this);
    m_layout = new CodeLayout(document);
    document->setDocumentLayout(m_layout);
    setDocument(document);
    m_longLines = new LongLines(document);
    m_highlighter = new Highlighter(document);
    m_gutter = new Gutter(this);
    m_findBar = new FindBar(this);
    m_problemBar = new ProblemBar(this);

    m_candidates = new QStandardItemModel(this);
    m_completer = new QCompleter(m_candidates, this);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(9);
    m_completer->popup()->setAccessibleName(tr("Completions"));
    m_completionLook = new CompletionDelegate(this);
    m_completer->popup()->setItemDelegate(m_completionLook); // QCompleter has put in one of its own
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &CodeEditor::insertCompletion);

    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);
    setAccessibleName(tr("Program"));
    setTabChangesFocus(false);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setCursorWidth(2);
    document->setDocumentMargin(0);
    m_fillOn.setInterval(0ms);
    connect(&m_fillOn, &QTimer::timeout, this, &CodeEditor::fillOn);
    m_problemDelay.setSingleShot(true);
    m_problemDelay.setInterval(900ms);
    connect(&m_problemDelay, &QTimer::timeout, this, [this] {
        m_problemBar->setVisible(m_marks.problem.has_value());
        placeBars();
    });
    connect(m_problemBar, &QAbstractButton::clicked, this, [this] {
        if (m_marks.problem)
            goTo(m_marks.problem->line, m_marks.problem->column);
        setFocus();
    });
    connect(document, &QTextDocument::contentsChange, this, &CodeEditor::contentsChanged);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::updateMargins);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        revealCursor();
        m_ownClosings.keepAround(textCursor());
        updateBrackets();
        updateAll();
    });
    connect(this, &QPlainTextEdit::selectionChanged, this, &CodeEditor::updateAll);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect&, int) { m_gutter->update(); });
    connect(m_findBar, &FindBar::changed, this, &CodeEditor::updateAll);
    connect(m_findBar, &FindBar::resized, this, &CodeEditor::updateMargins);
    setTheme(m_theme);
}

CodeEditor::~CodeEditor() = default;

void CodeEditor::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_longLines->setTheme(theme);
    const QFont font = codeFont(theme);
    m_layout->setHeld(true); // font, tabs and rows change: one look at all lines is enough
    setFont(font);
    document()->setDefaultFont(font);
    const double letter = QFontMetricsF(font).horizontalAdvance(u'0');
    QTextOption option = document()->defaultTextOption();
    option.setTabStopDistance(kIndent * letter);
    document()->setDefaultTextOption(option);
    m_layout->setMetrics({.width = m_wraps ? std::max(viewport()->width(), 0) : -1.0,
        .rowHeight = codeLineHeight(theme),
        .letter = letter,
        .hanging = double(theme.px(26))});

    QPalette palette;
    palette.setColor(QPalette::Window, theme.window());
    palette.setColor(QPalette::Base, theme.window());
    palette.setColor(QPalette::Text, theme.text());
    palette.setColor(QPalette::Highlight, theme.selection());
    palette.setColor(QPalette::HighlightedText, theme.text());
    setPalette(palette);
    const QString bars = scrollBarStyle(theme);
    verticalScrollBar()->setStyleSheet(bars);
    horizontalScrollBar()->setStyleSheet(bars);
    m_completionLook->setTheme(theme);
    m_completer->popup()->setStyleSheet(
        u"QAbstractItemView { background: %1; color: %2; border: 1px solid %3; padding: 0; outline: none; }"_s.arg(
            theme.raised().name(), theme.text().name(), theme.border().name())
        + bars); // no padding: QCompleter leaves no room for it
    m_highlighter->setTheme(theme);
    m_findBar->setTheme(theme);
    m_problemBar->setTheme(theme);
    m_layout->setHeld(false);
    if (blockCount() <= CodeLayout::kMany)
        document()->markContentsDirty(0, document()->characterCount());
    updateMargins();
    updateAll();
}

void CodeEditor::setFileName(const QString& name)
{
    m_highlighter->setFileName(name);
}
QString CodeEditor::language() const
{
    return m_highlighter->language();
}

void CodeEditor::setText(const QString& text)
{
    m_settingText = true;
    m_fillOn.stop();
    m_filling.reset();
    m_wanted.reset();
    m_tooLong.clear();
    setPlainText({});
    m_longLines->clear();
    document()->setUndoRedoEnabled(false); // until all is in
    fill(QTextCursor(document()), text, false);
    QTextCursor start(document());
    setTextCursor(start);
    verticalScrollBar()->setValue(
        0); // the base class has looked for the cursor in the size that the editor had before it was shown
    document()->setModified(false);
    m_settingText = false;
}

void CodeEditor::replaceText(const QString& text)
{
    if (m_filling) { // nobody has changed that yet: there is nothing to come back to
        setText(text);
        return;
    }
    const QString before = this->text();
    if (before == text)
        return;
    // Only what differs: the rest keeps its place on the screen, its folds and its colours. What begins or ends within
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
    QString text = document()->toRawText();
    if (m_filling) {
        const int at = m_filling->at.position();
        text = m_longLines->whole(text.first(at), 0) + m_filling->text.sliced(m_filling->done)
            + m_longLines->whole(text.sliced(at), at);
    } else {
        text = m_longLines->whole(text, 0);
    }
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

void CodeEditor::fill(const QTextCursor& at, const QString& text, bool undoable)
{
    m_filling = Filling {.at = at, .text = text, .done = 0, .undoable = undoable};
    QPlainTextEdit::setReadOnly(true);
    fillOn();
}

void CodeEditor::fillOn()
{
    Filling& filling = *m_filling;
    QElapsedTimer clock;
    clock.start();
    const bool modified = document()->isModified() || filling.done == 0;
    do {
        qsizetype end = std::min(filling.done + (filling.done == 0 ? kAtOnce : kFilled), filling.text.size());
        if (end < filling.text.size()) { // whole lines, so that a long one is seen as one
            const qsizetype line = filling.text.indexOf(u'\n', end);
            end = line < 0 ? filling.text.size() : line + 1;
        }
        if (filling.undoable && filling.done > 0) // one step, however many turns it takes
            filling.at.joinPreviousEditBlock();
        else
            filling.at.beginEditBlock();
        const QString next = filling.text.sliced(filling.done, end - filling.done);
        filling.done = end; // before it is in: who asks for the text meanwhile is told of a change
        m_longLines->insert(filling.at, next);
        filling.at.endEditBlock();
    } while (filling.done < filling.text.size() && clock.durationElapsed() < kFilling);
    if (!modified || !filling.undoable)
        document()->setModified(false); // saved meanwhile, as a whole
    if (filling.done < filling.text.size()) {
        m_fillOn.start();
        return;
    }
    m_fillOn.stop();
    const bool undoable = filling.undoable;
    m_filling.reset();
    QPlainTextEdit::setReadOnly(m_readOnly);
    if (!undoable)
        document()->setUndoRedoEnabled(true);
    if (const auto wanted = std::exchange(m_wanted, {}))
        goTo(wanted->line, wanted->column);
    if (const int playhead = std::exchange(m_marks.playhead, 0); playhead > 0)
        setPlayheadLine(playhead);
    if (undoable)
        emit edited();
    emit filled();
}

void CodeEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    QPlainTextEdit::setReadOnly(readOnly || m_filling);
}

int CodeEditor::withoutEdit(const std::function<int()>& show)
{
    const bool modified = document()->isModified();
    m_showingOther = true;
    const int position = show();
    m_showingOther = false;
    if (!modified)
        document()->setModified(false);
    return position;
}

int CodeEditor::showLetters(const QTextBlock& block, qsizetype letter, qsizetype count)
{
    if (m_longLines->isEmpty() || !LongLines::hasMark(block))
        return block.position() + static_cast<int>(std::clamp<qsizetype>(letter, 0, block.length() - 1));
    const qsizetype length = LongLines::offsetOf(block.position() + block.length() - 1, m_longLines->marksIn(block))
        - block.position();
    return withoutEdit([&] { return m_longLines->show(block, std::clamp<qsizetype>(letter, 0, length), count); });
}

void CodeEditor::selectPart(qsizetype from, qsizetype length)
{
    QTextCursor cursor(document());
    const auto marks = m_longLines->marks();
    const int position = LongLines::positionOf(from, marks);
    const int end = LongLines::positionOf(from + length, marks);
    cursor.setPosition(position);
    if (const QTextBlock block = cursor.block();
        !marks.isEmpty() && end < block.position() + block.length()) { // of one line: another part of it can be shown
        const int shown = showLetters(block, from - LongLines::offsetOf(block.position(), marks), length);
        cursor.setPosition(shown);
        const int last = cursor.block().position() + cursor.block().length() - 1;
        cursor.setPosition(static_cast<int>(std::min<qsizetype>(shown + length, last)), QTextCursor::KeepAnchor);
    } else {
        cursor.setPosition(end, QTextCursor::KeepAnchor);
    }
    setTextCursor(cursor);
    ensureCursorVisible();
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

// What has been put together, a line's end deleted or much typed, may be too long now.
void CodeEditor::shortenLines()
{
    for (const QTextCursor& at : std::exchange(m_tooLong, {})) {
        const QTextBlock block = at.block();
        if (block.length() <= LongLines::kLongest || m_filling || document()->isRedoAvailable())
            continue;
        QTextCursor cursor = textCursor();
        const bool here = cursor.block() == block;
        const int shown = withoutEdit(
            [&] { return m_longLines->shorten(block, here ? cursor.position() : block.position()); });
        if (here) {
            cursor.setPosition(shown);
            setTextCursor(cursor);
        }
    }
}

std::optional<LongLines::Mark> CodeEditor::markUnder(const QPointF& point) const
{
    if (m_longLines->isEmpty())
        return {};
    const QTextCursor cursor = cursorForPosition(snapped(point).toPoint());
    for (const int position : {cursor.position() - 1, cursor.position()}) {
        const auto mark = m_longLines->markAt(position);
        const QTextBlock block = document()->findBlock(position);
        if (mark && lettersRect(block.blockNumber() + 1, position - block.position() + 1, 1).contains(point))
            return mark;
    }
    return {};
}

// The next letters of a long line, or those before what is seen of it.
void CodeEditor::showBehind(const LongLines::Mark& mark)
{
    const QTextBlock block = document()->findBlock(mark.position);
    QTextCursor cursor = textCursor();
    cursor.setPosition(withoutEdit([&] {
        if (mark.position == block.position())
            return m_longLines->showUpTo(block, mark.hidden);
        return m_longLines->showFrom(
            block, LongLines::offsetOf(mark.position, m_longLines->marksIn(block)) - block.position());
    }));
    setTextCursor(cursor);
    ensureCursorVisible();
}

void CodeEditor::setPlayheadLine(int line)
{
    if (m_marks.playhead == line)
        return;
    m_marks.playhead = line;
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (line > 0 && block.isValid()) {
        for (QTextBlock at = block; !at.isVisible() && at.isValid(); at = at.previous()) {
            if (const BlockData* known = BlockData::of(at.previous()); known && known->folded)
                setFolded(at.previous(), false);
        }
        const QRect rect = lineRect(line);
        if (rect.isEmpty() || rect.bottom() > viewport()->height() || rect.top() < 0)
            verticalScrollBar()->setValue(
                std::max(block.firstLineNumber() - viewport()->height() / codeLineHeight(m_theme) / 3, 0));
    }
    updateAll();
}

void CodeEditor::setLineNotes(const QList<LineNote>& notes)
{
    if (m_marks.notes == notes)
        return;
    m_marks.notes = notes;
    updateAll();
}

void CodeEditor::setHighlightedLine(int line)
{
    if (std::exchange(m_marks.highlighted, line) != line)
        updateAll();
}

void CodeEditor::setBreakpoints(const QSet<int>& lines)
{
    m_marks.breakpoints = lines;
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

void CodeEditor::goTo(int line, int column)
{
    if (m_filling && !m_settingText && line >= blockCount())
        m_wanted = Place {line, column};
    const QTextBlock block = document()->findBlockByNumber(std::clamp(line, 1, blockCount()) - 1);
    QTextCursor cursor(block);
    cursor.setPosition(showLetters(block, column - 1, 1));
    setTextCursor(cursor);
    const QRect rect = lineRect(line);
    if (rect.isEmpty() || rect.top() < 0 || rect.bottom() > viewport()->height())
        centerCursor();
}

QString CodeEditor::selectedText() const
{
    const QTextCursor cursor = textCursor();
    const int start = cursor.selectionStart();
    const int length = cursor.selectionEnd() - start;
    // Of much the document's whole text is got faster than a selection's.
    QString text = m_longLines->whole(
        length > kAtOnce ? document()->toRawText().sliced(start, length) : cursor.selectedText(), start);
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

void CodeEditor::setWrapping(bool wraps)
{
    m_wraps = wraps;
    CodeLayout::Metrics metrics = m_layout->metrics();
    metrics.width = wraps ? std::max(viewport()->width(), 0) : -1;
    m_layout->setMetrics(metrics);
    setLineWrapMode(wraps ? WidgetWidth : NoWrap);
}

QList<CodeEditor::Row> CodeEditor::visibleRows() const
{
    QList<Row> rows;
    QPointF offset = contentOffset();
    for (QTextBlock block = firstVisibleBlock(); block.isValid() && offset.y() <= viewport()->height();
        block = block.next()) {
        const QRectF rect = blockBoundingRect(block).translated(offset);
        if (block.isVisible())
            rows.append({block, rect});
        offset.ry() += rect.height();
    }
    return rows;
}

QRect CodeEditor::lineRect(int line) const
{
    for (const Row& row : visibleRows()) {
        if (row.block.blockNumber() + 1 == line)
            return QRectF(0, row.rect.y(), viewport()->width(), row.rect.height()).toRect();
    }
    return {};
}

int CodeEditor::lineAt(int y) const
{
    for (const Row& row : visibleRows()) {
        if (y >= row.rect.top() && y < row.rect.bottom())
            return row.block.blockNumber() + 1;
    }
    return 0;
}

QRectF CodeEditor::lettersRect(int line, int column, int length) const
{
    for (const Row& row : visibleRows()) {
        if (row.block.blockNumber() + 1 != line)
            continue;
        const QTextLine textLine = row.block.layout()->lineForTextPosition(column - 1);
        if (!textLine.isValid())
            return {};
        const int end = std::min(column - 1 + length, textLine.textStart() + textLine.textLength());
        const double left = textLine.cursorToX(column - 1);
        return QRectF(left, textLine.y(), textLine.cursorToX(end) - left, textLine.height())
            .translated(row.rect.topLeft());
    }
    return {};
}

QList<ScheduledCall> CodeEditor::scheduledCallsOf(int line) const
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    return block.isValid() ? callsOf(block) : QList<ScheduledCall>();
}

QColor CodeEditor::groundOf(int line) const
{
    if (m_marks.showsPlayhead(line))
        return m_theme.currentLine();
    if (const auto tint = m_marks.tintAt(line))
        return m_theme.tint(*tint);
    if (line == m_marks.highlighted)
        return m_theme.currentLine();
    if (m_marks.playhead == 0 && hasFocus() && line == currentLine())
        return m_theme.sunken();
    return {};
}

QColor CodeEditor::edgeOf(int line) const
{
    if (m_marks.showsPlayhead(line))
        return m_theme.ink();
    const auto tint = m_marks.tintAt(line);
    return tint ? m_theme.color(*tint) : QColor();
}

void CodeEditor::contentsChanged(int position, int removed, int added)
{
    const int blocks = document()->blockCount();
    const int delta = blocks - std::exchange(m_blocks, blocks);
    if (m_filling && !m_filling->undoable && !m_settingText)
        return; // the rest of a text
    if (m_settingText) {
        m_marks.clear();
        m_problemBar->hide();
        return;
    }
    if (removed == added && removed == 0)
        return;
    for (QTextBlock block = document()->findBlock(position); block.isValid() && block.position() <= position + added;
        block = block.next()) {
        if (block.length() <= LongLines::kLongest)
            continue;
        if (m_tooLong.isEmpty()) // not within a change
            QMetaObject::invokeMethod(this, &CodeEditor::shortenLines, Qt::QueuedConnection);
        m_tooLong.append(QTextCursor(block));
    }
    if (delta != 0) {
        const QTextBlock at = document()->findBlock(position);
        const int line = at.blockNumber() + 1 + (position == at.position() && delta > 0 ? -1 : 0);
        m_marks.move(line, delta);
    }
    if (m_marks.problem) {
        m_problemBar->hide(); // it may not be true any more; the next check says so
        m_problemDelay.start();
    }
    if (!m_filling && !m_showingOther)
        emit edited();
}

int CodeEditor::gutterWidth() const
{
    const auto digits = std::max<qsizetype>(QString::number(blockCount()).size(), 2);
    return m_theme.px(40)
        + qRound(
            static_cast<double>(digits) * QFontMetricsF(codeFont(m_theme, TypeSize::Second)).horizontalAdvance(u'0'));
}

void CodeEditor::updateMargins()
{
    const int width = gutterWidth();
    const int bar = m_findBar->isHidden() ? 0 : m_findBar->sizeHint().height();
    setViewportMargins(width, bar + m_theme.px(kAbove), 0, 0);
    placeBars();
}

void CodeEditor::placeBars()
{
    const int width = gutterWidth();
    const int bar = m_findBar->isHidden() ? 0 : m_findBar->sizeHint().height();
    const QRect inside = contentsRect();
    m_findBar->setGeometry(inside.left(), inside.top(), inside.width(), bar);
    const int top = bar + m_theme.px(kAbove);
    m_gutter->setGeometry(inside.left(), inside.top() + top, width, inside.height() - top);
    const int foot = m_problemBar->heightFor(inside.width());
    m_problemBar->setGeometry(inside.left(), inside.bottom() + 1 - foot, inside.width(), foot);
    m_findBar->raise();
    m_problemBar->raise();
}

void CodeEditor::updateAll()
{
    viewport()->update();
    m_gutter->update();
}

void CodeEditor::resizeEvent(QResizeEvent* event)
{
    CodeLayout::Metrics metrics = m_layout->metrics();
    metrics.width = m_wraps ? std::max(viewport()->width(), 0) : -1;
    m_layout->setMetrics(metrics); // before the base class lays out for the new width
    // Of a height alone the base class does not lay out all lines again.
    QResizeEvent height(event->size(), {event->size().width(), event->oldSize().height()});
    QPlainTextEdit::resizeEvent(blockCount() <= CodeLayout::kMany ? event : &height);
    placeBars();
}

// --- drawing ---

void CodeEditor::paintSelection(QPainter& painter, const Row& row, int start, int end, const QColor& color) const
{
    const QTextLayout* layout = row.block.layout();
    const int from = std::max(start - row.block.position(), 0);
    const int to = std::min(end - row.block.position(), row.block.length() - 1);
    const double letter = m_layout->metrics().letter;
    for (int i = 0; i < layout->lineCount(); ++i) {
        const QTextLine line = layout->lineAt(i);
        const int lineStart = line.textStart();
        const int lineEnd = lineStart + line.textLength();
        if (to < lineStart || from > lineEnd || (from == lineEnd && i + 1 < layout->lineCount()))
            continue;
        const double left = line.cursorToX(std::max(from, lineStart));
        double right = line.cursorToX(std::min(to, lineEnd));
        if (end > row.block.position() + row.block.length() - 1 && i + 1 == layout->lineCount())
            right += letter; // the line's end is selected, too
        if (right > left)
            painter.fillRect(QRectF(row.rect.left() + left, row.rect.top() + i * m_layout->metrics().rowHeight,
                                 right - left, m_layout->metrics().rowHeight),
                color);
    }
}

void CodeEditor::paintBehind(QPainter& painter, const Row& row) const
{
    const int line = row.block.blockNumber() + 1;
    if (const QColor ground = groundOf(line); ground.isValid())
        painter.fillRect(QRectF(0, row.rect.top(), viewport()->width(), row.rect.height()), ground);
    if (const auto pattern = m_findBar->pattern(); pattern && row.block.length() <= Highlighter::kLongestLine) {
        QColor found = m_theme.color(Meaning::Immediate);
        found.setAlphaF(m_theme.isDark() ? 0.3f : 0.25f);
        for (auto it = pattern->globalMatch(row.block.text()); it.hasNext();) {
            const auto match = it.next();
            const int start = row.block.position() + static_cast<int>(match.capturedStart());
            paintSelection(painter, row, start, start + static_cast<int>(match.capturedLength()), found);
        }
    }
    for (const int position : m_brackets) {
        if (!row.block.contains(position))
            continue;
        const QRectF rect = lettersRect(line, position - row.block.position() + 1, 1).adjusted(-0.5, 1, 0.5, -1);
        painter.setPen(QPen(m_theme.secondary(), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect, 2, 2);
    }
    const QTextCursor cursor = textCursor();
    if (cursor.hasSelection())
        paintSelection(painter, row, cursor.selectionStart(), cursor.selectionEnd(), m_theme.selection());
}

void CodeEditor::paintOver(QPainter& painter, const Row& row) const
{
    const int line = row.block.blockNumber() + 1;
    const QTextLayout* layout = row.block.layout();
    const int rowHeight = m_layout->metrics().rowHeight;
    const int thickness = m_theme.px(2);
    for (const ScheduledCall& call : callsOf(row.block)) {
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine textLine = layout->lineAt(i);
            const int from = std::max(call.column, textLine.textStart());
            const int to = std::min(call.column + call.length, textLine.textStart() + textLine.textLength());
            if (from >= to)
                continue;
            const double left = textLine.cursorToX(from);
            const double bottom = row.rect.top() + (i + 1) * rowHeight - m_theme.px(1.5);
            painter.fillRect(
                QRectF(row.rect.left() + left, bottom - thickness, textLine.cursorToX(to) - left, thickness),
                m_theme.color(call.meaning));
        }
    }
    if (m_marks.problem && m_marks.problem->line == line) {
        const int last = std::max(row.block.length() - 2, 0);
        const int from = std::clamp(m_marks.problem->column - 1, 0, std::max(last, 0));
        const int to = std::max(
            std::min(m_marks.problem->column - 1 + m_marks.problem->length, row.block.length() - 1), from + 1);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(Meaning::Error), std::max(1.0, m_theme.zoom() * 1.4)));
        painter.setBrush(Qt::NoBrush);
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine textLine = layout->lineAt(i);
            const int start = std::max(from, textLine.textStart());
            const int end = std::min(to, textLine.textStart() + std::max(textLine.textLength(), 1));
            if (start >= end)
                continue;
            const double left = row.rect.left() + textLine.cursorToX(start);
            const double right = std::max(row.rect.left() + textLine.cursorToX(end), left + m_layout->metrics().letter);
            const double base = row.rect.top() + (i + 1) * rowHeight - m_theme.px(3);
            const double step = m_theme.px(3);
            QPainterPath wave({left, base});
            int n = 0;
            for (double x = left + step; x < right + step; x += step)
                wave.lineTo(std::min(x, right), base + (++n % 2 ? -step * 0.6 : step * 0.3));
            painter.drawPath(wave);
        }
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const double lastLeft = row.rect.left()
        + (layout->lineCount() > 0 ? layout->lineAt(layout->lineCount() - 1).naturalTextRect().right() : 0);
    const double lastTop = row.rect.bottom() - rowHeight;
    if (const BlockData* known = BlockData::of(row.block); known && known->folded) {
        const QFont font = codeFont(m_theme);
        const QRectF pill(lastLeft + m_theme.px(6), lastTop + m_theme.px(4), m_theme.px(26), rowHeight - m_theme.px(8));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme.border());
        painter.setBrush(m_theme.sunken());
        painter.drawRoundedRect(pill, m_theme.px(4), m_theme.px(4));
        painter.setPen(m_theme.secondary());
        painter.setFont(font);
        painter.drawText(pill, Qt::AlignCenter, u"…"_s);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const LineNote* note = m_marks.noteAt(line);
    if (note && !note->badge.isEmpty()) {
        const QFont font = uiFont(m_theme, TypeSize::Second, QFont::Bold);
        const int width = QFontMetrics(font).horizontalAdvance(note->badge) + m_theme.px(16);
        const int height = m_theme.px(18);
        const double left = viewport()->width() - width - m_theme.px(10);
        // In the last row that has room for it; where none has, the code's end gives way to it.
        int free = layout->lineCount() - 1;
        while (free > 0 && row.rect.left() + layout->lineAt(free).naturalTextRect().right() + m_theme.px(6) > left)
            --free;
        const bool room = free >= 0
            && row.rect.left() + layout->lineAt(free).naturalTextRect().right() + m_theme.px(6) <= left;
        const double top = room ? row.rect.top() + free * rowHeight : lastTop;
        if (!room)
            painter.fillRect(QRectF(left - m_theme.px(6), top, viewport()->width() - left + m_theme.px(6), rowHeight),
                groundOf(line).isValid() ? groundOf(line) : m_theme.window());
        const QRectF pill(left, top + (rowHeight - height) / 2.0, width, height);
        const Meaning meaning = note->tint.value_or(Meaning::Running);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(meaning));
        painter.drawRoundedRect(pill, height / 2.0, height / 2.0);
        painter.setPen(m_theme.window());
        painter.setFont(font);
        painter.drawText(pill, Qt::AlignCenter, note->badge);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
}

void CodeEditor::paintEvent(QPaintEvent* event)
{
    // Not the base class's: selections and grounds are as high as a row, which is higher than the font.
    QPainter painter(viewport());
    const QRect clip = event->rect();
    painter.setClipRect(clip);
    painter.fillRect(clip, m_theme.window());
    const auto context = getPaintContext();
    for (const Row& row : visibleRows()) {
        if (row.rect.bottom() < clip.top() || row.rect.top() > clip.bottom())
            continue;
        paintBehind(painter, row);
        painter.setPen(m_theme.text());
        QTextLayout* layout = row.block.layout();
        layout->draw(&painter, row.rect.topLeft(), {}, QRectF(clip));
        paintOver(painter, row);
        int position = context.cursorPosition;
        if (position < -1) // within letters that are being composed
            position = layout->preeditAreaPosition() - (position + 2);
        else
            position -= row.block.position();
        if (context.cursorPosition != -1 && position >= 0 && position < row.block.length()
            && textInteractionFlags().testFlag(Qt::TextEditable)) {
            painter.setPen(m_theme.ink());
            layout->drawCursor(&painter, row.rect.topLeft(), position, std::max(2, m_theme.px(2)));
        }
    }
}

void CodeEditor::paintGutter(QPainter& painter, const QRect& area) const
{
    painter.fillRect(area, m_theme.window());
    const int rowHeight = m_layout->metrics().rowHeight;
    const int width = m_gutter->width();
    const int mark = m_theme.px(12);
    const QFont plain = codeFont(m_theme, TypeSize::Second);
    const QFont bold = codeFont(m_theme, TypeSize::Second, QFont::Bold);
    for (const Row& row : visibleRows()) {
        const int line = row.block.blockNumber() + 1;
        const double middle = row.rect.top() + rowHeight / 2.0;
        if (const QColor ground = groundOf(line); ground.isValid())
            painter.fillRect(QRectF(0, row.rect.top(), width, row.rect.height()), ground);
        if (const QColor edge = edgeOf(line); edge.isValid())
            painter.fillRect(QRectF(0, row.rect.top(), m_theme.px(3), row.rect.height()), edge);
        painter.setRenderHint(QPainter::Antialiasing);
        const QPointF left(m_theme.px(12), middle);
        if (m_marks.breakpoints.contains(line)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.color(Meaning::Error));
            const double radius = line == m_marks.playhead ? m_theme.px(8) : m_theme.px(4);
            painter.drawEllipse(left, radius, radius);
        }
        if (line == m_marks.playhead) {
            const double u = m_theme.px(1);
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_marks.breakpoints.contains(line) ? m_theme.onInk() : m_theme.ink());
            painter.drawPolygon(QPolygonF {left + QPointF(-6, -2) * u, left + QPointF(0, -2) * u,
                left + QPointF(0, -5) * u, left + QPointF(6, 0) * u, left + QPointF(0, 5) * u, left + QPointF(0, 2) * u,
                left + QPointF(-6, 2) * u});
        }
        const bool strong = line == m_marks.playhead;
        painter.setPen(strong || (hasFocus() && line == currentLine()) ? m_theme.text() : m_theme.secondary());
        painter.setFont(strong ? bold : plain);
        painter.drawText(QRectF(0, row.rect.top(), width - m_theme.px(20), rowHeight),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
        const LineNote* note = m_marks.noteAt(line);
        if (note && !note->pending.isEmpty()) {
            // One of each kind: the only one in full, several of them small, at most four.
            QList<Meaning> kinds;
            for (const Meaning meaning : note->pending) {
                if (!kinds.contains(meaning) && kinds.size() < 4)
                    kinds.append(meaning);
            }
            const QRectF place(width - m_theme.px(17), middle - mark / 2.0 - m_theme.px(4), mark + m_theme.px(4),
                mark + m_theme.px(8));
            const int columns = kinds.size() > 2 ? 2 : 1;
            const int rows = kinds.size() > 1 ? 2 : 1;
            const double side = rows == 1 ? mark : columns == 1 ? m_theme.px(9) : m_theme.px(7);
            for (qsizetype i = 0; i < kinds.size(); ++i) {
                const QRectF cell(place.left() + static_cast<double>(i % columns) * place.width() / columns,
                    place.top() + static_cast<double>(i / columns) * place.height() / rows, place.width() / columns,
                    place.height() / rows);
                QRectF square(0, 0, side, side);
                square.moveCenter(cell.center());
                paintMark(painter, kinds[i], square, m_theme.color(kinds[i]));
            }
        } else if (m_hovered >= 0 && m_highlighter->foldEnd(row.block).isValid() && m_gutter->underMouse()) {
            const BlockData* known = BlockData::of(row.block);
            const double u = m_theme.px(1);
            const QPointF centre(width - m_theme.px(10), middle);
            painter.setPen(QPen(m_theme.secondary(), 1.5 * u, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.setBrush(Qt::NoBrush);
            if (known && known->folded)
                painter.drawPolyline(
                    QPolygonF {centre + QPointF(-2, -4) * u, centre + QPointF(2, 0) * u, centre + QPointF(-2, 4) * u});
            else
                painter.drawPolyline(
                    QPolygonF {centre + QPointF(-4, -2) * u, centre + QPointF(0, 2) * u, centre + QPointF(4, -2) * u});
        }
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
}

void CodeEditor::gutterPressed(int y, int x)
{
    const int line = lineAt(y);
    if (line == 0)
        return;
    if (x < m_gutter->width() - m_theme.px(20)) {
        const bool set = !m_marks.breakpoints.contains(line);
        if (set)
            m_marks.breakpoints.insert(line);
        else
            m_marks.breakpoints.remove(line);
        m_gutter->update();
        emit breakpointToggled(line, set);
        return;
    }
    const LineNote* note = m_marks.noteAt(line);
    if (note && !note->pending.isEmpty())
        emit lineClicked(line);
    else
        toggleFoldAt(line);
}

QString CodeEditor::toolTipAt(int line) const
{
    if (m_marks.problem && m_marks.problem->line == line)
        return m_marks.problem->sentence;
    const LineNote* note = m_marks.noteAt(line);
    return note ? note->toolTip : QString();
}

QString CodeEditor::gutterToolTipAt(int y) const
{
    const int line = lineAt(y);
    if (line == 0)
        return {};
    QStringList texts;
    if (line == m_marks.playhead)
        texts += tr("This line runs at the moment that you look at.");
    if (m_marks.breakpoints.contains(line))
        texts += tr("Marked by you, to find it again. Nothing stops here. A click takes the mark away.");
    if (const QString about = toolTipAt(line); !about.isEmpty())
        texts += about;
    const LineNote* note = m_marks.noteAt(line);
    if (note && !note->pending.isEmpty()) {
        if (const QString marks = m_explainMarks ? m_explainMarks(line) : QString(); !marks.isEmpty())
            texts += marks;
    } else if (const QTextBlock block = document()->findBlockByNumber(line - 1);
        m_highlighter->foldEnd(block).isValid()) {
        const BlockData* known = BlockData::of(block);
        texts += known && known->folded ? tr("A click on the arrow shows the lines that are folded here.")
                                        : tr("A click on the arrow folds the lines up to the closing bracket.");
    }
    return texts.join(u'\n');
}

// --- names, brackets ---

void CodeEditor::refreshNames() const
{
    if (m_namesRevision == document()->revision())
        return;
    m_namesRevision = document()->revision();
    QString head;
    for (QTextBlock block = document()->begin(); block.isValid() && head.size() < kMostNamesRead;
        block = block.next()) {
        if (block.length() <= Highlighter::kLongestLine)
            head += block.text() + u'\n';
    }
    Names names = importedNames(head);
    if (names == m_names)
        return;
    m_names = std::move(names);
    ++m_namesVersion;
}

const QList<ScheduledCall>& CodeEditor::callsOf(const QTextBlock& block) const
{
    refreshNames();
    BlockData& known = BlockData::make(block);
    if (known.callsRevision == block.revision() && known.callsNames == m_namesVersion && known.highlighted)
        return known.calls;
    const QString language = m_highlighter->language();
    const bool program = language.startsWith("JavaScript"_L1) || language.startsWith("TypeScript"_L1);
    known.calls.clear();
    if (program && block.length() <= Highlighter::kLongestLine) {
        known.calls = bistro::ui::scheduledCalls(block.text(), m_names, [&block](int column) {
            const auto token = Highlighter::tokenAt(block, column);
            return token != Highlighter::Token::Text && token != Highlighter::Token::Comment;
        });
    }
    known.callsRevision = block.revision();
    known.callsNames = m_namesVersion;
    return known.calls;
}

bool CodeEditor::isCode(int position) const
{
    const QTextBlock block = document()->findBlock(position);
    const auto token = Highlighter::tokenAt(block, position - block.position());
    return token != Highlighter::Token::Text && token != Highlighter::Token::Comment;
}

void CodeEditor::updateBrackets()
{
    m_brackets.clear();
    const int position = textCursor().position();
    for (const int at : {position - 1, position}) {
        if (at < 0)
            continue;
        const int match = matchingBracket(*document(), at, [this](int p) { return isCode(p); });
        if (match >= 0) {
            m_brackets = {at, match};
            return;
        }
    }
}

// --- keys, mouse ---

bool CodeEditor::typePair(QKeyEvent* event)
{
    const QString typed = event->text();
    if (typed.size() != 1 || event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    const QChar c = typed.front();
    QTextCursor cursor = textCursor();
    const QChar next = document()->characterAt(cursor.selectionEnd());
    const bool closes = c == u')' || c == u']' || c == u'}' || isQuote(c);
    if (closes && m_ownClosings.goOver(cursor, c, [this](int position) { return isCode(position); })) {
        setTextCursor(cursor);
        ensureCursorVisible();
        return true;
    }
    if (c == u'}' && !cursor.hasSelection()) {
        const QString before = cursor.block().text().left(cursor.positionInBlock());
        if (!before.isEmpty() && before.trimmed().isEmpty()) {
            cursor.beginEditBlock();
            cursor.movePosition(
                QTextCursor::Left, QTextCursor::KeepAnchor, std::min<int>(kIndent, static_cast<int>(before.size())));
            cursor.insertText(u"}"_s);
            cursor.endEditBlock();
            setTextCursor(cursor);
            return true;
        }
    }
    const auto pair = pairs().find(c);
    if (pair == pairs().end())
        return false;
    if (cursor.hasSelection()) { // puts it around
        const int start = cursor.selectionStart();
        const int end = cursor.selectionEnd();
        cursor.beginEditBlock(); // what stands between is not touched, however long it is
        cursor.setPosition(end);
        cursor.insertText(*pair, QTextCharFormat());
        cursor.setPosition(start);
        cursor.insertText(c, QTextCharFormat());
        cursor.endEditBlock();
        cursor.setPosition(start + 1);
        cursor.setPosition(end + 1, QTextCursor::KeepAnchor);
        setTextCursor(cursor);
        return true;
    }
    const QChar before = cursor.position() > 0 ? document()->characterAt(cursor.position() - 1) : QChar();
    if (isWord(next) || isQuote(next) || (isQuote(c) && (isWord(before) || before == c || before == u'\\')))
        return false;
    // A quote within a text or comment, as in "it's", stands alone. Asked of the letter before: this one is not there
    // yet.
    if (isQuote(c) && cursor.positionInBlock() > 0 && !isCode(cursor.position() - 1) && !isQuote(before))
        return false;
    cursor.insertText(QString(c) + *pair);
    cursor.movePosition(QTextCursor::Left);
    setTextCursor(cursor);
    m_ownClosings.add(*document(), cursor.position() - 1, cursor.position());
    return true;
}

void CodeEditor::keyPressEvent(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (m_completer->popup()->isVisible()) {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            if (modifiers == Qt::NoModifier) {
                const QModelIndex index = m_completer->popup()->currentIndex();
                const QString text = (index.isValid() ? index : m_completer->popup()->model()->index(0, 0))
                                         .data(Qt::EditRole)
                                         .toString();
                m_completer->popup()->hide();
                insertCompletion(text);
                return;
            }
            break;
        case Qt::Key_Escape: m_completer->popup()->hide(); return;
        default: break;
        }
    }
    const bool lineKeys = modifiers == Qt::AltModifier;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers == Qt::ControlModifier) {
            emit runRequested();
            return;
        }
        if (modifiers == Qt::NoModifier && !isReadOnly()) {
            QTextCursor cursor = textCursor();
            newLine(cursor);
            setTextCursor(cursor);
            ensureCursorVisible();
            return;
        }
        break;
    case Qt::Key_Tab:
        if (modifiers == Qt::NoModifier && !isReadOnly()) {
            indent();
            return;
        }
        break;
    case Qt::Key_Backtab: unindent(); return;
    case Qt::Key_Up:
        if (lineKeys) {
            moveLinesUp();
            return;
        }
        break;
    case Qt::Key_Down:
        if (lineKeys) {
            moveLinesDown();
            return;
        }
        break;
    case Qt::Key_Home:
        if (modifiers == Qt::NoModifier
            || modifiers == Qt::ShiftModifier) { // first to the code, then to the line's beginning
            QTextCursor cursor = textCursor();
            const QString text = cursor.block().text();
            const auto indent = static_cast<int>(
                std::ranges::find_if(text, [](QChar c) { return !c.isSpace(); }) - text.begin());
            if (cursor.positionInBlock() <= indent
                || cursor.block().layout()->lineForTextPosition(cursor.positionInBlock()).lineNumber() == 0) {
                const int to = cursor.positionInBlock() == indent ? 0 : indent;
                cursor.setPosition(cursor.block().position() + to,
                    modifiers == Qt::ShiftModifier ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor);
                setTextCursor(cursor);
                return;
            }
        }
        break;
    case Qt::Key_Backspace:
        if (modifiers == Qt::NoModifier && !textCursor().hasSelection() && !isReadOnly()) {
            QTextCursor cursor = textCursor();
            const int position = cursor.position();
            const QString before = cursor.block().text().left(cursor.positionInBlock());
            if (position > 0
                && pairs().value(document()->characterAt(position - 1)) == document()->characterAt(position)
                && document()->characterAt(position) != QChar()) {
                cursor.setPosition(position - 1);
                cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
                cursor.removeSelectedText();
                return;
            }
            if (!before.isEmpty() && before.count(u' ') == before.size()) { // one indentation
                const auto back = static_cast<int>((before.size() - 1) % kIndent) + 1;
                cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, back);
                cursor.removeSelectedText();
                return;
            }
            if (cursor.atBlockStart() && position > 0
                && cursor.block().length() + cursor.block().previous().length() > LongLines::kLongest) {
                cursor.beginEditBlock(); // a step that the shortening of the line can become a part of
                cursor.deletePreviousChar();
                cursor.endEditBlock();
                return;
            }
        }
        break;
    case Qt::Key_Space:
        if (modifiers == Qt::ControlModifier) {
            complete();
            return;
        }
        break;
    case Qt::Key_Slash:
        if (modifiers == Qt::ControlModifier) {
            toggleComment();
            return;
        }
        break;
    case Qt::Key_D:
        if (modifiers == Qt::ControlModifier) {
            duplicate();
            return;
        }
        break;
    case Qt::Key_F8:
        if (m_marks.problem) {
            goTo(m_marks.problem->line, m_marks.problem->column);
            return;
        }
        break;
    case Qt::Key_Escape:
        if (!m_findBar->isHidden()) {
            m_findBar->close();
            return;
        }
        break;
    default: break;
    }
    if (!isReadOnly() && typePair(event)) {
        updateCompletion(false);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    const bool typed = !event->text().isEmpty() && event->text().front().isPrint();
    if (typed || (event->key() == Qt::Key_Backspace && m_completer->popup()->isVisible()))
        updateCompletion(false);
    else if (m_completer->popup()->isVisible())
        m_completer->popup()->hide();
}

bool CodeEditor::event(QEvent* event)
{
    // These belong to the editor while it has the focus, whatever the window's menus say.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto modifiers = key->modifiers() & ~Qt::KeypadModifier;
        const bool ours = (modifiers == Qt::ControlModifier
                              && (key->key() == Qt::Key_Slash || key->key() == Qt::Key_D
                                  || key->key() == Qt::Key_Space))
            || (modifiers == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down))
            || (key->key() == Qt::Key_Escape && (!m_findBar->isHidden() || m_completer->popup()->isVisible()));
        if (ours) {
            event->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

// A row is higher than its letters; for a hit between two rows the base class would take the line's beginning.
QPointF CodeEditor::snapped(const QPointF& point) const
{
    const int rowHeight = m_layout->metrics().rowHeight;
    for (const Row& row : visibleRows()) {
        if (point.y() < row.rect.top() || point.y() >= row.rect.bottom())
            continue;
        const double inside = point.y() - row.rect.top();
        return {point.x(), row.rect.top() + std::floor(inside / rowHeight) * rowHeight + rowHeight / 2.0};
    }
    return point;
}

bool CodeEditor::viewportEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const int line = lineAt(qRound(mouse->position().y()));
        if (event->type() == QEvent::MouseMove && std::exchange(m_hovered, line) != line)
            emit lineHovered(line);
        if (event->type() == QEvent::MouseButtonPress) {
            m_completer->popup()->hide();
            if (const auto mark = mouse->button() == Qt::LeftButton ? markUnder(mouse->position()) : std::nullopt) {
                showBehind(*mark);
                return true;
            }
            const BlockData* known = line > 0 ? BlockData::of(document()->findBlockByNumber(line - 1)) : nullptr;
            if (known && known->folded) {
                const QTextBlock block = document()->findBlockByNumber(line - 1);
                const double end = block.layout()->lineAt(block.layout()->lineCount() - 1).naturalTextRect().right();
                if (mouse->position().x() > end && mouse->position().x() < end + m_theme.px(34))
                    setFolded(block, false);
            }
        }
        QMouseEvent moved(mouse->type(), snapped(mouse->position()), mouse->globalPosition(), mouse->button(),
            mouse->buttons(), mouse->modifiers(), mouse->pointingDevice());
        moved.setTimestamp(mouse->timestamp());
        const bool handled = QPlainTextEdit::viewportEvent(&moved);
        event->setAccepted(moved.isAccepted());
        return handled;
    }
    case QEvent::Leave:
        if (std::exchange(m_hovered, 0) != 0)
            emit lineHovered(0);
        break;
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = markUnder(help->pos())
            ? tr("This line is too long to be shown whole. A click shows its next part; all of it is kept and saved.")
            : toolTipAt(lineAt(help->pos().y()));
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    default: break;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void CodeEditor::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        if (event->angleDelta().y() != 0)
            emit zoomRequested(event->angleDelta().y() > 0 ? 1 : -1);
        event->accept();
        return;
    }
    QPlainTextEdit::wheelEvent(event);
}

void CodeEditor::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        m_completer->popup()->hide();
    updateAll();
}

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
    else if (source->hasText() && !isReadOnly())
        fill(textCursor(), withPlainLineEnds(source->text()), true);
    ensureCursorVisible();
}

QMimeData* CodeEditor::createMimeDataFromSelection() const
{
    const QTextCursor cursor = textCursor();
    if (m_longLines->isEmpty() && cursor.selectionEnd() - cursor.selectionStart() < kAtOnce)
        return QPlainTextEdit::createMimeDataFromSelection();
    auto* const selected = new QMimeData; // the text alone: what it looks like would take a second for ten megabytes
    selected->setText(selectedText());
    return selected;
}

void CodeEditor::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos()); // not exec(): nothing waits
}

// --- editing ---

void CodeEditor::toggleComment()
{
    if (isReadOnly())
        return;
    const QString language = m_highlighter->language();
    const bool markup = language == "HTML"_L1 || language == "Markdown"_L1 || language == "XML"_L1;
    const QTextCursor cursor = textCursor();
    if (markup)
        bistro::ui::toggleComment(cursor, u"<!--"_s, u"-->"_s);
    else
        bistro::ui::toggleComment(cursor);
}

void CodeEditor::moveLinesUp()
{
    QTextCursor cursor = textCursor();
    if (!isReadOnly() && moveLines(cursor, -1))
        setTextCursor(cursor);
}

void CodeEditor::moveLinesDown()
{
    QTextCursor cursor = textCursor();
    if (!isReadOnly() && moveLines(cursor, 1))
        setTextCursor(cursor);
}

void CodeEditor::duplicate()
{
    if (isReadOnly())
        return;
    QTextCursor cursor = textCursor();
    duplicateLines(cursor);
    setTextCursor(cursor);
}

void CodeEditor::indent()
{
    QTextCursor cursor = textCursor();
    if (cursor.hasSelection()
        && document()->findBlock(cursor.selectionStart()) != document()->findBlock(cursor.selectionEnd())) {
        indentLines(cursor, 1);
        return;
    }
    cursor.insertText(QString(kIndent - cursor.positionInBlock() % kIndent, u' '));
}

void CodeEditor::unindent()
{
    if (!isReadOnly())
        indentLines(textCursor(), -1);
}

void CodeEditor::selectLine()
{
    QTextCursor cursor = textCursor();
    const int end = document()->findBlock(cursor.selectionEnd()).position()
        + document()->findBlock(cursor.selectionEnd()).length();
    cursor.setPosition(document()->findBlock(cursor.selectionStart()).position());
    cursor.setPosition(std::min(end, document()->characterCount() - 1), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void CodeEditor::goToBracket()
{
    if (m_brackets.size() == 2) {
        QTextCursor cursor = textCursor();
        cursor.setPosition(m_brackets.at(1));
        setTextCursor(cursor);
    }
}

void CodeEditor::find()
{
    m_findBar->open(FindBar::Mode::Find);
}
void CodeEditor::replace()
{
    m_findBar->open(FindBar::Mode::Replace);
}
void CodeEditor::goToLine()
{
    m_findBar->open(FindBar::Mode::GoToLine);
}
void CodeEditor::findNext()
{
    m_findBar->findNext();
}
void CodeEditor::findPrevious()
{
    m_findBar->findPrevious();
}

void CodeEditor::complete()
{
    updateCompletion(true);
}

void CodeEditor::updateCompletion(bool asked)
{
    const QString language = m_highlighter->language();
    if (isReadOnly() || !(language.startsWith("JavaScript"_L1) || language.startsWith("TypeScript"_L1))) {
        m_completer->popup()->hide();
        return;
    }
    const QTextCursor cursor = textCursor();
    const int column = cursor.positionInBlock();
    const QString line = cursor.block().text();
    // Not unasked in the middle of a word, nor in a comment that began on another line.
    const bool inside = column < line.size() && isWord(line[column]);
    const bool comment = column > 0 && Highlighter::tokenAt(cursor.block(), column - 1) == Highlighter::Token::Comment;
    if (line.size() > Highlighter::kLongestLine || comment || (!asked && inside)) {
        m_completer->popup()->hide();
        return;
    }
    QString before = line.left(column);
    QTextBlock above = cursor.block().previous();
    for (int i = 0; i < 3 && above.isValid(); ++i, above = above.previous()) // a call may go on from the line above
        before.prepend(above.text().left(2'000) + u'\n');
    refreshNames();
    QString around;
    const int position = cursor.position();
    QTextBlock block = document()->findBlock(std::max(position - kWordsAround / 2, 0));
    for (; block.isValid() && around.size() < kWordsAround; block = block.next()) {
        if (block.length() <= Highlighter::kLongestLine && block != cursor.block())
            around += block.text() + u'\n';
    }
    around += line.left(column - std::min<int>(column, 60)) + u' ' + line.mid(column);
    const Completion completion = completionsAt(before, m_names, wordsOf(around), NodeApi::get(), asked);
    if (completion.candidates.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_candidates->clear();
    for (const auto& candidate :
        completion.candidates.first(std::min<qsizetype>(completion.candidates.size(), kMostCandidates))) {
        auto* item = new QStandardItem(candidate.text);
        item->setData(static_cast<int>(candidate.kind), CompletionDelegate::kKindRole);
        item->setData(candidate.about, CompletionDelegate::kAboutRole);
        item->setData(QString(candidate.text + u", "_s + candidate.about), Qt::AccessibleTextRole);
        item->setEditable(false);
        m_candidates->appendRow(item);
    }
    m_completer->setCompletionPrefix(before.right(completion.prefix));
    m_completionLook->setPrefix(m_completer->completionPrefix());
    QRect place = cursorRect();
    place.translate(viewport()->pos() - QPoint(qRound(completion.prefix * m_layout->metrics().letter), 0));
    place.setHeight(m_layout->metrics().rowHeight);
    const int bar = m_candidates->rowCount() > m_completer->maxVisibleItems()
        ? m_completer->popup()->verticalScrollBar()->sizeHint().width()
        : 0;
    place.setWidth(std::clamp(m_completer->popup()->sizeHintForColumn(0) + bar + 2, m_theme.px(180),
        std::max(width() - m_theme.px(20), m_theme.px(180))));
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->popup()->model()->index(0, 0));
}

void CodeEditor::insertCompletion(const QString& text)
{
    if (text.isEmpty())
        return;
    QTextCursor cursor = textCursor();
    cursor.movePosition(
        QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(m_completer->completionPrefix().size()));
    cursor.insertText(text);
    setTextCursor(cursor);
}

// --- folding ---

void CodeEditor::toggleFold()
{
    toggleFoldAt(currentLine());
}

void CodeEditor::toggleFoldAt(int line)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (block.isValid()) {
        const BlockData* known = BlockData::of(block);
        setFolded(block, !(known && known->folded));
    }
}

void CodeEditor::setFolded(const QTextBlock& block, bool folded)
{
    BlockData& known = BlockData::make(block);
    if (known.folded == folded)
        return;
    const QTextBlock end = m_highlighter->foldEnd(block);
    if (folded && (!end.isValid() || end == block.next()))
        return; // nothing stands between
    known.folded = folded;
    // Without an end (its bracket was deleted) everything up to the next line in sight comes back.
    QTextBlock last = end.isValid() ? end.previous() : block;
    if (!end.isValid()) {
        while (last.next().isValid() && !last.next().isVisible())
            last = last.next();
    }
    for (QTextBlock inner = block.next(); inner.isValid() && inner.blockNumber() <= last.blockNumber();
        inner = inner.next()) {
        inner.setVisible(!folded);
        inner.setLineCount(folded ? 0 : 1);
        const BlockData* innerData = BlockData::of(inner);
        if (!folded && innerData && innerData->folded) { // one that is folded within stays so
            const QTextBlock innerEnd = m_highlighter->foldEnd(inner);
            if (innerEnd.isValid())
                inner = innerEnd.previous();
        }
    }
    if (folded) {
        QTextCursor cursor = textCursor();
        if (const int at = cursor.blockNumber(); at > block.blockNumber() && at <= last.blockNumber()) {
            cursor.setPosition(block.position() + block.length() - 1);
            setTextCursor(cursor);
        }
    }
    const int start = block.position();
    document()->markContentsDirty(start, last.position() + last.length() - start);
    updateAll();
}

void CodeEditor::foldAll()
{
    m_highlighter->finish();
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.isVisible())
            setFolded(block, true);
    }
}

void CodeEditor::unfoldAll()
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        setFolded(block, false);
}

void CodeEditor::revealCursor()
{
    QTextBlock block = textCursor().block();
    while (block.isValid() && !block.isVisible()) {
        QTextBlock opener = block.previous();
        while (opener.isValid() && !(BlockData::of(opener) && BlockData::of(opener)->folded && opener.isVisible()))
            opener = opener.previous();
        if (!opener.isValid()) {
            unfoldAll();
            return;
        }
        setFolded(opener, false);
    }
}

} // namespace bistro::ui
