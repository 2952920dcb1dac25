#include "editor/codeeditor.h"

#include "editor/codeedits.h"
#include "editor/codelayout.h"
#include "editor/codenames.h"
#include "editor/codepainter.h"
#include "editor/completionpopup.h"
#include "editor/filling.h"
#include "editor/findbar.h"
#include "editor/folding.h"
#include "editor/gutter.h"
#include "editor/highlighter.h"
#include "editor/longlineview.h"
#include "editor/problembar.h"
#include "editor/typing.h"
#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::ui {
namespace {

constexpr int kAbove = 8; // px of ground above the first line

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
    m_names = std::make_unique<CodeNames>(document, m_highlighter);
    m_folding = std::make_unique<Folding>(this, m_highlighter);
    m_typing = std::make_unique<Typing>(this, m_highlighter);
    m_filling = new Filling(document, m_longLines);
    m_longLineView = new LongLineView(this, m_longLines, m_filling);
    m_gutter = new Gutter(this);
    m_findBar = new FindBar(this);
    m_problemBar = new ProblemBar(this);
    m_completion = new CompletionPopup(this, m_highlighter, m_names.get());

    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);
    setAccessibleName(tr("Program"));
    setTabChangesFocus(false);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setCursorWidth(2);
    document->setDocumentMargin(0);
    m_problemDelay.setSingleShot(true);
    m_problemDelay.setInterval(900ms);
    connect(&m_problemDelay, &QTimer::timeout, this, &CodeEditor::showProblem);
    connect(m_problemBar, &QAbstractButton::clicked, this, [this] {
        goToProblem();
        setFocus();
    });
    connect(m_filling, &Filling::ended, this, &CodeEditor::filledUp);
    connect(document, &QTextDocument::contentsChange, this, &CodeEditor::contentsChanged);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::updateMargins);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeEditor::cursorMoved);
    connect(this, &QPlainTextEdit::selectionChanged, this, &CodeEditor::updateAll);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect&, int) { m_gutter->update(); });
    connect(m_findBar, &FindBar::changed, this, &CodeEditor::updateAll);
    connect(m_findBar, &FindBar::resized, this, &CodeEditor::updateMargins);
    setTheme(m_theme);
}

CodeEditor::~CodeEditor() = default;

// --- how it looks ---

void CodeEditor::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_longLines->setTheme(theme);
    m_layout->setHeld(true); // font, tabs and rows change: one look at all lines is enough
    setCodeFont();
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
    m_completion->setTheme(theme);
    m_highlighter->setTheme(theme);
    m_findBar->setTheme(theme);
    m_problemBar->setTheme(theme);
    m_layout->setHeld(false);
    if (blockCount() <= CodeLayout::kMany)
        document()->markContentsDirty(0, document()->characterCount());
    updateMargins();
    updateAll();
}

void CodeEditor::setCodeFont()
{
    const QFont font = codeFont(m_theme);
    setFont(font);
    document()->setDefaultFont(font);
    const double letter = QFontMetricsF(font).horizontalAdvance(u'0');
    QTextOption option = document()->defaultTextOption();
    option.setTabStopDistance(m_indentation.width * letter);
    document()->setDefaultTextOption(option);
    m_layout->setMetrics({.width = m_wraps ? std::max(viewport()->width(), 0) : -1.0,
        .rowHeight = codeLineHeight(m_theme),
        .letter = letter,
        .tab = m_indentation.width,
        .hanging = double(m_theme.px(26))});
}

void CodeEditor::chooseIndentation(const std::optional<Indentation>& chosen)
{
    m_chosenIndentation = chosen;
    useIndentation();
}
void CodeEditor::setConfiguredIndentation(const std::optional<Indentation>& configured)
{
    m_configuredIndentation = configured;
    useIndentation();
}
void CodeEditor::setDefaultIndentation(const Indentation& indentation)
{
    m_defaultIndentation = indentation;
    useIndentation();
}

