#include "process/launch.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace bistro::app;

class TestLaunch : public QObject {
    Q_OBJECT

private slots:
    void whatIsSpawnedIsCalledNodeAndKnowsItsTrace()
    {
        const QTemporaryDir folder;
        const std::string trace = folder.filePath(QStringLiteral("a.bistro")).toStdString();
        auto launch = LaunchBuilder("/bin/engine")
                          .with({"one.js", "two"})
                          .environment({"DISH=soup"})
                          .in("/tmp")
                          .recordedInto(trace)
                          .build();
        QVERIFY(launch);
        const Spawn start = launch->spawn({"MORE=yes"});
        QCOMPARE(start.program.string(), std::string("/bin/engine"));
        QCOMPARE(start.directory.string(), std::string("/tmp"));
        QCOMPARE(start.arguments, (std::vector<std::string> {"node", "one.js", "two"}));
        for (const std::string& variable : {std::string("DISH=soup"), "BISTRO_TRACE=" + trace, std::string("MORE=yes")})
            QCOMPARE(std::ranges::count(start.environment, variable), 1);
        launch->recording->finish({}, false);
    }

    void whatIsNotSaidIsNotDone()
    {
        const auto launch = LaunchBuilder("/bin/engine").build();
        QVERIFY(launch && !launch->controlled && !launch->recording && launch->notRecorded.empty());
        const Spawn start = launch->spawn();
        QVERIFY(start.directory.empty());
        QVERIFY(std::ranges::none_of(
            start.environment, [](const std::string& variable) { return variable.starts_with("BISTRO_TRACE="); }));
    }

    void aFileThatWasNamedAndCannotBeIsAnError()
    {
        const auto launch = LaunchBuilder("/bin/engine").recordedInto("/").build();
        QVERIFY(!launch);
        QVERIFY(launch.error().starts_with("Bistro can't record into \"/\""));
    }

    void aRecentRunThatCannotBeRecordedRunsAllTheSame()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("state")));
        QVERIFY(file.open(QIODevice::WriteOnly)); // where a folder ought to be
        qputenv("XDG_STATE_HOME", file.fileName().toUtf8());
        const auto launch = LaunchBuilder("/bin/engine").recordedAs("soup.js").build();
        QVERIFY(launch && !launch->recording);
        QVERIFY(!launch->notRecorded.empty());
    }
};

QTEST_GUILESS_MAIN(TestLaunch)
#include "tst_launch.moc"
