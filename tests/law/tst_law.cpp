// The law over programs of a seeded generator: 30 seeds, always the same; BISTRO_LAW_SEEDS=500 takes as many.
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
        QProcess generator;
        generator.start(QStringLiteral(BISTRO_NODE), {QStringLiteral(BISTRO_SOURCE_DIR "/tests/law/generate.mjs"), QString::number(seed)});
        QVERIFY(generator.waitForFinished());
        QCOMPARE(generator.exitCode(), 0);
        const QString name = m_folder.filePath(u"program.mjs"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(generator.readAllStandardOutput());
        file.close();

        const auto outcome = m_programs.recorded({.arguments = {name.toStdString()}, .directory = m_folder.path(), .input = {}, .environment = {}});
        QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error()));
        QCOMPARE(outcome->exit.code, 0);
        const QString fault = m_programs.faultOfTrace();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

private:
    QTemporaryDir m_folder;
    SideBySide m_programs {BISTRO_NODE, BISTRO_ENGINE};
};

QTEST_GUILESS_MAIN(TestLaw)
#include "tst_law.moc"
