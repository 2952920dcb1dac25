// The picture of a state as values: what stands where, in both skins and at every layout.
#include "handstate.h"
#include "stage/layout.h"
#include "stage/makepicture.h"
#include "stage/paint.h"
#include "stage/picturetext.h"
#include "text/amounts.h"

#include <QGuiApplication>
#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::trace;
using bistro::test::fourCooks;
using bistro::test::HandState;
using namespace Qt::StringLiterals;

namespace {

constexpr StageSize kSizes[] {StageSize::Normal, StageSize::Compact, StageSize::Presentation};
constexpr Skin kSkins[] {Skin::Restaurant, Skin::Loop};

StagePicture draw(const HandState& hand, StageOptions options = {})
{
    return pictureOf(hand.state(), app::servingOrder(hand.state(), 1000), hand, options);
}

// "1 tick | 2 greet …": in serving order.
QString served(const StagePicture& picture)
{
    QMap<int, QString> numbered;
    for (const StageSlip& slip : picture.slips) {
        if (slip.number > 0)
            numbered[slip.number] = slip.title;
    }
    QStringList words;
    for (auto it = numbered.cbegin(); it != numbered.cend(); ++it)
        words << u"%1 %2"_s.arg(it.key()).arg(it.value());
    return words.join(u" | ");
}

// "head 84, sliver 22"
QString forms(const StagePicture& picture, Place place)
{
    QStringList words;
    for (const StageSlip& slip : picture.slips) {
        if (slip.place != place)
            continue;
        switch (slip.form) {
        case SlipForm::Head: words << u"head %1"_s.arg(slip.rect.width()); break;
        case SlipForm::Sliver: words << u"sliver %1"_s.arg(slip.rect.width()); break;
        case SlipForm::Tab: words << u"tab %1 %2 (%3)"_s.arg(slip.title).arg(slip.rect.width()).arg(slip.range); break;
        }
    }
    return words.join(u", ");
}

HandState crowd(std::uint32_t n)
{
    HandState hand;
    hand.start(1);
    for (std::uint32_t i = 0; i < n; ++i)
        hand.immediate(100 + i, u"log %1"_s.arg(i));
    return hand;
}

// How many slips a place has, those behind a tab with them.
int standing(const StagePicture& picture, Place place)
{
    int count = 0;
    for (const StageSlip& slip : picture.slips)
        count += slip.place == place ? slip.count : 0;
    return count;
}

HandState everywhere(std::uint32_t n)
{
    HandState hand;
    hand.start(1);
    for (std::uint32_t i = 0; i < n; ++i) {
        hand.tick(1000 + i, u"a tick of a very long name"_s)
            .microtask(2000 + i, u"promise"_s)
            .immediate(3000 + i, u"immediate"_s)
            .timer(4000 + i, u"timer"_s, 100 + i);
        hand.pool(5000 + i, u"stat"_s)
            .pool(6000 + i, u"scrypt"_s)
            .waits(7000 + i, u"socket"_s, trace::KernelWait::Reading)
            .connection(8000 + i);
        hand.begun(5000 + i, 1).done(5000 + i, 1);
        hand.event(trace::EventKind::HandleClosing, {.a = 7000 + i, .b = 7000 + i});
    }
    for (std::uint32_t i = 0; i < std::min(n, 4u); ++i)
        hand.begun(6000 + i, 1 + i);
    return hand.later(500'000'000).enter(trace::Phase::Poll).event(trace::EventKind::TimersProcessed, {.a = 101});
}

} // namespace

class TestStage : public QObject {
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

    void aRailCollapsesAsItFills()
    {
        QCOMPARE(forms(draw(crowd(0)), Place::Immediates), u""_s);
        QCOMPARE(forms(draw(crowd(1)), Place::Immediates), u"head 108"_s);
        QCOMPARE(forms(draw(crowd(2)), Place::Immediates), u"head 84, sliver 22"_s);
        QCOMPARE(forms(draw(crowd(3)), Place::Immediates), u"head 84, sliver 22, sliver 22"_s);
        QCOMPARE(forms(draw(crowd(4)), Place::Immediates), u"head 72, sliver 22, tab +2 34 (3–4)"_s);
        QCOMPARE(forms(draw(crowd(20)), Place::Immediates), u"head 72, sliver 22, tab +18 34 (3–20)"_s);
        QCOMPARE(forms(draw(crowd(1000)), Place::Immediates),
            u"head 72, sliver 22, tab +998 34 (3–…)"_s); // it looks 500 ahead
    }

