// Predict any program: a mode of the whole window. While it is on, serving numbers and the future are hidden; at each
// question the playhead stops, and a click or a key says who is next. Only the playhead is ever held, never the
// program: of one that goes on, it is asked about what it has done so far.
//
// GUI thread; what it is made with outlives it.
#pragma once

#include "guess/game.h"
#include "panels/predictcard.h"
#include "window/actions.h"
#include "window/momentfeed.h"
#include "window/windownotice.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <memory>
#include <optional>

class QShortcut;

namespace bistro::ui {

class BeforePage;
class ConsolePanel;
class StagePage;

class PredictDesk final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        MomentFeed& feed;
        const Actions& actions;
        StagePage& stage; // draws a moment before this hears of it
        ConsolePanel& console;
        BeforePage& before;
        WindowNotice& notice;
    };
    // The keys of the answers work in this window.
    PredictDesk(const Parts& parts, QWidget* window);
    ~PredictDesk() override;

    // At the top of the column of cards, which owns it; hidden while nobody predicts.
    [[nodiscard]] PredictCard& card() const { return *m_card; }
    void setTheme(const Theme& theme) { m_card->setTheme(theme); }

private:
    struct Given {
        app::OrderId chosen;
        app::Game::Answer answer;
        app::Wording wording {}; // of it
    };

    void makeKeys(QWidget* window);
    void setOn(bool on);
    void forgetRun();
    void look();
    void start();
    void makeGame();
    void readOn();
    void askFrom(app::Place place, app::Session::Move move);
    void finish(app::Place place);
    void answer(app::OrderId order);
    void goOn();
    void startAgain();
    void draw(const Moment& moment);
    void show(const PredictContent& content);
    [[nodiscard]] PredictContent contentAt(const Moment& moment);
    [[nodiscard]] PredictContent answered(const Moment& moment);
    [[nodiscard]] PredictScore score() const;
    [[nodiscard]] const app::GameQuestion* question() const;
    [[nodiscard]] bool isLast() const;

    MomentFeed& m_feed;
    const Actions& m_actions;
    StagePage& m_stage;
    ConsolePanel& m_console;
    BeforePage& m_before;
    WindowNotice& m_notice;
    PredictCard* m_card = nullptr;
    std::array<QShortcut*, 9> m_keys {};

    bool m_on = false;
    PredictPhase m_phase = PredictPhase::NoRun; // while there is no question
    std::unique_ptr<app::Game> m_game; // goes before its log
    app::Place m_made = 0; // of so many events
    QTimer m_reading; // goes on with the game while not all of its run is read
    struct Wanted {
        app::Place from = 0;
        app::Session::Move move {};
    };
    std::optional<Wanted> m_wanted; // a question that was not found yet
    std::optional<std::size_t> m_question;
    std::vector<app::OrderId> m_asked; // as their keys went
    std::optional<Given> m_given; // the answer to it
    PredictScore m_earlier; // of games about less of the same run
};

} // namespace bistro::ui
