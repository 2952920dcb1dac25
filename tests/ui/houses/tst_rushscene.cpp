// The scene of two houses: what its keys do, what it asks for, and what it says.
#include "app/rush/guests.h"
#include "houses/rushcontrols.h"
#include "houses/rushpicture.h"
#include "houses/rushscene.h"
#include "houses/rushwords.h"
#include "text/catalogue.h"

#include <QAccessible>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace bistro;
using namespace bistro::tests;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

struct Shown {
    RushScene scene;
    RushPicture* picture = nullptr;

    explicit Shown(const std::optional<app::Rush>& rush = busyRush())
    {
        scene.resize(768, 568);
        scene.setRush(rush, u"server.js"_s);
        scene.show();
        picture = scene.findChild<RushPicture*>();
        picture->setFocus();
    }
    [[nodiscard]] QSlider* slider(int which) const { return scene.findChildren<QSlider*>().at(which); }
    [[nodiscard]] QPushButton* button(const QString& text) const
    {
        for (QPushButton* const each : scene.findChildren<QPushButton*>()) {
            if (each->text().contains(text))
                return each;
        }
        return nullptr;
    }
};

} // namespace

class RushSceneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void upAndDownChooseAGuest();
    void leftAndRightWalkItsPiecesAndEnterAsksForTheMoment();
    void enterOnAGuestAsksForItsComing();
    void escapeAndTheButtonAskForTheStage();
    void aClickChoosesAndOnAPieceAsksForItsMoment();
    void aTableThatIsSetIsSelectedAndNotTold();
    void aSliderMakesTheUpperHouseComputed();
    void theButtonResetTakesAllBack();
    void fewerThanTwoGuestsAreNoRush();
    void beforeTheFirstRunItSaysToRun();
    void ofManyGuestsTheSlowestElevenHaveALane();
    void whoIsSelectedHasALane();
    void aGuestIsHeardAsASentence();
    void theBottleneckIsSaidWithItsNumberOfGuests();
    void timesReadAsTheyAreSpoken();
};

void RushSceneTest::initTestCase()
{
    app::installCatalogues();
}

void RushSceneTest::upAndDownChooseAGuest()
{
    Shown s;
    QSignalSpy told(&s.scene, &RushScene::tableSelected);
    QTest::keyClick(s.picture, Qt::Key_Down);
    QCOMPARE(s.scene.selectedTable(), 2U);
    QTest::keyClick(s.picture, Qt::Key_Down);
    QCOMPARE(s.scene.selectedTable(), 3U);
    QTest::keyClick(s.picture, Qt::Key_Up);
    QTest::keyClick(s.picture, Qt::Key_Up);
    QCOMPARE(s.scene.selectedTable(), 2U);
    QCOMPARE(told.size(), 3); // the last went nowhere
}

void RushSceneTest::leftAndRightWalkItsPiecesAndEnterAsksForTheMoment()
{
    Shown s;
    QSignalSpy asked(&s.scene, &RushScene::momentAsked);
    s.scene.setSelectedTable(7);
    QTest::keyClick(s.picture, Qt::Key_Right);
    QTest::keyClick(s.picture, Qt::Key_Right);
    QTest::keyClick(s.picture, Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    const auto& pieces = s.picture->shown()->upper.guests[5].pieces;
    QCOMPARE(asked[0][0].value<app::Index>(), pieces[1].begin);
    QTest::keyClick(s.picture, Qt::Key_Left);
    QTest::keyClick(s.picture, Qt::Key_Left); // stays at the first
    QTest::keyClick(s.picture, Qt::Key_Enter);
    QCOMPARE(asked[1][0].value<app::Index>(), pieces[0].begin);
}

void RushSceneTest::enterOnAGuestAsksForItsComing()
{
    Shown s;
    QSignalSpy asked(&s.scene, &RushScene::momentAsked);
    QTest::keyClick(s.picture, Qt::Key_Return); // nobody is chosen
    QCOMPARE(asked.size(), 0);
    s.scene.setSelectedTable(3);
    QTest::keyClick(s.picture, Qt::Key_Return);
    QCOMPARE(asked[0][0].value<app::Index>(), s.picture->shown()->upper.guests[1].event);
}

void RushSceneTest::escapeAndTheButtonAskForTheStage()
{
    Shown s;
    QSignalSpy back(&s.scene, &RushScene::backAsked);
    QTest::keyClick(s.picture, Qt::Key_Escape);
    QTest::keyClick(s.slider(0), Qt::Key_Escape);
    QTest::mouseClick(s.button(u"Back to the stage"_s), Qt::LeftButton);
    QCOMPARE(back.size(), 3);
}

void RushSceneTest::aClickChoosesAndOnAPieceAsksForItsMoment()
{
    Shown s;
    QSignalSpy asked(&s.scene, &RushScene::momentAsked);
    const RushLayout& l = s.picture->layoutNow();
    QTest::mouseClick(s.picture, Qt::LeftButton, {}, l.labelOf(4).center().toPoint());
    QCOMPARE(s.scene.selectedTable(), 6U);
    QCOMPARE(asked.size(), 0);
    const app::ServedPiece& piece = s.picture->shown()->lower.guests[7].pieces[1];
    QTest::mouseClick(s.picture, Qt::LeftButton, {}, lowerBar(l, 7, piece).center().toPoint());
    QCOMPARE(s.scene.selectedTable(), 9U);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].value<app::Index>(), piece.begin);
    const app::ServedPiece& above = s.picture->shown()->upper.guests[2].pieces[0];
    QTest::mouseClick(s.picture, Qt::LeftButton, {}, upperBar(l, above).center().toPoint());
    QCOMPARE(s.scene.selectedTable(), 4U);
    QCOMPARE(asked[1][0].value<app::Index>(), above.begin);
}

