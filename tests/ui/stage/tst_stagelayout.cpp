// What stands where: berths, columns, words that fit.
#include "drawn.h"
#include "stage/layout.h"
#include "stage/paint.h"
#include "ui/measuring.h"

#include <QTest>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::trace;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestStageLayout : public QObject {
    Q_OBJECT

private slots:
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

    void aPillTellsWholeNumbers_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("range");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, SlipForm form, int number, const QString& range, const QString& told) {
            QTest::newRow(name) << static_cast<int>(form) << number << range << told;
        };
        row("a head", SlipForm::Head, 12, {}, u"12"_s);
        row("a head behind a thousand", SlipForm::Head, 1'204, {}, u"%L1"_s.arg(1'204));
        row("the last whole one", SlipForm::Head, 9'999, {}, u"%L1"_s.arg(9'999));
        row("a head behind many thousands", SlipForm::Head, 12'345, {}, u"12k"_s);
        row("a sliver", SlipForm::Sliver, 345, {}, u"345"_s);
        row("a sliver behind a thousand", SlipForm::Sliver, 1'205, {}, {});
        row("a tab", SlipForm::Tab, 0, u"3–20"_s, u"3–20"_s);
        row("a tab of one", SlipForm::Tab, 0, u"3"_s, u"3"_s);
        row("a tab whose end is not known", SlipForm::Tab, 0, u"3–…"_s, u"3+"_s);
        row("a tab whose end has no room", SlipForm::Tab, 0, u"123–1204"_s, u"123+"_s);
        row("a tab behind a thousand", SlipForm::Tab, 0, u"1206–…"_s, {});
        row("no number", SlipForm::Head, 0, {}, {});
    }
    void aPillTellsWholeNumbers()
    {
        QFETCH(int, form);
        QFETCH(int, number);
        QFETCH(QString, range);
        QFETCH(QString, told);
        StageSlip slip {.form = static_cast<SlipForm>(form), .rect = {0, 0, 108, 46}, .number = number, .range = range};
        slip.numberX = slip.rect.width(); // a head that is alone
        MeasuringDevice device({160, 80});
        {
            QPainter painter(&device);
            painter.translate(kSlipMargin, kSlipMargin);
            paintSlip(painter, slip, Theme(Scheme::Light), {});
        }
        QString painted;
        for (const MeasuredText& text : device.texts()) {
            painted += text.text;
            QVERIFY(text.rect.right() <= slip.rect.width() + 2 * kSlipMargin);
        }
        QCOMPARE(painted, told);
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
                HandState nodes; // a step of Node's, for an order
                nodes.start(1).pool(2, u"dish"_s).tick(3, u"step"_s).inName(3, 2).finish(1).start(3);
                for (const HandState& hand : {HandState(), fourCooks(), everywhere(2), nodes}) {
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
};

QTEST_MAIN(TestStageLayout)
#include "tst_stagelayout.moc"
