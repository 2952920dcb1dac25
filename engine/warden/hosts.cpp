#include "warden/hosts.h"

#include "warden/goals.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <fstream>
#include <memory>
#include <netdb.h>
#include <sstream>
#include <string>
#include <utility>

namespace bistro::warden {
namespace {

constexpr std::chrono::seconds kFresh {2}; // for as long what was looked up is taken for all that there is
constexpr std::uint16_t kNames = 53;
constexpr std::size_t kMostAddresses = 512;

std::vector<AddressBytes> nameServersOfTheSystem()
{
    std::vector<AddressBytes> result;
    std::ifstream in("/etc/resolv.conf");
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string key;
        std::string value;
        AddressBytes bytes = ipv4(0, 0, 0, 0);
        if (!(words >> key >> value) || key != "nameserver")
            continue;
        if (inet_pton(AF_INET, value.c_str(), &bytes[12]) == 1
            || inet_pton(AF_INET6, value.substr(0, value.find('%')).c_str(), bytes.data()) == 1)
            result.push_back(bytes);
    }
    if (result.empty())
        result.push_back(ipv4(127, 0, 0, 1)); // as resolv.conf(5) has it
    return result;
}

std::vector<AddressBytes> addressesOf(const std::string& name)
{
    std::vector<AddressBytes> result;
    addrinfo wanted {};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(name.c_str(), nullptr, &wanted, &found) != 0)
        return result;
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
        Address address;
        if (at->ai_addrlen > sizeof(address.storage))
            continue;
        address.length = at->ai_addrlen;
        std::memcpy(&address.storage, at->ai_addr, at->ai_addrlen);
        if (const auto port = portOf(address))
            result.push_back(port->bytes);
    }
    return result;
}

// An address, or what each computer calls itself: no server of names has a say in it.
bool isAnswerOfNobody(const std::string& name)
{
    in6_addr unused {};
    return name == "localhost" || inet_pton(AF_INET, name.c_str(), &unused) == 1
        || inet_pton(AF_INET6, name.c_str(), &unused) == 1;
}

} // namespace

Hosts::Hosts(std::vector<sandbox::Host> hosts, bool internet)
    : m_hosts(std::move(hosts))
    , m_internet(internet)
{
    if (internet || !m_hosts.empty())
        m_nameServers = nameServersOfTheSystem();
}

bool Hosts::isKnown(const Port& port, bool byItself) const
{
    const std::lock_guard lock(m_lock);
    return std::ranges::any_of(m_known, [&](const Known& known) {
        return known.port.bytes == port.bytes && (known.port.number == 0 || known.port.number == port.number)
            && (known.byItself || !byItself);
    });
}

Hosts::Verdict Hosts::verdict(const Port& port) const
{
    if (port.number == kNames && std::ranges::contains(m_nameServers, port.bytes))
        return Verdict::Allowed;
    if (isKnown(port, true))
        return Verdict::Allowed;
    if ((m_internet || isKnown(port, false)) && goalOf(port.bytes) == Goal::Elsewhere)
        return Verdict::Allowed;
    const std::lock_guard lock(m_lock);
    const bool fresh = m_everLookedUp && std::chrono::steady_clock::now() - m_lookedUp < kFresh;
    return m_hosts.empty() || fresh ? Verdict::Refused : Verdict::Unknown;
}

bool Hosts::allows(const Port& port)
{
    // One at a time: who comes meanwhile has the answer of the first.
    const std::lock_guard looking(m_looking);
    if (verdict(port) == Verdict::Unknown)
        lookUp();
    return verdict(port) == Verdict::Allowed;
}

void Hosts::lookUp()
{
    for (const sandbox::Host& host : m_hosts) {
        for (const AddressBytes& bytes : addressesOf(host.name)) {
            const Known known {.port = {.bytes = bytes, .number = host.port}, .byItself = isAnswerOfNobody(host.name)};
            const std::lock_guard lock(m_lock);
            // Names with many addresses tell a few at a time: all that were ever told count.
            if (m_known.size() < kMostAddresses && !std::ranges::contains(m_known, known))
                m_known.push_back(known);
        }
    }
    const std::lock_guard lock(m_lock);
    m_lookedUp = std::chrono::steady_clock::now();
    m_everLookedUp = true;
}

std::vector<AddressBytes> Hosts::addresses() const
{
    std::vector<AddressBytes> result = m_nameServers;
    const std::lock_guard lock(m_lock);
    for (const Known& known : m_known) {
        const AddressBytes& bytes = known.port.bytes;
        if (!std::ranges::contains(result, bytes) && (known.byItself || goalOf(bytes) == Goal::Elsewhere))
            result.push_back(bytes);
    }
    return result;
}

} // namespace bistro::warden
