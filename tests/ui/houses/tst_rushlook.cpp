// The scene's words: none lies over another, none is cut, all read well; and what lies where.
#include "app/rush/guests.h"
#include "houses/housesink.h"
#include "houses/rushpaint.h"
#include "houses/rushpicture.h"
#include "houses/rushscene.h"
#include "houses/rushwords.h"
#include "text/catalogue.h"
#include "ui/measuring.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <algorithm>
#include <cstddef>
#include <span>

using namespace bistro;
using namespace bistro::tests;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// Twelve guests within 2 ms, whom the database keeps waiting for 150.
app::Rush rushAtOnce()
{
    using enum app::OrderKind;
    std::vector<app::Guest> guests;
    for (std::uint32_t i = 0; i < 12; ++i)
        guests.push_back(guestOf(2 + i, i / 6,
            {{i / 6, i, i + 1, KernelIo}, {150 + i, 150 + i, 151 + i, Timer}, {152 + i, 165 + i, 166 + i, PoolIo}}));
    return rushOfGuests(std::move(guests));
}

// Pictures of every kind: sizes, schemes, assumptions.
void everyPicture()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("zoom");
    QTest::addColumn<bool>("compact");
    QTest::addColumn<double>("computing");
    QTest::addColumn<int>("guests");
    for (const bool dark : {false, true}) {
        for (const double zoom : {1., 1.25, 1.5}) {
            for (const bool compact : {false, true}) {
                for (const auto& [computing, guests] : {std::pair(1., 0), std::pair(8., 0), std::pair(1., 40)}) {
                    QTest::addRow("%s %g %s computing %g guests %d", dark ? "dark" : "light", zoom,
                        compact ? "compact" : "normal", computing, guests)
                        << dark << zoom << compact << computing << guests;
                }
            }
        }
    }
}

void prepare(RushScene& scene)
{
    QFETCH(const bool, dark);
    QFETCH(const double, zoom);
    QFETCH(const bool, compact);
    QFETCH(const double, computing);
    QFETCH(const int, guests);
    const Theme theme(dark ? Scheme::Dark : Scheme::Light, zoom);
    scene.setTheme(theme);
    scene.setCompact(compact);
    scene.resize(compact ? QSize(theme.px(616), theme.px(480)) : QSize(theme.px(768), theme.px(568)));
    scene.setRush(busyRush(), u"server.js"_s);
    scene.setAssumptions({.computing = computing, .guests = guests});
    scene.setSelectedTable(7);
    scene.show();
}

} // namespace

class RushLookTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { app::installCatalogues(); }
    void noWordLiesOverAnother_data() { everyPicture(); }
    void noWordLiesOverAnother();
    void everyWordReadsWell_data() { everyPicture(); }
    void everyWordReadsWell();
    void everythingHasRoom_data() { everyPicture(); }
    void everythingHasRoom();
    void theLegendIsAlwaysThere_data() { everyPicture(); }
    void theLegendIsAlwaysThere();
    void aMomentStandsAtTheSamePlaceInBothHouses();
    void theFutureIsPale();
    void theCompactTotalsHaveNoLongestWait();
    void theAxisIsInEvenSteps();
    void aLowWindowHasFewerLanes();
};

void RushLookTest::noWordLiesOverAnother()
{
    RushScene scene;
    prepare(scene);
    auto* const picture = scene.findChild<RushPicture*>();
    const std::uint64_t end = picture->shown()->end();
    for (int part = 0; part <= 8; ++part) { // wherever the playhead is
        scene.setNow(busyRush().start + end * static_cast<std::uint64_t>(part) / 8);
        test::MeasuringDevice device(picture->size());
        picture->render(&device, {}, {}, QWidget::DrawWindowBackground);
        const auto& texts = device.texts();
        QVERIFY(texts.size() > 20);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            QVERIFY2(QRectF(picture->rect()).contains(texts[i].rect), qPrintable(texts[i].text));
            QVERIFY2(!texts[i].text.contains(u'…'), qPrintable(texts[i].text));
            for (std::size_t j = i + 1; j < texts.size(); ++j)
                QVERIFY2(
                    !texts[i].rect.intersects(texts[j].rect), qPrintable(texts[i].text + u" over "_s + texts[j].text));
        }
    }
}

