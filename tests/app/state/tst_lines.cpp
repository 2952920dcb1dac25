#include "support/drawnlines.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

TextId cafe(const Lines& lines)
{
    return lines.scriptOf("/home/lea/cafe.js");
}

} // namespace

class TestLines : public QObject {
    Q_OBJECT

private slots:
    void aRunThatWasRecordedWithoutLinesHasNone()
    {
        const LinesRun run("job out done");
        QVERIFY(run.lines.empty());
        QVERIFY(run.lines.caughtUp());
        QCOMPARE(run.lines.stopAt(run.end()), kNoEvent);
        QCOMPARE(run.lines.doneAt(run.end()), kNoEvent);
        QVERIFY(run.lines.stackAt(run.end()).empty());
        QCOMPARE(run.lines.endedAt(), kNoEvent);
    }

    void aStopEndsBehindWhatIsToldWithIt()
    {
        const LinesRun run("main( 1|a a=1 job #1:object:Bill #1.b=2 done out 2|a a=2 out )");
        QCOMPARE(print(run.lines.stops()), u"1 8"_s);
        QCOMPARE(run.lines.endOfStop(1), 6u); // with what lies in between, without what lies behind
        QCOMPARE(run.lines.endOfStop(8), 10u);
        QCOMPARE(run.lines.countBefore(1), 0u);
        QCOMPARE(run.lines.countBefore(2), 1u);
        QCOMPARE(run.lines.countBefore(run.end()), 2u);
    }

    void whatIsToldOfAnErrorDoesNotMoveTheEndOfTheStopBefore()
    {
        const LinesRun run("main( 1|a a=1 out #1:error:Error throw !");
        QCOMPARE(run.lines.endOfStop(1), 3u);
        QVERIFY(run.lines.objectAt({1}, run.end()).told != kNoEvent);
    }

    void theStatementThatIsOverIsTheOneOfTheSameCallBefore()
    {
        const LinesRun run("main( 1 2 add( 7 8 ) 3 )");
        const auto done = [&](std::uint32_t line) {
            const Index stop = run.lines.doneAt(run.at(line));
            return stop == kNoEvent ? 0u : run.lines.placeOf(stop).line;
        };
        QCOMPARE(done(1), 0u);
        QCOMPARE(done(2), 1u);
        QCOMPARE(done(7), 0u);
        QCOMPARE(done(8), 7u);
        QCOMPARE(done(3), 2u);
    }

    void aLineIsVisitedOnceARound()
    {
        // for (const x of y) { in two parts, a body, and a loop in one line
        const LinesRun run("main( 7:6 7:20 8 7:20 8 7:20 9:1 9:10 9:20 9:10 9:20 10 10 )");
        QCOMPARE(run.lines.visits(cafe(run.lines), 7).size(), 3u);
        QCOMPARE(run.lines.visits(cafe(run.lines), 8).size(), 2u);
        QCOMPARE(run.lines.visits(cafe(run.lines), 9).size(), 2u);
        QCOMPARE(run.lines.visits(cafe(run.lines), 10).size(), 2u);
        QVERIFY(run.lines.visits(cafe(run.lines), 11).empty());
        QCOMPARE(run.lines.linesOf(cafe(run.lines)), (std::vector<std::uint32_t> {7, 8, 9, 10}));
    }

    void aVisitIsOneOfEachCall()
    {
        const LinesRun run("f( 1:1 f( 1:1 1:9 ) 1:9 )");
        QCOMPARE(print(run.lines.visits(cafe(run.lines), 1)), u"1 3"_s);
    }

    void aModuleIsFoundByTheFilesPath()
    {
        const LinesRun run("main( 1 )", "file:///home/lea/my%20caf%C3%A9/a%2Bb.mjs?x#y");
        QVERIFY(run.lines.scriptOf("/home/lea/my café/a+b.mjs"));
        QVERIFY(!run.lines.scriptOf("/home/lea/my café/a+b.mj"));
        QVERIFY(!run.lines.scriptOf("/home/lea/my café/a+b.mjss"));
        QCOMPARE(run.lines.scripts().size(), 1u);
        const LinesRun script("main( 1 )");
        QVERIFY(script.lines.scriptOf("/home/lea/cafe.js"));
        QVERIFY(!script.lines.scriptOf("/home/lea/other.js"));
    }

    void whereLinesEndOrAreMissingIsTold()
    {
        const LinesRun run("main( 1 skip 2 ended out )");
        QCOMPARE(print(run.lines.skipped()), u"2"_s);
        QCOMPARE(run.lines.endedAt(), 4u);
    }
};

QTEST_GUILESS_MAIN(TestLines)
#include "tst_lines.moc"
