#include "process/engineprocess.h"

#include <QSocketNotifier>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace bistro::app {
namespace {

constexpr qsizetype kAtOnce = 256 * 1024; // so that one loud stream does not keep the other, or the window, waiting

struct Ends {
    Descriptor read;
    Descriptor write;
};

// Never below 3, where they would be in the way of the standard streams of the child.
std::expected<Ends, std::string> makePipe()
{
    int ends[2] {};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return std::unexpected(EngineProcess::tr("Bistro can't start the program, because it can't make a pipe: %1.")
                .arg(QString::fromStdString(std::generic_category().message(errno)))
                .toStdString());
    Ends result {.read = Descriptor(ends[0]), .write = Descriptor(ends[1])};
    for (Descriptor* const end : {&result.read, &result.write}) {
        if (end->get() < 3)
            *end = Descriptor(fcntl(end->get(), F_DUPFD_CLOEXEC, 3));
    }
    return result;
}

void setNonBlocking(const Descriptor& fd)
{
    fcntl(fd.get(), F_SETFL, fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
}

// A learner's program must start with the signals as a shell would leave them, whatever the window does with its own.
std::vector<std::pair<int, struct sigaction>> defaultSignals()
{
    std::vector<std::pair<int, struct sigaction>> result;
    struct sigaction action {};
    action.sa_handler = SIG_DFL;
    for (const int number : {SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1, SIGUSR2})
        result.emplace_back(number, action);
    return result;
}

} // namespace

EngineProcess::EngineProcess(QObject* parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        for (Pipe* const pipe : {&m_output, &m_errorOutput}) {
            if (pipe->notifier)
                pipe->notifier->setEnabled(true);
        }
    });
    connect(&m_patience, &QTimer::timeout, this, [this] { m_killed ? killAtLast() : killProcess(); });
}

EngineProcess::~EngineProcess()
{
    if (m_pid <= 0)
        return;
    killAtLast();
    killDescendants();
    const Exit exit = waitFor(m_pid);
    if (m_recording)
        m_recording->finish(exit, true);
}

void EngineProcess::become(State state)
{
    m_state = std::move(state);
    emit stateChanged();
}

void EngineProcess::start(Launch launch)
{
    Q_ASSERT(m_pid <= 0);
    m_waiting.clear();
    m_inputEnds = false;
    m_descendants = {};
    m_killed = false;
    m_printed = 0;
    m_rest.stop();
    become(Starting {});
    const auto launched = spawnProcess(launch);
    m_recording = std::move(launch.recording);
    m_enclosure = std::move(launch.enclosure);
    if (!launched) {
        m_enclosure.reset();
        if (m_recording)
            m_recording->finish({}, false);
        m_recording.reset();
        m_line.reset();
        become(Failed {.signal = 0, .sentence = QString::fromStdString(launched.error())});
        return;
    }
    become(Running {});
}

