// Who is at work and who waits for it; the picture in words.
#include "drawn.h"
#include "stage/picturetext.h"

#include <QTest>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::trace;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestStagePeople : public QObject {
    Q_OBJECT

private slots:
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

    void whatACookHasJustBegunTookNoTime()
    {
        const auto second = [](const HandState& hand) {
            const StagePicture picture = draw(hand);
            const auto slip = std::ranges::find(picture.slips, app::OrderId::async(2), &StageSlip::order);
            return slip == picture.slips.end() ? QString() : slip->second;
        };
        HandState hand;
        hand.start(1).pool(2, u"dish"_s).begun(2, 1);
        QCOMPARE(second(hand), u"just begun"_s);
        QCOMPARE(second(hand.later(2'000'000).finish(1)), u"for 2 ms"_s);
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

    // By a sign and a word, in both skins: at the cook who had tried it, and at who gets the error.
    void whatCameBackRefusedHasASign()
    {
        const auto signsOf = [](const StagePicture& picture) {
            std::ptrdiff_t rings = 0;
            for (const Part& part : picture.parts)
                rings += std::ranges::count_if(part.shapes, [](const Shape& shape) {
                    const auto* const arc = std::get_if<ArcShape>(&shape);
                    return arc && arc->ink == Ink::Error && arc->span == 360;
                });
            return rings;
        };
        const QString sentence = u"The sandbox refused to read notes.txt."_s;
        for (const Skin skin : kSkins) {
            QCOMPARE(signsOf(draw(fourCooks(), {.skin = skin})), 0);
            const StagePicture picture = draw(fourCooks(), {.skin = skin, .refused = sentence, .refusedCook = 4});
            QCOMPARE(signsOf(picture), 2); // on the plate, and at the cook
            QVERIFY2(words(picture).contains(u"came back refused"_s), qPrintable(words(picture).join(u'\n')));
            QVERIFY2(
                words(picture).contains(skin == Skin::Restaurant ? u"it was refused"_s : u"refused by the sandbox"_s),
                qPrintable(words(picture).join(u'\n')));
            QVERIFY(summaryOf(picture).contains(sentence));
            QVERIFY(picture.cooks[3].refused && !picture.cooks[2].refused);
            // Nobody had tried it: the call itself was refused.
            QCOMPARE(signsOf(draw(fourCooks(), {.skin = skin, .refused = sentence})), 1);
        }
    }

    void aSlipsNameSaysAllThatItShows()
    {
        QStringList names;
        for (const StageSlip& slip : draw(fourCooks()).slips)
            names << slip.name;
        QVERIFY2(names.contains(u"tick, #9, line 9. It is number 1 to be served."_s), qPrintable(names.join(u'\n')));
        QVERIFY2(names.contains(u"dish 4, #6, line 6, for 36.7 ms."_s), qPrintable(names.join(u'\n')));
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
};

QTEST_MAIN(TestStagePeople)
#include "tst_stagepeople.moc"
