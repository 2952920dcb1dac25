#include "state/playhead.h"
#include "support/drawnlog.h"

#include <QTest>

using namespace bistro::app;
using bistro::tests::drawnLog;
using namespace Qt::StringLiterals;

namespace {

// 0    1   2    3   4 5     6  7   8  9 10    11   12   13 14 15  16
// run  1(  new7 out ) round 7( out 8( ) )     job9( )   round 7( ) out
constexpr std::string_view kRun = "run 1( new7 out ) round 7( out 8( ) ) job9( ) round 7( ) out";

// Every place reached by stepping again and again.
template <typename Step>
QString walk(std::optional<Place> from, Step step)
{
    QString places;
    for (auto at = step(*from); at; at = step(*at))
        places += (places.isEmpty() ? u""_s : u" "_s) + QString::number(*at);
    return places;
}

} // namespace

class TestPlayhead : public QObject {
    Q_OBJECT

private slots:
    // Each is looked through for what is the program's in it: a trace in which none ends is not searched for ever.
    void amongThousandsOfCallsThatNeverEndOneIsTaken()
    {
        std::string drawing = "run";
        for (int i = 2; i < 2'000; ++i)
            drawing += ' ' + std::to_string(i) + '(';
        const auto log = drawnLog(drawing);
        QVERIFY(nextCall(*log, 1, Calls::Programs));
        QVERIFY(previousCall(*log, log->size(), Calls::Programs));
        const auto few = drawnLog("run 2( 3( 4(");
        QVERIFY(!nextCall(*few, 1, Calls::Programs));
        QVERIFY(!previousCall(*few, few->size(), Calls::Programs));
    }

    void livePlayheadIsAtTheEndAndMovesWithIt()
    {
        const auto log = drawnLog(kRun);
        QCOMPARE(log->size(), 17u);
        QVERIFY(Playhead::live().isLive());
        QCOMPARE(Playhead::live().place(*log), 17u);
        QVERIFY(!Playhead::at(3).isLive());
        QCOMPARE(Playhead::at(3).place(*log), 3u);
        QCOMPARE(Playhead::at(3).state(*log).size, 3u);
        QCOMPARE(Playhead::at(900).place(*log), 17u);
        QVERIFY(Playhead::at(17) != Playhead::live()); // it stays when the log grows
    }

    void stepsByEventEndAtBothEnds()
    {
        const auto log = drawnLog("run 1( )");
        QCOMPARE(walk(0u, [&](Place at) { return nextEvent(*log, at); }), u"1 2 3"_s);
        QCOMPARE(walk(3u, [&](Place at) { return previousEvent(*log, at); }), u"2 1 0"_s);
        QCOMPARE(previousEvent(*log, 90), std::optional<Place>(3));
    }

    void stepsByCallStopWhereItHasJustStarted()
    {
        const auto log = drawnLog(kRun);
        QCOMPARE(walk(0u, [&](Place at) { return nextCall(*log, at, Calls::Outermost); }), u"2 7 12 15"_s);
        QCOMPARE(walk(17u, [&](Place at) { return previousCall(*log, at, Calls::Outermost); }), u"15 12 7 2"_s);
        QCOMPARE(walk(0u, [&](Place at) { return nextCall(*log, at, Calls::Any); }), u"2 7 9 12 15"_s);
        QCOMPARE(walk(17u, [&](Place at) { return previousCall(*log, at, Calls::Any); }), u"15 12 9 7 2"_s);
    }

    void stepsByLineStopWhereItIsWritten()
    {
        const auto log = drawnLog(kRun);
        QCOMPARE(walk(0u, [&](Place at) { return nextLine(*log, at); }), u"4 8 17"_s);
        QCOMPARE(walk(17u, [&](Place at) { return previousLine(*log, at); }), u"8 4"_s);
        QCOMPARE(placeOfLine(*log, 1), std::optional<Place>(8));
        QCOMPARE(placeOfLine(*log, 3), std::nullopt);
        QCOMPARE(lineAt(*log, 3), std::nullopt);
        QCOMPARE(lineAt(*log, 4), std::optional<std::size_t>(0));
        QCOMPARE(lineAt(*log, 16), std::optional<std::size_t>(1));
        QCOMPARE(lineAt(*log, 17), std::optional<std::size_t>(2));
        QCOMPARE(log->outputText(1), "a line\n");
        QCOMPARE(log->outputText(3), "");
    }

    void stepsByIterationStopWhereItStarts()
    {
        const auto log = drawnLog(kRun);
        QCOMPARE(walk(0u, [&](Place at) { return nextIteration(*log, at); }), u"6 14"_s);
        QCOMPARE(walk(17u, [&](Place at) { return previousIteration(*log, at); }), u"14 6"_s);
    }

    void anOrderIsFollowedFromItsOriginThroughItsCalls()
    {
        const auto log = drawnLog(kRun);
        const OrderId timer = OrderId::async(7);
        QCOMPARE(originOf(*log, timer), std::optional<Place>(3));
        QCOMPARE(startOf(*log, timer, 0), std::optional<Place>(7));
        QCOMPARE(startOf(*log, timer, 7), std::optional<Place>(15)); // it is an interval
        QCOMPARE(startOf(*log, timer, 15), std::optional<Place>(7)); // round again
        QCOMPARE(endOf(*log, timer, 0), std::optional<Place>(11));
        QCOMPARE(endOf(*log, timer, 7), std::optional<Place>(11)); // of the call that runs there
        QCOMPARE(endOf(*log, timer, 11), std::optional<Place>(16));
        QCOMPARE(startOf(*log, OrderId::promise(9), 0), std::optional<Place>(12));
        QCOMPARE(endOf(*log, OrderId::promise(9), 0), std::optional<Place>(13));
        QCOMPARE(originOf(*log, OrderId::async(99)), std::nullopt);
        QCOMPARE(startOf(*log, OrderId::async(99), 0), std::nullopt);
        QCOMPARE(endOf(*log, OrderId::async(99), 0), std::nullopt);
    }

    void whoPlacedAnOrderIsWhoRanThen()
    {
        const auto log = drawnLog("run 1( 2( ) new3 4( new5 ) ) new6 round new7 8( 9( new10 )");
        const auto placer = [&](std::uint32_t id) { return log->placedBy(OrderId::async(id)); };
        QCOMPARE(placer(3).value, 1u);
        QCOMPARE(placer(5).value, 4u);
        QCOMPARE(placer(6).value, 0u);
        QCOMPARE(placer(7).value, 0u);
        QCOMPARE(placer(10).value, 9u);
        QCOMPARE(placer(77).value, 0u);
    }

    void anEmptyLogHasNowhereToGo()
    {
        const auto log = drawnLog("");
        QCOMPARE(Playhead::live().place(*log), 0u);
        QVERIFY(!nextEvent(*log, 0) && !previousEvent(*log, 0) && !nextCall(*log, 0, Calls::Any)
            && !previousCall(*log, 0, Calls::Outermost) && !nextLine(*log, 0));
    }
};

QTEST_GUILESS_MAIN(TestPlayhead)
#include "tst_playhead.moc"
