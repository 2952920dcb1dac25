#include "state/linechanges.h"
#include "support/drawnlines.h"

#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

class TestLineValues : public QObject {
    Q_OBJECT

private slots:
    void recursiveCallsHaveVariablesOfTheirOwn()
    {
        const LinesRun run("f( 1|n n=2 f( 1|n n=1 f( 1|n n=0 ) 2|n ) 2|n )");
        QCOMPARE(run.variables(run.at(1, 2)), u"n=0"_s);
        QCOMPARE(run.variables(run.at(2, 0)), u"n=1"_s);
        QCOMPARE(run.variables(run.at(2, 1)), u"n=2"_s);
        const auto outer = run.lines.stackAt(run.at(1, 2)).back();
        QCOMPARE(print(run.lines.variablesAt(outer.call, run.at(1, 2)).front().value), u"2"_s);
    }

    void whatTheStatementThatIsOverCouldSeeIsShownWithIt()
    {
        const LinesRun run("main( 1|total total=0 2|1.name,total 1.name='soup' 3|1.price,1.name,total 1.price=6 "
                           "2|1.name,total total=6 1.name= 4|total f( 8|x x=1 ) 5|total )");
        const auto shown = [&](Index place, CallId call) {
            QStringList words;
            for (const LineVariable& variable : run.lines.shownAt(call, place))
                words += print(variable) + (variable.left ? u" (left)"_s : QString());
            return words.join(u' ');
        };
        const CallId main = run.callAt(run.at(1));
        QCOMPARE(shown(run.at(3), main), u"price=?->6 name='soup' total=0"_s);
        QCOMPARE(shown(run.at(2, 1), main), u"price=6 (left) name='soup' (left) total=0->6"_s);
        QCOMPARE(run.variables(run.at(2, 1)), u"name='soup'->- total=0->6"_s);
        QCOMPARE(shown(run.at(4), main), u"total=6"_s); // a round that has not begun has nothing to show
        QCOMPARE(shown(run.at(1), main), u"total=0"_s);
        // In the midst of a statement there is none that is over.
        QCOMPARE(shown(run.at(8), main), u"total=6"_s);
        QCOMPARE(shown(run.at(2, 1) - 1, main), run.variables(run.at(2, 1) - 1));
    }

    void whatHasChangedIsWhatIsToldAtTheStop()
    {
        const LinesRun run("main( 1|a,b a=1 b= 2|a,b b=5 3|a,b 4|a,b a=2 b=6 5|a,b )");
        QCOMPARE(run.variables(run.at(1)), u"a=1 b=-"_s); // nothing was before
        QCOMPARE(run.variables(run.at(2)), u"a=1 b=-->5"_s);
        QCOMPARE(run.variables(run.at(3)), u"a=1 b=5"_s);
        QCOMPARE(run.variables(run.at(4)), u"a=1->2 b=5->6"_s);
        QCOMPARE(run.variables(run.at(5)), u"a=2 b=6"_s);
    }

