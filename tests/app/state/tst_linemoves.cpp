#include "state/linemoves.h"
#include "support/drawnlines.h"

#include <QTest>

#include <random>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

struct Run {
    explicit Run(std::string_view drawing)
        : log(tests::drawnLines(drawing))
        , lines(*log)
    {
        lines.refresh();
    }

    [[nodiscard]] std::uint32_t lineAt(Index place) const
    {
        const Index stop = lines.stopAt(place);
        return stop == kNoEvent ? 0 : lines.placeOf(stop).line;
    }
    // The place of the first stop in that line.
    [[nodiscard]] Index at(std::uint32_t line) const
    {
        for (const Index stop : lines.stops()) {
            if (lines.placeOf(stop).line == line)
                return lines.endOfStop(stop);
        }
        return kNoEvent;
    }
    // The lines that one comes by, from that one on, when one goes on so.
    [[nodiscard]] QString walk(Index place, LineMove move) const
    {
        QStringList way;
        std::optional<Index> to = place;
        while ((to = moved(lines, *to, move)) && way.size() < 50)
            way << QString::number(lineAt(*to));
        return way.join(u' ');
    }
    // Where one comes to; - for nowhere.
    [[nodiscard]] QString go(std::uint32_t line, LineMove move) const
    {
        const auto to = moved(lines, at(line), move);
        return to ? QString::number(lineAt(*to)) : u"-"_s;
    }

    std::unique_ptr<TraceLog> log;
    Lines lines;
};

} // namespace

class TestLineMoves : public QObject {
    Q_OBJECT

private slots:
    void ofNoLinesNoneIsNextOrLast()
    {
        const Run run("out job done");
        for (int move = 0; move <= static_cast<int>(LineMove::Return); ++move) {
            for (Index place = 0; place <= run.log->size(); ++place)
                QVERIFY(!moved(run.lines, place, static_cast<LineMove>(move)));
        }
    }

    void oneGoesOverCallsBothWays()
    {
        const Run run("main( 1 2 add( 11 carry( 21 ) 12 ) 3 )");
        QCOMPARE(run.walk(0, LineMove::Next), u"1 2 3"_s);
        QCOMPARE(run.walk(run.at(3), LineMove::Previous), u"2 1"_s);
        QCOMPARE(run.walk(run.at(11), LineMove::Next), u"12 3"_s);
        QCOMPARE(run.walk(run.at(12), LineMove::Previous), u"11 2 1"_s);
    }

    void oneGoesIntoCallsBothWays()
    {
        const Run run("main( 1 2 add( 11 carry( 21 ) 12 ) 3 ) out other( 31 )");
        QCOMPARE(run.walk(0, LineMove::Into), u"1 2 11 21 12 3 31"_s);
        QCOMPARE(run.walk(run.at(31), LineMove::IntoBefore), u"3 12 21 11 2 1"_s);
    }

    void aPlaceIsBehindAllThatIsToldWithAStop()
    {
        const Run run("main( 1|a a=1 2|a job a=2 3|a a=3 )");
        QCOMPARE(moved(run.lines, 0, LineMove::Next), std::optional<Index>(3));
        QCOMPARE(moved(run.lines, 3, LineMove::Next), std::optional<Index>(6));
        QCOMPARE(moved(run.lines, 8, LineMove::Previous), std::optional<Index>(6));
        QCOMPARE(moved(run.lines, 6, LineMove::IntoBefore), std::optional<Index>(3));
    }

    void behindTheLastLineOfACallbackComesTheNextCallback()
    {
        const Run run("main( 1 2 ) out other( 11 12 ) third( 21 )");
        QCOMPARE(run.walk(0, LineMove::Next), u"1 2 11 12 21"_s);
        QCOMPARE(run.walk(run.at(21), LineMove::Previous), u"12 11 2 1"_s);
    }

    void recursiveCallsAreGoneOver()
    {
        const Run run("f( 1 f( 1 f( 1 3 ) 2 ) 2 )");
        QCOMPARE(run.walk(0, LineMove::Next), u"1 2"_s);
        QCOMPARE(run.walk(run.log->size() - 1, LineMove::Previous), u"1"_s);
    }

    void anAwaitIsGoneOverToWhereTheSameCallGoesOn()
    {
        const Run run("main( 1 one( 11 ~ 2 ) other( 21 ) one~( 12 13 ) third( 31 )");
        QCOMPARE(run.walk(run.at(11), LineMove::Next), u"12 13 31"_s);
        QCOMPARE(run.walk(run.at(13), LineMove::Previous), u"12 11 1"_s);
        QCOMPARE(run.go(1, LineMove::Next), u"2"_s); // who does not await it goes on
    }

