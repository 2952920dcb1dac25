#include "within.h"

#include "sandbox/walls.h"

#include <QDeadlineTimer>
#include <QTest>

#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <utility>
#include <vector>

namespace bistro::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 30s;
constexpr int kNoWalls = -1; // instead of a listener: without walls, or a kernel that does not ask
constexpr int kFailed = -2; // the walls could not be put up

struct Question {
    seccomp_notif known;
    std::array<char, 1'024> more; // what a newer kernel has to say
};

// A pair of descriptors that are closed with it.
struct Line {
    explicit Line(bool pipe = false)
    {
        if (pipe ? ::pipe2(ends.data(), O_CLOEXEC) != 0
                 : ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            qFatal("no descriptors left");
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line()
    {
        for (const int end : ends)
            if (end >= 0)
                ::close(end);
    }
    void close(int which) { ::close(std::exchange(ends[static_cast<std::size_t>(which)], -1)); }

    std::array<int, 2> ends {-1, -1};
};

void answer(int listener, Answering answering, Outcome& outcome)
{
    Question question {};
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &question) != 0)
        return; // who asked is gone
    outcome.asked.append(question.known.data.nr);
    seccomp_notif_resp response {.id = question.known.id,
        .val = 0,
        .error = -answering.error,
        .flags = answering.error == 0 ? std::uint32_t(SECCOMP_USER_NOTIF_FLAG_CONTINUE) : 0};
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

// Whether there was something. The pipe does not wait.
bool take(int pipe, QByteArray& output)
{
    std::array<char, 4'096> bytes {};
    const ssize_t count = ::read(pipe, bytes.data(), bytes.size());
    if (count > 0)
        output.append(bytes.data(), count);
    return count > 0;
}

[[noreturn]] void become(const sandbox::Walls* walls, int handover, int output, const std::function<int()>& body)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    const auto listener = walls ? walls->putUp() : std::expected<int, int>(kNoWalls);
    const int number = listener ? *listener : kFailed;
    char ready = 0;
    if (::write(handover, &number, sizeof number) != sizeof number || ::read(handover, &ready, 1) != 1)
        ::_exit(255);
    if (number >= 0)
        ::close(number);
    ::_exit(body());
}

} // namespace

Outcome runWithin(const std::optional<sandbox::Policy>& policy, const std::function<int()>& body, Answering answering,
    const sandbox::Kernel& kernel)
{
    std::optional<sandbox::Walls> walls;
    if (policy) {
        auto prepared = sandbox::Walls::prepare(*policy, kernel);
        if (!prepared)
            qFatal("%s", prepared.error().c_str());
        walls.emplace(std::move(*prepared));
    }
    Line handover;
    Line output(true);
    const pid_t process = ::fork();
    if (process == 0)
        become(walls ? &*walls : nullptr, handover.ends[1], output.ends[1], body);
    handover.close(1);
    output.close(1);
    ::fcntl(output.ends[0], F_SETFL, O_NONBLOCK);
    const auto pidfd = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
    int number = kFailed;
    if (::read(handover.ends[0], &number, sizeof number) != sizeof number || number == kFailed)
        qFatal("the walls could not be put up");
    const int listener = number < 0 ? -1 : static_cast<int>(::syscall(SYS_pidfd_getfd, pidfd, number, 0));
    if (number >= 0 && listener < 0)
        qFatal("the listener could not be taken over");
    if (::write(handover.ends[0], "", 1) != 1)
        qFatal("the process within has gone");

    Outcome outcome;
    const QDeadlineTimer deadline(kPatience);
    std::array<pollfd, 3> waiting {{{.fd = pidfd, .events = POLLIN, .revents = 0},
        {.fd = output.ends[0], .events = POLLIN, .revents = 0}, {.fd = listener, .events = POLLIN, .revents = 0}}};
    while (::poll(waiting.data(), waiting.size(), static_cast<int>(deadline.remainingTime())) > 0) {
        if ((waiting[2].revents & POLLIN) != 0)
            answer(listener, answering, outcome);
        else if ((waiting[2].revents & (POLLHUP | POLLERR)) != 0)
            waiting[2].fd = -1; // nobody is left who could ask
        if (waiting[1].revents != 0 && !take(output.ends[0], outcome.output))
            waiting[1].fd = -1;
        if (waiting[0].revents != 0)
            break;
    }
    if (waiting[0].revents == 0)
        ::kill(process, SIGKILL);
    int status = 0;
    ::waitpid(process, &status, 0);
    while (take(output.ends[0], outcome.output)) { }
    ::close(pidfd);
    if (listener >= 0)
        ::close(listener);
    if (WIFEXITED(status))
        outcome.code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) {
        outcome.signal = WTERMSIG(status);
        outcome.dumped = WCOREDUMP(status);
    }
    return outcome;
}

Outcome runProgramWithin(const std::optional<sandbox::Policy>& policy, const QStringList& command, Answering answering)
{
    std::vector<QByteArray> words;
    for (const QString& word : command)
        words.push_back(word.toLocal8Bit());
    std::vector<char*> arguments;
    for (QByteArray& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    return runWithin(
        policy,
        [&arguments] {
            ::execvp(arguments.front(), arguments.data());
            return errno;
        },
        answering);
}

} // namespace bistro::tests
