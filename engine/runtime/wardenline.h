// What the warden, which stands outside the sandbox, has refused the program's children, and the limits that they have
// come to: heard by a thread of its own and told in the trace.
//
// Each is a datagram, written by the warden:
//
//   refused ACCESS ERRNO PID SUBJECT      ACCESS by its word in the trace; the subject is all that is left
//   limit WHICH ALLOWED PID               WHICH likewise
//
// A PID of this process itself is told as the program's own (0). Whatever else comes is dropped. A limit is answered
// with one datagram, "told", once it is in the trace: it may be the last thing that this process does.
#pragma once

#include "trace/event.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace bistro {

struct WardenRefused {
    trace::Access access {};
    std::uint32_t error = 0; // an errno
    std::uint32_t pid = 0;
    std::string_view subject;

    bool operator==(const WardenRefused&) const = default;
};
struct WardenLimit {
    trace::RunLimit limit {};
    std::uint32_t allowed = 0;
    std::uint32_t pid = 0;

    bool operator==(const WardenLimit&) const = default;
};
using WardenWord = std::variant<WardenRefused, WardenLimit>;

// Nothing when it is no such datagram, whole.
[[nodiscard]] std::optional<WardenWord> wardenWord(std::string_view datagram);

// Hears this socket, of which it takes ownership: the process's own table of descriptors has it no more (ownthread.h).
void startWarden(int descriptor);

} // namespace bistro
