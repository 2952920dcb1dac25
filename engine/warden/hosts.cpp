#include "warden/hosts.h"

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

} // namespace

Hosts::Hosts(std::vector<sandbox::Host> hosts, bool internet)
    : m_hosts(std::move(hosts))
    , m_internet(internet)
{
    if (internet || !m_hosts.empty())
        m_nameServers = nameServersOfTheSystem();
}

bool Hosts::isKnown(const Port& port) const
{
    return std::ranges::any_of(m_known, [&](const Port& known) {
        return known.bytes == port.bytes && (known.number == 0 || known.number == port.number);
    });
}

Hosts::Verdict Hosts::verdict(const Port& port) const
{
    if (port.number == kNames && std::ranges::contains(m_nameServers, port.bytes))
        return Verdict::Allowed;
    if (m_internet && !port.isLoopback() && !port.isAny())
        return Verdict::Allowed;
    const std::lock_guard lock(m_lock);
    if (isKnown(port))
        return Verdict::Allowed;
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
            const Port port {.bytes = bytes, .number = host.port};
            const std::lock_guard lock(m_lock);
            // Names with many addresses tell a few at a time: all that were ever told count.
            if (m_known.size() < kMostAddresses && !std::ranges::contains(m_known, port))
                m_known.push_back(port);
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
    for (const Port& port : m_known) {
        if (!std::ranges::contains(result, port.bytes))
            result.push_back(port.bytes);
    }
    return result;
}

} // namespace bistro::warden
