#include "support/wardenrun.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <arpa/inet.h>
#include <cstddef>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::test;
using namespace Qt::StringLiterals;

namespace {

const QString kProbe = QStringLiteral(BISTRO_PROBE);

// Somebody outside the run, at a Unix socket.
class UnixOutsider final {
public:
    UnixOutsider(const QByteArray& name, int type)
        : m_socket(socket(AF_UNIX, type | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
        const bool abstract = name.startsWith('@');
        if (abstract)
            address.sun_path[0] = '\0';
        const auto size = offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(name.size()) + (abstract ? 0 : 1);
        if (bind(m_socket, reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(size)) != 0)
            qFatal("no Unix socket");
        if (type == SOCK_STREAM)
            listen(m_socket, 10);
    }
    UnixOutsider(const UnixOutsider&) = delete;
    UnixOutsider& operator=(const UnixOutsider&) = delete;
    ~UnixOutsider() { close(m_socket); }

private:
    int m_socket;
};

// Somebody outside the run, at a port of the kernel's choice that it shares with whoever wants to.
class SharingOutsider final {
public:
    SharingOutsider(const QByteArray& host, int type)
        : m_socket(socket(AF_INET, type | SOCK_CLOEXEC, 0))
    {
        const int yes = 1;
        for (const int option : {SO_REUSEADDR, SO_REUSEPORT})
            setsockopt(m_socket, SOL_SOCKET, option, &yes, sizeof(yes));
        sockaddr_in address {};
        address.sin_family = AF_INET;
        inet_pton(AF_INET, host.constData(), &address.sin_addr);
        socklen_t size = sizeof(address);
        if (bind(m_socket, reinterpret_cast<const sockaddr*>(&address), size) != 0
            || getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size) != 0
            || (type == SOCK_STREAM && listen(m_socket, 10) != 0))
            qFatal("nobody can share");
        m_port = ntohs(address.sin_port);
    }
    SharingOutsider(const SharingOutsider&) = delete;
    SharingOutsider& operator=(const SharingOutsider&) = delete;
    ~SharingOutsider() { close(m_socket); }

    [[nodiscard]] QString port() const { return QString::number(m_port); }

private:
    int m_socket;
    quint16 m_port = 0;
};

} // namespace