std::expected<void, std::string> EngineProcess::spawnProcess(const Launch& launch)
{
    auto input = makePipe();
    auto output = makePipe();
    auto errors = makePipe();
    for (const auto* const pipe : {&input, &output, &errors}) {
        if (!*pipe)
            return std::unexpected(pipe->error());
    }
    std::vector<std::string> variables;
    Descriptor theirs;
    if (launch.controlled) {
        m_line = std::make_unique<ControlLine>();
        auto end = m_line->open();
        if (!end)
            return std::unexpected(end.error());
        theirs = std::move(*end);
        connect(m_line.get(), &ControlLine::granted, this, [this](const control::Command& command) {
            if (std::holds_alternative<control::Stop>(command))
                stopGranted();
        });
        connect(m_line.get(), &ControlLine::refused, this, [this] { stopRefused(); });
        connect(m_line.get(), &ControlLine::broken, this, &EngineProcess::lineBroken);
        variables.push_back("BISTRO_CONTROL=" + std::to_string(theirs.get()));
    }
    Spawn start = launch.spawn(std::move(variables));
    start.kept = theirs.get();
    start.standard = {input->read.get(), output->write.get(), errors->write.get()};
    start.dispositions = defaultSignals();
    sigemptyset(&start.mask);
    start.ownSession = true;
    const auto pid = spawn(start);
    if (!pid)
        return std::unexpected(pid.error());
    m_pid = *pid;
    m_death.fd = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, m_pid, 0)));
    if (!m_death.fd) {
        killProcess();
        static_cast<void>(waitFor(std::exchange(m_pid, -1)));
        return std::unexpected(
            tr("This system can't tell when a process ends (pidfd_open). Bistro needs Linux 5.3 or newer.")
                .toStdString());
    }
    m_death.notifier = std::make_unique<QSocketNotifier>(m_death.fd.get(), QSocketNotifier::Read);
    connect(m_death.notifier.get(), &QSocketNotifier::activated, this, [this] { ended(); });
    m_input.fd = std::move(input->write);
    setNonBlocking(m_input.fd);
    m_input.notifier = std::make_unique<QSocketNotifier>(m_input.fd.get(), QSocketNotifier::Write);
    m_input.notifier->setEnabled(false);
    connect(m_input.notifier.get(), &QSocketNotifier::activated, this, [this] { feed(); });
    m_output.fd = std::move(output->read);
    m_errorOutput.fd = std::move(errors->read);
    listen(m_output, &EngineProcess::outputArrived);
    listen(m_errorOutput, &EngineProcess::errorOutputArrived);
    return {};
}

void EngineProcess::listen(Pipe& pipe, void (EngineProcess::*arrived)(const QByteArray&))
{
    setNonBlocking(pipe.fd);
    pipe.notifier = std::make_unique<QSocketNotifier>(pipe.fd.get(), QSocketNotifier::Read);
    connect(
        pipe.notifier.get(), &QSocketNotifier::activated, this, [this, &pipe, arrived] { readSome(pipe, arrived); });
}

// False when there is nothing now, or nothing any more.
bool EngineProcess::readSome(Pipe& pipe, void (EngineProcess::*arrived)(const QByteArray&))
{
    if (!pipe.fd)
        return false;
    QByteArray bytes(kAtOnce, Qt::Uninitialized);
    const ssize_t got = ::read(pipe.fd.get(), bytes.data(), static_cast<std::size_t>(bytes.size()));
    if (got < 0)
        return errno == EINTR;
    if (got == 0) {
        pipe.notifier->setEnabled(false);
        return false;
    }
    bytes.truncate(got);
    slowDown(got);
    emit(this->*arrived)(bytes);
    return true;
}

