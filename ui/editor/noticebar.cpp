#include "editor/noticebar.h"

#include "theme/fonts.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent)
    , m_theme(Scheme::Light)
{
    m_sentence = new QLabel(this);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_buttons = new QWidget(this);
    m_buttonRow = new QHBoxLayout(m_buttons);
    m_buttonRow->setContentsMargins(0, 0, 0, 0);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_sentence);
    column->addWidget(m_buttons);
    hide();
}

void NoticeBar::tell(const QString& sentence, const QList<Choice>& choices, bool wrong)
{
    m_wrong = wrong;
    m_sentence->setText(sentence);
    m_sentence->setAccessibleName(sentence);
    while (QLayoutItem* item = m_buttonRow->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    const auto add = [this](const QString& text, const std::function<void()>& chosen) {
        auto* button = new QPushButton(text, m_buttons);
        button->setAccessibleName(text);
        connect(button, &QPushButton::clicked, this, [this, chosen] {
            close();
            if (chosen)
                chosen();
        });
        m_buttonRow->addWidget(button);
        button->show(); // at once: in a bar that is there already, what is not shown yet has no height
    };
    for (const Choice& choice : choices)
        add(choice.text, choice.chosen);
    if (choices.isEmpty())
        add(tr("All right"), {});
    m_buttonRow->addStretch();
    setTheme(m_theme);
    if (isHidden())
        place();
    setVisible(true);
    cover();
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent announcement(this, sentence); // a polite one
    QAccessible::updateAccessibility(&announcement);
#endif
}

void NoticeBar::lieOver(QWidget& neighbor, Side side)
{
    m_side = side;
    m_neighbor = &neighbor;
    neighbor.installEventFilter(this);
    place();
}

// While nobody sees the neighbor a row moves nothing.
void NoticeBar::place()
{
    auto* const column = m_neighbor ? qobject_cast<QVBoxLayout*>(parentWidget()->layout()) : nullptr;
    if (!column)
        return;
    m_over = m_neighbor->isVisible();
    column->removeWidget(this);
    if (!m_over)
        column->insertWidget(column->indexOf(m_neighbor), this);
}

void NoticeBar::cover()
{
    if (!m_over || isHidden())
        return;
    const int width = m_neighbor->width();
    const int height = std::max(layout()->totalHeightForWidth(width), 1);
    const int down = m_side == Side::Last ? std::max(0, m_neighbor->height() - height) : 0;
    setGeometry(QRect(m_neighbor->pos() + QPoint(0, down), QSize(width, height)));
    raise();
}

bool NoticeBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_neighbor && (event->type() == QEvent::Resize || event->type() == QEvent::Move))
        cover();
    return QWidget::eventFilter(watched, event);
}

void NoticeBar::close()
{
    hide();
}

QString NoticeBar::sentence() const
{
    return isHidden() ? QString() : m_sentence->text();
}

void NoticeBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_sentence->setFont(uiFont(theme, TypeSize::Label));
    QPalette palette = m_sentence->palette();
    palette.setColor(QPalette::WindowText, theme.text());
    m_sentence->setPalette(palette);
    m_buttons->setStyleSheet(
        u"QPushButton { color: %1; background: %2; border: 1px solid %3; border-radius: %4px; padding: %5px %6px; }"
        "QPushButton:hover, QPushButton:focus { border-color: %1; }"_s
            .arg(theme.text().name(), theme.raised().name(), theme.border().name())
            .arg(theme.px(8))
            .arg(theme.px(4))
            .arg(theme.px(10)));
    m_buttons->setFont(uiFont(theme, TypeSize::Label));
    for (auto* button : m_buttons->findChildren<QPushButton*>())
        button->setFont(uiFont(theme, TypeSize::Label));
    layout()->setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(8));
    layout()->setSpacing(theme.px(6));
    update();
    cover();
}

void NoticeBar::paintEvent(QPaintEvent*)
{
    const Meaning meaning = m_wrong ? Meaning::Error : Meaning::Timer;
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tint(meaning));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.border());
    painter.fillRect(QRect(0, 0, m_theme.px(3), height()), m_theme.color(meaning));
}

} // namespace bistro::ui
