#include "panels/beforecard.h"

#include "panels/headings.h"
#include "text/amounts.h"
#include "theme/fonts.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

BeforeCard::BeforeCard(QWidget* parent)
    : QWidget(parent)
    , m_heading(new QLabel(tr("Why this before that"), this))
    , m_copy(new QToolButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"beforecard"_s);
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy this answer"));
    m_close->setText(u"×"_s);
    m_close->setToolTip(tr("Close this answer (Esc)"));
    m_close->setAccessibleName(tr("Close this answer"));
    for (QToolButton* const button : {m_copy, m_close}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    connect(m_close, &QToolButton::clicked, this, &BeforeCard::closeAsked);
    auto* const head = new QHBoxLayout;
    head->addWidget(m_heading, 1);
    head->addWidget(m_copy);
    head->addWidget(m_close);
    auto* const all = new QVBoxLayout(this);
    all->addLayout(head);
    fill();
}

void BeforeCard::setTheme(const Theme& theme)
{
    m_theme = theme; // even if it is the same: another place of the window has taken the colors away
    fill();
}

void BeforeCard::setWording(app::Wording wording)
{
    if (m_wording == wording)
        return;
    m_wording = wording;
    fill();
}

void BeforeCard::show(const BeforeContent& content, const StageFacts& facts)
{
    m_content = content;
    m_sentence.clear();
    m_moments.clear();
    m_times.clear();
    const auto add = [&](app::Index event) {
        if (event != app::kNoEvent && !std::ranges::contains(m_moments, event)) {
            m_moments.push_back(event);
            m_times.push_back(app::timeText(facts.timeOf(event)));
        }
    };
    add(content.first.event);
    add(content.second.event);
    for (const BeforeReason& reason : content.reasons)
        std::ranges::for_each(reason.moments, add);
    fill();
    announce();
}

void BeforeCard::showSentence(const QString& sentence)
{
    m_content = {};
    m_sentence = sentence;
    fill();
    announce();
}

QString BeforeCard::asText() const
{
    return m_sentence.isEmpty() ? m_content.asText() : m_sentence;
}

void BeforeCard::announce()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(this, asText());
    QAccessible::updateAccessibility(&event);
}

QString BeforeCard::momentHtml(app::Index event) const
{
    const auto at = std::ranges::find(m_moments, event);
    const QString time = at == m_moments.end() ? QString() : m_times[static_cast<std::size_t>(at - m_moments.begin())];
    return u"<a href=\"event:%1\">%2</a>"_s.arg(event).arg(time.toHtmlEscaped().replace(u' ', QChar::Nbsp));
}

QString BeforeCard::htmlOf(const BeforeReason& reason, std::size_t number) const
{
    QStringList below;
    if (!reason.rule.isEmpty())
        below << reason.rule.toHtmlEscaped();
    QStringList links;
    for (const app::Index event : reason.moments)
        links << tr("at %1").arg(momentHtml(event));
    for (const app::CodePlace& place : reason.places)
        links << placeHtml(place);
    if (!links.isEmpty())
        below << links.join(u" &nbsp; "_s);
    const int small = m_theme.px(static_cast<int>(TypeSize::Second));
    // In one go: what a program says may hold "%3" itself.
    return u"<b>%1.</b> %2<br><span style=\"font-size:%3px; color:%4\">%5</span>"_s.arg(QString::number(number),
        sentenceHtml(reason.sentence, m_content.named), QString::number(small), m_theme.secondary().name(),
        below.join(u"<br>"_s));
}

void BeforeCard::addLabel(const QString& html, TypeSize size, const QColor& color, QFont::Weight weight)
{
    auto* const label = new RichLabel(m_body);
    label->setTheme(m_theme, size, color, weight);
    label->setHtml(html);
    connect(label, &RichLabel::orderClicked, this, &BeforeCard::orderClicked);
    connect(label, &RichLabel::placeClicked, this, &BeforeCard::placeClicked);
    connect(label, &QLabel::linkActivated, this, [this](const QString& link) {
        if (link.startsWith("event:"_L1))
            emit momentClicked(link.sliced(6).toUInt());
    });
    m_body->layout()->addWidget(label);
}

// Anew for each answer: there is one a question, not one a step.
void BeforeCard::fill()
{
    if (m_body) {
        m_body->hide();
        m_body->deleteLater(); // a link of it may be what has led here
    }
    m_body = new QWidget(this);
    auto* const rows = new QVBoxLayout(m_body);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.px(10));
    layout()->setContentsMargins(m_theme.px(14), m_theme.px(10), m_theme.px(14), m_theme.px(14));
    layout()->setSpacing(m_theme.px(8));
    colorLabel(m_heading, uiFont(m_theme, TypeSize::Second, QFont::DemiBold), m_theme.secondary());
    m_heading->setToolTip(app::termTip(termOf(CardHeading::Before), m_wording));
    setAccessibleName(m_sentence.isEmpty() ? m_content.heading() : m_heading->text());
    setAccessibleDescription(asText());
    if (!m_sentence.isEmpty()) {
        addLabel(m_sentence.toHtmlEscaped(), TypeSize::Label, m_theme.text());
    } else {
        addLabel(m_content.heading().toHtmlEscaped(), TypeSize::Heading, m_theme.text(), QFont::DemiBold);
        if (m_content.first.event != app::kNoEvent)
            addLabel(tr("%1 came at %2, %3 at %4.")
                         .arg(m_content.first.text.toHtmlEscaped(), momentHtml(m_content.first.event),
                             m_content.second.text.toHtmlEscaped(), momentHtml(m_content.second.event)),
                TypeSize::Second, m_theme.secondary());
        if (m_content.race)
            addLabel(m_content.raceSentence().toHtmlEscaped(), TypeSize::Label, m_theme.text(), QFont::DemiBold);
        for (std::size_t i = 0; i < m_content.reasons.size(); ++i)
            addLabel(htmlOf(m_content.reasons[i], i + 1), TypeSize::Label, m_theme.text());
    }
    layout()->addWidget(m_body);
    m_body->show();
    updateGeometry();
}

void BeforeCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
}

} // namespace bistro::ui
