// The limits that the kernel has none for, watched from outside: what all processes of the run have in memory, what
// they have written, how long they have run. Of the warden's main thread.
#pragma once

#include "sandbox/policy.h"
#include "warden/growth.h"
#include "warden/socketmemory.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>

namespace bistro::warden {

inline constexpr std::chrono::milliseconds kLook {100}; // so often

// A limit that was reached: the run ends.
struct Reached {
    std::string which; // a word of the trace: memory, files, time
    std::uint64_t allowed = 0; // as the policy has it: MiB, seconds
    pid_t pid = 0; // who uses most of it
};

class Watch final {
public:
    // `reserved`: bytes that files were given without being written; another thread counts them.
    Watch(const sandbox::Policy& policy, pid_t top, pid_t program, const std::atomic<std::uint64_t>& reserved);

    [[nodiscard]] std::optional<Reached> look();

private:
    sandbox::Limits m_limits;
    pid_t m_top;
    pid_t m_program;
    std::chrono::steady_clock::time_point m_start;
    Growth m_growth;
    SocketMemory m_sockets;
    const std::atomic<std::uint64_t>& m_reserved;
};

// In words, for who has no engine to tell: at most 20.
[[nodiscard]] std::string sentenceOf(const Reached& reached);

} // namespace bistro::warden