void RushSceneTest::aTableThatIsSetIsSelectedAndNotTold()
{
    Shown s;
    QSignalSpy told(&s.scene, &RushScene::tableSelected);
    s.scene.setSelectedTable(7);
    QCOMPARE(s.scene.selectedTable(), 7U);
    s.scene.setSelectedTable(99);
    QCOMPARE(s.scene.selectedTable(), 0U);
    s.scene.setSelectedTable(0);
    QCOMPARE(told.size(), 0);
}

void RushSceneTest::aSliderMakesTheUpperHouseComputed()
{
    Shown s;
    QSignalSpy changed(&s.scene, &RushScene::assumptionsChanged);
    const std::uint64_t before = s.picture->shown()->upper.serving();
    QTest::keyClick(s.slider(1), Qt::Key_Right);
    QTest::keyClick(s.slider(1), Qt::Key_Right);
    QCOMPARE(s.scene.assumptions().computing, 2.);
    QVERIFY(s.picture->shown()->upper.computed);
    QCOMPARE(s.picture->shown()->upper.serving(), 2 * before);
    QTest::keyClick(s.slider(0), Qt::Key_Left);
    QVERIFY(s.scene.assumptions().cooking < 1);
    QTest::keyClick(s.slider(2), Qt::Key_Right);
    QCOMPARE(s.scene.assumptions().guests, 13);
    QCOMPARE(changed.size(), 4);
}

void RushSceneTest::theButtonResetTakesAllBack()
{
    Shown s;
    QPushButton* const reset = s.button(u"Reset"_s);
    QVERIFY(!reset->isEnabled());
    s.scene.setAssumptions({.cooking = 2, .computing = 4, .guests = 20, .cores = 2});
    QVERIFY(reset->isEnabled());
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(s.scene.assumptions(), (app::RushAssumptions {.cores = 2}));
    QVERIFY(!s.picture->shown()->upper.computed);
    QVERIFY(!reset->isEnabled());
    QCOMPARE(s.slider(2)->value(), 12);
}

void RushSceneTest::beforeTheFirstRunItSaysToRun()
{
    RushScene scene;
    auto* const picture = scene.findChild<RushPicture*>();
    const QString told = u"Run the program first: then both restaurants stand here."_s;
    QCOMPARE(picture->accessibleDescription(), told);
    scene.setRush({}, u"server.js"_s);
    QCOMPARE(picture->accessibleDescription(), u"Needs a rush: send customers first."_s);
    scene.setRush(busyRush(), u"server.js"_s);
    QVERIFY(picture->shown());
    scene.clear(); // another program
    QVERIFY(!picture->shown());
    QCOMPARE(picture->accessibleDescription(), told);
}

