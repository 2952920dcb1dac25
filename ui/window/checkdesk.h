// The learner's change: their program runs as the lesson says, the check answers in sentences, and each leads to the
// moment that it speaks of. Hints, starting over. GUI thread; what it is made with outlives it.
#pragma once

#include "checks/checker.h"
#include "editor/editortabs.h"
#include "editor/noticebar.h"
#include "window/cardspage.h"
#include "window/lessonbook.h"
#include "window/lessonpage.h"
#include "window/lessonruns.h"
#include "window/momentfeed.h"
#include "window/windownotice.h"

#include <QObject>

#include <filesystem>

namespace bistro::ui {

class CheckDesk final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        LessonBook& book;
        LessonRuns& runs;
        MomentFeed& feed;
        EditorTabs& editor;
        WindowNotice& notice;
        NoticeBar& question; // that asks before one starts over
    };
    CheckDesk(const Parts& parts, const std::filesystem::path& engine);

    [[nodiscard]] const CheckState& state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_running; }
    // Whether the learner's own copy is in front, or what the lesson gives to read beside it.
    [[nodiscard]] bool isInFront() const;
    // Saves it and runs it. The order of files in it does not matter: the lesson says which one runs.
    void run();
    void showMe(int answer);
    // The next one; the last shows an answer of the author's beside the learner's.
    void hint();
    // Asks first.
    void startOver();

signals:
    void changed();
    void said(const QString& sentence);
    // All is right, for the first time.
    void done();

private:
    void ended(const LessonRun& run, const app::FinishedRun& finished);
    void answered();
    void showAnswer();
    void startOverNow();
    void forgetAnswers();
    void go(const app::CheckAnswer& answer);
    void followShown();

    Parts m_parts;
    app::Checker m_checker;
    CheckState m_state;
    bool m_running = false;
    bool m_going = false; // to a moment, by itself
};

} // namespace bistro::ui
