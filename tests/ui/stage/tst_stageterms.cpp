// What each place of the stage is called: nothing is written on it that has no word in the glossary.
#include "drawn.h"
#include "stage/layout.h"
#include "stage/stageterms.h"

#include <QSet>
#include <QTest>

using namespace bistro;
using namespace bistro::test;

namespace {

HandState busy()
{
    HandState hand;
    hand.start(1).pool(5, u"dish"_s).begun(5, 1).timer(6, u"dessert"_s, 100).tick(10, u"tick"_s);
    return hand;
}

std::optional<app::Term> at(const StagePicture& picture, double x, double y)
{
    const auto found = termAt(picture, {x, y});
    return found ? std::optional(found->term) : std::nullopt;
}

} // namespace

class TestStageTerms : public QObject {
    Q_OBJECT

private slots:
    void whateverIsWrittenOnTheStageHasAWord()
    {
        for (const Skin skin : kSkins) {
            for (const StageSize size : kSizes) {
                for (const HandState& hand : {HandState {}, busy(), crowd(30), fourCooks()}) {
                    const StagePicture picture = draw(hand, {.skin = skin, .size = size});
                    for (const Part& part : picture.parts) {
                        for (const Shape& shape : part.shapes) {
                            const auto* const text = std::get_if<TextShape>(&shape);
                            if (!text || text->runs.empty() || text->runs.front().text.isEmpty())
                                continue;
                            const double aside = text->alignment == Qt::AlignLeft ? 3
                                : text->alignment == Qt::AlignRight               ? -3
                                                                                  : 0;
                            QVERIFY2(at(picture, text->at.x() + aside, text->at.y()),
                                qPrintable(u"%1 at %2, %3"_s.arg(text->runs.front().text)
                                        .arg(text->at.x())
                                        .arg(text->at.y())));
                        }
                    }
                    for (const StageSlip& slip : picture.slips)
                        QVERIFY2(at(picture, slip.rect.center().x(), slip.rect.center().y()), qPrintable(slip.title));
                }
            }
        }
    }

    void eachRailIsCalledByWhatHangsThere()
    {
        const app::Term expected[] {app::Term::Tick, app::Term::Microtask, app::Term::Poll, app::Term::Check,
            app::Term::Closing, app::Term::TimersPhase};
        for (const StageSize size : kSizes) {
            const RestaurantLayout& l = restaurantLayout(size);
            const StagePicture picture = draw(busy(), {.size = size});
            for (std::size_t i = 0; i < l.rails.size(); ++i) {
                for (const double x : {l.labelText + 5, l.railRight}) // its name, and the rail itself
                    QCOMPARE(at(picture, x, l.rails[i] + 14), std::optional(expected[i]));
                QCOMPARE(termOf(static_cast<Place>(i)), expected[i]);
            }
            QCOMPARE(at(picture, l.passText + 10, l.title), std::optional(app::Term::Pass));
            QCOMPARE(at(picture, l.labelText, l.notesTitle), std::optional(app::Term::Drain));
            QCOMPARE(at(picture, l.labelText, l.roundTitle), std::optional(app::Term::Iteration));
            QCOMPARE(at(picture, l.legendFirst, l.legend), std::optional(app::Term::ServingNumber));
            QCOMPARE(at(picture, l.kitchenText, l.title), std::optional(app::Term::ThreadPool));
            QCOMPARE(at(picture, l.cooks[0].x() + 20, l.cooks[0].y() + 20), std::optional(app::Term::PoolThread));
            QCOMPARE(at(picture, l.egg.center().x(), l.egg.center().y()), std::optional(app::Term::Timer));
            QCOMPARE(at(picture, l.door.center().x(), l.door.center().y()), std::optional(app::Term::Kernel));
            QCOMPARE(
                at(picture, l.waiter.right() - 20, l.waiter.center().y()), std::optional(app::Term::JavaScriptThread));
        }
    }

    void eachStationOfTheRingIsCalledByItsPhase()
    {
        for (const StageSize size : kSizes) {
            const LoopLayout& l = loopLayout(size);
            const StagePicture picture = draw(busy(), {.skin = Skin::Loop, .size = size});
            for (std::size_t i = 0; i < l.stations.size(); ++i)
                QCOMPARE(at(picture, l.stations[i].x(), l.stations[i].y()),
                    std::optional(app::termOf(static_cast<trace::Phase>(i + 1))));
            QCOMPARE(at(picture, l.centre.x(), l.centre.y() - l.hub / 2), std::optional(app::Term::Tray));
            QCOMPARE(at(picture, l.centre.x(), l.centre.y() - l.radius + 14), std::optional(app::Term::EventLoop));
        }
    }

    void theKeysStopAtEachWordOnceAndWithinThePicture()
    {
        for (const Skin skin : kSkins) {
            for (const StageSize size : kSizes) {
                const StagePicture picture = draw(busy(), {.skin = skin, .size = size});
                const auto places = placesOf(picture);
                QVERIFY(places.size() >= 12);
                QSet<int> terms;
                for (const StageTerm& place : places) {
                    terms.insert(static_cast<int>(place.term));
                    QVERIFY(place.area.isValid());
                    QVERIFY(QRectF(QPointF(0, 0), picture.size).contains(place.area.center()));
                }
                QCOMPARE(static_cast<std::size_t>(terms.size()), places.size());
            }
        }
    }

    void anEmptyPictureHasNone()
    {
        QVERIFY(termsOf({}).empty());
        QVERIFY(!termAt({}, {10, 10}));
    }
};

QTEST_MAIN(TestStageTerms)
#include "tst_stageterms.moc"
