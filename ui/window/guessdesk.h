// What a learner guesses before the lesson's own program runs, and what became of it. The first run is kept: Why? shows
// it again, whatever has run since. GUI thread; what it is made with outlives it.
#pragma once

#include "window/beforepage.h"
#include "window/lessonbook.h"
#include "window/lessonpage.h"
#include "window/lessonruns.h"
#include "window/momentfeed.h"
#include "window/windownotice.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace bistro::ui {

class GuessDesk final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        LessonBook& book;
        LessonRuns& runs;
        MomentFeed& feed;
        BeforePage& before;
        WindowNotice& notice;
    };
    // `unsaved`: whether a file of the learner's copy is being edited.
    GuessDesk(const Parts& parts, std::function<bool(const QString& file)> unsaved);

    // Of this screen; a fresh one when nothing was guessed. There is a question.
    [[nodiscard]] const GuessState& state();
    // Whether this screen has a question that no run has answered.
    [[nodiscard]] bool isOpen();
    // Of the last screen that has one: what the check's screen shows. Null: none has.
    [[nodiscard]] const GuessState* lastResult(const app::Question*& question) const;
    [[nodiscard]] bool isRunning() const { return m_running >= 0; }

    void moveRow(int from, int to);
    void choose(int option);
    void count(int option, int hands);
    void type(const QString& text);
    // The lesson's own program, not the one that is edited.
    void run();
    void why(int screen, int row);
    [[nodiscard]] int screenOfLastResult() const;

signals:
    void changed();
    // For who listens.
    void said(const QString& sentence);
    // "Who is next?" is asked, or not any more: what comes is to be hidden.
    void futureHidden(bool hidden);

private:
    void ended(const LessonRun& run);
    void ask(GuessState& guess, const app::PredictNext& next);
    void answerNext(app::OrderId order);
    void settle(int screen, const app::Question& question, GuessState& guess, const app::Guess& said);
    void tellWhy(int screen, int row);
    [[nodiscard]] GuessState& stateOf(int screen);
    [[nodiscard]] const app::Question* questionOf(int screen) const;

    Parts m_parts;
    std::function<bool(const QString& file)> m_unsaved;
    QHash<int, GuessState> m_states; // by screen, of this lesson
    int m_running = -1; // the screen whose question runs
    int m_asking = -1; // the screen that asks who is next
};

} // namespace bistro::ui
