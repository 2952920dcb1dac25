#include "warden/sockets.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <netinet/in.h>
#include <ranges>
#include <sstream>
#include <string_view>
#include <sys/stat.h>
#include <vector>

namespace bistro::warden {
namespace {

constexpr std::size_t kMany = 4096;
constexpr unsigned kListens = 0x0A; // TCP_LISTEN

struct Open {
    Port port;
    unsigned state = 0;
    ino_t inode = 0;
};

// "0100007F:1F90": words of 32 bits as this computer has them, then the port.
Port portIn(std::string_view text)
{
    Port result;
    const std::size_t colon = text.find(':');
    const std::size_t words = colon / 8;
    if (words == 1)
        result.bytes = ipv4(0, 0, 0, 0);
    for (std::size_t i = 0; i < words && i < 4; ++i) {
        std::uint32_t word = 0;
        std::from_chars(text.data() + i * 8, text.data() + i * 8 + 8, word, 16);
        for (std::size_t byte = 0; byte < 4; ++byte)
            result.bytes[(words == 1 ? 12 : i * 4) + byte] = static_cast<std::uint8_t>(word >> (byte * 8));
    }
    if (colon != std::string_view::npos)
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), result.number, 16);
    return result;
}

std::vector<Open> openSockets(const char* table)
{
    std::vector<Open> result;
    std::ifstream in(table);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream words(line);
        std::string number;
        std::string local;
        std::string remote;
        std::string state;
        std::string skipped;
        Open open;
        words >> number >> local >> remote >> state;
        for (int i = 0; i < 5; ++i)
            words >> skipped; // queues, timer, retransmissions, user, timeout
        if (!(words >> open.inode))
            continue;
        std::from_chars(state.data(), state.data() + state.size(), open.state, 16);
        open.port = portIn(local);
        result.push_back(open);
    }
    return result;
}

// How exactly a socket is meant by an address, as the kernel decides among several: 0 is not at all.
int meant(const Open& socket, const Port& by)
{
    if (socket.port.number != by.number)
        return 0;
    if (socket.port.bytes == by.bytes)
        return 3;
    if (!socket.port.isAny())
        return 0;
    if (socket.port.isIpv4() == by.isIpv4())
        return 2;
    return by.isIpv4() ? 1 : 0; // `::` hears IPv4, too
}

std::vector<ino_t> openUnixSockets()
{
    std::vector<ino_t> result;
    std::ifstream in("/proc/net/unix");
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream words(line);
        std::string skipped;
        for (int i = 0; i < 6; ++i)
            words >> skipped; // number, references, protocol, flags, type, state
        ino_t inode = 0;
        if (words >> inode)
            result.push_back(inode);
    }
    return result;
}

} // namespace

void Sockets::remember(int socket)
{
    struct stat about {};
    if (fstat(socket, &about) != 0)
        return;
    Address address;
    address.length = sizeof(address.storage);
    if (getsockname(socket, reinterpret_cast<sockaddr*>(&address.storage), &address.length) != 0)
        return;
    const std::lock_guard lock(m_lock);
    if (m_sockets.size() >= kMany || m_abstract.size() >= kMany)
        forgetTheClosed();
    if (const auto name = nameOfUnix(address)) {
        const auto [first, last] = m_abstract.equal_range(*name);
        const bool known = std::any_of(first, last, [&](const auto& entry) { return entry.second == about.st_ino; });
        if (name->front() == '\0' && !known)
            m_abstract.emplace(*name, about.st_ino);
        return;
    }
    m_sockets.insert(about.st_ino);
}

Hearer Sockets::hearer(const Port& port, bool stream) const
{
    Port asked = port;
    if (port.isAny()) {
        asked.bytes = port.isIpv4() ? ipv4(127, 0, 0, 1) : AddressBytes {};
        if (!port.isIpv4())
            asked.bytes[15] = 1;
    }
    const std::lock_guard lock(m_lock);
    int ours = 0;
    int others = 0;
    for (const char* const table :
        {stream ? "/proc/net/tcp" : "/proc/net/udp", stream ? "/proc/net/tcp6" : "/proc/net/udp6"}) {
        for (const Open& socket : openSockets(table)) {
            if (stream && socket.state != kListens)
                continue;
            int& best = m_sockets.contains(socket.inode) ? ours : others;
            best = std::max(best, meant(socket, asked));
        }
    }
    if (ours > others)
        return Hearer::Run;
    return others > 0 ? Hearer::Others : Hearer::Nobody;
}

bool Sockets::hears(const std::string& abstractName) const
{
    const std::lock_guard lock(m_lock);
    const auto [first, last] = m_abstract.equal_range(abstractName);
    if (first == last)
        return false;
    const auto open = openUnixSockets();
    return std::any_of(first, last, [&](const auto& entry) { return std::ranges::contains(open, entry.second); });
}

void Sockets::forgetTheClosed()
{
    std::unordered_set<ino_t> open;
    for (const char* const table : {"/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"}) {
        for (const Open& socket : openSockets(table))
            open.insert(socket.inode);
    }
    for (const ino_t inode : openUnixSockets())
        open.insert(inode);
    std::erase_if(m_sockets, [&](ino_t inode) { return !open.contains(inode); });
    std::erase_if(m_abstract, [&](const auto& entry) { return !open.contains(entry.second); });
}

} // namespace bistro::warden
