// What the kernel's walls refuse the program is told, with the place in the program: real Landlock, and a real filter
// of system calls, around the real engine. The permissions of everything here would have allowed it.
#include "support/recordedrun.h"
#include "support/wardenrun.h"
#include "trace/views.h"

#include <QDir>
#include <QTest>

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

// In the child: files but for the system's, the engine's and the run's folder are closed to it.
void landlock()
{
    constexpr std::uint64_t all = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    constexpr std::uint64_t read = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE
        | LANDLOCK_ACCESS_FS_READ_DIR;
    const landlock_ruleset_attr rules {.handled_access_fs = all};
    const int set = static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, 8ul, 0));
    const auto allow = [set](const char* path, std::uint64_t access) {
        const int place = open(path, O_PATH | O_CLOEXEC);
        const landlock_path_beneath_attr beneath {.allowed_access = access, .parent_fd = place};
        if (place >= 0)
            syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
        close(place);
    };
    for (const char* const path : {"/usr", "/etc", "/proc", "/dev", "/lib", "/lib64", "/bin", BISTRO_ENGINE_FOLDER})
        allow(path, read);
    allow(".", all & ~std::uint64_t {LANDLOCK_ACCESS_FS_EXECUTE});
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (set < 0 || syscall(SYS_landlock_restrict_self, set, 0) != 0)
        _exit(99);
    close(set);
}

// In the child: this system call has this error.
void refuse(long call, int error)
{
    sock_filter filter[] {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error)),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    const sock_fprog program {.len = 4, .filter = filter};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(99);
}

RecordedRun run(const QByteArray& program, std::function<void()> walls, const QStringList& environment = {})
{
    return record(QStringLiteral(BISTRO_ENGINE), program,
        {.environment = QStringList {u"BISTRO_CONFINED=1"_s, u"BISTRO_PLACES=write ."_s} + environment,
            .inChild = std::move(walls)});
}

// "write /tmp/x/a EACCES lesson.js:2 | …"
QString told(const RecordedRun& run)
{
    QStringList result;
    for (const Record& record : run.events(EventKind::AccessRefused)) {
        const auto refused = as<events::AccessRefused>(record);
        const std::string_view access = wordFor(FieldType::AccessName, static_cast<std::uint32_t>(refused.access));
        result << QString::fromUtf8(access.data(), qsizetype(access.size())) + u' ' + run.text(refused.subject.value)
                + u' ' + QString::fromLatin1(strerrorname_np(static_cast<int>(refused.error))) + u' '
                + run.place(refused.stack.value) + (refused.pid == 0 ? QString() : u" child"_s);
    }
    return result.join(u" | "_s);
}

} // namespace

class tst_Refusals : public QObject {
    Q_OBJECT

    QTemporaryDir m_outside;

