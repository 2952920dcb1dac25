#include "process/controlline.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>

namespace bistro::app {
namespace {

// Where the learner's program does not meet it: the numbers that it gets are those that it gets under node.
constexpr int kControlFloor = 900;

} // namespace

ControlLine::ControlLine(QObject* parent)
    : QObject(parent)
{
}

ControlLine::~ControlLine() = default;

std::expected<Descriptor, std::string> ControlLine::open()
{
    int ends[2] {};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return std::unexpected(tr("Bistro can't talk to its engine, because it can't make a socket: %1.")
                .arg(QString::fromStdString(std::generic_category().message(errno)))
                .toStdString());
    m_socket = Descriptor(ends[0]);
    Descriptor theirs(ends[1]);
    if (const int high = fcntl(theirs.get(), F_DUPFD_CLOEXEC, kControlFloor); high >= 0)
        theirs = Descriptor(high);
    m_notifier = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { readSome(); });
    m_isHeard = true; // as long as nobody says otherwise: what is asked before the engine listens waits in the line
    m_isHeard = ask(control::Hello {});
    return theirs;
}

bool ControlLine::ask(const control::Command& command)
{
    if (!m_socket || !m_isHeard)
        return false;
    const auto bytes = control::encode({.request = ++m_lastRequest, .message = command});
    const ssize_t sent = send(m_socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != static_cast<ssize_t>(bytes.size())) {
        m_isHeard = false; // half a frame is the end of all
        return false;
    }
    m_asked.emplace(m_lastRequest, command);
    return true;
}

void ControlLine::close()
{
    stopListening();
    m_socket.reset();
}

void ControlLine::stopListening()
{
    m_isHeard = false;
    m_asked.clear();
    if (m_notifier) { // which may be sending the signal that we are in
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater();
    }
}

// One piece at a time, so that a loud line does not keep the window waiting.
void ControlLine::readSome()
{
    std::array<std::byte, control::kMostBytes> bytes {};
    const ssize_t got = recv(m_socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) { // the engine ends; its process tells how
        m_isHeard = false;
        m_notifier->setEnabled(false);
        return;
    }
    m_inbox.take(std::span(bytes).first(static_cast<std::size_t>(got)));
    while (m_isHeard) { // until a slot closes it
        const auto frame = m_inbox.next();
        if (!frame) {
            breakOff(frame.error().why);
            return;
        }
        if (!*frame)
            return;
        if (const auto heard = hear(**frame); !heard) {
            breakOff(heard.error());
            return;
        }
    }
}

std::expected<void, control::Refusal> ControlLine::hear(const control::Frame<control::Answer>& answer)
{
    const auto asked = m_asked.extract(answer.request);
    if (asked.empty())
        return std::unexpected(control::Refusal::Unasked);
    const control::Command& command = asked.mapped();

    struct Visitor {
        ControlLine& line;
        const control::Command& command;

        std::expected<void, control::Refusal> operator()(const control::Hello& hello) const
        {
            if (!std::holds_alternative<control::Hello>(command))
                return std::unexpected(control::Refusal::Unasked);
            if (hello.version != control::kVersion)
                return std::unexpected(control::Refusal::UnknownVersion);
            return {};
        }
        std::expected<void, control::Refusal> operator()(const control::Granted&) const
        {
            if (std::holds_alternative<control::Hello>(command))
                return std::unexpected(control::Refusal::Unasked);
            emit line.granted(command);
            return {};
        }
        std::expected<void, control::Refusal> operator()(const control::Refused& refused) const
        {
            if (refused.why != control::Refusal::Over)
                line.m_isHeard = false; // the frame's fault: the engine hears nothing after it
            emit line.refused(command, refused.why);
            return {};
        }
    };
    return std::visit(Visitor {*this, command}, answer.message);
}

void ControlLine::breakOff(control::Refusal why)
{
    stopListening(); // and stays open: the engine leaves when it is closed, and the program has done nothing that ends
                     // it
    emit broken(why);
}

} // namespace bistro::app