// Who prints waits while nobody reads: the pipe is full then.
void EngineProcess::slowDown(qint64 got)
{
    const qint64 before = std::exchange(m_printed, m_printed + got);
    const bool isTooMuch = m_limits.most > 0 && m_printed > m_limits.most;
    if (!isTooMuch && (m_limits.slowly == 0 || m_printed <= m_limits.slowly))
        return;
    for (Pipe* const pipe : {&m_output, &m_errorOutput}) {
        if (pipe->notifier)
            pipe->notifier->setEnabled(false);
    }
    if (!isTooMuch)
        m_rest.start(static_cast<int>(1'000 * got / m_limits.perSecond));
    else if (before <= m_limits.most)
        emit printedTooMuch();
}

void EngineProcess::readRest(Pipe& pipe, void (EngineProcess::*arrived)(const QByteArray&))
{
    int there = 0;
    if (!pipe.fd || ioctl(pipe.fd.get(), FIONREAD, &there) != 0)
        return;
    for (qsizetype left = there; left > 0; left -= kAtOnce) {
        if (!readSome(pipe, arrived))
            return;
    }
}

void EngineProcess::write(const QByteArray& bytes)
{
    m_waiting += bytes;
    feed();
}

void EngineProcess::closeInput()
{
    m_inputEnds = true;
    feed();
}

void EngineProcess::feed()
{
    if (!m_input.fd)
        return;
    while (!m_waiting.isEmpty()) {
        // SIGPIPE, if the program has closed its input, must not be ours: it is blocked and taken away here.
        sigset_t pipe {};
        sigset_t before {};
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, &before);
        const ssize_t written = ::write(
            m_input.fd.get(), m_waiting.constData(), static_cast<std::size_t>(m_waiting.size()));
        const int error = errno;
        if (written < 0 && error == EPIPE) {
            constexpr timespec now {};
            sigtimedwait(&pipe, nullptr, &now);
        }
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        if (written >= 0) {
            m_waiting.remove(0, written);
        } else if (error == EAGAIN) {
            m_input.notifier->setEnabled(true);
            return;
        } else if (error != EINTR) {
            m_waiting.clear();
            m_inputEnds = true;
        }
    }
    m_input.notifier->setEnabled(false);
    if (m_inputEnds)
        m_input = {};
}

void EngineProcess::stop()
{
    if (!std::holds_alternative<Running>(m_state))
        return;
    m_descendants.add(m_pid); // while they still hang together
    const bool asked = m_line && m_line->ask(control::Stop {});
    m_patience.start(asked ? m_grace : std::chrono::milliseconds {0});
    become(Stopping {});
}

void EngineProcess::stopGranted()
{
    if (std::holds_alternative<Stopping>(m_state))
        become(Stopping {.granted = true});
}

// Whatever was refused: if it was said that nothing more will be heard, a stop has no other way left.
void EngineProcess::stopRefused()
{
    if (std::holds_alternative<Stopping>(m_state) && !m_line->isHeard())
        killProcess();
}

// Who writes into the line cannot be talked to.
// The program may have written into it: under node nothing would have come of that, so it goes on, and a stop kills.
void EngineProcess::lineBroken()
{
    if (std::holds_alternative<Stopping>(m_state))
        killProcess();
}

// A warden knows best who is below it. One that does not answer goes, too.
void EngineProcess::killProcess()
{
    constexpr std::chrono::milliseconds kForTheWarden {300};
    if (m_pid <= 0)
        return;
    if (!m_enclosure)
        return killAtLast();
    m_descendants.add(m_pid);
    kill(m_pid, control::kKillAll); // not reaped yet, so the number is still its own
    kill(m_pid, SIGCONT); // somebody may have stopped it
    m_killed = true;
    m_patience.start(kForTheWarden);
}

void EngineProcess::killAtLast()
{
    if (m_pid <= 0)
        return;
    m_descendants.add(m_pid);
    kill(m_pid, SIGKILL);
}

// Before the process is reaped: until then its number is that of its group too.
void EngineProcess::killDescendants()
{
    kill(-m_pid, SIGKILL);
    m_descendants.kill();
    m_descendants = {};
}

void EngineProcess::ended()
{
    m_patience.stop();
    m_rest.stop();
    const bool stopped = std::holds_alternative<Stopping>(m_state); // by who asked for it
    if (stopped)
        killDescendants();
    const Exit exit = waitFor(std::exchange(m_pid, -1));
    // What it wrote is in the pipes, whole. Others that hold them open (children of the program) are not waited for,
    // and may go on writing forever: what is there now is all that is read.
    readRest(m_output, &EngineProcess::outputArrived);
    readRest(m_errorOutput, &EngineProcess::errorOutputArrived);
    for (Pipe* const pipe : {&m_input, &m_output, &m_errorOutput, &m_death}) {
        if (pipe->notifier) { // one of them is sending the signal that we are in
            pipe->notifier->setEnabled(false);
            pipe->notifier.release()->deleteLater();
        }
        pipe->fd.reset();
    }
    m_line.reset();
    if (m_recording)
        m_recording->finish(exit, stopped);
    m_recording.reset();
    m_enclosure.reset();
    if (exit.signal == 0) {
        become(Finished {.code = exit.code});
        return;
    }
    become(Failed {.signal = exit.signal,
        .sentence = stopped
            ? tr("The program did not stop when you asked, so Bistro ended it.")
            : tr("Signal %1 (%2) ended the program.").arg(exit.signal).arg(QString::fromUtf8(strsignal(exit.signal)))});
}

} // namespace bistro::app
