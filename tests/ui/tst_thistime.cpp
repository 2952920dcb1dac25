// Orders that come again and again, and orders of Node's own: what is told of them at a moment.
#include "handtrace.h"
#include "moment/lasttime.h"
#include "moment/tracefacts.h"
#include "panels/ordercard.h"

#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

constexpr Record phase(EventKind kind, Phase which)
{
    return {.kind = kind, .small = static_cast<std::uint16_t>(which)};
}

// An interval of 10 ms that has rung three times, and is set again.
std::unique_ptr<app::TraceLog> intervalsRun()
{
    HandTrace trace;
    const std::uint32_t bell = trace.text("bell");
    trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
        .starts(100, 1)
        .at(1'000, {.kind = EventKind::TimerCreated, .flags = FlagRepeat, .a = 2, .b = 1, .c = bell, .d = 10})
        .at(1'000, {.kind = EventKind::TimerStarted, .a = 2, .b = 10, .c = 1, .d = 11})
        .ends(2'000, 1);
    for (std::uint32_t time = 1; time <= 3; ++time) {
        const std::uint32_t ms = 1 + time * 10;
        trace.at(ms * 1'000, phase(EventKind::PhaseEntered, Phase::Timers))
            .at(ms * 1'000, {.kind = EventKind::TimersProcessed, .a = ms})
            .starts(ms * 1'000 + 200, 2)
            .at(ms * 1'000 + 300, {.kind = EventKind::TimerStarted, .a = 2, .b = 10, .c = ms, .d = ms + 10})
            .ends(ms * 1'000 + 400, 2)
            .at(ms * 1'000 + 500, phase(EventKind::PhaseLeft, Phase::Timers));
    }
    return trace.open();
}

// A stream that goes to the pool three times: the first piece took the cook 1 ms, the second 5, the third is with him.
std::unique_ptr<app::TraceLog> streamsRun()
{
    HandTrace trace;
    trace.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1);
    trace.asks(1'000, 5, 1, "gzip", 4).ends(1'100, 1);
    trace.begun(1'200, 1, 1).done(2'200, 1, 1).poll(2'300).at(2'400, {.kind = EventKind::PoolJobDelivered, .a = 1});
    trace.starts(2'500, 5).at(2'600, {.kind = EventKind::PoolJobSubmitted, .a = 2, .b = 5}).ends(2'700, 5);
    trace.begun(3'000, 2, 2).done(8'000, 2, 2).at(8'100, {.kind = EventKind::PoolJobDelivered, .a = 2});
    trace.starts(8'200, 5).at(8'300, {.kind = EventKind::PoolJobSubmitted, .a = 3, .b = 5}).ends(8'400, 5);
    return trace.begun(9'000, 3, 2).open();
}

// A file is read piece by piece, compressed and written: by calls in lines 3 and 4. What Node places by itself has no
// line. Long enough that nobody follows the way back from the last piece in one go.
std::unique_ptr<app::TraceLog> flowingRun(std::uint32_t pieces)
{
    HandTrace trace;
    const std::uint32_t read = trace.text("read");
    const std::uint32_t work = trace.text("work");
    const std::uint32_t write = trace.text("write");
    const std::uint32_t request = trace.text("FSREQCALLBACK");
    std::uint64_t us = 1'000;
    const auto later = [&us](std::uint64_t by = 10) { return us += by; };
    const auto made = [&](std::uint32_t async, std::uint32_t trigger, std::uint32_t stack = 0) {
        trace.at(later(),
            {.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Pool),
                .stack = stack,
                .a = async,
                .b = trigger,
                .c = request});
    };
    std::uint32_t job = 0;
    const auto given = [&](std::uint32_t async, std::uint32_t operation) {
        trace.at(later(), {.kind = EventKind::PoolJobSubmitted, .a = ++job, .b = async, .c = operation});
        return job;
    };
    const auto cooked = [&](std::uint32_t which) {
        trace.begun(later(), which, 1)
            .done(later(100), which, 1)
            .at(later(), {.kind = EventKind::PoolJobDelivered, .a = which});
    };
    trace.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1);
    trace.at(
        200, {.kind = EventKind::TickQueued, .flags = FlagInternal, .stack = trace.frame(3, "copy"), .a = 2, .b = 1});
    made(3, 1, trace.frame(4, "copy")); // who compresses
    trace.ends(later(), 1).starts(later(), 2);
    std::uint32_t next = 4;
    const std::uint32_t opens = next++;
    made(opens, 2);
    const std::uint32_t opening = given(opens, trace.text("open"));
    trace.ends(later(), 2).poll(later());
    cooked(opening);
    trace.starts(later(), opens);
    const auto readsOn = [&](std::uint32_t before) { // from a tick of Node's
        const std::uint32_t tick = next++;
        trace.at(later(), {.kind = EventKind::TickQueued, .flags = FlagInternal, .a = tick, .b = before});
        made(next, tick);
        return next++;
    };
    std::uint32_t reads = readsOn(opens);
    std::uint32_t reading = given(reads, read);
    trace.ends(later(), opens);
    for (std::uint32_t piece = 0; piece < pieces; ++piece) {
        cooked(reading);
        trace.starts(later(), reads);
        const std::uint32_t packing = given(3, work);
        const std::uint32_t before = reads;
        if (piece + 1 < pieces) { // it reads ahead
            reads = readsOn(before);
            reading = given(reads, read);
        }
        trace.ends(later(), before);
        cooked(packing);
        trace.starts(later(), 3);
        const std::uint32_t writes = next++;
        made(writes, 3);
        const std::uint32_t writing = given(writes, write);
        trace.ends(later(), 3);
        cooked(writing);
        trace.starts(later(), writes).ends(later(), writes);
    }
    return trace.open();
}

QString cardAt(const app::TraceLog& log, app::Index place, std::uint32_t async)
{
    const TraceFacts facts(log);
    OrderCard card;
    card.showOrder(orderCard(momentAt(log, facts, place, app::Wording::Restaurant), app::OrderId::async(async)));
    return card.asText().section(u'\n', 2);
}

// After the n-th event of that kind, from 1.
app::Index after(const app::TraceLog& log, EventKind kind, int n)
{
    app::Index i = 0;
    while (log.event(i).kind != kind || --n > 0)
        ++i;
    return i + 1;
}

} // namespace

class TestThisTime : public QObject {
    Q_OBJECT

private slots:
    void anIntervalsCardHasTheTimesOfThisRing()
    {
        const auto log = intervalsRun();
        // Called for the second time, and set again for the third: the call is told that runs.
        QCOMPARE(cardAt(*log, after(*log, EventKind::TimerStarted, 3), 2),
            u"+ on the egg timer's shelf, for 9.7 ms\n+ on the pass, 21 ms\n> being served, for 100 µs"_s);
        QCOMPARE(cardAt(*log, log->size(), 2),
            u"+ last served, 31.2 ms\n> on the egg timer's shelf, 9.5 ms left\n- on the pass\n- served"_s);
        QCOMPARE(cardAt(*log, after(*log, EventKind::TimersProcessed, 3), 2),
            u"+ last served, 21.2 ms\n+ on the egg timer's shelf, for 9.7 ms\n> on the pass, due, 31 ms\n"
            "- served, 1st in line"_s);
    }

    void aStreamsCardHasTheJobOfThisTime()
    {
        const auto log = streamsRun();
        QCOMPARE(cardAt(*log, after(*log, EventKind::CallbackStarted, 3), 5),
            u"+ cooked by cook 2, in 5 ms\n+ on the pass, 8 ms\n> being served, just begun"_s);
        QCOMPARE(cardAt(*log, log->size(), 5),
            u"+ last served, 8.2 ms\n> being cooked by cook 2, just begun\n- on the pass\n- served"_s);
    }

    void aStreamIsOneThingAndItsPiecesGoByTheCallsThatMadeIt()
    {
        const auto log = flowingRun(400);
        const TraceFacts facts(*log);
        for (app::Index i = 0; i < log->size(); ++i) {
            const Record event = log->event(i);
            if (event.kind != EventKind::PoolJobSubmitted)
                continue;
            const std::uint32_t async = as<events::PoolJobSubmitted>(event).async.value;
            const std::string_view operation = log->text(as<events::PoolJobSubmitted>(event).operation);
            const bool reads = operation == "read" || operation == "open";
            QCOMPARE(facts.inNameOf(app::OrderId::async(async)).value, reads ? 4u : 3u);
            QVERIFY(facts.isToldAtWork(app::OrderId::async(async)));
            QCOMPARE(facts.line(app::OrderId::async(async)), reads ? 3 : 4);
        }
        const app::Index half = log->size() / 2;
        const auto streams = facts.streams(log->stateAt(half));
        QCOMPARE(streams.size(), 1u);
        QCOMPARE(streams[0].parts.size(), 2u);
        QCOMPARE(streams[0].parts[0].order, app::OrderId::async(4));
        QCOMPARE(streams[0].parts[1].order, app::OrderId::async(3));
        QVERIFY(facts.streams(log->stateAt(5)).empty()); // it has not begun
        QVERIFY(facts.streams(log->stateAt(log->size())).empty()); // and is over
        QVERIFY2(cardAt(*log, half, 3).contains(u"part of a stream"_s), qPrintable(cardAt(*log, half, 3)));
    }

    void aStreamSaysWhetherItReadsAheadOrWaits()
    {
        const auto log = flowingRun(3);
        const TraceFacts facts(*log);
        const auto working = [&](EventKind kind, int n) {
            QString who;
            for (const auto& stream : facts.streams(log->stateAt(after(*log, kind, n)))) {
                for (const auto& part : stream.parts)
                    who += part.working ? u'+' : part.over ? u'o' : u'-';
            }
            return who;
        };
        QCOMPARE(working(EventKind::PoolJobSubmitted, 2), u"+-"_s); // the first piece is read
        QCOMPARE(working(EventKind::PoolJobSubmitted, 4), u"++"_s); // one is packed, the next one is read
        // The last piece has been read: who reads has no more to do.
        QVERIFY2(working(EventKind::CallbackFinished, 10).startsWith(u'o'),
            qPrintable(working(EventKind::CallbackFinished, 10)));
    }

    void listenersOfTheProcessHaveACardThatSaysWhoCallsThem()
    {
        HandTrace trace;
        const std::uint32_t exit = trace.text("exit");
        const auto log = trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                             .starts(100, 1)
                             .ends(200, 1)
                             .at(300,
                                 {.kind = EventKind::HandlerStarted,
                                     .small = 1,
                                     .stack = trace.frame(7, "goodbye"),
                                     .a = 1,
                                     .b = exit,
                                     .c = trace.text("goodbye")})
                             .at(400, {.kind = EventKind::HandlerFinished, .a = 1})
                             .open();
        const TraceFacts facts(*log);
        const auto order = app::OrderId::handler(1);
        QCOMPARE(facts.title(order), u"goodbye"_s);
        QCOMPARE(facts.kind(order), u"'exit' listener"_s);
        OrderCard card;
        card.showOrder(orderCard(momentAt(*log, facts, 4, app::Wording::Restaurant), order));
        QCOMPARE(card.asText().section(u'\n', 1),
            u"+ 'exit' listener in lesson.js:7\n+ called by Node: the program ends, 300 \u00B5s\n"
            "> being served, just begun"_s);
    }

    void aChainTellsTheProgramsOrdersAndCountsNodes()
    {
        HandTrace trace;
        trace.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1);
        trace.asks(1'000, 5, 1, "menu", 4).ends(1'100, 1);
        for (std::uint32_t i = 6; i < 16; ++i) // ten of Node's own
            trace.at(1'200 + i, {.kind = EventKind::TickQueued, .flags = FlagInternal, .a = i, .b = i - 1});
        trace.at(
            2'000, {.kind = EventKind::TickQueued, .stack = trace.frame(9), .a = 20, .b = 15, .c = trace.text("last")});
        const auto log = trace.open();
        TraceFacts facts(*log);
        const auto card = [&] {
            return orderCard(momentAt(*log, facts, log->size(), app::Wording::Restaurant), app::OrderId::async(20));
        };
        QCOMPARE(card().triggers.size(), 2u); // menu, and the script
        QCOMPARE(card().triggers[0].order, app::OrderId::async(5));
        QCOMPARE(card().foldedTriggers, 10);
        QVERIFY(!card().moreTriggers);
        facts.setDetail(app::Detail::Everything);
        QCOMPARE(card().triggers.size(), 5u);
        QCOMPARE(card().foldedTriggers, 0);
        QVERIFY(card().moreTriggers);
    }

    void theLastStartIsTheOneBeforeTheMoment()
    {
        const auto log = intervalsRun();
        const auto bell = app::OrderId::async(2);
        std::vector<app::Index> starts;
        for (app::Index i = 0; i < log->size(); ++i) {
            QCOMPARE(lastStart(*log, bell, i), starts.empty() ? log->startedAt(bell) : starts.back());
            if (app::orderStartedBy(log->event(i)) == bell)
                starts.push_back(i);
        }
        QCOMPARE(starts.size(), 3u);
        QCOMPARE(lastStart(*log, app::OrderId::async(99), log->size()), app::kNoEvent);
    }
};

QTEST_MAIN(TestThisTime)
#include "tst_thistime.moc"
