#include "warden/ending.h"

#include "warden/descendants.h"
#include "warden/descriptor.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bistro::warden {
namespace {

constexpr std::chrono::seconds kForTheDying {10}; // one may be in the kernel, with a disk that does not answer
constexpr std::chrono::milliseconds kBetweenKills {5};

} // namespace

bool reap(const Ended& ended)
{
    for (;;) {
        int status = 0;
        const pid_t dead = waitpid(-1, &status, WNOHANG);
        if (dead > 0)
            ended(dead, status);
        if (dead == 0)
            return true;
        if (dead < 0 && errno != EINTR)
            return false;
    }
}

void endAllBelow(int signals, const Ended& ended)
{
    const auto end = std::chrono::steady_clock::now() + kForTheDying;
    while (reap(ended) && std::chrono::steady_clock::now() < end) {
        for (const Process& one : below(getpid()))
            kill(one.pid, SIGKILL);
        pollfd ready {.fd = signals, .events = POLLIN, .revents = 0};
        poll(&ready, 1, static_cast<int>(kBetweenKills.count()));
        signalfd_siginfo signal {};
        while (read(signals, &signal, sizeof(signal)) == sizeof(signal)) { }
    }
}

void endAs(int status)
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

void letGoOfStreams()
{
    const Descriptor nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
    if (nothing) {
        dup2(nothing.get(), STDIN_FILENO);
        dup2(nothing.get(), STDOUT_FILENO);
    }
}

} // namespace bistro::warden
