// Starts a process that cannot outlive us. Small on purpose: `bistro run` must add next to nothing to the engine's
// start.
#pragma once

#include <array>
#include <csignal>
#include <expected>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace bistro::app {

// A file descriptor that is closed with its owner.
class Descriptor final {
public:
    Descriptor() = default;
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    Descriptor(Descriptor&& other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Descriptor() { reset(); }

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] explicit operator bool() const { return m_fd >= 0; }
    void reset();

private:
    int m_fd = -1;
};

struct Spawn {
    std::filesystem::path program;
    std::vector<std::string> arguments; // with argv[0]
    std::vector<std::string> environment; // NAME=value
    std::filesystem::path directory; // empty: ours
    std::array<int, 3> standard {-1, -1, -1}; // -1: ours
    int kept = -1; // one more descriptor that stays open in the child, under its number
    std::vector<std::pair<int, struct sigaction>> dispositions; // of signals, that the child gets
    sigset_t mask {}; // blocked in the child
    int deathSignal = SIGKILL; // that the child gets when the calling thread ends
    bool ownSession = false; // without our terminal, and in a process group of its own
};

// Returns once the program runs. The child gets its signal when the calling thread ends. The error is a sentence.
[[nodiscard]] std::expected<pid_t, std::string> spawn(const Spawn& what);

// Our environment without Bistro's own variables, and with these, which replace ours of the same names.
[[nodiscard]] std::vector<std::string> environmentWith(std::vector<std::string> added);

// The same of another environment than ours, given as NAME=value.
[[nodiscard]] std::vector<std::string> environmentFrom(
    const std::vector<std::string>& variables, std::vector<std::string> added);

// Who starts an engine within walls, or stock node: of the same installation as the engine.
[[nodiscard]] std::filesystem::path wardenBeside(const std::filesystem::path& engine);

// The engine, beside our own executable or in ../libexec/bistro. The error is a sentence.
[[nodiscard]] std::expected<std::filesystem::path, std::string> findEngine();

// How a process ended.
struct Exit {
    int code = 0; // when no signal
    int signal = 0;

    [[nodiscard]] static Exit fromStatus(int status);
    bool operator==(const Exit&) const = default;
};

// Waits for the process, however often signals interrupt.
[[nodiscard]] Exit waitFor(pid_t pid);

} // namespace bistro::app
