#include "window/packagebar.h"

#include "theme/fonts.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

PackageBar::PackageBar(QWidget* room)
    : QWidget(room)
    , m_sentence(new QLabel(this))
    , m_progress(new QLabel(this))
    , m_name(new QLineEdit(this))
{
    using enum Form;
    setObjectName(u"packagebar"_s);
    setFocusPolicy(Qt::NoFocus);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_progress->setTextFormat(Qt::PlainText);
    m_name->setObjectName(u"package-name"_s);
    m_name->setAccessibleName(tr("Name of the package"));
    m_name->setPlaceholderText(tr("express, or express@4"));
    connect(m_name, &QLineEdit::returnPressed, this, &PackageBar::addClicked);
    connect(m_name, &QLineEdit::textChanged, this, [this] { m_add->setEnabled(!m_name->text().trimmed().isEmpty()); });
    m_add = add("package-add", tr("Add"), {Asking, Offering}, nullptr);
    connect(m_add, &QAbstractButton::clicked, this, &PackageBar::addClicked);
    add("package-stop", tr("Stop"), {Working}, &PackageBar::stopAsked);
    add("package-run", tr("Run"), {Added}, &PackageBar::runAsked);
    m_allow = add("package-scripts", tr("Run their scripts"), {Added}, &PackageBar::scriptsAllowed);
    add("package-again", tr("Try again"), {Failed}, &PackageBar::againAsked);
    add("package-close", tr("Close"), {Asking, Offering, Added, Failed}, &PackageBar::closed, true)
        ->setToolTip(tr("Close this notice (Esc)"));
    m_allow->setToolTip(tr("Allow the install scripts of all packages of this folder\nThey stay within the same walls. "
                           "You can take it back under Run, What Programs May Do."));
    room->installEventFilter(this);
    hide();
}

QAbstractButton* PackageBar::add(
    const char* name, const QString& text, std::vector<Form> forms, void (PackageBar::*clicked)(), bool link)
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
    if (clicked) {
        connect(button, &QAbstractButton::clicked, this, [this, clicked] {
            if (isSettled())
                emit(this->*clicked)();
        });
    }
    m_buttons.push_back({.widget = button, .forms = std::move(forms)});
    return button;
}

void PackageBar::addClicked()
{
    if (m_form == Form::Offering && isSettled())
        emit addAsked(m_package);
    else if (m_form == Form::Asking && !m_name->text().trimmed().isEmpty())
        emit addAsked(m_name->text().trimmed());
}

void PackageBar::lieOver(QWidget& place)
{
    m_place = &place;
    place.installEventFilter(this);
    cover();
}

void PackageBar::stayBelow(QWidget& other)
{
    m_above.push_back(&other);
    other.installEventFilter(this);
    cover();
}

// Only what comes by itself could meet a click that was meant for something else.
bool PackageBar::isSettled() const
{
    const bool comes = m_form != Form::Asking && m_form != Form::Working;
    return isVisible() && (!comes || (m_seen.isValid() && m_seen.durationElapsed() >= kSettles));
}

void PackageBar::ask(const QString& sentence, const QString& typed)
{
    m_name->setText(typed);
    m_add->setText(tr("Add"));
    m_add->setEnabled(!typed.trimmed().isEmpty());
    show(Form::Asking, sentence);
    m_name->setFocus();
    m_name->selectAll();
}

void PackageBar::offer(const QString& sentence, const QString& package)
{
    m_package = package;
    m_add->setText(tr("Add %1").arg(package));
    m_add->setEnabled(true);
    show(Form::Offering, sentence);
}

void PackageBar::work(const QString& sentence)
{
    m_line.clear();
    show(Form::Working, sentence);
}

void PackageBar::tellProgress(const QString& line)
{
    m_line = line;
    showLine();
}

void PackageBar::tellStopping()
{
    m_line.clear();
    show(Form::Stopping, tr("Stopping, and putting back what was there."));
}

void PackageBar::tellAdded(const QString& sentence, bool scriptsLeftOut)
{
    m_scripts = scriptsLeftOut;
    show(Form::Added, sentence);
}

void PackageBar::tellFailed(const QString& sentence)
{
    show(Form::Failed, sentence);
}

void PackageBar::show(Form form, const QString& text)
{
    const bool atKeys = isAncestorOf(window()->focusWidget());
    m_form = form;
    m_text = text;
    m_seen.start();
    setAccessibleName(text);
    m_sentence->setAccessibleName(text);
    QAbstractButton* first = nullptr;
    for (const Button& each : m_buttons) {
        const bool shown = std::ranges::contains(each.forms, form) && (each.widget != m_allow || m_scripts);
        each.widget->setDown(false);
        each.widget->setVisible(shown);
        first = first || !shown ? first : each.widget;
    }
    m_name->setVisible(form == Form::Asking);
    m_progress->setVisible(form == Form::Working || form == Form::Stopping);
    showLine();
    restyle();
    setVisible(true);
    cover();
    if (atKeys && first)
        first->setFocus();
    if (!QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(window(), m_text); // a polite one
    QAccessible::updateAccessibility(&event);
}

void PackageBar::showLine()
{
    const int width = std::max(m_progress->width(), 1);
    m_progress->setText(m_progress->fontMetrics().elidedText(m_line, Qt::ElideMiddle, width));
    m_progress->setToolTip(m_line);
    m_progress->setAccessibleName(m_line);
}

void PackageBar::close()
{
    hide();
}

void PackageBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    restyle();
    cover();
}

