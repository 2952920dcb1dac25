// A thread of the program that the kernel holds in a system call until the warden has answered. Its memory can be
// changed by its other threads at any moment: each thing is read once, into a copy, and the copy is what is looked at
// and acted on. A value; any thread. Errors are numbers (errno).
#pragma once

#include "warden/descriptor.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <sys/types.h>
#include <type_traits>
#include <vector>

struct seccomp_notif;

namespace bistro::warden {

class Target final {
public:
    Target(int listener, const seccomp_notif& question);

    [[nodiscard]] int call() const { return m_call; }
    [[nodiscard]] std::uint64_t argument(std::size_t index) const { return m_arguments.at(index); }
    // As the kernel takes an argument that is an int: its upper half means nothing.
    [[nodiscard]] int number(std::size_t index) const { return static_cast<int>(argument(index)); }
    [[nodiscard]] std::uint64_t id() const { return m_id; }
    [[nodiscard]] pid_t thread() const { return m_thread; }
    [[nodiscard]] pid_t process() const { return m_process; } // 0: it is gone

    // Whether it still waits for the answer: asked after each look, because its number may be another's by then.
    [[nodiscard]] bool waits() const;

    // Its memory. EFAULT where it has none.
    [[nodiscard]] std::expected<void, int> read(std::uint64_t address, std::span<std::byte> to) const;
    [[nodiscard]] std::expected<void, int> write(std::uint64_t address, std::span<const std::byte> bytes) const;
    template <typename T>
    [[nodiscard]] std::expected<T, int> value(std::uint64_t address) const
    {
        static_assert(std::is_trivially_copyable_v<T>);
        T result {};
        if (const auto done = read(address, std::as_writable_bytes(std::span(&result, 1))); !done)
            return std::unexpected(done.error());
        return result;
    }
    // A text that ends with a NUL. ENAMETOOLONG when none is among the first `most` bytes.
    [[nodiscard]] std::expected<std::string, int> text(std::uint64_t address, std::size_t most = 4096) const;

    // A duplicate of one of its descriptors.
    [[nodiscard]] std::expected<Descriptor, int> descriptor(int number) const;
    // What a path means to it, opened so that it can be looked at and named (O_PATH), and no more. `folder` is a
    // descriptor of its own or AT_FDCWD; `follow`: a symbolic link at the end is followed.
    [[nodiscard]] std::expected<Descriptor, int> file(int folder, const std::string& path, bool follow) const;

    // What it takes off the modes of the files that it makes (umask).
    [[nodiscard]] mode_t fileMask() const;

private:
    int m_listener;
    std::uint64_t m_id;
    pid_t m_thread;
    pid_t m_process = 0;
    int m_call;
    std::array<std::uint64_t, 6> m_arguments {};
};

// Where an open file lies now: an absolute path, or what the kernel calls a thing that lies nowhere ("pipe:[7]").
[[nodiscard]] std::string placeOf(const Descriptor& file);
// By this name the very file that is open is reached, whatever has been put at its path since.
[[nodiscard]] std::string nameOf(const Descriptor& file);

} // namespace bistro::warden
