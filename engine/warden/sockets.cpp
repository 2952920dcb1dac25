#include "warden/sockets.h"

#include "warden/heardports.h"

#include <algorithm>
#include <fstream>
#include <ranges>
#include <sstream>
#include <sys/stat.h>
#include <vector>

namespace bistro::warden {
namespace {

constexpr std::size_t kMany = 4096;

// How exactly a socket is meant by an address, as the kernel decides among several: 0 is not at all.
int meant(const HeardPort& socket, const Port& by)
{
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
    if (port.number == 0)
        return Hearer::Nobody;
    Port asked = port;
    if (port.isAny()) {
        asked.bytes = port.isIpv4() ? ipv4(127, 0, 0, 1) : AddressBytes {};
        if (!port.isIpv4())
            asked.bytes[15] = 1;
    }
    const std::lock_guard lock(m_lock);
    int ours = 0;
    int others = 0;
    for (const HeardPort& socket : heardPorts(stream, port.number)) {
        int& best = m_sockets.contains(socket.inode) ? ours : others;
        best = std::max(best, meant(socket, asked));
    }
    if (ours > others)
        return Hearer::Run;
    return others > 0 ? Hearer::Others : Hearer::Nobody;
}

bool Sockets::isOfOthers(std::uint16_t number, bool stream) const
{
    const auto heard = heardPorts(stream, number);
    const std::lock_guard lock(m_lock);
    return std::ranges::any_of(heard, [&](const HeardPort& socket) { return !m_sockets.contains(socket.inode); });
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
    for (const bool stream : {true, false})
        for (const HeardPort& socket : heardPorts(stream, 0))
            open.insert(socket.inode);
    for (const ino_t inode : openUnixSockets())
        open.insert(inode);
    std::erase_if(m_sockets, [&](ino_t inode) { return !open.contains(inode); });
    std::erase_if(m_abstract, [&](const auto& entry) { return !open.contains(entry.second); });
}

} // namespace bistro::warden
