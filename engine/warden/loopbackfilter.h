// What keeps a socket on this computer: a filter that lets in what was sent from this computer, and nothing else: the
// address to which the program has bound it stays as it wanted. IPv4 and IPv6, TCP and UDP. Free functions; errors are
// numbers (errno).
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <linux/filter.h>
#include <span>
#include <vector>

namespace bistro::warden {

// Of IPv6, or of IPv4 as IPv6 writes it (::ffff:0:0/96), in the order of the network.
using AddressBytes = std::array<std::uint8_t, 16>;

// The instructions: lets in the loopback's, and those of `others`. At most the first 100 of these are asked for.
[[nodiscard]] std::vector<sock_filter> loopbackFilter(std::span<const AddressBytes> others);

// In place of the one that it has.
[[nodiscard]] std::expected<void, int> hearThisComputerOnly(int socket, std::span<const AddressBytes> others = {});
[[nodiscard]] std::expected<void, int> hearEverybody(int socket);

// Of a TCP socket, before it listens. Newer kernels let nobody but root give TCP a filter (EPERM). There the socket is
// bound to the loopback's interface, from which only root could take it again; who asks for another address of this
// computer is then refused, and not left without an answer.
[[nodiscard]] std::expected<void, int> listenOnThisComputerOnly(int socket);

} // namespace bistro::warden