class tst_NetworkQuestions : public QObject {
    Q_OBJECT

private slots:
    void aServerOfTheRunIsReachedByTheRun_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("by");
        QTest::addColumn<bool>("ordinary");
        for (const bool ordinary : {false, true}) {
            const auto row = [&](const char* name, const char* host, const char* by) {
                QTest::addRow("%s%s", name, ordinary ? ", of an ordinary user" : "")
                    << QByteArray(host) << QByteArray(by) << ordinary;
            };
            row("any, by 127.0.0.1", "0.0.0.0", "127.0.0.1");
            row("127.0.0.1", "127.0.0.1", "127.0.0.1");
            row("any, by itself", "0.0.0.0", "0.0.0.0");
            row("::, by ::1", "::", "::1");
            row("::, by 127.0.0.1", "::", "127.0.0.1");
            row("::1", "::1", "::1");
            row("localhost", "localhost", "localhost");
        }
    }
    void aServerOfTheRunIsReachedByTheRun()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, by);
        QFETCH(bool, ordinary);
        const Walled walled;
        const QByteArray script = R"(
            const http = require('http');
            const server = http.createServer((request, response) => response.end('Lima')).on('error', (error) => console.log(error.code));
            server.listen(0, 'HOST', () => {
                console.log(server.address().address);
                http.get({host: 'BY', port: server.address().port, agent: false}, (response) => {
                    response.on('data', (data) => console.log(String(data))).on('end', () => server.close());
                }).on('error', (error) => { console.log(error.code); server.close(); });
            });
        )";
        const QByteArray filled = QByteArray(script).replace("HOST", host).replace("BY", by);
        const Outcome without = walled.node(filled, {.walls = false});
        if (!without.output.contains("Lima"))
            QSKIP("this computer has no such address: " + without.output);
        const Outcome with = walled.node(filled, {.ordinary = ordinary});
        QCOMPARE(with.errors, "");
        QCOMPARE(with.output, without.output);
        QCOMPARE(with.code, 0);
    }

    void fetchReachesAServerOfTheRun()
    {
        const Walled walled;
        const Outcome outcome = walled.node(R"(
            const server = require('http').createServer((request, response) => response.end('Lima'));
            server.listen(0, async () => {
                const response = await fetch('http://127.0.0.1:' + server.address().port);
                console.log(await response.text());
                server.close();
                server.closeAllConnections();
            });
        )");
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, "Lima\n");
    }

    void aPortOfSomebodyElseOnThisComputerIsRefused_data()
    {
        QTest::addColumn<QString>("way");
        QTest::addColumn<QString>("host");
        for (const char* const way : {"tcp", "udp", "sendto", "sendmsg", "sendmmsg"}) {
            for (const char* const host : {"127.0.0.1", "0.0.0.0"})
                QTest::addRow("%s %s", way, host) << QString::fromLatin1(way) << QString::fromLatin1(host);
        }
    }
    void aPortOfSomebodyElseOnThisComputerIsRefused()
    {
        QFETCH(QString, way);
        QFETCH(QString, host);
        const Walled walled;
        Outsider outsider(way == "tcp"_L1 ? SOCK_STREAM : SOCK_DGRAM);
        const QStringList command {kProbe, way, host, outsider.port()};
        QCOMPARE(walled.run(command).output, "ECONNREFUSED\n");
        QCOMPARE(outsider.arrivals(), 0);
        QCOMPARE(walled.run(command, {.walls = false}).output, "ok\n");
        QCOMPARE(outsider.arrivals(), way == "udp"_L1 ? 0 : 1);
    }

    void aDatagramThatNobodyHearsIsNoError()
    {
        const Walled walled;
        walled.write(u"client.js"_s, R"(
            const client = require('dgram').createSocket('udp4');
            client.send('Lima', Number(process.argv[2]), 'localhost', (error, bytes) => {
                console.log(error?.code ?? 'sent', bytes);
                client.close();
            });
        )");
        QString port;
        {
            const Outsider outsider(SOCK_DGRAM);
            port = outsider.port();
            const QStringList command {QStringLiteral(BISTRO_NODE), walled.path(u"client.js"_s), port};
            QCOMPARE(walled.run(command).output, "ECONNREFUSED undefined\n");
        }
        const QStringList command {QStringLiteral(BISTRO_NODE), walled.path(u"client.js"_s), port};
        QCOMPARE(walled.run(command).output, "sent 4\n");
        // A connection goes on, and somebody may hear it later.
        QCOMPARE(walled.run({kProbe, u"udp"_s, u"127.0.0.1"_s, port}).output, "ECONNREFUSED\n");
    }

    void theNetworkIsUnreachable_data()
    {
        QTest::addColumn<QString>("way");
        for (const char* const way : {"tcp", "udp", "sendto", "sendmsg", "sendmmsg"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }
    void theNetworkIsUnreachable()
    {
        QFETCH(QString, way);
        const Walled walled;
        for (const QString& host : {u"192.0.2.1"_s, u"224.0.0.251"_s, u"255.255.255.255"_s})
            QCOMPARE(walled.run({kProbe, way, host, u"9"_s}).output, "ENETUNREACH\n");
    }

    void nodeSaysThatTheNetworkIsUnreachable()
    {
        const Walled walled;
        const Outcome outcome = walled.node(R"(
            require('net').connect({host: '192.0.2.1', port: 80}).on('error', (error) => console.log(error.message));
            require('net').connect({host: '2001:db8::1', port: 80}).on('error', (error) => console.log(error.code));
        )");
        QCOMPARE(outcome.output.split('\n').first(), "connect ENETUNREACH 192.0.2.1:80 - Local (0.0.0.0:0)");
        QVERIFY(outcome.output.contains("\nENETUNREACH\n"));
    }

    void datagramsGoToTheRunItself()
    {
        const Walled walled;
        QCOMPARE(walled.run({kProbe, u"send-to-itself"_s}).output, "one two two two five \n");
        const Outcome node = walled.node(R"(
            const server = require('dgram').createSocket('udp4');
            server.on('message', (data, from) => { console.log(String(data), from.address); server.close(); client.close(); });
            const client = require('dgram').createSocket('udp4');
            server.bind(0, () => client.send('Lima', server.address().port, 'localhost'));
        )");
        QCOMPARE(node.errors, "");
        QCOMPARE(node.output, "Lima 127.0.0.1\n");
    }

    void aServerIsHeardOnThisComputerOnly_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QStringList>("reached");
        QTest::addColumn<bool>("ordinary");
        for (const bool ordinary : {false, true}) {
            const char* const whose = ordinary ? ", of an ordinary user" : "";
            QTest::addRow("0.0.0.0%s", whose) << u"0.0.0.0"_s << QStringList {u"127.0.0.1"_s} << ordinary;
            QTest::addRow("::%s", whose) << u"::"_s << QStringList {u"127.0.0.1"_s, u"::1"_s} << ordinary;
        }
    }
    void aServerIsHeardOnThisComputerOnly()
    {
        QFETCH(QString, host);
        QFETCH(QStringList, reached);
        QFETCH(bool, ordinary);
        const Walled walled;
        const QString elsewhere = u"10.77.1.2"_s; // another interface of the same computer, in a network of its own
        if (walled.run({kProbe, u"own-network"_s, elsewhere, u"/bin/true"_s}, {.walls = false}).output != "")
            QSKIP("no network of its own can be made here");
        walled.write(u"server.js"_s,
            "require('http').createServer((q, r) => r.end()).listen(8123, '" + host.toUtf8()
                + "', () => console.log('listens')).on('error', (error) => console.log(error.code));");
        // Within the network, the server behind walls or without, and outside these walls who tries to reach it.
        const auto answers = [&](bool walls) {
            const QString server = (ordinary ? kProbe + u" ordinary "_s : QString())
                + (walls ? QStringLiteral(BISTRO_WARDEN) + u' ' : QString()) + QStringLiteral(BISTRO_NODE)
                + (walls ? u" node "_s : u" "_s) + walled.path(u"server.js"_s);
            QString tries;
            for (const QString& address : reached + QStringList {elsewhere})
                tries += u"%1 reach %2 8123; "_s.arg(kProbe, address);
            const Outcome outcome = walled.run(
                {kProbe, u"own-network"_s, elsewhere, u"/bin/sh"_s, u"-c"_s,
                    u"mkfifo said; %1 >said & read line <said; echo $line; %2 kill $!; wait"_s.arg(server, tries)},
                {.walls = false});
            QFile::remove(walled.path(u"said"_s));
            return outcome.output;
        };
        const QByteArray ok = QByteArray("ok\n").repeated(reached.size());
        const QByteArray without = answers(false);
        if (!without.startsWith("listens\n" + ok))
            QSKIP("no such server is possible here: " + without);
        QCOMPARE(without, "listens\n" + ok + "ok\n");
        // Nobody answers: what a filter drops is tried until its time is over (EINPROGRESS). Who hears the loopback's
        // interface alone is not there for another one.
        const QByteArray with = answers(true);
        QVERIFY2(
            with == "listens\n" + ok + "EINPROGRESS\n" || (ordinary && with == "listens\n" + ok + "ECONNREFUSED\n"),
            with.constData());
    }

    void unixSocketsOfTheWorkspaceAreReached()
    {
        const Walled walled;
        QCOMPARE(walled.run({kProbe, u"unix-self"_s, walled.path(u"own.sock"_s)}).output, "ok\n");
        QCOMPARE(walled.run({kProbe, u"unix-self"_s, u"relative.sock"_s}).output, "ok\n");
        const QByteArray theirs = walled.path(u"theirs.sock"_s).toLocal8Bit();
        const UnixOutsider outsider(theirs, SOCK_STREAM);
        QCOMPARE(walled.run({kProbe, u"unix"_s, QString::fromLocal8Bit(theirs)}).output, "ok\n");
        const Outcome node = walled.node(R"(
            const server = require('net').createServer((socket) => socket.end('Lima')).listen('pipe', () => {
                console.log(server.address());
                require('net').connect('pipe').on('data', (data) => console.log(String(data))).on('close', () => server.close());
            });
        )");
        QCOMPARE(node.errors, "");
        QCOMPARE(node.output, "pipe\nLima\n");
        QVERIFY(!QFile::exists(walled.path(u"pipe"_s)));
    }

    // libuv changes the mode of the file by the name that the kernel tells of the socket.
    void aUnixSocketHasTheNameThatTheProgramGaveIt()
    {
        const Walled walled;
        QVERIFY(QDir(walled.path(u"."_s)).mkpath(u"deep/down"_s));
        const Outcome node = walled.node(R"(
            const net = require('net'), fs = require('fs'), path = require('path');
            process.chdir('deep');
            for (const name of ['../up', 'down/below', path.resolve('down/whole')]) {
                net.createServer().listen({path: name, readableAll: true, writableAll: true}, function () {
                    console.log(name === this.address(), (fs.statSync(name).mode & 0o777).toString(8));
                    this.close();
                });
            }
        )");
        QCOMPARE(node.errors, "");
        QCOMPARE(node.output, QByteArray("true 777\n").repeated(3));
    }

    void aPathThatIsChangedBetweenLookAndActMakesNoSocketOutside()
    {
        const Walled walled;
        const Walled outside;
        QVERIFY(QDir(walled.path(u"."_s)).mkpath(u"inside"_s));
        const QStringList command {kProbe, u"race-bind"_s, walled.path(u"inside"_s), outside.path(u"."_s), u"2"_s};
        QCOMPARE(walled.run(command).output, "inside\n");
        QVERIFY(!QFile::exists(outside.path(u"raced"_s)));
        QCOMPARE(walled.run(command, {.walls = false}).output, "outside\n");
    }

    void unixSocketsOutsideAreRefused()
    {
        const Walled walled;
        const Walled outside;
        const QByteArray stream = outside.path(u"stream"_s).toLocal8Bit();
        const QByteArray datagram = outside.path(u"datagram"_s).toLocal8Bit();
        const UnixOutsider one(stream, SOCK_STREAM);
        const UnixOutsider two(datagram, SOCK_DGRAM);
        QVERIFY(QFile::link(QString::fromLocal8Bit(stream), walled.path(u"link"_s)));
        const QList<QStringList> commands {{kProbe, u"unix"_s, QString::fromLocal8Bit(stream)},
            {kProbe, u"unix"_s, walled.path(u"link"_s)}, {kProbe, u"unix-datagram"_s, QString::fromLocal8Bit(datagram)},
            {kProbe, u"unix-self"_s, outside.path(u"new.sock"_s)}};
        for (const QStringList& command : commands) {
            QCOMPARE(walled.run(command).output, "EACCES\n");
            QCOMPARE(walled.run(command, {.walls = false}).output, "ok\n");
        }
    }

    void abstractNamesAreThoseOfTheRunOnly()
    {
        const Walled walled;
        const QString name = u"@bistro-test-%1"_s.arg(getpid());
        QCOMPARE(walled.run({kProbe, u"unix-self"_s, name}).output, "ok\n");
        const UnixOutsider outsider(name.toLocal8Bit(), SOCK_STREAM);
        QCOMPARE(walled.run({kProbe, u"unix"_s, name}).output, "ECONNREFUSED\n");
        QCOMPARE(walled.run({kProbe, u"unix"_s, name}, {.walls = false}).output, "ok\n");
    }

    void aFileIsHandedOverToAChild()
    {
        const Walled walled;
        walled.write(u"letter"_s, "Dear child");
        QCOMPARE(walled.run({kProbe, u"hand-over"_s, walled.path(u"letter"_s)}).output, "Dear child\n");
    }

    void aLongMessageThatMayWaitIsSentWhole()
    {
        const Walled walled;
        QCOMPARE(walled.run({kProbe, u"send-much"_s}).output, "5000000 sent, 5000000 came, equal\n");
    }

    void aClusterSharesItsPort_data()
    {
        QTest::addColumn<bool>("ordinary");
        QTest::newRow("of root") << false;
        QTest::newRow("of an ordinary user") << true;
    }
    void aClusterSharesItsPort()
    {
        QFETCH(bool, ordinary);
        const Walled walled;
        const Outcome outcome = walled.node(R"(
            const cluster = require('cluster'), http = require('http');
            if (cluster.isPrimary) {
                cluster.fork(); cluster.fork();
                let listening = 0;
                cluster.on('listening', (worker, address) => {
                    if (++listening < 2) return;
                    http.get({port: address.port, agent: false}, (response) => {
                        response.on('data', (data) => console.log(String(data))).on('end', () => cluster.disconnect());
                    }).on('error', (error) => { console.log(error.code); cluster.disconnect(); });
                });
            } else http.createServer((request, response) => response.end('from a worker')).listen(0);
        )",
            {.ordinary = ordinary});
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, "from a worker\n");
    }

    void aForkedChildIsHandedASocket()
    {
        const Walled walled;
        const Outcome outcome = walled.node(R"(
            const net = require('net');
            if (process.argv[2]) {
                process.on('message', (word, socket) => { socket.end('hello from the child'); process.disconnect(); });
            } else {
                const child = require('child_process').fork(__filename, ['child']);
                const server = net.createServer((socket) => child.send('socket', socket)).listen(0, () => {
                    net.connect(server.address().port, '127.0.0.1').on('data', (data) => console.log(String(data)))
                        .on('close', () => server.close());
                });
            }
        )");
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, "hello from the child\n");
    }

    void workerThreadsServeAndAskEachOther()
    {
        const Walled walled;
        const Outcome outcome = walled.node(R"(
            const {Worker, isMainThread, parentPort} = require('worker_threads');
            const http = require('http');
            if (isMainThread) {
                const worker = new Worker(__filename);
                worker.on('message', (port) => http.get({port, host: '127.0.0.1', agent: false}, (response) => {
                    response.on('data', (data) => console.log(String(data))).on('end', () => worker.terminate());
                }));
            } else {
                const server = http.createServer((request, response) => response.end('from a thread'));
                server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
            }
        )");
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, "from a thread\n");
    }

    // Not even by root's rights, which the warden has.
    void whoConfiguresTheNetworkIsRefused()
    {
        const Walled walled;
        const QStringList command {kProbe, u"loopback-up"_s};
        QCOMPARE(walled.run(command).output, "EPERM\n");
        const QStringList own {kProbe, u"own-network"_s, u"10.7.7.7"_s};
        if (walled.run(own + QStringList {u"/bin/true"_s}, {.walls = false}).output != "")
            QSKIP("this user may not make a network");
        QCOMPARE(walled.run(own + command, {.walls = false}).output, "ok\n");
    }

    void anAddressThatIsRewrittenBetweenLookAndActLeadsNobodyOut_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("connect") << u"race-connect"_s;
        QTest::newRow("sendto") << u"race-sendto"_s;
    }
    void anAddressThatIsRewrittenBetweenLookAndActLeadsNobodyOut()
    {
        QFETCH(QString, way);
        const Walled walled;
        Outsider outsider(way == "race-connect"_L1 ? SOCK_STREAM : SOCK_DGRAM);
        const QStringList command {kProbe, way, outsider.port(), u"3"_s};
        QCOMPARE(walled.run(command).output, "reached-own 0\n");
        QCOMPARE(outsider.arrivals(), 0);
        QCOMPARE(walled.run(command, {.walls = false}).code, 0);
        QVERIFY(outsider.arrivals() > 0);
    }

    void anotherSocketUnderTheSameNumberLeadsNobodyOut()
    {
        const Walled walled;
        Outsider outsider(SOCK_DGRAM);
        const QStringList command {kProbe, u"race-sockets"_s, outsider.port(), u"3"_s};
        QCOMPARE(walled.run(command).output, "over\n");
        QCOMPARE(outsider.arrivals(), 0);
        QCOMPARE(walled.run(command, {.walls = false}).output, "over\n");
        QVERIFY(outsider.arrivals() > 0);
    }

    void aHostThatIsAllowedIsReachedAtItsPortOnly()
    {
        Walled walled;
        Outsider allowed(SOCK_STREAM);
        Outsider refused(SOCK_STREAM);
        walled.policy.hosts.push_back(
            {.name = "localhost", .port = static_cast<std::uint16_t>(allowed.port().toInt())});
        QCOMPARE(walled.run({kProbe, u"tcp"_s, u"127.0.0.1"_s, allowed.port()}).output, "ok\n");
        QCOMPARE(allowed.arrivals(), 1);
        QCOMPARE(walled.run({kProbe, u"tcp"_s, u"127.0.0.1"_s, refused.port()}).output, "ECONNREFUSED\n");
        QCOMPARE(refused.arrivals(), 0);
    }

    void aPortOfSomebodyElseIsNotShared_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("theirs");
        QTest::addColumn<QString>("ours");
        for (const QString& type : {u"tcp"_s, u"udp"_s}) {
            for (const QString& ours : {u"127.0.0.1"_s, u"0.0.0.0"_s, u"127.0.0.2"_s, u"::1"_s})
                QTest::addRow("%s %s beside 127.0.0.1", qPrintable(type), qPrintable(ours))
                    << type << u"127.0.0.1"_s << ours;
            QTest::addRow("%s 127.0.0.1 beside 0.0.0.0", qPrintable(type)) << type << u"0.0.0.0"_s << u"127.0.0.1"_s;
        }
    }
    void aPortOfSomebodyElseIsNotShared()
    {
        QFETCH(QString, type);
        QFETCH(QString, theirs);
        QFETCH(QString, ours);
        const Walled walled;
        const SharingOutsider outsider(theirs.toLatin1(), type == "tcp"_L1 ? SOCK_STREAM : SOCK_DGRAM);
        const QStringList command {kProbe, u"share"_s, type, ours, outsider.port()};
        QCOMPARE(walled.run(command).output, "EADDRINUSE\n");
        QCOMPARE(walled.run(command, {.walls = false}).output, "ok\n");
        // Among themselves programs of the run share.
        QCOMPARE(walled.run({kProbe, u"share"_s, type, ours, u"0"_s}).output, "ok\n");
    }

    void aNameThatLeadsToThisComputerOpensNothing_data()
    {
        QTest::addColumn<QString>("allowed");
        QTest::newRow("a host") << u"evil.test"_s;
        QTest::newRow("any host") << QString();
    }
    void aNameThatLeadsToThisComputerOpensNothing()
    {
        QFETCH(QString, allowed);
        Walled walled;
        const QString own = u"10.77.1.2"_s;
        const QStringList addresses {u"127.0.0.1"_s, u"127.0.0.5"_s, u"0.0.0.0"_s, own, u"::1"_s, u"::"_s,
            u"::ffff:127.0.0.1"_s, u"::ffff:10.77.1.2"_s};
        const QString elsewhere = u"10.77.1.3"_s;
        QByteArray names;
        for (const QString& address : addresses + QStringList {elsewhere})
            names += address.toUtf8() + " evil.test\n";
        walled.write(u"names"_s, names);
        const QStringList within {kProbe, u"own-network"_s, own, kProbe, u"own-names"_s, walled.path(u"names"_s)};
        if (walled.run(within + QStringList {u"/bin/true"_s}, {.walls = false}).output != "")
            QSKIP("no network and names of its own can be made here");
        walled.write(u"other.js"_s, "require('net').createServer().listen(8123, '::', () => console.log('listens'));");
        if (allowed.isEmpty())
            walled.policy.internet = true;
        else
            walled.policy.hosts.push_back({.name = allowed.toStdString(), .port = 0});
        // Somebody else listens there; who is within the walls tries to reach it, then who is not.
        const auto answers = [&](bool walls) {
            const QString warden = walls ? QStringLiteral(BISTRO_WARDEN) + u' ' + kProbe + u' ' : u""_s;
            QString tries;
            for (const QString& address : addresses + QStringList {elsewhere})
                tries += u"%1%2 reach %3 8123; "_s.arg(warden, kProbe, address);
            return walled
                .run(within
                        + QStringList {u"/bin/sh"_s, u"-c"_s,
                            u"rm -f said; mkfifo said; %1 other.js >said & read line <said; %2 kill $!; wait"_s.arg(
                                QStringLiteral(BISTRO_NODE), tries)},
                    {.walls = false})
                .output.trimmed()
                .split('\n');
        };
        const QByteArrayList without = answers(false);
        QCOMPARE(without.first(addresses.size()), QByteArrayList(addresses.size(), "ok"));
        const QByteArrayList with = answers(true);
        QCOMPARE(with.size(), addresses.size() + 1);
        for (qsizetype i = 0; i < addresses.size(); ++i)
            QVERIFY2(with[i] == (addresses[i].contains(own) ? "ENETUNREACH" : "ECONNREFUSED"),
                qPrintable(addresses[i] + u' ' + QString::fromUtf8(with[i])));
        // Another computer, which is not there, is looked for.
        QCOMPARE(with.last(), without.last());
    }
};

QTEST_APPLESS_MAIN(tst_NetworkQuestions)
#include "tst_networkquestions.moc"
