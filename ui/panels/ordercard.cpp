#include "panels/ordercard.h"

#include "panels/cardparts.h"
#include "theme/fonts.h"

#include <QPainter>
#include <QResizeEvent>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace bistro::ui {

using namespace Qt::StringLiterals;

OrderCard::OrderCard(QWidget* parent)
    : QWidget(parent)
    , m_heading(new RichLabel(this))
    , m_pin(new QToolButton(this))
    , m_more(new QToolButton(this))
    , m_mark(new MarkBox(this))
    , m_title(new QLabel(this))
    , m_aside(new QLabel(this))
    , m_box(new TintBox(this))
    , m_question(new QLabel(m_box))
    , m_triggers(new RichLabel(this))
{
    setAccessibleName(tr("The order"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_aside->setTextFormat(Qt::PlainText);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWordWrap(true);
    m_pin->setCheckable(true);
    m_pin->setAutoRaise(true);
    m_pin->setAccessibleName(tr("Pin this order"));
    m_pin->setToolTip(tr("Pin: this order stays here when you choose another one (Ctrl+Shift+P)"));
    m_pin->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    connect(m_pin, &QToolButton::toggled, this, [this](bool on) {
        m_pin->setIcon(pinIcon(m_theme, on, devicePixelRatioF()));
        emit pinChanged(on);
    });
    m_more->setAutoRaise(true);
    m_more->setObjectName(u"order-more"_s);
    connect(m_more, &QToolButton::clicked, this, [this] { emit briefAsked(!m_brief); });
    connect(m_triggers, &RichLabel::orderClicked, this, &OrderCard::orderClicked);
    connect(m_triggers, &RichLabel::placeClicked, this, &OrderCard::placeClicked);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    restyle();
}

void OrderCard::restyle()
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::Window, m_theme.window());
    setPalette(palette);
    m_heading->setTheme(m_theme, TypeSize::Second, m_theme.secondary(), QFont::DemiBold);
    m_pin->setIconSize(QSize(m_theme.px(16), m_theme.px(16)));
    m_pin->setIcon(pinIcon(m_theme, m_pin->isChecked(), devicePixelRatioF()));
    m_more->setIconSize(QSize(m_theme.px(16), m_theme.px(16)));
    m_triggers->setTheme(m_theme, TypeSize::Second, m_theme.secondary());
    showForm(m_form);
}

void OrderCard::setTheme(const Theme& theme)
{
    m_theme = theme; // even if it is the same: another place of the window has taken the colors away
    restyle();
}

void OrderCard::setWording(app::Wording wording)
{
    m_wording = wording;
    showForm(m_form);
}

void OrderCard::setCompact(bool on)
{
    m_compact = on;
    showForm(m_form);
}

void OrderCard::setBrief(bool on)
{
    m_folds = m_folds || on;
    if (std::exchange(m_brief, on) != on)
        showForm(m_form);
}

bool OrderCard::isPinned() const
{
    return m_pin->isChecked();
}
void OrderCard::setPinned(bool on)
{
    m_pin->setChecked(on);
}

void OrderCard::showNothing(const QString& hint)
{
    m_hint = hint;
    showForm(Form::Nothing);
    m_order = {};
    m_blocked = {};
}

void OrderCard::showOrder(const OrderCardContent& content)
{
    if (m_form == Form::Order && m_order == content)
        return;
    m_order = content;
    showForm(Form::Order);
}

void OrderCard::showBlocked(const BlockedContent& content)
{
    if (m_form == Form::Blocked && m_blocked == content)
        return;
    m_blocked = content;
    showForm(Form::Blocked);
}

QString OrderCard::heading() const
{
    return m_wording == app::Wording::Restaurant ? tr("The order") : tr("The callback");
}

// Not by a layout of Qt's: each text in it that changes would have all of them ask all others, and the window lay
// itself out anew.
void OrderCard::showForm(Form form)
{
    fill(form);
    const int before = std::exchange(m_heightAt, -1) == width() ? m_height : -1;
    if (arrange(width(), Arrange::Place) != before)
        updateGeometry();
}

int OrderCard::heightForWidth(int width) const
{
    if (m_heightAt != width) {
        m_height = arrange(width, Arrange::Measure);
        m_heightAt = width;
    }
    return m_height;
}

QSize OrderCard::sizeHint() const
{
    return {m_theme.px(256), std::max(m_height, m_theme.px(m_brief ? 40 : 356))};
} // its height depends on its width: who lays it out asks for that
QSize OrderCard::minimumSizeHint() const
{
    return {m_theme.px(160), m_theme.px(40)};
}

void OrderCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() == width())
        return;
    if (m_form == Form::Order)
        showTitle();
    m_height = arrange(width(), Arrange::Place);
    m_heightAt = width();
}

