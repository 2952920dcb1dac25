// The stage as a widget: pointer, keys, names for assistive technology, travelling slips, and quiet while nothing
// changes.
#include "handstate.h"
#include "stage/figures.h"
#include "stage/makepicture.h"
#include "stage/ordersmodel.h"
#include "stage/paint.h"
#include "stage/slipmodel.h"
#include "stage/stagetable.h"
#include "stage/stageview.h"
#include "stage/stagewords.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QQuickItem>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <random>

using namespace bistro;
using namespace bistro::ui;
using bistro::test::HandState;
using namespace Qt::StringLiterals;

namespace {

HandState notes(int ticks)
{
    HandState hand;
    hand.start(1).pool(5, u"dish"_s).begun(5, 1).timer(6, u"dessert"_s, 100);
    for (int i = 0; i < ticks; ++i)
        hand.tick(10 + static_cast<std::uint32_t>(i), u"tick %1"_s.arg(i));
    return hand;
}

// A stage on the screen that shows what is in `hand`.
struct Shown {
    HandState hand;
    StageView view;

    explicit Shown(HandState state, QSize size = {768, 568})
        : hand(std::move(state))
    {
        view.resize(size);
        view.setSource([this](const Moment&, const StageOptions& options) {
            return pictureOf(hand.state(), app::servingOrder(hand.state(), 500), hand, options);
        });
        refresh(StageView::Motion::Jump);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
        view.activateWindow();
    }
    void refresh(StageView::Motion motion)
    {
        Moment moment;
        moment.facts = &hand;
        view.setMoment(moment, motion);
    }
    // Made after the first picture.
    [[nodiscard]] QQuickWidget* quick() const
    {
        (void)QTest::qWaitFor([this] { return view.findChild<QQuickWidget*>() != nullptr; });
        return view.findChild<QQuickWidget*>();
    }
    [[nodiscard]] QPoint middle(std::uint32_t order) const
    {
        return view.rectOf(app::OrderId::async(order)).center().toPoint();
    }
};

QList<QQuickItem*> slipItems(QQuickItem* root)
{
    QList<QQuickItem*> found;
    for (QQuickItem* const child : root->childItems()) {
        if (QByteArray(child->metaObject()->className()).contains("SlipItem"))
            found << child;
    }
    return found;
}

} // namespace

