#include "course/courserows.h"

#include "course/coursepaint.h"
#include "theme/fonts.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPartHeight = 28; // px at 100 %
constexpr int kRowHeight = 24;
constexpr int kForgetTyped = 1'000; // ms

} // namespace

CourseRows::CourseRows(QWidget* parent)
    : QWidget(parent)
    , m_tip(new FocusTip(this))
{
    installSpokenRows();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Lessons"));
    setAccessibleDescription(tr("Up and Down go to a lesson. Enter opens it."));
}

int CourseRows::here() const
{
    const auto found = std::ranges::find(m_view.rows, CourseRow::State::Here, &CourseRow::state);
    return found == m_view.rows.end() ? -1 : static_cast<int>(found - m_view.rows.begin());
}

void CourseRows::setView(const CourseView& view)
{
    if (view.rows == m_view.rows) {
        m_view = view;
        return;
    }
    const int wasHere = here();
    const QString id = m_view.rows.value(m_current).id;
    const CourseView before = m_view;
    m_view = view;
    const auto found = std::ranges::find(view.rows, id, &CourseRow::id);
    if (!id.isEmpty() && found != view.rows.end())
        m_current = static_cast<int>(found - view.rows.begin());
    else
        m_current = here() >= 0 ? here() : nextLesson(-1, 1);
    if (before.rows.size() != view.rows.size()) {
        spokenRowsChanged(this);
        updateGeometry();
        update();
    } else {
        for (int row = 0; row < view.rows.size(); ++row) {
            if (view.rows[row] == before.rows[row])
                continue;
            updateRow(row);
            spokenRowRenamed(this, row);
        }
    }
    if (const int now = here(); now >= 0 && now != wasHere) {
        m_current = now;
        updateRow(now);
        emit currentShown(spokenRect(now));
    }
}