void RushLookTest::everyWordReadsWell()
{
    RushScene scene;
    prepare(scene);
    auto* const picture = scene.findChild<RushPicture*>();
    scene.setNow(busyRush().start + picture->shown()->end() / 2);
    test::MeasuringDevice device(scene.size());
    scene.render(&device);
    const QStringList bad = test::unreadable(device.texts(), u"scene"_s);
    // A button that is disabled may be paler.
    for (const QString& each : bad)
        QVERIFY2(each.contains(u"Reset"_s), qPrintable(each));
}

// Also where everybody comes at once, as in lesson 05: then no lane has room for words.
void RushLookTest::theLegendIsAlwaysThere()
{
    RushScene scene;
    prepare(scene);
    auto* const picture = scene.findChild<RushPicture*>();
    for (const app::Rush& rush : {busyRush(), rushAtOnce()}) {
        scene.setRush(rush, u"server.js"_s);
        const std::uint64_t end = picture->shown()->end();
        for (int part = 0; part <= 12; ++part) {
            scene.setNow(rush.start + end * static_cast<std::uint64_t>(part) / 12);
            for (const std::uint32_t table : {0u, 2u, 7u, 13u}) {
                scene.setSelectedTable(table);
                test::MeasuringDevice device(picture->size());
                picture->render(&device, {}, {}, QWidget::DrawWindowBackground);
                QStringList words;
                for (const auto& text : device.texts())
                    words += text.text;
                for (const QString& word : {u"serving"_s, u"walking"_s, u"rest"_s})
                    QVERIFY2(words.contains(word), qPrintable(word));
                // What hatching means: in words, or beside the idle time of the heading.
                const RushLayout& l = picture->layoutNow();
                if (words.contains(u"stands at the table, idle"_s))
                    continue;
                const QImage image
                    = picture->grab(l.belowHead.toRect()).toImage().convertToFormat(QImage::Format_RGB32);
                const QRgb hatch = hatchColor(picture->frame().theme).rgb();
                const QRgb edge = hatchEdge(picture->frame().theme).rgb();
                std::ptrdiff_t hatched = 0;
                for (int y = 0; y < image.height(); ++y) {
                    const std::span line(
                        reinterpret_cast<const QRgb*>(image.constScanLine(y)), static_cast<std::size_t>(image.width()));
                    hatched += std::ranges::count_if(line, [=](QRgb pixel) { return pixel == edge || pixel == hatch; });
                }
                QVERIFY2(hatched >= 16, qPrintable(QString::number(hatched)));
            }
        }
    }
}

void RushLookTest::everythingHasRoom()
{
    RushScene scene;
    prepare(scene);
    const RushLayout& l = scene.findChild<RushPicture*>()->layoutNow();
    const QRectF whole(scene.rect());
    const QList<QRectF> parts {l.above, l.below, l.totals, l.assumed, l.controls};
    for (qsizetype i = 0; i < parts.size(); ++i) {
        QVERIFY(whole.contains(parts[i]));
        QVERIFY(i == 0 || parts[i].top() >= parts[i - 1].bottom());
    }
    QVERIFY(l.below.contains(l.lanes.back()));
    QVERIFY(l.axis.top() >= l.lanes.back().bottom() - 1);
    QVERIFY(l.under.bottom() <= l.above.bottom());
    QFETCH(const int, guests);
    QCOMPARE(l.lanes.size(), 12U);
    QVERIFY(guests > 0 || scene.findChild<RushPicture*>()->lanes().more == 0);
    for (const QLabel* const label : scene.findChildren<QLabel*>())
        QVERIFY2(label->sizeHint().width() <= label->width(), qPrintable(label->text()));
    for (const QPushButton* const button : scene.findChildren<QPushButton*>())
        QVERIFY2(QFontMetrics(button->font()).horizontalAdvance(button->text()) <= button->width() - 4,
            qPrintable(button->text()));
}

