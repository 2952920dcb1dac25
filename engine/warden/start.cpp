#include "warden/start.h"

#include "sandbox/kernel.h"
#include "sandbox/walls.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <optional>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace bistro::warden {
namespace {

// What the child says on its way to the program. At exec its end closes: then all went well.
struct Word {
    enum class About : int { Walls, Listener, Exec, Parent } about = About::Walls;
    int number = 0; // of the descriptor, else errno
};

std::string message(int error)
{
    return std::generic_category().message(error);
}

void closeAtExec(const std::vector<int>& kept)
{
    if (syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) != 0) { // before Linux 5.11
        rlimit files {};
        getrlimit(RLIMIT_NOFILE, &files);
        for (int number = 3; number < static_cast<int>(std::min<rlim_t>(files.rlim_cur, 1U << 20U)); ++number)
            fcntl(number, F_SETFD, FD_CLOEXEC);
    }
    for (const int number : kept)
        fcntl(number, F_SETFD, 0);
}

[[noreturn]] void fail(int line, Word::About about, int error)
{
    const Word word {.about = about, .number = error};
    static_cast<void>(write(line, &word, sizeof(word)));
    _exit(125);
}

// The child's way. What needs memory is made before.
[[noreturn]] void become(const Start& start, const sandbox::Walls& walls, int line, pid_t warden,
    char* const* arguments, char* const* environment)
{
    if (start.ownGroup || start.group > 0)
        setpgid(0, start.ownGroup ? 0 : start.group);
    // Should the warden be killed, nobody would answer or watch.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != warden)
        fail(line, Word::About::Parent, ESRCH);
    closeAtExec(start.kept);
    const auto listener = walls.putUp();
    if (!listener)
        fail(line, Word::About::Walls, listener.error());
    if (*listener >= 0) {
        const Word word {.about = Word::About::Listener, .number = *listener};
        char taken = 0;
        if (write(line, &word, sizeof(word)) != sizeof(word) || read(line, &taken, 1) != 1)
            _exit(125);
    }
    for (const auto& [number, disposition] : start.signals.dispositions)
        sigaction(number, &disposition, nullptr);
    sigprocmask(SIG_SETMASK, &start.signals.mask, nullptr);
    execve(start.program.c_str(), arguments, environment);
    fail(line, Word::About::Exec, errno);
}

std::vector<char*> pointersTo(const std::vector<std::string>& texts)
{
    std::vector<char*> result;
    for (const std::string& text : texts)
        result.push_back(const_cast<char*>(text.c_str()));
    result.push_back(nullptr);
    return result;
}

// Nothing at the line's end.
std::optional<Word> hear(int line)
{
    Word word;
    ssize_t got = 0;
    do
        got = read(line, &word, sizeof(word));
    while (got < 0 && errno == EINTR);
    return got == sizeof(word) ? std::optional(word) : std::nullopt;
}

// The child cannot send it: to send is asked about, and nobody hears yet.
Descriptor takeFrom(pid_t child, int number)
{
    const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
    return Descriptor(static_cast<int>(syscall(SYS_pidfd_getfd, process.get(), number, 0)));
}

std::string sentenceOf(const Word& word, const std::string& program)
{
    switch (word.about) {
    case Word::About::Walls: return "Bistro can't put up the walls around the program: " + message(word.number) + '.';
    case Word::About::Exec: return "Bistro can't start " + program + ": " + message(word.number) + '.';
    case Word::About::Listener: return "Bistro can't hear what the program asks: " + message(word.number) + '.';
    case Word::About::Parent: break;
    }
    return "Bistro can't start the program, because it is ending itself.";
}

} // namespace

std::expected<Started, std::string> start(
    const Start& start, const sandbox::Policy& policy, const sandbox::Kernel& kernel)
{
    const auto walls = sandbox::Walls::prepare(policy, kernel);
    if (!walls)
        return std::unexpected(walls.error());
    int ends[2] {};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return std::unexpected("Bistro can't start the program: " + message(errno) + '.');
    const Descriptor ours(ends[0]);
    Descriptor theirs(ends[1]);
    const std::vector<char*> arguments = pointersTo(start.arguments);
    const std::vector<char*> environment = pointersTo(start.environment);
    const pid_t warden = getpid();
    const pid_t child = fork();
    if (child < 0)
        return std::unexpected("Bistro can't start the program: " + message(errno) + '.');
    if (child == 0)
        become(start, *walls, theirs.get(), warden, arguments.data(), environment.data());
    theirs = {};
    Started result {.pid = child};
    std::optional<Word> word = hear(ours.get());
    if (word && word->about == Word::About::Listener) {
        result.listener = takeFrom(child, word->number);
        if (result.listener) {
            static_cast<void>(write(ours.get(), "", 1));
            word = hear(ours.get());
        } else {
            word->number = errno;
        }
    }
    if (word) {
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        return std::unexpected(sentenceOf(*word, start.program));
    }
    return result;
}

} // namespace bistro::warden