    void anAwaitThatNeverEndsLeadsToWhoCalled()
    {
        const Run run("main( 1 one( 11 ~ 2 )");
        QCOMPARE(run.go(11, LineMove::Next), u"2"_s);
    }

    void aYieldLeadsToWhoAsked()
    {
        const Run run("main( 1 gen( 11 yield=5 2 gen~( 12 yield=6 3 )");
        QCOMPARE(run.walk(run.at(11), LineMove::Next), u"2 3"_s);
        QCOMPARE(run.walk(run.at(12), LineMove::Previous), u"2 1"_s);
        QCOMPARE(run.go(12, LineMove::Out), u"3"_s);
    }

    void anErrorLeadsToWhereItIsCaught()
    {
        const Run run("main( 1 add( 11 carry( 21 throw ! ! 2 )");
        QCOMPARE(run.walk(run.at(21), LineMove::Next), u"2"_s);
        QCOMPARE(run.go(11, LineMove::Next), u"2"_s); // add has no other line
    }

    void withoutAnotherLineOneStillGoesOverWhatIsCalled()
    {
        const Run run("main( 1 add( 11 12 ) ) other( 31 )");
        QCOMPARE(run.go(1, LineMove::Next), u"31"_s); // not 11
        QCOMPARE(run.go(1, LineMove::Into), u"11"_s);
    }

    void atTheEndOfARunThatWasStoppedThereIsNoNext()
    {
        const Run run("main( 1 add( 11 12");
        QCOMPARE(run.go(1, LineMove::Next), u"-"_s);
        QCOMPARE(run.go(12, LineMove::Into), u"-"_s);
    }

    void oneGoesOutOfACall()
    {
        const Run run("main( 1 add( 11 carry( 21 22 ) 12 13 ) 2 ) other( 31 32 ) third( 41 )");
        QCOMPARE(run.go(21, LineMove::Out), u"12"_s);
        QCOMPARE(run.go(11, LineMove::Out), u"2"_s);
        QCOMPARE(run.go(1, LineMove::Out), u"31"_s);
        QCOMPARE(run.go(31, LineMove::Out), u"41"_s);
        QCOMPARE(run.go(41, LineMove::Out), u"-"_s);
    }

    void outOfACallThatAwaitedIsWhereItsCallerGoesOn()
    {
        const Run run("main( 1 one( 11 ~ ~ other( 21 ) one~( 12 ) third( 31 ) main~( 2 )");
        QCOMPARE(run.go(12, LineMove::Out), u"2"_s);
        QCOMPARE(run.go(11, LineMove::Out), u"2"_s);
    }

    void oneGoesBackToWhereACallWasMade()
    {
        const Run run("main( 1 2 add( 11 12 ) 3 one( 13 ~ ) other( 31 one~( 14 ) )");
        QCOMPARE(run.go(12, LineMove::OutBefore), u"2"_s);
        QCOMPARE(run.go(11, LineMove::OutBefore), u"2"_s);
        QCOMPARE(run.go(14, LineMove::OutBefore), u"3"_s);
        QCOMPARE(run.go(2, LineMove::OutBefore), u"-"_s);
    }

    void oneGoesToTheReturn()
    {
        const Run run("main( 1 add( 11 12 13; ) 2 )");
        QCOMPARE(run.go(11, LineMove::Return), u"13"_s);
        QCOMPARE(run.go(13, LineMove::Return), u"-"_s); // one is there
        QCOMPARE(run.go(1, LineMove::Return), u"2"_s);
    }

    void oneGoesFromErrorToErrorBothWays()
    {
        const Run run("main( 1 throw 2 add( 11 throw ! 3 )");
        QCOMPARE(run.walk(0, LineMove::NextThrow), u"1 11"_s);
        QCOMPARE(run.walk(run.log->size(), LineMove::PreviousThrow), u"11 1"_s);
        QCOMPARE(moved(run.lines, 0, LineMove::NextThrow), std::optional<Index>(3)); // right behind it
    }

    void whileNothingRunsOneGoesToTheLineBeforeAndAfter()
    {
        const Run run("main( 1 2 ) out other( 11 )");
        const Index between = run.at(2) + 1;
        QCOMPARE(run.lineAt(moved(run.lines, between, LineMove::Next).value()), 11u);
        QCOMPARE(moved(run.lines, between, LineMove::Previous), std::optional(run.at(2)));
        QCOMPARE(moved(run.lines, between, LineMove::IntoBefore), std::optional(run.at(2)));
        QVERIFY(!moved(run.lines, between, LineMove::Out));
        QVERIFY(!moved(run.lines, between, LineMove::Return));
    }

