// Where a socket of the program may go: what the rules say of an address, which it has copied from the program. Any
// thread; errors are numbers (errno), or the answer that the program gets.
#pragma once

#include "warden/address.h"
#include "warden/descriptor.h"
#include "warden/questions.h"

#include <cstdint>
#include <expected>
#include <fcntl.h>
#include <optional>
#include <sys/socket.h>

namespace bistro::warden {

// A duplicate of one of the program's: of the internet by TCP or UDP, of Unix, or of the kernel (netlink).
struct Socket {
    Descriptor fd;
    int family = 0;
    int type = 0;
    int protocol = 0;

    [[nodiscard]] bool isInternet() const { return family == AF_INET || family == AF_INET6; }
    [[nodiscard]] bool isStream() const { return type == SOCK_STREAM; }
    [[nodiscard]] bool waits() const { return (fcntl(fd.get(), F_GETFL) & O_NONBLOCK) == 0; }
};

// By the call's first argument.
[[nodiscard]] std::expected<Socket, int> socketOf(const Target& target);
[[nodiscard]] std::expected<Address, int> addressAt(const Target& target, std::uint64_t address, int length);

// Who may be heard on a socket that is used for this computer only. TCP hears nobody before it listens, and when it is
// connected the other end alone.
[[nodiscard]] std::expected<void, int> keepPrivate(const Socket& socket);
// The same before it listens.
[[nodiscard]] std::expected<void, int> keepPrivateToListen(const Socket& socket);

// Whether it may go there; the socket is then heard by whom it may be heard. Looks names up, where it depends on them.
[[nodiscard]] Answer mayReach(
    Rules& rules, const Target& target, const Socket& socket, const Address& address, const Port& port);
[[nodiscard]] bool hasToLookUp(const Rules& rules, const Socket& socket, const std::optional<Address>& address);

// The address at which it may be done, which is not the one that was asked for where that is a path.
struct Destination {
    Address address;
    Descriptor file; // what the address names, kept open
};

[[nodiscard]] std::expected<Destination, Answer> mayReachUnix(
    const Rules& rules, const Target& target, const Address& address);

// Of a netlink socket: to nobody else.
[[nodiscard]] bool isToTheKernel(const Address& address);

} // namespace bistro::warden
