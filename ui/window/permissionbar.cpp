#include "window/permissionbar.h"

#include "theme/fonts.h"
#include "window/icons.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// A name without blanks breaks, too, where the line is full.
QString breakable(const QString& text)
{
    constexpr int most = 16; // letters that stay together
    QString result;
    int together = 0;
    for (const QChar letter : text) {
        together = letter.isSpace() ? 0 : together + 1;
        result += letter;
        const bool ends = letter == u'/' || (together >= most && !letter.isHighSurrogate());
        if (ends) {
            result += QChar(0x200B);
            together = 0;
        }
    }
    return result.toHtmlEscaped();
}

QString htmlOf(const app::Asking& what)
{
    QString html;
    qsizetype from = 0;
    for (const app::Asking::Bold& bold : what.bold) {
        html += breakable(what.question.sliced(from, bold.from - from));
        html += u"<b>"_s + breakable(what.question.sliced(bold.from, bold.size)) + u"</b>"_s;
        from = bold.from + bold.size;
    }
    return html + breakable(what.question.sliced(from)) + u' ' + what.why.toHtmlEscaped();
}

} // namespace

PermissionBar::PermissionBar(QWidget* room)
    : QWidget(room)
    , m_sentence(new QLabel(this))
{
    setObjectName(u"permissionbar"_s);
    setFocusPolicy(Qt::NoFocus);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::RichText);
    m_keep = add<QPushButton>("permission-keep", tr("Keep refusing"), &PermissionBar::kept);
    m_allow = add<QPushButton>("permission-allow", tr("Allow for this folder"), &PermissionBar::allowed);
    m_once = add<QToolButton>("permission-once", tr("Only once"), &PermissionBar::allowedOnce);
    m_run = add<QPushButton>("permission-run", tr("Run"), &PermissionBar::runAsked);
    m_undo = add<QPushButton>("permission-undo", tr("Undo"), &PermissionBar::undone);
    m_close = add<QToolButton>("permission-close", tr("Close"), &PermissionBar::closed);
    m_keep->setToolTip(tr("Keep refusing (Esc)\nYou are not asked again for this until you close the window."));
    m_allow->setToolTip(
        tr("Allow it for all programs of this folder\nYou can take it back under Run, What Programs May Do."));
    m_once->setToolTip(tr("Allow it for the next run only\nAfter that it is refused again."));
    m_run->setToolTip(tr("Run the program again\nWhat you have allowed holds from this run on."));
    m_undo->setToolTip(tr("Take it back\nThe next run is refused the same again."));
    m_close->setToolTip(tr("Close this notice (Esc)"));
    room->installEventFilter(this);
    hide();
}

template <typename Button>
Button* PermissionBar::add(const char* name, const QString& text, void (PermissionBar::*clicked)())
{
    auto* const button = new Button(this);
    button->setText(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keyboard where it is
    if constexpr (std::is_same_v<Button, QPushButton>)
        button->setAutoDefault(false);
    else
        button->setProperty("role", u"link"_s);
    button->installEventFilter(this);
    // Also for who presses it by other means than mouse and keys.
    connect(button, &QAbstractButton::clicked, this, [this, clicked] {
        if (isSettled())
            emit(this->*clicked)();
    });
    m_buttons.push_back(button);
    return button;
}

void PermissionBar::lieOver(QWidget& place)
{
    m_place = &place;
    place.installEventFilter(this);
    cover();
}

void PermissionBar::stayBelow(QWidget& notice)
{
    m_notice = &notice;
    notice.installEventFilter(this);
    cover();
}

bool PermissionBar::isSettled() const
{
    return isVisible() && m_seen.isValid() && m_seen.durationElapsed() >= kSettles;
}

void PermissionBar::ask(const app::Asking& what, const QStringList& others)
{
    QString html = htmlOf(what);
    QString plain = what.question + u' ' + what.why;
    if (!others.isEmpty()) {
        const QString more = tr("And %n more acts.", nullptr, static_cast<int>(others.size()));
        html += u" <span style='color:%1'>%2</span>"_s.arg(m_theme.secondary().name(), more);
        plain += u' ' + more;
    }
    m_sentence->setToolTip(others.isEmpty() ? QString() : others.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s));
    write(html, plain);
    if (isAsking() && what == m_asked)
        return cover();
    m_asked = what;
    const bool atKeys = isAncestorOf(window()->focusWidget());
    tell(true);
    if (atKeys)
        m_keep->setFocus(); // whoever has answered by key does not answer the next one by the same
}

void PermissionBar::tellAllowed(const QString& sentence)
{
    m_sentence->setToolTip({});
    write(sentence.toHtmlEscaped(), sentence);
    const bool atKeys = isAncestorOf(window()->focusWidget());
    tell(false);
    if (atKeys)
        m_run->setFocus();
}

void PermissionBar::write(const QString& html, const QString& plain)
{
    m_html = html;
    m_plain = plain;
    setAccessibleName(plain);
    m_sentence->setAccessibleName(plain);
    restyle();
}