void CourseRows::setTheme(const Theme& theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

int CourseRows::rowsHeight() const
{
    int height = 0;
    for (const CourseRow& row : m_view.rows)
        height += m_theme.px(row.id.isEmpty() ? kPartHeight : kRowHeight);
    return height;
}

QRect CourseRows::spokenRect(int row) const
{
    int y = 0;
    for (int before = 0; before < row; ++before)
        y += m_theme.px(isHeading(before) ? kPartHeight : kRowHeight);
    const int margin = m_theme.px(4);
    return {margin, y, width() - 2 * margin, m_theme.px(isHeading(row) ? kPartHeight : kRowHeight)};
}

int CourseRows::spokenAt(const QPoint& point) const
{
    for (int row = 0; row < spokenCount(); ++row) {
        if (spokenRect(row).contains(point))
            return row;
    }
    return -1;
}

QString CourseRows::spokenName(int row) const
{
    const CourseRow& it = m_view.rows[row];
    if (it.id.isEmpty())
        return tr("Part: %1").arg(it.text);
    QStringList words;
    if (it.service || it.number.isEmpty())
        words << it.text;
    else
        words << tr("Lesson %1 of %2").arg(it.number).arg(m_view.of) << it.text;
    switch (it.state) {
    case CourseRow::State::Later: break;
    case CourseRow::State::Next: words << tr("next"); break;
    case CourseRow::State::Here: words << tr("here"); break;
    case CourseRow::State::Done: words << tr("done"); break;
    }
    return words.join(u", "_s) + u'.';
}

int CourseRows::nextLesson(int from, int step) const
{
    for (int row = from + step; row >= 0 && row < spokenCount(); row += step) {
        if (!isHeading(row))
            return row;
    }
    return from;
}

int CourseRows::lessonOfPage(int step) const
{
    const QWidget* const page = parentWidget();
    const int rows = std::max(1, (page ? page->height() : height()) / std::max(1, m_theme.px(kRowHeight)) - 1);
    int row = m_current;
    for (int i = 0; i < rows; ++i)
        row = nextLesson(row, step);
    return row;
}

void CourseRows::goToRow(int row)
{
    if (row < 0 || row >= spokenCount() || isHeading(row))
        return;
    updateRow(m_current);
    m_current = row;
    updateRow(m_current);
    spokenRowFocused(this, row);
    emit currentShown(spokenRect(row));
    if (m_byKeys)
        m_tip->offer(m_view.rows[row].sentence, spokenRect(row));
}

void CourseRows::pressRow(int row)
{
    goToRow(row);
    if (row >= 0 && row < spokenCount() && !isHeading(row))
        emit chosen(m_view.rows[row].id);
}

// By the title's beginning, or by the number.
bool CourseRows::typeAhead(const QString& text)
{
    if (text.isEmpty() || !text[0].isPrint() || (text[0].isSpace() && m_typed.isEmpty()))
        return false;
    const bool goesOn = m_typedAt.isValid() && m_typedAt.elapsed() < kForgetTyped;
    const bool again = goesOn && m_typed == text && text.size() == 1 && !text[0].isDigit(); // the next one with it
    m_typed = goesOn && !again ? m_typed + text : text;
    m_typedAt.start();
    const int count = spokenCount();
    for (int i = again || !goesOn ? 1 : 0; i <= count; ++i) {
        const int row = (std::max(0, m_current) + i) % std::max(1, count);
        const CourseRow& it = m_view.rows[row];
        if (isHeading(row))
            continue;
        if (it.text.startsWith(m_typed, Qt::CaseInsensitive) || (!it.number.isEmpty() && it.number == m_typed)) {
            goToRow(row);
            return true;
        }
    }
    return true;
}

void CourseRows::keyPressEvent(QKeyEvent* event)
{
    m_byKeys = true;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    if (modifiers != Qt::NoModifier || spokenCount() == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Up: goToRow(nextLesson(m_current, -1)); return;
    case Qt::Key_Down: goToRow(nextLesson(m_current, 1)); return;
    case Qt::Key_Home: goToRow(nextLesson(-1, 1)); return;
    case Qt::Key_End: goToRow(nextLesson(spokenCount(), -1)); return;
    case Qt::Key_PageUp: goToRow(lessonOfPage(-1)); return;
    case Qt::Key_PageDown: goToRow(lessonOfPage(1)); return;
    case Qt::Key_Return:
    case Qt::Key_Enter: pressRow(m_current); return;
    default: break; // keys are an open set
    }
    if (m_typedAt.isValid() && m_typedAt.elapsed() >= kForgetTyped)
        m_typed.clear();
    if (event->key() == Qt::Key_Space && m_typed.isEmpty())
        pressRow(m_current);
    else if (!typeAhead(event->text()))
        QWidget::keyPressEvent(event);
}

void CourseRows::mousePressEvent(QMouseEvent* event)
{
    m_byKeys = false;
    m_tip->withdraw();
    if (event->button() == Qt::LeftButton)
        pressRow(spokenAt(event->position().toPoint()));
    else
        QWidget::mousePressEvent(event);
}

void CourseRows::mouseMoveEvent(QMouseEvent* event)
{
    int row = spokenAt(event->position().toPoint());
    if (row >= 0 && isHeading(row))
        row = -1;
    if (row == m_hovered)
        return;
    updateRow(m_hovered);
    m_hovered = row;
    updateRow(m_hovered);
    setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void CourseRows::leaveEvent(QEvent* event)
{
    updateRow(m_hovered);
    m_hovered = -1;
    QWidget::leaveEvent(event);
}

void CourseRows::focusInEvent(QFocusEvent* event)
{
    // A window that comes back, and a menu that goes, leave it as it was.
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        m_byKeys = event->reason() != Qt::MouseFocusReason;
    updateRow(m_current);
    spokenRowFocused(this, m_current);
    if (m_byKeys && m_current >= 0 && m_current < spokenCount()) {
        emit currentShown(spokenRect(m_current));
        m_tip->offer(m_view.rows[m_current].sentence, spokenRect(m_current));
    }
}

void CourseRows::focusOutEvent(QFocusEvent*)
{
    m_tip->withdraw();
    updateRow(m_current);
}

void CourseRows::updateRow(int row)
{
    if (row < 0 || row >= spokenCount())
        return;
    const int out = m_theme.px(4);
    update(spokenRect(row).adjusted(-out, -out, out, out));
}

bool CourseRows::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const int row = spokenAt(help->pos());
        QString tip;
        if (row >= 0 && !isHeading(row)) {
            const CourseRow& it = m_view.rows[row];
            tip = it.sentence.isEmpty() ? it.text : tr("%1: %2").arg(it.text, it.sentence);
        }
        QToolTip::showText(help->globalPos(), tip, this, row >= 0 ? spokenRect(row) : QRect());
        return true;
    }
    return QWidget::event(event);
}

