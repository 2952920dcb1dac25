#include "warden/watch.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <vector>

namespace bistro::warden {
namespace {

constexpr std::uint64_t kKiBInMiB = 1024;
constexpr std::uint64_t kBytesInKiB = 1024;
constexpr std::uint64_t kBytesInMiB = 1024 * 1024;

// The sum of the numbers behind some keys, in a file of /proc that has a key and a number in each line.
std::uint64_t sumOf(pid_t pid, const char* file, std::initializer_list<std::string_view> keys)
{
    std::uint64_t sum = 0;
    std::ifstream in("/proc/" + std::to_string(pid) + '/' + file);
    std::string word;
    while (in >> word) {
        for (const std::string_view key : keys) {
            std::uint64_t number = 0;
            if (word == key && in >> number)
                sum += number;
        }
    }
    return sum;
}

// KiB: what processes seem to have beyond what they have. To find it out takes the kernel its time.
std::uint64_t countedTwice(std::span<const Process> processes)
{
    std::uint64_t result = 0;
    for (const Process& process : processes) {
        const std::uint64_t all = sumOf(process.pid, "status", {"RssAnon:", "RssShmem:", "VmSwap:"});
        const std::uint64_t part = sumOf(process.pid, "smaps_rollup", {"Pss_Anon:", "Pss_Shmem:", "SwapPss:"});
        if (part > 0 && part < all)
            result += all - part;
    }
    return result;
}

// From how much on the growth of files is worth adding up. What lies in memory counts beside what processes have there.
Grown matters(const sandbox::Limits& limits)
{
    constexpr std::uint64_t kShare = 4;
    Grown result {.onDisk = limits.written * kBytesInMiB, .inMemory = limits.memory * kBytesInMiB / kShare};
    if (limits.written != 0 && (limits.memory == 0 || result.onDisk < result.inMemory))
        result.inMemory = result.onDisk;
    return result;
}

} // namespace

Watch::Watch(const sandbox::Policy& policy, pid_t top, pid_t program, const std::atomic<std::uint64_t>& reserved)
    : m_limits(policy.limits)
    , m_top(top)
    , m_program(program)
    , m_start(std::chrono::steady_clock::now())
    , m_growth(policy.places, top)
    , m_sockets(top)
    , m_reserved(reserved)
{
}

std::optional<Reached> Watch::look()
{
    if (m_limits.seconds != 0 && std::chrono::steady_clock::now() - m_start >= std::chrono::seconds(m_limits.seconds))
        return Reached {.which = "time", .allowed = m_limits.seconds, .pid = m_program};
    if (m_limits.memory == 0 && m_limits.written == 0)
        return {};
    std::uint64_t memory = 0; // KiB
    std::uint64_t shared = 0; // of that
    std::uint64_t most = 0;
    pid_t largest = m_program;
    // What the dead have written, their parents' account has, and the warden's that of orphans; it writes nothing.
    std::uint64_t written = sumOf(m_top, "io", {"write_bytes:"});
    const std::vector<Process> processes = below(m_top);
    for (const Process& process : processes) {
        // Pages of files are the system's: it takes them back when it needs memory.
        const std::uint64_t own = sumOf(process.pid, "status", {"RssAnon:", "RssShmem:", "VmSwap:"});
        memory += own;
        shared += sumOf(process.pid, "status", {"RssShmem:"});
        if (own > most) {
            most = own;
            largest = process.pid;
        }
        written += sumOf(process.pid, "io", {"write_bytes:"});
    }
    if (m_limits.memory != 0)
        memory += std::max(m_shared.look(processes) / kBytesInKiB, shared) - shared;
    const Grown grown = m_growth.look(matters(m_limits));
    memory += (grown.inMemory + (m_limits.memory != 0 ? m_sockets.look() : 0)) / kBytesInKiB;
    written = std::max(written + m_reserved, grown.onDisk) + grown.inMemory;
    // Those that have forked share pages, which each of them seems to have.
    if (m_limits.memory != 0 && memory > m_limits.memory * kKiBInMiB
        && memory > m_limits.memory * kKiBInMiB + countedTwice(processes))
        return Reached {.which = "memory", .allowed = m_limits.memory, .pid = largest};
    return m_limits.written != 0 ? lookAtFiles(written, processes) : std::nullopt;
}

std::optional<Reached> Watch::lookAtFiles(std::uint64_t written, std::span<const Process> processes)
{
    constexpr std::uint64_t kShare = 8;
    constexpr std::uint64_t kLeast = 64 * kBytesInMiB; // what others write may count, too
    const std::uint64_t most = m_limits.written * kBytesInMiB;
    if (written <= most && !m_writtenWhenFull)
        return {};
    // Each time: one that was started meanwhile may have been looked at too early.
    constexpr rlimit kNothing {};
    for (const Process& process : processes)
        prlimit(process.pid, RLIMIT_FSIZE, &kNothing, nullptr);
    if (!m_writtenWhenFull) {
        m_writtenWhenFull = written;
        return Reached {.which = "files", .allowed = m_limits.written, .pid = m_program, .ends = false};
    }
    if (written > *m_writtenWhenFull + std::max(most / kShare, kLeast))
        return Reached {.which = "files", .allowed = m_limits.written, .pid = m_program};
    return {};
}

std::string sentenceOf(const Reached& reached)
{
    const std::string allowed = std::to_string(reached.allowed);
    if (reached.which == "memory")
        return "Bistro stopped the program because it used more than " + allowed + " MiB of memory.";
    if (reached.which == "files" && !reached.ends)
        return "Bistro lets the program write no more, because it wrote more than " + allowed + " MiB to disk.";
    if (reached.which == "files")
        return "Bistro stopped the program because it wrote more than " + allowed + " MiB to disk.";
    return "Bistro stopped the program because it ran for longer than " + allowed + " s.";
}

} // namespace bistro::warden