class TestStageView : public QObject {
    Q_OBJECT

private slots:
    void aClickOnASlipNamesItsOrder()
    {
        Shown stage(notes(2));
        QSignalSpy clicked(&stage.view, &StageView::orderClicked);
        QTest::mouseClick(stage.quick(), Qt::LeftButton, {}, stage.middle(10));
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.front().front().value<app::OrderId>(), app::OrderId::async(10));
        QTest::mouseClick(stage.quick(), Qt::LeftButton, {}, stage.middle(5)); // with a cook
        QCOMPARE(clicked.back().front().value<app::OrderId>(), app::OrderId::async(5));
        QTest::mouseClick(stage.quick(), Qt::LeftButton, {}, {4, 4}); // where nothing is
        QCOMPARE(clicked.size(), 3);
        QVERIFY(!clicked.back().front().value<app::OrderId>());
    }

    void hoveringNamesTheOrderAndLeavingNobody()
    {
        Shown stage(notes(1));
        QSignalSpy hovered(&stage.view, &StageView::orderHovered);
        QTest::mouseMove(stage.quick(), stage.middle(10));
        QVERIFY(QTest::qWaitFor([&] { return hovered.size() == 1; }));
        QCOMPARE(hovered.back().front().value<app::OrderId>(), app::OrderId::async(10));
        QTest::mouseMove(stage.quick(), {4, 4});
        QVERIFY(QTest::qWaitFor([&] { return hovered.size() == 2; }));
        QVERIFY(!hovered.back().front().value<app::OrderId>());
    }

    void aTabOpensTheListOfItsOrders()
    {
        Shown stage(notes(20));
        QSignalSpy clicked(&stage.view, &StageView::orderClicked);
        const auto& slips = stage.view.picture().slips;
        const auto tab = std::ranges::find(slips, SlipForm::Tab, &StageSlip::form);
        QVERIFY(tab != slips.end());
        QTest::mouseClick(stage.quick(), Qt::LeftButton, {}, stage.view.rectOf(*tab).center().toPoint());
        const auto* const menu = stage.view.findChild<QMenu*>();
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 18);
        QVERIFY(menu->actions().front()->text().contains(u"tick 2"_s));
        menu->actions().front()->trigger();
        QCOMPARE(clicked.back().front().value<app::OrderId>(), app::OrderId::async(12));
    }

    void arrowKeysWalkTheSlipsInServingOrder()
    {
        Shown stage(notes(2));
        stage.view.setFocus(Qt::TabFocusReason);
        QSignalSpy clicked(&stage.view, &StageView::orderClicked);
        QTest::keyClick(&stage.view, Qt::Key_Home);
        QStringList walked;
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(&stage.view, Qt::Key_Return);
            walked << u"#%1"_s.arg(clicked.back().front().value<app::OrderId>().value);
            QTest::keyClick(&stage.view, Qt::Key_Right);
        }
        QCOMPARE(walked.join(u' '), u"#10 #11 #5 #6 #6"_s); // ticks by number, cook, egg timer, and there it ends
        QTest::keyClick(&stage.view, Qt::Key_Home);
        QTest::keyClick(&stage.view, Qt::Key_Space);
        QCOMPARE(clicked.back().front().value<app::OrderId>(), app::OrderId::async(10));
    }

    void everySlipIsANamedItemForAssistiveTechnology()
    {
        QAccessible::setActive(true);
        Shown stage(notes(2));
        QAccessibleInterface* const access = QAccessible::queryAccessibleInterface(&stage.view);
        QVERIFY(access);
        QCOMPARE(access->role(), QAccessible::List);
        const auto slips = [&] { return access->childCount() - static_cast<int>(stage.view.places().size()); };
        QCOMPARE(slips(), 4);
        QCOMPARE(access->child(0)->text(QAccessible::Name), u"tick 0, #10, line 10. It is number 1 to be served."_s);
        QCOMPARE(access->child(0)->role(), QAccessible::ListItem);
        QCOMPARE(access->indexOfChild(access->child(2)), 2);
        QCOMPARE(access->child(1)->parent(), access);
        QVERIFY(access->text(QAccessible::Description).contains(u"Ticks: tick 0"_s));
        QSignalSpy clicked(&stage.view, &StageView::orderClicked);
        auto* const actions = static_cast<QAccessibleActionInterface*>(
            access->child(1)->interface_cast(QAccessible::ActionInterface));
        actions->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(clicked.back().front().value<app::OrderId>(), app::OrderId::async(11));

        // A slip that is gone is no child any more, and a stale one answers nothing.
        QAccessibleInterface* const first = access->child(0);
        stage.hand.finish(1).start(10);
        stage.refresh(StageView::Motion::Jump);
        QCOMPARE(slips(), 3);
        QCOMPARE(access->child(0)->text(QAccessible::Name), u"tick 1, #11, line 11. It is number 1 to be served."_s);
        Q_UNUSED(first);
    }

    void aTabIsPressedLikeASlip()
    {
        QAccessible::setActive(true);
        Shown stage(notes(20));
        QAccessibleInterface* const access = QAccessible::queryAccessibleInterface(&stage.view);
        for (int i = 0; i < access->childCount(); ++i) {
            QAccessibleInterface* const item = access->child(i);
            if (!item->text(QAccessible::Name).contains(u" more. They are numbers "_s))
                continue;
            static_cast<QAccessibleActionInterface*>(item->interface_cast(QAccessible::ActionInterface))
                ->doAction(QAccessibleActionInterface::pressAction());
            break;
        }
        QVERIFY(stage.view.findChild<QMenu*>());
        stage.view.findChild<QMenu*>()->close();
    }

    void slipsTravelToWhereTheyAre()
    {
        Shown stage(notes(1));
        QQuickItem* const root = stage.quick()->rootObject();
        stage.hand.done(5, 1); // from the cook to the pass
        QQuickItem* dish = nullptr;
        for (QQuickItem* const item : slipItems(root)) {
            if (item->property("slip").value<StageSlip>().order == app::OrderId::async(5))
                dish = item;
        }
        QVERIFY(dish);
        const QPointF before = dish->position();
        const QPointer<QQuickItem> same = dish;
        stage.refresh(StageView::Motion::Travel);
        QCOMPARE(dish->position(), before); // it has just begun
        const QRectF there = stage.view.rectOf(app::OrderId::async(5));
        QVERIFY(QTest::qWaitFor(
            [&] { return (dish->position() + QPointF(14, 14) - there.topLeft()).manhattanLength() < 2; }));
        QVERIFY(same);

        // Jumping takes no time.
        stage.hand.tick(40, u"late"_s);
        stage.refresh(StageView::Motion::Jump);
        for (QQuickItem* const item : slipItems(root))
            QVERIFY(item->opacity() == 1);
    }

    void whatIsServedTravelsToTheWaiterAndIsGone()
    {
        Shown stage(notes(2));
        stage.hand.finish(1).start(10);
        stage.refresh(StageView::Motion::Travel);
        QCOMPARE(slipItems(stage.quick()->rootObject()).size(), 4); // one of them leaves
        QVERIFY(QTest::qWaitFor([&] { return slipItems(stage.quick()->rootObject()).size() == 3; }));
    }

    void nothingHappensWhileNothingChanges()
    {
        Shown stage(notes(3));
        stage.hand.tick(40, u"late"_s);
        stage.refresh(StageView::Motion::Travel);
        const auto quiet = [&] { return std::ranges::none_of(stage.view.findChildren<QTimer*>(), &QTimer::isActive); };
        QSignalSpy frames(stage.quick()->quickWindow(), &QQuickWindow::afterRendering);
        QVERIFY(QTest::qWaitFor([&] { return frames.size() > 3; })); // it travels
        // As long as frames still come, wait; then none may come in four times the length of an animation.
        qsizetype seen = -1;
        while (seen != frames.size()) {
            seen = frames.size();
            QTest::qWait(250);
        }
        QVERIFY(quiet());
        frames.clear();
        QTest::qWait(800);
        QCOMPARE(frames.size(), 0);
    }

    void theOrdersModelTellsEveryChange()
    {
        OrdersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(7);
        for (int i = 0; i < 200; ++i) {
            const HandState hand = notes(static_cast<int>(random() % 30));
            const StagePicture picture = pictureOf(hand.state(), app::servingOrder(hand.state(), 500), hand,
                {.skin = random() % 5 == 0 ? Skin::Loop : Skin::Restaurant});
            model.setPicture(picture, &hand);
            std::size_t orders = picture.running.size();
            for (const StageSlip& slip : picture.slips)
                orders += static_cast<std::size_t>(slip.count);
            QCOMPARE(static_cast<std::size_t>(model.rowCount()), orders);
        }
        const HandState hand = notes(5);
        model.setPicture(pictureOf(hand.state(), app::servingOrder(hand.state(), 500), hand, {}), &hand);
        QCOMPARE(model.index(1, OrdersModel::Title).data().toString(), u"tick 0"_s); // behind what runs
        QCOMPARE(model.index(5, OrdersModel::Title).data().toString(), u"tick 4"_s);
        QCOMPARE(model.index(1, OrdersModel::ServingNumber).data().toInt(), 1);
        QCOMPARE(model.index(7, OrdersModel::Where).data().toString(), u"Pending timers"_s);
    }

    void theTableSaysOfEachOrderWhereItIsAndWhy()
    {
        OrdersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        int asked = 0;
        model.setReason([&](app::OrderId order) {
            ++asked;
            return u"because %1"_s.arg(order.value);
        });
        HandState hand = notes(3);
        const auto picture = [&] { return pictureOf(hand.state(), app::servingOrder(hand.state(), 500), hand, {}); };
        model.setPicture(picture(), &hand);
        const auto row = [&](int i) {
            QStringList cells;
            for (const auto column : {OrdersModel::ServingNumber, OrdersModel::Title, OrdersModel::Where,
                     OrdersModel::State, OrdersModel::Why})
                cells << model.index(i, column).data().toString();
            return cells.join(u" | "_s);
        };
        QVERIFY2(row(0).endsWith(u" | With the waiter | is being served | because 1"_s), qPrintable(row(0)));
        QCOMPARE(row(1), u"1 | tick 0 | Ticks | next | because 10"_s);
        QCOMPARE(row(2), u"2 | tick 1 | Ticks | ready | because 11"_s);
        const int before = asked;
        (void)row(0);
        QCOMPARE(asked, before); // remembered
        model.forgetReasons();
        (void)row(0);
        QCOMPARE(asked, before + 1);
    }

    void aRowIsTheSelectedOrderWhereverItGoes()
    {
        OrdersModel model;
        StageTable view(model);
        view.resize(600, 300);
        view.show();
        HandState hand = notes(5);
        const auto show = [&](const HandState& state) {
            model.setPicture(pictureOf(state.state(), app::servingOrder(state.state(), 500), state, {}), &state);
        };
        show(hand);
        QSignalSpy selected(&view, &StageTable::orderSelected);
        QSignalSpy activated(&view, &StageTable::orderActivated);
        QTableView& table = view.table();
        QTest::keyClick(&table, Qt::Key_Down);
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(selected.size(), 2);
        const app::OrderId second = model.orderAt(1);
        QCOMPARE(selected.last().first().value<app::OrderId>(), second);
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.last().first().value<app::OrderId>(), second);
        // It moves up, and goes: nobody has wished for another one.
        HandState fewer = notes(5);
        show(notes(30));
        QCOMPARE(model.orderAt(table.currentIndex().row()), second);
        show(notes(0));
        QCOMPARE(table.selectionModel()->selectedRows().size(), 0);
        QCOMPARE(selected.size(), 2);
        show(fewer);
        QCOMPARE(model.orderAt(table.currentIndex().row()), second); // it is there again
        // From elsewhere, silently.
        view.setSelected(model.orderAt(3));
        QCOMPARE(table.currentIndex().row(), 3);
        view.setSelected({});
        QCOMPARE(table.selectionModel()->selectedRows().size(), 0);
        QCOMPARE(selected.size(), 2);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(model.index(2, 0)).center());
        QCOMPARE(selected.size(), 3);
        QTest::keyClick(&table, Qt::Key_End);
        QCOMPARE(table.currentIndex().row(), model.rowCount() - 1);
        QTest::keyClick(&table, Qt::Key_Home);
        QCOMPARE(table.currentIndex().row(), 0);
        // What a screen reader is told.
        QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(&table);
        QVERIFY(face && face->tableInterface());
        QCOMPARE(face->text(QAccessible::Name), u"Orders, in the order in which they are served"_s);
        QCOMPARE(face->tableInterface()->columnDescription(OrdersModel::Why), u"Why"_s);
        QCOMPARE(face->tableInterface()->cellAt(1, OrdersModel::Title)->text(QAccessible::Name), u"tick 0"_s);
    }

    void nothingOfATableIsCutAtAnyWidth()
    {
        OrdersModel model;
        model.setReason([](app::OrderId) {
            return u"Four cooks are busy, and six orders wait for one. This one is the fifth of those in line."_s;
        });
        StageTable view(model);
        const HandState hand = notes(40);
        model.setPicture(pictureOf(hand.state(), app::servingOrder(hand.state(), 500), hand, {}), &hand);
        for (const double zoom : {1.0, 2.0}) {
            view.setTheme(Theme(Scheme::Light, zoom));
            for (const int width : {360, 500, 900}) {
                view.resize(static_cast<int>(width * zoom), 400);
                view.show();
                QTableView& table = view.table();
                const auto whole = [&](int row) {
                    for (int column = 0; column < model.columnCount(); ++column) {
                        if (table.isColumnHidden(column))
                            continue;
                        const QString text = model.index(row, column).data().toString();
                        const QRect room = table.visualRect(model.index(row, column)).adjusted(4, 0, -4, 0);
                        const QRect needs = table.fontMetrics().boundingRect(
                            QRect(0, 0, room.width(), 10'000), Qt::TextWordWrap, text);
                        if (needs.height() > room.height())
                            return false;
                    }
                    return true;
                };
                QVERIFY(
                    QTest::qWaitFor([&] { return whole(0) && whole(table.rowAt(table.viewport()->height() / 2)); }));
            }
        }
    }

    void theChosenRowsAndTheSummaryAreCopiedAsText()
    {
        OrdersModel model;
        model.setReason([](app::OrderId order) { return u"because\t%1"_s.arg(order.value); });
        StageTable view(model);
        view.resize(600, 300);
        view.setSummary(u"Running now\nRound 1 of the loop"_s);
        view.show();
        view.activateWindow();
        const HandState hand = notes(3);
        model.setPicture(pictureOf(hand.state(), app::servingOrder(hand.state(), 500), hand, {}), &hand);
        QTableView& table = view.table();
        table.setFocus();
        const auto copied = [] { return QGuiApplication::clipboard()->text(); };
        QTest::keyClick(&table, Qt::Key_Home);
        QTest::keyClick(&table, Qt::Key_Down);
        QTest::keyClick(&table, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied(), u"1\ttick 0\tTicks\tnext\tbecause 10\n2\ttick 1\tTicks\tready\tbecause 11"_s);
        QTest::keyClick(&table, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(view.chosenText().count(u'\n') + 1, model.rowCount());
        QVERIFY(view.wholeText().startsWith(u"Running now\nRound 1 of the loop\nServed\tOrder\tWhere\tState\tWhy\n"_s));
        const auto choose = [&](const QString& entry) {
            QTest::mouseClick(table.viewport(), Qt::RightButton, {}, {20, 10});
            QContextMenuEvent asks(
                QContextMenuEvent::Keyboard, {20, 10}, table.viewport()->mapToGlobal(QPoint(20, 10)));
            QCoreApplication::sendEvent(table.viewport(), &asks);
            for (QMenu* const menu : view.findChildren<QMenu*>()) {
                for (QAction* const action : menu->actions()) {
                    if (action->text() == entry)
                        action->trigger();
                }
                menu->close();
            }
        };
        choose(u"Copy the &Summary"_s);
        QCOMPARE(copied(), view.summary());
        choose(u"Copy &Everything"_s);
        QCOMPARE(copied(), view.wholeText());
        QGuiApplication::clipboard()->clear();
        view.summaryLabel().setFocus();
        QTest::keyClick(&view.summaryLabel(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied(), view.summary());
        // What a screen reader is told of both.
        QCOMPARE(QAccessible::queryAccessibleInterface(&view.summaryLabel())->text(QAccessible::Name), view.summary());
        QCOMPARE(model.index(1, OrdersModel::Title).data(Qt::AccessibleDescriptionRole).toString(),
            u"tick 0, Ticks, next. It is number 1 to be served."_s);
    }

    void theSlipModelTellsEveryChange()
    {
        SlipModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(11);
        for (int i = 0; i < 200; ++i) {
            const HandState hand = notes(static_cast<int>(random() % 8));
            const StagePicture picture = pictureOf(hand.state(), app::servingOrder(hand.state(), 500), hand, {});
            const bool travel = random() % 2 == 0;
            model.setSlips(picture.slips, {10, 10}, {10, 10}, travel);
            if (random() % 3 == 0)
                model.dropLeaving();
            if (!travel)
                QCOMPARE(static_cast<std::size_t>(model.rowCount()), picture.slips.size());
        }
        model.dropLeaving();
        QVERIFY(!model.isAnyLeaving());
    }

    void aTabThatIsGoneGoesAtOnceAndASlipTravels()
    {
        SlipModel model;
        const auto slip = [](std::uint64_t key, SlipForm form) {
            StageSlip made;
            made.key = key;
            made.form = form;
            return made;
        };
        model.setSlips({slip(1, SlipForm::Tab), slip(2, SlipForm::Head)}, {}, {}, false);
        model.setSlips({}, {}, {}, true);
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(model.index(0, 0).data(SlipModel::LeavingRole).toBool());
        model.dropLeaving();
        QCOMPARE(model.rowCount(), 0);
    }

    void theLayoutFollowsTheRoom()
    {
        using Fit = StageView::Fit;
        QCOMPARE(StageView::fitFor({768, 568}, 1, false), (Fit {StageSize::Normal, 1, {0, 0}}));
        QCOMPARE(StageView::fitFor({616, 480}, 1, false), (Fit {StageSize::Compact, 1, {0, 0}}));
        // Beside the course's list: its columns are compact, and no band is left above and below.
        QCOMPARE(StageView::fitFor({616, 568}, 1, false), (Fit {StageSize::Narrow, 1, {0, 0}}));
        QCOMPARE(StageView::fitFor({888, 768}, 1.5, true), (Fit {StageSize::Presentation, 1.5, {0, 0}}));
        QCOMPARE(StageView::fitFor({1152, 852}, 1.5, false), (Fit {StageSize::Normal, 1.5, {0, 0}}));
        const Fit wide = StageView::fitFor({1248, 748}, 1, false); // a window of 1920 x 1080
        QCOMPARE(wide.size, StageSize::Normal);
        QVERIFY(wide.scale >= 1.25 && wide.scale <= 748. / 568);
        QVERIFY(wide.origin.x() > 0);
        // Smaller than anything: never shrunk; its pane scrolls.
        QCOMPARE(StageView::fitFor({300, 200}, 1, false).scale, 1);
        QCOMPARE(StageView::fitFor({600, 400}, 1.5, false).scale, 1.5);
        // What nobody misses at its sides, and a scroll bar's width.
        QCOMPARE(StageView::fitFor({600, 476}, 1, false), (Fit {StageSize::Compact, 1, {-8, -2}}));
        QVERIFY(std::abs(StageView::fitFor({588, 476}, 1, false).scale - 0.98) < 1e-6);
        // Magnified for a room, it becomes smaller before it is cut.
        const double presented = StageView::fitFor({740, 640}, 1.5, true).scale;
        QVERIFY(presented > 1.2 && presented < 1.3);
        QCOMPARE(StageView::fitFor({300, 200}, 1.5, true).scale, 1.125);
    }

    void aNameThatIsReadFromTheRightKeepsItsSentenceInOrder()
    {
        Figures figures;
        const auto shape = [](const QString& words) {
            return TextShape {.at = {4, 15}, .width = 290, .runs = {{.text = words}}};
        };
        // The name stands where the sentence has it, here at the left: what follows is not drawn before it.
        const auto begins = [&](const QString& words, const QString& name) {
            QImage image(300, 30, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            paintShapes(painter, {shape(words)}, Theme(Scheme::Light), figures);
            return image.copy(0, 0, 4 + static_cast<int>(widthOf(shape(name))), 30);
        };
        for (const QString& name : {u"\u05e7\u05e4\u05d4"_s, u"\u0642\u0647\u0648\u0629"_s, u"dish"_s}) {
            const QImage alone = begins(name, name);
            QCOMPARE(begins(isolated(name) + u", 12 ms"_s, name), alone);
            QCOMPARE(begins(isolated(name) + u" rings"_s, name), alone);
            QCOMPARE(begins(isolated(name) + u" :12"_s, name), alone);
        }
        QCOMPARE(isolated(u"dish"_s), u"dish"_s); // nothing is put where nothing is needed
    }

    void everySizeAndSkinDraws()
    {
        Shown stage(notes(4));
        for (const QSize size :
            {QSize(768, 568), QSize(616, 568), QSize(616, 480), QSize(1248, 748), QSize(333, 777)}) {
            for (const Skin skin : {Skin::Restaurant, Skin::Loop}) {
                for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
                    stage.view.resize(size);
                    stage.view.setSkin(skin);
                    stage.view.setTheme(Theme(scheme, 1));
                    const QImage image = stage.view.grab().toImage();
                    QSet<QRgb> colors;
                    for (int y = 0; y < image.height(); y += 3) {
                        for (int x = 0; x < image.width(); x += 3)
                            colors.insert(image.pixel(x, y));
                    }
                    QVERIFY2(colors.size() > 60,
                        qPrintable(u"%1 colours at %2x%3"_s.arg(colors.size()).arg(size.width()).arg(size.height())));
                    // The corners are the ground's, not the widget's own.
                    QVERIFY(qAlpha(image.pixel(1, 1)) == 255);
                }
            }
        }
    }
};

QTEST_MAIN(TestStageView)
#include "tst_stageview.moc"
