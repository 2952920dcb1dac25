#include "course/chooserows.h"

#include "course/coursepaint.h"
#include "theme/fonts.h"

#include <QKeyEvent>
#include <QPainter>
#include <QtMath>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

ChooseRows::ChooseRows(QWidget* parent)
    : QWidget(parent)
{
    installSpokenRows();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Answers"));
    setAccessibleDescription(tr("Up and Down go to an answer. Space chooses it."));
}

void ChooseRows::setView(const ChooseGuessView& view)
{
    if (view == m_view)
        return;
    const ChooseGuessView before = m_view;
    m_view = view;
    if (view.options != before.options) {
        m_current = std::max(0, view.chosen);
        spokenRowsChanged(this);
        updateGeometry();
        update();
        return;
    }
    if (view.counts.size() != before.counts.size())
        updateGeometry();
    if (view.chosen >= 0 && view.chosen != before.chosen)
        m_current = view.chosen;
    for (int row = 0; row < spokenCount(); ++row) {
        update(spokenRect(row).adjusted(-m_theme.px(6), -m_theme.px(6), m_theme.px(6), m_theme.px(6)));
        if (isChecked(row) != (row == before.chosen) || view.counts.value(row) != before.counts.value(row))
            spokenRowRenamed(this, row);
    }
}

void ChooseRows::setLocked(bool on)
{
    m_locked = on;
    update();
}

void ChooseRows::setTheme(const Theme& theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

void ChooseRows::setCompact(bool on)
{
    m_compact = on;
    updateGeometry();
    update();
}

void ChooseRows::setCounting(bool on)
{
    m_counting = on;
    setAccessibleDescription(on ? tr("Up and Down go to an answer. Space chooses it. Plus and minus count hands.")
                                : tr("Up and Down go to an answer. Space chooses it."));
    updateGeometry();
    update();
}

int ChooseRows::handsWidth() const
{
    return hasHands() ? m_theme.px(20 + 28 + 20 + 4) : 0;
}

QRect ChooseRows::textRect(int row, int width) const
{
    const int left = m_theme.px(16 + 36);
    const int right = width - m_theme.px(16 + 10) - (hasHands() ? handsWidth() + m_theme.px(6) : 0);
    return {left, row, std::max(m_theme.px(40), right - left), 0};
}

int ChooseRows::rowHeight(int row, int width) const
{
    const CodeWords words = codeWords(m_view.options[row], codeFont(m_theme));
    const FlowingText text(words.text, uiFont(m_theme, TypeSize::Label), textRect(row, width).width(), 0,
        layoutDirection(), words.formats);
    return std::max(m_theme.px(m_compact ? 24 : 28), qCeil(text.height()) + m_theme.px(m_compact ? 6 : 10));
}

QRect ChooseRows::rowRect(int row, int width) const
{
    int y = m_theme.px(6); // for the ring
    for (int before = 0; before < row; ++before)
        y += rowHeight(before, width) + m_theme.px(m_compact ? 2 : 4);
    return {m_theme.px(16), y, width - m_theme.px(32), rowHeight(row, width)};
}

int ChooseRows::heightForWidth(int width) const
{
    return m_view.options.isEmpty() ? 0 : rowRect(spokenCount() - 1, width).bottom() + 1 + m_theme.px(6);
}

QSize ChooseRows::sizeHint() const
{
    return {m_theme.px(416), heightForWidth(m_theme.px(416))};
}

QRect ChooseRows::spokenRect(int row) const
{
    return rowRect(row, width());
}

int ChooseRows::spokenAt(const QPoint& point) const
{
    for (int row = 0; row < spokenCount(); ++row) {
        if (spokenRect(row).contains(point))
            return row;
    }
    return -1;
}

QRect ChooseRows::handsPart(int row, int left, int wide) const
{
    const QRect box = spokenRect(row);
    const int from = box.right() + 1 - m_theme.px(6) - handsWidth();
    return visualRect(QRect(from + m_theme.px(left), box.top() + (box.height() - m_theme.px(20)) / 2, m_theme.px(wide),
                          m_theme.px(20)),
        width(), layoutDirection());
}

QRect ChooseRows::handsFewer(int option) const
{
    return handsPart(option, 0, 20);
}

QRect ChooseRows::handsMore(int option) const
{
    return handsPart(option, 52, 20);
}

QString ChooseRows::spokenName(int row) const
{
    const QString answer = tr("Answer %1 of %2: %3.")
                               .arg(row + 1)
                               .arg(spokenCount())
                               .arg(codeWords(m_view.options[row], codeFont(m_theme)).text);
    return hasHands() ? answer + u' ' + tr("%n hands.", nullptr, m_view.counts[row]) : answer;
}

void ChooseRows::goToRow(int row)
{
    if (spokenCount() == 0)
        return;
    m_current = std::clamp(row, 0, spokenCount() - 1);
    update();
    spokenRowFocused(this, m_current);
    emit currentShown(spokenRect(m_current));
}

void ChooseRows::pressRow(int row)
{
    goToRow(row);
    if (!m_locked && row >= 0 && row < spokenCount())
        emit optionChosen(row);
}

void ChooseRows::count(int option, int more)
{
    if (hasHands() && !m_locked && m_view.counts[option] + more >= 0)
        emit handsCounted(option, m_view.counts[option] + more);
}

void ChooseRows::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    const int key = event->key();
    if (modifiers != Qt::NoModifier || spokenCount() == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    m_byKeys = true;
    update();
    if (key == Qt::Key_Up || key == Qt::Key_Down)
        goToRow(m_current + (key == Qt::Key_Up ? -1 : 1));
    else if (key == Qt::Key_Home || key == Qt::Key_End)
        goToRow(key == Qt::Key_Home ? 0 : spokenCount() - 1);
    else if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter)
        pressRow(m_current);
    else if (hasHands() && (key == Qt::Key_Plus || key == Qt::Key_Minus))
        count(m_current, key == Qt::Key_Plus ? 1 : -1);
    else if (key >= Qt::Key_1 && key <= Qt::Key_9 && key - Qt::Key_1 < spokenCount())
        pressRow(key - Qt::Key_1);
    else
        QWidget::keyPressEvent(event);
}

