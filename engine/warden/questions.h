// Who answers when the kernel asks what a thread of the program may do (seccomp's user notification). No answer depends
// on memory that the program can change between the look and the act: what has an argument there, the warden carries
// out itself, with its own copy of the argument and on its own duplicate of the descriptor. Only calls whose arguments
// are all in registers go on by themselves. One source a family of calls: networkquestions, sendquestions,
// filequestions, processquestions.
#pragma once

#include "sandbox/policy.h"
#include "warden/hosts.h"
#include "warden/places.h"
#include "warden/reports.h"
#include "warden/sockets.h"
#include "warden/target.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <sys/types.h>

namespace bistro::warden {

struct Answer {
    std::int64_t value = 0; // what the call returns, if error is 0
    int error = 0; // errno
    bool goOn = false; // the kernel does the call as if nobody had asked
    // May wait for others, so it is done in a thread of its own, and its result is the answer.
    std::function<Answer()> later;
};

[[nodiscard]] inline Answer failed(int error)
{
    return {.error = error};
}
// Of a system call: -1 is failed(errno).
[[nodiscard]] Answer resultOf(std::int64_t result);

// What the answers depend on. Lives as long as the process: threads that wait for others refer to it.
class Rules final {
public:
    // `top` is the warden's own process id, `program` that of the one that it has started.
    Rules(const sandbox::Policy& policy, pid_t top, pid_t program, const Reports& reports);

    // Tells the engine, but not of the program itself: that hears by the error, and knows its line.
    Answer refused(const Target& by, const char* access, int error, const std::string& subject) const;
    // A number of a process, or of a thread, that the program has to do with.
    [[nodiscard]] bool isOwn(pid_t pid) const;

    const sandbox::Limits limits;
    const Places places;
    // Rules of Landlock for a thread that makes the file of a socket; none where the kernel has no Landlock.
    const Descriptor socketRules;
    const pid_t top;
    const pid_t program;
    const Reports& reports;
    Hosts hosts;
    Sockets sockets;
    // Bytes that files were given room for without being written (fallocate).
    std::atomic<std::uint64_t> reserved = 0;
    std::atomic<std::uint64_t> toReserve = 0; // that are on their way
    std::atomic<bool> full = false; // so much has been written that nothing more may be
    // Threads that have been told to go on with a fork, and when (steady, milliseconds): their children may not be
    // there yet. Of the answering thread.
    std::map<pid_t, std::int64_t> forking;
    int threads
        = 1; // of all processes, at most: those that have ended since they were counted are among them. Likewise
};

// That a run may have at one time. A process of Node's has some eleven.
[[nodiscard]] constexpr std::uint32_t threadsFor(const sandbox::Limits& limits)
{
    constexpr std::uint32_t kEach = 16;
    constexpr std::uint32_t kLeast = 256;
    return std::max(kLeast, kEach * limits.processes);
}

// Nothing: not a call of that family.
[[nodiscard]] std::optional<Answer> answerOfNetwork(Rules& rules, const Target& target);
[[nodiscard]] std::optional<Answer> answerOfSending(Rules& rules, const Target& target); // of the network's
[[nodiscard]] std::optional<Answer> answerOfFiles(Rules& rules, const Target& target);
[[nodiscard]] std::optional<Answer> answerOfProcesses(Rules& rules, const Target& target);
// ENOSYS when no family knows it.
[[nodiscard]] Answer answerOf(Rules& rules, const Target& target);

class Questions final {
public:
    Questions(Descriptor listener, Rules& rules);

    // Answers, until there is nobody who could ask. In a thread of its own: an answer must not keep the watch waiting.
    void answerAll();
    // From now on nobody has an answer: whoever asks waits for its death. Any thread.
    void fallSilent() { m_silent = true; }

private:
    void answer(const Target& target);
    void send(const Target& target, const Answer& answer) const;

    Descriptor m_listener;
    Rules& m_rules;
    std::atomic<bool> m_silent = false;
    std::atomic<int> m_waiting = 0; // threads that wait for others
};

} // namespace bistro::warden
