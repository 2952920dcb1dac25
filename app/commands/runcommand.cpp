#include "commands/commands.h"

#include "commands/complaints.h"
#include "commands/enclosedlaunch.h"
#include "commands/entry.h"
#include "commands/inwords.h"
#include "commands/reachedlimit.h"
#include "process/launch.h"
#include "process/output.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <system_error>
#include <termios.h>
#include <unistd.h>

// Qt is not started here before there is something to complain of: that would cost more than everything else this does.

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

// All that a program may listen to, except what is about a process's own faults, its children, and its place in a
// terminal. A signal that node does nothing with does nothing here.
constexpr std::array kForwarded {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM,
    SIGPROF, SIGXCPU, SIGXFSZ, SIGCONT, SIGTSTP, SIGWINCH, SIGIO, SIGURG, SIGPWR, SIGSTKFLT, SIGSYS, SIGTRAP, SIGABRT};

volatile sig_atomic_t engine = 0;

// What the kernel sends, such as a terminal's keys, the engine has got as well: it is in our process group. What we
// have caused ourselves is ours: a pipe that nobody reads.
void forward(int number, siginfo_t* info, void*)
{
    const int before = errno;
    const bool bySomebody = info->si_code <= 0 && info->si_pid != getpid();
    if (engine > 0 && (bySomebody || number == SIGHUP))
        kill(engine, number);
    else if (number == SIGTSTP)
        kill(getpid(), SIGSTOP); // with the program, so that the shell has its terminal
    errno = before;
}

// From construction on, signals are for the program and not for us. Those that come before the engine runs wait for it.
class SignalShield final {
public:
    SignalShield()
    {
        sigset_t waiting {};
        sigemptyset(&waiting);
        for (const int number : kForwarded)
            sigaddset(&waiting, number);
        sigprocmask(SIG_BLOCK, &waiting, &m_mask);
        struct sigaction action {};
        action.sa_sigaction = forward;
        action.sa_flags = SA_RESTART | SA_SIGINFO;
        for (const int number : kForwarded)
            replace(number, action);
    }

    [[nodiscard]] const std::vector<std::pair<int, struct sigaction>>& before() const { return m_before; }
    [[nodiscard]] const sigset_t& mask() const { return m_mask; }

    void engineRuns(pid_t pid)
    {
        engine = pid;
        sigprocmask(SIG_SETMASK, &m_mask, nullptr);
    }

    void engineIsGone() { engine = 0; }

private:
    void replace(int number, const struct sigaction& action)
    {
        struct sigaction old {};
        sigaction(number, nullptr, &old);
        m_before.emplace_back(number, old);
        // nohup: still ignored by us. The others node sets back to what they are by default, as the engine does: a
        // shell's background job is to end by SIGINT as node would.
        if (number != SIGHUP || old.sa_handler != SIG_IGN)
            sigaction(number, &action, nullptr);
    }

    sigset_t m_mask {};
    std::vector<std::pair<int, struct sigaction>> m_before;
};

// The terminal as it was: a program that is killed can't put it back itself.
class TerminalBefore final {
public:
    TerminalBefore()
        : m_isOne(tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
    }

    void putBack() const
    {
        const pid_t foreground = m_isOne ? tcgetpgrp(STDIN_FILENO) : -1;
        if (m_isOne && (foreground < 0 || foreground == getpgrp())) // else it is somebody else's by now
            tcsetattr(STDIN_FILENO, TCSADRAIN, &m_before);
    }

private:
    termios m_before {};
    bool m_isOne;
};

// Ends as the program did, so that a shell sees no difference; the core file, if any, is the engine's.
[[noreturn]] void dieOf(int number)
{
    const rlimit none {};
    setrlimit(RLIMIT_CORE, &none);
    std::signal(number, SIG_DFL);
    sigset_t only {};
    sigemptyset(&only);
    sigaddset(&only, number);
    sigprocmask(SIG_UNBLOCK, &only, nullptr);
    raise(number);
    _exit(128 + number);
}

// Node's own answer to these is a stack trace of its loader. Where it would find something after all, nothing is said.
std::optional<std::string> whyNotThere(const Entry& entry)
{
    if (entry.kind != Entry::Kind::File || !entry.certain || entry.file.empty())
        return {};
    const fs::path file(entry.file);
    const auto exists = [](const fs::path& path) { return access(path.c_str(), F_OK) == 0; };
    std::error_code error;
    const auto status = fs::status(file, error);
    if (fs::is_directory(status)) {
        for (const char* const index : {"package.json", "index.js", "index.json", "index.node"}) {
            if (exists(file / index))
                return {};
        }
        return inWords([&] {
            return said(Complaints::tr("\"%1\" is a directory without a program to start (index.js). Give the file to "
                                       "run."),
                entry.file);
        });
    }
    for (const char* const extension : {".js", ".json", ".node"}) {
        if (exists(entry.file + extension))
            return {};
    }
    const auto unreadable = [&entry](const std::string& why) {
        return inWords([&] { return said(Complaints::tr("Bistro can't read the file \"%1\": %2."), entry.file, why); });
    };
    if (!fs::exists(status)) {
        if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
            return unreadable(error.message());
        return inWords([&] {
            return said(Complaints::tr("There is no file \"%1\" in %2. Check the name, or give the whole path."),
                entry.file, fs::current_path(error).string());
        });
    }
    if (access(file.c_str(), R_OK) != 0)
        return unreadable(std::generic_category().message(errno));
    return {};
}

