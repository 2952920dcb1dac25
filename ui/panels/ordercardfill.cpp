// What the order card shows: its content put into its parts, and into text.
#include "panels/cardparts.h"
#include "panels/headings.h"
#include "panels/ordercard.h"
#include "theme/fonts.h"

#include <QToolButton>

namespace bistro::ui {

using namespace Qt::StringLiterals;

void OrderCard::fill(Form form)
{
    m_form = form;
    const bool order = form == Form::Order;
    const app::Term word = termOf(form == Form::Blocked ? CardHeading::Finding : CardHeading::Order);
    if (const auto said = std::pair(word, m_wording); m_said != said) { // not at each step
        m_said = said;
        m_heading->setToolTip(app::termTip(word, m_wording));
        setAccessibleDescription(app::termDescription(word, m_wording));
    }
    m_pin->setVisible(order);
    m_more->setVisible(order && m_folds);
    m_more->setIcon(foldIcon(m_theme, !m_brief, devicePixelRatioF()));
    m_more->setAccessibleName(m_brief ? tr("More of this order") : tr("Less of this order"));
    m_more->setToolTip(
        m_brief ? tr("Shows where it was, who caused it, and why it runs now") : tr("Makes room for the variables"));
    m_mark->setVisible(form != Form::Nothing);
    m_title->setVisible(form != Form::Nothing);
    m_aside->setVisible(form != Form::Nothing);
    switch (form) {
    case Form::Nothing:
        m_heading->setHtml(u"%1<p style='font-weight: 400; margin-top: %2px'>%3</p>"_s.arg(heading().toHtmlEscaped())
                .arg(m_theme.px(8))
                .arg((!m_hint.isEmpty() ? m_hint + u' ' : QString()).toHtmlEscaped()
                    + (m_wording == app::Wording::Restaurant
                            ? tr("Choose an order, at a table, on the pass or in the timeline, to see what becomes of "
                                 "it.")
                            : tr("Choose a callback, in a queue or in the timeline, to see what becomes of it."))
                        .toHtmlEscaped()));
        keep(m_steps, 0);
        keep(m_reasons, 0);
        m_box->hide();
        m_triggers->hide();
        return;
    case Form::Order:
        layOutOrder();
        if (m_brief)
            layOutBrief();
        return;
    case Form::Blocked: layOutBlocked(); return;
    }
}

void OrderCard::explainMark(std::optional<app::Term> term)
{
    if (const auto said = std::pair(term, m_wording); m_saidOfMark != said) {
        m_saidOfMark = said;
        m_mark->setToolTip(term ? app::termTip(*term, m_wording) : QString());
    }
}

void OrderCard::layOutOrder()
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    const QColor color = m_theme.color(m_order.name.meaning);
    m_heading->setHtml(heading().toHtmlEscaped());
    static_cast<MarkBox*>(m_mark)->show(m_theme, m_order.name.meaning);
    explainMark(termOf(m_order.name.meaning));
    colorLabel(m_title, uiFont(m_theme, TypeSize::Title, QFont::DemiBold), m_theme.text());
    showTitle();
    m_title->setToolTip(m_order.name.title.toHtmlEscaped());
    m_title->setAccessibleName(m_order.name.title);
    colorLabel(m_aside, uiFont(m_theme, TypeSize::Label), m_theme.secondary());
    m_aside->setText(numberText(m_order.name.order));

