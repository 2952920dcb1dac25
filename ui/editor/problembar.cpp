#include "editor/problembar.h"

#include "theme/fonts.h"

#include <QFontMetrics>
#include <QPainter>

namespace bistro::ui {

ProblemBar::ProblemBar(QWidget* parent)
    : QAbstractButton(parent)
    , m_theme(Scheme::Light)
{
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::NoFocus); // Alt+F8 goes to the problem
    setToolTip(tr("Go to this place (Alt+F8)"));
    hide();
}

void ProblemBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    setFont(uiFont(theme, TypeSize::Label));
    update();
}

void ProblemBar::setSentence(const QString& sentence)
{
    setText(sentence);
    setAccessibleName(sentence);
    update();
}

int ProblemBar::heightFor(int width) const
{
    const int wanted = QFontMetrics(font()).boundingRect(textRect(width, 10'000), Qt::TextWordWrap, text()).height();
    return wanted + m_theme.px(16);
}

QRect ProblemBar::textRect(int width, int height) const
{
    return {m_theme.px(36), m_theme.px(8), width - m_theme.px(48), height - m_theme.px(16)};
}

void ProblemBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tint(Meaning::Error));
    painter.fillRect(QRect(0, 0, m_theme.px(3), height()), m_theme.color(Meaning::Error));
    const int size = m_theme.px(14);
    paintMark(
        painter, Meaning::Error, QRectF(m_theme.px(14), m_theme.px(10), size, size), m_theme.color(Meaning::Error));
    painter.setPen(m_theme.text());
    painter.drawText(textRect(width(), height()), Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace bistro::ui
