// What is told of the sandbox around a run, and that its orders are not the program's to see.
#include "support/recordedrun.h"
#include "trace/views.h"

#include <QTest>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

RecordedRun run(const QByteArray& program, const QStringList& environment)
{
    return record(QStringLiteral(BISTRO_ENGINE), program, {.environment = environment});
}

} // namespace

class tst_Confinement : public QObject {
    Q_OBJECT

private slots:
    void itIsToldBeforeTheFirstLine_data()
    {
        QTest::addColumn<QStringList>("environment");
        QTest::addColumn<QString>("told");
        QTest::newRow("whole") << QStringList {u"BISTRO_CONFINED=1"_s, u"BISTRO_WALLS=Landlock 7, network"_s,
            u"BISTRO_WORKSPACE=/home/ada/cafe"_s}
                               << u"whole|Landlock 7, network||/home/ada/cafe"_s;
        QTest::newRow("partly") << QStringList {u"BISTRO_CONFINED=1"_s, u"BISTRO_WALLS=Landlock 3"_s,
            u"BISTRO_MISSING=signals"_s}
                                << u"partly|Landlock 3|signals|"_s;
        QTest::newRow("none") << QStringList {u"BISTRO_CONFINED=0"_s} << u"none|||"_s;
        QTest::newRow("nothing known") << QStringList() << QString();
    }

    void itIsToldBeforeTheFirstLine()
    {
        QFETCH(QStringList, environment);
        QFETCH(QString, told);
        const auto r = run("console.log(1);", environment);
        const auto sets = r.events(EventKind::SandboxSet);
        QCOMPARE(sets.size(), told.isEmpty() ? 0 : 1);
        if (told.isEmpty())
            return;
        QCOMPARE(r.trace->event({1}).kind, EventKind::SandboxSet); // after the run's start
        const auto set = as<events::SandboxSet>(sets[0]);
        const std::string_view word = wordFor(FieldType::ConfinementName, static_cast<std::uint32_t>(set.confinement));
        QCOMPARE(QString::fromUtf8(word.data(), qsizetype(word.size())) + u'|' + r.text(set.walls.value) + u'|'
                + r.text(set.missing.value) + u'|' + r.text(set.workspace.value),
            told);
    }

    void theProgramSeesNoOrderOfIt()
    {
        const auto r = run("console.log(Object.keys(process.env).filter(n => n.startsWith('BISTRO')).length, "
                           "require('fs').readFileSync('/proc/self/environ', 'latin1').includes('BISTRO_'));",
            {u"BISTRO_CONFINED=1"_s, u"BISTRO_WALLS=w"_s, u"BISTRO_MISSING=m"_s, u"BISTRO_WORKSPACE=/w"_s,
                u"BISTRO_PLACES=read /"_s, u"BISTRO_ADDONS=1"_s, u"BISTRO_WORKERS_LIMIT=3"_s, u"BISTRO_WARDEN=77"_s});
        QCOMPARE(r.output, QByteArray("0 false\n"));
    }
};

QTEST_GUILESS_MAIN(tst_Confinement)
#include "tst_confinement.moc"