    // The program with OUT for the folder outside.
    [[nodiscard]] QByteArray with(QByteArray program) const
    {
        return program.replace("OUT", m_outside.path().toUtf8());
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_outside.isValid());
        QFile file(m_outside.filePath(u"secret"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("secret\n") > 0);
        QFile tool(m_outside.filePath(u"tool"_s));
        QVERIFY(tool.open(QIODevice::WriteOnly) && tool.write("#!/bin/sh\necho ran\n") > 0);
        QVERIFY(tool.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    void aRefusedFileIsToldWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("act");
        QTest::addColumn<QString>("expected"); // without the place
        const QString out = QDir(m_outside.path()).canonicalPath();
        const auto row = [&](const char* act, const char* what, const char* name = "/secret") {
            QTest::newRow(act) << QByteArray(act)
                               << QLatin1StringView(what) + u' ' + out + QLatin1StringView(name) + u" EACCES"_s;
        };
        row("fs.readFileSync('OUT/secret')", "read");
        row("fs.openSync('OUT/secret', 'r+')", "write");
        row("fs.readdirSync('OUT')", "read", "");
        row("fs.opendirSync('OUT')", "read", "");
        row("fs.writeFileSync('OUT/new', 'x')", "write", "/new");
        row("fs.appendFileSync('OUT/secret', 'x')", "write");
        row("fs.mkdirSync('OUT/new')", "write", "/new");
        row("fs.unlinkSync('OUT/secret')", "write");
        row("fs.symlinkSync('x', 'OUT/new')", "write", "/new");
        row("fs.copyFileSync('lesson.js', 'OUT/new')", "write", "/new");
        row("fs.copyFileSync('OUT/secret', 'copy')", "read");
        row("fs.readFileSync('link')", "read");
    }

    void aRefusedFileIsToldWithItsPlace()
    {
        QFETCH(QByteArray, act);
        QFETCH(QString, expected);
        const auto r = run(with("const fs = require('fs'); fs.symlinkSync('OUT/secret', 'link');\ntry {\n  " + act
                               + ";\n} catch (e) { console.log(e.code); }"),
            landlock);
        QCOMPARE(r.output, QByteArray("EACCES\n"));
        QCOMPARE(told(r), expected + u" lesson.js:3"_s);
        // The control: without the wall it succeeds, and nothing is told.
        const auto free = run(with("const fs = require('fs'); fs.symlinkSync('OUT/secret', 'link');\nconst before = "
                                   "fs.readFileSync('OUT/secret'); try {\n  "
                                  + act
                                  + ";\n console.log('done'); } finally { fs.writeFileSync('OUT/secret', before); "
                                    "fs.rmSync('OUT/new', { recursive: true, force: true }); }"),
            {});
        QCOMPARE(free.output, QByteArray("done\n"));
        QCOMPARE(told(free), QString());
    }

    void anAsynchronousOneIsToldWithThePlaceThatAskedForIt()
    {
        const auto r = run(with("const fs = require('fs');\nfs.readFile('OUT/secret', e => console.log(e.code));\n"
                                "fs.promises.mkdir('OUT/new').catch(e => console.log(e.code));"),
            landlock);
        QCOMPARE(r.output, QByteArray("EACCES\nEACCES\n"));
        const QString out = QDir(m_outside.path()).canonicalPath();
        QStringList found = told(r).split(u" | "_s);
        found.sort();
        QCOMPARE(found,
            QStringList({u"read "_s + out + u"/secret EACCES lesson.js:2"_s,
                u"write "_s + out + u"/new EACCES lesson.js:3"_s}));
    }

    void aWorkersIsToldToo()
    {
        const auto r = run(
            with("const { Worker } = require('worker_threads'); new Worker(`const fs = require('fs'); try "
                 "{ fs.readFileSync('OUT/secret'); } catch {} fs.readFile('OUT/secret', () => {});`, { "
                 "eval: true });"),
            landlock);
        const QString one = u"read "_s + QDir(m_outside.path()).canonicalPath() + u"/secret EACCES "_s;
        QCOMPARE(told(r), one + u" | "_s + one);
    }

    void whatIsMissingOrForbiddenAnywayIsNotTold()
    {
        const auto r = run(with("const fs = require('fs'); for (const act of [() => fs.readFileSync('missing'), () => "
                                "fs.writeFileSync('/proc/version', 'x'), () => fs.readFileSync('OUT/missing')]) try { "
                                "act(); } catch (e) { console.log(e.code); }"),
            landlock, {u"BISTRO_PLACES=write /proc"_s});
        QVERIFY2(r.output.startsWith("ENOENT\n") && r.output.endsWith("ENOENT\n"), r.output.constData());
        QCOMPARE(told(r), QString());
    }

    void aRefusedProgramIsTold()
    {
        const QByteArray program = with("const { spawnSync } = require('child_process');\n"
                                        "console.log(spawnSync('OUT/tool').error?.code, spawnSync('true').status, "
                                        "spawnSync('missing').error.code);");
        const auto r = run(program, landlock);
        QCOMPARE(r.output, QByteArray("EACCES 0 ENOENT\n"));
        QCOMPARE(told(r), u"run "_s + QDir(m_outside.path()).canonicalPath() + u"/tool EACCES lesson.js:2"_s);
        QCOMPARE(run(program, {}).output, QByteArray("undefined 0 ENOENT\n"));
    }

    void aRefusedConnectionIsTold()
    {
        const QByteArray program = "const net = require('net');\nnet.connect(80, '192.0.2.1').on('error', e => "
                                   "console.log(e.code));";
        const auto r = run(program, [] { refuse(SYS_connect, ENETUNREACH); });
        QCOMPARE(r.output, QByteArray("ENETUNREACH\n"));
        QCOMPARE(told(r), u"connect 192.0.2.1:80 ENETUNREACH "_s); // within a tick of Node's, which line 2 has placed
        // Of a host that is allowed there is no network: an ordinary error.
        QCOMPARE(
            told(run(program, [] { refuse(SYS_connect, ENETUNREACH); }, {u"BISTRO_PLACES=internet"_s})), QString());
    }

    // Both are the same error: only where somebody listens it was the sandbox's.
    void aPortOfSomebodyElseIsToldAndOneWhereNobodyListensIsNot()
    {
        const Outsider outsider(SOCK_STREAM);
        const QByteArray program = "const net = require('net');\nnet.connect(" + outsider.port().toLatin1()
            + ", '127.0.0.1').on('error', e => console.log(e.code)).on('connect', () => process.exit(7));";
        const auto refusing = [] { refuse(SYS_connect, ECONNREFUSED); };
        const auto r = run(program, refusing);
        QCOMPARE(r.output, QByteArray("ECONNREFUSED\n"));
        QCOMPARE(told(r), u"connect 127.0.0.1:%1 ECONNREFUSED "_s.arg(outsider.port()));
        QCOMPARE(run(program, {}).code, 7);
        QString nobodys;
        {
            const Outsider gone(SOCK_STREAM);
            nobodys = gone.port();
        }
        const auto ordinary = run(QByteArray(program).replace(outsider.port().toLatin1(), nobodys.toLatin1()), {});
        QCOMPARE(ordinary.output, QByteArray("ECONNREFUSED\n"));
        QCOMPARE(told(ordinary), QString());
    }

    // By c-ares, which goes to a server of names for it.
    void aNameThatIsResolvedIsToldByItsName_data()
    {
        QTest::addColumn<QByteArray>("act");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("refused"); // what c-ares makes of it
        QTest::newRow("resolve4") << QByteArray("resolve4('cafe.example'") << u"cafe.example"_s
                                  << QByteArray("ECONNREFUSED\n");
        QTest::newRow("resolveMx") << QByteArray("resolveMx('cafe.example'") << u"cafe.example"_s
                                   << QByteArray("ECONNREFUSED\n");
    }
    void aNameThatIsResolvedIsToldByItsName()
    {
        QFETCH(QByteArray, act);
        QFETCH(QString, name);
        QFETCH(QByteArray, refused);
        Outsider server(SOCK_DGRAM); // asked, it stays silent
        const QByteArray program = "const r = new (require('dns').Resolver)({ timeout: 100, tries: 1 }); "
                                   "r.setServers(['127.0.0.1:"
            + server.port().toLatin1() + "']);\nr." + act + ", e => console.log(e.code));";
        const auto r = run(program, [] { refuse(SYS_connect, ECONNREFUSED); });
        QCOMPARE(r.output, refused);
        QCOMPARE(told(r).section(u" | "_s, 0, 0), u"resolve %1 ECONNREFUSED lesson.js:2"_s.arg(name));
        QVERIFY2(!told(r).contains(u"connect"_s), qPrintable(told(r)));
        QCOMPARE(server.arrivals(), 0);
        QCOMPARE(run(program, {}).output, QByteArray("ETIMEOUT\n"));
        QVERIFY(server.arrivals() > 0);
    }

    void aRefusedDatagramIsTold()
    {
        const auto r = run("const s = require('dgram').createSocket('udp4'); s.bind(0, '127.0.0.1', () =>\n"
                           "  s.send('x', 53, '192.0.2.1', e => { console.log(e.code); s.close(); }));",
            [] {
                refuse(SYS_sendmsg, ENETUNREACH);
                refuse(SYS_sendmmsg, ENETUNREACH);
            });
        QCOMPARE(r.output, QByteArray("ENETUNREACH\n"));
        QCOMPARE(r.events(EventKind::AccessRefused).size(), 1);
        QVERIFY2(told(r).startsWith(u"connect 192.0.2.1:53 ENETUNREACH"_s), qPrintable(told(r)));
    }

    void aNameThatCannotBeLookedUpIsTold()
    {
        const QByteArray program = "const dns = require('dns');\ndns.lookup('cafe.example', e => "
                                   "console.log(e.code));\ndns.lookup('localhost', e => console.log(e));";
        const auto walls = [] {
            refuse(SYS_connect, ENETUNREACH);
            refuse(SYS_sendto, ENETUNREACH);
        };
        const auto r = run(program, walls);
        if (r.output.contains("ENOTFOUND"))
            QSKIP("This computer has no server of names to be kept from.");
        QVERIFY(r.output.contains("EAI_AGAIN"));
        QCOMPARE(told(r), u"resolve cafe.example EAGAIN lesson.js:2"_s);
        QCOMPARE(told(run(program, walls, {u"BISTRO_PLACES=host cafe.example"_s})), QString());
    }

    void aRefusedPortIsTold()
    {
        const auto r = run("require('net').createServer().on('error', e => console.log(e.code)).listen(8080, "
                           "'127.0.0.1');",
            [] { refuse(SYS_bind, EACCES); });
        QCOMPARE(r.output, QByteArray("EACCES\n"));
        QCOMPARE(told(r), u"listen 127.0.0.1:8080 EACCES lesson.js:1"_s);
    }

    void aRefusedSignalIsTold()
    {
        const auto r = run("try {\n  process.kill(process.ppid, 0);\n} catch (e) { console.log(e.code); }",
            [] { refuse(SYS_kill, EPERM); });
        QCOMPARE(r.output, QByteArray("EPERM\n"));
        QCOMPARE(told(r), u"signal %1 EPERM lesson.js:2"_s.arg(getpid()));
    }

    void theSameIsToldAHundredTimes()
    {
        const auto r = run(with("const fs = require('fs'); for (let i = 0; i < 300; ++i) try { "
                                "fs.readFileSync('OUT/secret'); } catch {} try { fs.readdirSync('OUT'); } catch {}"),
            landlock);
        QCOMPARE(r.events(EventKind::AccessRefused).size(), 101);
    }

    void aProgramThatIsNotConfinedIsToldOfNothing()
    {
        const auto r = record(QStringLiteral(BISTRO_ENGINE),
            with("try { require('fs').readFileSync('OUT/secret'); } catch (e) { console.log(e.code); }"),
            {.inChild = landlock});
        QCOMPARE(r.output, QByteArray("EACCES\n"));
        QCOMPARE(told(r), QString());
    }
};

QTEST_GUILESS_MAIN(tst_Refusals)
#include "tst_refusals.moc"
