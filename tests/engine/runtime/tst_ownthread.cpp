// The engine's own descriptors are not the program's to find.
#include "control/messages.h"
#include "support/recordedrun.h"

#include <QProcess>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

// The kinds of what is open, each as /proc names it, without what differs from process to process.
constexpr char kList[]
    = "const fs = require('fs'); console.log(fs.readdirSync('/proc/self/fd').filter(n => n > 2).map(n => { try { "
      "return n + ' ' + fs.readlinkSync('/proc/self/fd/' + n).replace(/\\[[0-9]+\\]|[0-9]{2,}/g, ''); } catch { return "
      "n + ' gone'; } }).join('\\n'));";

struct Sockets {
    int ours = -1;
    int theirs = -1; // inherited by the engine
    explicit Sockets(int type = SOCK_STREAM)
    {
        int ends[2] {};
        if (socketpair(AF_UNIX, type, 0, ends) != 0)
            qFatal("Cannot make a pair of sockets.");
        ours = ends[0];
        theirs = ends[1];
    }
    ~Sockets()
    {
        close(ours);
        close(theirs);
    }
    Sockets(const Sockets&) = delete;
    Sockets& operator=(const Sockets&) = delete;
};

QString number(const char* name, int value)
{
    return QLatin1StringView(name) + u'=' + QString::number(value);
}

} // namespace

class tst_OwnThread : public QObject {
    Q_OBJECT

private slots:
    void aProgramFindsOpenWhatItFindsUnderNode()
    {
        const Sockets control;
        const Sockets warden(SOCK_SEQPACKET);
        QTemporaryDir folder;
        QFile file(folder.filePath(u"lesson.js"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kList) > 0);
        file.close();
        const auto closeAll = [&] {
            for (const int fd : {control.ours, warden.ours})
                close(fd);
        };
        QProcess node;
        node.setWorkingDirectory(folder.path());
        node.setChildProcessModifier([&] {
            closeAll();
            close(control.theirs);
            close(warden.theirs);
        });
        node.start(QStringLiteral(BISTRO_NODE), {u"lesson.js"_s});
        node.closeWriteChannel();
        QVERIFY(node.waitForFinished());
        const QByteArray stock = node.readAllStandardOutput();
        QVERIFY(stock.contains("eventpoll"));

        const auto r = record(QStringLiteral(BISTRO_ENGINE), kList,
            {.environment = {number("BISTRO_CONTROL", control.theirs), number("BISTRO_WARDEN", warden.theirs),
                 u"BISTRO_CONFINED=1"_s},
                .inChild = closeAll});
        QCOMPARE(r.output, stock);
    }

    void whateverAProgramClosesWritesToAndCutsTheRecordingIsWhole()
    {
        const Sockets control;
        const auto r = record(QStringLiteral(BISTRO_ENGINE),
            "const fs = require('fs'); const own = new Set(fs.readdirSync('/proc/self/fd').filter(n => /anon_inode|"
            "pipe/.test((() => { try { return fs.readlinkSync('/proc/self/fd/' + n); } catch { return ''; } })())));\n"
            "for (let n = 3; n < 1024; ++n) { if (own.has(String(n))) continue; for (const act of ['writeSync', "
            "'ftruncateSync', 'closeSync']) { try { fs[act](n, act === 'writeSync' ? 'xxxxxxxx' : 0); } catch {} } }\n"
            "setTimeout(() => console.log('done'), 10);",
            {.environment = {number("BISTRO_CONTROL", control.theirs)}, .inChild = [&] { close(control.ours); }});
        QCOMPARE(r.output, QByteArray("done\n"));
        QCOMPARE(r.code, 0);
        QCOMPARE(r.trace->event({r.trace->size() - 1}).kind, EventKind::RunEnded);
        close(control.theirs);
        char byte = 0;
        QCOMPARE(recv(control.ours, &byte, 1, MSG_DONTWAIT), 0); // closed by the end of the engine, unwritten
    }

    void theLineIsHeardAllTheSame()
    {
        const Sockets control;
        const auto asked = bistro::control::encode(bistro::control::Frame<bistro::control::Command> {
            .request = 1, .message = bistro::control::Hello {.version = bistro::control::kVersion}});
        QCOMPARE(write(control.ours, asked.data(), asked.size()), ssize_t(asked.size()));
        (void)record(QStringLiteral(BISTRO_ENGINE), "setTimeout(() => {}, 200);",
            {.environment = {number("BISTRO_CONTROL", control.theirs)}, .inChild = [&] { close(control.ours); }});
        std::array<std::byte, 64> room {};
        const ssize_t size = recv(control.ours, room.data(), room.size(), MSG_DONTWAIT);
        const auto expected = bistro::control::encode(
            bistro::control::Frame<bistro::control::Answer> {.request = 1, .message = bistro::control::Hello {}});
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(room.data()), size),
            QByteArray(reinterpret_cast<const char*>(expected.data()), qsizetype(expected.size())));
    }
};

QTEST_GUILESS_MAIN(tst_OwnThread)
#include "tst_ownthread.moc"
