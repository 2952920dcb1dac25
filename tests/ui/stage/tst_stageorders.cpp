// Who waits where: serving numbers, what is counted and what has a slip.
#include "drawn.h"
#include "stage/layout.h"
#include "stage/paint.h"
#include "stage/picturetext.h"

#include <QTest>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::trace;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestStageOrders : public QObject {
    Q_OBJECT

private slots:
    void servingNumbersAreThePrediction()
    {
        QCOMPARE(served(draw(fourCooks())), u"1 tick | 2 greet | 3 bill | 4 dish 3"_s);
        QCOMPARE(served(draw(fourCooks(), {.skin = Skin::Loop})), u"1 tick | 2 greet | 3 bill | 4 dish 3"_s);
    }

    void everyOpenOrderHasItsMarkWhileThereIsRoom()
    {
        for (const StageSize size : kSizes) {
            const QRectF pill = restaurantLayout(size).pill;
            const StagePicture picture = draw(fourCooks(), {.size = size});
            QString marks;
            for (const Part& part : picture.parts) {
                for (const Shape& shape : part.shapes) {
                    const auto* const mark = std::get_if<MarkShape>(&shape);
                    if (mark && pill.contains(mark->square))
                        marks += markOf(mark->meaning);
                }
            }
            QCOMPARE(marks, u"▲◆★■■■◷"_s);
        }
    }

    void nodesOwnOrdersAreCountedAndNotShown()
    {
        HandState hand = fourCooks();
        hand.own(9);
        const StagePicture picture = draw(hand);
        QCOMPARE(served(picture), u"1 greet | 2 bill | 3 dish 3"_s);
        QCOMPARE(picture.nodesOwn, 1);
        QVERIFY(asText(picture).contains(u"And 1 of Node's own"_s));
    }

    // Node's own is counted and not drawn, but for a turn that calls the program.
    void whatIsNodesOwnAndCallsTheProgramHasItsSlip()
    {
        const auto slips = [](HandState hand) {
            hand.start(1).tick(9, u"after"_s).own(9);
            return std::ranges::count(draw(hand).slips, u"after"_s, &StageSlip::title);
        };
        QCOMPARE(slips(HandState {}), 0);
        QCOMPARE(slips(HandState {}.callsTheProgram(9)), 1);
    }

    void aTimerThatIsDueRingsUntilItsTurn()
    {
        HandState hand;
        hand.start(1).timer(3, u"dessert"_s, 100).later(99'700'000).tick(4, u"tick"_s);
        const auto shelf = [](const StagePicture& picture) {
            QStringList words;
            for (const StageSlip& slip : picture.slips) {
                if (slip.place == Place::EggTimers || slip.place == Place::Timers)
                    words << slip.title << slip.second << QString::number(slip.number);
            }
            for (const Part& part : picture.parts) {
                for (const Shape& shape : part.shapes) {
                    if (const auto* const text = std::get_if<TextShape>(&shape);
                        text && text->runs.front().text.contains(u"ring"_s))
                        words << text->runs.front().text;
                }
            }
            return words.join(u' ');
        };
        QCOMPARE(shelf(draw(hand)), u"dessert 1 ms left 0"_s); // never "0 ms left" while it is not due
        QVERIFY2(shelf(draw(hand, {.now = 150'000'000})).startsWith(u"dessert it rings"_s),
            qPrintable(shelf(draw(hand, {.now = 150'000'000}))));
        hand.later(300'000).tick(5, u"tick"_s);
        QCOMPARE(shelf(draw(hand)), u"dessert #3 3 dessert rings"_s);
    }

    void whatNodeGoesOnWithHangsWhereItIsInLine()
    {
        HandState hand;
        hand.start(1).pool(5, u"menu"_s).inner(5).pool(6, u"dish"_s).begun(5, 1).begun(6, 2).done(5, 1).done(6, 2);
        QStringList rail;
        const StagePicture picture = draw(hand);
        for (const StageSlip& slip : picture.slips) {
            if (slip.place == Place::Poll)
                rail << u"%1 %2"_s.arg(slip.form == SlipForm::Head ? slip.title : QString()).arg(slip.number);
        }
        QCOMPARE(rail.join(u", "_s), u"menu 0,  1"_s); // the next in front, though it has no number
    }

    void aStepOfNodesThatHangsIsNotDenied()
    {
        HandState hand;
        hand.start(1).pool(5, u"menu"_s).inner(5).begun(5, 1).done(5, 1);
        for (const StageSize size : kSizes) {
            QStringList words;
            for (const Part& part : draw(hand, {.size = size}).parts) {
                for (const Shape& shape : part.shapes) {
                    if (const auto* const text = std::get_if<TextShape>(&shape);
                        text && widthOf(*text) <= text->width + 0.5)
                        words << text->runs.front().text;
                }
            }
            QVERIFY(words.contains(u"1 steps on the way are ready,"_s)); // in the source's own words
            QVERIFY(words.contains(u"no callback of yours is"_s));
            QVERIFY(!words.contains(u"nothing is ready"_s));
        }
    }

    // The lanes of the timeline show that a cook has something ready: so does the pass.
    void whatNodeDoesForAnOrderIsReadyWhereItWasCooked()
    {
        HandState hand;
        hand.start(1).named(5, u"fetch"_s).pool(6, u"fetch"_s).inName(6, 5).begun(6, 1);
        const StagePicture cooked = draw(hand);
        QCOMPARE(standing(cooked, Place::Cook), 1);
        hand.done(6, 1).pool(7, u"GETADDRINFO"_s).own(7).begun(7, 2).done(7, 2).tick(8, u"resume_"_s).inName(8, 5);
        for (const Skin skin : kSkins) {
            const StagePicture picture = draw(hand, {.skin = skin});
            QCOMPARE(picture.ready, 1);
            QCOMPARE(picture.nodesOwn, 2); // that nobody asked for, and a tick of Node's
            QCOMPARE(standing(picture, Place::Poll), 1);
            QCOMPARE(standing(picture, Place::Ticks), 0);
            QVERIFY2(!words(picture).join(u'|').contains(u"nothing of yours"_s), qPrintable(words(picture).join(u'|')));
        }
    }

    void anOpenServerStandsAtTableOneHoweverItWasOpened()
    {
        HandState hand;
        hand.start(1).waits(20, u"TCPSERVERWRAP"_s, trace::KernelWait::Listening, u"8080"_s).own(20).finish(1);
        hand.iteration(1).enter(trace::Phase::Poll, trace::PollReason::KernelOnly, -1);
        QVERIFY2(words(draw(hand)).contains(u"listens on 8080"_s), qPrintable(words(draw(hand)).join(u'|')));
        for (const StageSize size : kSizes)
            QVERIFY(words(draw(hand, {.size = size})).contains(u"listens on 8080"_s));
        QVERIFY(words(draw(hand)).contains(u"a server listens"_s));
        QVERIFY(!words(draw(hand)).contains(u"no open orders"_s));
        QVERIFY(words(draw(hand, {.skin = Skin::Loop})).contains(u"a server listens on port 8080"_s));
    }

    void workersAtWorkAreOpenOrdersUntilTheyEnd()
    {
        const auto worker = [](HandState& hand, std::uint32_t id, const QString& name) {
            hand.named(id, name)
                .event(trace::EventKind::ResourceCreated, {.small = 0, .a = id})
                .event(trace::EventKind::WorkerStarted, {.a = id, .flags = trace::FlagUnrecorded});
        };
        HandState hand;
        hand.start(1);
        worker(hand, 20, u"worker primes.js"_s);
        hand.finish(1).iteration(1).enter(trace::Phase::Poll, trace::PollReason::TimerDue, 8'000);
        QCOMPARE(standing(draw(hand), Place::Door), 1);
        QCOMPARE(draw(hand).reason, u"until worker primes.js has news"_s);
        worker(hand, 21, u"worker sums.js"_s);
        hand.enter(trace::Phase::Poll, trace::PollReason::KernelOnly, -1);
        for (const Skin skin : kSkins) {
            const StagePicture picture = draw(hand, {.skin = skin});
            QCOMPARE(standing(picture, Place::Door), 2);
            QCOMPARE(picture.reason, u"until a worker has news"_s);
            QVERIFY2(asText(picture).contains(u"worker primes.js"_s) && asText(picture).contains(u"at work"_s),
                qPrintable(asText(picture)));
        }
        const QStringList told = words(draw(hand));
        QVERIFY2(told.contains(u"2 workers at work"_s), qPrintable(told.join(u'|')));
        QVERIFY(!told.contains(u"no open orders"_s) && !told.contains(u"nobody there"_s));
        for (const std::uint32_t id : {20u, 21u})
            hand.event(trace::EventKind::WorkerEnded, {.a = id});
        QCOMPARE(standing(draw(hand), Place::Door), 0);
        QVERIFY(words(draw(hand)).contains(u"no open orders"_s));
    }

    void theDoorSaysWhetherAnybodyIsLetIn()
    {
        HandState hand;
        hand.start(1).waits(20, u"server"_s, trace::KernelWait::Listening, u"8080"_s);
        const auto door = [](const HandState& state) {
            const QString all = words(draw(state)).join(u' ');
            return all.contains(u"the waiter lets customers in"_s)     ? u"open"_s
                : all.contains(u"nobody lets customers in now"_s)      ? u"busy"_s
                : all.contains(u"closed no server listens any more"_s) ? u"closed"_s
                : all.contains(u"closed nobody is let in any more"_s)  ? u"over"_s
                                                                       : all;
        };
        QCOMPARE(door(hand), u"busy"_s); // the script runs
        hand.finish(1).iteration(1).enter(trace::Phase::Poll, trace::PollReason::KernelOnly, -1);
        QCOMPARE(door(hand), u"open"_s);
        HandState stopped = hand;
        stopped.event(trace::EventKind::RunEnded, {.small = 2});
        QCOMPARE(door(stopped), u"over"_s);
        hand.event(trace::EventKind::KernelWaitEnded,
            {.small = static_cast<std::uint16_t>(trace::KernelWait::Listening), .a = 20, .b = 20});
        QCOMPARE(door(hand), u"closed"_s); // by close()
        QVERIFY(!words(draw(hand)).contains(u"listens on 8080"_s));
    }

    void aStreamIsOneOpenOrderAlsoBetweenItsPieces()
    {
        const app::OrderId read = app::OrderId::async(40);
        const app::OrderId gzip = app::OrderId::async(41);
        const auto flow = [&](bool reads, bool packs) {
            HandState hand;
            hand.start(1).finish(1).flows(
                {{.order = read, .title = u"createReadStream"_s, .working = reads, .paused = !reads},
                    {.order = gzip, .title = u"createGzip"_s, .working = packs}});
            return draw(hand);
        };
        const StagePicture drains = flow(false, true);
        QVERIFY2(words(drains).contains(u"stream waits for the drain"_s), qPrintable(words(drains).join(u'|')));
        QVERIFY(!words(drains).contains(u"no open orders"_s));
        QVERIFY(asText(drains).contains(u"Stream createReadStream \u2192 createGzip: waits for the drain"_s));
        QVERIFY(words(flow(true, true)).contains(u"stream reads ahead"_s));
        QVERIFY(words(flow(true, false)).contains(u"stream reads"_s));
        QVERIFY(words(flow(false, false)).contains(u"stream goes on"_s));
    }

    void aStepIsToldOnItsSlip()
    {
        HandState hand;
        hand.start(1).pool(5, u"menu"_s).steps(5, 2);
        QVERIFY2(asText(draw(hand)).contains(u"Waiting for a cook: menu"_s), qPrintable(asText(draw(hand))));
        const auto title = [](const StagePicture& picture) {
            return std::ranges::find(picture.slips, app::OrderId::async(5), &StageSlip::order)->title;
        };
        hand.begun(5, 1).later(1'000'000).tick(6, u"tick"_s);
        QCOMPARE(title(draw(hand)), u"menu"_s); // the second line has the step
        QVERIFY2(asText(draw(hand)).contains(u"With the cooks: menu, #5, line 5, step 2, 1 ms"_s),
            qPrintable(asText(draw(hand))));
        hand.done(5, 1);
        QCOMPARE(title(draw(hand)), u"menu"_s);
        QVERIFY2(
            asText(draw(hand)).contains(u"I/O done: menu, #5, line 5, step 2, #5"_s), qPrintable(asText(draw(hand))));
    }

    void howeverManyWaitAnywhereTheyAreAllCounted()
    {
        // Around the number that is looked at, and far beyond it.
        for (const std::uint32_t n : {1u, 3u, 499u, 500u, 501u, 503u, 999u, 1'001u, 3'000u}) {
            HandState hand;
            hand.start(1);
            const auto id = [](std::uint32_t kind, std::uint32_t i) { return kind * 10'000 + i; };
            for (std::uint32_t i = 0; i < n; ++i) {
                hand.tick(id(1, i), u"tick"_s)
                    .microtask(id(2, i), u"promise"_s)
                    .immediate(id(3, i), u"immediate"_s)
                    .timer(id(4, i), u"due"_s, 1)
                    .timer(id(5, i), u"pending"_s, 60'000 + i % 7);
                hand.pool(id(6, i), u"done"_s).begun(id(6, i), 1).done(id(6, i), 1).pool(id(7, i), u"waits"_s);
                hand.waits(id(8, i), u"socket"_s, KernelWait::Reading)
                    .waits(id(9, i), u"server"_s, KernelWait::Listening);
                hand.connection(id(10, i)).event(EventKind::HandleClosing, {.a = id(11, i), .b = id(11, i)});
                if (i % 3 == 0)
                    hand.request(i, id(10, i));
            }
            hand.later(500'000'000).event(EventKind::TimersProcessed, {.a = 500});
            for (const Skin skin : kSkins) {
                for (const StageSize size : kSizes) {
                    const StagePicture picture = pictureOf(
                        hand.state(), app::servingOrder(hand.state(), 2'000), hand, {.skin = skin, .size = size});
                    const auto all = static_cast<int>(n);
                    for (const Place place : {Place::Ticks, Place::Promises, Place::Poll, Place::Immediates,
                             Place::Closing, Place::Timers, Place::WaitingForCook, Place::EggTimers, Place::Door}) {
                        if (skin == Skin::Loop && place == Place::WaitingForCook)
                            continue; // a number alone
                        QVERIFY2(standing(picture, place) == all,
                            qPrintable(
                                u"%1 of %2 at %3"_s.arg(standing(picture, place)).arg(n).arg(placeName(place, skin))));
                    }
                    QCOMPARE(picture.allCustomers(), std::size_t {n});
                    QVERIFY(summaryOf(picture).count(u'\n') < 40);
                }
            }
        }
    }

    void timersThatAreDueAreNeverSaidToBePending()
    {
        for (const std::uint32_t due : {499u, 500u, 501u, 750u, 999u, 1'000u, 4'000u}) {
            for (const std::uint32_t pending : {0u, 1u, 2u, 3u, 4u, 700u}) {
                HandState hand;
                hand.start(1);
                for (std::uint32_t i = 0; i < due; ++i)
                    hand.timer(10 + i, u"due"_s, 1 + i % 3);
                for (std::uint32_t i = 0; i < pending; ++i)
                    hand.timer(100'000 + i, u"pending"_s, 60'000 + i);
                hand.later(500'000'000).event(EventKind::TimersProcessed, {.a = 500});
                for (const Skin skin : kSkins) {
                    const StagePicture picture = pictureOf(
                        hand.state(), app::servingOrder(hand.state(), 2'000), hand, {.skin = skin});
                    QCOMPARE(standing(picture, Place::Timers), static_cast<int>(due));
                    QCOMPARE(standing(picture, Place::EggTimers), static_cast<int>(pending));
                }
            }
        }
    }
};

QTEST_MAIN(TestStageOrders)
#include "tst_stageorders.moc"