void CourseRows::paintLesson(QPainter& painter, const CourseRow& it, const QRect& box, bool hovered) const
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    const auto part = [&](int left, int right) {
        return visualRect(QRect(left, box.top(), std::max(0, right - left), box.height()), width(), layoutDirection());
    };
    const bool here = it.state == CourseRow::State::Here;
    const double radius = px(8);
    if (here) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.ink());
        painter.drawRoundedRect(box, radius, radius);
    } else if (it.state == CourseRow::State::Next || hovered) {
        const bool next = it.state == CourseRow::State::Next;
        painter.setPen(next ? QPen(m_theme.ink(), 1) : QPen(Qt::NoPen));
        painter.setBrush(hovered ? m_theme.currentLine() : next ? m_theme.raised() : m_theme.sunken());
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    const QColor text = here                 ? m_theme.onInk()
        : it.state == CourseRow::State::Next ? m_theme.text()
                                             : m_theme.secondary();
    const QRect sign = part(px(11), px(27));
    if (it.state == CourseRow::State::Done) {
        QRectF tick(0, 0, px(13), px(13));
        tick.moveCenter(QRectF(sign).center());
        paintTick(painter, tick, m_theme.text());
    } else if (it.service) {
        QRectF square(0, 0, px(14), px(14));
        square.moveCenter(QRectF(sign).center());
        paintCourseSign(painter, CourseSign::Service, square, text);
    } else {
        painter.setFont(uiFont(m_theme, TypeSize::Second, here ? QFont::DemiBold : QFont::Normal));
        painter.setPen(text);
        painter.drawText(sign, trailing(layoutDirection()), it.number);
    }
    const QRect title = part(px(34), width() - px(4));
    const bool strong = here || it.state == CourseRow::State::Next;
    const QFont font = uiFont(m_theme, TypeSize::Label,
        here         ? QFont::DemiBold
            : strong ? QFont::Medium
                     : QFont::Normal);
    painter.setFont(font);
    painter.setPen(text);
    painter.drawText(
        title, leading(layoutDirection()), QFontMetrics(font).elidedText(it.text, Qt::ElideRight, title.width()));
}

void CourseRows::paintRow(QPainter& painter, int row) const
{
    const CourseRow& it = m_view.rows[row];
    const QRect box = spokenRect(row);
    if (!isHeading(row)) {
        paintLesson(painter, it, box, row == m_hovered);
        return;
    }
    const QRect at = visualRect(
        QRect(m_theme.px(12), box.top() + m_theme.px(6), width() - m_theme.px(20), box.height() - m_theme.px(6)),
        width(), layoutDirection());
    const QFont font = uiFont(m_theme, TypeSize::Second, QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(m_theme.secondary());
    painter.drawText(
        at, leading(layoutDirection()), QFontMetrics(font).elidedText(it.text, Qt::ElideRight, at.width()));
}

void CourseRows::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < spokenCount(); ++row) {
        if (event->rect().intersects(spokenRect(row)))
            paintRow(painter, row);
    }
    if (hasFocus() && m_byKeys && m_current >= 0 && m_current < spokenCount()) {
        // A gap of the ground's color keeps the ring apart from a row of ink.
        const QRectF box = spokenRect(m_current);
        painter.setPen(QPen(m_theme.sunken(), m_theme.zoom()));
        painter.setBrush(Qt::NoBrush);
        const double in = m_theme.zoom() * 0.5;
        painter.drawRoundedRect(box.adjusted(in, in, -in, -in), m_theme.px(8), m_theme.px(8));
        painter.setPen(QPen(m_theme.ink(), m_theme.zoom() * 2));
        painter.drawRoundedRect(box.adjusted(-in * 2, -in * 2, in * 2, in * 2), m_theme.px(9), m_theme.px(9));
    }
}

} // namespace bistro::ui
