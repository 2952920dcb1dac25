#include "warden/folderkeeper.h"

#include "warden/temporary.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace bistro::warden {
namespace {

// Programs that write into it may be ending just now.
constexpr std::chrono::seconds kForOthers {10};
constexpr std::chrono::milliseconds kBetweenTries {20};

void refuseSignals()
{
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE})
        std::signal(number, SIG_IGN);
}

// Others would wait for their ends.
void holdNothingElse()
{
    syscall(SYS_close_range, 3U, ~0U, 0U);
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    close(nothing);
}

void waitForTheEnd()
{
    char byte = 0;
    ssize_t got = 0;
    do
        got = read(STDIN_FILENO, &byte, 1);
    while (got > 0 || (got < 0 && errno == EINTR));
}

} // namespace

int keepFolder(std::string pattern)
{
    refuseSignals();
    if (!mkdtemp(pattern.data()))
        return errno;
    const std::string line = pattern + '\n';
    if (write(STDOUT_FILENO, line.data(), line.size()) < 0) { } // whoever asked is gone, as standard input will say
    holdNothingElse();
    waitForTheEnd();
    const auto end = std::chrono::steady_clock::now() + kForOthers;
    for (removeFolder(pattern); access(pattern.c_str(), F_OK) == 0 && std::chrono::steady_clock::now() < end;
        removeFolder(pattern))
        std::this_thread::sleep_for(kBetweenTries);
    return 0;
}

} // namespace bistro::warden
