// The law over programs of a seeded generator: 30 seeds, always the same; BISTRO_LAW_SEEDS=500 takes as many. And what
// settled ones print.
#include "support/sidebyside.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace bistro::test;
using namespace Qt::StringLiterals;

class TestLaw : public QObject {
    Q_OBJECT

private slots:
    void whateverStartsNextWasAtTheHeadOfItsQueue_data()
    {
        QTest::addColumn<int>("seed");
        bool given = false;
        const int asked = qEnvironmentVariableIntValue("BISTRO_LAW_SEEDS", &given);
        for (int seed = 1; seed <= (given ? asked : 30); ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }

    void whateverStartsNextWasAtTheHeadOfItsQueue()
    {
        QFETCH(int, seed);
        const QString name = generated(seed, {});
        QVERIFY(!name.isEmpty());
        const auto outcome = m_programs.recorded(
            {.arguments = {name.toStdString()}, .directory = m_folder.path(), .input = {}, .environment = {}});
        QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error()));
        QCOMPARE(outcome->exit.code, 0);
        const QString fault = m_programs.faultOfTrace();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void whatAsksNoClockNorKernelPrintsWhatItPrintsUnderNode_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 10; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }

    void whatAsksNoClockNorKernelPrintsWhatItPrintsUnderNode()
    {
        QFETCH(int, seed);
        const QString name = generated(seed, u"settled"_s);
        QVERIFY(!name.isEmpty());
        const Start start {
            .arguments = {name.toStdString()}, .directory = m_folder.path(), .input = {}, .environment = {}};
        const auto stock = m_programs.underNode(start);
        QVERIFY2(stock, stock ? "" : qPrintable(stock.error()));
        QVERIFY(stock->output.count('\n') > 5);
        const auto engine = m_programs.recorded(start);
        QVERIFY2(engine, engine ? "" : qPrintable(engine.error()));
        QCOMPARE(engine->output, stock->output);
        QVERIFY(*engine == *stock);
    }

private:
    // The file with the program of that seed; empty when it could not be made.
    QString generated(int seed, const QString& kind)
    {
        QProcess generator;
        generator.start(QStringLiteral(BISTRO_NODE),
            {QStringLiteral(BISTRO_SOURCE_DIR "/tests/law/generate.mjs"), QString::number(seed), kind});
        const QString name = m_folder.filePath(u"program.mjs"_s);
        QFile file(name);
        if (!generator.waitForFinished() || generator.exitCode() != 0 || !file.open(QIODevice::WriteOnly))
            return {};
        file.write(generator.readAllStandardOutput());
        return name;
    }

    QTemporaryDir m_folder;
    SideBySide m_programs {BISTRO_NODE, BISTRO_ENGINE};
};

QTEST_GUILESS_MAIN(TestLaw)
#include "tst_law.moc"