void PermissionBar::tell(bool asks)
{
    m_asks = asks;
    m_seen.start();
    for (QAbstractButton* const button : m_buttons)
        button->setDown(false); // what was pressed was another question's
    for (QAbstractButton* const button : std::initializer_list<QAbstractButton*> {m_keep, m_allow, m_once})
        button->setVisible(asks);
    for (QAbstractButton* const button : std::initializer_list<QAbstractButton*> {m_run, m_undo, m_close})
        button->setVisible(!asks);
    setVisible(true);
    cover();
    if (!QAccessible::isActive())
        return;
    const QString keys = asks
        ? tr("Two buttons: Keep refusing, by Escape, and Allow for this folder. Tab leads to them.")
        : tr("Two buttons: Run and Undo. Tab leads to them.");
    QAccessibleAnnouncementEvent event(window(), m_plain + u' ' + keys); // a polite one
    QAccessible::updateAccessibility(&event);
}

void PermissionBar::close()
{
    hide();
}

void PermissionBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    restyle();
    cover();
}

void PermissionBar::setCompact(bool on)
{
    m_compact = on;
    cover();
}

void PermissionBar::restyle()
{
    m_sentence->setFont(uiFont(m_theme, TypeSize::Label));
    QPalette palette = m_sentence->palette();
    palette.setColor(QPalette::WindowText, m_theme.text());
    m_sentence->setPalette(palette);
    m_sentence->setText(u"<p style='line-height:118%'>"_s + m_html + u"</p>"_s);
    for (QToolButton* const link : {m_once, m_close}) {
        QFont font = uiFont(m_theme, TypeSize::Label);
        font.setUnderline(true);
        link->setFont(font);
    }
    update();
}

void PermissionBar::cover()
{
    if (isHidden())
        return;
    constexpr int most = 640; // px: a line that is longer is hard to read
    QRect over(QPoint(0, 0), QSize(std::min(parentWidget()->width(), most), 0));
    if (m_place && m_place->isVisible())
        over = QRect(m_place->mapTo(parentWidget(), QPoint(0, 0)), m_place->size());
    if (m_notice && m_notice->isVisible())
        over.moveTop(std::max(over.top(), m_notice->geometry().bottom() + 1));
    setGeometry(QRect(over.topLeft(), QSize(over.width(), arrange(over.width()))));
    raise();
}

// Gives the height that it needs in this width.
int PermissionBar::arrange(int width)
{
    const int left = m_theme.px(56);
    const int right = width - m_theme.px(16);
    const int gap = m_theme.px(8);
    const int buttonHeight = m_theme.px(m_compact ? 28 : 32);
    int y = m_theme.px(m_compact ? 9 : 13);
    const int sentence = std::max(m_sentence->heightForWidth(std::max(right - left, 1)), m_theme.px(24));
    m_sentence->setGeometry(left, y, std::max(right - left, 1), sentence);
    y += sentence + m_theme.px(m_compact ? 8 : 12);
    std::vector<QAbstractButton*> shown;
    std::ranges::copy_if(m_buttons, std::back_inserter(shown), [](const QWidget* each) { return !each->isHidden(); });
    int needed = -gap;
    for (QAbstractButton* const button : shown) {
        button->ensurePolished();
        needed += button->sizeHint().width() + gap;
    }
    // Below the words; where they have no room there, from the edge on; at last in several rows.
    const int first = left + needed <= width - m_theme.px(8) ? left : m_theme.px(18);
    int x = first;
    for (QAbstractButton* const button : shown) {
        const int needs = button->sizeHint().width();
        if (x > first && x + needs > width - m_theme.px(8)) {
            x = first;
            y += buttonHeight + gap;
        }
        button->setGeometry(x, y, std::min(needs, std::max(width - x, 1)), buttonHeight);
        x += needs + gap;
    }
    return y + buttonHeight + m_theme.px(m_compact ? 9 : 12);
}

bool PermissionBar::eventFilter(QObject* watched, QEvent* event)
{
    const bool button = std::ranges::contains(m_buttons, watched);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        if (button && !isSettled())
            return true;
        break;
    case QEvent::KeyPress: {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (button && !isSettled()
            && (key == Qt::Key_Space || key == Qt::Key_Select || key == Qt::Key_Return || key == Qt::Key_Enter))
            return true;
        break;
    }
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::LayoutRequest: // what stands above it may have become another height
        if (!button)
            cover();
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void PermissionBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit(this->*(m_asks ? &PermissionBar::kept : &PermissionBar::closed))();
    else
        QWidget::keyPressEvent(event);
}

void PermissionBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.sunken());
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.border());
    painter.fillRect(QRect(0, 0, m_theme.px(4), height()), m_theme.ink());
    const int side = m_theme.px(24);
    paintSign(painter, Sign::Shield, QRectF(m_theme.px(18), m_theme.px(m_compact ? 9 : 14), side, side), m_theme.ink());
}

} // namespace bistro::ui
