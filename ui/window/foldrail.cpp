#include "window/foldrail.h"

#include "theme/fonts.h"

#include <QPainter>
#include <QVBoxLayout>

namespace bistro::ui {
namespace {

QString wordOf(Area area)
{
    switch (area) {
    case Area::Cards: return FoldRail::tr("Order");
    case Area::Timeline: return FoldRail::tr("Timeline");
    case Area::Console: return FoldRail::tr("Console");
    case Area::Narration: return FoldRail::tr("Rule");
    case Area::CourseList:
    case Area::Lesson:
    case Area::Editor:
    case Area::Stage:
    case Area::StageText: break;
    }
    return {};
}

QString whatOf(Area area)
{
    switch (area) {
    case Area::Cards: return FoldRail::tr("Order and call stack");
    case Area::Timeline: return FoldRail::tr("All lanes of the timeline");
    case Area::Console: return FoldRail::tr("More lines of the console");
    case Area::Narration: return FoldRail::tr("The rule below the sentence");
    case Area::CourseList:
    case Area::Lesson:
    case Area::Editor:
    case Area::Stage:
    case Area::StageText: break;
    }
    return {};
}

} // namespace

RailButton::RailButton(QWidget* parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

void RailButton::setTheme(const Theme& theme)
{
    m_theme = theme;
    setFont(uiFont(theme, TypeSize::Second, QFont::DemiBold));
    updateGeometry();
    update();
}

// Written from the bottom to the top.
QSize RailButton::sizeHint() const
{
    return {m_theme.px(units::kRail), fontMetrics().horizontalAdvance(text()) + m_theme.px(16)};
}
QSize RailButton::minimumSizeHint() const
{
    return {m_theme.px(units::kRail), m_theme.px(24)};
}

void RailButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(3, 2, -3, -2);
    const double radius = m_theme.px(6);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.currentLine());
        painter.drawRoundedRect(box, radius, radius);
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.ink(), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box, radius, radius);
    }
    painter.setFont(font());
    painter.setPen(isChecked() ? m_theme.text() : m_theme.secondary());
    // Where there is no room for the word, an arrow stands for it; name and tooltip have the words.
    const QString word = fontMetrics().horizontalAdvance(text()) <= height() - 4
        ? text()
        : QString(isChecked() ? QChar(0x203a) : QChar(0x2039));
    painter.translate(0, height());
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, height(), width()), Qt::AlignCenter, word);
}

void RailButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}
void RailButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

FoldRail::FoldRail(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Folded panels"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->setSpacing(0);
    for (const Area area : {Area::Cards, Area::Narration, Area::Timeline, Area::Console}) {
        auto* const button = new RailButton(this);
        button->setText(wordOf(area));
        button->hide();
        m_buttons.insert(area, button);
        name(area);
        layout->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, [this, area](bool open) { emit asked(area, open); });
    }
    layout->addStretch(1);
}

void FoldRail::setTheme(const Theme& theme)
{
    m_theme = theme;
    setFixedWidth(theme.px(units::kRail));
    for (RailButton* const button : std::as_const(m_buttons))
        button->setTheme(theme);
    update();
}

void FoldRail::setKey(Area area, const QString& key)
{
    m_keys[area] = key;
    name(area);
}

void FoldRail::name(Area area)
{
    RailButton* const button = m_buttons.value(area);
    if (!button)
        return;
    const QString key = m_keys.value(area);
    button->setAccessibleName(whatOf(area));
    button->setToolTip(key.isEmpty() ? whatOf(area) : tr("%1 (%2)").arg(whatOf(area), key));
}

void FoldRail::show(Area area, bool folded, bool open)
{
    RailButton* const button = m_buttons.value(area);
    button->setChecked(open);
    button->setVisible(folded);
}

void FoldRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.sunken());
    painter.fillRect(0, 0, 1, height(), m_theme.border());
}

} // namespace bistro::ui
