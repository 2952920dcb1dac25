// The runs of the lesson that is open: started in the window's session, numbered, sent what the lesson sends, and told
// once all of a run is read. An earlier one is shown again by its trace. GUI thread; the session outlives it.
#pragma once

#include "checks/report.h"
#include "checks/sender.h"
#include "lesson/lesson.h"
#include "session/session.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace bistro::ui {

struct LessonRun {
    enum class Kind : std::uint8_t { Guess, Own, Variant };
    Kind kind {};
    int number = 0; // from 1, within this lesson
    QString name; // of a variant, and of a further run of the check: "with 2 cooks"
    QString traceFile; // empty until it is known
};

class LessonRuns final : public QObject {
    Q_OBJECT

public:
    // What has not ended by then is told so, and goes on.
    static constexpr std::chrono::seconds kPatience {10};
    // A server whose requests are answered is closed once its guests have left; whoever stays longer is not waited for.
    static constexpr std::chrono::seconds kLeaving {2};

    explicit LessonRuns(app::Session& session);
    ~LessonRuns() override;

    // Another lesson: what ran before is of none.
    void clear();
    // `with`: inputs and requests. Its number counts on.
    void start(LessonRun::Kind kind, const QString& name, const app::Program& program, const app::RunWith& with);
    [[nodiscard]] bool isRunning() const { return m_waiting; }
    [[nodiscard]] const QList<LessonRun>& all() const { return m_runs; }
    [[nodiscard]] const LessonRun* last(LessonRun::Kind kind) const; // null: there is none
    // That is shown now; null: something else is.
    [[nodiscard]] const LessonRun* shown() const;
    // "run 2 of this lesson"; empty: something else is shown.
    [[nodiscard]] QString nameOfShown() const;
    // Of a further run, which the check has made.
    void addFurther(const QString& name, const QString& traceFile);

    // Shows this trace, and calls back once all of it is read. The error is a sentence.
    std::expected<void, QString> whenShown(const QString& traceFile, std::function<void()> then);

signals:
    void started();
    // It is over, and all of it is read. The log is the session's.
    void ended(const bistro::ui::LessonRun& run, const bistro::app::FinishedRun& finished);
    // It still runs after kPatience.
    void goesOn(const bistro::ui::LessonRun& run);

private:
    void look();
    void sendIfItListens();
    void answered();
    [[nodiscard]] bool haveGuestsLeft() const;
    void closeServer();
    void end();
    [[nodiscard]] bool isRead() const;

    app::Session& m_session;
    app::Sender m_sender;
    QList<LessonRun> m_runs;
    app::RunWith m_with; // of the run that goes on
    app::Program m_program;
    QByteArray m_output;
    QByteArray m_errorOutput;
    QTimer m_patience;
    QTimer m_leaving; // runs while guests who have their answer go, and the server hears it
    std::function<void()> m_whenRead;
    QString m_whenReadOf; // trace
    int m_numbers = 0;
    bool m_waiting = false; // for the end of the last one
    bool m_mine = false; // the session has begun it
    bool m_sent = false;
    bool m_stoppedByUs = false; // a server whose requests are answered
};

} // namespace bistro::ui
