#include "course/coursebutton.h"

#include "theme/fonts.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace bistro::ui {

CourseButton::CourseButton(Form form, QWidget* parent)
    : QAbstractButton(parent)
    , m_form(form)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCheckable(form == Form::Pill);
    setCursor(form == Form::Link ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void CourseButton::setTheme(const Theme& theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

void CourseButton::setForm(Form form)
{
    if (form == m_form)
        return;
    m_form = form;
    updateGeometry();
    update();
}

void CourseButton::setSign(CourseSign sign, bool after)
{
    if (sign == m_sign && after == m_signAfter)
        return;
    m_sign = sign;
    m_signAfter = after;
    updateGeometry();
    update();
}

QFont CourseButton::wordsFont() const
{
    switch (m_form) {
    case Form::Primary: return uiFont(m_theme, TypeSize::Label, QFont::DemiBold);
    case Form::Plain:
    case Form::Bare:
    case Form::Pill: return uiFont(m_theme, TypeSize::Label, QFont::Medium);
    case Form::Link:
    case Form::Square: break;
    }
    QFont font = uiFont(m_theme, TypeSize::Label);
    font.setUnderline(m_form == Form::Link);
    return font;
}

int CourseButton::padding() const
{
    switch (m_form) {
    case Form::Primary: return m_theme.px(14);
    case Form::Plain: return m_theme.px(12);
    case Form::Bare:
    case Form::Pill: return m_theme.px(8);
    case Form::Link:
    case Form::Square: return 0;
    }
    return 0;
}

int CourseButton::signSize() const
{
    return m_theme.px(12);
}

QSize CourseButton::sizeHint() const
{
    if (m_form == Form::Square)
        return {m_theme.px(24), m_theme.px(24)};
    int width = QFontMetrics(wordsFont()).horizontalAdvance(text()) + 2 * padding() + 1;
    if (m_sign != CourseSign::None)
        width += signSize() + m_theme.px(8);
    const bool low = m_form == Form::Pill || m_form == Form::Link;
    return {width, m_theme.px(low ? 20 : 32)};
}

QSize CourseButton::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), m_theme.px(24)), sizeHint().height()};
}

QColor CourseButton::wordsColor() const
{
    if (!isEnabled())
        return m_form == Form::Square ? m_theme.border() : m_theme.later();
    return m_form == Form::Primary ? m_theme.onInk() : m_theme.text();
}

void CourseButton::paintGround(QPainter& painter) const
{
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = m_form == Form::Pill ? box.height() / 2 : m_theme.px(8);
    const bool over = isEnabled() && underMouse();
    switch (m_form) {
    case Form::Primary:
        painter.setPen(Qt::NoPen);
        painter.setBrush(!isEnabled() ? m_theme.currentLine()
                : over || isDown()    ? m_theme.inkHovered()
                                      : m_theme.ink());
        painter.drawRoundedRect(QRectF(rect()), radius, radius);
        return;
    case Form::Plain:
    case Form::Square:
        painter.setPen(QPen(over ? m_theme.ink() : m_theme.border(), 1));
        painter.setBrush(isDown() ? m_theme.currentLine() : m_theme.raised());
        break;
    case Form::Pill:
        painter.setPen(QPen(isChecked() || over ? m_theme.ink() : m_theme.secondary(), 1));
        painter.setBrush(isChecked() || isDown() ? m_theme.currentLine() : m_theme.raised());
        break;
    case Form::Bare:
        if (!over && !isDown())
            return;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.currentLine());
        break;
    case Form::Link: return;
    }
    painter.drawRoundedRect(box, radius, radius);
}

void CourseButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGround(painter);
    const QColor color = wordsColor();
    const int sign = signSize();
    const auto square = [&](int x) { return QRectF(x, (height() - sign) / 2.0, sign, sign); };
    if (m_form == Form::Square) {
        paintCourseSign(painter, m_sign, square((width() - sign) / 2), color);
        return;
    }
    // In a row without room it gives up some of what is beside its words.
    const int beside = std::max(0, padding() - (std::max(0, sizeHint().width() - width()) + 1) / 2);
    QRect words = rect().adjusted(beside, 0, -beside, 0);
    if (m_sign != CourseSign::None) {
        const bool atLeft = m_signAfter == isRightToLeft();
        paintCourseSign(painter, m_sign, square(atLeft ? words.left() : words.right() + 1 - sign), color);
        words.adjust(atLeft ? sign + m_theme.px(8) : 0, 0, atLeft ? 0 : -sign - m_theme.px(8), 0);
    }
    const QFont font = wordsFont();
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(words, Qt::AlignCenter | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(text(), Qt::ElideRight, words.width()));
}

// Enter presses it as Space does. Ctrl+Enter is the panel's.
void CourseButton::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        click();
        return;
    }
    if (enter) {
        event->ignore();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

// What does not fit is said by a tip.
bool CourseButton::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && sizeHint().width() > width()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
        return true;
    }
    return QAbstractButton::event(event);
}

} // namespace bistro::ui
