#include "support/drawnlines.h"

#include <QTest>

#include <algorithm>

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

    void theHeadOfALoopIsVisitedOnceARound_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("drawn");
        QTest::addColumn<QList<qsizetype>>("visits"); // of lines from 1
        const auto row = [](const char* name, const QString& source, const QString& drawn,
                             const QList<qsizetype>& visits) {
            QTest::addRow("%s", name) << source << drawn << visits;
        };
        const QString of = u"for (const x of y) {\n  f(x);\n}\ng();\n"_s;
        row("two rounds", of, u"1:17 1:12 2:3 1:12 2:3 1:12 4:1"_s, {2, 2, 0, 1});
        row("none", of, u"1:17 1:12 4:1"_s, {1, 0, 0, 1});
        row("twice", of, u"1:17 1:12 2:3 1:12 1:17 1:12 2:3 1:12 2:3 1:12 4:1"_s, {3, 3, 0, 1});
        row("left by break", of, u"1:17 1:12 2:3 1:12 2:3 4:1"_s, {2, 2, 0, 1});
        row("still running", of, u"1:17 1:12 2:3 1:12 2:3"_s, {2, 2});
        row("nobody knows what comes", of, u"1:17 1:12 2:3 1:12"_s, {1, 1});
        row("in another call meanwhile", of, u"1:17 1:12 f( 1:17 1:12 2:3 1:12 4:1 ) 2:3 1:12 4:1"_s, {2, 2, 0, 2});
        const QString counting = u"for (let i = 0; i < 2; i++) {\n  f(i);\n}\ng();\n"_s;
        row("counting", counting, u"1:14 1:19 2:3 1:25 1:19 2:3 1:25 1:19 4:1"_s, {2, 2, 0, 1});
        row("counting to none", counting, u"1:14 1:19 4:1"_s, {1, 0, 0, 1});
        row("goes on", counting, u"1:14 1:19 1:25 1:19 2:3 1:25 1:19 4:1"_s, {2, 1, 0, 1}); // a round without a stop
        const QString lines = u"for (let i = 0;\n  i < 2;\n  i++) {\n  f(i);\n}\ng();\n"_s;
        row("in lines", lines, u"1:14 2:5 4:3 3:4 2:5 4:3 3:4 2:5 6:1"_s, {1, 2, 2, 2, 0, 1});
        row("without a test", u"for (let i = 0; ; i++) {\n  f(i);\n}\n"_s, u"1:14 2:3 1:20 2:3 1:20 2:3"_s, {3, 3});
        const QString whilst = u"while (f(x)) {\n  g();\n}\nh();\n"_s;
        row("while", whilst, u"1:8 2:3 1:8 2:3 1:8 4:1"_s, {2, 2, 0, 1});
        row("while, none", whilst, u"1:8 4:1"_s, {1, 0, 0, 1});
        row("while, of an empty body", u"while (f(x)) {\n}\nh();\n"_s, u"1:8 1:8 1:8 3:1"_s, {2, 0, 1});
        row("do", u"do {\n  g();\n} while (f(x));\nh();\n"_s, u"2:3 3:10 2:3 3:10 4:1"_s, {0, 2, 2, 1});
        row("without brackets", u"for (const x of y)\n  f(x)\ng()\n"_s, u"1:17 1:12 2:3 1:12 2:3 1:12 3:1"_s,
            {2, 2, 1});
        row("one within another", u"for (const a of b)\n  for (const c of d) {\n    f();\n  }\ng();\n"_s,
            u"1:17 1:12 2:19 2:14 3:5 2:14 3:5 2:14 1:12 2:19 2:14 1:12 5:1"_s, {2, 3, 2, 0, 1});
        row("in one line", u"for (const x of y) f(x);\ng();\n"_s, u"1:17 1:12 1:20 1:12 1:20 1:12 2:1"_s, {2, 1});
        row("in one line, none", u"for (const x of y) f(x);\ng();\n"_s, u"1:17 1:12 2:1"_s, {1, 1});
        row("in one line, of two statements", u"for (const x of y) { f(x); g(); }\nh();\n"_s,
            u"1:17 1:12 1:22 1:28 1:12 1:22 1:28 1:12 2:1"_s, {2, 1});
        row("in one line, without a head's stops", u"for (;;) { f(x); g(); }\n"_s, u"1:12 1:18 1:12 1:18 1:12"_s, {3});
        row("in one line, behind something", u"a(); for (const x of y) f(x); b();\n"_s,
            u"1:1 1:22 1:17 1:25 1:17 1:25 1:17 1:31"_s, {2});
        row("in one line, none behind something", u"a(); for (const x of y) f(x); b();\n"_s, u"1:1 1:22 1:17 1:31"_s,
            {1});
        row("in one line, one after the other", u"for (const x of y) f(x); for (const x of y) g(x);\n"_s,
            u"1:17 1:12 1:20 1:12 1:20 1:12 1:42 1:37 1:45 1:37"_s, {3});
        row("in one line, one within another", u"for (const a of b) for (const c of d) f();\n"_s,
            u"1:17 1:12 1:36 1:31 1:39 1:31 1:39 1:31 1:12 1:36 1:31 1:12 1:36 1:31 1:39 1:31 1:12"_s, {3});
        row("in one line, do", u"do { f(); } while (g());\nh();\n"_s, u"1:6 1:20 1:6 1:20 2:1"_s, {2, 1});
        row("in one line, of an empty body", u"while (f(x));\nh();\n"_s, u"1:8 1:8 1:8 2:1"_s, {2, 1});
        row("in one line, in a multi-line loop", u"for (const a of b) {\n  for (const c of d) f();\n}\ng();\n"_s,
            u"1:17 1:12 2:19 2:14 2:22 2:14 2:22 2:14 1:12 2:19 2:14 1:12 2:19 2:14 2:22 2:14 1:12 4:1"_s,
            {3, 4, 0, 1});
        row("in one line, behind a head", u"for (const a of b) { for (const c of d) f();\n  g();\n}\nh();\n"_s,
            u"1:17 1:12 1:38 1:33 1:41 1:33 1:41 1:33 2:3 1:12 1:38 1:33 2:3 1:12 4:1"_s, {3, 2, 0, 1});
        row("in one line, in several calls", u"for (const x of y) f(x);\n"_s,
            u"1:17 1:12 1:20 f( 1:17 1:12 1:20 1:12 ) 1:12 1:20 1:12"_s, {3});
        row("in one line, with a function", u"for (const x of y) z.map((a) => a);\n"_s,
            u"1:17 1:12 1:20 f( 1:33 1:34 ) f( 1:33 1:34 ) 1:12 1:20 1:12"_s, {4});
        row("in one line, twice", u"for (const a of b)\n  while (f()) g();\n"_s,
            u"1:17 1:12 2:10 2:15 2:10 2:15 2:10 1:12 2:10 2:15 2:10 1:12"_s, {2, 3});
        row("behind something", u"a(); for (const x of y) {\n  f(x);\n}\n"_s, u"1:1 1:22 1:17 2:3 1:17 2:3 1:17"_s,
            {2, 2});
        row("with a function in its head", u"while (y.some((z) => z)) {\n  g();\n}\n"_s,
            u"1:10 f( 1:22 1:23 ) f( 1:22 1:23 ) 2:3 1:10 f( 1:22 1:23 ) h()"_s.chopped(4), {4, 1});
        row("no loop", u"x.for(y);\no = { while: 1, do: 2 };\n"_s, u"1:1 1:7 1:1 2:1"_s, {2, 1});
    }

    void theHeadOfALoopIsVisitedOnceARound()
    {
        QFETCH(QString, source);
        QFETCH(QString, drawn);
        QFETCH(QList<qsizetype>, visits);
        const auto log = logOf(
            drawnLinesFile(u"main( "_s.append(drawn).toStdString(), "/home/lea/cafe.js", source.toStdString()));
        Lines lines(*log);
        lines.refresh();
        QList<qsizetype> found;
        for (std::uint32_t line = 1; line <= static_cast<std::uint32_t>(visits.size()); ++line) {
            const auto its = lines.visits(cafe(lines), line);
            found << std::ssize(its);
            QVERIFY(std::ranges::is_sorted(its));
            QVERIFY(std::ranges::all_of(its, [&](Index stop) { return lines.placeOf(stop).line == line; }));
        }
        QCOMPARE(found, visits);
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
