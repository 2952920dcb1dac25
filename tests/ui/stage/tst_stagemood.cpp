// What is said of the state as a whole: asleep, blocked, crashed, and why.
#include "drawn.h"
#include "stage/paint.h"

#include <QTest>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::trace;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestStageMood : public QObject {
    Q_OBJECT

private slots:
    void itsMoodIsTheStates()
    {
        HandState hand(0);
        QCOMPARE(pictureOf({}, {}, hand, {}).mood, Mood::Empty);
        QCOMPARE(draw(fourCooks()).mood, Mood::Running);
        QCOMPARE(draw(fourCooks(), {.paused = true}).mood, Mood::Paused);
        HandState asleep;
        asleep.start(1)
            .timer(3, u"dessert"_s, 63)
            .finish(1)
            .iteration(1)
            .enter(trace::Phase::Poll, trace::PollReason::TimerDue, 63);
        QCOMPARE(draw(asleep).mood, Mood::Asleep);
        QCOMPARE(draw(asleep).reason, u"until the timer dessert, 63 ms"_s);
        // V8 has timers of its own, which no event tells: poll's time-out does.
        HandState inside;
        inside.start(1)
            .timer(3, u"dessert"_s, 63)
            .finish(1)
            .iteration(1)
            .enter(trace::Phase::Poll, trace::PollReason::TimerDue, 20);
        QCOMPARE(draw(inside).reason, u"until a timer inside Node, 20 ms"_s);
        // Also where the program has none: the cook comes first, whatever it says at most.
        HandState cooking;
        cooking.start(1)
            .pool(2, u"dish"_s)
            .begun(2, 1)
            .finish(1)
            .iteration(1)
            .enter(trace::Phase::Poll, trace::PollReason::TimerDue, 7'878);
        QCOMPARE(draw(cooking).reason, u"until a cook is done"_s);
        HandState wakes;
        wakes.start(1)
            .pool(2, u"dish"_s)
            .begun(2, 1)
            .finish(1)
            .iteration(1)
            .enter(trace::Phase::Poll, trace::PollReason::TimerDue, 63)
            .done(2, 1);
        QCOMPARE(draw(wakes).mood, Mood::Asleep);
        QCOMPARE(draw(wakes).reason, u"but a dish is ready: he gets up"_s);
        asleep.event(trace::EventKind::RecordingEnded, {.small = 1});
        QCOMPARE(draw(asleep).mood, Mood::RecordingEnded);
        asleep.event(trace::EventKind::RunEnded, {}); // how it came to that is not in the picture
        QCOMPARE(draw(asleep).mood, Mood::RecordingEnded);
        QCOMPARE(draw(asleep).reason, u"it went on unrecorded, to exit code 0"_s);
        HandState busy = crowd(1);
        busy.later(900'000'000).event(trace::EventKind::RecordingEnded, {.small = 1});
        QCOMPARE(draw(busy).mood, Mood::RecordingEnded);
        HandState over;
        over.start(1).finish(1).event(trace::EventKind::RunEnded, {});
        QCOMPARE(draw(over).mood, Mood::Finished);
        HandState crashed;
        crashed.start(1).event(trace::EventKind::RunEnded, {.small = 1, .a = 11});
        QCOMPARE(draw(crashed).mood, Mood::Crashed);
        HandState failed;
        failed.start(1).finish(1).event(trace::EventKind::RunEnded, {.a = 1});
        QCOMPARE(draw(failed).mood, Mood::Crashed);
    }

    void aLimitThatEndedTheRunIsNoCrash()
    {
        const QString sentence = u"The program may run for 1 s, and has done so."_s;
        HandState over;
        over.start(1).event(trace::EventKind::RunEnded, {.small = 1, .a = 9});
        for (const Skin skin : kSkins) {
            for (const StageSize size : kSizes) {
                const StagePicture picture = draw(over, {.skin = skin, .size = size, .limit = sentence});
                QCOMPARE(picture.headline, u"Limit reached"_s);
                QCOMPARE(picture.reason, sentence);
                const QString all = words(picture).join(u' ');
                QVERIFY2(!all.contains(u"Crashed"_s) && all.contains(sentence), qPrintable(all));
            }
        }
    }

    void atRestAServerSaysWhereItListens()
    {
        const auto reason = [](const QStringList& where) {
            HandState hand;
            hand.start(1);
            for (qsizetype i = 0; i < where.size(); ++i)
                hand.waits(static_cast<std::uint32_t>(20 + i), u"server"_s, trace::KernelWait::Listening, where[i]);
            return draw(hand.finish(1).iteration(1).enter(trace::Phase::Poll, trace::PollReason::KernelOnly, -1))
                .reason;
        };
        QCOMPARE(reason({u"8080"_s}), u"forever: a server listens on port 8080"_s);
        QCOMPARE(reason({u"/tmp/door"_s}), u"forever: a server listens on /tmp/door"_s);
        QCOMPARE(reason({QString()}), u"forever: a server listens"_s);
        QCOMPARE(reason({u"8080"_s, u"8081"_s}), u"forever: 2 servers listen"_s);
        QCOMPARE(reason({}), u"until the operating system has news"_s);
    }

    void timersThatTheProgramDidNotWaitForAreLeftBehind()
    {
        HandState hand;
        hand.start(1)
            .timer(3, u"never"_s, 5'000)
            .event(trace::EventKind::TimerReferenced, {.a = 3, .flags = trace::FlagUnreferenced})
            .finish(1);
        const auto shelf = [](const StagePicture& picture) {
            QStringList words;
            for (const StageSlip& slip : picture.slips) {
                if (slip.place == Place::EggTimers)
                    words << slip.second << QString::number(slip.share >= 0);
            }
            return words.join(u' ');
        };
        for (const Skin skin : kSkins)
            QVERIFY2(shelf(draw(hand, {.skin = skin})).startsWith(u"5 s left"_s),
                qPrintable(shelf(draw(hand, {.skin = skin}))));
        HandState left = hand;
        left.event(trace::EventKind::RunEnded, {});
        for (const Skin skin : kSkins) {
            const StagePicture picture = draw(left, {.skin = skin});
            QCOMPARE(shelf(picture), u"never rang 0"_s);
            QCOMPARE(picture.reason, u"nothing kept it open: exit code 0"_s);
        }
        // An interval that has rung was served: what is left is its next time.
        HandState stopped;
        stopped.start(1)
            .timer(3, u"tick"_s, 5'000)
            .finish(1)
            .start(3)
            .finish(3)
            .event(trace::EventKind::TimerStarted, {.a = 3, .b = 5'000});
        stopped.event(trace::EventKind::RunEnded, {});
        for (const Skin skin : kSkins) {
            const StagePicture picture = draw(stopped, {.skin = skin});
            QCOMPARE(shelf(picture), u"rings no more 0"_s);
            QVERIFY2(!words(picture).join(u' ').contains(u"never"_s), qPrintable(words(picture).join(u' ')));
        }
        HandState exits;
        exits.start(1).timer(3, u"never"_s, 5'000).finish(1).event(trace::EventKind::RunEnded, {});
        QCOMPARE(draw(exits).reason, u"it ended before all was done: exit code 0"_s);
        HandState over;
        over.start(1).finish(1).event(trace::EventKind::RunEnded, {});
        QCOMPARE(draw(over).reason, u"nothing is left to do: exit code 0"_s);
    }

    void beforeTheFirstStepItSaysWhetherThereIsARun()
    {
        const HandState hand(0);
        for (const Skin skin : kSkins) {
            QCOMPARE(pictureOf({}, {}, hand, {.skin = skin}).reason, u"Run a program to see it here"_s);
            QCOMPARE(pictureOf({}, {}, hand, {.skin = skin, .live = true}).reason, u"Node is starting"_s);
            const StagePicture loaded = pictureOf({}, {}, hand, {.skin = skin, .stepOn = u"F10 takes a step"_s});
            QCOMPARE(loaded.headline, u"Run loaded, at step 0"_s);
            QCOMPARE(loaded.reason, u"F10 takes a step"_s);
        }
    }

    void itIsBlockedWhenSomebodyHoldsTheOthersUp()
    {
        QCOMPARE(draw(crowd(1), {.now = 5'000'000'000}).mood, Mood::Running);
        const StagePicture held = draw(crowd(1), {.now = 1'340'000'000, .heldSince = 100'000'000});
        QCOMPARE(held.mood, Mood::Blocked);
        QCOMPARE(held.reason, u"1.24 s"_s);
    }

    void howLongItBlocksKeepsClearOfTheEdgesOfItsBox_data()
    {
        QTest::addColumn<quint64>("time");
        QTest::addColumn<QString>("told");
        QTest::addRow("as wide as the box") << quint64 {633'000'000} << u"633 ms"_s;
        QTest::addRow("short") << quint64 {1'240'000'000} << u"1.24 s"_s;
        QTest::addRow("minutes") << quint64 {65'000'000'000} << u"1 min 5 s"_s;
    }
    void howLongItBlocksKeepsClearOfTheEdgesOfItsBox()
    {
        QFETCH(quint64, time);
        QFETCH(QString, told);
        for (const StageSize size : kSizes) {
            const StagePicture picture = draw(crowd(1), {.size = size, .now = time, .heldSince = 0});
            QCOMPARE(picture.mood, Mood::Blocked);
            QCOMPARE(picture.reason, told);
            bool seen = false;
            for (const Part& part : picture.parts) {
                const BoxShape* box = nullptr; // the one drawn last
                for (const Shape& shape : part.shapes) {
                    box = std::holds_alternative<BoxShape>(shape) ? &std::get<BoxShape>(shape) : box;
                    const auto* const text = std::get_if<TextShape>(&shape);
                    if (!text || text->runs.front().text != told || !box || box->fill != Ink::Error)
                        continue;
                    seen = true;
                    QVERIFY2(text->width <= box->rect.width() - 12 && widthOf(*text) <= text->width,
                        qPrintable(u"%1 in %2"_s.arg(widthOf(*text)).arg(box->rect.width())));
                }
            }
            QVERIFY(seen);
        }
    }

    void whatTheWaiterSaysInsteadOfServingIsNeverCut()
    {
        using enum EndKind;
        const auto ended = [](EndKind how, std::uint32_t code) {
            HandState hand;
            return hand.start(1).finish(1).event(
                EventKind::RunEnded, {.small = static_cast<std::uint16_t>(how), .a = code});
        };
        HandState unrecorded;
        unrecorded.start(1)
            .finish(1)
            .event(EventKind::RecordingEnded, {})
            .event(EventKind::RunEnded, {.small = static_cast<std::uint16_t>(Stopped)});
        HandState rests;
        rests.start(1)
            .finish(1)
            .waits(5, u"shop"_s, KernelWait::Listening, u"8080"_s)
            .iteration(1)
            .enter(Phase::Poll, PollReason::TimerDue, 7'910);
        for (const HandState& hand :
            {ended(ExitCode, 0), ended(ExitCode, 137), ended(Signal, 11), ended(Stopped, 0), unrecorded, rests}) {
            for (const StageSize size : kSizes) {
                const StagePicture picture = draw(hand, {.size = size});
                QStringList fitting;
                for (const Part& part : picture.parts) {
                    for (const Shape& shape : part.shapes) {
                        const auto* const text = std::get_if<TextShape>(&shape);
                        if (text && text->runs.size() == 1 && widthOf(*text) <= text->width + 0.5)
                            fitting += text->runs.front().text;
                    }
                }
                QVERIFY2(!picture.reason.isEmpty() && fitting.join(u' ').contains(picture.reason),
                    qPrintable(picture.reason));
            }
        }
    }

    void theCauseIsThePlateOfABlockAndOfAnErrorThatNobodyCaught()
    {
        const auto isRed = [](const StagePicture& picture) {
            return std::ranges::any_of(picture.parts, [&](const Part& part) {
                return std::ranges::any_of(part.shapes, [](const Shape& shape) {
                    const auto* const box = std::get_if<BoxShape>(&shape);
                    return box && box->fill == Ink::Error;
                });
            });
        };
        for (const Skin skin : kSkins) {
            const StagePicture runs = draw(crowd(1), {.skin = skin});
            QVERIFY(!runs.guilty);
            QVERIFY(!isRed(runs));
            QCOMPARE(draw(crowd(1), {.skin = skin, .now = 1'240'000'000, .heldSince = 0}).guilty,
                std::optional<std::size_t>(0));
            const StagePicture failed = draw(crowd(1), {.skin = skin, .uncaught = u"Error: spilt"_s});
            QCOMPARE(failed.mood, Mood::Crashed);
            QCOMPARE(failed.reason, u"Error: spilt"_s);
            QCOMPARE(failed.guilty, std::optional<std::size_t>(0));
            QVERIFY(isRed(failed));
        }
    }

    void theTrayOfAnErrorThatNobodyCaughtShowsWhereItWasThrown()
    {
        StageOptions options {.uncaught = u"Error: spilt"_s};
        options.thrown = {
            {.function = u"pour"_s, .line = 3}, {.function = u"serve"_s, .line = 7}, {.function = {}, .line = 9}};
        const StagePicture picture = draw(crowd(1), options);
        QCOMPARE(picture.plates, (std::vector {u"pour"_s, u"serve"_s, u"main script"_s}));
        QCOMPARE(picture.guilty, std::optional<std::size_t>(0));
    }

    void atRestItSaysWhoWillCallTheWaiter()
    {
        const auto reason = [](bool cooks, bool timer, Skin skin, bool own = false) {
            HandState hand;
            hand.start(1);
            if (own)
                hand.own(3);
            if (timer)
                hand.timer(3, u"dessert"_s, 100);
            if (cooks)
                hand.pool(5, u"dish"_s).begun(5, 1);
            hand.finish(1).iteration(1).enter(trace::Phase::Poll,
                timer ? trace::PollReason::TimerDue : trace::PollReason::KernelOnly, timer ? 100 : -1);
            return draw(hand, {.skin = skin}).reason;
        };
        QCOMPARE(reason(true, true, Skin::Restaurant), u"until a cook is done or dessert rings"_s);
        QCOMPARE(reason(true, true, Skin::Loop), u"until a thread is done or dessert is due"_s);
        QCOMPARE(reason(true, false, Skin::Restaurant), u"until a cook is done"_s);
        QCOMPARE(reason(true, false, Skin::Loop), u"until a thread is done"_s);
        QCOMPARE(reason(false, true, Skin::Restaurant), u"until the timer dessert, 100 ms"_s);
        QCOMPARE(reason(true, true, Skin::Restaurant, true), u"until a cook is done"_s);
        HandState open; // V8's own timer is nothing to tell where a customer may come first
        open.start(1)
            .timer(3, u"dessert"_s, 1'000)
            .waits(6, u"server"_s, trace::KernelWait::Listening)
            .finish(1)
            .iteration(1)
            .enter(trace::Phase::Poll, trace::PollReason::TimerDue, 100);
        QCOMPARE(draw(open).reason, u"until a customer comes"_s);
    }
};

QTEST_MAIN(TestStageMood)
#include "tst_stagemood.moc"
