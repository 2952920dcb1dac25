#include "warden/loopbackfilter.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <net/if.h>
#include <string_view>
#include <sys/socket.h>

namespace bistro::warden {
namespace {

constexpr std::size_t kMost = 100;
constexpr std::uint32_t kAll = 0x7FFF'FFFF;
// Where the IP header begins, whatever the filter is run on (TCP and UDP: after it).
constexpr auto kHeader = static_cast<std::uint32_t>(SKF_NET_OFF);
constexpr std::uint32_t kSource4 = kHeader + 12;
constexpr std::uint32_t kSource6 = kHeader + 8;
constexpr std::uint32_t kMapped = 0xFFFF; // ::ffff:0:0/96

sock_filter statement(std::uint16_t code, std::uint32_t operand)
{
    return {.code = code, .jt = 0, .jf = 0, .k = operand};
}

sock_filter word(std::uint32_t at)
{
    return statement(BPF_LD | BPF_W | BPF_ABS, at);
}

// Goes on when it is equal, else as many instructions further.
sock_filter equals(std::uint32_t value, std::size_t otherwise)
{
    return {.code = BPF_JMP | BPF_JEQ | BPF_K, .jt = 0, .jf = static_cast<std::uint8_t>(otherwise), .k = value};
}

sock_filter verdict(std::uint32_t bytes)
{
    return statement(BPF_RET | BPF_K, bytes);
}

std::uint32_t wordOf(const AddressBytes& address, std::size_t index)
{
    const auto byte = [&](std::size_t at) { return std::uint32_t {address[index * 4 + at]}; };
    return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

bool isMapped(const AddressBytes& address)
{
    return wordOf(address, 0) == 0 && wordOf(address, 1) == 0 && wordOf(address, 2) == kMapped;
}

// Lets in a packet whose source is this one; else goes on behind itself.
void letIn6(std::vector<sock_filter>& filter, const AddressBytes& address)
{
    for (std::size_t i = 0; i < 4; ++i) {
        filter.push_back(word(kSource6 + static_cast<std::uint32_t>(i) * 4));
        filter.push_back(equals(wordOf(address, i), (3 - i) * 2 + 1));
    }
    filter.push_back(verdict(kAll));
}

} // namespace

std::vector<sock_filter> loopbackFilter(std::span<const AddressBytes> others)
{
    others = others.first(std::min(others.size(), kMost));
    const auto network127 = [](std::vector<sock_filter>& filter, std::uint32_t at) {
        filter.push_back(statement(BPF_LD | BPF_B | BPF_ABS, at));
        filter.push_back(equals(127, 1));
        filter.push_back(verdict(kAll));
    };

    std::vector<sock_filter> six;
    AddressBytes loopback {};
    loopback[15] = 1;
    letIn6(six, loopback);
    // A packet that claims ::ffff:127.0.0.1 comes from outside: what is sent so on this computer goes as IPv4.
    for (const AddressBytes& address : others) {
        if (!isMapped(address))
            letIn6(six, address);
    }
    six.push_back(verdict(0));

    std::vector<sock_filter> result;
    result.push_back(statement(BPF_LD | BPF_B | BPF_ABS, kHeader));
    result.push_back(statement(BPF_ALU | BPF_RSH | BPF_K, 4));
    // IPv6's part is longer than a conditional jump can go.
    result.push_back(equals(6, 1));
    const std::size_t jump = result.size();
    result.push_back(statement(BPF_JMP | BPF_JA, 0));
    result.push_back(equals(4, 3));
    network127(result, kSource4);
    for (const AddressBytes& address : others) {
        if (!isMapped(address))
            continue;
        result.push_back(word(kSource4));
        result.push_back(equals(wordOf(address, 3), 1));
        result.push_back(verdict(kAll));
    }
    result.push_back(verdict(0));
    result[jump].k = static_cast<std::uint32_t>(result.size() - jump - 1);
    result.insert(result.end(), six.begin(), six.end());
    return result;
}

std::expected<void, int> hearThisComputerOnly(int socket, std::span<const AddressBytes> others)
{
    std::vector<sock_filter> filter = loopbackFilter(others);
    const sock_fprog program {.len = static_cast<unsigned short>(filter.size()), .filter = filter.data()};
    if (setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) != 0)
        return std::unexpected(errno);
    return {};
}

std::expected<void, int> hearEverybody(int socket)
{
    const int unused = 0;
    if (setsockopt(socket, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof(unused)) != 0 && errno != ENOENT)
        return std::unexpected(errno);
    return {};
}

std::expected<void, int> listenOnThisComputerOnly(int socket)
{
    constexpr std::string_view kLoopback = "lo";
    const auto filtered = hearThisComputerOnly(socket);
    if (filtered || filtered.error() != EPERM)
        return filtered;
    std::array<char, IFNAMSIZ> bound {};
    socklen_t length = bound.size();
    if (getsockopt(socket, SOL_SOCKET, SO_BINDTODEVICE, bound.data(), &length) == 0 && kLoopback == bound.data())
        return {}; // it listens already
    if (setsockopt(socket, SOL_SOCKET, SO_BINDTODEVICE, kLoopback.data(), kLoopback.size()) != 0)
        return std::unexpected(errno);
    return {};
}

} // namespace bistro::warden