int OrderCard::arrangeLine(const Line& line, const QRect& at, Arrange how) const
{
    const int lead = line.lead->minimumWidth();
    const int when = line.when->isHidden() ? 0 : line.when->sizeHint().width();
    const int room = std::max(1, at.width() - lead - when);
    const int height = std::max(line.sentence->heightForWidth(room), line.sentence->minimumHeight());
    if (how == Arrange::Place) {
        line.lead->setGeometry(at.left(), at.top(), lead, height);
        line.sentence->setGeometry(at.left() + lead, at.top(), room, height);
        line.when->setGeometry(at.left() + lead + room, at.top(), when, line.when->sizeHint().height());
    }
    return height;
}

int OrderCard::arrange(int width, Arrange how) const
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    const bool place = how == Arrange::Place;
    const int left = px(14);
    const int inner = std::max(1, width - 2 * left);
    int y = px(10);
    const auto below = [&](int height) { y += height + px(8); };

    const QSize pin = m_pin->isHidden() ? QSize(0, 0) : m_pin->sizeHint();
    const QSize more = m_more->isHidden() ? QSize(0, 0) : m_more->sizeHint();
    const int buttons = pin.width() + more.width();
    const int headingWidth = std::max(1, inner - (buttons == 0 ? 0 : buttons + px(6)));
    const int heading = std::max({m_heading->heightForWidth(headingWidth), pin.height(), more.height()});
    if (place) {
        m_heading->setGeometry(left, y, headingWidth, heading);
        m_more->setGeometry(QRect(QPoint(left + inner - buttons, y + (heading - more.height()) / 2), more));
        m_pin->setGeometry(QRect(QPoint(left + inner - pin.width(), y + (heading - pin.height()) / 2), pin));
    }
    below(heading);

    if (!m_title->isHidden()) {
        const int mark = m_mark->minimumWidth();
        const QSize aside = m_aside->sizeHint();
        const int height = std::max({m_title->sizeHint().height(), aside.height(), m_mark->height()});
        if (place) {
            m_mark->move(left, y + (height - m_mark->height()) / 2);
            m_title->setGeometry(left + mark + px(9), y, std::max(1, inner - mark - 2 * px(9) - aside.width()), height);
            m_aside->setGeometry(left + inner - aside.width(), y, aside.width(), height);
        }
        below(height);
    }

    int steps = 0;
    for (const Line& line : m_steps) {
        if (!line.sentence->isHidden())
            steps += arrangeLine(line, QRect(left, y + steps, inner, 0), how);
    }
    if (steps > 0)
        below(steps);

    if (!m_box->isHidden()) {
        const int boxLeft = px(12);
        const int boxInner = std::max(1, inner - boxLeft - px(10));
        int at = px(10);
        const int question = m_question->heightForWidth(boxInner);
        if (place)
            m_question->setGeometry(boxLeft, at, boxInner, question);
        at += question + px(6);
        for (const Line& line : m_reasons) {
            if (!line.sentence->isHidden())
                at += arrangeLine(line, QRect(boxLeft, at, boxInner, 0), how) + px(4);
        }
        at += px(8);
        if (place)
            m_box->setGeometry(left, y, inner, at);
        below(at);
    }
    if (!m_triggers->isHidden()) {
        const int height = m_triggers->heightForWidth(inner);
        if (place)
            m_triggers->setGeometry(left, y, inner, height);
        below(height);
    }
    // Most cards are not higher than this: what stands below does not jump from step to step.
    const bool brief = m_brief && m_form != Form::Blocked;
    const int height = std::max(y + px(brief ? 0 : 4), brief ? 0 : px(m_compact ? 272 : 356));
    if (place) {
        m_height = height;
        m_heightAt = width;
    }
    return height;
}

OrderCard::Line& OrderCard::line(std::vector<Line>& lines, std::size_t i, QWidget* within)
{
    if (i == lines.size()) {
        Line made;
        made.lead = new Lead(within);
        made.sentence = new RichLabel(within);
        made.when = new QLabel(within);
        made.when->setTextFormat(Qt::PlainText);
        connect(made.sentence, &RichLabel::orderClicked, this, &OrderCard::orderClicked);
        connect(made.sentence, &RichLabel::placeClicked, this, &OrderCard::placeClicked);
        connect(made.sentence, &RichLabel::allowedAsked, this, &OrderCard::allowedAsked);
        lines.push_back(made);
    }
    lines[i].lead->show();
    lines[i].sentence->show();
    return lines[i];
}

void OrderCard::keep(std::vector<Line>& lines, std::size_t count)
{
    for (std::size_t i = count; i < lines.size(); ++i) {
        for (QWidget* const part :
            {lines[i].lead, static_cast<QWidget*>(lines[i].sentence), static_cast<QWidget*>(lines[i].when)})
            part->hide();
    }
}

void OrderCard::showTitle()
{
    const QFont font = uiFont(m_theme, TypeSize::Title, QFont::DemiBold);
    m_title->setText(QFontMetrics(font).elidedText(
        m_order.name.title, Qt::ElideRight, std::max(m_theme.px(120), width() - m_theme.px(100))));
}

void OrderCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
}

} // namespace bistro::ui
