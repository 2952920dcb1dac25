// The moment that the window looks at: made at most once in kPicture or kGrown, and told to every panel. What was
// chosen, too: it is the same in all of them. GUI thread; the session and the settings outlive it.
#pragma once

#include "moment/moment.h"
#include "moment/tracefacts.h"
#include "session/session.h"
#include "window/settings.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace bistro::ui {

// Somebody predicts: serving numbers and whatever comes later are hidden.
struct Guessing {
    std::optional<app::Place> horizon; // as far as one may go; none: to the end
    std::vector<app::OrderId> candidates; // of whom one is asked for there; empty: nothing is asked
    bool operator==(const Guessing&) const = default;
};

class MomentFeed final : public QObject {
    Q_OBJECT

public:
    // Between two pictures: of what somebody does; of what a run or an opened trace has got since.
    static constexpr std::chrono::milliseconds kPicture {6};
    static constexpr std::chrono::milliseconds kGrown {30};

    MomentFeed(app::Session& session, const Settings& settings, QObject* parent);

    [[nodiscard]] app::Session& session() const { return m_session; }
    // Of the last picture; without a log once that is about to go.
    [[nodiscard]] const Moment& moment() const { return m_moment; }
    [[nodiscard]] app::Wording wording() const;
    [[nodiscard]] bool isLive() const; // at this very instant, as now() is
    [[nodiscard]] std::uint64_t now() const; // of the run, nanoseconds
    [[nodiscard]] app::OrderId selected() const { return m_selected; }
    void select(app::OrderId order);

    // From the next picture on. None: nobody predicts.
    void setGuessing(std::optional<Guessing> guessing);
    [[nodiscard]] const std::optional<Guessing>& guessing() const { return m_guessing; }
    // So far the playhead may go, whoever moves it.
    [[nodiscard]] app::Place farthest() const;

    // From the next picture on: what runs is called blocked after so long, if the settings do not say so earlier. None:
    // as the settings say.
    void setBlockLimit(std::optional<std::chrono::nanoseconds> limit);

    // What plays stops, at the moment that is looked at.
    void stopPlaying();

    // A picture is due. Not by a step: what is on the way jumps.
    void refresh(bool travel);
    // One is due because there is more. It waits until drawing leaves most of the time to others: a crowd takes longer
    // to draw.
    void refreshGrown();

signals:
    // Another picture.
    void drawn(const bistro::ui::Moment& moment, bool travel);
    // The program goes on, and nothing else may have happened; a few times a second.
    void ticked();
    void selectionChanged(bistro::app::OrderId order);
    // The log, and the names in it, are about to go.
    void logAboutToGo();
    // Somebody begins to predict, or stops, or may go farther.
    void guessingChanged();
    // There is another one.
    void logCame(const bistro::app::TraceLog& log, const bistro::ui::StageFacts& facts);

private:
    void keepWithin();
    void draw();
    void drawIn(std::chrono::nanoseconds gap);
    [[nodiscard]] Moment momentNow() const;

    app::Session& m_session;
    const Settings& m_settings;
    std::unique_ptr<TraceFacts> m_facts;
    Moment m_moment;
    app::OrderId m_selected;
    std::optional<Guessing> m_guessing;
    std::optional<std::chrono::nanoseconds> m_blockLimit;
    QTimer m_tick; // while a live run is watched: its clock goes on without events
    QTimer m_due; // at most so many pictures a second
    QElapsedTimer m_drawn;
    std::chrono::nanoseconds m_cost {}; // of the last picture
    bool m_travel = true; // of the picture that is due
};

} // namespace bistro::ui
