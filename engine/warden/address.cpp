#include "warden/address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <sys/un.h>

namespace bistro::warden {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
// An IPv6 address without its scope, as the kernel still takes it.
constexpr socklen_t kShortest6 = offsetof(sockaddr_in6, sin6_scope_id);

template <typename T>
T as(const Address& address)
{
    T result {};
    std::memcpy(&result, &address.storage, std::min<std::size_t>(sizeof(T), address.length));
    return result;
}

} // namespace

int Address::family() const
{
    return length >= sizeof(sa_family_t) ? storage.ss_family : AF_UNSPEC;
}

bool Port::isIpv4() const
{
    return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

bool Port::isAny() const
{
    return std::all_of(bytes.begin() + (isIpv4() ? kMappedPrefix.size() : 0), bytes.end(),
        [](std::uint8_t byte) { return byte == 0; });
}

bool Port::isLoopback() const
{
    if (isIpv4())
        return bytes[12] == 127;
    return bytes[15] == 1 && std::all_of(bytes.begin(), bytes.end() - 1, [](std::uint8_t byte) { return byte == 0; });
}

AddressBytes ipv4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d)
{
    AddressBytes result {};
    std::ranges::copy(kMappedPrefix, result.begin());
    result[12] = a;
    result[13] = b;
    result[14] = c;
    result[15] = d;
    return result;
}

std::optional<Port> portOf(const Address& address)
{
    Port result;
    if (address.family() == AF_INET && address.length >= sizeof(sockaddr_in)) {
        const auto in = as<sockaddr_in>(address);
        std::ranges::copy(kMappedPrefix, result.bytes.begin());
        std::memcpy(&result.bytes[12], &in.sin_addr, 4);
        result.number = ntohs(in.sin_port);
        return result;
    }
    if (address.family() == AF_INET6 && address.length >= kShortest6) {
        const auto in = as<sockaddr_in6>(address);
        std::memcpy(result.bytes.data(), &in.sin6_addr, result.bytes.size());
        result.number = ntohs(in.sin6_port);
        return result;
    }
    return {};
}

std::optional<std::string> nameOfUnix(const Address& address)
{
    constexpr std::size_t begin = offsetof(sockaddr_un, sun_path);
    if (address.family() != AF_UNIX || address.length <= begin)
        return {};
    const auto un = as<sockaddr_un>(address);
    std::string name(un.sun_path, std::min<std::size_t>(address.length, sizeof(un)) - begin);
    if (name.front() != '\0')
        name.resize(std::min(name.size(), name.find('\0')));
    return name;
}

std::optional<Address> unixAddress(const std::string& name)
{
    sockaddr_un un {};
    un.sun_family = AF_UNIX;
    if (name.size() > sizeof(un.sun_path))
        return {};
    std::memcpy(un.sun_path, name.data(), name.size());
    // A path's NUL is counted where there is room for one; an abstract name has none.
    const bool ends = !name.empty() && name.front() != '\0' && name.size() < sizeof(un.sun_path);
    Address result;
    result.length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size() + (ends ? 1 : 0));
    std::memcpy(&result.storage, &un, sizeof(un));
    return result;
}

std::string textOf(const Address& address)
{
    if (const auto port = portOf(address)) {
        char text[INET6_ADDRSTRLEN] {};
        if (port->isIpv4())
            inet_ntop(AF_INET, &port->bytes[12], text, sizeof(text));
        else
            inet_ntop(AF_INET6, port->bytes.data(), text, sizeof(text));
        return (port->isIpv4() ? std::string(text) : '[' + std::string(text) + ']') + ':'
            + std::to_string(port->number);
    }
    if (auto name = nameOfUnix(address)) {
        if (name->front() == '\0')
            std::ranges::replace(*name, '\0', '@');
        return *name;
    }
    return "?";
}

} // namespace bistro::warden
