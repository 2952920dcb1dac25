#include "checks/localconnection.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace bistro::app {
namespace {

constexpr int kAddresses = 2;

// Begins to connect; 0, EINPROGRESS or what is wrong.
int beginConnecting(int socket, int family, quint16 port)
{
    int done = 0;
    if (family == AF_INET) {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        done = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    } else {
        sockaddr_in6 address {};
        address.sin6_family = AF_INET6;
        address.sin6_port = htons(port);
        address.sin6_addr = in6addr_loopback;
        done = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    return done == 0 ? 0 : errno;
}

bool isForLater(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

LocalConnection::LocalConnection(QObject* parent)
    : QObject(parent)
{
}

LocalConnection::~LocalConnection()
{
    leaveSocket();
}

void LocalConnection::open(quint16 port, const QByteArray& request)
{
    m_port = port;
    m_left = request;
    tryNext();
}

void LocalConnection::close()
{
    leaveSocket();
    disconnect();
}

void LocalConnection::tryNext()
{
    leaveSocket();
    const int family = m_tried++ == 0 ? AF_INET : AF_INET6;
    m_socket = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int error = m_socket < 0 ? errno : beginConnecting(m_socket, family, m_port);
    if (error != 0 && error != EINPROGRESS) {
        fail(error);
        return;
    }
    watch();
}

void LocalConnection::watch()
{
    m_readable = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Write);
    m_readable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, [this] { read(); });
    connect(m_writable.get(), &QSocketNotifier::activated, this, [this] { write(); });
}

void LocalConnection::write()
{
    if (!m_connected) {
        int error = 0;
        socklen_t size = sizeof error;
        if (getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
            error = errno;
        if (error != 0) {
            fail(error);
            return;
        }
        m_connected = true;
        m_readable->setEnabled(true);
    }
    while (!m_left.isEmpty()) {
        const ssize_t sent = send(m_socket, m_left.constData(), static_cast<std::size_t>(m_left.size()), MSG_NOSIGNAL);
        if (sent < 0 && isForLater(errno))
            return;
        if (sent < 0)
            break; // what the other end has said before it closed is still to be read
        m_left.remove(0, sent);
    }
    m_writable->setEnabled(false);
}

void LocalConnection::read()
{
    constexpr std::size_t kPiece = 64 * 1024;
    std::array<char, kPiece> bytes {};
    const ssize_t size = recv(m_socket, bytes.data(), bytes.size(), 0);
    if (size > 0) {
        emit arrived(QByteArray(bytes.data(), size));
        return;
    }
    if (size < 0 && isForLater(errno))
        return;
    const bool isOver = size == 0 || errno == ECONNRESET;
    leaveSocket();
    if (isOver)
        emit ended();
    else
        emit failed(Failure::Broken);
}

void LocalConnection::fail(int error)
{
    if (error == ECONNREFUSED && m_tried < kAddresses) {
        tryNext();
        return;
    }
    leaveSocket();
    const bool isNobody = error == ECONNREFUSED || error == EAFNOSUPPORT || error == EADDRNOTAVAIL;
    emit failed(isNobody ? Failure::NobodyListens : Failure::Broken);
}

void LocalConnection::leaveSocket()
{
    // A notifier may be what calls: it goes when it has returned.
    for (auto* const notifier : {&m_readable, &m_writable}) {
        if (*notifier) {
            (*notifier)->setEnabled(false);
            notifier->release()->deleteLater();
        }
    }
    if (m_socket >= 0)
        ::close(std::exchange(m_socket, -1));
    m_connected = false;
}

} // namespace bistro::app
