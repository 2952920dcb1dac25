// What you look at in the window, and how: timeline, stage, skins as text, themes, sizes, presentation, dialogs.
#include "panels/callstackpanel.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "stage/stagetable.h"
#include "stage/stageview.h"
#include "theme/theme.h"
#include "timeline/timelineview.h"
#include "window/dialogs.h"
#include "window/findingspage.h"
#include "windowdriver.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>
#include <QThread>
#include <QWheelEvent>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = uR"(console.log('one');
setTimeout(function dessert() { console.log('three') }, 30);
setTimeout(function coffee() { console.log('four') }, 60);
process.nextTick(() => console.log('two'));
)"_s;

// How often a widget was painted.
class PaintCount final : public QObject {
public:
    explicit PaintCount(QWidget& widget) { widget.installEventFilter(this); }
    [[nodiscard]] int count() const { return m_count; }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }

private:
    int m_count = 0;
};

void turnWheel(QWidget* widget, const QPointF& at, const QPoint& angle, Qt::KeyboardModifiers modifiers = {})
{
    QWheelEvent event(at, widget->mapToGlobal(at), {}, angle, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
}

} // namespace

class TestWindowViews : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void aClickIntoTheTimelineGoesToThatMoment()
    {
        TimelineView& timeline = shownTimeline();
        const app::Index second = session().log()->outputs()[2];
        const QPoint point = onTimeline(session().log()->event(second).time);
        QTest::mouseClick(&timeline, Qt::LeftButton, {}, point);
        QCOMPARE(session().place(), TimelineIndex::placeAt(*session().log(), timeline.timeAt(point.x())));
        QVERIFY(session().place() > 0 && session().place() < session().log()->size());
        QVERIFY(QTest::qWaitFor([&] { return timeline.playhead() == session().place(); }, kLong));
    }

    void aStepLaysOutItsCardAndNotTheWindow()
    {
        struct Count final : QObject {
            int layouts = 0;
            QStringList of;
            bool eventFilter(QObject* watched, QEvent* event) override
            {
                if (event->type() == QEvent::LayoutRequest) {
                    ++layouts;
                    of += u"%1 %2"_s.arg(
                        QString::fromLatin1(watched->metaObject()->className()), watched->objectName());
                }
                return false;
            }
        } count;
        Settings settings = m_window->settings();
        settings.blockedAfter = 600'000; // on a slow machine a badge would come and go
        m_window->setSettings(settings);
        QVERIFY(run(kProgram));
        session().goTo(0);
        const auto* const narration = m_window->findChild<NarrationBar*>();
        QString before;
        const auto drawn = [&] {
            return narration->asText() != before && m_window->timeline().playhead() == session().place();
        };
        QVERIFY(QTest::qWaitFor(drawn, kLong));
        press(Qt::Key_F8);
        before = narration->asText();
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().playhead() == session().place(); },
            kLong)); // badges of the moment are there
        QCoreApplication::processEvents();
        const auto splitters = m_window->findChildren<QSplitter*>();
        QVERIFY(splitters.size() >= 4);
        for (QSplitter* const splitter : splitters)
            splitter->installEventFilter(&count);
        m_window->centralWidget()->installEventFilter(&count);
        QVERIFY(QTest::qWaitFor([&] { return m_window->findings().search().isWhole(); }, kLong)); // beside all this
        int told = 0;
        for (int walk = 0; walk < 2; ++walk) { // what comes for the first time may be laid out
            count.layouts = 0;
            count.of.clear();
            for (int i = 0; i < 20; ++i) {
                before = narration->asText();
                press(Qt::Key_F8);
                QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().playhead() == session().place(); }, kLong));
                QCoreApplication::processEvents();
                told += narration->asText() != before ? 1 : 0;
            }
            for (int i = 0; i < 20 && walk == 0; ++i)
                press(Qt::Key_F8, Qt::ShiftModifier);
            QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().playhead() == session().place(); }, kLong));
            QCoreApplication::processEvents();
        }
        QVERIFY(told > 20);
        QVERIFY2(count.layouts == 0, qPrintable(count.of.join(u", "_s)));
    }

    void theToolbarGivesUpWordsBeforeAControlIsCut()
    {
        const auto cut = [&] {
            QStringList names;
            for (const QString& name : {u"run"_s, u"previous-callback"_s, u"step-back"_s, u"step-forward"_s,
                     u"next-callback"_s, u"next-print"_s, u"restaurant"_s, u"loop"_s}) {
                const auto* const button = m_window->toolBar().findChild<QToolButton*>(name);
                if (!button || !button->isVisible() || button->width() < button->sizeHint().width())
                    names += name;
            }
            return names;
        };
        const auto* const callback = m_window->toolBar().findChild<QToolButton*>(u"next-callback"_s);
        QCOMPARE(callback->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
        m_window->resize(760, 600);
        QVERIFY(
            QTest::qWaitFor([&] { return callback->toolButtonStyle() == Qt::ToolButtonIconOnly && cut().isEmpty(); }));
        m_window->resize(1440, 900);
        QVERIFY(QTest::qWaitFor(
            [&] { return callback->toolButtonStyle() == Qt::ToolButtonTextBesideIcon && cut().isEmpty(); }));
    }

    void thePlayheadIsDraggedThroughTheTimeline()
    {
        TimelineView& timeline = shownTimeline();
        const app::TraceLog& log = *session().log();
        const QPoint from = onTimeline(log.event(log.outputs()[0]).time);
        const QPoint to = onTimeline(log.event(log.outputs()[3]).time);
        QVERIFY(to.x() - from.x() > 50);
        QTest::mousePress(&timeline, Qt::LeftButton, {}, from);
        app::Place before = session().place();
        int moved = 0;
        for (int x = from.x() + 10; x <= to.x(); x += 10) {
            QTest::mouseMove(&timeline, {x, from.y()});
            QCOMPARE_GE(session().place(), before);
            moved += session().place() != before ? 1 : 0;
            before = session().place();
        }
        QVERIFY(moved > 1);
        QTest::mouseRelease(&timeline, Qt::LeftButton, {}, to);
        const app::Place dropped = session().place();
        QTest::mouseMove(&timeline, from); // a hand without a button drags nothing
        QCOMPARE(session().place(), dropped);
    }

    void theWheelMagnifiesTheTimelineAndAKeyFitsIt()
    {
        TimelineView& timeline = shownTimeline();
        QVERIFY(timeline.isFitted());
        const double fitted = timeline.axis().scale();
        const QPoint point = onTimeline(session().log()->event(session().log()->outputs()[2]).time);
        const std::uint64_t under = timeline.timeAt(point.x());
        for (int i = 0; i < 5; ++i)
            turnWheel(&timeline, point, {0, 120});
        QVERIFY(!timeline.isFitted());
        QVERIFY(timeline.axis().scale() > 2 * fitted);
        QVERIFY(std::abs(timeline.xOf(under) - point.x()) < 3); // what lay under the pointer lies there
        QTest::keyClick(&timeline, Qt::Key_F);
        QVERIFY(timeline.isFitted());
        QCOMPARE(timeline.axis().scale(), fitted);
    }

    void theTimelineIsWalkedByKeys()
    {
        TimelineView& timeline = shownTimeline();
        timeline.setFocus(Qt::TabFocusReason);
        QTest::keyClick(&timeline, Qt::Key_Home);
        QCOMPARE(session().place(), 0u);
        QTest::keyClick(&timeline, Qt::Key_Right);
        QVERIFY(timeline.focused().span);
        QTest::keyClick(&timeline, Qt::Key_Right);
        QTest::keyClick(&timeline, Qt::Key_Return);
        QVERIFY(session().place() > 0);
        QTest::keyClick(&timeline, Qt::Key_End);
        QCOMPARE(session().place(), session().log()->size());
    }

    void theStageIsWalkedByArrowKeysAndEnterShowsAnOrder()
    {
        whereTimersWait();
        StageView& stage = m_window->stage();
        stage.setFocus(Qt::TabFocusReason);
        QVERIFY(QTest::qWaitFor([&] { return stage.walk().size() >= 2; }, kLong));
        QTest::keyClick(&stage, Qt::Key_Home);
        QStringList names;
        for (std::size_t i = 0; i < stage.walk().size(); ++i) {
            names << focusedSlip()->name;
            QTest::keyClick(&stage, Qt::Key_Right);
        }
        QCOMPARE(names.size(), QSet<QString>(names.begin(), names.end()).size()); // each once
        QTest::keyClick(&stage, Qt::Key_Home);
        while (focusedSlip()->title != u"coffee"_s && focusedSlip() != stage.walk().back())
            QTest::keyClick(&stage, Qt::Key_Down);
        QCOMPARE(focusedSlip()->title, u"coffee"_s);
        const app::OrderId order = focusedSlip()->order;
        QTest::keyClick(&stage, Qt::Key_Return);
        QCOMPARE(m_window->selectedOrder(), order);
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().contains(u"coffee"_s); }, kLong));
    }

    void aPinnedOrderStaysOnItsCard()
    {
        whereTimersWait();
        QVERIFY(QTest::qWaitFor([&] { return slip(u"coffee"_s) && slip(u"dessert"_s); }, kLong));
        m_window->selectOrder(slip(u"coffee"_s)->order);
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().contains(u"coffee"_s); }, kLong));
        m_window->card().setPinned(true);
        m_window->selectOrder(slip(u"dessert"_s)->order);
        const std::size_t step = session().stepNumber();
        press(Qt::Key_F8);
        QCOMPARE(session().stepNumber(), step + 1);
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().playhead() == session().place(); }, kLong)); // drawn
        QVERIFY2(m_window->card().asText().contains(u"coffee"_s), qPrintable(m_window->card().asText()));
        m_window->card().setPinned(false);
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().contains(u"dessert"_s); }, kLong));
        m_window->card().setPinned(true);
        QVERIFY(run(u"setTimeout(function tea() {}, 1)"_s)); // another run has none of its orders
        QVERIFY(!m_window->card().isPinned());
    }

    // They name places by views into the log of a run; painting them after it had gone ended the window.
    void panelsForgetARunWhenTheNextOneStarts()
    {
        QVERIFY(run(u"setTimeout(function tea() { (function brew() { console.log('brewed') })() }, 1)"_s));
        session().goTo(session().log()->outputs()[0] + 1);
        QVERIFY(QTest::qWaitFor([&] { return m_window->callStack().model().depth() > 0; }, kLong));
        m_window->selectOrder(session().stateThere()->running.back().order);
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().contains(u"tea"_s); }, kLong));
        click(u"run"_s); // and before anything else is drawn
        QCOMPARE(m_window->callStack().model().depth(), 0);
        QVERIFY(m_window->narration().asText().trimmed().isEmpty());
        QVERIFY(!m_window->card().asText().contains(u"tea"_s));
        QVERIFY(ended());
    }

    void theStageCanBeReadAsText()
    {
        whereTimersWait();
        auto* const text = m_window->findChild<StageTable*>(u"stagetext"_s);
        QVERIFY(text && !text->isVisible());
        press(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(text->isVisible());
        QTableView& table = text->table();
        const OrdersModel& orders = *m_window->stage().orders();
        const auto rowOf = [&](const QString& title) {
            for (int i = 0; i < orders.rowCount(); ++i) {
                if (orders.index(i, OrdersModel::Title).data().toString() == title)
                    return i;
            }
            return -1;
        };
        QVERIFY(QTest::qWaitFor([&] { return rowOf(u"dessert"_s) >= 0 && !text->summary().isEmpty(); }, kLong));
        const int row = rowOf(u"dessert"_s);
        QVERIFY2(orders.index(row, OrdersModel::State).data().toString().contains(u" ms left"_s),
            qPrintable(orders.index(row, OrdersModel::State).data().toString()));
        QVERIFY(!orders.index(row, OrdersModel::Why).data().toString().isEmpty());
        // By keys alone: there from the stage, to its row, and to its card.
        m_window->stage().setFocus();
        for (int i = 0; i < 12 && !table.hasFocus(); ++i)
            press(Qt::Key_F6, Qt::ControlModifier);
        QVERIFY2(table.hasFocus(), qPrintable(QDebug::toString(QApplication::focusWidget())));
        QTest::keyClick(&table, Qt::Key_Home);
        for (int i = 0; i < row; ++i)
            QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(m_window->selectedOrder(), orders.orderAt(row));
        QVERIFY(QTest::qWaitFor(
            [&] {
                return std::ranges::any_of(m_window->stage().picture().slips,
                    [&](const StageSlip& slip) { return slip.selected && slip.order == orders.orderAt(row); });
            },
            kLong));
        m_window->action(u"show-cards"_s)->setChecked(false);
        QTest::keyClick(&table, Qt::Key_Return);
        QVERIFY(m_window->card().isVisible());
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().startsWith(u"dessert"_s); }, kLong));
        // The other way round.
        press(Qt::Key_Escape);
        QCOMPARE(table.selectionModel()->selectedRows().size(), 0);
        m_window->selectOrder(orders.orderAt(row));
        QCOMPARE(table.currentIndex().row(), row);
        // For the back row, too.
        const int height = table.rowHeight(0);
        press(Qt::Key_F11);
        QVERIFY(QTest::qWaitFor(
            [&] {
                return table.isVisible() && table.rowHeight(0) >= height * 1.4; /* its words may wrap */
            },
            kLong));
        QTest::keyClick(&table, Qt::Key_Home);
        QCOMPARE(m_window->selectedOrder(), orders.orderAt(0));
        press(Qt::Key_F11);
        QVERIFY(QTest::qWaitFor([&] { return table.isVisible() && table.rowHeight(0) == height; }, kLong));
        press(Qt::Key_Home, Qt::AltModifier);
        QVERIFY(QTest::qWaitFor([&] { return rowOf(u"dessert"_s) < 0; }, kLong)); // nothing was placed then
        press(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(!text->isVisible());
    }

    void theThemesAreLightAndDark()
    {
        m_window->action(u"theme-dark"_s)->trigger();
        QVERIFY(QTest::qWaitFor([&] { return ground().lightness() < 80; }, kLong));
        m_window->action(u"theme-light"_s)->trigger();
        QVERIFY(QTest::qWaitFor([&] { return ground().lightness() > 200; }, kLong));
        m_window->action(u"theme-dark"_s)->trigger();
        QVERIFY(m_window->close()); // kept
        openAgain();
        QVERIFY(m_window->action(u"theme-dark"_s)->isChecked());
        QVERIFY(ground().lightness() < 80);
    }

    void everythingIsZoomed()
    {
        whereTimersWait();
        const int bar = m_window->toolBar().height();
        const int letters = m_window->editor().editor()->fontMetrics().height();
        const int row = m_window->console().view().rectOf(0).height();
        const QSizeF slipSize = m_window->stage().rectOf(*m_window->stage().walk().front()).size();
        QCOMPARE(bar, 48);
        while (m_window->settings().zoom < 1.5)
            press(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(m_window->settings().zoom, 1.5);
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->toolBar().height() == 66 /* compact */ && m_window->updatesEnabled(); }, kLong));
        QCOMPARE_GE(m_window->editor().editor()->fontMetrics().height(), letters * 14 / 10);
        QCOMPARE_GE(m_window->console().view().rectOf(0).height(), row * 14 / 10);
        QVERIFY(slipSize.height() > 0);
        press(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(m_window->settings().zoom, 1.0);
        QVERIFY(QTest::qWaitFor([&] { return m_window->toolBar().height() == bar; }, kLong));
    }

    // As a wheel does that is turned: the look that was asked for last is the one at the end, and it is drawn.
    void manyLooksAtOnceEndInTheLastOne()
    {
        const int bar = m_window->toolBar().height();
        for (const auto* const action :
            {u"zoom-in", u"zoom-in", u"theme-dark", u"zoom-in", u"zoom-reset", u"zoom-in"}) {
            m_window->action(QString(action))->trigger();
            QCoreApplication::processEvents();
        }
        m_window->action(u"theme-light"_s)->trigger();
        m_window->action(u"zoom-reset"_s)->trigger();
        QVERIFY(QTest::qWaitFor(
            [&] {
                return m_window->updatesEnabled() && m_window->toolBar().height() == bar && ground().lightness() > 200;
            },
            kLong));
    }

    void aSmallWindowIsCompactAndHoldsEveryPanel()
    {
        whereTimersWait();
        m_window->resize(1280, 720);
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->frame().isCompact() && m_window->toolBar().height() == 44; }, kLong));
        QCOMPARE(m_window->size(), QSize(1280, 720)); // no panel asks for more
        const QRect all = m_window->rect();
        for (QWidget* const panel : std::initializer_list<QWidget*> {&m_window->editor(), &m_window->console(),
                 &m_window->stage(), &m_window->timeline(), &m_window->card(), &m_window->toolBar()}) {
            const QRect place(panel->mapTo(m_window.get(), QPoint()), panel->size());
            QVERIFY(panel->isVisible() && all.contains(place) && place.height() >= 40);
        }
        QVERIFY(QTest::qWaitFor([&] { return !m_window->stage().walk().empty(); }, kLong));
        for (const StageSlip* const one : m_window->stage().walk())
            QVERIFY(QRectF(m_window->stage().rect()).contains(m_window->stage().rectOf(*one)));
        m_window->resize(1440, 900);
        QVERIFY(QTest::qWaitFor(
            [&] { return !m_window->frame().isCompact() && m_window->toolBar().height() == 48; }, kLong));
    }

    void presentationShowsCodeAndStageAndEscEndsIt()
    {
        whereTimersWait();
        press(Qt::Key_F11);
        QVERIFY(m_window->isFullScreen());
        QVERIFY(
            !m_window->toolBar().isVisible() && !m_window->console().isVisible() && !m_window->timeline().isVisible());
        QVERIFY(m_window->editor().isVisible() && m_window->stage().isVisible());
        const std::size_t step = session().stepNumber();
        press(Qt::Key_F8); // the keys of the hidden menus work
        QCOMPARE(session().stepNumber(), step + 1);
        press(Qt::Key_Escape);
        QVERIFY(!m_window->isFullScreen());
        QVERIFY(m_window->toolBar().isVisible() && m_window->console().isVisible() && m_window->timeline().isVisible());
        QVERIFY(!m_window->action(u"presentation"_s)->isChecked());
        press(Qt::Key_F11);
        press(Qt::Key_F11);
        QVERIFY(!m_window->isFullScreen());
        QVERIFY(m_window->toolBar().isVisible());
    }

    // Nothing is painted while the window takes its look, and what was asked for before must not be lost by that.
    void whateverWasToBePaintedMeanwhileANewLookIsSeen_data()
    {
        QTest::addColumn<QString>("action");
        for (const char* const action : {"theme-dark", "zoom-in", "presentation"})
            QTest::newRow(action) << QString::fromLatin1(action);
    }
    void whateverWasToBePaintedMeanwhileANewLookIsSeen()
    {
        QFETCH(const QString, action);
        const QWidget& page = *m_window->centralWidget();
        PaintCount painted(*m_window->centralWidget());
        for (int i = 0; i < 2; ++i) { // on and off, or twice
            m_window->update(); // all of it, as a window manager that moves and resizes it makes Qt ask
            m_window->action(action)->trigger();
            if (page.updatesEnabled())
                continue; // the second time it is dark already
            const int before = painted.count();
            QVERIFY(QTest::qWaitFor([&] { return page.updatesEnabled(); }, kLong));
            QTRY_VERIFY(painted.count() > before);
        }
    }

    void dialogsOpenAndCloseWithoutALoopOfTheirOwn_data()
    {
        QTest::addColumn<QString>("action");
        for (const char* const action :
            {"settings", "shortcuts", "configure", "about", "open", "open-folder", "open-trace", "save-as"})
            QTest::newRow(action) << QString::fromLatin1(action);
    }
    void dialogsOpenAndCloseWithoutALoopOfTheirOwn()
    {
        QFETCH(const QString, action);
        write(u"1"_s);
        const int level = QThread::currentThread()->loopLevel();
        int inner = 0; // posted before: a nested loop would run it before the trigger comes back
        QMetaObject::invokeMethod(
            m_window.get(), [&] { inner = QThread::currentThread()->loopLevel(); }, Qt::QueuedConnection);
        m_window->action(action)->trigger();
        QCOMPARE(inner, 0);
        QCOMPARE(QThread::currentThread()->loopLevel(), level);
        const QPointer<QDialog> dialog = m_window->findChild<QDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!dialog->windowTitle().isEmpty());
        QTest::keyClick(dialog.data(), Qt::Key_Escape);
        QVERIFY(!dialog || !dialog->isVisible());
        QVERIFY(QTest::qWaitFor([&] { return dialog.isNull(); }, kLong)); // nothing is left of it
    }

    void settingsAreAppliedAtOnce()
    {
        press(Qt::Key_Comma, Qt::ControlModifier);
        auto* const dialog = m_window->findChild<SettingsDialog*>();
        QVERIFY(dialog);
        auto* const zoom = named<QSpinBox>(dialog, u"Zoom of everything"_s);
        auto* const theme = named<QComboBox>(dialog, u"Theme"_s);
        QVERIFY(zoom && theme);
        zoom->setValue(150);
        QTest::keyClick(theme, Qt::Key_End); // Dark
        QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
        QCOMPARE(m_window->settings().zoom, 1.5);
        QCOMPARE(m_window->settings().scheme, SchemeChoice::Dark);
        QVERIFY(
            QTest::qWaitFor([&] { return ground().lightness() < 80 && m_window->toolBar().height() == 66; }, kLong));
    }

    void theNarrationCanBeHiddenInTheSettings()
    {
        Settings settings = m_window->settings();
        QVERIFY(settings.narration);
        settings.narration = false;
        m_window->setSettings(settings);
        QVERIFY(!m_window->frame().isShown(Area::Narration));
        m_window->close();
        openAgain();
        QVERIFY(!m_window->frame().isShown(Area::Narration));
    }

    void eachPanelCanBeHiddenAndIsHiddenWhenTheWindowComesBack()
    {
        for (const auto& [name, area] : {std::pair(u"show-console"_s, Area::Console), {u"show-cards"_s, Area::Cards},
                 {u"show-timeline"_s, Area::Timeline}}) {
            m_window->action(name)->trigger();
            QVERIFY(!m_window->frame().isShown(area));
        }
        QVERIFY(m_window->close());
        openAgain();
        QVERIFY(!m_window->console().isVisible() && !m_window->card().isVisible() && !m_window->timeline().isVisible());
        m_window->action(u"reset-layout"_s)->trigger();
        QVERIFY(m_window->console().isVisible() && m_window->card().isVisible() && m_window->timeline().isVisible());
    }

    void aPanelThatIsAskedForIsShown()
    {
        QVERIFY(start(u"process.stdin.resume(); console.log('ready')"_s));
        QVERIFY(printed(u"ready"_s));
        m_window->action(u"show-console"_s)->setChecked(false);
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier); // find in the console
        QVERIFY(m_window->console().isVisible());
    }

    void focusGoesFromPanelToPanel()
    {
        QVERIFY(run(kProgram));
        m_window->activateWindow();
        QSet<const QWidget*> visited;
        for (int i = 0; i < 12; ++i) {
            press(Qt::Key_F6, Qt::ControlModifier);
            visited.insert(QApplication::focusWidget());
        }
        const auto within = [&](const QWidget* panel) {
            return std::ranges::any_of(
                visited, [&](const QWidget* one) { return one && (one == panel || panel->isAncestorOf(one)); });
        };
        for (const QWidget* const panel : std::initializer_list<const QWidget*> {&m_window->toolBar(),
                 &m_window->editor(), &m_window->stage(), &m_window->timeline(), &m_window->console()})
            QVERIFY2(within(panel), panel->metaObject()->className());
    }

