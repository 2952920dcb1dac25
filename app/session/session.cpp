#include "session/session.h"

#include "confine/enclosing.h"
#include "confine/workspacefolder.h"
#include "session/alive.h"

#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

#include <csignal>
#include <malloc.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

constexpr qint64 kLargestProgram = 64 * 1024 * 1024;
// A program that sleeps for so long has nothing else to do at the moment.
constexpr std::chrono::milliseconds kIdle {700};

// What a beginner may make of the signal that has ended the program; empty, or a sentence after a space.
QString hintFor(int signal)
{
    switch (signal) {
    case SIGABRT: return u' ' + Session::tr("Node itself gave up. Its last words are in the console.");
    case SIGKILL: return u' ' + Session::tr("It was killed, perhaps because the computer ran out of memory.");
    case SIGSEGV:
    case SIGBUS:
    case SIGILL:
    case SIGFPE: return u' ' + Session::tr("The fault is in Node or in a native module, not in your JavaScript.");
    default: return {};
    }
}

// A sentence, or empty.
QString damageOf(const TraceLog& log)
{
    return QString::fromUtf8(log.damage().data(), static_cast<qsizetype>(log.damage().size()));
}

} // namespace

Session::Session(std::filesystem::path engine, QObject* parent)
    : QObject(parent)
    , m_engine(std::move(engine))
{
    m_frame.setTimerType(Qt::PreciseTimer);
    m_frame.setInterval(kFrame);
    connect(&m_frame, &QTimer::timeout, this, &Session::frame);
}

Session::~Session() = default;

void Session::become(State state)
{
    if (std::exchange(m_state, state) != state)
        emit stateChanged();
}

void Session::say(const QString& sentence)
{
    m_notice = sentence;
    emit noticed(sentence);
}

void Session::wake()
{
    if (m_frame.isActive())
        return;
    m_frameClock.start();
    m_frame.start();
}

void Session::takeLog(std::unique_ptr<TraceLog> log)
{
    if (m_logs.empty() && !log)
        return;
    emit logAboutToChange();
    // What a long one holds takes a while to give back: nobody waits for that. To the system, too: what is free lies
    // scattered, and a window that has shown a thousand runs would keep the room of the largest ones.
    m_steps.reset();
    if (!m_logs.empty()) {
        auto gone = std::make_shared<std::pair<Logs, std::unique_ptr<Lines>>>(std::move(m_logs), std::move(m_lines));
        QThreadPool::globalInstance()->start([gone = std::move(gone)]() mutable {
            gone.reset();
            malloc_trim(0);
        });
    }
    m_logs.clear();
    m_bookmarks.close();
    if (log) {
        m_logs.push_back(std::move(log));
        m_steps = std::make_unique<Steps>(*mainLog());
        m_lines = std::make_unique<Lines>(*mainLog());
        indexMore(kIndexing);
        m_bookmarks.open(m_trace, mainLog()->wallStart());
    }
    m_lookedAt = kNoEvent;
    m_damageTold = false;
    m_linesTold = 0;
    emit logChanged();
}

void Session::start(const Program& program)
{
    m_program = program;
    if (m_process && !m_process->isOver()) {
        m_again = true;
        m_stoppedBy = StoppedBy::User;
        m_process->stop();
        return;
    }
    launch();
}

