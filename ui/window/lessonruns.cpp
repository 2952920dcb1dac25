#include "window/lessonruns.h"

#include <QCoreApplication>
#include <utility>

namespace bistro::ui {
namespace {

struct LessonRunWords {
    Q_DECLARE_TR_FUNCTIONS(LessonRunWords)
};

constexpr qsizetype kMostOutput = 1 << 20; // bytes that a check looks at
constexpr int kSignalCode = 128; // the session's exit code of what a signal has ended lies so much above it

void take(QByteArray& into, const QByteArray& bytes)
{
    into += bytes.first(std::min(bytes.size(), std::max<qsizetype>(kMostOutput + 1 - into.size(), 0)));
}

} // namespace

LessonRuns::LessonRuns(app::Session& session)
    : m_session(session)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_waiting && m_mine && m_session.isRunning()) // else all that is left is to read it
            emit goesOn(m_runs.last());
    });
    connect(&m_sender, &app::Sender::finished, this, &LessonRuns::answered);
    m_leaving.setSingleShot(true);
    m_leaving.setInterval(kLeaving);
    connect(&m_leaving, &QTimer::timeout, this, &LessonRuns::closeServer);
    connect(&session, &app::Session::restarted, this, [this] {
        // Ours is the first that begins after it was asked for; what begins after that is another one's.
        m_waiting = m_waiting && !m_mine && m_session.program() == m_program;
        m_mine = m_waiting;
    });
    connect(&session, &app::Session::printed, this, [this](trace::Stream stream, const QByteArray& bytes) {
        if (m_waiting && m_mine)
            take(stream == trace::Stream::Output ? m_output : m_errorOutput, bytes);
    });
    connect(&session, &app::Session::stateChanged, this, &LessonRuns::look);
    connect(&session, &app::Session::advanced, this, &LessonRuns::look);
    connect(&session, &app::Session::logChanged, this, &LessonRuns::look);
}

LessonRuns::~LessonRuns()
{
    m_session.disconnect(this);
}

void LessonRuns::clear()
{
    m_runs.clear();
    m_numbers = 0;
    m_waiting = false;
    m_patience.stop();
    m_leaving.stop();
    m_whenRead = {};
}

void LessonRuns::start(LessonRun::Kind kind, const QString& name, const app::Program& program, const app::RunWith& with)
{
    m_runs.append({.kind = kind, .number = ++m_numbers, .name = name, .traceFile = {}});
    m_with = with;
    m_program = program;
    m_output.clear();
    m_errorOutput.clear();
    m_whenRead = {};
    m_waiting = true;
    m_mine = false;
    m_sent = with.send.isEmpty();
    m_stoppedByUs = false;
    m_patience.start();
    m_session.start(program);
    emit started();
}

const LessonRun* LessonRuns::last(LessonRun::Kind kind) const
{
    for (qsizetype i = m_runs.size() - 1; i >= 0; --i) {
        if (m_runs[i].kind == kind)
            return &m_runs[i];
    }
    return nullptr;
}

const LessonRun* LessonRuns::shown() const
{
    const QString file = m_session.traceFile();
    for (const LessonRun& run : m_runs) {
        if (!file.isEmpty() && run.traceFile == file)
            return &run;
    }
    return nullptr;
}

QString LessonRuns::nameOfShown() const
{
    const LessonRun* const run = shown();
    if (!run)
        return {};
    return run->name.isEmpty()
        ? LessonRunWords::tr("run %1 of this lesson").arg(run->number)
        : LessonRunWords::tr("run %1 of this lesson, %2").arg(QString::number(run->number), run->name);
}

void LessonRuns::addFurther(const QString& name, const QString& traceFile)
{
    for (const LessonRun& run : std::as_const(m_runs)) {
        if (run.traceFile == traceFile)
            return;
    }
    m_runs.append({.kind = LessonRun::Kind::Variant, .number = m_numbers, .name = name, .traceFile = traceFile});
}

std::expected<void, QString> LessonRuns::whenShown(const QString& traceFile, std::function<void()> then)
{
    if (m_session.traceFile() != traceFile) {
        if (const auto opened = m_session.openTrace(traceFile, m_session.readable()); !opened)
            return opened;
    }
    m_whenReadOf = traceFile;
    m_whenRead = std::move(then);
    look();
    return {};
}

// Whatever there is of it.
bool LessonRuns::isRead() const
{
    const app::TraceLog* const log = m_session.log();
    if (!log)
        return m_session.traceFile().isEmpty();
    return log->caughtUp()
        && (log->head().end || log->head().recordingEnded || !log->damage().empty() || m_session.isOpenedTrace());
}

void LessonRuns::look()
{
    if (m_whenRead && m_session.traceFile() == m_whenReadOf && m_session.log() && m_session.log()->caughtUp())
        std::exchange(m_whenRead, {})();
    if (!m_waiting || !m_mine)
        return;
    if (LessonRun& run = m_runs.last(); run.traceFile.isEmpty())
        run.traceFile = m_session.traceFile();
    const app::Session::State state = m_session.state();
    if (state == app::Session::State::Running && !m_sent)
        sendIfItListens();
    if (state == app::Session::State::Running && !m_with.input.isEmpty() && !m_session.isInputEnded()) {
        m_session.write(m_with.input.toUtf8());
        m_session.endInput();
    }
    if (m_leaving.isActive() && haveGuestsLeft())
        closeServer();
    if (!m_session.isRunning() && state != app::Session::State::NotStarted && isRead())
        end();
}

void LessonRuns::sendIfItListens()
{
    const app::TraceLog* const log = m_session.log();
    const quint16 port = log ? app::listeningPort(*log) : 0;
    if (port == 0)
        return;
    m_sent = true;
    m_sender.send(port, m_with.send);
}

void LessonRuns::answered()
{
    if (!m_waiting || !m_mine || !m_with.stopAfterwards)
        return;
    m_leaving.start();
    look();
}

// As the trace says: each connection that was accepted is closed.
bool LessonRuns::haveGuestsLeft() const
{
    const app::TraceLog* const log = m_session.log();
    return !log || (log->caughtUp() && log->head().connections.empty());
}

void LessonRuns::closeServer()
{
    m_leaving.stop();
    if (!m_waiting || !m_mine || !m_session.isRunning() || m_session.isStopped())
        return;
    m_stoppedByUs = true;
    m_session.stop(app::Session::StoppedBy::Lesson);
}

void LessonRuns::end()
{
    m_waiting = false;
    m_patience.stop();
    m_leaving.stop();
    const bool failed = m_session.state() == app::Session::State::Failed;
    app::FinishedRun finished {.log = m_session.log(),
        .output = m_output,
        .errorOutput = m_errorOutput,
        .exitCode = m_stoppedByUs ? 0 : m_session.exitCode(),
        .signal = failed && !m_stoppedByUs ? std::max(m_session.exitCode() - kSignalCode, 0) : 0,
        .stopped = m_session.isStopped() && !m_stoppedByUs,
        .folder = m_program.directory,
        .traceFile = m_session.traceFile(),
        .replies = m_with.send.isEmpty() ? QList<app::FinishedRun::Reply> {} : m_sender.replies()};
    const LessonRun run = m_runs.last();
    emit ended(run, finished);
}

} // namespace bistro::ui