void CodeEditor::useIndentation()
{
    const Indentation now = m_chosenIndentation ? *m_chosenIndentation
        : m_configuredIndentation               ? *m_configuredIndentation
                                                : m_detectedIndentation.value_or(m_defaultIndentation);
    if (now == m_indentation)
        return;
    m_indentation = now;
    m_typing->setIndentation(now);
    setTheme(m_theme); // tabs are laid out as wide
}

void CodeEditor::setFileName(const QString& name)
{
    m_highlighter->setFileName(name);
}
QString CodeEditor::language() const
{
    return m_highlighter->language();
}

void CodeEditor::setWrapping(bool wraps)
{
    m_wraps = wraps;
    layOutForWidth();
    setLineWrapMode(wraps ? WidgetWidth : NoWrap);
}

void CodeEditor::layOutForWidth()
{
    CodeLayout::Metrics metrics = m_layout->metrics();
    metrics.width = m_wraps ? std::max(viewport()->width(), 0) : -1;
    m_layout->setMetrics(metrics);
}

void CodeEditor::resizeEvent(QResizeEvent* event)
{
    layOutForWidth(); // before the base class lays out for the new width
    // Of a height alone the base class does not lay out all lines again.
    QResizeEvent height(event->size(), {event->size().width(), event->oldSize().height()});
    QPlainTextEdit::resizeEvent(blockCount() <= CodeLayout::kMany ? event : &height);
    placeBars();
}

int CodeEditor::gutterWidth() const
{
    return m_gutter->widthForLines(blockCount());
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

// --- the lines in sight ---

QList<CodeRow> CodeEditor::visibleRows() const
{
    QList<CodeRow> rows;
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
    for (const CodeRow& row : visibleRows()) {
        if (row.line() == line)
            return QRectF(0, row.rect.y(), viewport()->width(), row.rect.height()).toRect();
    }
    return {};
}

int CodeEditor::lineAt(int y) const
{
    for (const CodeRow& row : visibleRows()) {
        if (y >= row.rect.top() && y < row.rect.bottom())
            return row.line();
    }
    return 0;
}

QRectF CodeEditor::lettersRect(int line, int column, int length) const
{
    for (const CodeRow& row : visibleRows()) {
        if (row.line() == line)
            return row.lettersRect(column, length);
    }
    return {};
}

QList<ScheduledCall> CodeEditor::scheduledCallsOf(int line) const
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    return block.isValid() ? m_names->callsOf(block) : QList<ScheduledCall>();
}

CodeLook CodeEditor::look() const
{
    const QTextBlock running = document()->findBlockByNumber(m_marks.playhead - 1);
    return {.theme = m_theme,
        .marks = m_marks,
        .metrics = m_layout->metrics(),
        .width = viewport()->width(),
        .playhead = running.isValid() ? Folding::shownAs(running).blockNumber() + 1 : m_marks.playhead,
        .focusedLine = hasFocus() ? currentLine() : 0};
}

void CodeEditor::paintEvent(QPaintEvent* event)
{
    // Not the base class's: selections and grounds are as high as a row, which is higher than the font.
    QPainter painter(viewport());
    const QRect clip = event->rect();
    painter.setClipRect(clip);
    painter.fillRect(clip, m_theme.window());
    const auto context = getPaintContext();
    const CodeLook look = this->look();
    CodePainter code(painter, look);
    const auto pattern = m_findBar->pattern();
    const QTextCursor cursor = textCursor();
    for (const CodeRow& row : visibleRows()) {
        if (row.rect.bottom() < clip.top() || row.rect.top() > clip.bottom())
            continue;
        code.paintGround(row);
        code.paintStatement(row);
        if (pattern)
            code.paintMatches(row, *pattern);
        code.paintBrackets(row, m_typing->brackets());
        if (cursor.hasSelection())
            code.paintSelection(row, cursor.selectionStart(), cursor.selectionEnd(), m_theme.selection());
        painter.setPen(m_theme.text());
        QTextLayout* layout = row.block.layout();
        layout->draw(&painter, row.rect.topLeft(), {}, QRectF(clip));
        code.paintCalls(row, m_names->callsOf(row.block));
        code.paintProblem(row);
        code.paintFold(row);
        code.paintBadge(row);
        code.paintValues(row);
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

} // namespace bistro::ui