std::string nameOf(const Entry& entry)
{
    switch (entry.kind) {
    case Entry::Kind::File: return entry.file;
    case Entry::Kind::Code: return "code";
    case Entry::Kind::Input: return "stdin";
    case Entry::Kind::Other: return "node";
    }
    return {};
}

std::expected<Launch, std::string> launchOf(
    const RunCommand& command, const Entry& entry, const std::filesystem::path& executable)
{
    const RunDetail detail = command.detail.value_or(entry.measures ? RunDetail::Events : RunDetail::Lines);
    auto launch = command.unconfined ? std::expected<LaunchBuilder, std::string>(LaunchBuilder(executable))
                                     : enclosedLaunch(executable, executable, entry);
    if (!launch)
        return std::unexpected(launch.error());
    LaunchBuilder& builder = *launch;
    builder.with(command.node);
    if (detail == RunDetail::Off)
        return builder.build();
    if (command.trace)
        builder.recordedInto(*command.trace);
    else
        builder.recordedAs(nameOf(entry));
    if (detail == RunDetail::Lines || detail == RunDetail::Packages)
        builder.withLines({.visits = command.visits,
            .stops = {},
            .packages = detail == RunDetail::Packages,
            .counts = command.counts});
    return builder.build();
}

// The bytes of the longer one of those of our output streams that are files; nothing: none is.
std::optional<off_t> sizeOfOutput()
{
    std::optional<off_t> most;
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
        struct stat about {};
        if (fstat(stream, &about) == 0 && S_ISREG(about.st_mode))
            most = std::max(most.value_or(0), about.st_size);
    }
    return most;
}

// The limit that some of the output is lost by, where that goes to a file.
std::optional<trace::events::LimitReached> limitOfOutput(const fs::path& file)
{
    constexpr off_t kMiB = 1024 * 1024;
    const auto size = sizeOfOutput();
    if (!size)
        return {};
    if (const auto all = limitReached(file, trace::RunLimit::Files))
        return all;
    const auto one = limitReached(file, trace::RunLimit::FileSize);
    return one && *size >= one->allowed * kMiB ? one : std::nullopt; // else it was another file
}

// What is to be said of the limits of its run, if anything is. Those that are an error to the program it tells itself.
std::optional<std::string> limitTold(const Launch& launch, const Exit& exit)
{
    const Recording& recording = *launch.recording;
    const fs::path folder = launch.enclosure ? launch.enclosure->folder : fs::path();
    if (const auto ended = limitBehindEnd(recording.file(), exit))
        return inWords([&] { return wordsOf(*ended, folder).toStdString(); });
    const auto reached = limitOfOutput(recording.file());
    if (!reached)
        return {};
    return inWords([&] {
        return wordsOf(*reached, folder, Complaints::tr("What it printed after that is not in the file."))
            .toStdString();
    });
}

// Of what has failed: tried again where there is a catalog to complain with.
template <typename Attempt>
int complainAgain(const std::string& plain, const Attempt& attempt)
{
    return inWords([&] {
        const auto again = attempt();
        return complain(again ? plain : again.error());
    });
}

} // namespace

int run(const RunCommand& command)
{
    const Entry entry = entryOf(command.node);
    if (const auto why = whyNotThere(entry))
        return complain(*why);
    const auto program = findEngine();
    if (!program)
        return complainAgain(program.error(), findEngine);
    auto launch = launchOf(command, entry, *program);
    if (!launch)
        return complainAgain(launch.error(), [&] { return launchOf(command, entry, *program); });
    if (!launch->notRecorded.empty())
        // Not asked for by name: it runs all the same, in an environment in which nothing was set for Qt's sake.
        complain(said(Complaints::tr("%1 Bistro does not record this run."), launch->notRecorded));

    const TerminalBefore terminal;
    SignalShield shield;
    Spawn start = launch->spawn();
    start.dispositions = shield.before();
    start.mask = shield.mask();
    const auto pid = spawn(start);
    if (!pid) {
        if (launch->recording)
            launch->recording->finish({}, false);
        return complain(pid.error());
    }
    shield.engineRuns(*pid);
    const Exit exit = waitFor(*pid);
    shield.engineIsGone();
    if (exit.signal == SIGKILL)
        terminal.putBack();

    if (launch->recording) {
        if (const auto incomplete = launch->recording->finish(exit, false))
            complain(*incomplete);
        if (const auto limit = limitTold(*launch, exit))
            complain(*limit);
    }
    if (exit.signal != 0)
        dieOf(exit.signal);
    return exit.code;
}

} // namespace bistro::app