void Session::launch()
{
    m_again = false;
    m_opened = false;
    m_stoppedBy = StoppedBy::Nobody;
    m_ending.clear();
    m_notice.clear();
    m_keptAlive.clear();
    m_readsInput = false;
    m_exitCode = 0;
    m_inputEnded = false;
    m_trace.clear();
    m_playhead = Playhead::live();
    m_justBefore.reset();
    setPlaying(false);
    takeLog({});
    m_process.reset();
    emit restarted();
    m_state = State::Starting;
    emit stateChanged();
    emit waitingChanged();

    const QFileInfo file(m_program.file);
    const auto place = workspaceOf(
        {.file = QFile::encodeName(file.absoluteFilePath()).toStdString(), .current = {}}, surroundings());
    if (!m_program.where.isEmpty() && file.exists() && QFile::decodeName(place.program.c_str()) != m_program.where) {
        m_ending = tr("\"%1\" leads to another file than when you opened it. Save the program elsewhere, then run it.")
                       .arg(m_program.file);
        become(State::Failed);
        return;
    }
    m_readable = QFile::decodeName(place.folder.c_str());
    QByteArray source;
    if (m_program.settings.entry == EntryWay::Evaluated || m_program.settings.entry == EntryWay::StandardInput) {
        QFile opened(m_program.file);
        if (!file.isFile() || !opened.open(QIODevice::ReadOnly) || opened.size() > kLargestProgram) {
            m_ending = tr("Bistro can't read the file \"%1\": %2. Save the program elsewhere, then run it.")
                           .arg(m_program.file, opened.errorString());
            become(State::Failed);
            return;
        }
        source = opened.readAll();
    } else if (!file.exists()) {
        m_ending = tr("There is no file \"%1\" any more. Save the program, then run it.").arg(m_program.file);
        become(State::Failed);
        return;
    }
    const QString title = m_program.title.isEmpty() ? file.fileName() : m_program.title;
    // Whatever keeps it from being recorded does not keep it from running: such a launch has no error.
    LaunchBuilder builder = launchOf(m_program, m_engine, source);
    builder.controlled().recordedAs(title.toStdString());
    if (m_program.lines && !isMeasuring(m_program.settings))
        builder.withLines(
            {.visits = {}, .stops = {}, .packages = m_program.settings.packages, .counts = m_program.settings.counts});
    auto enclosed = enclose(
        {.place = {.file = place.program.empty() ? QFile::encodeName(file.absoluteFilePath()).toStdString()
                                                 : place.program.string(),
             .current = {}},
            .engine = m_engine,
            .executable = m_engine,
            .given = environmentOf(m_program.settings),
            .once = m_once});
    if (!enclosed) {
        m_ending = QString::fromStdString(enclosed.error());
        become(State::Failed);
        return;
    }
    for (const QString& notice : enclosed->notices)
        emit noticed(notice);
    builder.within(std::move(enclosed->enclosure));
    Launch launch = builder.build().value();
    if (launch.recording)
        m_trace = launch.recording->file();
    else
        say(QString::fromStdString(launch.notRecorded) + u' ' + tr("Bistro does not record this run."));
    m_process = std::make_unique<EngineProcess>();
    connect(m_process.get(), &EngineProcess::outputArrived, this,
        [this](const QByteArray& bytes) { emit printed(trace::Stream::Output, bytes); });
    connect(m_process.get(), &EngineProcess::errorOutputArrived, this,
        [this](const QByteArray& bytes) { emit printed(trace::Stream::Error, bytes); });
    connect(m_process.get(), &EngineProcess::stateChanged, this, &Session::processChanged);
    connect(m_process.get(), &EngineProcess::printedTooMuch, this, [this] { stop(StoppedBy::Output); });
    m_process->setOutputLimits(m_outputLimits);
    wake();
    m_process->start(std::move(launch));
    if (m_program.settings.entry == EntryWay::StandardInput && !m_process->isOver()) {
        m_process->write(source);
        endInput();
    }
}

// A sentence; empty: nobody has stopped it.
QString Session::stoppedText() const
{
    switch (m_stoppedBy) {
    case StoppedBy::Nobody: return {};
    case StoppedBy::User: return tr("You stopped the program.");
    case StoppedBy::Output:
        return tr("The program printed more than %L1 MB, so Bistro stopped it. Print less, or write to a file.")
            .arg(m_outputLimits.most / (1024 * 1024));
    case StoppedBy::Lesson: return tr("Every request has its answer, so the lesson closed the server.");
    }
    Q_UNREACHABLE_RETURN({});
}

void Session::stop(StoppedBy by)
{
    m_again = false; // whoever stops while a restart waits for the end of the run before it means both
    if (!m_process)
        return;
    if (m_stoppedBy == StoppedBy::Nobody)
        m_stoppedBy = by;
    m_process->stop();
}

void Session::write(const QByteArray& bytes)
{
    if (m_process && !m_inputEnded && isRunning())
        m_process->write(bytes);
}

void Session::endInput()
{
    if (!m_process || m_inputEnded)
        return;
    m_inputEnded = true;
    m_process->closeInput();
    emit waitingChanged();
}

