// "Why this before that?" about two lines of the console: asks app/why, and shows the answer at the top of the card
// column, in the order card's place. A long trace is read and asked by another thread. GUI thread; what it is made with
// outlives it.
#pragma once

#include "panels/beforecard.h"
#include "window/actions.h"
#include "window/cardspage.h"
#include "window/momentfeed.h"
#include "window/windownotice.h"

#include <functional>
#include <optional>
#include <utility>

namespace bistro::ui {

class BeforePage final : public QObject {
    Q_OBJECT

public:
    // Two lines on the screen, from 1; none: not two are chosen.
    using ChosenLines = std::function<std::optional<std::pair<int, int>>()>;

    BeforePage(MomentFeed& feed, const Actions& actions, CardsPage& cards, WindowNotice& notice);
    ~BeforePage() override;

    // Whom the action asks for the lines.
    void setChosenLines(ChosenLines chosen) { m_chosen = std::move(chosen); }
    // Placed, and owned, by the window: the order card, and the answer in its place.
    [[nodiscard]] QWidget& column() const { return *m_column; }
    [[nodiscard]] BeforeCard& card() const { return *m_card; }
    void setTheme(const Theme& theme) { m_card->setTheme(theme); }
    void setWording(app::Wording wording);

    void ask(int first, int second);
    // An answer that somebody else has; the lines as they came, without quotes. For the log that is shown.
    void show(const app::Explanation& told, const QString& first, const QString& second);
    [[nodiscard]] bool isShown() const { return !m_card->isHidden(); }
    // The order card is back; false if it was there.
    bool close();

signals:
    // The column must come to sight.
    void shown();

private:
    struct Answer;

    void askChosen();
    void tell(const Answer& answer);
    void setShown(bool on);
    [[nodiscard]] static Answer answerFrom(const app::TraceLog& log, std::pair<int, int> lines, app::Wording wording);

    MomentFeed& m_feed;
    const Actions& m_actions;
    CardsPage& m_cards;
    WindowNotice& m_notice;
    ChosenLines m_chosen;
    QWidget* m_column = nullptr;
    BeforeCard* m_card = nullptr;
    bool m_ownLink = false; // of the card: what it selects does not close it
    std::pair<int, int> m_lines; // that were asked for last
    unsigned m_question = 0; // its number: an answer to another one comes too late
};

} // namespace bistro::ui
