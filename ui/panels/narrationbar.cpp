#include "panels/narrationbar.h"

#include "theme/fonts.h"

#include <QAccessible>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QTextLayout>
#include <QToolButton>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMost = 168; // as high as it grows, at 100 %

QString wordOf(NarrationContent::Action action)
{
    switch (action) {
    case NarrationContent::Action::None: return {};
    case NarrationContent::Action::WhyNotYet: return NarrationBar::tr("Why not yet?");
    case NarrationContent::Action::WhyNow: return NarrationBar::tr("Why now?");
    case NarrationContent::Action::ShowCause: return NarrationBar::tr("Show the cause");
    }
    Q_UNREACHABLE_RETURN({});
}

// As much of the text as two lines of this width have; html.
QString twoLinesOf(const QString& text, const QFont& font, int width)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    int second = 0;
    int third = 0;
    for (int* const start : {static_cast<int*>(nullptr), &second, &third}) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) {
            layout.endLayout();
            return text.toHtmlEscaped();
        }
        line.setLineWidth(width);
        if (start)
            *start = line.textStart();
    }
    layout.endLayout();
    return text.first(second).trimmed().toHtmlEscaped() + "<br>"_L1
        + QFontMetrics(font).elidedText(text.sliced(second), Qt::ElideRight, width).toHtmlEscaped();
}

} // namespace

NarrationBar::NarrationBar(QWidget* parent)
    : QWidget(parent)
    , m_headline(new RichLabel(this))
    , m_rule(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_unfold(new QToolButton(this))
{
    setAccessibleName(tr("Narration"));
    m_rule->setWordWrap(true);
    m_rule->setTextFormat(Qt::PlainText);
    m_rule->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Question));
    connect(m_button, &QPushButton::clicked, this, [this] { emit actionRequested(m_content.action, m_content.about); });
    m_unfold->setAutoRaise(true);
    m_unfold->hide();
    connect(m_unfold, &QToolButton::clicked, this, [this] { emit ruleAsked(m_form == Form::Compact); });
    restyle();
}

void NarrationBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    restyle(); // even if it is the same: a new style sheet of the window has taken our colours away
}

void NarrationBar::setForm(Form form)
{
    if (m_form == form)
        return;
    m_form = form;
    restyle();
}

void NarrationBar::setUnfolding(bool on)
{
    if (m_unfolds == on)
        return;
    m_unfolds = on;
    showContent();
}

void NarrationBar::setContent(const NarrationContent& content)
{
    if (m_content == content)
        return;
    const bool told = m_content.headline != content.headline;
    m_content = content;
    showContent();
    grow(content == NarrationContent {}); // another run begins
    if (told && QAccessible::isActive() && !content.headline.text.isEmpty()) {
        QAccessibleAnnouncementEvent event(this, content.headline.text);
        QAccessible::updateAccessibility(&event);
    }
}

QString NarrationBar::asText() const
{
    return m_content.rule.isEmpty() ? m_content.headline.text : m_content.headline.text + u'\n' + m_content.rule;
}

QSize NarrationBar::sizeHint() const
{
    switch (m_form) {
    case Form::Normal: return {m_theme.px(768), m_theme.px(78)};
    case Form::Compact: return {m_theme.px(616), m_theme.px(56)};
    case Form::Presentation: return {m_theme.px(1440), m_theme.px(132)};
    }
    Q_UNREACHABLE_RETURN({});
}

QRectF NarrationBar::square() const
{
    const bool presents = m_form == Form::Presentation;
    const double side = m_theme.px(presents ? 64 : m_form == Form::Compact ? 32 : 36);
    return {static_cast<double>(m_theme.px(presents ? 32 : 16)), (height() - side) / 2, side, side};
}

void NarrationBar::restyle()
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    const bool presents = m_form == Form::Presentation;
    // The presentation's band is the other scheme's ground.
    const Theme sizes = presents ? Theme(m_theme.scheme(), m_theme.zoom() * 1.5) : m_theme;
    m_headline->setTheme(sizes, presents ? TypeSize::Title : TypeSize::Heading,
        presents ? m_theme.onBand() : m_theme.text(), QFont::DemiBold);
    m_rule->setFont(uiFont(sizes, TypeSize::Label));
    QPalette palette = m_rule->palette();
    palette.setColor(QPalette::WindowText, presents ? m_theme.secondaryOnBand() : m_theme.secondary());
    m_rule->setPalette(palette);
    m_button->setFont(uiFont(m_theme, TypeSize::Label, QFont::Medium));
    m_button->setStyleSheet(
        u"QPushButton { background: %1; color: %2; border: 1px solid %3; border-radius: %4px; padding: %5px %6px; }"
        "QPushButton:hover { background: %7; } QPushButton:focus { border: 2px solid %2; }"_s
            .arg(m_theme.raised().name(), m_theme.text().name(), m_theme.border().name())
            .arg(px(8))
            .arg(px(7))
            .arg(px(12))
            .arg(m_theme.sunken().name()));
    m_unfold->setFont(uiFont(m_theme, TypeSize::Label));
    showContent();
    grow(true);
}

