// What the timeline says of its lanes: to the pointer, to the keys and to assistive technology.
#include "timeline/timelineview.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QTest>
#include <QToolTip>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestTimelineHelp : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_view = std::make_unique<TimelineView>();
        m_view->resize(700, 180);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->activateWindow();
        m_view->setFocus();
        QTRY_VERIFY(m_view->hasFocus());
    }
    void cleanup()
    {
        QToolTip::hideText();
        m_view.reset();
    }

    void thePointerOnTheNameOfALaneIsToldWhatItIs()
    {
        for (const app::Wording wording : {app::Wording::Restaurant, app::Wording::Runtime}) {
            m_view->setWording(wording);
            QVERIFY(!m_view->layoutOfRows().rows.empty());
            for (const LaneRow& row : m_view->layoutOfRows().rows) {
                hover(QPointF(m_view->layoutOfRows().labels.right() - 5, row.row.center().y()));
                QCOMPARE(QToolTip::text(), app::termTip(termOf(row.lane), wording));
            }
            hover({20, 8});
            QCOMPARE(QToolTip::text(), app::termTip(app::Term::Timeline, wording));
        }
    }

    void theKeysComeToALaneWhoseTipFollowsAndWhoseWordIsHeard()
    {
        QAccessible::setActive(true);
        QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(m_view.get());
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QVERIFY(m_view->focused().lane != LaneKind::Waiter);
        QCOMPARE(m_view->termThere(), termOf(m_view->focused().lane));
        QVERIFY2(face->text(QAccessible::Description)
                     .endsWith(app::termDescription(m_view->termThere(), app::Wording::Restaurant)),
            qPrintable(face->text(QAccessible::Description)));
        QTRY_COMPARE(QToolTip::text(), app::termTip(m_view->termThere(), app::Wording::Restaurant));
    }

private:
    void hover(const QPointF& at)
    {
        QHelpEvent event(QEvent::ToolTip, at.toPoint(), m_view->mapToGlobal(at).toPoint());
        QApplication::sendEvent(m_view.get(), &event);
    }

    std::unique_ptr<TimelineView> m_view;
};

QTEST_MAIN(TestTimelineHelp)
#include "tst_timelinehelp.moc"
