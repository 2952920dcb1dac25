#include "warden/reach.h"

#include "warden/loopbackfilter.h"

#include <cerrno>
#include <cstring>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/syscall.h>
#include <utility>

namespace bistro::warden {
namespace {

int option(int socket, int name)
{
    int value = -1;
    socklen_t size = sizeof(value);
    return getsockopt(socket, SOL_SOCKET, name, &value, &size) == 0 ? value : -1;
}

// Where hosts are allowed, a socket without connections must hear their answers.
std::expected<void, int> openTo(const Rules& rules, const Socket& socket)
{
    // Once it is connected, TCP hears nobody but the other end.
    if (socket.isStream() || rules.hosts.internet())
        return hearEverybody(socket.fd.get());
    return hearThisComputerOnly(socket.fd.get(), rules.hosts.addresses());
}

} // namespace

std::expected<Socket, int> socketOf(const Target& target)
{
    auto fd = target.descriptor(target.number(0));
    if (!fd)
        return std::unexpected(fd.error());
    Socket result {.fd = std::move(*fd)};
    result.family = option(result.fd.get(), SO_DOMAIN);
    if (result.family < 0)
        return std::unexpected(ENOTSOCK);
    result.type = option(result.fd.get(), SO_TYPE);
    result.protocol = option(result.fd.get(), SO_PROTOCOL);
    // The static filter makes no others; one may have been handed to the program.
    if (result.isInternet() && result.protocol != (result.isStream() ? IPPROTO_TCP : IPPROTO_UDP))
        return std::unexpected(EACCES);
    if (!result.isInternet() && result.family != AF_UNIX && result.family != AF_NETLINK)
        return std::unexpected(EACCES);
    return result;
}

std::expected<Address, int> addressAt(const Target& target, std::uint64_t address, int length)
{
    Address result;
    if (length < 0 || static_cast<std::size_t>(length) > sizeof(result.storage))
        return std::unexpected(EINVAL);
    result.length = static_cast<socklen_t>(length);
    const auto to = std::as_writable_bytes(std::span(&result.storage, 1)).first(result.length);
    if (const auto done = target.read(address, to); !done)
        return std::unexpected(done.error());
    return result;
}

std::expected<void, int> keepPrivate(const Socket& socket)
{
    if (!socket.isInternet() || socket.isStream())
        return {};
    return hearThisComputerOnly(socket.fd.get());
}

std::expected<void, int> keepPrivateToListen(const Socket& socket)
{
    return socket.isInternet() && socket.isStream() ? listenOnThisComputerOnly(socket.fd.get()) : keepPrivate(socket);
}

Answer mayReach(Rules& rules, const Target& target, const Socket& socket, const Address& address, const Port& port)
{
    auto verdict = rules.hosts.verdict(port);
    const bool inside = port.isLoopback() || port.isAny();
    // Port 0 is nobody's. getaddrinfo connects to it to learn which of its addresses a computer would use.
    const bool probes = port.number == 0 && !socket.isStream();
    if (inside && verdict != Hosts::Verdict::Allowed) {
        const Hearer hearer = probes ? Hearer::Nobody : rules.sockets.hearer(port, socket.isStream());
        // A datagram that nobody hears is sent as ever, without an error. Not so a connection: somebody may come to
        // hear it later.
        const bool isLost = hearer == Hearer::Nobody && !socket.isStream() && target.call() != SYS_connect;
        if (probes || isLost || hearer == Hearer::Run) {
            const auto kept = keepPrivate(socket);
            return kept ? Answer {} : failed(kept.error());
        }
    }
    if (verdict == Hosts::Verdict::Unknown && rules.hosts.allows(port))
        verdict = Hosts::Verdict::Allowed;
    if (verdict == Hosts::Verdict::Allowed) {
        const auto open = openTo(rules, socket);
        return open ? Answer {} : failed(open.error());
    }
    const int error = inside ? ECONNREFUSED : ENETUNREACH;
    return probes ? failed(error) : rules.refused(target, "connect", error, textOf(address));
}

bool hasToLookUp(const Rules& rules, const Socket& socket, const std::optional<Address>& address)
{
    const auto port = socket.isInternet() && address ? portOf(*address) : std::nullopt;
    return port && rules.hosts.verdict(*port) == Hosts::Verdict::Unknown;
}

std::expected<Destination, Answer> mayReachUnix(const Rules& rules, const Target& target, const Address& address)
{
    const auto name = nameOfUnix(address);
    if (!name)
        return std::unexpected(failed(EINVAL));
    if (name->front() == '\0') {
        if (rules.sockets.hears(*name))
            return Destination {.address = address};
        return std::unexpected(rules.refused(target, "connect", ECONNREFUSED, textOf(address)));
    }
    auto file = target.file(AT_FDCWD, *name, true);
    if (!file)
        return std::unexpected(failed(file.error()));
    if (!rules.places.mayWrite(*file))
        return std::unexpected(rules.refused(target, "connect", EACCES, *name));
    auto there = unixAddress(nameOf(*file));
    return Destination {.address = *there, .file = std::move(*file)};
}

bool isToTheKernel(const Address& address)
{
    sockaddr_nl to {};
    if (address.family() != AF_NETLINK || address.length < sizeof(to))
        return false;
    std::memcpy(&to, &address.storage, sizeof(to));
    return to.nl_pid == 0 && to.nl_groups == 0;
}

} // namespace bistro::warden