    void whatAStopTellsAgainIsNoChange() // a hostile trace does, ten thousand times
    {
        const LinesRun run((u"main( 1|a"_s + u" a=1"_s.repeated(1'000) + u" 2|a a=2 )"_s).toStdString());
        const auto first = changesAt(run.lines, run.lines.stopAt(run.at(1)));
        QCOMPARE(first.size(), 1);
        QCOMPARE(print(first.front().value), u"1"_s);
        const auto second = changesAt(run.lines, run.lines.stopAt(run.at(2)));
        QCOMPARE(second.size(), 1);
        QCOMPARE(print(second.front().before), u"1"_s);
    }

    void beforeAStopsValuesAreToldTheOldOnesHold()
    {
        const LinesRun run("main( 1|a a=1 2|a a=2 )");
        QCOMPARE(print(run.lines.variablesAt({1}, 4).front().value), u"1"_s); // its line is reached, its values are not
        QCOMPARE(print(run.lines.variablesAt({1}, 5).front().value), u"2"_s);
    }

    void aVariableOfABlockHasNoValueBeforeTheBlockWasEntered()
    {
        const LinesRun run("main( 1|a a=1 2|1.x,a 1.x=7 3|1.x,a 1.x=8 4|a 5|1.x,a 1.x=9 )");
        QCOMPARE(run.variables(run.at(2)), u"x=?->7 a=1"_s);
        QCOMPARE(run.variables(run.at(3)), u"x=7->8 a=1"_s);
        QCOMPARE(run.variables(run.at(4)), u"a=1"_s);
        QCOMPARE(run.variables(run.at(5)), u"x=?->9 a=1"_s); // not 8: that was another round's
    }

    void ofSameNamesTheScopeTells()
    {
        const LinesRun run("main( 1|1.a,a,100.a 1.a=1 a=2 100.a=3 2|a,100.a a=4 )");
        QCOMPARE(run.variables(run.at(1)), u"a=1 a=2 a=3"_s);
        QCOMPARE(run.variables(run.at(2)), u"a=2->4 a=3"_s);
        const auto all = run.lines.variablesAt({1}, run.at(1));
        QCOMPARE(all[0].scope, VariableScope::Block);
        QCOMPARE(all[1].scope, VariableScope::Local);
        QCOMPARE(all[2].scope, VariableScope::Closure);
        QCOMPARE(all[2].slot.level, 100u);
    }

    void whatThisIsComesBetweenTheFunctionsOwnAndWhatIsAroundIt()
    {
        const LinesRun run("main( 1|a,100.k a=1 100.k=2 add( 7|x,100.k x=3 this=#1 8|1.y,x,100.k 1.y=4 add( 7|x,100.k "
                           "x=5 this=#2 ) ) plain( 9|z,100.k z=6 ) 2|a )");
        QCOMPARE(run.variables(run.at(1)), u"a=1 k=2"_s); // a file has none
        QCOMPARE(run.variables(run.at(7)), u"x=3 this=#1 k=2"_s);
        QCOMPARE(run.variables(run.at(8)), u"y=?->4 x=3 this=#1 k=2"_s);
        QCOMPARE(run.variables(run.at(7, 1)), u"x=5 this=#2 k=2"_s);
        QCOMPARE(run.variables(run.at(9)), u"z=6 k=2"_s);
        const auto all = run.lines.variablesAt(run.callAt(run.at(8)), run.at(8));
        QCOMPARE(all[2].scope, VariableScope::This);
        QCOMPARE(print(run.lines.valueAt(all[2].slot, run.at(8))), u"#1"_s);
        QVERIFY(!std::ranges::contains(
            run.lines.argumentsOf(run.callAt(run.at(8))), std::string_view("this"), &LineVariable::name));
    }

    void aMethodThatSeesNothingElseSeesThis()
    {
        const LinesRun run("main( 1 add( 7 this=#1 8 ) )");
        QCOMPARE(run.variables(run.at(7)), u"this=#1"_s);
        QCOMPARE(run.variables(run.at(8)), u"this=#1"_s);
    }

    void afterTheLastRecordedLineNoVariableIsTold()
    {
        const LinesRun run("main( 1|a a=1 2|a a=2 ended out job )");
        const Index ended = run.lines.endedAt();
        QCOMPARE(run.variables(ended), u"a=1->2"_s);
        QVERIFY(run.lines.variablesAt({1}, ended + 1).empty());
        QVERIFY(run.lines.variablesAt({1}, run.end()).empty());
    }

    // The engine tells it once, in whichever call it has changed.
    void whatIsAroundFunctionsIsOneValueForAllCalls()
    {
        const LinesRun run("main( 1|a a=1 f( 2|100.a 100.a=3 ) g( 3|100.a 100.a=4 ) f( 4|100.a ) )");
        QCOMPARE(run.variables(run.at(2)), u"a=3"_s);
        QCOMPARE(run.variables(run.at(3)), u"a=4"_s);
        QCOMPARE(run.variables(run.at(4)), u"a=4"_s);
        QCOMPARE(run.variables(run.at(1)), u"a=1"_s);
    }

    void theHistoryOfASlotIsEachEventThatTellsIt()
    {
        const LinesRun run("main( 1|a a=1 2|a a=2 3|a 4|a a=1 )");
        const LineSlot slot = run.lines.variablesAt({1}, run.at(1)).front().slot;
        QCOMPARE(print(run.lines.history(slot)), u"2 4 7"_s);
        QCOMPARE(print(run.lines.valueAt(slot, 2)), u"?"_s);
        QCOMPARE(print(run.lines.valueAt(slot, 3)), u"1"_s);
        QCOMPARE(print(run.lines.valueAt(slot, 7)), u"2"_s);
        QCOMPARE(print(run.lines.valueAt(slot, run.end())), u"1"_s);
        LineSlot other = slot;
        other.level = 1;
        QVERIFY(run.lines.history(other).empty());
    }

    void aVariableOfTheTopLevelHasOneHistoryByBothOfItsNames()
    {
        const LinesRun run(
            "( 1|n n= 2|n n=0 inc( 7|100.n 100.n=0 8|100.n 100.n=1 ) 3|n n=1 4|n n=5 inc( 7|100.n 100.n=5 "
            "8|100.n 100.n=6 ) 5|n n=6 )");
        const LineSlot own = run.lines.variablesAt({1}, run.at(2)).front().slot;
        const LineSlot around = run.lines.variablesAt({2}, run.at(8)).front().slot;
        QVERIFY(own != around);
        const auto values = [&](const LineSlot& slot) {
            QStringList all;
            for (const Index told : run.lines.history(slot))
                all << print(run.lines.valueTold(told));
            return all.join(u' ');
        };
        QCOMPARE(values(own), u"- 0 1 5 6"_s); // and not twice what the other has told
        QCOMPARE(values(around), u"- 0 1 5 6"_s);
        QCOMPARE(print(run.lines.history(own)), print(run.lines.history(around)));
        QVERIFY(std::ranges::is_sorted(run.lines.history(own)));
    }

    void theHistoryOfATopLevelVariableGrowsWithTheRun()
    {
        const LinesRun whole("( 1|n n= 2|n n=0 inc( 7|100.n 100.n=0 8|100.n 100.n=1 ) 3|n n=1 )");
        const LineSlot own = whole.lines.variablesAt({1}, whole.at(2)).front().slot;
        Lines lines(*whole.log);
        std::size_t told = 0;
        for (Index i = 0; i < whole.log->size(); ++i) {
            lines.refresh(std::chrono::nanoseconds(0));
            const auto history = lines.history(own);
            QVERIFY(history.size() >= told);
            told = history.size();
        }
        QCOMPARE(print(lines.history(own)), print(whole.lines.history(own)));
    }

    void aVariableOfAFunctionIsNotTakenForOneOfTheTopLevel()
    {
        // make() has an n of its own, which is what inner() sees: make() itself sees nothing around it.
        const LinesRun run(
            "( 1|n n=0 make( 5|n n=3 inner( 7|100.n 100.n=3 8|100.n 100.n=4 ) 6|n n=4 ) 2|n make( 5|n n=3 "
            "inner( 7|100.n 100.n=3 ) ) )");
        const auto told = [&](CallId call, std::uint32_t line) {
            return print(run.lines.history(run.lines.variablesAt(call, run.at(line)).front().slot));
        };
        QCOMPARE(told({1}, 1), u"2"_s);
        QCOMPARE(told({2}, 5), u"5 13"_s);
        QCOMPARE(told({3}, 7), u"8 10 21"_s); // nobody knows whose n it is
        QCOMPARE(print(run.lines.history(run.lines.variablesAt({4}, run.at(5, 1)).front().slot)), u"18"_s);
    }

    void twoFunctionsThatAreAroundOthersLeaveItOpenWhichIsTheFile()
    {
        const LinesRun run("( 1|n n=0 inner( 7|100.n 100.n=3 ) other( 9|101.n 101.n=4 ) )");
        QCOMPARE(run.lines.history(run.lines.variablesAt({1}, run.at(1)).front().slot).size(), 1u);
        QCOMPARE(run.lines.history(run.lines.variablesAt({3}, run.at(9)).front().slot).size(), 1u);
    }

    void aFileThatRunsAgainHasVariablesOfItsOwnEachTime()
    {
        const LinesRun run("( 1|n n=0 inc( 7|100.n 100.n=1 ) ) ( 1|n n=0 inc( 7|100.n 100.n=2 ) )");
        QCOMPARE(run.lines.history(run.lines.variablesAt({1}, run.at(1)).front().slot).size(), 1u);
        QCOMPARE(run.lines.history(run.lines.variablesAt({3}, run.at(1, 1)).front().slot).size(), 1u);
        QVERIFY(run.lines.isTopLevel({3}));
    }

    void aVisibleVariableOfWhichNothingIsToldIsNotKnown()
    {
        const LinesRun run("main( 1|a,b b=1 )");
        QCOMPARE(run.variables(run.at(1)), u"a=? b=1"_s);
        QVERIFY(!run.lines.variablesAt({1}, run.at(1)).front().changed);
    }

    void argumentsAreWhatACallBeginsWith()
    {
        const LinesRun run(
            "main( 1 add( 7|a,b,add,sum,r,100.k a=1 b=#1 add=#2 sum= r=undefined #2:function:[Function:add] 100.k=3 "
            "8|a,b,add,sum,r,100.k a=9 ) )");
        QStringList all;
        for (const LineVariable& each : run.lines.argumentsOf(run.callAt(run.at(7))))
            all << print(each);
        QCOMPARE(all.join(u' '), u"a=1 b=#1 add=#2"_s);
    }

    void propertiesAreOfTheObjectWhoeverHoldsIt()
    {
        const LinesRun run(
            "main( 1|b #1:object:Bill/0/2 #1.total=1 #1.name='x' b=#1 2|b pay( 7|c c=#1 8|c #1.total=2 ) 3|b )");
        QCOMPARE(run.properties(1, run.at(1)), u"total=1 name='x'"_s);
        QCOMPARE(run.properties(1, run.at(7)), u"total=1 name='x'"_s);
        QCOMPARE(run.properties(1, run.at(8)), u"total=1->2 name='x'"_s);
        QCOMPARE(run.properties(1, run.at(3)), u"total=1->2 name='x'"_s); // the call in line 2 has changed it
        QCOMPARE(run.lines.objectAt({1}, run.at(1)).text, std::string_view("Bill"));
        QCOMPARE(run.lines.objectAt({1}, run.at(1)).properties, 2u);
        QCOMPARE(run.lines.objectAt({1}, 2).told, kNoEvent);
    }

    void aPropertyThatIsAddedHasChangedAndOneThatIsDeletedIsGone()
    {
        const LinesRun run("main( 1 #1:object:Object #1.a=1 #1.b=2 2 #1.c=3 3 #1-a 4 #1.a=5 )");
        QCOMPARE(run.properties(1, run.at(1)), u"a=1 b=2"_s);
        QCOMPARE(run.properties(1, run.at(2)), u"a=1 b=2 c=?->3"_s);
        QCOMPARE(run.properties(1, run.at(3)), u"b=2 c=3"_s);
        QCOMPARE(run.properties(1, run.at(4)), u"a=?->5 b=2 c=3"_s);
        const LineSlot a = run.lines.propertiesAt({1}, run.at(1)).front().slot;
        QCOMPARE(run.lines.history(a).size(), 3u);
        QVERIFY(!run.lines.valueTold(run.lines.history(a)[1]).isKnown());
    }

    void aGetterThatBecomesAValueIsOneProperty()
    {
        const LinesRun run("main( 1 #1:object:Object #1?a 2 #1.a=1 )");
        QCOMPARE(run.lines.propertiesAt({1}, run.at(1)).front().type, PropertyKind::Accessor);
        QCOMPARE(run.properties(1, run.at(2)), u"a=-->1"_s);
        QCOMPARE(run.lines.propertiesAt({1}, run.at(2)).front().type, PropertyKind::Data);
    }

    void aKeyAndItsValueAreTwoSlots()
    {
        const LinesRun run("main( 1 #1:map:Map/1 #1{0}='a' #1[0]=1 #1#0=2 2 #1[0]=3 )");
        QCOMPARE(run.properties(1, run.at(1)), u"0='a' 0=1 0=2"_s);
        QCOMPARE(run.properties(1, run.at(2)), u"0='a' 0=1->3 0=2"_s);
    }

    void largeObjectsComeInPages()
    {
        std::string drawing = "main( 1 #1:array:Array/1000";
        for (int i = 0; i < 1'000; ++i)
            drawing += " #1[" + std::to_string(i) + "]=" + std::to_string(i * i);
        const LinesRun run(drawing + " 2 #1-3 )");
        QCOMPARE(run.properties(1, run.at(1), 998, 100), u"998=996004 999=998001"_s);
        QCOMPARE(run.properties(1, run.at(1), 2, 3), u"2=4 3=9 4=16"_s);
        QCOMPARE(run.properties(1, run.at(2), 2, 3), u"2=4 4=16 5=25"_s);
        QCOMPARE(run.properties(1, run.at(2), 1'000, 3), QString());
    }
};

QTEST_GUILESS_MAIN(TestLineValues)
#include "tst_linevalues.moc"
