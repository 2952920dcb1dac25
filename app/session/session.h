// One run of a program, or one opened trace, as the window sees it: the engine's process, its recording, the log that
// is read from it, and the moment that is looked at.
//
// Once a frame, and only while something runs, plays or is still being read, it takes in what the trace has got since
// (never for longer than kReading or kOpening) and tells what is new. Nothing in it ever waits for the engine. When
// nothing runs, nothing wakes up.
//
// GUI thread (any thread with an event loop). Asked is not granted: start() and stop() lead to Starting and Stopping;
// the process's own end completes them.
#pragma once

#include "confine/permission.h"
#include "process/engineprocess.h"
#include "session/bookmarkbook.h"
#include "session/program.h"
#include "session/runclock.h"
#include "state/linemoves.h"
#include "state/lines.h"
#include "state/playhead.h"
#include "state/steps.h"
#include "state/tracelog.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace bistro::app {

// Of a run's traces: one for each thread that is recorded, the main thread's first. It is the only one as yet.
using TraceNumber = std::uint16_t;
inline constexpr TraceNumber kMainTrace = 0;

class Session final : public QObject {
    Q_OBJECT

public:
    enum class State : std::uint8_t { NotStarted, Starting, Running, Stopping, Finished, Failed };
    Q_ENUM(State)
    enum class Step : std::uint8_t { Step, Event, Call, Print, Iteration }; // Step: as detail() says
    Q_ENUM(Step)
    // Who has asked for the end of the run.
    enum class StoppedBy : std::uint8_t { Nobody, User, Lesson, Output }; // Output: it printed too much
    Q_ENUM(StoppedBy)
    // How the playhead has moved, for who animates it.
    enum class Move : std::uint8_t { Step, Jump };
    Q_ENUM(Move)

