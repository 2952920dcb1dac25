#include "answers.h"
#include "drawing.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

class TestWhyBefore : public QObject {
    Q_OBJECT

private slots:
    // An immediate that places the next, again and again.
    void twoCallsHaveTheirOriginInCommonHoweverFarBackThatIs()
    {
        Drawing d;
        constexpr std::uint32_t last = 1'000;
        d.start(1);
        d.immediate(2, "again");
        d.immediate(last + 1, "other");
        d.finish(1);
        for (std::uint32_t async = 2; async <= last; ++async) {
            d.iteration();
            d.enter(Phase::Check);
            d.start(async);
            if (async < last)
                d.immediate(async + 1, "again");
            d.finish(async);
            if (async == 2)
                d.start(last + 1);
            if (async == 2)
                d.finish(last + 1);
            d.leave(Phase::Check);
        }
        const auto log = d.log();
        const QString told = print(whyBefore(*log, OrderId::async(last), OrderId::async(last + 1), Wording::Runtime));
        QVERIFY2(told.contains(u"Both come from script."_s), qPrintable(told));
        QVERIFY2(told.contains(
                     u"again came about by these calls: again → again → again → again → … → again → again → again → "
                     u"again."_s),
            qPrintable(told));
        QVERIFY(!told.contains(u"no common origin"_s));
    }

    void linesOfOneCallComeInTheOrderOfItsCode()
    {
        Drawing d;
        d.start(1);
        d.line("one\n");
        d.line("two\n");
        d.finish(1);
        const auto log = d.log();
        const Explanation told = whyBefore(*log, OutputLine {1}, OutputLine {0}, Wording::Runtime);
        QCOMPARE(print(told),
            u"“one” came before “two”. | synchronous-calls: Both belong to one call, of script: within it code runs "
            u"in its own order, listeners of emit() included."_s);
        QVERIFY(!told.race);
    }

    void twoTimersOfOneLengthComeInTheOrderOfTheirStart()
    {
        Drawing d;
        d.start(1);
        const Index one = d.timer(2, "first", 1, 10);
        const Index other = d.timer(3, "second", 1, 10);
        d.finish(1);
        d.iteration();
        d.enter(Phase::Timers);
        d.process(12);
        d.start(2);
        d.finish(2);
        d.start(3);
        d.finish(3);
        const auto log = d.log();
        const Explanation told = whyBefore(*log, OrderId::async(2), OrderId::async(3), Wording::Runtime);
        QCOMPARE(print(told),
            u"first came before second. | order-after-its-placer: Both come from script. | timer-minimum: Both "
            u"timers have 1 ms, so they share a list, and first was started first."_s);
        QCOMPARE(told.reasons.back().events, (std::vector {one, other}));
    }

    void whatRunsInTheDrainOfACallbackCameBeforeTheNextByThatDrain()
    {
        Drawing d;
        d.start(1);
        d.timer(2, "first", 1, 10);
        d.timer(3, "second", 1, 10);
        d.finish(1);
        d.iteration();
        d.enter(Phase::Timers);
        d.process(12);
        d.start(2);
        d.tick(4, "note");
        d.finish(2);
        d.start(4);
        d.finish(4);
        d.start(3);
        d.finish(3);
        const auto log = d.log();
        const Explanation told = whyBefore(*log, OrderId::async(4), OrderId::async(3), Wording::Runtime);
        QCOMPARE(told.rule, Rule::DrainAfterCallback);
        QCOMPARE(told.reasons.back().sentence,
            u"note ran in the drain behind first, and ticks and microtasks run before the next callback, second, in "
            u"any phase."_s);
    }

    void jobsSideBySideAreARaceAndJobsInLineAreNot()
    {
        for (const bool sideBySide : {true, false}) {
            Drawing d;
            d.start(1);
            d.work(2, 1, "dish 1");
            d.work(3, 2, "dish 2");
            d.begun(2, 1);
            if (sideBySide)
                d.begun(1, 2);
            d.done(2, 1);
            if (!sideBySide)
                d.begun(1, 1);
            d.done(1, sideBySide ? 2 : 1);
            d.finish(1);
            d.iteration();
            d.enter(Phase::Poll);
            d.delivered(2);
            d.start(3);
            d.finish(3);
            d.delivered(1);
            d.start(2);
            d.finish(2);
            const auto log = d.log();
            const Explanation told = whyBefore(*log, OrderId::async(2), OrderId::async(3), Wording::Restaurant);
            QCOMPARE(told.race, sideBySide);
            QCOMPARE(told.reasons.back().sentence,
                sideBySide ? u"It was a race: two cooks worked side by side, and this time dish 2 was done first."_s
                           : u"No cook had begun with dish 1 when dish 2 was done."_s);
        }
    }

    void whatNeverHappenedHasNoAnswer()
    {
        Drawing d;
        d.start(1);
        d.line("one\n");
        const auto log = d.log();
        QVERIFY(!whyBefore(*log, OutputLine {0}, OutputLine {7}, Wording::Runtime));
        QVERIFY(!whyBefore(*log, OrderId::async(9), OutputLine {0}, Wording::Runtime));
    }
};

QTEST_GUILESS_MAIN(TestWhyBefore)
#include "tst_whybefore.moc"
