#include "warden/signals.h"

#include "control/messages.h"
#include "warden/descendants.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <unistd.h>

namespace bistro::warden {
namespace {

// What somebody may send to whoever has started the program, and means it.
constexpr std::array kForTheProgram {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM,
    SIGPROF, SIGXCPU, SIGXFSZ, SIGCONT, SIGTSTP, SIGWINCH, SIGIO, SIGPWR, SIGURG, SIGSTKFLT, SIGSYS, SIGTRAP, SIGABRT};

sigset_t heard()
{
    sigset_t set {};
    sigemptyset(&set);
    for (const int number : kForTheProgram)
        sigaddset(&set, number);
    for (const int number : {SIGCHLD, control::kKillAll})
        sigaddset(&set, number);
    return set;
}

} // namespace

Signals takeSignals()
{
    Signals before;
    const sigset_t set = heard();
    sigprocmask(SIG_BLOCK, &set, &before.mask);
    // The terminal's keys are for the program, which is in the same group.
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    struct sigaction inherited {};
    for (const int number : {SIGTTOU, SIGTTIN}) {
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

Descriptor heardSignals()
{
    const sigset_t set = heard();
    return aboveStreams(Descriptor(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)));
}

void passOn(const signalfd_siginfo& signal, pid_t next)
{
    const bool isOwn = signal.ssi_signo == SIGCHLD || signal.ssi_signo == static_cast<std::uint32_t>(control::kKillAll);
    const bool isSent = signal.ssi_code <= 0; // by a process
    if (isOwn || !isSent)
        return;
    const bool isOurs = std::ranges::contains(below(getpid()), static_cast<pid_t>(signal.ssi_pid), &Process::pid);
    if (!isOurs)
        kill(next, static_cast<int>(signal.ssi_signo));
}

} // namespace bistro::warden
