// What the sockets of the run hold in the kernel's memory: bytes that were sent and that nobody has read. They belong
// to no process. Of the warden's main thread.
//
// The kernel tells cheaply what all sockets of this computer hold, and how many there are. Only when that has grown by
// much it is asked for each of them (sock_diag(7)), and who has it open.
#pragma once

#include <chrono>
#include <cstdint>
#include <sys/types.h>

namespace bistro::warden {

class SocketMemory final {
public:
    // Of the processes below `top`, from now on.
    explicit SocketMemory(pid_t top);

    // Bytes; 0 while it can't be much. Connections that are closed, or not accepted yet, count where they are those of
    // a port at which the run listens. Not those that are on their way to another process.
    [[nodiscard]] std::uint64_t look();

private:
    struct All {
        std::uint64_t bytes = 0; // of TCP and UDP
        std::uint64_t sockets = 0; // of all families
    };
    static All ofEverybody();
    [[nodiscard]] std::uint64_t addUp() const;

    pid_t m_top;
    All m_least; // since the start
    std::uint64_t m_bytes = 0;
    std::chrono::steady_clock::time_point m_next;
};

} // namespace bistro::warden
