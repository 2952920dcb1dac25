#include "warden/questions.h"

#include "warden/descendants.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <functional>
#include <linux/ioprio.h>
#include <sched.h>
#include <string>
#include <sys/resource.h>
#include <sys/syscall.h>

namespace bistro::warden {
namespace {

// For as long a process that was let go on is counted, in milliseconds, if it cannot be seen yet.
constexpr std::int64_t kOnTheWay = 50;

std::int64_t now()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

Answer goOn()
{
    return {.goOn = true};
}

int threadsBelow(pid_t top)
{
    int count = 0;
    for (const Process& process : below(top))
        count += threadsOf(process.pid);
    return count;
}

// By the last count and what was let go on since, so that a thread costs little; those that have ended are found out
// when it matters.
Answer askedForAThread(Rules& rules, const Target& target)
{
    if (rules.limits.processes == 0)
        return goOn();
    const auto most = static_cast<int>(threadsFor(rules.limits));
    if (rules.threads >= most)
        rules.threads = threadsBelow(rules.top);
    if (rules.threads >= most) {
        rules.reports.limit("workers", static_cast<std::uint64_t>(most), target.process());
        return failed(EAGAIN);
    }
    ++rules.threads;
    return goOn();
}

Answer askedToFork(Rules& rules, const Target& target)
{
    if (target.call() == SYS_clone && (target.argument(0) & CLONE_THREAD) != 0)
        return askedForAThread(rules, target);
    // Who asks again has come back from its last one, whose child can be seen.
    rules.forking.erase(target.thread());
    std::erase_if(rules.forking, [at = now()](const auto& one) { return at - one.second > kOnTheWay; });
    if (rules.limits.processes != 0) {
        const auto all = below(rules.top);
        const auto others = std::ranges::count_if(all, [&](const Process& one) { return one.pid != rules.program; });
        if (static_cast<std::size_t>(others) + rules.forking.size() >= rules.limits.processes) {
            rules.reports.limit("processes", rules.limits.processes, target.process());
            return failed(EAGAIN);
        }
    }
    rules.forking.emplace(target.thread(), now());
    ++rules.threads;
    return goOn();
}

Answer refusedSignal(const Rules& rules, const Target& target, pid_t pid)
{
    return rules.refused(target, "signal", EPERM, std::to_string(pid));
}

// What reaches a process, or one of its threads, by a number that stands in a register.
Answer askedAbout(const Rules& rules, const Target& target, pid_t pid, bool zeroIsItself)
{
    if (zeroIsItself && pid == 0)
        return goOn();
    if (pid <= 0)
        return failed(pid == 0 ? ESRCH : EINVAL);
    if (pid == target.thread() || rules.isOwn(pid))
        return goOn();
    // That there is no such process anybody may know.
    if (kill(pid, 0) != 0 && errno == ESRCH)
        return failed(ESRCH);
    return refusedSignal(rules, target, pid);
}

// Several at once: only those of the run are meant. The kernel would take others of the same group along, as the shell
// that has started the application.
Answer signalEach(const Rules& rules, const Target& target, const std::function<bool(const Process&)>& meant)
{
    const int signal = target.number(1);
    int error = ESRCH;
    bool itself = false;
    for (const Process& one : below(rules.top)) {
        if (!meant(one))
            continue;
        if (one.pid == target.process()) {
            itself = true;
            continue;
        }
        if (kill(one.pid, signal) == 0)
            error = 0;
        else if (error != 0)
            error = errno;
    }
    // At last: it may be its end.
    if (itself)
        error = kill(target.process(), signal) == 0 ? 0 : errno;
    return error == 0 ? Answer {} : failed(error);
}

Answer askedToKill(const Rules& rules, const Target& target)
{
    const pid_t pid = target.number(0);
    if (pid > 0)
        return askedAbout(rules, target, pid, false);
    if (pid == -1)
        return signalEach(rules, target, [&](const Process& one) { return one.pid != target.process(); });
    if (pid == INT_MIN)
        return failed(ESRCH); // as kill(2)
    pid_t group = -pid;
    if (pid == 0) {
        const auto caller = processNamed(target.process());
        if (!caller)
            return failed(ESRCH);
        group = caller->group;
    }
    Answer answer = signalEach(rules, target, [group](const Process& one) { return one.group == group; });
    if (answer.error == ESRCH && kill(-group, 0) == 0)
        return refusedSignal(rules, target, pid);
    return answer;
}

// Of one process only; which ones are in a group, or are a user's, is not the program's to say.
Answer askedForWhom(const Rules& rules, const Target& target, int oneProcess)
{
    if (target.number(0) == oneProcess)
        return askedAbout(rules, target, target.number(1), true);
    return refusedSignal(rules, target, target.number(1));
}

} // namespace

std::optional<Answer> answerOfProcesses(Rules& rules, const Target& target)
{
    switch (target.call()) {
    case SYS_clone:
    case SYS_fork:
    case SYS_vfork: return askedToFork(rules, target);
    case SYS_kill: return askedToKill(rules, target);
    case SYS_tkill:
    case SYS_rt_sigqueueinfo: return askedAbout(rules, target, target.number(0), false);
    case SYS_tgkill:
    case SYS_rt_tgsigqueueinfo: return askedAbout(rules, target, target.number(1), false);
    case SYS_sched_setparam:
    case SYS_sched_setscheduler:
    case SYS_sched_setaffinity:
    case SYS_sched_setattr:
    case SYS_prlimit64: return askedAbout(rules, target, target.number(0), true);
    case SYS_setpriority: return askedForWhom(rules, target, PRIO_PROCESS);
    case SYS_ioprio_set: return askedForWhom(rules, target, IOPRIO_WHO_PROCESS);
    default: return {};
    }
}

} // namespace bistro::warden
