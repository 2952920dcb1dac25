#include "warden/guard.h"

#include "control/messages.h"
#include "warden/ending.h"
#include "warden/signals.h"
#include "warden/temporary.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace bistro::warden {
namespace {

// A descriptor that the guard holds of the program's is one whose end others wait for.
void closeAllBut(int one, int other)
{
    const auto [first, second] = std::minmax(one, other);
    const auto close = [](int from, int to) {
        if (from > to || syscall(SYS_close_range, from, to, 0) == 0)
            return;
        for (int number = from; number <= to; ++number) // before Linux 5.9
            ::close(number);
    };
    rlimit files {};
    getrlimit(RLIMIT_NOFILE, &files);
    const int last = static_cast<int>(std::min<rlim_t>(files.rlim_cur, 1U << 20U));
    close(STDERR_FILENO + 1, first - 1);
    close(std::max(first, STDERR_FILENO) + 1, second - 1);
    close(std::max(second, STDERR_FILENO) + 1, last);
}

// One that is stopped hears nothing before it goes on.
void endAllOf(pid_t warden)
{
    kill(warden, control::kKillAll);
    kill(warden, SIGCONT);
}

[[noreturn]] void guard(pid_t warden, Descriptor parentsEnd, const std::string& temporary)
{
    const Descriptor signals = heardSignals();
    closeAllBut(parentsEnd.get(), signals.get());
    letGoOfStreams();
    int status = -1;
    const Ended ended = [&](pid_t process, int how) {
        if (process == warden)
            status = how;
    };
    while (status < 0 && reap(ended) && status < 0) {
        std::array<pollfd, 2> ready {{{.fd = signals.get(), .events = POLLIN, .revents = 0},
            {.fd = parentsEnd.get(), .events = POLLIN, .revents = 0}}};
        poll(ready.data(), ready.size(), -1);
        if (ready[1].revents != 0) {
            endAllOf(warden);
            parentsEnd = {}; // told once
        }
        signalfd_siginfo signal {};
        while (read(signals.get(), &signal, sizeof(signal)) == sizeof(signal)) {
            if (signal.ssi_signo == static_cast<std::uint32_t>(control::kKillAll))
                endAllOf(warden);
            else
                passOn(signal, warden);
        }
    }
    endAllBelow(signals.get(), ended);
    removeFolder(temporary);
    endAs(status);
}

Descriptor endOf(pid_t process)
{
    return aboveStreams(Descriptor(static_cast<int>(syscall(SYS_pidfd_open, process, 0))));
}

} // namespace

std::expected<Descriptor, std::string> beGuarded(Descriptor parentsEnd, const std::string& temporary)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t itself = getpid();
    const pid_t warden = fork();
    if (warden < 0)
        return std::unexpected("Bistro's warden can't start: " + std::generic_category().message(errno) + '.');
    if (warden > 0)
        guard(warden, std::move(parentsEnd), temporary);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_PDEATHSIG, control::kKillAll);
    if (getppid() != itself)
        _exit(0); // nobody wants it any more
    return endOf(itself);
}

} // namespace bistro::warden
