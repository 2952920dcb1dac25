#include "kernel.h"

#include "filter.h"
#include "landlock.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace bistro::sandbox {
namespace {

constexpr int kWaitMilliseconds = 2'000; // for what takes a few microseconds; a busy computer has its time
constexpr int kAskedResult = 4'711;

// A newer kernel may have more to say, and writes it after what we know.
struct Question {
    seccomp_notif known;
    std::array<char, 1'024> more;
};

// As the exit of the process that tries.
enum Tried : int { Nothing = 0, Filters = 1, FiltersAndAsks = 2 };

// The process of which is asked: calls what the filter asks about, and leaves with whether it got the answer.
[[noreturn]] void call()
{
    _exit(syscall(SYS_getppid) == kAskedResult ? EXIT_SUCCESS : EXIT_FAILURE);
}

// As the warden does it: hears the question, takes a descriptor over, answers.
bool answers(int listener, pid_t process)
{
    pollfd waiting {.fd = listener, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, kWaitMilliseconds) != 1)
        return false;
    Question question {};
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &question) != 0)
        return false;
    const auto pidfd = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
    const bool taken = pidfd >= 0 && syscall(SYS_pidfd_getfd, pidfd, listener, 0) >= 0;
    if (!taken || ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &question.known.id) != 0)
        return false;
    seccomp_notif_resp answer {.id = question.known.id, .val = kAskedResult, .error = 0, .flags = 0};
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) == 0;
}

// Calls of the kernel only: other threads of the process that was forked may have held any lock.
[[noreturn]] void tryFilters()
{
    // One filter for both: who has the listener calls nothing that is asked about, its child calls one.
    std::array<sock_filter, 4> instructions {{{.code = BPF_LD | BPF_W | BPF_ABS, .jt = 0, .jf = 0, .k = 0},
        {.code = BPF_JMP | BPF_JEQ | BPF_K, .jt = 0, .jf = 1, .k = SYS_getppid},
        {.code = BPF_RET | BPF_K, .jt = 0, .jf = 0, .k = kAsk},
        {.code = BPF_RET | BPF_K, .jt = 0, .jf = 0, .k = kAllowed}}};
    const sock_fprog program {.len = instructions.size(), .filter = instructions.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        _exit(Nothing);
    const auto listener = static_cast<int>(
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
    if (listener < 0) {
        // Without its question the filter is one that any kernel with filters takes.
        instructions[2].k = kAllowed;
        _exit(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ? Filters : Nothing);
    }
    const pid_t process = fork();
    if (process == 0)
        call();
    if (process < 0)
        _exit(Filters);
    const bool answered = answers(listener, process);
    if (!answered)
        kill(process, SIGKILL);
    int status = 0;
    const bool ended = waitpid(process, &status, 0) == process;
    _exit(answered && ended && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS ? FiltersAndAsks : Filters);
}

Kernel probed()
{
    Kernel kernel {.landlock = landlockAbi()};
    const pid_t process = fork();
    if (process == 0)
        tryFilters();
    int status = 0;
    while (process > 0 && waitpid(process, &status, 0) < 0 && errno == EINTR) { }
    if (process > 0 && WIFEXITED(status)) {
        kernel.filters = WEXITSTATUS(status) != Nothing;
        kernel.asks = WEXITSTATUS(status) == FiltersAndAsks;
    }
    return kernel;
}

} // namespace

Kernel thisKernel()
{
    static const Kernel kernel = probed();
    return kernel;
}

std::vector<std::string> wallsOf(const Kernel& kernel)
{
    std::vector<std::string> walls;
    if (kernel.landlock > 0)
        walls.push_back("Landlock " + std::to_string(kernel.landlock));
    if (kernel.filters)
        walls.emplace_back("system calls");
    if (kernel.filters && kernel.asks)
        walls.emplace_back("network");
    if (kernel.landlock >= 6 || (kernel.filters && kernel.asks))
        walls.emplace_back("signals");
    return walls;
}

std::vector<std::string> missingOf(const Kernel& kernel)
{
    std::vector<std::string> missing;
    if (kernel.landlock == 0)
        missing.emplace_back("without Landlock, the program can read and change all of your files");
    if (!kernel.filters)
        missing.emplace_back(
            "without seccomp, the program can reach the network, and change files that it may only read");
    if (!kernel.filters && kernel.landlock < 6)
        missing.emplace_back("without Landlock 6, the program can end your other programs");
    if (kernel.filters && !kernel.asks)
        missing.emplace_back("without seccomp's questions, the program can use no network and start no other program");
    return missing;
}

} // namespace bistro::sandbox
