#include "checks/sender.h"

#include "checks/localconnection.h"
#include "checks/look.h"
#include "checks/reply.h"
#include "state/loopevents.h"
#include "trace/views.h"

#include <QTimer>

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

QByteArray requestText(const Send& what, quint16 port)
{
    QByteArray text = what.method.toUtf8() + ' ' + what.path.toUtf8()
        + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port) + "\r\nConnection: close\r\n";
    const QByteArray body = what.body.toUtf8();
    if (!body.isEmpty())
        text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

// One request, in its own connection. Tells once that it is over.
class Exchange final : public QObject {
public:
    Exchange(QByteArray request, quint16 port, std::function<void(FinishedRun::Reply)> over, QObject* parent)
        : QObject(parent)
        , m_request(std::move(request))
        , m_port(port)
        , m_over(std::move(over))
    {
        m_patience.setSingleShot(true);
        connect(&m_patience, &QTimer::timeout, this, [this] { end(CheckWords::tr("No answer came in time.")); });
        connect(&m_connection, &LocalConnection::arrived, this, [this](const QByteArray& bytes) { take(bytes); });
        connect(&m_connection, &LocalConnection::ended, this, [this] { end({}); });
        connect(&m_connection, &LocalConnection::failed, this, [this](LocalConnection::Failure failure) {
            end(failure == LocalConnection::Failure::NobodyListens
                    ? CheckWords::tr("Nobody listens on port %1.").arg(m_port)
                    : CheckWords::tr("The connection broke off."));
        });
    }

    void begin()
    {
        m_patience.start(Sender::kPatience);
        m_connection.open(m_port, m_request);
    }

private:
    void take(const QByteArray& bytes)
    {
        m_answer += bytes;
        if (m_answer.size() > kMostAnswer || isWholeReply(m_answer))
            end({});
    }

    void end(const QString& error)
    {
        if (!m_over)
            return;
        m_patience.stop();
        FinishedRun::Reply reply = error.isEmpty() ? replyOf(m_answer) : FinishedRun::Reply {.error = error};
        if (reply.status == 0 && reply.error.isEmpty())
            reply.error = CheckWords::tr("The connection was closed without an answer.");
        const auto over = std::exchange(m_over, {});
        m_connection.close();
        over(std::move(reply));
    }

    static constexpr qsizetype kMostAnswer = 16 << 20;

    QByteArray m_request;
    quint16 m_port = 0;
    std::function<void(FinishedRun::Reply)> m_over;
    LocalConnection m_connection;
    QTimer m_patience;
    QByteArray m_answer;
};

} // namespace

struct Sender::Parts {
    std::unique_ptr<QObject> exchanges; // their parent
    QList<FinishedRun::Reply> replies;
    qsizetype open = 0;
};

Sender::Sender(QObject* parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>())
{
}

Sender::~Sender() = default;

void Sender::send(quint16 port, const QList<Send>& what)
{
    m_parts = std::make_unique<Parts>();
    m_parts->exchanges = std::make_unique<QObject>();
    std::chrono::milliseconds at {0};
    for (const Send& each : what) {
        for (int i = 0; i < each.count; ++i, at += each.gap) {
            const qsizetype number = m_parts->replies.size();
            m_parts->replies.append(FinishedRun::Reply {});
            auto* const exchange = new Exchange(
                requestText(each, port), port,
                [this, number](FinishedRun::Reply reply) {
                    m_parts->replies[number] = std::move(reply);
                    if (--m_parts->open == 0)
                        emit finished();
                },
                m_parts->exchanges.get());
            QTimer::singleShot(at, exchange, [exchange] { exchange->begin(); });
        }
    }
    m_parts->open = m_parts->replies.size();
    if (m_parts->open == 0)
        QTimer::singleShot(0, m_parts->exchanges.get(), [this] { emit finished(); });
}

bool Sender::isOver() const
{
    return m_parts->open == 0;
}

QList<FinishedRun::Reply> Sender::replies() const
{
    return m_parts->replies;
}

quint16 listeningPort(const TraceLog& log)
{
    using Started = trace::events::KernelWaitStarted;
    for (const Index i : eventsFrom(log, log.listenedAt())) { // a path comes before a port, or none
        const trace::Record event = log.event(i);
        if (!trace::is<Started>(event) || trace::as<Started>(event).wait != trace::KernelWait::Listening)
            continue;
        const std::string_view detail = log.text(trace::as<Started>(event).detail);
        const QByteArray digits = QByteArray::fromRawData(detail.data(), static_cast<qsizetype>(detail.size()));
        if (const ushort port = digits.toUShort(); port != 0)
            return port;
    }
    return 0;
}

} // namespace bistro::app