    void aTabKnowsWhomItHides()
    {
        const StagePicture picture = draw(crowd(20));
        const auto tab = std::ranges::find(picture.slips, SlipForm::Tab, &StageSlip::form);
        QVERIFY(tab != picture.slips.end());
        const auto hidden = picture.hiddenBehind(tab->key);
        QCOMPARE(hidden.size(), 18u);
        QCOMPARE(hidden.front(), app::OrderId::async(102));
        QCOMPARE(hidden.back(), app::OrderId::async(119));
        QVERIFY(picture.hiddenBehind(77).empty());
    }

    void noTwoSlipsOverlap_data()
    {
        QTest::addColumn<uint>("n");
        for (const uint n : {1u, 2u, 3u, 4u, 20u, 300u})
            QTest::addRow("%u in every place", n) << n;
    }

    void noTwoSlipsOverlap()
    {
        QFETCH(const uint, n);
        const HandState hand = everywhere(n);
        for (const Skin skin : kSkins) {
            for (const StageSize size : kSizes) {
                const StagePicture picture = draw(hand, {.skin = skin, .size = size});
                QVERIFY(picture.slips.size() >= 8);
                for (std::size_t i = 0; i < picture.slips.size(); ++i) {
                    const StageSlip& a = picture.slips[i];
                    QVERIFY2(QRectF(QPointF(0, 0), picture.size).contains(a.rect), qPrintable(a.name));
                    for (std::size_t k = 0; k < i; ++k) {
                        const StageSlip& b = picture.slips[k];
                        const QRectF shared = a.rect.intersected(b.rect);
                        QVERIFY2(shared.width() < 0.01 || shared.height() < 0.01,
                            qPrintable(
                                u"%1 and %2, skin %3, size %4"_s.arg(a.name, b.name).arg(int(skin)).arg(int(size))));
                        QVERIFY(a.key != b.key);
                    }
                }
            }
        }
    }

    void everySlipKeepsToItsColumn()
    {
        for (const uint n : {1u, 2u, 3u, 20u}) {
            for (const StageSize size : kSizes) {
                const RestaurantLayout& l = restaurantLayout(size);
                for (const StageSlip& slip : draw(everywhere(n), {.size = size}).slips) {
                    switch (slip.place) {
                    case Place::Ticks:
                    case Place::Promises:
                        QVERIFY(slip.rect.left() >= l.railLeft && slip.rect.right() <= l.passRight - l.edge);
                        QVERIFY2(l.notes.contains(slip.rect), qPrintable(slip.name));
                        break;
                    case Place::Poll:
                    case Place::Immediates:
                    case Place::Closing:
                    case Place::Timers:
                        QVERIFY(slip.rect.left() >= l.railLeft && slip.rect.right() <= l.passRight - l.edge);
                        QVERIFY2(l.round.contains(slip.rect), qPrintable(slip.name));
                        break;
                    case Place::Cook:
                    case Place::WaitingForCook:
                    case Place::EggTimers:
                    case Place::Door:
                        QVERIFY2(slip.rect.left() >= l.passRight && slip.rect.right() <= l.size.width(),
                            qPrintable(slip.name));
                        break;
                    }
                }
            }
        }
    }

    void placesNeverMoveWithLoad()
    {
        for (const StageSize size : kSizes) {
            QSet<double> tops;
            for (const uint n : {1u, 2u, 5u, 100u}) {
                const StagePicture picture = draw(crowd(n), {.size = size});
                tops << picture.slips.front().rect.top();
            }
            QCOMPARE(tops.size(), 1);
        }
    }

    void whatIsWrittenFits()
    {
        // Every text of the scenery in its own font, where nothing of the program's own is long.
        QStringList cut;
        for (const Skin skin : kSkins) {
            for (const StageSize size : kSizes) {
                for (const HandState& hand : {HandState(), fourCooks(), everywhere(2)}) {
                    for (const Part& part : draw(hand, {.skin = skin, .size = size}).parts) {
                        for (const Shape& shape : part.shapes) {
                            const auto* const text = std::get_if<TextShape>(&shape);
                            if (text && widthOf(*text) > text->width + 0.5)
                                cut << u"%1 (%2 > %3), skin %4, size %5"_s.arg(text->runs.front().text)
                                           .arg(widthOf(*text))
                                           .arg(text->width)
                                           .arg(int(skin))
                                           .arg(int(size));
                        }
                    }
                }
            }
        }
        cut.removeDuplicates();
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
    }