void NarrationBar::showContent()
{
    m_rule->setVisible(m_form != Form::Compact && !m_content.rule.isEmpty());
    const QString word = wordOf(m_content.action);
    m_button->setVisible(!word.isEmpty() && m_form != Form::Presentation);
    if (m_button->text() != word) {
        m_button->setText(word);
        m_button->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Question)); // a new text takes it away
        m_button->setToolTip(word.isEmpty()
                ? QString()
                : tr("%1 (%2)").arg(word, m_button->shortcut().toString(QKeySequence::NativeText)));
    }
    const bool folded = m_form == Form::Compact;
    m_unfold->setVisible(m_unfolds && !m_content.rule.isEmpty());
    m_unfold->setArrowType(folded ? Qt::UpArrow : Qt::DownArrow);
    const QString unfolds = folded ? tr("Show the rule, too") : tr("Show the sentence alone");
    m_unfold->setAccessibleName(unfolds);
    m_unfold->setToolTip(unfolds);
    setAccessibleDescription(asText());
    m_rule->setText(keptTogether(m_content.rule));
    m_rule->setAccessibleName(m_content.rule);
    arrange(Arrange::Place);
    update();
}

void NarrationBar::showHeadline(int width)
{
    const QString& said = m_content.headline.text;
    const QString sentence = keptTogether(said);
    const QString kept = sentence.toHtmlEscaped();
    const bool folded = m_form == Form::Compact;
    const QString shown = folded ? twoLinesOf(sentence, m_headline->font(), std::max(1, width - m_theme.px(2))) : kept;
    m_headline->setHtml(shown);
    if (m_headline->accessibleName() != said)
        m_headline->setAccessibleName(said);
    QString hidden = folded ? m_content.rule.toHtmlEscaped() : QString();
    if (shown != kept)
        hidden = said.toHtmlEscaped() + (hidden.isEmpty() ? QString() : "<br>"_L1 + hidden);
    for (QWidget* const widget : {static_cast<QWidget*>(this), static_cast<QWidget*>(m_headline)}) {
        if (widget->toolTip() != hidden)
            widget->setToolTip(hidden);
    }
}

// By hand: a layout of Qt's would have the whole window laid out anew with each sentence.
int NarrationBar::arrange(Arrange how)
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    const auto stand = [this, how](QWidget* widget, int right, QSize size) {
        if (how == Arrange::Place)
            widget->setGeometry(QRect(QPoint(right - size.width(), (height() - size.height()) / 2), size));
    };
    const int left = static_cast<int>(square().right()) + px(m_form == Form::Presentation ? 24 : 14);
    int right = width() - px(16);
    if (!m_unfold->isHidden()) {
        const QSize size(px(24), px(24));
        stand(m_unfold, right, size);
        right -= size.width() + px(6);
    }
    if (!m_button->isHidden()) {
        const QSize size = m_button->sizeHint();
        stand(m_button, right, size);
        right -= size.width() + px(14);
    }
    const int room = std::max(1, right - left);
    showHeadline(room);
    const int headline = m_headline->heightForWidth(room);
    const int rule = m_rule->isHidden() ? 0 : m_rule->heightForWidth(room);
    const int all = headline + (rule > 0 ? px(2) + rule : 0);
    if (how == Arrange::Place) {
        const int top = std::max(px(4), (height() - all) / 2);
        m_headline->setGeometry(left, top, room, headline);
        m_rule->setGeometry(left, top + headline + px(2), room, rule);
    }
    return all + 2 * px(4);
}

// To be whole. Anew: also smaller than it was.
void NarrationBar::grow(bool anew)
{
    const int least = sizeHint().height();
    const int needed = std::clamp(arrange(Arrange::Measure), least, std::max(least, m_theme.px(kMost)));
    if (needed != height() && (anew || needed > height() || height() < least))
        setFixedHeight(needed);
}

void NarrationBar::resizeEvent(QResizeEvent* event)
{
    if (event->oldSize().width() != width())
        grow(true);
    arrange(Arrange::Place);
}

void NarrationBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool presents = m_form == Form::Presentation;
    painter.fillRect(rect(), presents ? m_theme.band() : m_theme.window());
    if (!presents)
        painter.fillRect(0, 0, width(), 1, m_theme.border());
    const bool blocked = m_content.mark == Meaning::Error;
    if (blocked && !presents)
        painter.fillRect(0, 0, width(), m_theme.px(2), m_theme.color(Meaning::Error));
    if (m_content.headline.text.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF box = square();
    painter.setBrush(presents ? m_theme.onBand()
            : blocked         ? m_theme.color(Meaning::Error)
                              : m_theme.tint(m_content.mark));
    painter.drawRoundedRect(box, m_theme.px(8), m_theme.px(8));
    const double inset = box.width() * 0.29;
    const QColor color = blocked && !presents ? m_theme.onError()
        : presents                            ? Theme(Scheme::Light).color(m_content.mark)
                                              : m_theme.color(m_content.mark);
    paintMark(painter, m_content.mark, box.adjusted(inset, inset, -inset, -inset), color);
}

} // namespace bistro::ui
