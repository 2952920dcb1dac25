#include "measured.h"

#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace bistro::tests {
namespace {

void bind(int resource, rlim_t most)
{
    const rlimit limit {.rlim_cur = most, .rlim_max = most};
    setrlimit(resource, &limit);
}

double secondsOf(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

// Not vfork: the kernel would count the most that this process ever had.
Measured measured(const QStringList& command)
{
    std::vector<QByteArray> words;
    for (const QString& word : command)
        words.push_back(word.toLocal8Bit());
    std::vector<char*> arguments;
    for (QByteArray& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int told[2] {};
    if (pipe2(told, O_CLOEXEC) != 0)
        std::abort();
    const pid_t child = fork();
    if (child == 0) {
        constexpr rlim_t kSeconds = 300;
        constexpr rlim_t kBytes = rlim_t {6} << 30;
        bind(RLIMIT_CPU, kSeconds);
        bind(RLIMIT_DATA, kBytes);
        bind(RLIMIT_CORE, 0);
        dup2(told[1], STDOUT_FILENO);
        dup2(told[1], STDERR_FILENO);
        execv(arguments.front(), arguments.data());
        _exit(127);
    }
    close(told[1]);
    Measured result;
    char piece[65536];
    constexpr qsizetype kMost = 64 * 1024;
    for (ssize_t got = read(told[0], piece, sizeof piece); got > 0; got = read(told[0], piece, sizeof piece)) {
        if (result.said.size() < kMost)
            result.said.append(piece, got);
    }
    close(told[0]);
    int status = 0;
    rusage usage {};
    if (wait4(child, &status, 0, &usage) != child)
        std::abort();
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result.peak = std::int64_t {usage.ru_maxrss} * 1024;
    result.seconds = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
    return result;
}

} // namespace bistro::tests