void ChooseRows::mousePressEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    const int row = spokenAt(at);
    if (event->button() != Qt::LeftButton || row < 0) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_byKeys = false;
    if (hasHands() && handsMore(row).contains(at))
        count(row, 1);
    else if (hasHands() && handsFewer(row).contains(at))
        count(row, -1);
    else
        pressRow(row);
}

void ChooseRows::mouseMoveEvent(QMouseEvent* event)
{
    const int row = m_locked ? -1 : spokenAt(event->position().toPoint());
    if (row == m_hovered)
        return;
    m_hovered = row;
    setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void ChooseRows::leaveEvent(QEvent* event)
{
    m_hovered = -1;
    update();
    QWidget::leaveEvent(event);
}

void ChooseRows::focusInEvent(QFocusEvent* event)
{
    // A window that comes back, and a menu that goes, leave it as it was.
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        m_byKeys = event->reason() != Qt::MouseFocusReason;
    update();
    spokenRowFocused(this, m_current);
    if (m_byKeys && spokenCount() > 0)
        emit currentShown(spokenRect(m_current));
}

void ChooseRows::focusOutEvent(QFocusEvent*)
{
    update();
}

void ChooseRows::paintHands(QPainter& painter, int row) const
{
    painter.setFont(uiFont(m_theme, TypeSize::Label, QFont::DemiBold));
    for (const bool more : {false, true}) {
        const QRect box = more ? handsMore(row) : handsFewer(row);
        painter.setPen(QPen(m_theme.border(), 1));
        painter.setBrush(m_theme.raised());
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(6), m_theme.px(6));
        painter.setPen(m_theme.text());
        painter.drawText(box, Qt::AlignCenter, more ? u"+"_s : u"−"_s);
    }
    painter.drawText(handsPart(row, 22, 28), Qt::AlignCenter, QString::number(m_view.counts[row]));
}

void ChooseRows::paintRow(QPainter& painter, int row) const
{
    const QRect box = spokenRect(row);
    const bool chosen = isChecked(row);
    const bool strong = chosen || (row == m_hovered && !m_locked);
    painter.setPen(QPen(strong ? m_theme.ink() : m_theme.border(), 1));
    painter.setBrush(m_locked ? m_theme.sunken() : m_theme.raised());
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(8), m_theme.px(8));
    QRectF radio(
        visualRect(QRect(box.left() + m_theme.px(10), box.center().y() - m_theme.px(7), m_theme.px(16), m_theme.px(16)),
            width(), layoutDirection()));
    painter.setPen(QPen(m_theme.ink(), m_theme.zoom() * 1.4));
    painter.setBrush(m_theme.raised());
    painter.drawEllipse(radio.adjusted(1, 1, -1, -1));
    if (chosen) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.ink());
        painter.drawEllipse(radio.center(), m_theme.zoom() * 4, m_theme.zoom() * 4);
    }
    const QRect at = visualRect(textRect(row, width()), width(), layoutDirection());
    const CodeWords words = codeWords(m_view.options[row], codeFont(m_theme));
    const FlowingText text(
        words.text, uiFont(m_theme, TypeSize::Label), at.width(), 0, layoutDirection(), words.formats);
    painter.setPen(m_theme.text());
    text.paint(painter, {static_cast<double>(at.left()), box.top() + (box.height() - text.height()) / 2});
    if (hasHands())
        paintHands(painter, row);
}

void ChooseRows::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < spokenCount(); ++row)
        paintRow(painter, row);
    if (hasFocus() && m_byKeys && m_current < spokenCount())
        paintFocusRing(painter, spokenRect(m_current), m_theme.px(8), m_theme);
}

} // namespace bistro::ui