    for (std::size_t i = 0; i < m_order.steps.size(); ++i) {
        const CardStep& step = m_order.steps[i];
        Line& row = line(m_steps, i, this);
        const QColor error = m_theme.color(Meaning::Error);
        static_cast<Lead*>(row.lead)->showStep(
            m_theme, color, step.refused ? error : color, step.stage, i == 0, i + 1 == m_order.steps.size());
        const bool now = step.stage == CardStep::Stage::Now;
        row.sentence->setTheme(m_theme, TypeSize::Label,
            step.refused                                ? error
                : step.stage == CardStep::Stage::Future ? m_theme.secondary()
                                                        : m_theme.text(),
            now || step.refused ? QFont::DemiBold : QFont::Normal);
        row.sentence->setMinimumHeight(px(24));
        row.sentence->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        row.sentence->setContentsMargins(0, px(3), px(6), 0);
        QString html = step.text.toHtmlEscaped();
        if (step.place)
            html += u' ' + placeHtml(step.place);
        row.sentence->setHtml(html);
        colorLabel(row.when, uiFont(m_theme, TypeSize::Second), m_theme.secondary());
        row.when->setContentsMargins(0, px(4), 0, 0);
        row.when->setText(step.when);
        row.when->setToolTip(step.hover);
        row.when->show();
    }
    keep(m_steps, m_order.steps.size());

    m_box->setVisible(!m_order.question.isEmpty() && !m_order.reasons.empty());
    static_cast<TintBox*>(m_box)->setColor(
        m_theme.tint(m_order.refusal == app::kNoEvent ? m_order.name.meaning : Meaning::Error), px(8));
    colorLabel(m_question, uiFont(m_theme, TypeSize::Label, QFont::DemiBold), m_theme.text());
    m_question->setText(m_order.question);
    for (std::size_t i = 0; i < m_order.reasons.size(); ++i) {
        Line& row = line(m_reasons, i, m_box);
        static_cast<Lead*>(row.lead)->showText(m_theme, QString::number(i + 1), px(16));
        row.sentence->setTheme(m_theme, TypeSize::Label, m_theme.text());
        row.sentence->setHtml(sentenceHtml(m_order.reasons[i], m_order.named));
        row.when->hide();
    }
    keep(m_reasons, m_order.reasons.size());

    QString chain;
    for (const NamedOrder& cause : m_order.triggers)
        chain += (chain.isEmpty() ? QString() : u" \u2190 "_s) + orderHtml(cause);
    if (m_order.moreTriggers)
        chain += chain.isEmpty() ? tr("itself, as the program says").toHtmlEscaped() : u" \u2190 \u2026"_s;
    QString caused = chain.isEmpty() ? QString() : tr("caused by %1").arg(chain);
    if (m_order.foldedTriggers > 0)
        caused += (caused.isEmpty() ? QString() : u" "_s)
            + (caused.isEmpty() ? tr("caused by %n steps of Node's own", nullptr, m_order.foldedTriggers)
                                : tr("and %n steps of Node's own", nullptr, m_order.foldedTriggers))
                  .toHtmlEscaped();
    m_triggers->setVisible(!caused.isEmpty());
    m_triggers->setHtml(caused);
}

// What becomes of it now, or has become of it last.
void OrderCard::layOutBrief()
{
    keep(m_steps, 0);
    keep(m_reasons, 0);
    m_box->hide();
    const CardStep* told = nullptr;
    for (const CardStep& step : m_order.steps) {
        if (step.stage != CardStep::Stage::Future)
            told = &step;
        if (step.stage == CardStep::Stage::Now)
            break;
    }
    QString html = told ? told->text.toHtmlEscaped() : QString();
    if (told && told->place)
        html += u' ' + placeHtml(told->place);
    m_triggers->setVisible(!html.isEmpty());
    m_triggers->setHtml(html);
}

