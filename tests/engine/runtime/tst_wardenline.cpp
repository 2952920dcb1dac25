// What the warden tells the engine.
#include "runtime/wardenline.h"

#include "support/recordedrun.h"
#include "trace/views.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

class tst_WardenLine : public QObject {
    Q_OBJECT

private slots:
    void aDatagramIsAWordOfItsKindOrNothing_data()
    {
        QTest::addColumn<QByteArray>("datagram");
        QTest::addColumn<QString>("read");
        QTest::newRow("refused") << QByteArray("refused connect 101 77 192.0.2.1:80") << u"4 101 77 192.0.2.1:80"_s;
        QTest::newRow("a subject with blanks") << QByteArray("refused read 13 77 /a b/c ") << u"1 13 77 /a b/c "_s;
        QTest::newRow("limit") << QByteArray("limit open-files 4096 77") << u"7 4096 77"_s;
        QTest::newRow("nothing") << QByteArray("") << QString();
        QTest::newRow("a verb alone") << QByteArray("refused") << QString();
        QTest::newRow("a word unknown") << QByteArray("refused fly 13 77 x") << QString();
        QTest::newRow("a word of nothing") << QByteArray("refused  13 77 x") << QString();
        QTest::newRow("no subject") << QByteArray("refused read 13 77 ") << QString();
        QTest::newRow("a number cut") << QByteArray("refused read 1x 77 x") << QString();
        QTest::newRow("a negative number") << QByteArray("refused read -1 77 x") << QString();
        QTest::newRow("a number too large") << QByteArray("limit heap 4294967296 1") << QString();
        QTest::newRow("more than a limit") << QByteArray("limit heap 1 1 1") << QString();
        QTest::newRow("another verb") << QByteArray("allowed read 13 77 x") << QString();
        QTest::newRow("bytes") << QByteArray("\0\xFF\n", 3) << QString();
    }

    void aDatagramIsAWordOfItsKindOrNothing()
    {
        QFETCH(QByteArray, datagram);
        QFETCH(QString, read);
        const auto word = wardenWord({datagram.constData(), static_cast<std::size_t>(datagram.size())});
        QString text;
        if (word && std::holds_alternative<WardenRefused>(*word)) {
            const auto& refused = std::get<WardenRefused>(*word);
            text = u"%1 %2 %3 %4"_s.arg(int(refused.access))
                       .arg(refused.error)
                       .arg(refused.pid)
                       .arg(QString::fromUtf8(refused.subject.data(), qsizetype(refused.subject.size())));
        } else if (word) {
            const auto& limit = std::get<WardenLimit>(*word);
            text = u"%1 %2 %3"_s.arg(int(limit.limit)).arg(limit.allowed).arg(limit.pid);
        }
        QCOMPARE(text, read);
    }

    void whatItTellsIsInTheTraceAndALimitIsAnswered()
    {
        int ends[2] {};
        QCOMPARE(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
        for (const char* const told : {"refused write 13 4711 /etc/passwd", "nonsense", "limit processes 64 4711"})
            QVERIFY(send(ends[0], told, strlen(told), 0) > 0);
        const auto r = record(QStringLiteral(BISTRO_ENGINE), "setTimeout(() => {}, 300);",
            {.environment = {u"BISTRO_CONFINED=1"_s, u"BISTRO_WARDEN="_s + QString::number(ends[1])},
                .inChild = [&] { close(ends[0]); }});
        close(ends[1]);
        const auto refusals = r.events(EventKind::AccessRefused);
        QCOMPARE(refusals.size(), 1);
        const auto refused = as<events::AccessRefused>(refusals[0]);
        QCOMPARE(refused.access, Access::Write);
        QCOMPARE(refused.error, 13u);
        QCOMPARE(refused.pid, 4711u);
        QCOMPARE(r.text(refused.subject.value), u"/etc/passwd"_s);
        const auto limits = r.events(EventKind::LimitReached);
        QCOMPARE(limits.size(), 1);
        QCOMPARE(as<events::LimitReached>(limits[0]).limit, RunLimit::Processes);
        QCOMPARE(as<events::LimitReached>(limits[0]).allowed, 64u);
        char answer[16] {};
        QCOMPARE(recv(ends[0], answer, sizeof answer, MSG_DONTWAIT), 4);
        QCOMPARE(QByteArray(answer), QByteArray("told"));
        QCOMPARE(recv(ends[0], answer, sizeof answer, MSG_DONTWAIT), 0);
        close(ends[0]);
    }
};

QTEST_GUILESS_MAIN(tst_WardenLine)
#include "tst_wardenline.moc"
