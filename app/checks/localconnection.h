// A connection to a port of this computer, for one request. Sockets of the system and a notifier of Qt Core: Qt Network
// brings fifty libraries with it, which every `bistro run` would load. A thread with an event loop; never waits.
#pragma once

#include <QByteArray>
#include <QObject>

#include <cstdint>
#include <memory>

class QSocketNotifier;

namespace bistro::app {

class LocalConnection final : public QObject {
    Q_OBJECT

public:
    enum class Failure : std::uint8_t { NobodyListens, Broken };

    explicit LocalConnection(QObject* parent = nullptr);
    ~LocalConnection() override;

    // At 127.0.0.1, else at ::1. What it tells may come before this returns. Once.
    void open(quint16 port, const QByteArray& request);
    // Nothing is told any more.
    void close();

signals:
    void arrived(const QByteArray& bytes);
    void ended(); // by the other end
    void failed(bistro::app::LocalConnection::Failure failure);

private:
    void tryNext();
    void watch();
    void write();
    void read();
    void leaveSocket();
    void fail(int error);

    quint16 m_port = 0;
    int m_tried = 0; // addresses
    int m_socket = -1;
    bool m_connected = false;
    QByteArray m_left; // of the request
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
};

} // namespace bistro::app
