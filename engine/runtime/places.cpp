#include "places.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <ifaddrs.h>
#include <memory>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace bistro {
namespace {

using trace::Access;

std::string canonical(const std::string& path)
{
    const std::unique_ptr<char, decltype(&std::free)> found(realpath(path.c_str(), nullptr), std::free);
    return found ? std::string(found.get()) : std::string();
}

// The folder that a path lies in, and its last name.
std::pair<std::string, std::string> parted(std::string_view path)
{
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return {".", std::string(path)};
    return {std::string(slash == 0 ? "/" : path.substr(0, slash)), std::string(path.substr(slash + 1))};
}

bool mayAccess(const std::string& path, int mode)
{
    return faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0;
}

bool lies(std::string_view path, std::string_view below)
{
    return below == "/" || (path.starts_with(below) && (path.size() == below.size() || path[below.size()] == '/'));
}

// Of one who owns the file, or may do anything.
bool isOwn(const std::string& path)
{
    struct stat status {};
    return geteuid() == 0 || (lstat(path.c_str(), &status) == 0 && status.st_uid == geteuid());
}

struct Address {
    std::string text; // with the port, where it has one
    std::string host; // without
    bool own = false; // the loopback
    bool near = false; // link-local
    std::uint16_t port = 0;
};

std::optional<Address> inetAddress(const sockaddr* address, unsigned bytes)
{
    std::array<char, INET6_ADDRSTRLEN> text {};
    if (address->sa_family == AF_INET && bytes >= sizeof(sockaddr_in)) {
        sockaddr_in in {};
        std::memcpy(&in, address, sizeof in);
        inet_ntop(AF_INET, &in.sin_addr, text.data(), text.size());
        const std::uint32_t number = ntohl(in.sin_addr.s_addr);
        return Address {.text = std::string(text.data()) + ':' + std::to_string(ntohs(in.sin_port)),
            .host = text.data(),
            .own = number >> 24 == 127 || number == 0,
            .near = number >> 16 == 0xA9FE, // 169.254
            .port = ntohs(in.sin_port)};
    }
    if (address->sa_family == AF_INET6 && bytes >= sizeof(sockaddr_in6)) {
        sockaddr_in6 in {};
        std::memcpy(&in, address, sizeof in);
        inet_ntop(AF_INET6, &in.sin6_addr, text.data(), text.size());
        return Address {.text = '[' + std::string(text.data()) + "]:" + std::to_string(ntohs(in.sin6_port)),
            .host = text.data(),
            .own = IN6_IS_ADDR_LOOPBACK(&in.sin6_addr) || IN6_IS_ADDR_UNSPECIFIED(&in.sin6_addr)
                || (IN6_IS_ADDR_V4MAPPED(&in.sin6_addr) && in.sin6_addr.s6_addr[12] == 127),
            .near = IN6_IS_ADDR_LINKLOCAL(&in.sin6_addr) != 0,
            .port = ntohs(in.sin6_port)};
    }
    return {};
}

// One that another computer would use.
bool isOfThisComputer(const Address& address)
{
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) != 0)
        return false;
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> all(first, freeifaddrs);
    for (const ifaddrs* each = first; each; each = each->ifa_next) {
        const auto own = each->ifa_addr ? inetAddress(each->ifa_addr, sizeof(sockaddr_in6)) : std::nullopt;
        if (own && own->host == address.host)
            return true;
    }
    return false;
}

// The path, "@" and the name that has no file, or nothing.
std::optional<std::string> unixAddress(const sockaddr* address, unsigned bytes)
{
    constexpr std::size_t kHead = offsetof(sockaddr_un, sun_path);
    if (address->sa_family != AF_UNIX || bytes <= kHead)
        return {};
    const char* const path = reinterpret_cast<const char*>(address) + kHead;
    const std::size_t length = std::min<std::size_t>(bytes, sizeof(sockaddr_un)) - kHead;
    if (path[0] == '\0')
        return '@' + std::string(path + 1, length - 1);
    return std::string(path, strnlen(path, length));
}

// Of a port below these, who is not root is refused by any Linux.
std::uint16_t firstOrdinaryPort()
{
    constexpr std::uint16_t kUsual = 1024;
    const int file = open("/proc/sys/net/ipv4/ip_unprivileged_port_start", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return kUsual;
    std::array<char, 16> text {};
    const ssize_t size = read(file, text.data(), text.size());
    close(file);
    std::uint16_t port = kUsual;
    if (size > 0)
        std::from_chars(text.data(), text.data() + size, port);
    return port;
}

} // namespace

Reachable::Reachable(Reachable&& other) noexcept
    : m_places(std::move(other.m_places))
    , m_hosts(std::move(other.m_hosts))
    , m_internet(other.m_internet)
    , m_programs(other.m_programs)
    , m_resolved(std::move(other.m_resolved))
{
}

Reachable& Reachable::operator=(Reachable&& other) noexcept
{
    m_places = std::move(other.m_places);
    m_hosts = std::move(other.m_hosts);
    m_internet = other.m_internet;
    m_programs = other.m_programs;
    m_resolved = std::move(other.m_resolved);
    return *this;
}

