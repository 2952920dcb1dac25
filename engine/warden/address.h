// Addresses of sockets, copied from where they came: what they are, and how they are written. Values; any thread.
#pragma once

#include "warden/loopbackfilter.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <sys/socket.h>

namespace bistro::warden {

struct Address {
    sockaddr_storage storage {};
    socklen_t length = 0; // as the caller gave it

    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
    // AF_UNSPEC when it is too short to have one.
    [[nodiscard]] int family() const;
};

// A port of a computer, without what else an address may have. Also of an IPv6 socket that is used for IPv4.
struct Port {
    AddressBytes bytes {};
    std::uint16_t number = 0;

    [[nodiscard]] bool isIpv4() const; // ::ffff:0:0/96
    [[nodiscard]] bool isAny() const; // 0.0.0.0 or ::, which mean this computer to a connect
    [[nodiscard]] bool isLoopback() const;
    bool operator==(const Port&) const = default;
};

// Nothing when it is of another family, or too short.
[[nodiscard]] std::optional<Port> portOf(const Address& address);
[[nodiscard]] AddressBytes ipv4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d);

// AF_UNIX: the path, or the abstract name, which begins with a NUL. Nothing where it has no name.
[[nodiscard]] std::optional<std::string> nameOfUnix(const Address& address);
[[nodiscard]] std::optional<Address> unixAddress(const std::string& name); // nothing when it is too long

// As people write it: 10.0.0.1:80, [::1]:80, a path, @abstract.
[[nodiscard]] std::string textOf(const Address& address);

} // namespace bistro::warden
