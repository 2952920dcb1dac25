#include "window/housespage.h"

#include "session/runsummary.h"

#include <QBoxLayout>

#include <algorithm>

namespace bistro::ui {

HousesPage::HousesPage(MomentFeed& feed, const Actions& actions, StagePane& stage, CardsPage& cards, BeforePage& before)
    : m_feed(feed)
    , m_actions(actions)
    , m_stage(stage)
    , m_cards(cards)
    , m_before(before)
    , m_guest(new GuestCard(&before.column()))
    , m_place(new QStackedWidget)
    , m_scene(new RushScene)
{
    m_scene->setObjectName(QStringLiteral("houses"));
    qobject_cast<QBoxLayout*>(before.column().layout())->insertWidget(0, m_guest);
    m_guest->hide();
    m_place->addWidget(&stage);
    m_place->addWidget(m_scene);
    connect(&feed, &MomentFeed::drawn, this, &HousesPage::draw);
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] {
        m_of = nullptr;
        m_seen = app::kNoEvent;
        m_rush.reset();
        m_scene->clear();
    });
    connect(m_scene, &RushScene::tableSelected, this, &HousesPage::tableChosen);
    connect(m_scene, &RushScene::assumptionsChanged, this, &HousesPage::tellGuest);
    connect(m_scene, &RushScene::momentAsked, this, [this](app::Index event) {
        m_feed.stopPlaying();
        m_feed.session().goTo(event + 1);
    });
    connect(m_scene, &RushScene::backAsked, this, [this] { m_actions[ActionId::Houses]->setChecked(false); });
    actions.setWhy(ActionId::Houses, tr("The same requests with a waiter for each table: who stands idle, how long."));
    actions.onToggled(ActionId::Houses, this, [this](bool on) { show(on); });
    for (const ActionId skin : {ActionId::Restaurant, ActionId::Loop})
        actions.on(skin, this, [this] { m_actions[ActionId::Houses]->setChecked(false); });
}

void HousesPage::setTheme(const Theme& theme)
{
    m_scene->setTheme(theme);
    m_guest->setTheme(theme);
}

void HousesPage::setCompact(bool on)
{
    m_scene->setCompact(on);
}

void HousesPage::show(bool on)
{
    const bool hadKeys = m_place->isAncestorOf(m_place->window()->focusWidget());
    m_before.close();
    m_cards.card().setVisible(!on);
    m_guest->setVisible(on);
    m_place->setCurrentWidget(on ? static_cast<QWidget*>(m_scene) : &m_stage);
    if (hadKeys)
        m_place->currentWidget()->setFocus(Qt::OtherFocusReason);
    m_feed.refresh(false);
}

// What the guests did is looked for anew when the run is longer: a rush is short.
void HousesPage::draw(const Moment& moment)
{
    if (!isOn())
        return;
    m_cards.card().hide(); // whoever showed it meanwhile
    if (!moment.log) {
        m_scene->clear();
        return;
    }
    if (moment.log != m_of || moment.until != m_seen) {
        m_of = moment.log;
        m_seen = moment.until;
        m_rush = app::rushOf(*moment.log);
        m_scene->setRush(m_rush, app::programOf(*moment.log));
        tellGuest();
    }
    m_scene->setNow(moment.now);
}

// In both houses, in the order card's place.
void HousesPage::tellGuest()
{
    m_guest->setGuest(m_rush && m_scene->selectedTable() != 0
            ? contentOfTable(*m_rush, m_scene->assumptions(), m_scene->selectedTable())
            : std::nullopt);
}

// Its last piece that is served is the order whose card is shown.
void HousesPage::tableChosen(std::uint32_t table)
{
    tellGuest();
    if (!m_rush)
        return;
    const auto guest = std::ranges::find(m_rush->guests, table, &app::Guest::table);
    if (guest != m_rush->guests.end() && !guest->pieces.empty())
        m_feed.select(guest->pieces.back().order);
}

} // namespace bistro::ui
