// One waiter above, a waiter for each table below: in the stage's place while its action is on, at the moment that is
// looked at. GUI thread; what it is made with outlives it.
#pragma once

#include "houses/guestcard.h"
#include "houses/rushscene.h"
#include "stage/stagepane.h"
#include "window/actions.h"
#include "window/beforepage.h"
#include "window/cardspage.h"
#include "window/momentfeed.h"

#include <QStackedWidget>

namespace bistro::ui {

class HousesPage final : public QObject {
    Q_OBJECT

public:
    HousesPage(MomentFeed& feed, const Actions& actions, StagePane& stage, CardsPage& cards, BeforePage& before);

    // Placed, and owned, by the window: the stage, or the two houses.
    [[nodiscard]] QStackedWidget& place() const { return *m_place; }
    [[nodiscard]] GuestCard& guest() const { return *m_guest; }
    [[nodiscard]] RushScene& scene() const { return *m_scene; }
    void setTheme(const Theme& theme);
    void setCompact(bool on);
    [[nodiscard]] bool isOn() const { return m_place->currentWidget() == m_scene; }
    void show(bool on);

private:
    void draw(const Moment& moment);
    void tableChosen(std::uint32_t table);
    void tellGuest();

    MomentFeed& m_feed;
    const Actions& m_actions;
    StagePane& m_stage;
    CardsPage& m_cards;
    BeforePage& m_before; // whose column has the guest's card
    GuestCard* m_guest = nullptr;
    QStackedWidget* m_place = nullptr;
    RushScene* m_scene = nullptr;
    std::optional<app::Rush> m_rush;
    app::Index m_seen = app::kNoEvent; // so many events the rush was made of
    const app::TraceLog* m_of = nullptr;
};

} // namespace bistro::ui