    static constexpr std::chrono::milliseconds kFrame {16};
    // Of a frame: what is read; then which events are steps, which lines ran, and which number each order has.
    static constexpr std::chrono::milliseconds kReading {4};
    static constexpr std::chrono::microseconds kIndexing {1'500};
    // Of a trace that is only opened, when nothing runs that one could miss.
    static constexpr std::chrono::milliseconds kOpening {7};
    static constexpr std::chrono::microseconds kOpeningIndexes {2'500};
    // A step waits for the index that it asks for no longer than that.
    static constexpr std::chrono::milliseconds kStepWaits {50};
    // Playing at 1x shows so many steps a second; without calm time is as it was.
    static constexpr std::chrono::milliseconds kStep {400};

    explicit Session(std::filesystem::path engine, QObject* parent = nullptr);
    ~Session() override; // kills a program that runs

    // Runs it, recorded among the recent runs. Forgets the run or trace before. Stops one that runs, and starts when
    // that has ended.
    void start(const Program& program);
    // What is allowed for the runs that start from now on, and kept nowhere.
    void allowOnce(Permissions once) { m_once = std::move(once); }
    void setOutputLimits(const EngineProcess::OutputLimits& limits) { m_outputLimits = limits; }
    // In two stages: the engine is asked, then killed. Within a second. Who asks first is who stops it.
    void stop(StoppedBy by = StoppedBy::User);
    void write(const QByteArray& bytes);
    void endInput();
    [[nodiscard]] bool isInputEnded() const { return m_inputEnded; }

    // Shows a recorded run in place of what was shown, with the folder that is open: readable(). The error is a
    // sentence; the session is as before then.
    [[nodiscard]] std::expected<void, QString> openTrace(const QString& file, const QString& folder = {});
    // As before the first run: nothing is shown. A program that runs is killed.
    void forget();
    // Writes a copy of the trace with its bookmarks beside the file, then renames it. A run that goes on is saved up to
    // now.
    [[nodiscard]] std::expected<void, QString> saveTrace(const QString& file) const;
    // The same by another thread, since a trace may have a gigabyte: saved() tells.
    enum class Values : std::uint8_t { Kept, LeftOut }; // of variables, to give the trace away
    void saveTraceAside(const QString& file, Values values = Values::Kept);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const
    {
        return m_state == State::Starting || m_state == State::Running || m_state == State::Stopping;
    }
    [[nodiscard]] bool isOpenedTrace() const { return m_opened; }
    [[nodiscard]] const Program& program() const { return m_program; }
    // Files in this folder may be read beside the trace: the workspace of the program that was run, else the folder
    // that is open, since a trace may name any file. Empty: none may.
    [[nodiscard]] const QString& readable() const { return m_readable; }
    // After Finished or Failed: what there is to say; else empty.
    [[nodiscard]] QString ending() const { return m_ending; }
    // Whether it ended, or is about to, because stop() was called, and by whom.
    [[nodiscard]] bool isStopped() const { return m_stoppedBy != StoppedBy::Nobody; }
    [[nodiscard]] StoppedBy stoppedBy() const { return m_stoppedBy; }
    [[nodiscard]] int exitCode() const { return m_exitCode; }
    // Why this run is not recorded, or not whole; empty when it is.
    [[nodiscard]] QString notice() const { return m_notice; }
    [[nodiscard]] pid_t pid() const { return m_process ? m_process->pid() : -1; }

    // None before the engine has made its trace, and for a run that is not recorded.
    [[nodiscard]] const TraceLog* log() const { return mainLog(); }
    // By their trace numbers; empty if there is none.
    [[nodiscard]] std::vector<const TraceLog*> logs() const;
    // Of the log, as far as they have been taken in (Lines::caughtUp()): a few milliseconds of each frame. None without
    // a log; empty ones when the run was recorded without lines.
    [[nodiscard]] const Lines* lines() const { return m_lines.get(); }
    [[nodiscard]] QString traceFile() const { return QString::fromStdString(m_trace.string()); }

    // Its own, in its trace's file; they go with the log.
    [[nodiscard]] BookmarkBook& bookmarks() { return m_bookmarks; }
    [[nodiscard]] const BookmarkBook& bookmarks() const { return m_bookmarks; }

    // Where the window looks. Live: at the end, which moves.
    [[nodiscard]] const Playhead& playhead() const { return m_playhead; }
    [[nodiscard]] Place place() const { return mainLog() ? m_playhead.place(*mainLog()) : 0; }
    // The state there; none without a log.
    [[nodiscard]] const LoopState* stateThere() const { return mainLog() ? &mainLog()->stateAt(place()) : nullptr; }
    // Whether it is an earlier moment of a program that goes on.
    [[nodiscard]] bool isPast() const { return isRunning() && !m_playhead.isLive(); }
    // Which time it is in the run that is looked at, in nanoseconds since its start (RunClock); 0 without a log.
    [[nodiscard]] std::uint64_t now() const { return mainLog() ? m_runClock.now(*mainLog()) : 0; }
    // The time of the moment that is looked at: now of a program that goes on, else of the event before; 0 without a
    // log.
    [[nodiscard]] std::uint64_t timeThere() const;
    // Whether a step, made or played, is one of the program's or each event.
    [[nodiscard]] Detail detail() const { return m_detail; }
    void setDetail(Detail detail) { m_detail = detail; }
    // In such steps: which one is looked at, from 1 (0: before the first), and how many there are as yet.
    [[nodiscard]] std::size_t stepNumber() const { return stepNumberAt(place()); }
    [[nodiscard]] std::size_t stepNumberAt(Place place) const;
    [[nodiscard]] std::size_t stepCount() const;
    void goTo(Place place, Move move = Move::Jump);
    // To the last instant before this event (its number): what goes on there has gone on until then. What one call
    // takes without an event of its own is seen only so.
    void goJustBefore(Index event);
    [[nodiscard]] bool isJustBefore() const { return m_justBefore.has_value(); }
    void goLive();
    // False when there is nothing to step to.
    bool stepForward(Step what);
    bool stepBack(Step what);
    // From line to line: to the end of a stop, what plays or not. False when there is no such place, or it is not
    // known yet.
    bool moveLine(LineMove move);
    // To where this line of a script is over the next, or last, time that it runs.
    bool goToVisit(trace::TextId script, std::uint32_t line, bool backwards);
    // To where the value was made that it has here.
    bool goToMade(const LineSlot& slot);

    void play(); // from the playhead; from the start when it is at the end
    void halt(); // playing; of a live run: stays at this moment
    [[nodiscard]] bool isPlaying() const { return m_playing; }
    // From 0.1; as it happened: by the recorded times.
    void setSpeed(double factor, bool asItHappened);

    // Once it has been idle in poll for a moment: why the program does not end. Else empty.
    [[nodiscard]] QString keptAlive() const { return m_keptAlive; }
    [[nodiscard]] bool readsInput() const { return m_readsInput; }
    // Whether frames are being counted: false means that nothing in here wakes the process up.
    [[nodiscard]] bool isAwake() const { return m_frame.isActive(); }

signals:
    // Another run or trace begins: nothing of the one before will come any more.
    void restarted();
    void stateChanged();
    // A new log, or none: what was derived from the one before is void. `log()` is already the new one.
    void logChanged();
    // Before the log goes away.
    void logAboutToChange();
    // The log has taken in events; at most once a frame.
    void advanced();
    // More of its lines are known; at most once a frame.
    void linesCame();
    void playheadMoved(bistro::app::Session::Move move);
    void playingChanged();
    // Bytes as they come out of the pipes.
    void printed(bistro::trace::Stream stream, const QByteArray& bytes);
    // keptAlive() or readsInput() has changed.
    void waitingChanged();
    void noticed(const QString& sentence);
    // saveTraceAside() is done; the error is a sentence, empty when there was none. So is what a copy has not.
    void saved(const QString& file, const QString& error);

private:
    using Logs = std::vector<std::unique_ptr<TraceLog>>;

    void launch();
    void letGo();
    void processChanged();
    void become(State state);
    [[nodiscard]] QString stoppedText() const;
    void frame();
    void readMore();
    void indexMore(std::chrono::nanoseconds limit);
    [[nodiscard]] std::optional<Place> step(bool forward, Place from);
    bool goIfThere(std::optional<Place> place, Move move);
    void hurryLines();
    void tellLines();
    void giveUpLog();
    void playOn(std::chrono::nanoseconds elapsed);
    void lookWhatItWaitsFor();
    void settleBookmarks();
    void tellDamage();
    void wake();
    // In place of all that there are.
    void takeLog(std::unique_ptr<TraceLog> log);
    [[nodiscard]] TraceLog* mainLog() const { return m_logs.empty() ? nullptr : m_logs[kMainTrace].get(); }
    void setPlayhead(const Playhead& playhead, Move move);
    void setPlaying(bool on);
    void say(const QString& sentence);

    std::filesystem::path m_engine;
    Permissions m_once;
    // What the console keeps is on disk, and what it shows nobody reads any more by then.
    EngineProcess::OutputLimits m_outputLimits {
        .slowly = 128ll * 1024 * 1024, .perSecond = 32ll * 1024 * 1024, .most = 1024ll * 1024 * 1024};
    State m_state = State::NotStarted;
    Program m_program;
    QString m_readable;
    bool m_again = false; // start once the one that stops has ended
    bool m_opened = false;
    StoppedBy m_stoppedBy = StoppedBy::Nobody;
    bool m_damageTold = false; // of this log
    QString m_ending;
    QString m_notice;
    int m_exitCode = 0;
    bool m_inputEnded = false;

    std::unique_ptr<EngineProcess> m_process;
    std::filesystem::path m_trace;
    Logs m_logs; // by trace number
    BookmarkBook m_bookmarks;
    std::unique_ptr<Steps> m_steps; // of the main one; goes before it
    std::unique_ptr<Lines> m_lines; // likewise
    std::size_t m_linesTold = 0;
    bool m_counted = true; // all of the main one's numbers
    Detail m_detail = Detail::Program;
    RunClock m_runClock;
    Playhead m_playhead;
    std::optional<std::uint64_t> m_justBefore; // the time that is looked at, later than the event before

    bool m_playing = false;
    double m_speed = 1;
    bool m_asItHappened = false;
    std::chrono::nanoseconds m_owed {}; // played time that has not made a step yet
    QString m_keptAlive;
    bool m_readsInput = false;
    Index m_lookedAt = kNoEvent; // the size at which it was last asked what it waits for

    QTimer m_frame;
    QElapsedTimer m_frameClock; // since the last frame
};

} // namespace bistro::app
