// Which native addons a confined program may load.
#include "support/recordedrun.h"
#include "trace/views.h"

#include <QTest>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

constexpr char kLoads[] = "try {\n  require('" BISTRO_ADDON "'); console.log('loaded');\n} catch (e) { "
                          "console.log(e.code, e.message); }";

RecordedRun run(const QStringList& environment)
{
    return record(QStringLiteral(BISTRO_ENGINE), kLoads, {.environment = environment});
}

} // namespace

class tst_AddonFiles : public QObject {
    Q_OBJECT

private slots:
    void oneThatIsNotTheSystemsIsRefusedAsOneThatMayNotBeRead()
    {
        const auto r = run({u"BISTRO_CONFINED=1"_s});
        QCOMPARE(r.output,
            QByteArray("ERR_DLOPEN_FAILED " BISTRO_ADDON ": cannot open shared object file: Permission denied\n"));
        const auto told = r.events(EventKind::AccessRefused);
        QCOMPARE(told.size(), 1);
        const auto refused = as<events::AccessRefused>(told[0]);
        QCOMPARE(refused.access, Access::Addon);
        QVERIFY(r.text(refused.subject.value).endsWith(u".node"_s));
        QCOMPARE(refused.error, quint32(EACCES));
        QCOMPARE(r.place(refused.stack.value), u"lesson.js:2"_s);
    }

    // By another thread of the program's, again and again: now it leads to a file of the system's, now to the addon.
    void aLinkThatIsChangedBetweenLookAndLoadLoadsNothing()
    {
        constexpr char kRace[] = R"(
            const fs = require('fs');
            const { Worker, isMainThread, workerData } = require('worker_threads');
            if (!isMainThread) {
                for (let i = 0; Atomics.load(workerData, 0) === 0; i++) {
                    fs.symlinkSync(i % 2 ? '/usr/lib/os-release' : ADDON, 'next');
                    fs.renameSync('next', 'link.node');
                }
            } else {
                const over = new Int32Array(new SharedArrayBuffer(4));
                new Worker(__filename, { workerData: over }).on('online', () => {
                    let loaded = 0, refused = 0, of = 0;
                    // Until it has led to both: who changes it may not have had a core yet.
                    const wait = Date.now() + 60_000;
                    const isFair = () => refused > 0 && refused < of - 1;
                    while (loaded === 0 && (++of < 20000 || (!isFair() && Date.now() < wait))) {
                        try { process.dlopen({ exports: {} }, process.cwd() + '/link.node'); loaded++; }
                        catch (error) { if (error.message.includes('denied')) refused++; }
                    }
                    Atomics.store(over, 0, 1);
                    console.log(loaded, isFair());
                });
            })";
        const QByteArray program = QByteArray(kRace).replace("ADDON", "'" BISTRO_ADDON "'");
        const auto race = [&](const QString& confined) {
            return record(QStringLiteral(BISTRO_ENGINE), program, {.environment = {u"BISTRO_CONFINED="_s + confined}});
        };
        const auto r = race(u"1"_s);
        QCOMPARE(r.errorOutput, QByteArray());
        QCOMPARE(r.output, QByteArray("0 true\n"));
        QVERIFY(race(u"0"_s).output.startsWith("1 "));
    }

    void onceAllowedItIsLoaded()
    {
        for (const QStringList& environment :
            {QStringList {u"BISTRO_CONFINED=1"_s, u"BISTRO_ADDONS=1"_s}, QStringList {u"BISTRO_CONFINED=0"_s}}) {
            const auto r = run(environment);
            QCOMPARE(r.output, QByteArray("loaded\n"));
            QCOMPARE(r.events(EventKind::AccessRefused).size(), 0);
        }
    }

    void whatIsNoAddonFailsAsEver()
    {
        const auto r = record(QStringLiteral(BISTRO_ENGINE),
            "try { process.dlopen({ exports: {} }, '/nowhere/x.node'); } catch (e) { console.log(e.message); }",
            {.environment = {u"BISTRO_CONFINED=1"_s}});
        QCOMPARE(r.output, QByteArray("/nowhere/x.node: cannot open shared object file: No such file or directory\n"));
        QCOMPARE(r.events(EventKind::AccessRefused).size(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_AddonFiles)
#include "tst_addonfiles.moc"
