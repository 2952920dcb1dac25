#include "support/drawnlines.h"
#include "support/tracefile.h"
#include "trace/views.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

QString functions(const Lines& lines, const std::vector<CallId>& calls)
{
    QStringList names;
    for (const CallId call : calls)
        names << textOf(lines.frameAt(call, 0).function);
    return names.join(u' ');
}

} // namespace

class TestLineCalls : public QObject {
    Q_OBJECT

private slots:
    void whatRunsIsToldFromTheInnermostOut()
    {
        const LinesRun run("main( 1 add( 7 carry( 9 ) 8 ) 2 )");
        QCOMPARE(print(run.lines.stackAt(run.at(1))), u"main"_s);
        QCOMPARE(print(run.lines.stackAt(run.at(9))), u"carry add main"_s);
        QCOMPARE(print(run.lines.stackAt(run.at(8))), u"add main"_s);
        QCOMPARE(print(run.lines.stackAt(run.at(2))), u"main"_s);
        QCOMPARE(print(run.lines.stackAt(run.end())), QString());
        const auto stack = run.lines.stackAt(run.at(9));
        QCOMPARE(run.lines.placeOf(stack[2].stop).line, 1u);
        QCOMPARE(stack[2].entered, 0u);
    }

    void anErrorLeavesWhatItGoesThrough()
    {
        const LinesRun told("main( 1 add( 7 carry( 9 throw ! ! 2 )");
        QCOMPARE(print(told.lines.stackAt(told.at(2))), u"main"_s);
        QCOMPARE(told.lines.throws().size(), 1u);
        // The next stop tells it as well.
        const auto log = drawnLines("main( 1 add( 7 out )");
        Lines lines(*log);
        lines.refresh();
        QCOMPARE(print(lines.stackAt(log->size())), u"main"_s);
    }

    void aStopInAnOuterCallShowsThatTheInnerOnesWereLeft()
    {
        // A trace in which the recorder has told nothing of the end of two calls.
        TraceFile file;
        const StackId place = file.frame({.script = file.text("a.js"), .line = 1, .column = 1});
        std::uint64_t time = 0;
        const auto put = [&](auto event) {
            event.time = ++time;
            event.stack = place;
            file.event(recordOf(event));
        };
        for (std::uint32_t call = 1; call <= 3; ++call) {
            put(events::CallEntered {.entry = CallEntry::Called, .call = {call}, .caller = {call - 1}});
            put(events::LineReached {.point = LinePoint::Statement, .call = {call}});
        }
        put(events::LineReached {.point = LinePoint::Statement, .call = {1}});
        put(events::CallEntered {.entry = CallEntry::Called, .call = {4}, .caller = {}});
        const auto log = logOf(file);
        Lines lines(*log);
        lines.refresh();
        const auto depth = [&](Index at) { return lines.stackAt(at).size(); };
        QCOMPARE(depth(6), 3u);
        QCOMPARE(depth(7), 1u);
        QCOMPARE(lines.stackAt(8).size(), 1u); // nobody called it: nothing runs around it
        QCOMPARE(lines.stackAt(8).front().call, CallId {4});
        QCOMPARE(lines.leftAfter({3}, 6), 6u);
        QCOMPARE(lines.leftAfter({1}, 7), 7u);
        QCOMPARE(lines.leftAfter({4}, 8), kNoEvent);
    }

    void aCallWhoseBeginningWasNotToldRunsFromItsFirstStop()
    {
        const LinesRun run("lost( 5|a a=1 add( 7 ) 6|a a=2 )");
        QCOMPARE(run.lines.stackAt(run.at(5)).size(), 1u);
        QCOMPARE(run.lines.stackAt(run.at(7)).size(), 2u);
        QCOMPARE(run.variables(run.at(6)), u"a=1->2"_s);
        QCOMPARE(run.lines.stackAt(run.at(5)).front().entered, kNoEvent);
    }

