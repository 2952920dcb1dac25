#include "warden/questions.h"

#include "warden/sentmessage.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <functional>
#include <memory>
#include <sys/syscall.h>
#include <utility>

namespace bistro::warden {
namespace {

// The others change what the call does to memory or to the connection.
constexpr int kKnownFlags = MSG_CONFIRM | MSG_DONTROUTE | MSG_DONTWAIT | MSG_EOR | MSG_MORE | MSG_NOSIGNAL | MSG_OOB;

// Whether it may go where it is to go; then message.to is where.
Answer maySend(Rules& rules, const Target& target, const Socket& socket, Message& message)
{
    if (!message.to)
        return {};
    if (socket.family == AF_NETLINK) {
        if (!isToTheKernel(*message.to))
            return failed(EPERM);
        // It goes there anyway. By name the kernel would ask who sends, and that may be root, with all that root may.
        message.to.reset();
        return {};
    }
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

std::optional<Answer> answerOfSending(Rules& rules, const Target& target)
{
    switch (target.call()) {
    case SYS_sendto: return askedToSendTo(rules, target);
    case SYS_sendmsg: return askedToSendMessage(rules, target);
    case SYS_sendmmsg: return askedToSendMessages(rules, target);
    default: return {};
    }
}

} // namespace bistro::warden
