// Node's lists and heap of timers.
#include "state/timerlists.h"

#include <QStringList>
#include <QTest>

#include <functional>
#include <random>

using bistro::app::TimerLists;
using namespace Qt::StringLiterals;

namespace {

QString print(const std::vector<TimerLists::Async>& ids)
{
    QStringList words;
    for (const auto id : ids)
        words << QString::number(id);
    return words.join(u' ');
}

// As Node serves what is due at `now`, and what a callback does, if any.
QString served(TimerLists& lists, TimerLists::Milliseconds now)
{
    std::vector<TimerLists::Async> ids;
    lists.process(now);
    while (const auto id = lists.next()) {
        ids.push_back(*id);
        lists.called(*id);
        lists.returned();
    }
    return print(ids);
}

} // namespace

class TestTimerLists : public QObject {
    Q_OBJECT

private slots:
    void aTimerKnowsTheEventThatStartedItLastAsLongAsItWaits()
    {
        TimerLists lists;
        lists.start(1, 5, 100, 7);
        lists.start(1, 5, 103, 12);
        QCOMPARE(lists.startedBy(1), 12u);
        QCOMPARE(served(lists, 110), u"1"_s);
        QVERIFY(!lists.startedBy(1));
    }

    // Who asks for the first alone, and who wants to know whether any is due at all, hears the same as who asks for
    // all.
    void theFirstIsTheSameHoweverManyAreAskedFor()
    {
        std::mt19937 random(7);
        const auto below = [&](std::uint32_t end) { return static_cast<std::uint32_t>(random() % end); };
        for (int run = 0; run < 60; ++run) {
            TimerLists lists;
            std::uint32_t now = 1'000;
            for (TimerLists::Async id = 1; id <= 40; ++id) {
                now += below(3);
                lists.start(1 + below(id), 1 + below(9), now);
                if (below(4) == 0)
                    lists.clear(1 + below(id), below(2) == 0);
                if (below(5) == 0)
                    (void)served(lists, now);
                const auto all = lists.inOrder(now, SIZE_MAX);
                const auto first = lists.inOrder(now, 1);
                QCOMPARE(first.empty(), all.empty());
                QVERIFY(all.empty() || first.front() == all.front());
                const auto due = lists.dueAt(now, SIZE_MAX);
                QCOMPARE(lists.dueAt(now, 1).empty(), due.empty());
                QVERIFY(due.empty() || lists.dueAt(now, 1).front() == due.front());
                QVERIFY(!lists.noneDueBy(now) || due.empty());
                const auto when = all.empty() ? std::nullopt : lists.dueOf(all.front());
                QVERIFY(!when || !lists.noneDueBy(*when));
            }
        }
    }