    void whoAwaitsIsPausedUntilItGoesOn()
    {
        const LinesRun run("main( 1 one( 5 ~ two( 6 ~ 2 ) two~( 8 ) one~( 7 )");
        QCOMPARE(print(run.lines.pausedAt(run.at(5))), QString());
        QCOMPARE(print(run.lines.pausedAt(run.at(6))), u"one"_s);
        QCOMPARE(print(run.lines.pausedAt(run.at(2))), u"two one"_s); // the last paused first
        QCOMPARE(print(run.lines.pausedAt(run.at(2), 1)), u"two"_s);
        QCOMPARE(print(run.lines.pausedAt(run.at(8))), u"one"_s);
        QCOMPARE(print(run.lines.stackAt(run.at(8))), u"two"_s);
        QCOMPARE(print(run.lines.pausedAt(run.at(7))), QString());
        const LineFrame paused = run.lines.pausedAt(run.at(2)).front();
        QCOMPARE(run.log->event(paused.paused).kind, EventKind::CallLeft);
        QCOMPARE(run.lines.placeOf(paused.stop).line, 6u);
        QCOMPARE(run.lines.frameAt(paused.call, run.at(8)).paused, kNoEvent);
    }

    void whatACallWillWakeUpWithIsThere()
    {
        const LinesRun run("main( one( 5|a,b a=1 b= 6|a,b b=2 ~ ) main( 9 ) one~( 7|a,b b=3 )");
        const LineFrame paused = run.lines.pausedAt(run.at(9)).front();
        QStringList all;
        for (const LineVariable& each : run.lines.variablesAt(paused.call, run.at(9)))
            all << print(each);
        QCOMPARE(all.join(u' '), u"a=1 b=-->2"_s);
        QCOMPARE(run.variables(run.at(7)), u"a=1 b=2->3"_s);
    }

    void whatAnAwaitWillGiveIsKnown()
    {
        const LinesRun run("main( one( 5 ~ two( 6 ~ three( 4 ~ four( 3 ~ 2 ) two~( throw 8 ) three~( given=5 9 throw ! "
                           "one~( #3:object:Object/0/1 #3.a=1 given=#3 7 )");
        const auto given = [&](std::uint32_t line) -> QString {
            for (const LineFrame& frame : run.lines.pausedAt(run.at(2))) {
                if (run.lines.placeOf(frame.stop).line != line)
                    continue;
                const auto told = run.lines.givenAfter(frame.call, frame.paused);
                return !told ? u"nobody knows"_s
                             : (told->isError ? u"error "_s : QString())
                        + QString::fromStdString(run.lines.preview(told->value, told->value.told + 1));
            }
            return u"not paused"_s;
        };
        QCOMPARE(given(5), u"{ a: 1 }"_s);
        QCOMPARE(given(6), u"error 'oh'"_s);
        QCOMPARE(given(4), u"5"_s);
        QCOMPARE(given(3), u"nobody knows"_s); // it never went on
        // What it throws by itself was not given to it.
        const LinesRun own("f( 5 ~ main( 2 ) f~( 8 throw !");
        const LineFrame paused = own.lines.pausedAt(own.at(2)).front();
        QVERIFY(!own.lines.givenAfter(paused.call, paused.paused));
        QVERIFY(!own.lines.givenAfter({99}, 0));
    }

