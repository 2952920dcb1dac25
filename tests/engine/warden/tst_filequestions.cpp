#include "support/wardenrun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::test;
using namespace Qt::StringLiterals;

namespace {

mode_t modeOf(const QString& file)
{
    struct stat about {};
    stat(file.toLocal8Bit().constData(), &about);
    return about.st_mode & 07777;
}

// Each by its own call of the kernel, in a folder that is given; and one through a link.
const QByteArray kEachChange = R"(
    const fs = require('fs');
    const folder = process.argv[2];
    const link = process.argv[3];
    const open = (file, act) => { const fd = fs.openSync(file, 'r'); try { act(fd); } finally { fs.closeSync(fd); } };
    const file = folder + '/file';
    const attempts = {
        chmod: () => fs.chmodSync(file, 0o640),
        fchmod: () => open(file, (fd) => fs.fchmodSync(fd, 0o600)),
        chown: () => fs.chownSync(file, process.getuid(), process.getgid()),
        fchown: () => open(file, (fd) => fs.fchownSync(fd, process.getuid(), process.getgid())),
        lchown: () => fs.lchownSync(folder + '/link', process.getuid(), process.getgid()),
        utimes: () => fs.utimesSync(file, 1000, 2000),
        futimes: () => open(file, (fd) => fs.futimesSync(fd, 1000, 2000)),
        lutimes: () => fs.lutimesSync(folder + '/link', 3000, 4000),
        truncate: () => fs.truncateSync(file, 1),
        relative: () => { process.chdir(folder); fs.chmodSync('./file', 0o604); },
        throughLink: () => fs.chmodSync(link, 0o606),
    };
    for (const [name, act] of Object.entries(attempts))
        try { act(); console.log(name, 'ok'); } catch (error) { console.log(name, error.code); }
)";

QByteArray answers(const QByteArray& output, const QByteArray& but)
{
    QByteArrayList result;
    for (const QByteArray& line : output.trimmed().split('\n')) {
        if (!line.endsWith(but))
            result << line;
    }
    return result.join(", ");
}

} // namespace

class tst_FileQuestions : public QObject {
    Q_OBJECT

    static void fill(const Walled& folder)
    {
        folder.write(u"file"_s, "long enough");
        QVERIFY(QFile::link(u"file"_s, folder.path(u"link"_s)));
        chmod(folder.path(u"file"_s).toLocal8Bit().constData(), 0644);
    }

private slots:
    void aFileIsCutNoLongerThanItMayBe()
    {
        Walled walled;
        walled.policy.limits.fileSize = 10;
        walled.write(u"file"_s, "short");
        const auto cut = [&](const QString& bytes, bool walls = true) {
            return walled.run({QStringLiteral(BISTRO_PROBE), u"cut"_s, u"file"_s, bytes}, {.walls = walls}).output;
        };
        QCOMPARE(cut(QString::number(10 << 20)), "ok\n");
        QCOMPARE(cut(QString::number((10 << 20) + 1)), "EFBIG\n");
        QCOMPARE(cut(QString::number((10 << 20) + 1), false), "ok\n");
        QCOMPARE(cut(QString::number(11 << 20)), "EFBIG\n");
        QCOMPARE(cut(u"3"_s), "ok\n");
    }

    void insideEachChangeIsMadeAndIsTheSameAsWithoutWalls()
    {
        const Walled walled;
        fill(walled);
        walled.write(u"each.js"_s, kEachChange);
        const QStringList command {
            QStringLiteral(BISTRO_NODE), walled.path(u"each.js"_s), walled.path(), walled.path(u"link"_s)};
        const Outcome with = walled.run(command);
        QCOMPARE(with.errors, "");
        QCOMPARE(answers(with.output, " ok"), "");
        QCOMPARE(modeOf(walled.path(u"file"_s)), 0606u);
        QCOMPARE(QFileInfo(walled.path(u"file"_s)).size(), 1);
        struct stat link {};
        lstat(walled.path(u"link"_s).toLocal8Bit().constData(), &link);
        QCOMPARE(link.st_mtim.tv_sec, 4000);
        QCOMPARE(with.output, walled.run(command, {.walls = false}).output);
    }