    void aTitleLosesItsNumberBeforeItsName()
    {
        const auto wide = [](const QString& words) {
            return widthOf(TextShape {.size = TypeSize::Label, .runs = {{words, Ink::Text, QFont::DemiBold}}});
        };
        QCOMPARE(titleFor(u"tick (12)"_s, wide(u"tick (12)"_s), TypeSize::Label), u"tick (12)"_s);
        QCOMPARE(titleFor(u"tick (12)"_s, wide(u"tick (12)"_s) - 2, TypeSize::Label), u"tick"_s);
        QCOMPARE(titleFor(u"tick (late)"_s, 10, TypeSize::Label), u"tick (late)"_s);
        QCOMPARE(titleFor(u"dish 3"_s, 10, TypeSize::Label), u"dish 3"_s);
    }

    void shapesStayWithinTheirPart()
    {
        for (const Skin skin : kSkins) {
            for (const StageSize size : kSizes) {
                for (const Part& part : draw(everywhere(30), {.skin = skin, .size = size}).parts) {
                    for (const Shape& shape : part.shapes) {
                        const auto* const text = std::get_if<TextShape>(&shape);
                        if (text)
                            QVERIFY2(part.area.adjusted(-1, -1, 1, 1).contains(text->at),
                                qPrintable(text->runs.front().text));
                        if (const auto* const figure = std::get_if<FigureShape>(&shape))
                            QVERIFY(part.area.adjusted(-12, -12, 12, 12).contains(figure->rect));
                    }
                }
            }
        }
    }

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
        QCOMPARE(reason({u"8080"_s}), u"for ever: a server listens on port 8080"_s);
        QCOMPARE(reason({u"/tmp/door"_s}), u"for ever: a server listens on /tmp/door"_s);
        QCOMPARE(reason({QString()}), u"for ever: a server listens"_s);
        QCOMPARE(reason({u"8080"_s, u"8081"_s}), u"for ever: 2 servers listen"_s);
        QCOMPARE(reason({}), u"until the operating system tells something"_s);
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
            QCOMPARE(shelf(picture), u"left behind 0"_s);
            QCOMPARE(picture.reason, u"nothing waited for is left: exit code 0"_s);
        }
        HandState exits;
        exits.start(1).timer(3, u"never"_s, 5'000).finish(1).event(trace::EventKind::RunEnded, {});
        QCOMPARE(draw(exits).reason, u"it left without all done: exit code 0"_s);
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

    void blockedIsAboveTheLimitAndWithSomethingWaiting()
    {
        const auto moodAfter = [](std::uint64_t ms, const HandState& hand) {
            return draw(hand, {.now = hand.state().time + ms * 1'000'000}).mood;
        };
        QCOMPARE(moodAfter(200, crowd(1)), Mood::Running);
        QCOMPARE(moodAfter(201, crowd(1)), Mood::Blocked);
        QCOMPARE(moodAfter(5000, crowd(0)), Mood::Running);
        QCOMPARE(draw(crowd(1), {.now = 1'240'000'000}).reason, u"1.24 s"_s);
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
            QCOMPARE(draw(crowd(1), {.skin = skin, .now = 1'240'000'000}).guilty, std::optional<std::size_t>(0));
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

    void whatNodeRunsForItselfIsNoOrderOfTheProgram()
    {
        const auto plates =
            [](const StagePicture& picture) { // the boxes with the title in them, as "black" or "dashed"
                QStringList forms;
                for (const Part& part : picture.parts) {
                    for (std::size_t i = 0; i + 1 < part.shapes.size(); ++i) {
                        const auto* const box = std::get_if<BoxShape>(&part.shapes[i]);
                        const auto* const text = std::get_if<TextShape>(&part.shapes[i + 1]);
                        if (box && text && text->runs.front().text == u"after"_s)
                            forms << (box->dashed ? u"dashed"_s : QString())
                                    + (box->fill == Ink::Running ? u"black"_s : QString());
                    }
                }
                return forms.join(u' ');
            };
        const auto tick = [](bool own) {
            HandState hand;
            hand.start(1).tick(9, u"after"_s);
            if (own)
                hand.own(9);
            return hand.finish(1).start(9);
        };
        for (const Skin skin : kSkins) {
            const StagePicture nodes = draw(tick(true), {.skin = skin});
            QCOMPARE(nodes.headline, u"Node's own"_s);
            QVERIFY(nodes.nodesOwnRuns);
            QCOMPARE(plates(nodes), u"dashed"_s);
            const StagePicture programs = draw(tick(false), {.skin = skin});
            QCOMPARE(programs.headline, u"Running now"_s);
            QVERIFY(!programs.nodesOwnRuns);
            QCOMPARE(plates(programs), u"black"_s);
        }
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

    void aFreeCookIsAboutToTakeWhatWaits()
    {
        const auto says = [](const HandState& hand, Skin skin, const QString& words) {
            const StagePicture picture = draw(hand, {.skin = skin});
            return std::ranges::any_of(picture.parts, [&](const Part& part) {
                return std::ranges::any_of(part.shapes, [&](const Shape& shape) {
                    const auto* const text = std::get_if<TextShape>(&shape);
                    return text && text->runs.front().text == words;
                });
            });
        };
        HandState hand(1);
        hand.start(1).pool(5, u"dish"_s);
        QVERIFY(says(hand, Skin::Restaurant, u"1 on the way"_s));
        QVERIFY(says(hand, Skin::Loop, u"1 on the way"_s));
        hand.pool(6, u"stew"_s);
        QVERIFY(says(hand, Skin::Restaurant, u"2 on the way"_s));
        hand.begun(5, 1);
        QVERIFY(says(hand, Skin::Restaurant, u"1 waits for one"_s));
        QVERIFY(says(hand, Skin::Loop, u"1 waits"_s));
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
            QVERIFY(words.contains(u"what hangs is a step of Node's"_s));
            QVERIFY(!words.contains(u"nothing is ready"_s));
        }
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

    void patienceRunsDownWithTime()
    {
        HandState hand;
        hand.start(1).connection(50).connection(51).request(1, 51);
        const StagePicture picture = draw(hand, {.now = 750'000'000});
        QCOMPARE(picture.customers.size(), 2u);
        QCOMPARE(picture.customers[0].wants, Wants::ToBeHeard);
        QCOMPARE(picture.customers[1].wants, Wants::Food);
        QCOMPARE(picture.customers[0].patience, 0.25);
        QCOMPARE(draw(hand, {.now = 3'000'000'000}).customers[0].patience, 0.);
    }

    void cooksShowWhatIsInTheirHands()
    {
        const StagePicture picture = draw(fourCooks());
        QCOMPARE(picture.cooks.size(), 4u);
        QCOMPARE(picture.cooks[0].order, app::OrderId::async(6));
        QCOMPARE(picture.cooks[1].order, app::OrderId::async(7));
        QVERIFY(!picture.cooks[2].order);
        QVERIFY(picture.cooks[2].justFinished);
        QVERIFY(!picture.cooks[3].justFinished);
    }

    void aSlipsNameSaysAllThatItShows()
    {
        QStringList names;
        for (const StageSlip& slip : draw(fourCooks()).slips)
            names << slip.name;
        QVERIFY2(names.contains(u"tick, #9, line 9, serving number 1"_s), qPrintable(names.join(u'\n')));
        QVERIFY2(names.contains(u"dish 4, #6, line 6, for 36.7 ms"_s), qPrintable(names.join(u'\n')));
    }

    void theTextHoldsTheWholePicture()
    {
        const QString text = asText(draw(fourCooks()));
        for (const QString& part :
            {u"Running now: readFile callback"_s, u"Round 6 of the loop"_s, u"On the tray, from the top: menu"_s,
                u"Ticks: tick, #9"_s, u"With the cooks: dish 4"_s, u"Pending timers: dessert"_s})
            QVERIFY2(text.contains(part), qPrintable(text));
        QVERIFY(asText(draw(fourCooks(), {.skin = Skin::Loop})).contains(u"Iteration 6"_s));
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

    void callsWithinCallsAreNotAllNamed()
    {
        HandState hand;
        for (std::uint32_t i = 1; i <= 5'000; ++i)
            hand.named(i, u"call"_s).start(i);
        for (const Skin skin : kSkins) {
            const StagePicture picture = draw(hand, {.skin = skin});
            QVERIFY(picture.running.size() < 500);
            QCOMPARE(picture.running.front().first, app::OrderId::async(1));
            QCOMPARE(picture.running.back().first, app::OrderId::async(5'000));
            QVERIFY(std::ranges::find(picture.plates, u"+4996 plates"_s) != picture.plates.end());
        }
    }

    void equalStatesGiveEqualPictures()
    {
        QVERIFY(draw(fourCooks()) == draw(fourCooks()));
        QVERIFY(!(draw(fourCooks()) == draw(crowd(1))));
    }

    void durationsAreShort()
    {
        QCOMPARE(app::timeText(812), u"812 ns"_s);
        QCOMPARE(app::timeText(36'700), u"36.7 µs"_s);
        QCOMPARE(app::timeText(36'700'000), u"36.7 ms"_s);
        QCOMPARE(app::timeText(240'400'000), u"240 ms"_s);
        QCOMPARE(app::timeText(1'240'000'000), u"1.24 s"_s);
        QCOMPARE(app::timeText(59'960'000'000), u"1 min 0 s"_s);
        QCOMPARE(app::timeText(125'000'000'000), u"2 min 5 s"_s);
    }
};

QTEST_MAIN(TestStage)
#include "tst_stage.moc"