private:
    // After a run of the program, with the whole of it in the timeline.
    [[nodiscard]] TimelineView& shownTimeline()
    {
        [&] { QVERIFY(run(kProgram)); }();
        TimelineView& timeline = m_window->timeline();
        (void)QTest::qWaitFor([&] { return timeline.index().size() == session().log()->size(); }, kLong);
        return timeline;
    }
    [[nodiscard]] QPoint onTimeline(std::uint64_t time)
    {
        return {qRound(m_window->timeline().xOf(time)),
            qRound(m_window->timeline().layoutOfRows().rows.front().row.center().y())};
    }
    // A moment at which both timers wait.
    void whereTimersWait()
    {
        QVERIFY(run(kProgram));
        session().goTo(session().log()->outputs()[1] + 1);
        QVERIFY(QTest::qWaitFor(
            [&] { return !m_window->stage().walk().empty() && m_window->timeline().playhead() == session().place(); },
            kLong));
    }
    [[nodiscard]] const StageSlip* slip(const QString& title)
    {
        for (const StageSlip* const one : m_window->stage().walk()) {
            if (one->title == title)
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] const StageSlip* focusedSlip()
    {
        for (const StageSlip* const one : m_window->stage().walk()) {
            if (one->key == m_window->stage().focusedSlip())
                return one;
        }
        return nullptr;
    }
    // What the middle of the stage is painted on.
    [[nodiscard]] QColor ground()
    {
        return m_window->grab().toImage().pixelColor(m_window->toolBar().mapTo(m_window.get(), QPoint(3, 3)));
    }
};

QTEST_MAIN(TestWindowViews)
#include "tst_window_views.moc"
