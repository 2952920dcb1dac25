#include "warden/questions.h"

#include "sandbox/landlock.h"
#include "warden/descendants.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <linux/seccomp.h>
#include <memory>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace bistro::warden {
namespace {

constexpr int kMostWaiting = 1'000; // a program with more threads that wait for the network has an error

// A newer kernel's may be longer than what we know.
std::vector<std::byte> roomForAQuestion()
{
    seccomp_notif_sizes sizes {};
    syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes);
    return std::vector<std::byte>(std::max<std::size_t>(sizes.seccomp_notif, sizeof(seccomp_notif)));
}

} // namespace

Answer resultOf(std::int64_t result)
{
    return result < 0 ? failed(errno) : Answer {.value = result};
}

namespace {

Descriptor socketRulesOf(const sandbox::Policy& policy)
{
    const int abi = sandbox::landlockAbi();
    return Descriptor(abi > 0 ? sandbox::landlockRulesOfSockets(policy.places, abi).value_or(-1) : -1);
}

} // namespace

Rules::Rules(const sandbox::Policy& policy, pid_t topOfAll, pid_t programOfIt, const Reports& itsReports)
    : limits(policy.limits)
    , places(policy.places)
    , socketRules(socketRulesOf(policy))
    , top(topOfAll)
    , program(programOfIt)
    , reports(itsReports)
    , hosts(policy.hosts, policy.internet)
{
}

Answer Rules::refused(const Target& by, const char* access, int error, const std::string& subject) const
{
    if (by.process() != program)
        reports.refused(access, error, by.process(), subject);
    return failed(error);
}

bool Rules::isOwn(pid_t pid) const
{
    return isBelow(pid, top);
}

Answer answerOf(Rules& rules, const Target& target)
{
    if (auto answer = answerOfNetwork(rules, target))
        return std::move(*answer);
    if (auto answer = answerOfFiles(rules, target))
        return std::move(*answer);
    if (auto answer = answerOfProcesses(rules, target))
        return std::move(*answer);
    return failed(ENOSYS);
}

Questions::Questions(Descriptor listener, Rules& rules)
    : m_listener(std::move(listener))
    , m_rules(rules)
{
}

void Questions::answerAll()
{
    std::vector<std::byte> room = roomForAQuestion();
    for (;;) {
        // Not by asking alone: before Linux 6.11 that waits for ever once the last one who could ask is gone.
        pollfd ready {.fd = m_listener.get(), .events = POLLIN, .revents = 0};
        if (poll(&ready, 1, -1) < 0 && errno != EINTR)
            return;
        if ((ready.revents & POLLIN) == 0) {
            if ((ready.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
                return;
            continue;
        }
        std::ranges::fill(room, std::byte {}); // as the kernel demands
        if (ioctl(m_listener.get(), SECCOMP_IOCTL_NOTIF_RECV, room.data()) != 0) {
            if (errno == ENOENT || errno == EINTR || errno == EAGAIN)
                continue; // whoever asked is gone
            return;
        }
        answer(Target(m_listener.get(), *reinterpret_cast<const seccomp_notif*>(room.data())));
    }
}

void Questions::answer(const Target& target)
{
    if (m_silent)
        return;
    Answer answer = answerOf(m_rules, target);
    if (!answer.later) {
        send(target, answer);
        return;
    }
    if (m_waiting.fetch_add(1) >= kMostWaiting) {
        --m_waiting;
        send(target, failed(EAGAIN));
        return;
    }
    try {
        std::thread([this, target, later = std::move(answer.later)] {
            send(target, later());
            --m_waiting;
        }).detach();
    } catch (const std::system_error&) {
        --m_waiting;
        send(target, failed(EAGAIN));
    }
}

void Questions::send(const Target& target, const Answer& answer) const
{
    if (m_silent)
        return;
    seccomp_notif_resp response {.id = target.id(), .val = answer.value, .error = -answer.error, .flags = 0};
    if (answer.goOn)
        response = {.id = target.id(), .val = 0, .error = 0, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    ioctl(m_listener.get(), SECCOMP_IOCTL_NOTIF_SEND, &response); // ENOENT: nobody waits any more
}

} // namespace bistro::warden
