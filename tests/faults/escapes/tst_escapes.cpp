// Attacks from the program's side: JavaScript, run by bistro as anybody runs it. Each must fail within the walls, and
// succeed without: else it proves nothing. What this computer refuses anyway is skipped, and only those rows may be.
#include "stage.h"

#include <QTest>

#include <map>
#include <memory>

using namespace bistro::test;
using namespace Qt::StringLiterals;

class tst_Escapes : public QObject {
    Q_OBJECT

    struct Both {
        Escape within;
        Escape without;
    };

    std::unique_ptr<Stage> m_stage;
    std::map<QString, Both> m_runs; // by program: each runs once

    const Both& runs(const QString& program)
    {
        const auto [found, isNew] = m_runs.try_emplace(program);
        if (isNew)
            found->second = {.within = m_stage->run(program, true), .without = m_stage->run(program, false)};
        return found->second;
    }

    // `told`: what the trace has of it, empty when it has nothing.
    static void row(const char* name, const char* error, const char* told, bool everywhere = true)
    {
        QTest::newRow(name) << QString::fromUtf8(error) << QString::fromUtf8(told) << everywhere;
    }
    static constexpr bool kWhereAllowed = false;

    static void addColumns()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("told");
        QTest::addColumn<bool>("everywhere"); // works on each computer without walls
    }

    void isRefused(const QString& program)
    {
        QFETCH(const QString, error);
        QFETCH(const QString, told);
        QFETCH(const bool, everywhere);
        const QString name = QString::fromUtf8(QTest::currentDataTag());
        const Both& both = runs(program);
        const QString within = both.within.said.value(name);
        const QString without = both.without.said.value(name);
        const QString said = u"within: %1, without walls: %2 [%3%4] "_s.arg(
            within, without, QString::fromUtf8(both.within.errors), QString::fromUtf8(both.without.errors));
        QVERIFY2(error.split(u'|').contains(within), qPrintable(said));
        if (!told.isEmpty())
            QVERIFY2(both.within.told.contains(told), qPrintable(both.within.told.join(u'\n')));
        QCOMPARE(both.without.told, QStringList());
        if (without != u"got"_s && !everywhere)
            QSKIP(qPrintable(u"this computer refuses it without walls, too: "_s + without));
        QVERIFY2(without == u"got"_s, qPrintable(said));
    }