void PackageBar::setCompact(bool on)
{
    m_compact = on;
    cover();
}

void PackageBar::restyle()
{
    const auto color = [](QWidget* widget, const QColor& text) {
        QPalette palette = widget->palette();
        palette.setColor(QPalette::WindowText, text);
        widget->setPalette(palette);
    };
    m_sentence->setFont(uiFont(m_theme, TypeSize::Label));
    m_progress->setFont(uiFont(m_theme, TypeSize::Second));
    m_sentence->setText(m_text);
    color(m_sentence, m_theme.text());
    color(m_progress, m_theme.secondary());
    for (const Button& each : m_buttons) {
        if (qobject_cast<QToolButton*>(each.widget)) {
            QFont font = uiFont(m_theme, TypeSize::Label);
            font.setUnderline(true);
            each.widget->setFont(font);
        }
    }
    update();
}

void PackageBar::cover()
{
    if (isHidden())
        return;
    constexpr int most = 640; // px: a line that is longer is hard to read
    QRect over(QPoint(0, 0), QSize(std::min(parentWidget()->width(), most), 0));
    if (m_place && m_place->isVisible())
        over = QRect(m_place->mapTo(parentWidget(), QPoint(0, 0)), m_place->size());
    for (const QWidget* const other : m_above) {
        if (other->isVisible())
            over.moveTop(std::max(over.top(), other->geometry().bottom() + 1));
    }
    setGeometry(QRect(over.topLeft(), QSize(over.width(), arrange(over.width()))));
    raise();
}

// Gives the height that it needs in this width.
int PackageBar::arrange(int width)
{
    const int left = m_theme.px(56);
    const int room = std::max(width - m_theme.px(16) - left, 1);
    const int gap = m_theme.px(m_compact ? 8 : 12);
    int y = m_theme.px(m_compact ? 9 : 13);
    const int sentence = std::max(m_sentence->heightForWidth(room), m_theme.px(24));
    m_sentence->setGeometry(left, y, room, sentence);
    y += sentence;
    if (!m_name->isHidden()) {
        const int height = m_theme.px(m_compact ? 28 : 32);
        m_name->setGeometry(left, y + m_theme.px(8), room, height);
        y += m_theme.px(8) + height;
    }
    if (!m_progress->isHidden()) {
        const int height = m_progress->fontMetrics().height() + m_theme.px(4);
        m_progress->setGeometry(left, y + m_theme.px(4), room, height);
        y += m_theme.px(4) + height;
        showLine();
    }
    return arrangeButtons(width, y + gap);
}

int PackageBar::arrangeButtons(int width, int y)
{
    const int first = m_theme.px(56);
    const int gap = m_theme.px(8);
    const int height = m_theme.px(m_compact ? 28 : 32);
    int x = first;
    bool any = false;
    for (const Button& each : m_buttons) {
        if (each.widget->isHidden())
            continue;
        any = true;
        each.widget->ensurePolished();
        const int needs = each.widget->sizeHint().width();
        if (x > first && x + needs > width - m_theme.px(8)) {
            x = first;
            y += height + gap;
        }
        each.widget->setGeometry(x, y, std::min(needs, std::max(width - x, 1)), height);
        x += needs + gap;
    }
    return y + (any ? height + m_theme.px(m_compact ? 9 : 12) : 0);
}

bool PackageBar::eventFilter(QObject* watched, QEvent* event)
{
    const bool button = std::ranges::contains(m_buttons, watched, &Button::widget);
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

void PackageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape)
        return QWidget::keyPressEvent(event);
    if (m_form == Form::Working)
        emit stopAsked();
    else if (m_form != Form::Stopping)
        emit closed();
}

Sign PackageBar::sign() const
{
    switch (m_form) {
    case Form::Asking:
    case Form::Offering:
    case Form::Working:
    case Form::Stopping: return Sign::Cloche;
    case Form::Added: return Sign::Check;
    case Form::Failed: return Sign::Warning;
    }
    return Sign::Cloche;
}

void PackageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.sunken());
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.border());
    painter.fillRect(QRect(0, 0, m_theme.px(4), height()), m_theme.ink());
    const int side = m_theme.px(24);
    paintSign(painter, sign(), QRectF(m_theme.px(18), m_theme.px(m_compact ? 9 : 14), side, side), m_theme.ink());
}

} // namespace bistro::ui
