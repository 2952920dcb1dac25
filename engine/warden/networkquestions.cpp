#include "warden/questions.h"

#include "warden/address.h"
#include "warden/loopbackfilter.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/netlink.h>
#include <memory>
#include <netinet/in.h>
#include <sched.h>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <utility>
#include <vector>

namespace bistro::warden {
namespace {

constexpr std::size_t kMostBytes = 1024 * 1024; // of a message, and of a piece of a stream
constexpr std::size_t kMostPieces = 1024; // IOV_MAX, and UIO_MAXIOV for sendmmsg
constexpr std::size_t kMostControl = 4096; // beyond what 253 descriptors (SCM_MAX_FD) need
// The others change what the call does to memory or to the connection.
constexpr int kKnownFlags = MSG_CONFIRM | MSG_DONTROUTE | MSG_DONTWAIT | MSG_EOR | MSG_MORE | MSG_NOSIGNAL | MSG_OOB;

struct Socket {
    Descriptor fd;
    int family = 0;
    int type = 0;
    int protocol = 0;

    [[nodiscard]] bool isInternet() const { return family == AF_INET || family == AF_INET6; }
    [[nodiscard]] bool isStream() const { return type == SOCK_STREAM; }
    [[nodiscard]] bool waits() const { return (fcntl(fd.get(), F_GETFL) & O_NONBLOCK) == 0; }
};

int option(int socket, int name)
{
    int value = -1;
    socklen_t size = sizeof(value);
    return getsockopt(socket, SOL_SOCKET, name, &value, &size) == 0 ? value : -1;
}

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

// Who may be heard on a socket that is used for this computer only. Where hosts are allowed, a socket without
// connections must hear their answers.
std::expected<void, int> keepPrivate(const Socket& socket)
{
    return socket.isInternet() ? hearThisComputerOnly(socket.fd.get()) : std::expected<void, int> {};
}

std::expected<void, int> openTo(const Rules& rules, const Socket& socket)
{
    // Once it is connected, TCP hears nobody but the other end.
    if (socket.isStream() || rules.hosts.internet())
        return hearEverybody(socket.fd.get());
    return hearThisComputerOnly(socket.fd.get(), rules.hosts.addresses());
}

// Whether it may go there; the socket is then heard by whom it may be heard. Looks names up, where it depends on them.
Answer mayReach(Rules& rules, const Target& target, const Socket& socket, const Address& address, const Port& port)
{
    auto verdict = rules.hosts.verdict(port);
    const bool inside = port.isLoopback() || port.isAny();
    // Port 0 is nobody's. getaddrinfo connects to it to learn which of its addresses a computer would use.
    const bool probes = port.number == 0 && !socket.isStream();
    if (inside && verdict != Hosts::Verdict::Allowed && (probes || rules.sockets.hears(port, socket.isStream()))) {
        const auto kept = keepPrivate(socket);
        return kept ? Answer {} : failed(kept.error());
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

// The address at which it may be done, which is not the one that was asked for where that is a path.
struct Destination {
    Address address;
    Descriptor file; // what the address names, kept open
};

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

Answer connectNow(Rules& rules, const Socket& socket, const Address& address)
{
    const Answer result = resultOf(connect(socket.fd.get(), address.get(), address.length));
    // It has an address of its own now, at which others of the run may send to it.
    if (socket.isInternet() && !socket.isStream())
        rules.sockets.remember(socket.fd.get());
    return result;
}

Answer connectInternet(Rules& rules, const Target& target, const Socket& socket, const Address& address)
{
    const auto port = portOf(address);
    if (!port)
        return failed(address.family() == AF_INET || address.family() == AF_INET6 ? EINVAL : EAFNOSUPPORT);
    if (Answer may = mayReach(rules, target, socket, address, *port); may.error != 0)
        return may;
    return connectNow(rules, socket, address);
}

Answer askedToConnect(Rules& rules, const Target& target)
{
    auto socket = socketOf(target);
    if (!socket)
        return failed(socket.error());
    const auto address = addressAt(target, target.argument(1), target.number(2));
    if (!address)
        return failed(address.error());
    if (address->family() == AF_UNSPEC) {
        // It has no other end any more, so that anybody's datagrams would be heard.
        if (const auto kept = keepPrivate(*socket); !kept)
            return failed(kept.error());
        return resultOf(connect(socket->fd.get(), address->get(), address->length));
    }
    if (socket->family == AF_NETLINK) {
        return isToTheKernel(*address) ? resultOf(connect(socket->fd.get(), address->get(), address->length))
                                       : failed(EPERM);
    }
    const auto shared = std::make_shared<Socket>(std::move(*socket));
    if (shared->isInternet()) {
        if (!hasToLookUp(rules, *shared, *address) && !shared->waits())
            return connectInternet(rules, target, *shared, *address);
        return {
            .later = [&rules, target, shared, at = *address] { return connectInternet(rules, target, *shared, at); }};
    }
    auto reached = mayReachUnix(rules, target, *address);
    if (!reached)
        return reached.error();
    if (!shared->waits())
        return connectNow(rules, *shared, reached->address);
    const auto at = std::make_shared<Destination>(std::move(*reached));
    return {.later = [&rules, shared, at] { return connectNow(rules, *shared, at->address); }};
}

// The socket's file is made in a folder that is held, by its name alone, in a thread that has a current folder of its
// own: whatever becomes of the path meanwhile, and so that the socket is named as briefly as can be.
Answer bindInFolder(const Socket& socket, const Descriptor& folder, const std::string& name, mode_t mask)
{
    const auto address = unixAddress(name);
    if (!address)
        return failed(EINVAL);
    Answer result;
    std::thread([&] {
        if (unshare(CLONE_FS) != 0 || fchdir(folder.get()) != 0) {
            result = failed(errno);
            return;
        }
        umask(mask);
        result = resultOf(bind(socket.fd.get(), address->get(), address->length));
    }).join();
    return result;
}

Answer bindUnix(Rules& rules, const Target& target, const Socket& socket, const Address& address)
{
    const auto name = nameOfUnix(address);
    if (!name || name->front() == '\0') { // no name: the kernel gives it an abstract one
        const Answer result = resultOf(bind(socket.fd.get(), address.get(), address.length));
        rules.sockets.remember(socket.fd.get());
        return result;
    }
    const std::size_t slash = name->rfind('/');
    const std::string last = slash == std::string::npos ? *name : name->substr(slash + 1);
    if (last.empty() || last == "." || last == "..")
        return failed(EADDRINUSE);
    const std::string folderName = slash == std::string::npos ? "." : name->substr(0, slash + 1);
    const auto folder = target.file(AT_FDCWD, folderName, true);
    if (!folder)
        return failed(folder.error());
    if (!rules.places.mayWrite(*folder))
        return rules.refused(target, "listen", EACCES, *name);
    return bindInFolder(socket, *folder, last, target.fileMask());
}

Answer askedToBind(Rules& rules, const Target& target)
{
    const auto socket = socketOf(target);
    if (!socket)
        return failed(socket.error());
    const auto address = addressAt(target, target.argument(1), target.number(2));
    if (!address)
        return failed(address.error());
    if (socket->family == AF_UNIX)
        return bindUnix(rules, target, *socket, *address);
    // Before it has a port: nobody outside is heard for a moment either.
    if (const auto kept = keepPrivate(*socket); !kept)
        return failed(kept.error());
    const Answer result = resultOf(bind(socket->fd.get(), address->get(), address->length));
    if (result.error == 0 && socket->isInternet())
        rules.sockets.remember(socket->fd.get());
    return result;
}

Answer askedToListen(Rules& rules, const Target& target)
{
    const auto socket = socketOf(target);
    if (!socket)
        return failed(socket.error());
    if (const auto kept = keepPrivate(*socket); !kept)
        return failed(kept.error());
    const Answer result = resultOf(listen(socket->fd.get(), target.number(1)));
    if (result.error == 0)
        rules.sockets.remember(socket->fd.get()); // without bind it has a port now
    return result;
}

// What sendto and sendmsg ask for: where to, copied, and where in the program's memory the rest is.
struct Wanted {
    std::optional<Address> to;
    std::vector<iovec> pieces;
    std::uint64_t control = 0;
    std::size_t controlLength = 0;
};

// A message, copied: its bytes, where to, and duplicates of the descriptors that it hands over.
struct Message {
    std::optional<Address> to;
    Descriptor file; // what `to` names, kept open
    std::vector<std::byte> bytes;
    std::vector<Descriptor> handed;
    std::vector<std::byte> control;
    std::vector<iovec> rest; // of a stream: what was too much for one piece
};

std::expected<Wanted, int> wantedByMessage(const Target& target, std::uint64_t address)
{
    const auto header = target.value<msghdr>(address);
    if (!header)
        return std::unexpected(header.error());
    if (header->msg_iovlen > kMostPieces)
        return std::unexpected(EMSGSIZE);
    Wanted result {.pieces = std::vector<iovec>(header->msg_iovlen),
        .control = reinterpret_cast<std::uint64_t>(header->msg_control),
        .controlLength = header->msg_controllen};
    if (header->msg_name != nullptr && header->msg_namelen != 0) {
        const auto to = addressAt(
            target, reinterpret_cast<std::uint64_t>(header->msg_name), static_cast<int>(header->msg_namelen));
        if (!to)
            return std::unexpected(to.error());
        result.to = *to;
    }
    if (const auto done = target.read(
            reinterpret_cast<std::uint64_t>(header->msg_iov), std::as_writable_bytes(std::span(result.pieces)));
        !done)
        return std::unexpected(done.error());
    return result;
}

std::expected<void, int> copyBytes(
    const Target& target, const Socket& socket, std::span<const iovec> pieces, Message& message)
{
    for (const iovec& piece : pieces) {
        const auto address = reinterpret_cast<std::uint64_t>(piece.iov_base);
        const std::size_t before = message.bytes.size();
        const std::size_t now = std::min(kMostBytes - before, piece.iov_len);
        message.bytes.resize(before + now);
        if (auto done = target.read(address, std::span(message.bytes).subspan(before)); !done)
            return done;
        if (now < piece.iov_len) {
            if (!socket.isStream())
                return std::unexpected(EMSGSIZE);
            message.rest.push_back(
                {.iov_base = reinterpret_cast<void*>(address + now), .iov_len = piece.iov_len - now});
        }
    }
    return {};
}

// The descriptors that a part of the control data hands over, which are numbers to the program only.
std::expected<void, int> takeDescriptors(
    const Target& target, std::span<const std::byte> data, std::vector<Descriptor>& taken)
{
    for (std::size_t i = 0; i + sizeof(int) <= data.size(); i += sizeof(int)) {
        int number = -1;
        std::memcpy(&number, &data[i], sizeof(number));
        auto duplicate = target.descriptor(number);
        if (!duplicate)
            return std::unexpected(duplicate.error());
        taken.push_back(std::move(*duplicate));
    }
    return {};
}

std::expected<void, int> copyControl(const Target& target, const Socket& socket, const Wanted& wanted, Message& message)
{
    if (wanted.controlLength == 0)
        return {};
    // To the network it says by which way: no lesson needs that, and the walls do.
    if (socket.family != AF_UNIX || wanted.controlLength > kMostControl)
        return std::unexpected(EINVAL);
    std::vector<std::byte> given(wanted.controlLength);
    if (auto done = target.read(wanted.control, given); !done)
        return done;
    for (std::size_t at = 0; at + sizeof(cmsghdr) <= given.size();) {
        cmsghdr part {};
        std::memcpy(&part, &given[at], sizeof(part));
        if (part.cmsg_len < CMSG_LEN(0) || part.cmsg_len > given.size() - at)
            return std::unexpected(EINVAL);
        if (part.cmsg_level != SOL_SOCKET || part.cmsg_type != SCM_RIGHTS)
            return std::unexpected(part.cmsg_level == SOL_SOCKET ? EPERM : EINVAL);
        const auto data = std::span<const std::byte>(given).subspan(at + CMSG_LEN(0), part.cmsg_len - CMSG_LEN(0));
        if (auto done = takeDescriptors(target, data, message.handed); !done)
            return done;
        at += CMSG_ALIGN(part.cmsg_len);
    }
    if (message.handed.empty())
        return {};
    std::vector<int> numbers;
    for (const Descriptor& one : message.handed)
        numbers.push_back(one.get());
    const std::size_t size = numbers.size() * sizeof(int);
    message.control.resize(CMSG_SPACE(size));
    cmsghdr part {};
    part.cmsg_len = CMSG_LEN(size);
    part.cmsg_level = SOL_SOCKET;
    part.cmsg_type = SCM_RIGHTS;
    std::memcpy(message.control.data(), &part, sizeof(part));
    std::memcpy(&message.control[CMSG_LEN(0)], numbers.data(), size);
    return {};
}

// Whether it may go where it is to go; then message.to is where.
Answer maySend(Rules& rules, const Target& target, const Socket& socket, Message& message)
{
    if (!message.to)
        return {};
    if (socket.family == AF_NETLINK)
        return isToTheKernel(*message.to) ? Answer {} : failed(EPERM);
    if (socket.type != SOCK_DGRAM) {
        // It goes to the other end, whatever stands there. Of Unix a stream says so.
        message.to.reset();
        return socket.family == AF_UNIX && socket.isStream() ? failed(EISCONN) : Answer {};
    }
    if (socket.isInternet()) {
        const auto port = portOf(*message.to);
        return port ? mayReach(rules, target, socket, *message.to, *port) : failed(EAFNOSUPPORT);
    }
    auto reached = mayReachUnix(rules, target, *message.to);
    if (!reached)
        return reached.error();
    message.to = reached->address;
    message.file = std::move(reached->file);
    return {};
}

Answer sendPiece(const Socket& socket, const Message& message, int flags)
{
    iovec bytes {.iov_base = const_cast<std::byte*>(message.bytes.data()), .iov_len = message.bytes.size()};
    msghdr header {};
    header.msg_iov = &bytes;
    header.msg_iovlen = 1;
    if (message.to) {
        header.msg_name = const_cast<sockaddr_storage*>(&message.to->storage);
        header.msg_namelen = message.to->length;
    }
    if (!message.control.empty()) {
        header.msg_control = const_cast<std::byte*>(message.control.data());
        header.msg_controllen = message.control.size();
    }
    return resultOf(sendmsg(socket.fd.get(), &header, (flags & kKnownFlags) | MSG_NOSIGNAL));
}

// The whole of a stream's bytes where it may wait, as the kernel does it.
Answer sendPieces(const Target& target, const Socket& socket, Message message, int flags)
{
    std::int64_t sent = 0;
    for (;;) {
        Answer piece = sendPiece(socket, message, flags);
        if (piece.error != 0)
            return sent > 0 ? Answer {.value = sent} : piece;
        sent += piece.value;
        if (message.rest.empty() || piece.value < static_cast<std::int64_t>(message.bytes.size()))
            return {.value = sent};
        Message next;
        if (!copyBytes(target, socket, message.rest, next))
            return {.value = sent};
        message = std::move(next);
    }
}

Answer sendOne(Rules& rules, const Target& target, const Socket& socket, const Wanted& wanted, int flags)
{
    Message message {.to = wanted.to};
    if (const auto done = copyBytes(target, socket, wanted.pieces, message); !done)
        return failed(done.error());
    if (const auto done = copyControl(target, socket, wanted, message); !done)
        return failed(done.error());
    if (Answer may = maySend(rules, target, socket, message); may.error != 0)
        return may;
    const bool toInternet = message.to && socket.isInternet();
    Answer result = sendPieces(target, socket, std::move(message), flags);
    if (toInternet)
        rules.sockets.remember(socket.fd.get()); // by its first datagram it has an address
    if (result.error == EPIPE && (flags & MSG_NOSIGNAL) == 0 && socket.type != SOCK_DGRAM && target.waits())
        syscall(SYS_tgkill, target.process(), target.thread(), SIGPIPE);
    return result;
}

// Done at once if it can be. What would have to wait is done once more, by a thread that may; so is what must wait for
// names of hosts, and a stream that must not be sent in part.
Answer send(const Socket& socket, int flags, bool looksUp, std::function<Answer(int flags)> act)
{
    const bool mayWait = socket.waits() && (flags & MSG_DONTWAIT) == 0;
    if (!looksUp && !(mayWait && socket.isStream())) {
        Answer answer = act(flags | MSG_DONTWAIT);
        if (!mayWait || answer.error != EAGAIN)
            return answer;
    }
    return {.later = [act = std::move(act), flags] { return act(flags); }};
}

Answer sendWanted(Rules& rules, const Target& target, int flags, std::expected<Wanted, int> wanted)
{
    auto taken = socketOf(target);
    if (!taken)
        return failed(taken.error());
    if (!wanted)
        return failed(wanted.error());
    if ((flags & MSG_FASTOPEN) != 0)
        return failed(EOPNOTSUPP); // it connects
    const auto socket = std::make_shared<Socket>(std::move(*taken));
    return send(*socket, flags, hasToLookUp(rules, *socket, wanted->to),
        [&rules, target, socket, wanted = std::move(*wanted)](
            int more) { return sendOne(rules, target, *socket, wanted, more); });
}

Answer askedToSendTo(Rules& rules, const Target& target)
{
    const auto to = addressAt(target, target.argument(4), target.number(5));
    if (!to)
        return failed(to.error());
    const iovec piece {.iov_base = reinterpret_cast<void*>(target.argument(1)), .iov_len = target.argument(2)};
    return sendWanted(rules, target, target.number(3), Wanted {.to = *to, .pieces = {piece}});
}

Answer askedToSendMessage(Rules& rules, const Target& target)
{
    return sendWanted(rules, target, target.number(2), wantedByMessage(target, target.argument(1)));
}

// One after the other; by the first that fails it ends, and tells how many went.
Answer sendMessages(Rules& rules, const Target& target, const Socket& socket, int flags)
{
    const std::size_t count = std::min<std::size_t>(static_cast<unsigned>(target.number(2)), kMostPieces);
    std::int64_t sent = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t at = target.argument(1) + i * sizeof(mmsghdr);
        const auto wanted = wantedByMessage(target, at);
        Answer one = wanted ? sendOne(rules, target, socket, *wanted, flags) : failed(wanted.error());
        if (one.error == 0) {
            const auto length = static_cast<unsigned>(one.value);
            const auto told = target.write(at + offsetof(mmsghdr, msg_len), std::as_bytes(std::span(&length, 1)));
            if (!told)
                one = failed(told.error());
        }
        if (one.error != 0)
            return sent > 0 ? Answer {.value = sent} : one;
        ++sent;
    }
    return {.value = sent};
}

Answer askedToSendMessages(Rules& rules, const Target& target)
{
    auto taken = socketOf(target);
    if (!taken)
        return failed(taken.error());
    if ((target.number(3) & MSG_FASTOPEN) != 0)
        return failed(EOPNOTSUPP);
    const auto socket = std::make_shared<Socket>(std::move(*taken));
    // Where names may have to be looked up, for any of the messages, a thread does it.
    return send(*socket, target.number(3), socket->isInternet() && rules.hosts.mayLookUp(),
        [&rules, target, socket](int flags) { return sendMessages(rules, target, *socket, flags); });
}

} // namespace

std::optional<Answer> answerOfNetwork(Rules& rules, const Target& target)
{
    switch (target.call()) {
    case SYS_connect: return askedToConnect(rules, target);
    case SYS_bind: return askedToBind(rules, target);
    case SYS_listen: return askedToListen(rules, target);
    case SYS_sendto: return askedToSendTo(rules, target);
    case SYS_sendmsg: return askedToSendMessage(rules, target);
    case SYS_sendmmsg: return askedToSendMessages(rules, target);
    default: return {};
    }
}

} // namespace bistro::warden
