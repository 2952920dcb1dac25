// Who may open the inspector's port: the user, by node's flags.
#include "support/recordedrun.h"
#include "trace/views.h"

#include <QTest>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

RecordedRun run(const QByteArray& program, bool confined = true, const QString& options = {})
{
    return record(QStringLiteral(BISTRO_ENGINE), program,
        {.environment = {confined ? u"BISTRO_CONFINED=1"_s : u"BISTRO_CONFINED=0"_s, u"NODE_OPTIONS="_s + options}});
}

constexpr char kOpens[] = "const i = require('inspector');\ntry {\n  i.open(0);\n} catch (e) { console.log(e.code, "
                          "e.message); }\nconsole.log(typeof i.url());";
constexpr char kSignals[] = "process.kill(process.pid, 'SIGUSR1'); setTimeout(() => "
                            "console.log(typeof require('inspector').url()), 300);";

} // namespace

class tst_Inspector : public QObject {
    Q_OBJECT

private slots:
    void aProgramCannotOpenItAndIsToldSo()
    {
        const auto r = run(kOpens);
        QCOMPARE(r.output, QByteArray("ERR_INSPECTOR_NOT_AVAILABLE Inspector is not available\nundefined\n"));
        QCOMPARE(r.errorOutput, QByteArray());
        const auto told = r.events(EventKind::AccessRefused);
        QCOMPARE(told.size(), 1);
        const auto refused = as<events::AccessRefused>(told[0]);
        QCOMPARE(refused.access, Access::Inspect);
        QCOMPARE(r.text(refused.subject.value), u"inspector.open"_s);
        QCOMPARE(r.place(refused.stack.value), u"lesson.js:3"_s);
    }

    void itsSignalOpensNothing()
    {
        const auto r = run(kSignals, true, u"--inspect-port=0"_s);
        QCOMPARE(r.output, QByteArray("undefined\n"));
        QCOMPARE(r.errorOutput, QByteArray());
        const auto told = r.events(EventKind::AccessRefused);
        QCOMPARE(told.size(), 1);
        QCOMPARE(r.text(as<events::AccessRefused>(told[0]).subject.value), u"SIGUSR1"_s);
    }

    void aFlagOfTheUsersOpensIt()
    {
        const auto r = run("console.log(typeof require('inspector').url());", true, u"--inspect=0"_s);
        QCOMPARE(r.output, QByteArray("string\n"));
        QCOMPARE(r.events(EventKind::AccessRefused).size(), 0);
    }

    void withoutTheSandboxBothOpenIt()
    {
        QCOMPARE(run(kOpens, false).output, QByteArray("string\n"));
        QCOMPARE(run(kSignals, false, u"--inspect-port=0"_s).output, QByteArray("string\n"));
    }
};

QTEST_GUILESS_MAIN(tst_Inspector)
#include "tst_inspector.moc"
