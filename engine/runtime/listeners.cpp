#include "listeners.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <netinet/in.h>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>

namespace bistro {
namespace {

// The port, when the address is one of this computer's own.
std::optional<std::uint16_t> portHere(const sockaddr* address, unsigned bytes)
{
    if (address->sa_family == AF_INET && bytes >= sizeof(sockaddr_in)) {
        sockaddr_in in {};
        std::memcpy(&in, address, sizeof in);
        const std::uint32_t number = ntohl(in.sin_addr.s_addr);
        return number >> 24 == 127 || number == 0 ? std::optional(ntohs(in.sin_port)) : std::nullopt;
    }
    if (address->sa_family == AF_INET6 && bytes >= sizeof(sockaddr_in6)) {
        sockaddr_in6 in {};
        std::memcpy(&in, address, sizeof in);
        const bool here = IN6_IS_ADDR_LOOPBACK(&in.sin6_addr) || IN6_IS_ADDR_UNSPECIFIED(&in.sin6_addr)
            || (IN6_IS_ADDR_V4MAPPED(&in.sin6_addr) && in.sin6_addr.s6_addr[12] == 127);
        return here ? std::optional(ntohs(in.sin6_port)) : std::nullopt;
    }
    return {};
}

// As /proc/net writes it: words of 32 bits in this computer's order, in hexadecimal digits.
bool isHere(std::string_view text)
{
    constexpr std::string_view kLoopback6 = "00000000000000000000000001000000";
    constexpr std::string_view kMapped = "0000000000000000FFFF0000";
    if (std::ranges::all_of(text, [](char digit) { return digit == '0'; }) || text == kLoopback6)
        return true;
    if (text.starts_with(kMapped))
        text.remove_prefix(kMapped.size());
    return text.size() == 8 && text.ends_with("7F"); // 127.…
}

bool listsPort(const char* table, std::uint16_t port, bool stream)
{
    std::array<char, 8> wanted {};
    std::snprintf(wanted.data(), wanted.size(), ":%04X", port);
    std::ifstream lines(table);
    std::string line;
    std::getline(lines, line); // the heading
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        std::string number;
        std::string local;
        std::string remote;
        std::string state;
        constexpr std::string_view kListens = "0A";
        if (words >> number >> local >> remote >> state && local.ends_with(wanted.data())
            && (!stream || state == kListens) && isHere(std::string_view(local).substr(0, local.find(':'))))
            return true;
    }
    return false;
}

bool listsName(std::string_view name)
{
    std::ifstream lines("/proc/net/unix");
    for (std::string line; std::getline(lines, line);)
        if (line.ends_with(name) && line.size() > name.size() && line[line.size() - name.size() - 1] == ' ')
            return true;
    return false;
}

} // namespace

bool isHeardHere(const sockaddr* address, unsigned bytes, int type)
{
    if (!address || bytes < sizeof(sa_family_t))
        return false;
    constexpr std::size_t kHead = offsetof(sockaddr_un, sun_path);
    if (address->sa_family == AF_UNIX) {
        const char* const path = reinterpret_cast<const char*>(address) + kHead;
        if (bytes <= kHead + 1 || path[0] != '\0')
            return false;
        std::string name(path, std::min<std::size_t>(bytes, sizeof(sockaddr_un)) - kHead);
        std::ranges::replace(name, '\0', '@');
        return listsName(name);
    }
    const auto port = portHere(address, bytes);
    const bool stream = type == SOCK_STREAM;
    return port && *port != 0
        && (listsPort(stream ? "/proc/net/tcp" : "/proc/net/udp", *port, stream)
            || listsPort(stream ? "/proc/net/tcp6" : "/proc/net/udp6", *port, stream));
}

} // namespace bistro