void Session::processChanged()
{
    struct Visitor {
        Session& session;
        void operator()(const EngineProcess::NotRunning&) const { }
        void operator()(const EngineProcess::Starting&) const { session.become(State::Starting); }
        void operator()(const EngineProcess::Running&) const { session.become(State::Running); }
        void operator()(const EngineProcess::Stopping&) const { session.become(State::Stopping); }
        void operator()(const EngineProcess::Finished& finished) const
        {
            session.m_exitCode = finished.code;
            session.m_ending = session.isStopped() ? session.stoppedText()
                : finished.code == 0
                ? tr("The program has ended.")
                : tr("The program ended with exit code %1. 0 means that all is well. The console says what went wrong.")
                      .arg(finished.code);
            session.become(State::Finished);
        }
        void operator()(const EngineProcess::Failed& failed) const
        {
            session.m_exitCode = 128 + failed.signal;
            session.m_ending = session.isStopped() ? session.stoppedText() : failed.sentence + hintFor(failed.signal);
            session.become(State::Failed);
        }
    };
    std::visit(Visitor {*this}, m_process->state());
    if (!m_process->isOver())
        return;
    m_inputEnded = true;
    m_keptAlive.clear();
    m_readsInput = false;
    emit waitingChanged();
    if (m_again) // not from within the process's own signal
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_again)
                    launch();
            },
            Qt::QueuedConnection);
}

void Session::frame()
{
    const std::chrono::nanoseconds elapsed(m_frameClock.nsecsElapsed());
    m_frameClock.start();
    readMore();
    if (mainLog() && mainLog()->lost())
        giveUpLog();
    tellDamage();
    if (m_playing)
        playOn(elapsed);
    lookWhatItWaitsFor();
    indexMore(isRunning() ? kIndexing : kOpeningIndexes);
    tellLines();
    settleBookmarks();
    const bool behind = mainLog()
        && !(mainLog()->caughtUp() && m_steps->caughtUp() && m_lines->caughtUp() && m_counted);
    if (!isRunning() && !m_playing && !behind)
        m_frame.stop();
}

// What was noted while the program ran goes into its trace when that is complete.
void Session::settleBookmarks()
{
    if (!isRunning() && mainLog() && mainLog()->caughtUp())
        m_bookmarks.settle(mainLog()->damage().empty());
}

// Why no more will be read, once: of an opened trace that is all that there is to say of its end; a program goes on
// without it.
void Session::tellDamage()
{
    if (m_damageTold || !mainLog() || mainLog()->damage().empty())
        return;
    m_damageTold = true;
    const QString sentence = damageOf(*mainLog());
    if (m_opened) {
        m_ending = sentence;
        emit noticed(sentence);
    } else {
        say(tr("The recording of this run is damaged: something has changed its file. %1").arg(sentence));
    }
}

void Session::readMore()
{
    if (!mainLog()) {
        if (m_trace.empty())
            return;
        // The engine makes the file's header when it starts; until then there is nothing to open.
        auto opened = TraceLog::open(m_trace, kReading);
        if (!opened) {
            if (!isRunning()) { // ended without one
                m_trace.clear();
                emit logChanged();
            }
            return;
        }
        takeLog(std::move(*opened));
        emit advanced();
        if (m_playhead.isLive())
            emit playheadMoved(Move::Step);
        return;
    }
    if (mainLog()->refresh(isRunning() ? kReading : kOpening) == 0)
        return;
    emit advanced();
    if (m_playhead.isLive())
        emit playheadMoved(Move::Step);
}

// Somebody has cut or overwritten the file. What was drawn from it is not to be asked for any more.
void Session::giveUpLog()
{
    const QString sentence = damageOf(*mainLog()) + u' '
        + (isRunning() ? tr("The program goes on, but Bistro no longer records it.")
                       : tr("Run the program again to record it."));
    m_trace.clear();
    m_playhead = Playhead::live();
    m_justBefore.reset();
    setPlaying(false);
    m_keptAlive.clear();
    m_readsInput = false;
    takeLog({});
    emit playheadMoved(Move::Jump);
    emit waitingChanged();
    if (m_opened) {
        m_ending = sentence;
        emit stateChanged();
    }
    say(sentence);
}

void Session::lookWhatItWaitsFor()
{
    if (!mainLog() || !isRunning() || !mainLog()->caughtUp())
        return;
    const LoopState& head = mainLog()->head();
    const bool changed = m_lookedAt != head.size;
    QString alive;
    bool reads = !m_inputEnded && (changed ? readsStandardInput(*mainLog(), head) : m_readsInput);
    if (head.asleepSince && head.idle()) {
        if (!changed && !m_keptAlive.isEmpty())
            return;
        // That nothing was recorded for a while says that it sleeps.
        if (m_runClock.silence(*mainLog()) >= kIdle) {
            alive = keptAliveSentence(*mainLog(), head);
            reads = reads || (!m_inputEnded && maySitInARead(*mainLog(), head));
        }
    }
    m_lookedAt = head.size;
    if (alive == m_keptAlive && reads == m_readsInput)
        return;
    m_keptAlive = alive;
    m_readsInput = reads;
    emit waitingChanged();
}

} // namespace bistro::app
