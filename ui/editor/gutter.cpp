#include "editor/gutter.h"

#include "editor/codeeditor.h"
#include "editor/codepainter.h"
#include "editor/folding.h"
#include "theme/fonts.h"

#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace bistro::ui {
namespace {

constexpr int kMostKinds = 4; // that are drawn at one line
// px, from the left: how often the line ran, the playhead; from the right: marks of what waits, the arrow that folds.
constexpr int kCountsWidth = 33;
constexpr int kBesideCount = 2;
constexpr int kPlayheadWidth = 17;
constexpr int kMarksWidth = 18;
constexpr int kFoldWidth = 10;

// One of each.
QList<Meaning> kindsOf(const QList<Meaning>& pending)
{
    QList<Meaning> kinds;
    for (const Meaning meaning : pending) {
        if (!kinds.contains(meaning) && kinds.size() < kMostKinds)
            kinds.append(meaning);
    }
    return kinds;
}

} // namespace

Gutter::Gutter(CodeEditor* editor)
    : QWidget(editor)
    , m_editor(editor)
{
    setMouseTracking(true);
    setAccessibleName(tr("Gutter: line numbers, waiting orders"));
}

int Gutter::widthForLines(int lines) const
{
    const Theme& theme = m_editor->theme();
    const auto digits = std::max<qsizetype>(QString::number(lines).size(), 2);
    return theme.px(kCountsWidth + kPlayheadWidth + kFoldWidth + kMarksWidth)
        + qRound(
            static_cast<double>(digits) * QFontMetricsF(codeFont(theme, TypeSize::Second)).horizontalAdvance(u'0'));
}

int Gutter::countsWidth() const
{
    return m_editor->theme().px(kCountsWidth - kBesideCount);
}

void Gutter::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_editor->theme().window());
    const CodeLook look = m_editor->look();
    const auto rows = m_editor->visibleRows();
    const QFont plain = codeFont(look.theme, TypeSize::Second);
    const QFont bold = codeFont(look.theme, TypeSize::Second, QFont::Bold);
    for (const CodeRow& row : rows) {
        painter.setFont(row.line() == look.playhead ? bold : plain);
        paintRow(painter, row, look);
    }
}

