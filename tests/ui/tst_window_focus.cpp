// Who has the keyboard: at the start, after a run, after dialogs and bars; and where Tab leads.
#include "panels/callstackpanel.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "timeline/timelineview.h"
#include "window/focusorder.h"
#include "window/lowerleft.h"
#include "windowdriver.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

QRect placeOf(const QWidget& widget)
{
    return {widget.mapTo(widget.window(), QPoint()), widget.size()};
}

} // namespace

class TestWindowFocus : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init()
    {
        openWindow();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { closeWindow(); }

    void whatOneTypesFirstIsCode()
    {
        QVERIFY(QTest::qWaitFor([&] { return isInCode(); }, kLong));
        write(QString());
        QVERIFY(QTest::qWaitFor([&] { return isInCode(); }, kLong));
        QTest::keyClicks(QApplication::focusWidget(), u"let soup "_s);
        QCOMPARE(m_window->editor().editor()->text(), u"let soup "_s); // and the space runs nothing
        QVERIFY(!session().isRunning());
    }

    void aRunLeavesTheKeyboardWhereItWas()
    {
        QVERIFY(run(u"console.log('soup');\n"_s)); // by a click
        QVERIFY(isInCode());
        press(Qt::Key_F5);
        QVERIFY(ended());
        QVERIFY(isInCode());
    }

    void aDialogGivesTheKeyboardBack()
    {
        QVERIFY(QTest::qWaitFor([&] { return isInCode(); }, kLong));
        m_window->action(u"shortcuts"_s)->trigger();
        auto* const dialog = m_window->findChild<QDialog*>();
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        dialog->reject();
        QVERIFY(QTest::qWaitFor([&] { return isInCode(); }, kLong));
    }

    void escapeInABarGoesBackToTheCode()
    {
        QVERIFY(QTest::qWaitFor([&] { return isInCode(); }, kLong));
        press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(QTest::qWaitFor([&] { return !isInCode(); }, kLong));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(QTest::qWaitFor([&] { return isInCode(); }, kLong));
    }

    void tabGoesThroughTheWindowAsOneReads()
    {
        QVERIFY(run(u"setTimeout(function soup() {}, 5);\nsetTimeout(function bread() {}, 9);\n"_s));
        session().goTo(session().log()->size() / 2);
        const QList<QWidget*> way = tabThrough();
        // Panel by panel.
        const QList<QWidget*> panels {&m_window->toolBar(), &m_window->editor(), &m_window->console(),
            &m_window->stage(), &m_window->narration(), &m_window->card(), &m_window->callStack(),
            &m_window->timeline()};
        qsizetype panel = 0;
        QStringList said;
        for (const QWidget* const one : way) {
            qsizetype in = -1;
            for (qsizetype i = 0; i < panels.size(); ++i) {
                if (panels[i] == one || panels[i]->isAncestorOf(one))
                    in = i;
            }
            const QString name = nameOf(const_cast<QWidget*>(one));
            said << name;
            QVERIFY2(!name.isEmpty(), one->metaObject()->className());
            if (in >= 0) {
                QVERIFY2(in >= panel, qPrintable(name + u" comes late: "_s + said.join(u", "_s)));
                panel = in;
            }
        }
        QCOMPARE(panel, panels.size() - 1);
        // And back: what both ways come to, comes in the other order. (A key that leaves the code skips some.)
        QList<QWidget*> back = tabThrough(false);
        QStringList heard;
        for (QWidget* const one : back)
            heard << nameOf(one);
        QVERIFY2(back.size() >= panels.size(), qPrintable(heard.join(u", "_s)));
        qsizetype last = way.size();
        for (QWidget* const one : back.sliced(1)) {
            if (m_window->lowerLeft().isAncestorOf(one) && !way.contains(one))
                continue; // the row above the page, which is left out from the code
            QVERIFY2(way.contains(one), qPrintable(nameOf(one)));
            QVERIFY2(way.indexOf(one) < last, qPrintable(nameOf(one)));
            last = way.indexOf(one);
        }
        // In the bar from left to right.
        int x = -1;
        for (const QWidget* const one : way) {
            if (m_window->toolBar().isAncestorOf(one)) {
                QVERIFY2(placeOf(*one).left() >= x, qPrintable(nameOf(const_cast<QWidget*>(one))));
                x = placeOf(*one).left();
            }
        }
    }

    void whatHasTheKeyboardShowsIt()
    {
        QVERIFY(run(u"setTimeout(function soup() {}, 5);\n"_s));
        for (QWidget* const one : tabThrough()) {
            if (!qobject_cast<QAbstractButton*>(one))
                continue;
            one->setFocus(Qt::TabFocusReason);
            QVERIFY(QTest::qWaitFor([&] { return QApplication::focusWidget() == one; }, kLong));
            const QRect around = placeOf(*one).adjusted(-4, -4, 4, 4).intersected(m_window->rect());
            const QImage with = m_window->grab(around).toImage();
            one->clearFocus();
            const QImage without = m_window->grab(around).toImage();
            int changed = 0;
            for (int y = 0; y < with.height(); ++y) {
                for (int x = 0; x < with.width(); ++x)
                    changed += with.pixel(x, y) != without.pixel(x, y) ? 1 : 0;
            }
            // At least a line of two px around it.
            QVERIFY2(
                changed > 2 * (with.width() + with.height()), qPrintable(u"%1: %2"_s.arg(nameOf(one)).arg(changed)));
        }
    }

private:
    [[nodiscard]] bool isInCode()
    {
        const QWidget* const code = m_window->editor().editor();
        return code && QApplication::focusWidget() == code;
    }
    // From the tool bar on, until it begins anew. In code Tab indents: there a key goes to the next panel.
    [[nodiscard]] QList<QWidget*> tabThrough(bool forward = true)
    {
        auto* const first = m_window->toolBar().findChild<QToolButton*>(u"run"_s);
        first->setFocus(Qt::TabFocusReason);
        QList<QWidget*> way;
        for (int i = 0; i < 100; ++i) {
            QWidget* const now = QApplication::focusWidget();
            if (!now || way.contains(now))
                break;
            way.append(now);
            if (isInCode())
                QTest::keyClick(
                    now, Qt::Key_F6, forward ? Qt::ControlModifier : Qt::ControlModifier | Qt::ShiftModifier);
            else
                QTest::keyClick(now, forward ? Qt::Key_Tab : Qt::Key_Backtab);
        }
        return way;
    }
};

QTEST_MAIN(TestWindowFocus)
#include "tst_window_focus.moc"
