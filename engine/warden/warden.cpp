#include "warden/warden.h"

#include "control/messages.h"
#include "sandbox/kernel.h"
#include "sandbox/policy.h"
#include "warden/descendants.h"
#include "warden/folderkeeper.h"
#include "warden/questions.h"
#include "warden/reports.h"
#include "warden/start.h"
#include "warden/temporary.h"
#include "warden/watch.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <expected>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

extern char** environ;

namespace bistro::warden {
namespace {

constexpr std::chrono::milliseconds kForTheEngine {100}; // to write down which limit was reached
constexpr std::chrono::seconds kForTheDying {10}; // one may be in the kernel, with a disk that does not answer
constexpr std::chrono::milliseconds kBetweenKills {5};

// What somebody may send to whoever has started the program, and means it.
constexpr std::array kForTheProgram {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM,
    SIGPROF, SIGXCPU, SIGXFSZ, SIGCONT, SIGWINCH, SIGIO, SIGPWR, SIGURG, SIGSTKFLT, SIGSYS, SIGTRAP, SIGABRT};

struct Order {
    sandbox::Policy policy;
    Start start;
    std::string temporary;
    Descriptor engine; // our end of the reports' line
};

bool takes(std::string_view variable, std::string_view name)
{
    return variable.starts_with(name) && variable.substr(name.size()).starts_with('=');
}

std::string own(const char* name)
{
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::expected<Order, std::string> orderOf(std::vector<std::string> words)
{
    Order order;
    if (!words.empty() && words.front() == "--")
        words.erase(words.begin());
    if (words.size() < 2)
        return std::unexpected("Bistro's warden needs a program and its name: bistro-warden PROGRAM ARGV0 ARGUMENTS.");
    if (std::getenv("BISTRO_POLICY") == nullptr)
        return std::unexpected("Bistro's warden needs to be told what the program may do, in BISTRO_POLICY.");
    auto policy = sandbox::policyFrom(own("BISTRO_POLICY"));
    if (!policy)
        return std::unexpected(policy.error());
    order.policy = std::move(*policy);
    order.temporary = own("BISTRO_TEMPORARY");
    order.start.program = words.front();
    order.start.arguments.assign(words.begin() + 1, words.end());
    for (char** variable = environ; *variable != nullptr; ++variable) {
        if (!takes(*variable, "BISTRO_POLICY") && !takes(*variable, "BISTRO_TEMPORARY")
            && !takes(*variable, "BISTRO_WARDEN"))
            order.start.environment.emplace_back(*variable);
    }
    const std::string control = own("BISTRO_CONTROL");
    int number = -1;
    std::from_chars(control.data(), control.data() + control.size(), number);
    if (number > STDERR_FILENO)
        order.start.kept.push_back(number);
    order.start.ownGroup = getsid(0) == getpid();
    return order;
}

// Within the walls nobody could open it: it lies in no place of the program's.
std::expected<void, std::string> openTrace(Order& order)
{
    const std::string file = own("BISTRO_TRACE");
    if (file.empty())
        return {};
    const int trace = open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (trace < 0)
        return std::unexpected(
            "Bistro can't write the trace \"" + file + "\": " + std::generic_category().message(errno) + '.');
    order.start.kept.push_back(trace);
    order.start.environment.push_back("BISTRO_TRACE_FD=" + std::to_string(trace));
    return {};
}

void tellWalls(Order& order, const sandbox::Kernel& kernel)
{
    const auto joined = [](const std::vector<std::string>& parts) {
        std::string all;
        for (const std::string& part : parts)
            all += (all.empty() ? "" : ", ") + part;
        return all;
    };
    if (own("BISTRO_CONFINED") != "1")
        return;
    order.start.environment.push_back("BISTRO_WALLS=" + joined(sandbox::wallsOf(kernel)));
    order.start.environment.push_back("BISTRO_MISSING=" + joined(sandbox::missingOf(kernel)));
}

// Whose end the engine is given is among those that it keeps.
std::expected<void, std::string> openReports(Order& order)
{
    int ends[2] {};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return std::unexpected("Bistro's warden can't talk to the engine: it can't make a socket.");
    order.engine = Descriptor(ends[0]);
    order.start.kept.push_back(ends[1]);
    order.start.environment.push_back("BISTRO_WARDEN=" + std::to_string(ends[1]));
    return {};
}

// What ends the run is read from a descriptor, so that nothing is done in between. The terminal's keys are for the
// program, which is in the same group.
Signals takeSignals(sigset_t& heard)
{
    Signals before;
    sigemptyset(&heard);
    for (const int number : kForTheProgram)
        sigaddset(&heard, number);
    for (const int number : {SIGCHLD, control::kKillAll})
        sigaddset(&heard, number);
    sigprocmask(SIG_BLOCK, &heard, &before.mask);
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    struct sigaction inherited {};
    for (const int number : {SIGTSTP, SIGTTOU, SIGTTIN}) {
        sigaction(number, &ignore, &inherited);
        before.dispositions.emplace_back(number, inherited);
    }
    // One that is ignored would never be heard.
    struct sigaction standard {};
    standard.sa_handler = SIG_DFL;
    for (const int number : kForTheProgram) {
        sigaction(number, &standard, &inherited);
        before.dispositions.emplace_back(number, inherited);
    }
    // Ignored, it would leave no dead to ask how they ended.
    sigaction(SIGCHLD, &standard, &inherited);
    before.dispositions.emplace_back(SIGCHLD, inherited);
    return before;
}

class Run final {
public:
    Run(const Order& order, Started started, Reports reports, Descriptor parent, Descriptor signals)
        : m_temporary(order.temporary)
        , m_program(started.pid)
        , m_parent(std::move(parent))
        , m_signals(std::move(signals))
        , m_reports(std::move(reports))
        , m_rules(order.policy, getpid(), started.pid, m_reports)
        , m_questions(std::move(started.listener), m_rules)
        , m_watch(order.policy.limits, getpid(), started.pid)
    {
    }

    // How the program ended, as waitpid has it.
    int untilItEnds()
    {
        // Never joined: it may wait for a question, and the threads that it starts for anything. All end with us.
        std::thread([this] { m_questions.answerAll(); }).detach();
        auto next = std::chrono::steady_clock::now() + kLook;
        while (m_status < 0 && !mustEnd()) {
            const auto now = std::chrono::steady_clock::now();
            if (now < next)
                continue;
            next = now + kLook;
            if (const auto reached = m_watch.look()) {
                tell(*reached);
                break;
            }
        }
        killAll();
        if (!m_temporary.empty())
            removeFolder(m_temporary);
        return m_status;
    }

private:
    // Waits for what may end the run, or for the next look. True: it ends now.
    bool mustEnd()
    {
        std::array<pollfd, 2> ready {{{.fd = m_signals.get(), .events = POLLIN, .revents = 0},
            {.fd = m_parent.get(), .events = POLLIN, .revents = 0}}};
        poll(ready.data(), ready.size(), static_cast<int>(kLook.count()));
        bool ends = ready[1].revents != 0;
        signalfd_siginfo signal {};
        while (read(m_signals.get(), &signal, sizeof(signal)) == sizeof(signal))
            ends = hear(signal) || ends;
        reap();
        return ends;
    }

    // What a terminal sends, it has sent the program, too; what the program sends its group, it has got itself. True:
    // all is to end.
    bool hear(const signalfd_siginfo& signal) const
    {
        if (signal.ssi_signo == static_cast<std::uint32_t>(control::kKillAll))
            return true;
        const bool isSent = signal.ssi_code <= 0; // by a process
        const auto all = below(getpid());
        const bool isOurs = std::ranges::any_of(
            all, [&](const Process& one) { return one.pid == static_cast<pid_t>(signal.ssi_pid); });
        if (signal.ssi_signo != SIGCHLD && isSent && !isOurs)
            kill(m_program, static_cast<int>(signal.ssi_signo));
        return false;
    }

    // False: there is nobody below any more.
    bool reap()
    {
        for (;;) {
            int status = 0;
            const pid_t dead = waitpid(-1, &status, WNOHANG);
            if (dead == m_program)
                m_status = status;
            if (dead == 0)
                return true;
            if (dead < 0 && errno != EINTR)
                return false;
        }
    }

    void tell(const Reached& reached) const
    {
        m_reports.limit(reached.which, reached.allowed, reached.pid);
        if (m_reports.heard())
            m_reports.waitForAnswer(kForTheEngine);
        else
            std::fprintf(stderr, "%s\n", sentenceOf(reached).c_str());
    }

    void killAll()
    {
        m_questions.fallSilent(); // so that nobody can start another one
        const auto end = std::chrono::steady_clock::now() + kForTheDying;
        while (reap() && std::chrono::steady_clock::now() < end) {
            for (const Process& one : below(getpid()))
                kill(one.pid, SIGKILL);
            pollfd ready {.fd = m_signals.get(), .events = POLLIN, .revents = 0};
            poll(&ready, 1, static_cast<int>(kBetweenKills.count()));
            signalfd_siginfo signal {};
            while (read(m_signals.get(), &signal, sizeof(signal)) == sizeof(signal)) { }
        }
    }

    std::string m_temporary;
    pid_t m_program;
    int m_status = -1;
    Descriptor m_parent;
    Descriptor m_signals;
    Reports m_reports;
    Rules m_rules;
    Questions m_questions;
    Watch m_watch;
};

// No thread of ours must run what belongs to a process that ends.
[[noreturn]] void endAs(int status)
{
    if (status >= 0 && WIFEXITED(status))
        _exit(WEXITSTATUS(status));
    const int signal = status >= 0 && WIFSIGNALED(status) ? WTERMSIG(status) : SIGKILL;
    const rlimit none {};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0); // nor where core files are piped to a program
    struct sigaction standard {};
    standard.sa_handler = SIG_DFL;
    sigaction(signal, &standard, nullptr);
    sigset_t mask {};
    sigemptyset(&mask);
    sigaddset(&mask, signal);
    pthread_sigmask(SIG_UNBLOCK, &mask, nullptr);
    kill(getpid(), signal);
    _exit(128 + signal); // not reached, unless the signal does not end a process
}

int fail(const std::string& sentence)
{
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return kNoProgram;
}

// What the warden holds of the program's, others would wait for: the end of its output, somebody who reads its input.
void letGoOfStreams()
{
    const Descriptor nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
    if (nothing) {
        dup2(nothing.get(), STDIN_FILENO);
        dup2(nothing.get(), STDOUT_FILENO);
    }
}

} // namespace

int run(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--keep-folder")
        return keepFolder(argv[2]);
    const pid_t parent = getppid();
    Descriptor parentsEnd(static_cast<int>(syscall(SYS_pidfd_open, parent, 0)));
    // Where there is no such descriptor: at the end of the thread that has started us, which may be too early.
    if (!parentsEnd)
        prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        return fail("Bistro's warden ends, because whoever started it is gone.");
    auto order = orderOf({argv + std::min(argc, 1), argv + argc});
    if (!order)
        return fail(order.error());
    if (own("BISTRO_WARDEN") == "1") {
        if (const auto open = openReports(*order); !open)
            return fail(open.error());
    }
    if (const auto open = openTrace(*order); !open)
        return fail(open.error());
    const sandbox::Kernel kernel = sandbox::thisKernel();
    tellWalls(*order, kernel);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigset_t heard {};
    order->start.signals = takeSignals(heard);
    Descriptor signals(signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK));
    auto started = start(order->start, order->policy, kernel);
    if (!started) {
        removeFolder(order->temporary);
        return fail(started.error());
    }
    for (const int kept : order->start.kept)
        close(kept);
    letGoOfStreams();
    // Not destroyed: threads that wait for others refer to it until the process is gone.
    auto* const thisRun = std::make_unique<Run>(
        *order, std::move(*started), Reports(std::move(order->engine)), std::move(parentsEnd), std::move(signals))
                              .release();
    endAs(thisRun->untilItEnds());
}

} // namespace bistro::warden
