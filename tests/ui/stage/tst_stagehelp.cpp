// What the stage says of its places: to the pointer, to the keys and to assistive technology.
#include "handstate.h"
#include "stage/makepicture.h"
#include "stage/placewords.h"
#include "stage/stageview.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QQuickWidget>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <algorithm>

using namespace bistro;
using namespace bistro::ui;
using bistro::test::HandState;
using namespace Qt::StringLiterals;

class TestStageHelp : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_hand = HandState {};
        m_hand.start(1).pool(5, u"dish"_s).begun(5, 1).timer(6, u"dessert"_s, 100).tick(10, u"clear"_s);
        m_view = std::make_unique<StageView>();
        m_view->resize(768, 568);
        m_view->setSource([this](const Moment&, const StageOptions& options) {
            return pictureOf(m_hand.state(), app::servingOrder(m_hand.state(), 500), m_hand, options);
        });
        Moment moment;
        moment.facts = &m_hand;
        m_view->setMoment(moment, StageView::Motion::Jump);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->activateWindow();
        m_view->setFocus();
        QVERIFY(QTest::qWaitFor([&] { return m_view->hasFocus(); }));
        // Qt Quick comes after the first picture.
        QVERIFY(QTest::qWaitFor([&] { return m_view->findChild<QQuickWidget*>() != nullptr; }));
    }
    void cleanup()
    {
        QToolTip::hideText();
        m_view.reset();
    }

    void thePointerOnARailIsToldWhatItIsInTheWordsOfTheSkin()
    {
        hoverOver(app::Term::Check);
        QCOMPARE(QToolTip::text(), app::termTip(app::Term::Check, app::Wording::Restaurant));
        m_view->setSkin(Skin::Loop);
        hoverOver(app::Term::Check);
        QCOMPARE(QToolTip::text(), app::termTip(app::Term::Check, app::Wording::Runtime));
    }

    void theTipOfASlipSaysWhereItLiesToo()
    {
        const QPoint at = m_view->rectOf(app::OrderId::async(10)).center().toPoint();
        hover(at);
        QVERIFY2(QToolTip::text().contains(u"clear"_s), qPrintable(QToolTip::text()));
        QVERIFY(QToolTip::text().contains(app::termText(app::Term::Tick, app::Wording::Restaurant)));
    }

    void pageDownWalksThePlacesEachWithARingAndAfterAWhileWithItsTip()
    {
        const QSignalSpy brought(m_view.get(), &StageView::happenedAt);
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        const auto places = m_view->places();
        QCOMPARE(m_view->focusedPlace(), std::optional(places.front().term));
        QCOMPARE(brought.back().front().toRectF(), m_view->rectOf(places.front())); // a pane scrolls there
        auto* const ring = m_view->findChild<QWidget*>(u"placering"_s);
        QVERIFY(ring && ring->isVisible());
        QCOMPARE(ring->geometry(), m_view->rectOf(places.front()).toAlignedRect());
        QTRY_COMPARE(QToolTip::text(), app::termTip(places.front().term, app::Wording::Restaurant));
        QVERIFY(QToolTip::isVisible());
        for (std::size_t i = 1; i < places.size(); ++i) {
            QTest::keyClick(m_view.get(), Qt::Key_PageDown);
            QCOMPARE(m_view->focusedPlace(), std::optional(places[i].term));
        }
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        QCOMPARE(m_view->focusedPlace(), std::optional(places[places.size() - 2].term));
        // A slip takes the keys back.
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QVERIFY(!m_view->focusedPlace());
        QVERIFY(!ring->isVisible());
        QVERIFY(m_view->focusedSlip() != 0);
    }

    void enterAsksForTheWord()
    {
        const QSignalSpy asked(m_view.get(), &StageView::termAsked);
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<app::Term>(), m_view->places().front().term);
    }

    void assistiveTechnologyFindsEachPlaceWithItsNameAndWhatItMeans()
    {
        QAccessible::setActive(true);
        QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(list);
        const auto slips = static_cast<int>(m_view->walk().size());
        const auto places = m_view->places();
        QCOMPARE(list->childCount(), slips + static_cast<int>(places.size()));
        for (std::size_t i = 0; i < places.size(); ++i) {
            QAccessibleInterface* const item = list->child(slips + static_cast<int>(i));
            QVERIFY(item && item->isValid());
            const QString name = item->text(QAccessible::Name);
            QVERIFY2(name.startsWith(app::termName(places[i].term, app::Wording::Restaurant)), qPrintable(name));
            const QString there = whatIsAt(m_view->picture(), places[i].term);
            QVERIFY2(name.endsWith(there), qPrintable(name));
            QCOMPARE(item->text(QAccessible::Description), app::termText(places[i].term, app::Wording::Restaurant));
            QCOMPARE(list->indexOfChild(item), slips + static_cast<int>(i));
            QVERIFY(!item->rect().isEmpty());
        }
        // A slip is described by the place where it lies.
        const auto walk = m_view->walk();
        for (int i = 0; i < slips; ++i)
            QCOMPARE(list->child(i)->text(QAccessible::Description),
                app::termDescription(termOf(walk[static_cast<std::size_t>(i)]->place), app::Wording::Restaurant));
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        QAccessibleInterface* const focused = list->focusChild();
        QVERIFY(focused && focused->state().focused);
        QVERIFY(
            focused->text(QAccessible::Name).startsWith(app::termName(places.front().term, app::Wording::Restaurant)));
    }

    void aPlaceSaysHowManyWaitThereAndLeadsToTheNext()
    {
        QAccessible::setActive(true);
        QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(m_view.get());
        QSignalSpy clicked(m_view.get(), &StageView::orderClicked);
        int pressed = 0;
        for (int i = 0; i < list->childCount(); ++i) {
            QAccessibleInterface* const item = list->child(i);
            const auto place = std::size_t(i) - m_view->walk().size();
            if (place >= m_view->places().size())
                continue; // a slip
            const app::Term term = m_view->places()[place].term;
            int waiting = 0;
            for (const StageSlip& slip : m_view->picture().slips)
                waiting += termOf(slip.place) == term ? slip.count : 0;
            const QString name = item->text(QAccessible::Name);
            if (term == app::Term::Tick)
                QVERIFY2(name.contains(QString::number(waiting)) || waiting == 0, qPrintable(name));
            const app::OrderId next = orderAt(m_view->picture(), term);
            static_cast<QAccessibleActionInterface*>(item->interface_cast(QAccessible::ActionInterface))
                ->doAction(QAccessibleActionInterface::pressAction());
            if (!next)
                continue;
            ++pressed;
            QCOMPARE(clicked.last().first().value<app::OrderId>(), next);
        }
        QVERIFY(pressed >= 1);
        QCOMPARE(clicked.size(), pressed);
    }

private:
    void hover(const QPoint& at)
    {
        auto* const quick = m_view->findChild<QQuickWidget*>();
        QHelpEvent event(QEvent::ToolTip, at, quick->mapToGlobal(at));
        QApplication::sendEvent(quick, &event);
    }
    void hoverOver(app::Term term)
    {
        const auto places = m_view->places();
        const auto place = std::ranges::find(places, term, &StageTerm::term);
        QVERIFY(place != places.end());
        const QRectF area = m_view->rectOf(*place);
        hover((area.topLeft() + QPointF(5, 5)).toPoint()); // no slip lies at its edge
    }

    HandState m_hand;
    std::unique_ptr<StageView> m_view;
};

QTEST_MAIN(TestStageHelp)
#include "tst_stagehelp.moc"
