#include "editor/codelayout.h"

#include <QFontMetricsF>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <algorithm>
#include <climits>
#include <cmath>
#include <utility>

namespace bistro::ui {
namespace {

constexpr int kLongestWordWrapped = 20'000;
// px, of a line that is not wrapped: what Qt's lines can take. They would keep less than was given, and never look laid
// out.
constexpr int kUnlimited = INT_MAX / 256;

} // namespace

CodeLayout::CodeLayout(QTextDocument* document)
    : QPlainTextDocumentLayout(document)
{
}

void CodeLayout::setMetrics(const Metrics& metrics)
{
    m_metrics = metrics;
}

double CodeLayout::hangingIndent(const Metrics& metrics, int leadingColumns)
{
    return std::max(metrics.hanging, leadingColumns * metrics.letter + metrics.hanging * 0.4);
}

// Never 0: the base class lays a line out again after a small change, at 0, and that is how we know.
double CodeLayout::rowOffset() const
{
    const QFontMetricsF font(document()->defaultFont());
    return std::max(1.0, std::floor((m_metrics.rowHeight - font.height()) / 2));
}

QRectF CodeLayout::blockBoundingRect(const QTextBlock& block) const
{
    if (!block.isValid() || !block.isVisible())
        return {};
    QTextLayout* layout = block.layout();
    const auto tab = [](const QTextOption& option) { return option.tabStopDistance(); };
    if (layout->lineCount() > 0 && tab(layout->textOption()) != tab(document()->defaultTextOption()))
        layout->clearLayout(); // letters of another size
    if (layout->lineCount() == 0 || layout->lineAt(0).y() != rowOffset() || layout->lineAt(0).width() != available())
        layOut(block);
    const double margin = document()->documentMargin();
    double width = layout->boundingRect().right();
    if (layout->lineCount() == 1)
        width = std::max(width, margin + layout->lineAt(0).naturalTextWidth());
    return {0, 0, width + margin, static_cast<double>(layout->lineCount()) * m_metrics.rowHeight};
}

QSizeF CodeLayout::documentSize() const
{
    const QSizeF size = QPlainTextDocumentLayout::documentSize();
    return {m_metrics.width < 0 ? m_widest : size.width(), size.height()};
}

void CodeLayout::documentChanged(int from, int charsRemoved, int charsAdded)
{
    if (m_held)
        return;
    QTextDocument* doc = document();
    if (doc->isEmpty())
        m_widest = 0;
    const QTextBlock first = doc->findBlock(from);
    const QTextBlock last = doc->findBlock(std::max(0, from + charsRemoved + charsAdded - 1));
    const bool sameBlocks = std::exchange(m_blocks, doc->blockCount()) == doc->blockCount();
    if (!sameBlocks || first != last || !first.isVisible()) {
        QPlainTextDocumentLayout::documentChanged(from, charsRemoved, charsAdded);
        return;
    }
    // Within one line, as most of typing is: the base class would lay it out by its own rules first, which takes
    // minutes for a line of a million letters.
    const int rows = first.layout()->lineCount();
    layOut(first);
    if (first.layout()->lineCount() == rows)
        emit updateBlock(first);
    else
        emit update(QRectF(0, -doc->documentMargin(), 1e9, 1e9));
}

double CodeLayout::available() const
{
    // As a QTextLine keeps it, in parts of a pixel of its own.
    const double width = m_metrics.width >= 0
        ? std::max(m_metrics.width - 2 * document()->documentMargin(), 8 * m_metrics.letter)
        : double(kUnlimited);
    return std::floor(width * 64) / 64;
}

void CodeLayout::layOut(const QTextBlock& block) const
{
    QTextDocument* doc = document();
    const double margin = doc->documentMargin();
    const bool wraps = m_metrics.width >= 0;
    const double available = this->available();

    const QString text = block.text().left(200); // an indentation beyond is none
    const auto first = std::ranges::find_if(text, [](QChar c) { return !c.isSpace(); });
    int columns = 0;
    for (auto it = text.begin(); it != first; ++it)
        columns += *it == u'\t' ? m_metrics.tab - columns % m_metrics.tab : 1;
    const double hanging = std::min(hangingIndent(m_metrics, columns), available / 2);

    QTextLayout* layout = block.layout();
    QTextOption option = doc->defaultTextOption();
    // Between words, but not in lines that nobody wrote by hand: each row would look for a word's end through the whole
    // line.
    const bool byHand = block.length() <= kLongestWordWrapped;
    option.setWrapMode(!wraps ? QTextOption::NoWrap
            : byHand          ? QTextOption::WrapAtWordBoundaryOrAnywhere
                              : QTextOption::WrapAnywhere);
    option.setTextDirection(Qt::LeftToRight); // code is, whatever a line begins with
    layout->setTextOption(option);
    double y = rowOffset();
    layout->beginLayout();
    for (;;) {
        QTextLine line = layout->createLine();
        if (!line.isValid())
            break;
        const double indent = y > rowOffset() ? hanging : 0;
        line.setLineWidth(available - indent);
        line.setPosition({margin + indent, y});
        y += m_metrics.rowHeight;
        m_widest = std::max(m_widest, line.naturalTextWidth() + 2 * margin);
    }
    layout->endLayout();
    // Asking for a geometry makes it, as in the base class.
    auto& mutableBlock = const_cast<QTextBlock&>(block);
    const int before = doc->lineCount();
    mutableBlock.setLineCount(layout->lineCount());
    if (m_telling || (doc->lineCount() == before && wraps))
        return;
    // Who is told asks for the lines that it sees, and those may have to be laid out: that is part of the same answer.
    m_telling = true;
    emit const_cast<CodeLayout*>(this)->documentSizeChanged(documentSize());
    m_telling = false;
}

} // namespace bistro::ui
