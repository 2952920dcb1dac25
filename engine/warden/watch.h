// The limits that the kernel has none for, watched from outside: what all processes of the run have in memory, what
// they have written, how long they have run. Of the warden's main thread.
#pragma once

#include "sandbox/policy.h"
#include "warden/descendants.h"
#include "warden/growth.h"
#include "warden/sharedmemory.h"
#include "warden/socketmemory.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <sys/types.h>

namespace bistro::warden {

inline constexpr std::chrono::milliseconds kLook {100}; // so often

// A limit that was reached.
struct Reached {
    std::string which; // a word of the trace: memory, files, time
    std::uint64_t allowed = 0; // as the policy has it: MiB, seconds
    pid_t pid = 0; // who uses most of it
    bool ends = true; // the run. Else it goes on, and nobody of it writes any more
};

class Watch final {
public:
    // `reserved`: bytes that files were given without being written; another thread counts them.
    Watch(const sandbox::Policy& policy, pid_t top, pid_t program, const std::atomic<std::uint64_t>& reserved);

    // What is written beyond its limit is refused at first, with an error that the program can catch (EFBIG), or with
    // SIGXFSZ. A mapped file and an empty one still grow: whoever goes on so is ended.
    [[nodiscard]] std::optional<Reached> look();

private:
    [[nodiscard]] std::optional<Reached> lookAtFiles(std::uint64_t written, std::span<const Process> processes);

    sandbox::Limits m_limits;
    pid_t m_top;
    pid_t m_program;
    std::chrono::steady_clock::time_point m_start;
    Growth m_growth;
    SocketMemory m_sockets;
    SharedMemory m_shared;
    const std::atomic<std::uint64_t>& m_reserved;
    std::optional<std::uint64_t> m_writtenWhenFull; // bytes
};

// In words, for who has no engine to tell: at most 20.
[[nodiscard]] std::string sentenceOf(const Reached& reached);

} // namespace bistro::warden