    void rightBehindACallOneGoesBackIntoItOrOverIt()
    {
        const Run run("main( 1 add( 11 12 ) 2 )");
        const Index left = run.at(12) + 1;
        QCOMPARE(moved(run.lines, left, LineMove::IntoBefore), std::optional(run.at(12)));
        QCOMPARE(moved(run.lines, left, LineMove::Previous), std::optional(run.at(1)));
        QCOMPARE(moved(run.lines, left, LineMove::Next), std::optional(run.at(2)));
    }

    void oneGoesToTheNextAndTheLastTimeThatALineRuns()
    {
        const Run run("main( 7 8 7 8 7 9 )");
        const TextId script = run.lines.scripts().front();
        const auto visit = [&](Index place, bool backwards) {
            return nextVisit(run.lines, place, script, 7, backwards);
        };
        QCOMPARE(visit(0, false), std::optional<Index>(2));
        QCOMPARE(visit(2, false), std::optional<Index>(4));
        QCOMPARE(visit(6, false), std::nullopt);
        QCOMPARE(visit(run.log->size(), true), std::optional<Index>(6));
        QCOMPARE(visit(6, true), std::optional<Index>(4));
        QCOMPARE(visit(5, true), std::optional<Index>(4));
        QCOMPARE(visit(2, true), std::nullopt);
        QVERIFY(!nextVisit(run.lines, 0, script, 10, false));
    }

    void oneGoesToWhereAValueWasMade()
    {
        const Run run("main( 1|a a=1 2|a a=2 #1:object:Bill #1.total=5 3|a 4|a )");
        const LineSlot a = run.lines.variablesAt({1}, run.at(1)).front().slot;
        QCOMPARE(madeAt(run.lines, a, run.log->size()), std::optional(run.at(2)));
        QCOMPARE(madeAt(run.lines, a, run.at(1)), std::optional(run.at(1)));
        QVERIFY(!madeAt(run.lines, a, 2));
        const LineSlot total = run.lines.propertiesAt({1}, run.at(4)).front().slot;
        QCOMPARE(madeAt(run.lines, total, run.at(4)), std::optional(run.at(2)));
    }

    void whatAFunctionMadeOfATopLevelVariableWasMadeThere()
    {
        const Run run("( 1|n n= 2|n n=0 inc( 7|100.n 100.n=0 8|100.n 100.n=1 ) 3|n n=1 )");
        const LineSlot own = run.lines.variablesAt({1}, run.at(2)).front().slot;
        const LineSlot around = run.lines.variablesAt({2}, run.at(8)).front().slot;
        QCOMPARE(madeAt(run.lines, own, run.at(3)), std::optional(run.at(8)));
        QCOMPARE(madeAt(run.lines, around, run.at(8)), std::optional(run.at(8)));
        QCOMPARE(madeAt(run.lines, around, run.at(7)), std::optional(run.at(2))); // the file's own line
        QCOMPARE(madeAt(run.lines, own, run.at(2)), std::optional(run.at(2)));
    }

    void afterTheLastRecordedLineThereIsNoWayOn()
    {
        const Run run("main( 1 f( 2 ended out )");
        for (const auto move : {LineMove::Next, LineMove::Into, LineMove::Out, LineMove::OutBefore, LineMove::Return})
            QVERIFY(!moved(run.lines, run.log->size(), move));
        QCOMPARE(moved(run.lines, run.log->size(), LineMove::Previous), std::optional(run.at(2)));
    }

    void whereverOneGoesOneGetsOnAndComesToAnEnd()
    {
        std::mt19937 random(1);
        const char* const words[] = {
            "f( ", "f( ", "1 ", "2 ", "3 ", "4 ", ") ", "~ ", "throw ! ", "yield=1 ", "f~( ", "a=1 "};
        for (int i = 0; i < 100; ++i) {
            std::string drawing = "f( ";
            for (int word = 0; word < 100; ++word)
                drawing += words[random() % std::size(words)];
            const Run run(drawing);
            for (const auto move : {LineMove::Next, LineMove::Into, LineMove::NextThrow, LineMove::Out}) {
                std::optional<Index> place = 0;
                for (std::optional<Index> to; (to = moved(run.lines, *place, move)); place = to)
                    QVERIFY2(*to > *place, drawing.c_str());
                QVERIFY2(move != LineMove::Into || run.lines.countBefore(*place) == run.lines.stops().size(),
                    drawing.c_str());
            }
            for (const auto move :
                {LineMove::Previous, LineMove::IntoBefore, LineMove::PreviousThrow, LineMove::OutBefore}) {
                std::optional<Index> place = run.log->size();
                for (std::optional<Index> to; (to = moved(run.lines, *place, move)); place = to)
                    QVERIFY2(*to < *place, drawing.c_str());
                QVERIFY2(move != LineMove::IntoBefore || run.lines.countBefore(*place) <= 1, drawing.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestLineMoves)
#include "tst_linemoves.moc"