void RushSceneTest::fewerThanTwoGuestsAreNoRush()
{
    for (const std::optional<app::Rush>& rush :
        {std::optional<app::Rush>(), std::optional(rushOfGuests({guestOf(2, 0, {{0, 0, 1}})}))}) {
        Shown s(rush);
        QVERIFY(!s.picture->shown());
        QVERIFY(!s.slider(0)->isVisible());
        QVERIFY(s.button(u"Back to the stage"_s)->isVisible());
        QCOMPARE(s.picture->accessibleDescription(), u"Needs a rush: send customers first."_s);
        for (const auto key : {Qt::Key_Down, Qt::Key_Right, Qt::Key_Return})
            QTest::keyClick(s.picture, key);
        QCOMPARE(s.scene.selectedTable(), 0U);
    }
}

void RushSceneTest::ofManyGuestsTheSlowestElevenHaveALane()
{
    Shown s;
    s.scene.setAssumptions({.computing = 4, .guests = 30});
    const RushLanes& lanes = s.picture->lanes();
    QCOMPARE(lanes.guests.size(), 11U);
    QCOMPARE(lanes.more, 19U);
    QVERIFY(std::ranges::is_sorted(lanes.guests));
    const auto& guests = s.picture->shown()->upper.guests;
    std::uint64_t fastest = UINT64_MAX;
    for (const std::size_t guest : lanes.guests)
        fastest = std::min(fastest, guests[guest].served - guests[guest].came);
    for (std::size_t i = 0; i < guests.size(); ++i)
        QVERIFY(std::ranges::contains(lanes.guests, i) || guests[i].served - guests[i].came <= fastest);
    QCOMPARE(moreGuests(19), u"19 more guests without a lane"_s);
    QCOMPARE(moreGuests(1), u"one more guest without a lane"_s);
}

void RushSceneTest::whoIsSelectedHasALane()
{
    Shown s;
    s.scene.setAssumptions({.computing = 4, .guests = 30});
    for (std::size_t guest = 0; guest < 30; ++guest) {
        s.scene.setSelectedTable(s.picture->shown()->upper.guests[guest].table);
        QVERIFY(std::ranges::contains(s.picture->lanes().guests, guest));
        QCOMPARE(s.picture->lanes().guests.size(), 11U);
    }
}

void RushSceneTest::aGuestIsHeardAsASentence()
{
    Shown s(calmRush());
    QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(s.picture);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 3);
    QCOMPARE(list->child(2)->text(QAccessible::Name),
        u"Table 4: with one waiter served after 52 ms, 2.0 ms waiting for him. With its own after 50 ms, that waiter "
        "idle for 40 ms."_s);
    QCOMPARE(list->indexOfChild(list->child(1)), 1);
    QVERIFY(list->child(0)->rect().isValid());
    QVERIFY(!list->child(1)->state().selected);
    list->child(1)->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(s.scene.selectedTable(), 3U);
    QVERIFY(list->child(1)->state().selected);
    QSignalSpy asked(&s.scene, &RushScene::momentAsked);
    list->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(asked.size(), 1);
    for (QSlider* const slider : s.scene.findChildren<QSlider*>())
        QVERIFY(!slider->accessibleName().isEmpty());
}

void RushSceneTest::theBottleneckIsSaidWithItsNumberOfGuests()
{
    Shown s;
    QVERIFY(bottleneckTexts(*s.picture->shown()).isEmpty());
    s.scene.setAssumptions({.computing = 8});
    const QStringList texts = bottleneckTexts(*s.picture->shown());
    QVERIFY(!texts.isEmpty());
    const auto from = app::bottleneckFrom(busyRush(), {.computing = 8});
    QVERIFY(texts[0].endsWith(u"from %1 guests on."_s.arg(*from)));
    QVERIFY(s.picture->accessibleDescription().contains(texts[0]));
}

void RushSceneTest::timesReadAsTheyAreSpoken()
{
    QCOMPARE(rushTime(0), u"0 ms"_s);
    QCOMPARE(rushTime(10'240'000), u"10.2 ms"_s);
    QCOMPARE(rushTime(102'600'000), u"103 ms"_s);
    QCOMPARE(rushTime(12'400'000'000), u"12.4 s"_s);
    QCOMPARE(rushNumber(50'000'000), u"50"_s);
    QCOMPARE(stackSize(96ull << 20), u"96 MiB"_s);
    QCOMPARE(stackSize(1'536ull << 20), u"1.5 GiB"_s);
    QCOMPARE(factorText(1), u"×1"_s);
    QCOMPARE(factorText(1.4), u"×1.4"_s);
    QCOMPARE(factorText(0.25), u"×0.25"_s);
}

QTEST_MAIN(RushSceneTest)
#include "tst_rushscene.moc"
