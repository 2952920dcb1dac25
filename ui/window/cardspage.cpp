#include "window/cardspage.h"

#include "moment/lasttime.h"
#include "state/refused.h"
#include "trace/views.h"
#include "why/helps.h"
#include "why/why.h"

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

OrderCardContent explained(const Moment& moment, app::OrderId order)
{
    OrderCardContent content = orderCard(moment, order);
    if (moment.place == 0)
        return content;
    if (content.refusal != app::kNoEvent) {
        explainRefusal(content, *moment.log, moment.wording);
        return content;
    }
    const app::Index started = lastStart(*moment.log, order, moment.place);
    if (moment.hidden && content.where != OrderCardContent::Where::Served)
        return content;
    const bool served = content.where == OrderCardContent::Where::Served
        || content.where == OrderCardContent::Where::Running;
    explain(content,
        served ? app::whyNow(*moment.log, started, moment.wording,
                     content.where == OrderCardContent::Where::Served ? app::Tense::Past : app::Tense::Present,
                     moment.detail)
               : app::whyNotYet(*moment.log, order, moment.place - 1, moment.wording, moment.now, moment.detail),
        *moment.log);
    return content;
}

// The order that was refused with the last event, or whose error the running call got.
app::OrderId refusedAt(const Moment& moment)
{
    const app::TraceLog& log = *moment.log;
    const app::Index refusal = app::refusalSeenAt(log, moment.place);
    if (refusal == app::kNoEvent || (moment.hold && refusal + 1 != moment.place))
        return {};
    return app::orderRefused(log, refusal);
}

} // namespace

CardsPage::CardsPage(MomentFeed& feed, const Actions& actions)
    : m_feed(feed)
    , m_actions(actions)
    , m_card(new OrderCard)
    , m_callStack(new CallStackPanel)
{
    connect(m_card, &OrderCard::orderClicked, &feed, &MomentFeed::select);
    connect(m_callStack, &CallStackPanel::orderClicked, &feed, &MomentFeed::select);
    connect(m_card, &OrderCard::placeClicked, this, &CardsPage::placeClicked);
    connect(m_callStack, &CallStackPanel::placeClicked, this, &CardsPage::placeClicked);
    connect(m_card, &OrderCard::allowedAsked, this, [this] { m_actions[ActionId::ProgramsMay]->trigger(); });
    connect(m_card, &OrderCard::pinChanged, this, [this](bool pinned) {
        if (!pinned)
            m_onCard = m_feed.selected();
        m_feed.refresh(true);
    });
    connect(m_card, &OrderCard::briefAsked, this, [this](bool brief) {
        m_wantsBrief = brief;
        fold();
    });
    connect(&feed, &MomentFeed::logCame, this,
        [this](const app::TraceLog& log) { m_outlines = std::make_unique<ScriptOutlines>(log); });
    connect(&feed, &MomentFeed::selectionChanged, this, [this](app::OrderId order) {
        m_finding.reset();
        m_wantsBrief.reset();
        if (!m_card->isPinned())
            m_onCard = order;
    });
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] {
        m_card->setPinned(false); // its order goes; pinned, the card would stay empty
        m_onCard = {};
        m_finding.reset();
        m_card->showNothing(); // what these show names places by views into the log
        m_callStack->setContent({});
        m_outlines.reset();
    });
    connect(&feed, &MomentFeed::drawn, this, &CardsPage::draw);
}

void CardsPage::setTheme(const Theme& theme)
{
    m_card->setTheme(theme);
    m_callStack->setTheme(theme);
}

void CardsPage::setWording(app::Wording wording)
{
    m_card->setWording(wording);
    m_callStack->setWording(wording);
}

void CardsPage::setCompact(bool on)
{
    m_card->setCompact(on);
    m_callStack->setCompact(on);
}

void CardsPage::setBrief(bool on)
{
    m_brief = on;
    m_callStack->setBrief(on);
    fold();
}

// Who has chosen an order wants to read about it.
void CardsPage::fold()
{
    m_card->setBrief(m_brief && m_wantsBrief.value_or(!m_onCard));
}

void CardsPage::ask(app::OrderId order)
{
    m_actions[ActionId::ShowCards]->setChecked(true);
    m_card->setPinned(false);
    m_feed.select(order);
}

void CardsPage::showCause()
{
    m_actions[ActionId::ShowCards]->setChecked(true);
    m_card->setPinned(false);
    m_feed.select({});
    const Moment& moment = m_feed.moment();
    if (!moment.log || !moment.hold)
        return;
    if (const app::CodePlace place = app::guiltyPlace(*moment.log, *moment.hold, moment.place); place.line != 0)
        emit placeClicked(QString::fromUtf8(place.script.data(), static_cast<qsizetype>(place.script.size())),
            static_cast<int>(place.line));
}

void CardsPage::showFinding(ShownFinding finding)
{
    m_finding = std::move(finding);
    m_feed.refresh(true);
}

void CardsPage::draw(const Moment& moment)
{
    if (!moment.log) {
        m_card->showNothing();
        m_callStack->setContent({});
    } else if (m_actions[ActionId::ShowCards]->isChecked()) {
        m_callStack->setContent(callStackContent(moment, m_outlines.get()));
        fold();
        drawCard(moment);
    }
}

// What the user has chosen or pinned; else what has just been refused, or is being served. None: the card is free for
// what blocks.
app::OrderId CardsPage::subjectOf(const Moment& moment) const
{
    if (m_onCard) {
        // Of the one that keeps all others waiting there is more to say than of an order.
        const bool cause = moment.hold && !m_card->isPinned()
            && std::ranges::contains(moment.state().running, m_onCard, &app::Running::order);
        return cause ? app::OrderId {} : m_onCard;
    }
    if (const app::OrderId refused = refusedAt(moment))
        return refused;
    const bool serves = !moment.hold && moment.place > 0 && !moment.state().running.empty()
        && moment.state().running.back().kind != app::OrderKind::Script;
    return serves ? moment.state().running.back().order : app::OrderId {};
}

void CardsPage::setHelpsFolded(const QList<app::FindingKind>& kinds)
{
    if (std::exchange(m_helpsFolded, kinds) != kinds)
        m_feed.refresh(true);
}

void CardsPage::showBlocked(BlockedContent content)
{
    if (content.kind && m_helpsFolded.contains(*content.kind) && !content.helps.empty())
        content.helps = {{.text = tr("The lesson asks you for this. Its hints show the way."), .orders = {}}};
    m_card->showBlocked(content);
}

void CardsPage::drawCard(const Moment& moment)
{
    if (m_finding && (moment.place < m_finding->from || moment.place > m_finding->to))
        m_finding.reset();
    if (m_finding && !m_card->isPinned()) {
        showBlocked(m_finding->content(moment));
    } else if (const auto crash = m_onCard ? std::nullopt : crashCard(moment)) {
        showBlocked(*crash);
    } else if (const auto refused = m_onCard ? std::nullopt : refusalCard(moment)) {
        showBlocked(*refused);
    } else if (const app::OrderId about = subjectOf(moment)) {
        m_card->showOrder(explained(moment, about));
    } else if (const auto blocked = blockedCard(moment)) {
        showBlocked(*blocked);
    } else {
        const bool canLookBack = !moment.running && moment.place == moment.until && moment.place > 0;
        m_card->showNothing(canLookBack
                ? tr("%L1 steps are recorded. Play them from the start (%2), or step back (%3).")
                      .arg(moment.steps)
                      .arg(m_actions.keyOf(ActionId::Halt), m_actions.keyOf(ActionId::StepBack))
                : QString());
    }
}

} // namespace bistro::ui