void OrderCard::layOutBlocked()
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    m_heading->setHtml(tr("Finding").toHtmlEscaped());
    static_cast<MarkBox*>(m_mark)->show(m_theme, m_blocked.meaning);
    explainMark({});
    // Red stays for what blocks, and for errors.
    const QColor color = m_blocked.meaning == Meaning::Error ? m_theme.color(Meaning::Error) : m_theme.text();
    colorLabel(m_title, uiFont(m_theme, TypeSize::Title, QFont::Bold), color);
    m_title->setText(m_blocked.title);
    m_title->setToolTip({});
    m_title->setAccessibleName(
        m_blocked.duration.isEmpty() ? m_blocked.title : tr("%1 for %2").arg(m_blocked.title, m_blocked.duration));
    colorLabel(m_aside, uiFont(m_theme, TypeSize::Title, QFont::Bold), color);
    m_aside->setText(m_blocked.duration);

    for (std::size_t i = 0; i < m_blocked.rows.size(); ++i) {
        const BlockedContent::Row& row = m_blocked.rows[i];
        Line& shown = line(m_steps, i, this);
        static_cast<Lead*>(shown.lead)->showText(m_theme, row.label, px(52));
        shown.sentence->setTheme(m_theme, TypeSize::Label, m_theme.text());
        shown.sentence->setMinimumHeight(px(26));
        shown.sentence->setContentsMargins(0, 0, 0, px(6));
        QString html = sentenceHtml(row.sentence, m_blocked.named);
        if (row.place)
            html += u' ' + placeHtml(row.place);
        if (i + 1 == m_blocked.rows.size() && !m_blocked.waiting.empty()) {
            QStringList counts;
            for (const auto& [meaning, count] : m_blocked.waiting)
                counts << u"<img src=\"mark:%1\">&nbsp;%2"_s.arg(static_cast<int>(meaning)).arg(count);
            html += u"<br>"_s + counts.join(u"&nbsp; "_s);
        }
        shown.sentence->setHtml(html);
        shown.when->hide();
    }
    keep(m_steps, m_blocked.rows.size());

    m_box->setVisible(!m_blocked.helps.empty());
    static_cast<TintBox*>(m_box)->setColor(m_theme.tint(m_blocked.meaning), px(8));
    colorLabel(m_question, uiFont(m_theme, TypeSize::Label, QFont::DemiBold), m_theme.text());
    m_question->setText(tr("What helps"));
    for (std::size_t i = 0; i < m_blocked.helps.size(); ++i) {
        Line& row = line(m_reasons, i, m_box);
        static_cast<Lead*>(row.lead)->showText(m_theme, QString::number(i + 1), px(16));
        row.sentence->setTheme(m_theme, TypeSize::Label, m_theme.text());
        row.sentence->setHtml(sentenceHtml(m_blocked.helps[i], m_blocked.named));
        row.when->hide();
    }
    keep(m_reasons, m_blocked.helps.size());
    m_triggers->hide();
}

QString OrderCard::asText() const
{
    QStringList lines;
    switch (m_form) {
    case Form::Nothing: return {};
    case Form::Order:
        lines << m_order.name.title + u' ' + numberText(m_order.name.order);
        for (const CardStep& step : m_order.steps) {
            const QString place = step.place ? u' ' + placeName(step.place) : QString();
            const QString mark = step.stage == CardStep::Stage::Now ? u"> "_s
                : step.stage == CardStep::Stage::Future             ? u"- "_s
                                                                    : u"+ "_s;
            lines << mark + step.text + place + (step.when.isEmpty() ? QString() : u", "_s + step.when);
        }
        if (!m_order.question.isEmpty() && !m_order.reasons.empty())
            lines << m_order.question;
        for (std::size_t i = 0; i < m_order.reasons.size(); ++i)
            lines << u"%1. %2"_s.arg(i + 1).arg(m_order.reasons[i].text);
        break;
    case Form::Blocked:
        lines << (m_blocked.duration.isEmpty() ? m_blocked.title
                                               : tr("%1 for %2").arg(m_blocked.title, m_blocked.duration));
        for (const BlockedContent::Row& row : m_blocked.rows)
            lines << row.label + u": "_s + row.sentence.text + (row.place ? u' ' + placeName(row.place) : QString());
        for (std::size_t i = 0; i < m_blocked.helps.size(); ++i)
            lines << u"%1. %2"_s.arg(i + 1).arg(m_blocked.helps[i].text);
        break;
    }
    return lines.join(u'\n');
}

} // namespace bistro::ui