    // Lists whose first timers are gone are put back one by one: who asks for the order looks at each of them once.
    void manyListsThatAreNotDueAreLookedThroughOnce()
    {
        TimerLists lists;
        constexpr TimerLists::Async count = 20'000;
        for (TimerLists::Async id = 1; id <= count; ++id) {
            lists.start(id, id, 0);
            lists.start(count + id, id, 1'000'000);
            lists.clear(id, true);
        }
        const auto order = lists.inOrder(500'000, count);
        QCOMPARE(order.size(), std::size_t {count});
        QCOMPARE(order.front(), count + 1);
    }

    void equalDurationsRunInTheOrderOfCreation()
    {
        TimerLists lists;
        lists.start(1, 5, 100);
        lists.start(2, 5, 100);
        QCOMPARE(served(lists, 110), u"1 2"_s);
        QCOMPARE(lists.size(), 0u);
    }

    void onlyWhatIsDueRuns()
    {
        TimerLists lists;
        lists.start(1, 5, 100);
        lists.start(2, 5, 103);
        QCOMPARE(served(lists, 106), u"1"_s);
        QCOMPARE(lists.dueOf(2), 108u);
    }

    void theListThatIsDueFirstIsServedToItsEndFirst()
    {
        TimerLists lists;
        lists.start(1, 10, 100);
        lists.start(2, 5, 100);
        lists.start(3, 5, 106); // due at 111, behind 1
        QCOMPARE(served(lists, 120), u"2 3 1"_s);
    }

    void ofListsDueAtOnceTheOneMadeFirstIsServedFirst()
    {
        TimerLists lists;
        lists.start(1, 10, 100);
        lists.start(2, 5, 105);
        lists.start(3, 7, 103);
        QCOMPARE(served(lists, 110), u"1 2 3"_s);
    }

    void aClearedFirstTimerLeavesTheListsTimeAsItWas()
    {
        TimerLists lists;
        lists.start(1, 10, 100); // the list is due at 110
        lists.start(2, 10, 108); // due at 118
        lists.start(3, 15, 100); // due at 115
        lists.clear(1, true);
        QCOMPARE(served(lists, 120), u"2 3"_s);
    }

    void aListThatIsNotDueYetIsPutBack()
    {
        TimerLists lists;
        lists.start(1, 10, 100);
        lists.start(2, 10, 108);
        lists.start(3, 15, 100);
        lists.clear(1, true);
        QCOMPARE(served(lists, 116), u"3"_s);
        QCOMPARE(served(lists, 118), u"2"_s);
    }

    void aListGoesWithItsLastReferencedTimerOnly()
    {
        TimerLists lists;
        lists.start(1, 10, 100);
        lists.clear(1, false); // unreferenced: the list stays, due at 110
        lists.start(2, 10, 105); // due at 115
        lists.start(3, 12, 100); // due at 112
        QCOMPARE(served(lists, 116), u"2 3"_s);
    }

    void theNextOfAListIsTakenBeforeTheTicks()
    {
        TimerLists lists;
        lists.start(1, 5, 100);
        lists.start(2, 5, 100);
        lists.start(3, 5, 100);
        lists.process(110);
        lists.called(1);
        lists.returned();
        lists.start(2, 5, 110); // refresh() in a tick: it runs all the same
        QCOMPARE(lists.next(), 2u);
        lists.clear(2, true); // cleared in a tick: it does not
        QCOMPARE(lists.next(), 3u);
    }

    void aListFoundNotToBeDueIsPutBackThoughNothingRuns()
    {
        TimerLists lists;
        lists.start(1, 6, 160);
        lists.start(1, 6, 162); // refresh: the list is still due at 166
        lists.start(2, 1, 166);
        lists.process(166);
        lists.processed(); // now it is due at 168, behind 2
        QCOMPARE(served(lists, 181), u"2 1"_s);
    }

    void aListPassedOverIsPutBackBeforeThoseServedAfterIt()
    {
        TimerLists lists;
        lists.start(1, 5, 103); // its list is due at 108
        lists.start(2, 5, 113); // due at 118
        lists.clear(1, true);
        lists.start(3, 2, 107); // an interval, due at 109
        lists.process(116); // passes over the first list: it is due at 118 now
        lists.called(3);
        lists.start(3, 2, 116); // due at 118 too, and put back later
        lists.returned();
        lists.processed();
        QCOMPARE(served(lists, 120), u"2 3"_s);
    }

    void anIntervalClearedInItsOwnCallbackTakesItsEmptyListAlong()
    {
        TimerLists lists;
        lists.start(1, 5, 100);
        lists.process(110);
        lists.called(1);
        lists.clear(1, true);
        lists.start(2, 3, 105); // due at 108
        lists.start(3, 5, 103); // a list of its own, due at 108 too, and made later
        lists.returned();
        QCOMPARE(lists.next(), 2u);
    }

    void aRestartGoesToTheEnd()
    {
        TimerLists lists;
        lists.start(1, 5, 100);
        lists.start(2, 5, 100);
        lists.start(1, 5, 101);
        QCOMPARE(print(lists.inOrder(0, 10)), u"2 1"_s);
    }

    void inOrderBeginsWithWhatIsDueByTheClock()
    {
        TimerLists lists;
        lists.start(1, 10, 100);
        lists.start(2, 12, 103); // due at 115
        lists.start(3, 10, 106); // due at 116
        QCOMPARE(print(lists.inOrder(0, 10)), u"1 2 3"_s);
        QCOMPARE(print(lists.inOrder(140, 10)), u"1 3 2"_s); // a list is emptied before the next
    }

    // Whatever is done to it, with copies taken on the way: it is as if no copy had been taken, and each copy is as it
    // was.
    void copiesAreWhatTheyWereAndDoNotDisturb()
    {
        using Act = std::function<void(TimerLists&)>;
        std::mt19937 random(5);
        const auto below = [&](std::uint32_t n) {
            return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random);
        };
        for (const std::uint32_t durations : {3u, 40u, 2'000'000'000u}) {
            std::vector<Act> acts;
            std::vector<std::pair<std::size_t, TimerLists>> copies;
            TimerLists lists;
            TimerLists::Milliseconds now = 100;
            TimerLists::Async last = 0;
            const auto perform = [&](Act act) {
                act(lists);
                acts.push_back(std::move(act));
            };
            for (int i = 0; i < 1'500; ++i) {
                const std::uint32_t what = below(10);
                const TimerLists::Async any = last == 0 ? 1 : 1 + below(last);
                if (what < 4) {
                    perform([id = ++last, duration = below(durations) + 1, now](
                                TimerLists& l) { l.start(id, duration, now); });
                } else if (what < 6) {
                    perform(
                        [any, duration = below(durations) + 1, now](TimerLists& l) { l.start(any, duration, now); });
                } else if (what < 8) {
                    perform([any, referenced = below(4) != 0](TimerLists& l) { l.clear(any, referenced); });
                } else if (what == 8) {
                    now += below(std::min(durations, 20u)) + 1;
                } else {
                    perform([now](TimerLists& l) { l.process(now); });
                    for (int calls = 0; calls < 5 && lists.next(); ++calls) {
                        perform([id = *lists.next()](TimerLists& l) { l.called(id); });
                        perform([](TimerLists& l) { l.returned(); });
                    }
                    perform([](TimerLists& l) { l.processed(); });
                }
                if (i % 100 == 99)
                    copies.emplace_back(acts.size(), lists);
            }
            TimerLists alone;
            std::size_t done = 0;
            for (const auto& [then, copy] : copies) {
                for (; done < then; ++done)
                    acts[done](alone);
                QVERIFY2(copy == alone, qPrintable(u"%1 durations, after %2 acts"_s.arg(durations).arg(then)));
                QCOMPARE(copy.inOrder(now, 10'000), alone.inOrder(now, 10'000));
                QCOMPARE(copy.inOrder(now, 10'000).size(), copy.size());
            }
        }
    }

    void aThousandListsComeAndGoInTheRoomOfOne()
    {
        TimerLists lists;
        lists.start(1, 1, 100);
        lists.clear(1, true);
        const std::size_t once = lists.bytesBeside({});
        for (TimerLists::Async id = 2; id < 1'000; ++id) {
            lists.start(id, id, 100);
            lists.clear(id, true);
        }
        QVERIFY2(lists.bytesBeside({}) < once + 4'000, qPrintable(QString::number(lists.bytesBeside({}))));
        lists.start(1'000, 7, 100);
        QCOMPARE(print(lists.inOrder(0, 10)), u"1000"_s);
    }

    // As a trace may say that no Node wrote.
    void whatNoClockShowsComesToItsEndAllTheSame()
    {
        TimerLists lists;
        lists.start(1, UINT32_MAX, 100);
        lists.start(2, 0, UINT32_MAX);
        lists.start(3, 7, UINT32_MAX - 2);
        QCOMPARE(print(lists.inOrder(0, 10)), u"2 3 1"_s);
        QCOMPARE(lists.dueOf(1), UINT32_MAX);
        lists.start(4, UINT32_MAX, UINT32_MAX);
        lists.clear(2, true);
        lists.process(UINT32_MAX);
        lists.processed();
        QVERIFY(!lists.isProcessing());
        QCOMPARE(print(lists.inOrder(0, 10)), u"3 1 4"_s);
    }

    void inOrderStopsAtTheLimitAndChangesNothing()
    {
        TimerLists lists;
        for (TimerLists::Async id = 1; id <= 20; ++id)
            lists.start(id, 1 + id * 7 % 11, 100);
        const TimerLists before = lists;
        QCOMPARE(lists.inOrder(0, 3).size(), 3u);
        QCOMPARE(lists.inOrder(0, 100).size(), 20u);
        QVERIFY(lists == before);
    }
};

QTEST_APPLESS_MAIN(TestTimerLists)
#include "tst_timerlists.moc"