Reachable Reachable::from(std::string_view text)
{
    Reachable result;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::string_view word = line.substr(0, line.find(' '));
        const std::string rest(line.substr(std::min(line.size(), word.size() + 1)));
        const auto place = [&](Right right) {
            const std::string real = canonical(rest);
            if (!rest.empty())
                result.m_places.push_back({.path = real.empty() ? rest : real, .right = right});
        };
        if (word == "read")
            place(Right::Read);
        else if (word == "write")
            place(Right::Write);
        else if (word == "run")
            place(Right::Run);
        else if (word == "host")
            result.m_hosts.push_back(rest.substr(0, rest.find(' ')));
        else if (line == "internet")
            result.m_internet = true;
        else if (line == "foreign-programs")
            result.m_programs = true;
    }
    return result;
}

bool Reachable::allows(Right right, std::string_view path) const
{
    return std::ranges::any_of(m_places,
        [&](const Place& place) { return (place.right == right || right == Right::Read) && lies(path, place.path); });
}

std::optional<RefusedThing> Reachable::refusedFile(FileAct act, const char* path) const
{
    if (!path || *path == '\0')
        return {};
    const auto [folder, name] = parted(path);
    const std::string parent = canonical(folder);
    std::string whole = act == FileAct::Entry ? std::string() : canonical(path);
    const bool isNew = whole.empty();
    if (isNew) {
        if (parent.empty())
            return {};
        whole = (parent == "/" ? "" : parent) + '/' + name;
    }
    if (allows(act == FileAct::Read ? Right::Read : Right::Write, whole))
        return {};
    bool permitted = false;
    switch (act) {
    case FileAct::Read: permitted = mayAccess(whole, R_OK); break;
    case FileAct::Write: permitted = isNew ? mayAccess(parent, W_OK | X_OK) : mayAccess(whole, W_OK); break;
    case FileAct::Entry: permitted = mayAccess(parent, W_OK | X_OK); break;
    case FileAct::Attributes: permitted = isOwn(whole); break;
    case FileAct::Owner: permitted = geteuid() == 0; break;
    }
    if (!permitted)
        return {};
    return RefusedThing {.access = act == FileAct::Read ? Access::Read : Access::Write, .subject = whole};
}

std::optional<RefusedThing> Reachable::refusedProgram(const std::string& file) const
{
    const std::string whole = canonical(file);
    struct stat status {};
    if (whole.empty() || allows(Right::Run, whole) || !mayAccess(whole, X_OK) || stat(whole.c_str(), &status) != 0
        || !S_ISREG(status.st_mode) || (m_programs && allows(Right::Read, whole)))
        return {};
    // Where it may start whatever it may read, it may not read this one.
    return RefusedThing {.access = m_programs ? Access::Read : Access::Run, .subject = whole};
}

std::optional<std::string> Reachable::refusedPeer(
    const sockaddr* address, unsigned bytes, int error, bool isHeard) const
{
    const bool isRefusal = error == ENETUNREACH || error == EACCES || error == EPERM;
    if (!address || bytes < sizeof(sa_family_t) || (!isRefusal && (error != ECONNREFUSED || !isHeard)))
        return {};
    if (const auto path = unixAddress(address, bytes)) {
        if (path->starts_with('@'))
            return path;
        const std::string whole = canonical(*path);
        if (whole.empty() || allows(Right::Write, whole) || !mayAccess(whole, W_OK))
            return {};
        return whole;
    }
    const auto peer = inetAddress(address, bytes);
    if (!peer)
        return {};
    if (peer->own)
        return isHeard && error == ECONNREFUSED ? std::optional(peer->text) : std::nullopt;
    if (m_internet) // which no address of this computer is, nor what only who stands beside it has
        return peer->near || isOfThisComputer(*peer) ? std::optional(peer->text) : std::nullopt;
    const std::scoped_lock guard(m_mutex);
    return m_resolved.contains(peer->host) ? std::nullopt : std::optional(peer->text);
}

std::optional<std::string> Reachable::refusedName(const sockaddr* address, unsigned bytes, int error) const
{
    if (!address || bytes < sizeof(sa_family_t) || (error != EACCES && error != EPERM))
        return {};
    if (const auto path = unixAddress(address, bytes)) {
        if (path->starts_with('@'))
            return path;
        const auto refused = refusedFile(FileAct::Entry, path->c_str());
        return refused ? std::optional(refused->subject) : std::nullopt;
    }
    const auto name = inetAddress(address, bytes);
    if (!name || (name->port > 0 && name->port < firstOrdinaryPort() && geteuid() != 0))
        return {};
    return name->text;
}

bool Reachable::mayResolve(std::string_view host) const
{
    if (host.ends_with('.'))
        host.remove_suffix(1);
    const std::string name(host);
    return m_internet || strcasecmp(name.c_str(), "localhost") == 0
        || std::ranges::any_of(
            m_hosts, [&](const std::string& allowed) { return strcasecmp(allowed.c_str(), name.c_str()) == 0; });
}

void Reachable::resolved(const sockaddr* address, unsigned bytes) const
{
    constexpr std::size_t kMost = 1'024;
    const auto found = address ? inetAddress(address, bytes) : std::nullopt;
    const std::scoped_lock guard(m_mutex);
    if (found && m_resolved.size() < kMost)
        m_resolved.insert(found->host);
}

} // namespace bistro
