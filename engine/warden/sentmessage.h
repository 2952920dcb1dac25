// What sendto, sendmsg and sendmmsg are to send, copied from the program's memory. Any thread; errors are numbers
// (errno).
#pragma once

#include "warden/reach.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <sys/socket.h>
#include <vector>

namespace bistro::warden {

inline constexpr std::size_t kMostPieces = 1024; // IOV_MAX, and UIO_MAXIOV for sendmmsg

// What sendto and sendmsg ask for: where to, copied, and where in the program's memory the rest is.
struct Wanted {
    std::optional<Address> to;
    std::vector<iovec> pieces;
    std::uint64_t control = 0;
    std::size_t controlLength = 0;
};

// A message, copied: its bytes, where to, and duplicates of the descriptors that it hands over.
struct Message {
    std::optional<Address> to;
    Descriptor file; // what `to` names, kept open
    std::vector<std::byte> bytes;
    std::vector<Descriptor> handed;
    std::vector<std::byte> control;
    std::vector<iovec> rest; // of a stream: what was too much for one piece
};

// By the address of a msghdr.
[[nodiscard]] std::expected<Wanted, int> wantedByMessage(const Target& target, std::uint64_t address);
// Appends to the message's bytes; of a stream, what is too much for one piece is its rest.
[[nodiscard]] std::expected<void, int> copyBytes(
    const Target& target, const Socket& socket, std::span<const iovec> pieces, Message& message);
[[nodiscard]] std::expected<void, int> copyControl(
    const Target& target, const Socket& socket, const Wanted& wanted, Message& message);

} // namespace bistro::warden