void RushLookTest::aMomentStandsAtTheSamePlaceInBothHouses()
{
    const RushLayout l = rushLayout({768, 568}, 1, false, 12, 150 * kMs);
    QCOMPARE(l.xOf(0), l.left);
    QCOMPARE(l.xOf(150 * kMs), l.right);
    QCOMPARE(l.left, 132.);
    QCOMPARE(l.waiter.left(), l.left);
    QCOMPARE(l.timeAt(l.xOf(75 * kMs)), 75 * kMs);
    const app::ServedPiece piece {.from = 20 * kMs, .to = 30 * kMs};
    QCOMPARE(upperBar(l, piece).left(), lowerBar(l, 3, piece).left());
    QCOMPARE(upperBar(l, piece).height(), 28.);
    QCOMPARE(lowerBar(l, 3, piece).height(), 12.);
    QCOMPARE(l.lanes[1].top() - l.lanes[0].top(), 18.);
}

void RushLookTest::theFutureIsPale()
{
    RushScene scene;
    scene.resize(768, 568);
    scene.setRush(busyRush(), u"server.js"_s);
    scene.show();
    auto* const picture = scene.findChild<RushPicture*>();
    const auto& guests = picture->shown()->lower.guests;
    const QPoint first = lowerBar(picture->layoutNow(), 0, guests[0].pieces[0]).center().toPoint();
    const QPoint last = lowerBar(picture->layoutNow(), 11, guests[11].pieces[2]).center().toPoint();
    scene.setNow(busyRush().start + picture->shown()->end() / 2);
    const QImage half = picture->grab().toImage();
    scene.setNow(busyRush().start + picture->shown()->end());
    const QImage over = picture->grab().toImage();
    QCOMPARE(half.pixelColor(first), over.pixelColor(first));
    QVERIFY(half.pixelColor(last).lightness() > over.pixelColor(last).lightness() + 30);
}

void RushLookTest::theCompactTotalsHaveNoLongestWait()
{
    for (const bool compact : {false, true}) {
        RushScene scene;
        scene.setCompact(compact);
        scene.resize(768, 568);
        scene.setRush(busyRush(), u"server.js"_s);
        scene.show();
        auto* const picture = scene.findChild<RushPicture*>();
        test::MeasuringDevice device(picture->size());
        picture->render(&device, {}, {}, QWidget::DrawWindowBackground);
        const bool told = std::ranges::contains(
            device.texts(), u"longest wait, waiter or core"_s, &test::MeasuredText::text);
        QCOMPARE(told, !compact);
        QVERIFY(std::ranges::contains(device.texts(), u"stacks reserved"_s, &test::MeasuredText::text));
    }
}

void RushLookTest::theAxisIsInEvenSteps()
{
    const auto ticksOf = [](std::uint64_t end) { return axisTicks(rushLayout({768, 568}, 1, false, 12, end), 100); };
    QCOMPARE(ticksOf(150 * kMs), (std::vector<std::uint64_t> {0, 50 * kMs, 100 * kMs, 150 * kMs}));
    QVERIFY(ticksOf(1).size() >= 1);
    for (const std::uint64_t end : {kMs, 7 * kMs, 333 * kMs, 60'000 * kMs, UINT64_MAX / 4}) {
        const auto ticks = ticksOf(end);
        QVERIFY(ticks.size() >= 2 && ticks.size() <= 9);
        QCOMPARE(ticks[0], 0U);
    }
}

void RushLookTest::aLowWindowHasFewerLanes()
{
    QCOMPARE(lanesIn({768, 568}, 1, false), 12U);
    QCOMPARE(lanesIn({616, 480}, 1, true), 12U);
    QVERIFY(lanesIn({768, 480}, 1, false) < 12);
    QCOMPARE(lanesIn({768, 100}, 1, false), 3U);
    RushScene scene;
    scene.resize(768, 480);
    scene.setRush(busyRush(), u"server.js"_s);
    scene.show();
    const auto* const picture = scene.findChild<RushPicture*>();
    QVERIFY(picture->lanes().more > 0);
    QVERIFY(QRectF(scene.rect()).contains(picture->layoutNow().controls));
}

QTEST_MAIN(RushLookTest)
#include "tst_rushlook.moc"