    void pausesAreFoundAmongMany()
    {
        std::string drawing = "old( 1 ~ ";
        for (int i = 0; i < 20'000; ++i)
            drawing += "f( 2 ~ f~( 3 ) ";
        drawing += "new( 4 ~ g( 5 )";
        const LinesRun run(drawing);
        QCOMPARE(print(run.lines.pausedAt(run.at(5))), u"new old"_s);
        QCOMPARE(print(run.lines.pausedAt(run.at(2, 10'000))), u"old"_s);
        QCOMPARE(print(run.lines.pausedAt(run.at(2, 10'000) + 1)), u"f old"_s);
    }

    void whatRunsAndPausesIsKnownUpToTheLastRecordedLine()
    {
        const LinesRun run("main( 1 one( 5 ~ two( 6 ended out job");
        const Index ended = run.lines.endedAt();
        QCOMPARE(print(run.lines.stackAt(ended)), u"two main"_s);
        QCOMPARE(print(run.lines.pausedAt(ended)), u"one"_s);
        QCOMPARE(run.lines.leftAfter(run.callAt(run.at(1)), run.at(6)), ended);
        for (Index place = ended + 1; place <= run.end(); ++place) {
            QVERIFY(run.lines.stackAt(place).empty());
            QVERIFY(run.lines.pausedAt(place).empty());
            QCOMPARE(run.lines.leftAfter(run.callAt(run.at(1)), place), kNoEvent);
        }
    }

    void theFirstCallOfAScriptIsItsTopLevel()
    {
        const LinesRun run("( 1 add( 7 ) ( 8 ) 2 )");
        QVERIFY(run.lines.isTopLevel({1}));
        QVERIFY(!run.lines.isTopLevel({2}));
        QVERIFY(!run.lines.isTopLevel({3})); // a function without a name
        QVERIFY(!run.lines.isTopLevel({4711}));
        const LinesRun named("main( 1 )");
        QVERIFY(!named.lines.isTopLevel({1}));
    }

    void theTurnsOfACallAreItsEntriesEndsAndErrors()
    {
        const LinesRun run("main( 1 one( 2 throw ~ ) one~( 3 )=7");
        const CallId one = run.callAt(run.at(2));
        QCOMPARE(print(std::span<const Index>(run.lines.turnsOf(one))), u"2 4 5 7 9"_s);
        QCOMPARE(print(run.lines.stopsOf(one)), u"3 8"_s);
        QCOMPARE(print(run.lines.returned(one)), u"7"_s);
        QCOMPARE(run.lines.callerOf(one), run.callAt(run.at(1)));
        QVERIFY(!run.lines.callerOf(run.callAt(run.at(1))));
    }

    void aCallGivesBackNothingUntilItHasReturned()
    {
        const LinesRun run("main( 1 f( 2 ) f( 3 )=#4 f( 4 throw ! f( 5 ~ f~( 6");
        QVERIFY(!run.lines.returned(run.callAt(run.at(1))).isKnown());
        QVERIFY(run.lines.returned(run.callAt(run.at(2))).isKnown());
        QCOMPARE(print(run.lines.returned(run.callAt(run.at(3)))), u"#4"_s);
        QVERIFY(!run.lines.returned(run.callAt(run.at(4))).isKnown());
        QVERIFY(!run.lines.returned(run.callAt(run.at(5))).isKnown());
        QVERIFY(!run.lines.returned({4711}).isKnown());
    }

    void callsFormATree()
    {
        const LinesRun run("main( 1 a( 2 b( 3 ) ~ c( 4 ) ) out d( 5 ) a~( 6 e( 7 ) )");
        QCOMPARE(functions(run.lines, run.lines.callsFrom(run.callAt(run.at(1)))), u"a c"_s);
        QCOMPARE(functions(run.lines, run.lines.callsFrom(run.callAt(run.at(2)))), u"b e"_s);
        QCOMPARE(functions(run.lines, run.lines.callsBetween(0, run.end())), u"main d a"_s);
        QCOMPARE(functions(run.lines, run.lines.callsBetween(run.at(1), run.at(5))), u"a c d"_s);
        QCOMPARE(functions(run.lines, run.lines.callsBetween(run.at(2), run.at(4))), u"b c"_s);
        QCOMPARE(functions(run.lines, run.lines.callsBetween(run.at(7), run.end())), QString());
    }

    void aRootThatPausesAndGoesOnIsOneRoot()
    {
        const LinesRun run("a( 1 ~ b( 2 ~ a~( 3 ~ b~( 4 ) a~( 5 )");
        QCOMPARE(functions(run.lines, run.lines.callsBetween(0, run.end())), u"a b"_s);
    }
};

QTEST_GUILESS_MAIN(TestLineCalls)
#include "tst_linecalls.moc"