void Gutter::paintRow(QPainter& painter, const CodeRow& row, const CodeLook& look) const
{
    const Theme& theme = look.theme;
    const int line = row.line();
    const int rowHeight = look.metrics.rowHeight;
    const double middle = row.rect.top() + rowHeight / 2.0;
    if (const QColor ground = look.groundOf(line); ground.isValid())
        painter.fillRect(QRectF(0, row.rect.top(), width(), row.rect.height()), ground);
    if (const QColor edge = look.edgeOf(line); edge.isValid())
        painter.fillRect(QRectF(0, row.rect.top(), theme.px(3), row.rect.height()), edge);
    else if (look.marks.changed.contains(line))
        painter.fillRect(QRectF(0, row.rect.top(), theme.px(3), row.rect.height()), theme.secondary());
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF left(theme.px(kCountsWidth + kPlayheadWidth / 2), middle);
    const bool playhead = line == look.playhead;
    if (playhead) {
        const double u = theme.px(1);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.ink());
        painter.drawPolygon(QPolygonF {left + QPointF(-5.5, -2) * u, left + QPointF(0, -2) * u,
            left + QPointF(0, -5) * u, left + QPointF(5.5, 0) * u, left + QPointF(0, 5) * u, left + QPointF(0, 2) * u,
            left + QPointF(-5.5, 2) * u});
    }
    paintCount(painter, row, look);
    painter.setPen(playhead || line == look.focusedLine ? theme.text() : theme.secondary());
    painter.drawText(QRectF(0, row.rect.top(), width() - theme.px(kMarksWidth + kFoldWidth), rowHeight),
        Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
    if (const LineNote* note = look.marks.noteAt(line); note && !note->pending.isEmpty())
        paintPending(painter, *note, middle);
    const bool folded = Folding::isFolded(row.block);
    if (folded || (underMouse() && m_editor->folding().canFold(row.block)))
        paintArrow(painter, folded, middle);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void Gutter::paintCount(QPainter& painter, const CodeRow& row, const CodeLook& look) const
{
    const LineCount* const count = look.marks.countAt(row.line());
    const QString text = count ? countText(*count) : QString();
    if (text.isEmpty())
        return;
    const QFont numbers = painter.font();
    painter.setFont(uiFont(look.theme, TypeSize::Second));
    painter.setPen(row.line() == look.playhead ? look.theme.text() : look.theme.secondary());
    painter.drawText(QRectF(0, row.rect.top(), countsWidth(), look.metrics.rowHeight),
        Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, text);
    painter.setFont(numbers);
}

// The only kind in full, several small.
void Gutter::paintPending(QPainter& painter, const LineNote& note, double middle) const
{
    const Theme& theme = m_editor->theme();
    const int mark = theme.px(12);
    const QList<Meaning> kinds = kindsOf(note.pending);
    const QRectF place(
        width() - theme.px(17), middle - mark / 2.0 - theme.px(4), mark + theme.px(4), mark + theme.px(8));
    const int columns = kinds.size() > 2 ? 2 : 1;
    const int rows = kinds.size() > 1 ? 2 : 1;
    const double side = rows == 1 ? mark : columns == 1 ? theme.px(9) : theme.px(7);
    for (qsizetype i = 0; i < kinds.size(); ++i) {
        const QRectF cell(place.left() + static_cast<double>(i % columns) * place.width() / columns,
            place.top() + static_cast<double>(i / columns) * place.height() / rows, place.width() / columns,
            place.height() / rows);
        QRectF square(0, 0, side, side);
        square.moveCenter(cell.center());
        paintMark(painter, kinds[i], square, theme.color(kinds[i]));
    }
}

void Gutter::paintArrow(QPainter& painter, bool folded, double middle) const
{
    const Theme& theme = m_editor->theme();
    const double u = theme.px(1);
    const QPointF centre(width() - theme.px(kMarksWidth + kFoldWidth / 2), middle);
    painter.setPen(QPen(theme.secondary(), 1.5 * u, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    if (folded)
        painter.drawPolyline(
            QPolygonF {centre + QPointF(-2, -4) * u, centre + QPointF(2, 0) * u, centre + QPointF(-2, 4) * u});
    else
        painter.drawPolyline(
            QPolygonF {centre + QPointF(-4, -2) * u, centre + QPointF(0, 2) * u, centre + QPointF(4, -2) * u});
}

bool Gutter::isOnCount(const QPointF& point) const
{
    const int line = m_editor->lineAt(qRound(point.y()));
    const LineCount* const count = line > 0 ? m_editor->marks().countAt(line) : nullptr;
    return count && count->times > 1 && point.x() < m_editor->theme().px(kCountsWidth + 2);
}

QString Gutter::toolTipAt(const QPointF& point) const
{
    const int line = m_editor->lineAt(qRound(point.y()));
    if (isOnCount(point))
        return m_editor->countExplained(line);
    if (line == 0)
        return {};
    const LineMarks& marks = m_editor->marks();
    QStringList texts;
    if (line == marks.playhead)
        texts += tr("This line is running at the moment you look at.");
    if (marks.changed.contains(line))
        texts += tr("This line differs from the program as it was given.");
    if (const QString about = m_editor->toolTipAt(line); !about.isEmpty())
        texts += about;
    const LineNote* note = marks.noteAt(line);
    if (note && !note->pending.isEmpty()) {
        if (const QString explained = m_editor->marksExplained(line); !explained.isEmpty())
            texts += explained;
    }
    if (const QTextBlock block = m_editor->document()->findBlockByNumber(line - 1);
        m_editor->folding().canFold(block)) {
        texts += Folding::isFolded(block) ? tr("Click the arrow to show the lines that are folded here.")
                                          : tr("Click the arrow to fold the lines up to the closing bracket.");
    }
    return texts.join(u'\n');
}

void Gutter::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const int line = m_editor->lineAt(qRound(event->position().y()));
    if (line == 0)
        return;
    if (isOnCount(event->position())) {
        emit m_editor->visitAsked(line, event->modifiers() & Qt::ShiftModifier);
        return;
    }
    const LineNote* note = m_editor->marks().noteAt(line);
    const int fromRight = width() - qRound(event->position().x());
    if (fromRight > m_editor->theme().px(kMarksWidth + kFoldWidth))
        return; // there breakpoints will be set, once something stops at them
    if (fromRight <= m_editor->theme().px(kMarksWidth) && note && !note->pending.isEmpty())
        emit m_editor->lineClicked(line);
    else
        m_editor->toggleFoldAt(line);
}

void Gutter::mouseMoveEvent(QMouseEvent* event)
{
    emit m_editor->lineHovered(m_editor->lineAt(qRound(event->position().y())));
    setCursor(isOnCount(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Gutter::leaveEvent(QEvent*)
{
    emit m_editor->lineHovered(0);
}

void Gutter::contextMenuEvent(QContextMenuEvent* event)
{
    const int line = m_editor->lineAt(event->pos().y());
    if (line == 0)
        return;
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    emit m_editor->lineMenuAsked(line, menu);
    if (menu->isEmpty())
        delete menu;
    else
        menu->popup(event->globalPos());
}

void Gutter::wheelEvent(QWheelEvent* event)
{
    QCoreApplication::sendEvent(m_editor->verticalScrollBar(), event);
}

bool Gutter::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(QPointF(help->pos())), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace bistro::ui
