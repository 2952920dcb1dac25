#include "window/answerbar.h"

#include "theme/fonts.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr double kText = 56; // px at 100 %, from the left edge: beside the sign
constexpr double kSign = 18;

bool presses(int key)
{
    return key == Qt::Key_Space || key == Qt::Key_Select || key == Qt::Key_Return || key == Qt::Key_Enter;
}

} // namespace

AnswerBar::AnswerBar(QWidget* room)
    : OverCode(room)
    , m_sentence(new QLabel(this))
{
    setFocusPolicy(Qt::NoFocus);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::RichText);
}

QAbstractButton* AnswerBar::add(const char* name, const QString& text, std::function<void()> clicked, bool link)
{
    QAbstractButton* button = nullptr;
    if (link) {
        button = new QToolButton(this);
        button->setProperty("role", u"link"_s);
    } else {
        auto* const plain = new QPushButton(this);
        plain->setAutoDefault(false);
        button = plain;
    }
    button->setText(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keyboard where it is
    button->installEventFilter(this);
    // Also for who presses it by other means than mouse and keys.
    connect(button, &QAbstractButton::clicked, this, [this, clicked = std::move(clicked)] {
        if (isSettled())
            clicked();
    });
    m_buttons.push_back(button);
    return button;
}

bool AnswerBar::isSettled() const
{
    return isVisible() && (isExpected() || (m_seen.isValid() && m_seen.durationElapsed() >= kSettles));
}

void AnswerBar::write(const QString& html, const QString& plain)
{
    m_html = html;
    m_plain = plain;
    setAccessibleName(plain);
    m_sentence->setAccessibleName(plain);
    restyle();
}

void AnswerBar::begin(const std::vector<QAbstractButton*>& shown)
{
    m_seen.start();
    for (QAbstractButton* const button : m_buttons) {
        button->setDown(false); // what was pressed was meant for other words
        button->setVisible(std::ranges::contains(shown, button));
    }
    setVisible(true);
    placeAnew();
}

void AnswerBar::announce(const QString& text)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(window(), text);
    QAccessible::updateAccessibility(&event);
}

void AnswerBar::close()
{
    hide();
}

void AnswerBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    restyle();
    cover();
}

void AnswerBar::setCompact(bool on)
{
    m_compact = on;
    cover();
}

void AnswerBar::restyle()
{
    m_sentence->setFont(uiFont(m_theme, TypeSize::Label));
    QPalette palette = m_sentence->palette();
    palette.setColor(QPalette::WindowText, m_theme.text());
    m_sentence->setPalette(palette);
    m_sentence->setText(u"<p style='line-height:118%'>"_s + m_html + u"</p>"_s);
    for (QAbstractButton* const button : m_buttons) {
        if (!qobject_cast<QToolButton*>(button))
            continue;
        QFont font = uiFont(m_theme, TypeSize::Label);
        font.setUnderline(true);
        button->setFont(font);
    }
    update();
}

int AnswerBar::arrangeBetween(int, int y, int)
{
    return y;
}

int AnswerBar::arrange(int width)
{
    const int left = m_theme.px(kText);
    const int room = std::max(width - m_theme.px(16) - left, 1);
    const int top = m_theme.px(m_compact ? 9 : 13);
    const int sentence = std::max(m_sentence->heightForWidth(room), m_theme.px(24));
    m_sentence->setGeometry(left, top, room, sentence);
    return arrangeButtons(width, arrangeBetween(left, top + sentence, room));
}

// Below the words; where they have no room there, from the edge on; at last in several rows.
int AnswerBar::arrangeButtons(int width, int y)
{
    const int gap = m_theme.px(8);
    const int height = m_theme.px(m_compact ? 28 : 32);
    std::vector<QAbstractButton*> shown;
    std::ranges::copy_if(m_buttons, std::back_inserter(shown), [](const QWidget* each) { return !each->isHidden(); });
    int needed = -gap;
    for (QAbstractButton* const button : shown) {
        button->ensurePolished();
        needed += button->sizeHint().width() + gap;
    }
    y += m_theme.px(m_compact ? 8 : 12);
    if (shown.empty())
        return y;
    const int text = m_theme.px(kText);
    const int first = text + needed <= width - gap ? text : m_theme.px(kSign);
    int x = first;
    for (QAbstractButton* const button : shown) {
        const int needs = button->sizeHint().width();
        if (x > first && x + needs > width - gap) {
            x = first;
            y += height + gap;
        }
        button->setGeometry(x, y, std::min(needs, std::max(width - x, 1)), height);
        x += needs + gap;
    }
    return y + height + m_theme.px(m_compact ? 9 : 12);
}

bool AnswerBar::eventFilter(QObject* watched, QEvent* event)
{
    if (!std::ranges::contains(m_buttons, watched))
        return OverCode::eventFilter(watched, event);
    const bool mouse = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    const bool key = event->type() == QEvent::KeyPress && presses(static_cast<QKeyEvent*>(event)->key());
    return ((mouse || key) && !isSettled()) || QWidget::eventFilter(watched, event);
}

void AnswerBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.sunken());
    for (const int edge : {0, height() - 1}) // it may lie over the last lines
        painter.fillRect(QRect(0, edge, width(), 1), m_theme.border());
    painter.fillRect(QRect(0, 0, m_theme.px(4), height()), m_theme.ink());
    const int side = m_theme.px(24);
    paintSign(painter, sign(), QRectF(m_theme.px(kSign), m_theme.px(m_compact ? 9 : 14), side, side), m_theme.ink());
}

} // namespace bistro::ui
