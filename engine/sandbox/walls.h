// The walls around a process, put up by itself, for itself and for whatever it starts, before it becomes the program.
// They cannot be taken down. Four layers:
//
//   limits     setrlimit: memory, size of files, open files, no core file
//   root       loses what would take walls down: raising limits, tracing, mounts, network settings
//   Landlock   files and folders by the policy's places; signals and abstract sockets stay within (ABI 6)
//   seccomp    system calls that no lesson needs fail at once; those that must be looked at (kAsked) ask the warden
#pragma once

#include "sandbox/kernel.h"
#include "sandbox/policy.h"

#include <expected>
#include <span>
#include <string>

namespace bistro::sandbox {

// System calls (numbers of x86-64) whose arguments another process has to look at: of the network, of other processes,
// and those that change a file without opening it, which Landlock does not know.
[[nodiscard]] std::span<const int> askedCalls();

// Between fork and exec, in a process of one thread: makes no allocation after prepare().
class Walls final {
public:
    // Opens what the rules name. In the parent, or before. The error is a sentence.
    [[nodiscard]] static std::expected<Walls, std::string> prepare(const Policy& policy, const Kernel& kernel);
    Walls(Walls&& other) noexcept;
    Walls& operator=(Walls&&) = delete;
    ~Walls();

    // In the process itself. The descriptor by which the kernel asks (closed by exec; -1 when this kernel cannot ask:
    // then what would be asked is refused). The process cannot send it: its own sendmsg would be asked about. It writes
    // the number, and who answers takes the descriptor over (pidfd_getfd). The error is a number (errno), and nothing
    // may be run.
    [[nodiscard]] std::expected<int, int> putUp() const;

private:
    Walls() = default;
    struct Parts;
    Parts* m = nullptr;
};

} // namespace bistro::sandbox
