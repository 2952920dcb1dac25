#include "checks/localconnection.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLong = 60'000; // milliseconds; only a hang takes so long

// What a connection has told, in order.
struct Told {
    explicit Told(LocalConnection& connection)
    {
        QObject::connect(
            &connection, &LocalConnection::arrived, &context, [this](const QByteArray& more) { bytes += more; });
        QObject::connect(&connection, &LocalConnection::ended, &context, [this] { words += u"ended"_s; });
        QObject::connect(&connection, &LocalConnection::failed, &context, [this](LocalConnection::Failure failure) {
            words += failure == LocalConnection::Failure::NobodyListens ? u"nobody"_s : u"broken"_s;
        });
    }

    QObject context;
    QByteArray bytes;
    QStringList words;
};

} // namespace

class TestLocalConnection : public QObject {
    Q_OBJECT

private slots:
    void aLongRequestArrivesWholeAndSoDoesItsAnswer_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("127.0.0.1") << u"127.0.0.1"_s;
        QTest::newRow("::1") << u"::1"_s;
    }
    void aLongRequestArrivesWholeAndSoDoesItsAnswer()
    {
        QFETCH(QString, address);
        const QByteArray request = QByteArray("lima ").repeated(1'000'000) + "end"; // more than a socket holds
        const QByteArray answer = QByteArray("soup ").repeated(1'000'000);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress(address)));
        QByteArray heard;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* const guest = server.nextPendingConnection();
            connect(guest, &QTcpSocket::readyRead, this, [&, guest] {
                heard += guest->readAll();
                if (heard.endsWith("end")) {
                    guest->write(answer);
                    guest->disconnectFromHost();
                }
            });
        });
        LocalConnection connection;
        const Told told(connection);
        connection.open(server.serverPort(), request);
        QTRY_COMPARE_WITH_TIMEOUT(told.words, QStringList {u"ended"_s}, kLong);
        QCOMPARE(heard, request);
        QCOMPARE(told.bytes, answer);
    }

    void whereNobodyListensIsTold()
    {
        quint16 port = 0;
        {
            QTcpServer server;
            QVERIFY(server.listen(QHostAddress::LocalHost));
            port = server.serverPort();
        }
        LocalConnection connection;
        const Told told(connection);
        connection.open(port, "x");
        QTRY_COMPARE_WITH_TIMEOUT(told.words, QStringList {u"nobody"_s}, kLong);
    }

    void whoHangsUpHasEndedIt()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] { server.nextPendingConnection()->abort(); });
        LocalConnection connection;
        const Told told(connection);
        connection.open(server.serverPort(), "x");
        QTRY_COMPARE_WITH_TIMEOUT(told.words, QStringList {u"ended"_s}, kLong);
        QCOMPARE(told.bytes, QByteArray());
    }

    void afterItIsClosedNothingIsTold()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QTcpSocket* guest = nullptr;
        connect(&server, &QTcpServer::newConnection, this, [&] { guest = server.nextPendingConnection(); });
        LocalConnection connection;
        const Told told(connection);
        connect(&connection, &LocalConnection::arrived, &connection, [&] { connection.close(); });
        connection.open(server.serverPort(), "x");
        QTRY_VERIFY_WITH_TIMEOUT(guest != nullptr, kLong);
        guest->write("first");
        QTRY_VERIFY_WITH_TIMEOUT(guest->state() == QAbstractSocket::UnconnectedState, kLong); // it has hung up
        QCOMPARE(told.bytes, QByteArray("first"));
        QCOMPARE(told.words, QStringList());
    }
};

QTEST_GUILESS_MAIN(TestLocalConnection)
#include "tst_localconnection.moc"
