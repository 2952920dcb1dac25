#include "warden/questions.h"

#include "sandbox/landlock.h"
#include "warden/reach.h"

#include <cerrno>
#include <memory>
#include <sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <utility>

namespace bistro::warden {
namespace {

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

struct SocketFile {
    std::string path; // as the program names it
    std::string last; // of that, behind the last slash
    Descriptor folder; // the one that it is made in: looked at, and held
};

// In a thread that has a current folder of its own. By the path that the program gave, since that is the socket's name
// from then on (libuv changes the mode of the file by it); what the path has become since the folder was looked at does
// not matter, because the thread itself can't make a socket elsewhere. Without Landlock by its last part, in the folder
// that is held: a socket whose name means little, and lies where it may.
Answer bindFile(const Rules& rules, const Target& target, const Socket& socket, const SocketFile& file)
{
    const auto walled = static_cast<bool>(rules.socketRules);
    const auto address = unixAddress(walled ? file.path : file.last);
    const auto current = target.file(AT_FDCWD, ".", true);
    if (!address || !current)
        return failed(address ? current.error() : EINVAL);
    const mode_t mask = target.fileMask();
    Answer result;
    std::thread([&] {
        const int folder = walled ? current->get() : file.folder.get();
        if (unshare(CLONE_FS) != 0 || fchdir(folder) != 0 || (walled && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)) {
            result = failed(errno);
            return;
        }
        if (const int error = walled ? sandbox::enterLandlock(rules.socketRules.get(), sandbox::landlockAbi()) : 0) {
            result = failed(error);
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
    auto folder = target.file(AT_FDCWD, folderName, true);
    if (!folder)
        return failed(folder.error());
    if (!rules.places.mayWrite(*folder))
        return rules.refused(target, "listen", EACCES, *name);
    return bindFile(rules, target, socket, {.path = *name, .last = last, .folder = std::move(*folder)});
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
    // The kernel lets two share a port that both say they share (SO_REUSEADDR, SO_REUSEPORT), and lets one have the
    // port at an address that the other has not.
    const auto port = portOf(*address);
    if (port && port->number != 0 && rules.sockets.isOfOthers(port->number, socket->isStream()))
        return failed(EADDRINUSE);
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
    if (const auto kept = keepPrivateToListen(*socket); !kept)
        return failed(kept.error());
    const Answer result = resultOf(listen(socket->fd.get(), target.number(1)));
    if (result.error == 0)
        rules.sockets.remember(socket->fd.get()); // without bind it has a port now
    return result;
}

} // namespace

std::optional<Answer> answerOfNetwork(Rules& rules, const Target& target)
{
    switch (target.call()) {
    case SYS_connect: return askedToConnect(rules, target);
    case SYS_bind: return askedToBind(rules, target);
    case SYS_listen: return askedToListen(rules, target);
    default: return answerOfSending(rules, target);
    }
}

} // namespace bistro::warden