    void outsideNothingIsChanged()
    {
        const Walled outside;
        fill(outside);
        Walled reading;
        reading.policy.places.push_back({.path = outside.path().toStdString(), .right = sandbox::Right::Read});
        reading.write(u"each.js"_s, kEachChange);
        QVERIFY(QFile::link(outside.path(u"file"_s), reading.path(u"out"_s)));
        const QStringList command {
            QStringLiteral(BISTRO_NODE), reading.path(u"each.js"_s), outside.path(), reading.path(u"out"_s)};
        struct stat before {};
        stat(outside.path(u"file"_s).toLocal8Bit().constData(), &before);
        const Outcome with = reading.run(command);
        QCOMPARE(with.errors, "");
        QCOMPARE(answers(with.output, " EACCES"), "");
        QCOMPARE(with.output.count('\n'), 11);
        struct stat after {};
        stat(outside.path(u"file"_s).toLocal8Bit().constData(), &after);
        QCOMPARE(after.st_mode, before.st_mode);
        QCOMPARE(after.st_ctim.tv_nsec, before.st_ctim.tv_nsec);
        QCOMPARE(after.st_size, before.st_size);
        // The control.
        QCOMPARE(answers(reading.run(command, {.walls = false}).output, " ok"), "");
    }

    void theOwnNamesOfAProcessMeanTheProgramAndNotTheWarden()
    {
        const Walled walled;
        walled.write(u"file"_s, "x");
        const Outcome outcome = walled.node(R"(
            const fs = require('fs');
            const fd = fs.openSync('file', 'r');
            for (const name of ['/proc/self/fd/', '/proc/thread-self/fd/', '/dev/fd/'])
                fs.chmodSync(name + fd, 0o642);
            fs.chmodSync('/proc/self/cwd/file', 0o624);
            try { fs.chmodSync('/proc/self/fd/999', 0o777); } catch (error) { console.log(error.code); }
            fs.symlinkSync('/proc/self/fd/2', 'sly'); // which the warden has, too
            try { fs.chmodSync('sly', 0o777); } catch (error) { console.log(error.code); }
        )");
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, "ENOENT\nELOOP\n");
        QCOMPARE(modeOf(walled.path(u"file"_s)), 0624u);
    }

    void errorsAreThoseOfTheKernel()
    {
        const Walled walled;
        const QByteArray script = R"(
            const fs = require('fs');
            const attempts = [() => fs.chmodSync('missing', 0o600), () => fs.chmodSync('script.js/below', 0o600),
                () => fs.fchmodSync(999, 0o600), () => fs.truncateSync('missing', 1), () => fs.utimesSync('', 1, 1),
                () => fs.chmodSync('x'.repeat(5000), 0o600), () => fs.lutimesSync('missing', 1, 1)];
            for (const act of attempts)
                try { act(); console.log('ok'); } catch (error) { console.log(error.code, error.syscall); }
        )";
        const Outcome with = walled.node(script);
        QCOMPARE(with.output, walled.node(script, {.walls = false}).output);
        QCOMPARE(with.output.count("\n"), 7);
    }

    void aLinkThatIsChangedBetweenLookAndActLeadsNobodyOut()
    {
        const Walled walled;
        const Walled outside;
        walled.write(u"inside"_s, "x");
        outside.write(u"outside"_s, "x");
        const QString out = outside.path(u"outside"_s);
        chmod(out.toLocal8Bit().constData(), 0600);
        const QStringList command {
            QStringLiteral(BISTRO_PROBE), u"race-paths"_s, walled.path(u"inside"_s), out, u"2"_s};
        QCOMPARE(walled.run(command).output, "changed\n");
        QCOMPARE(modeOf(out), 0600u);
        QCOMPARE(walled.run(command, {.walls = false}).output, "changed\n");
        QCOMPARE(modeOf(out), 0777u);
    }

    void noFileRunsWithTheRightsOfItsOwner_data()
    {
        QTest::addColumn<QString>("way");
        for (const char* const way : {"chmod", "chmod, of the group", "fchmod", "fchmodat", "fchmodat2", "open",
                 "openat", "without a name", "creat", "mknod", "mknodat"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }
    void noFileRunsWithTheRightsOfItsOwner()
    {
        QFETCH(QString, way);
        const Walled walled;
        const QString file = walled.path(u"file"_s);
        const QStringList command {QStringLiteral(BISTRO_PROBE), u"give-rights-away"_s, way, file};
        walled.write(u"file"_s, "x");
        QCOMPARE(walled.run(command).output, "EPERM\n");
        QCOMPARE(modeOf(file) & (S_ISUID | S_ISGID), 0u);
        walled.write(u"file"_s, "x");
        QCOMPARE(walled.run(command, {.walls = false}).output, "ok\n");
        QVERIFY((modeOf(file) & (S_ISUID | S_ISGID)) != 0);
    }

    void whoWritesToAFileThatRunsAsItsOwnerTakesThatRightOffIt()
    {
        const Walled walled;
        walled.write(u"file"_s, "x");
        const QByteArray file = walled.path(u"file"_s).toLocal8Bit();
        const auto written = [&](bool walls) {
            chmod(file.constData(), S_ISUID | 0755);
            const Outcome outcome = walled.shell(u"echo more >>file"_s, {.walls = walls});
            return outcome.code == 0 ? modeOf(walled.path(u"file"_s)) : 0;
        };
        QCOMPARE(written(true), 0755u);
        if (geteuid() == 0) // the control: else the kernel does it for everybody
            QCOMPARE(written(false), S_ISUID | 0755u);
    }

    void foldersKeepTheirGroupAndTheirStickyBit()
    {
        const Walled walled;
        QVERIFY(QDir(walled.path()).mkpath(u"shared/within"_s));
        const QByteArray within = walled.path(u"shared/within"_s).toLocal8Bit();
        chmod(within.constData(), S_ISGID | 0755);
        const Outcome outcome = walled.node(R"(
            const fs = require('fs');
            fs.chmodSync('shared/within', 0o2775);
            fs.chmodSync('shared', 0o1777);
            fs.mkdirSync('shared/made', {mode: 0o6755});
            try { fs.chmodSync('shared', 0o2777); } catch (error) { console.log(error.code); }
        )");
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, "EPERM\n");
        QCOMPARE(modeOf(walled.path(u"shared/within"_s)), S_ISGID | 0775u);
        QCOMPARE(modeOf(walled.path(u"shared"_s)), S_ISVTX | 0777u);
        QCOMPARE(modeOf(walled.path(u"shared/made"_s)) & (S_ISUID | S_ISGID), 0u);
    }

    void attributesOfTheSystemAreNotSet_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* const name : {"security.capability", "security.bistro", "trusted.bistro"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void attributesOfTheSystemAreNotSet()
    {
        QFETCH(QString, name);
        const Walled walled;
        walled.write(u"file"_s, "x");
        const QStringList command {QStringLiteral(BISTRO_PROBE), u"attribute"_s, name, walled.path(u"file"_s)};
        QCOMPARE(walled.run(command).output, "EPERM\n");
        const QByteArray without = walled.run(command, {.walls = false}).output;
        const QStringList own {QStringLiteral(BISTRO_PROBE), u"attribute"_s, u"user.bistro"_s, walled.path(u"file"_s)};
        QCOMPARE(walled.run(own).output, walled.run(own, {.walls = false}).output);
        if (without != "ok\n")
            QSKIP("this computer refuses it without walls, too: " + without);
    }

    void whatWouldBeUncountedMemoryIsNotSet()
    {
        const QTemporaryDir inMemory(u"/dev/shm/bistro-XXXXXX"_s);
        if (!inMemory.isValid() || QStorageInfo(inMemory.path()).fileSystemType() != "tmpfs")
            QSKIP("this computer has no such file system");
        Walled walled;
        walled.policy.places.push_back({.path = inMemory.path().toStdString(), .right = sandbox::Right::Write});
        QFile file(inMemory.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QStringList command {QStringLiteral(BISTRO_PROBE), u"attribute"_s, u"user.bistro"_s, file.fileName()};
        QCOMPARE(walled.run(command).output, "EOPNOTSUPP\n");
        const QByteArray without = walled.run(command, {.walls = false}).output;
        if (without != "ok\n")
            QSKIP("this computer refuses it without walls, too: " + without);
    }
};

QTEST_APPLESS_MAIN(tst_FileQuestions)
#include "tst_filequestions.moc"
