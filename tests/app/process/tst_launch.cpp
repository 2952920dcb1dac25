#include "process/launch.h"

#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace bistro::app;

using Strings = std::vector<std::string>;

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

    void linesAreAskedForWhereThereIsATrace()
    {
        qputenv("BISTRO_LINES", "1"); // of a run that this one is in: not for ours
        const auto undo = qScopeGuard([] { qunsetenv("BISTRO_LINES"); });
        const QTemporaryDir folder;
        const std::string trace = folder.filePath(QStringLiteral("a.bistro")).toStdString();
        const auto linesOf = [](const Launch& launch) {
            Strings lines;
            for (const std::string& variable : launch.spawn().environment) {
                if (variable.starts_with("BISTRO_LINES"))
                    lines.push_back(variable);
            }
            return lines;
        };
        const auto recorded = [&](auto&&... limits) {
            auto launch = LaunchBuilder("/bin/engine").recordedInto(trace).withLines(limits...).build();
            const Strings lines = linesOf(*launch);
            launch->recording->finish({}, false);
            return lines;
        };
        QCOMPARE(recorded(), Strings {"BISTRO_LINES=1"});
        QCOMPARE(recorded(LineLimits {.visits = 20, .stops = 300}),
            (Strings {"BISTRO_LINES=1", "BISTRO_LINES_VISITS=20", "BISTRO_LINES_LIMIT=300"}));
        QCOMPARE(recorded(LineLimits {.visits = {}, .stops = 7}), (Strings {"BISTRO_LINES=1", "BISTRO_LINES_LIMIT=7"}));
        QCOMPARE(recorded(LineLimits {.visits = {}, .stops = {}, .packages = true}), Strings {"BISTRO_LINES=packages"});
        QCOMPARE(recorded(LineLimits {.visits = {}, .stops = {}, .packages = false, .counts = true}),
            (Strings {"BISTRO_LINES=1", "BISTRO_LINES_COUNTS=1"}));
        // Without a trace there is nothing to record them into.
        QCOMPARE(linesOf(LaunchBuilder("/bin/engine").withLines().build().value()), Strings {});
        auto events = LaunchBuilder("/bin/engine").recordedInto(trace).build();
        QCOMPARE(linesOf(*events), Strings {});
        events->recording->finish({}, false);
    }

    void flagsThatMeasureAreKnown()
    {
        for (const char* const flag : {"--cpu-prof", "--heap-prof", "--prof", "--trace-gc", "--print-bytecode",
                 "--trace-opt-verbose", "--heapsnapshot-near-heap-limit=2"})
            QVERIFY2(isMeasuringFlag(flag), flag);
        for (const char* const flag : {"--print", "--trace-warnings", "--expose-gc", "--no-warnings", "--profile", ""})
            QVERIFY2(!isMeasuringFlag(flag), flag);
    }

    void whatIsNotSaidIsNotDone()
    {
        const auto launch = LaunchBuilder("/bin/engine").build();
        QVERIFY(launch && !launch->controlled && !launch->recording && !launch->lines && launch->notRecorded.empty());
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