private slots:
    void initTestCase() { m_stage = std::make_unique<Stage>(); }
    void cleanupTestCase() { m_stage.reset(); }

    void filesAreOutOfReach_data()
    {
        addColumns();
        row("a key", "EACCES", "read HOME/.ssh/id_ed25519");
        row("what Bistro keeps", "EACCES", "read HOME/.config/bistro/permissions.json");
        row("allowing itself more", "EACCES", "write HOME/.config/bistro/permissions.json");
        row("another folder", "EACCES", "read HOME/notes");
        row("a file in another folder", "EACCES", "write HOME/notes/new");
        row("the home folder", "EACCES", "write HOME/.bashrc");
        row("what keeps passwords", "EACCES", "", kWhereAllowed);
        row("where Bistro is installed", "EACCES", "", kWhereAllowed);
        row("two dots", "EACCES", "read HOME/notes/diary");
        row("a symbolic link", "EACCES", "read HOME/notes/diary");
        row("a link to a folder", "EACCES", "write HOME/notes/new");
        row("a hard link", "EACCES|EXDEV", "");
        row("another name", "EACCES|EXDEV", "");
        row("the root of /proc", "EACCES", "");
        row("the current folder of /proc", "EACCES", "");
        row("a descriptor of /proc", "EACCES", "");
        row("process.binding", "EACCES", "read HOME/.ssh/id_ed25519");
        row("a worker", "EACCES", "read HOME/.ssh/id_ed25519");
        row("a child", "EACCES", "");
        row("a child with LD_PRELOAD", "EACCES", "");
        row("a child with NODE_OPTIONS", "EACCES", "");
        row("a child of a child", "EACCES", "");
        row("shared memory", "EACCES", "", kWhereAllowed);
        row("the temporary folder of all", "EACCES", "");
        row("rights", "EACCES", "write HOME/notes/diary");
        row("rights by a link", "EACCES", "write HOME/notes/diary");
        row("times", "EACCES", "write HOME/notes/diary");
        row("length", "EACCES", "write HOME/notes/diary");
        row("its recording", "EACCES", "");
    }
    void filesAreOutOfReach() { isRefused(u"files.js"_s); }

    void processesAreOutOfReach_data()
    {
        addColumns();
        row("a signal to another", "EPERM", "");
        row("a signal to its group", "EPERM", "");
        row("a signal to who started it", "EPERM", "");
        row("the end of another", "EPERM", "");
        row("the priority of another", "EPERM", "");
        row("the memory of another", "EACCES", "", kWhereAllowed);
        row("the memory of who started it", "EACCES", "", kWhereAllowed);
        row("the environment of another", "EACCES", "");
        row("open files of another", "EACCES", "");
        row("the root of another", "EACCES", "");
        row("tracing another", "EPERM", "", kWhereAllowed);
        row("a descriptor that it inherits", "EBADF", "");
        row("the inspector", "ERR_INSPECTOR_NOT_AVAILABLE", "inspect inspector.open");
        row("another user", "the same user", "", kWhereAllowed);
    }
    void processesAreOutOfReach() { isRefused(u"processes.js"_s); }

    void programsAreOutOfReach_data()
    {
        addColumns();
        row("native code", "ERR_DLOPEN_FAILED", "addon HOME/shop/native.node");
        row("native code by a link", "ERR_DLOPEN_FAILED", "addon HOME/shop/native.node");
        row("a program of its own", "EACCES", "run HOME/shop/own");
        row("a program in the temporary folder", "EACCES", "");
        row("a program of somebody else", "EACCES", "");
        row("a file in memory", "ENOSYS", "");
        row("io_uring", "ENOSYS", "", kWhereAllowed);
        row("System V memory", "ENOSYS", "", kWhereAllowed);
        row("keys", "EPERM", "", kWhereAllowed);
        row("a user namespace", "EPERM", "", kWhereAllowed);
        row("a secret in the environment", "none", "");
    }
    void programsAreOutOfReach() { isRefused(u"programs.js"_s); }

    void theNetworkIsOutOfReach_data()
    {
        addColumns();
        row("a port", "ECONNREFUSED", "");
        row("a port by name", "ECONNREFUSED", "");
        row("a port by 0.0.0.0", "ECONNREFUSED", "");
        row("a port by IPv6", "ECONNREFUSED", "", kWhereAllowed);
        row("a port by IPv4 within IPv6", "ECONNREFUSED", "", kWhereAllowed);
        row("fetch", "ECONNREFUSED", "");
        row("http", "ECONNREFUSED", "");
        row("a datagram", "ECONNREFUSED", "");
        row("a connected datagram", "ECONNREFUSED", "");
        row("a server of names", "ECONNREFUSED", "");
        row("the session bus", "EACCES", "");
        row("Wayland", "EACCES", "");
        row("X11", "EACCES", "");
        row("X11 without a file", "ECONNREFUSED", "");
        row("a name without a file", "ECONNREFUSED", "");
        row("a Unix server elsewhere", "EACCES", "listen HOME/notes/server");
        row("a group of computers", "ENODEV", "");
    }
    void theNetworkIsOutOfReach() { isRefused(u"network.js"_s); }

    // Another one, who says at the end whether nobody has ended it.
    void everybodyIsOutOfReach()
    {
        const QString script = uR"(
            sh -c 'trap "echo lives; exit" USR1; echo >&3; while :; do sleep 0.05; done' 3>ready & victim=$!
            "$0" "$@"
            kill -USR1 $victim; wait $victim)"_s;
        const auto output = [&](bool walls) {
            return m_stage->outputIn(Stage::Own::Processes, u"rm -f ready; mkfifo ready; exec 4<>ready;"_s + script,
                u"everybody.js"_s, walls);
        };
        QCOMPARE(output(true), "lives\n");
        const QByteArray without = output(false);
        if (without.startsWith("unshare:"))
            QSKIP("no processes of its own can be made here: " + without);
        QVERIFY2(!without.contains("lives"), without.constData());
    }

    void anAddressBeyondThisComputerIsOutOfReach()
    {
        const QString script = uR"(
            rm -f said; mkfifo said; %1 far.js >said & far=$!
            exec 3<said; read line <&3
            "$0" "$@"
            kill $far; cat <&3)"_s.arg(QStringLiteral(BISTRO_NODE));
        const auto output = [&](bool walls) {
            return m_stage->outputIn(Stage::Own::Network, script, u"beyond.js"_s, walls);
        };
        const QByteArray without = output(false);
        if (without == "EPERM\n" || without.startsWith("unshare:"))
            QSKIP("no network of its own can be made here: " + without);
        QCOMPARE(without, "TCP: got\nUDP: got\nHTTP: got\nDNS: got\ncame: tcp,udp\n");
        QCOMPARE(output(true), "TCP: ENETUNREACH\nUDP: ENETUNREACH\nHTTP: ENETUNREACH\nDNS: ECONNREFUSED\ncame: \n");
    }

    void aServerStaysOnThisComputer_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("0.0.0.0") << QByteArray("0.0.0.0") << 8'126;
        QTest::newRow("::") << QByteArray("::") << 8'127;
        QTest::newRow("port 80") << QByteArray("0.0.0.0") << 80;
    }
    void aServerStaysOnThisComputer()
    {
        QFETCH(const QByteArray, host);
        QFETCH(const int, port);
        m_stage->write(
            u"home/shop/address.json"_s, R"({ "host": ")" + host + R"(", "port": )" + QByteArray::number(port) + " }");
        // Who tries to reach it is outside the walls: by this computer's own address, and by another one.
        const QString script = uR"(
            rm -f said; mkfifo said; "$0" "$@" >said & server=$!
            exec 3<said; read line <&3; echo $line
            %1 reach 127.0.0.1 %2; %1 reach 10.77.1.2 %2
            kill $server; wait)"_s.arg(QStringLiteral(BISTRO_PROBE))
                                   .arg(port);
        const auto output = [&](bool walls) {
            return m_stage->outputIn(Stage::Own::Network, script, u"serve.js"_s, walls);
        };
        const QByteArray without = output(false);
        if (!without.startsWith("listens\nok\n"))
            QSKIP("no such server is possible here: " + without);
        QCOMPARE(without, "listens\nok\nok\n");
        // Nobody answers: a connection that was dropped is tried until its time is over.
        QCOMPARE(output(true), "listens\nok\nEINPROGRESS\n");
    }
};

QTEST_GUILESS_MAIN(tst_Escapes)
#include "tst_escapes.moc"
