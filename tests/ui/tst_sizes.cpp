// The window in many sizes and at each zoom: no text is cut or lies on another one, nothing stands outside of its
// place, and the stage grows with the type. BISTRO_SIZES=all looks at all of them; else at a few.
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "panels/richlabel.h"
#include "sizes.h"
#include "stage/paint.h"
#include "timeline/timelineview.h"
#include "window/foldrail.h"
#include "window/lessondesk.h"
#include "window/lessonplace.h"
#include "window/lowerleft.h"
#include "windowdriver.h"

#include <QScrollArea>
#include <QScrollBar>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// All places have something, the titles are long.
const QString kProgram = uR"(const fs = require('node:fs');
function serveTheCustomerAtTheWindow() {
  for (let i = 0; i < 6; i++) {
    setTimeout(function takeTheBreadOutOfTheOven() {}, 200 + i);
    setImmediate(function bringTheBillToTheTable() {});
    fs.stat('.', function anotherDishOfTheDay() {});
    process.nextTick(function rememberTheBread() {});
    Promise.resolve().then(function greetTheNextGuest() {});
  }
  console.log('the restaurant is open');
}
setTimeout(serveTheCustomerAtTheWindow, 1);
setTimeout(() => { const end = Date.now() + 260; while (Date.now() < end); }, 20);
)"_s;

struct Case {
    QSize size;
    double zoom;
};

QList<Case> cases()
{
    // The last three: 1366 x 768 and 1920 x 1080 at a screen's scale of 1.25, 1.5 and 2.
    const QList<QSize> sizes {
        {1024, 600}, {1280, 720}, {1366, 768}, {1440, 900}, {1920, 1080}, {1093, 614}, {911, 512}, {960, 540}};
    if (qEnvironmentVariable("BISTRO_SIZES") != u"all"_s)
        return {{{1024, 600}, 2}, {{1280, 720}, 1}, {{1280, 720}, 1.5}, {{1366, 768}, 1.25}, {{1440, 900}, 1},
            {{1920, 1080}, 2}, {{960, 540}, 1}};
    QList<Case> all;
    for (const QSize& size : sizes) {
        for (const double zoom : {1., 1.25, 1.5, 1.75, 2.})
            all.append({size, zoom});
    }
    return all;
}

} // namespace

class TestSizes : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        openWindow();
        QVERIFY(run(kProgram));
        const auto outputs = session().log()->outputs();
        QVERIFY(!outputs.empty());
        m_open = outputs[0] + 1;
        m_blocked = session().log()->head().totals.longestBlockAt;
    }
    void cleanupTestCase() { closeWindow(); }

    void nothingIsCutAndNothingOverlaps()
    {
        QStringList wrong;
        for (const Case& look : cases()) {
            show(look);
            for (const Skin skin : {Skin::Restaurant, Skin::Loop}) {
                m_window->action(skin == Skin::Restaurant ? u"restaurant"_s : u"loop"_s)->setChecked(true);
                for (const app::Index place : {m_open, m_blocked, session().log()->size()}) {
                    goTo(place);
                    const QString at = u"%1x%2 at %3 %, %4, %5: "_s.arg(look.size.width())
                                           .arg(look.size.height())
                                           .arg(look.zoom * 100)
                                           .arg(skin == Skin::Restaurant ? u"restaurant"_s : u"loop"_s)
                                           .arg(place == m_open         ? u"open"_s
                                                   : place == m_blocked ? u"blocked"_s
                                                                        : u"finished"_s);
                    QStringList faults; // the last layouts may still be on their way
                    (void)QTest::qWaitFor(
                        [&] {
                            faults = faultsOfTexts(*m_window) + faultsOfStage();
                            return faults.isEmpty();
                        },
                        1000);
                    for (const QString& fault : std::as_const(faults))
                        wrong << at + fault;
                }
            }
            QCOMPARE(m_window->size(), look.size); // no panel asks for more
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(u"\n"_s + wrong.join(u'\n')));
    }

    void theLayoutComesBackAfterThePresentation()
    {
        m_window->resize(1280, 720);
        settle();
        const auto heights = [&] {
            return QList<int> {
                m_window->stage().height(), m_window->timeline().height(), m_window->lowerLeft().height()};
        };
        const QList<int> before = heights();
        m_window->action(u"presentation"_s)->trigger();
        QTRY_VERIFY(m_window->updatesEnabled() && heights() != before);
        m_window->action(u"presentation"_s)->trigger();
        m_window->resize(1280, 720);
        settle();
        QTRY_COMPARE(heights(), before);
    }

    void theStageGrowsWithTheType()
    {
        for (const Case& look : cases()) {
            show(look);
            settle();
            const StageView::Fit fit = StageView::fitFor(m_window->stage().size(), look.zoom, false);
            QVERIFY2(fit.scale >= look.zoom * kBesideBar, qPrintable(u"%1 at %2"_s.arg(fit.scale).arg(look.zoom)));
            // One scroll bar does not force the other.
            const QScrollArea* const pane = stagePane();
            QVERIFY(pane);
            const QSize least = m_window->stage().minimumSizeHint();
            const QSize room = pane->maximumViewportSize();
            QVERIFY(room.width() < least.width() || pane->horizontalScrollBar()->maximum() == 0);
            QVERIFY(room.height() < least.height() || pane->verticalScrollBar()->maximum() == 0);
        }
    }

    void theCompactWindowScrollsNothingAtAnyZoom()
    {
        for (const Case& look : {Case {{1280, 720}, 1}, Case {{1920, 1080}, 1.5}}) {
            show({{1024, 600}, look.zoom * 1.5}); // the cards are a drawer
            QVERIFY(m_window->frame().isFolded(Area::Cards));
            show(look);
            const QScrollArea* const pane = stagePane();
            QVERIFY(pane);
            QVERIFY(QTest::qWaitFor(
                [&] {
                    return pane->horizontalScrollBar()->maximum() == 0 && pane->verticalScrollBar()->maximum() == 0;
                },
                1000));
            const auto* const cards = named<QScrollArea>(m_window.get(), u"Order and call stack"_s);
            QVERIFY(cards);
            const int wide = qRound(units::cards(true) * look.zoom);
            QVERIFY2(QTest::qWaitFor([&] { return cards->width() == wide; }, 1000),
                qPrintable(u"%1 of %2"_s.arg(cards->width()).arg(wide)));
        }
    }

    void theNameOfTheHouseStandsWithTheMenus()
    {
        for (const double zoom : {1., 1.5, 2.}) {
            show({{1920, 1080}, zoom});
            const auto* const name = m_window->findChild<QLabel*>(u"bistro"_s);
            QVERIFY(name);
            const QWidget* const house = name->parentWidget();
            QVERIFY(QTest::qWaitFor(
                [&] { return std::abs(2 * house->y() + house->height() - m_window->menuBar()->height()) <= 2; }, 1000));
        }
    }

    void aCompactNarrationHasTwoLines()
    {
        NarrationBar bar;
        bar.setForm(NarrationBar::Form::Compact);
        bar.resize(420, 56);
        const QString headline = u"The waiter has been busy with a function of a long name for 5.87 s. "_s.repeated(4);
        bar.setContent({.mark = Meaning::Error,
            .headline = {.text = headline, .orders = {}},
            .rule = u"A rule."_s,
            .action = {},
            .about = {}});
        QCOMPARE(bar.height(), 56);
        QVERIFY(bar.toolTip().contains(headline) && bar.toolTip().contains(u"A rule."_s));
        QVERIFY(bar.asText().contains(headline));
        auto* const label = bar.findChild<RichLabel*>();
        QVERIFY(label && label->accessibleName() == headline);
        QVERIFY(label->text().contains(u'…') && label->heightForWidth(label->width()) <= label->height());
        bar.setContent({.mark = Meaning::Error,
            .headline = {.text = u"Short."_s, .orders = {}},
            .rule = {},
            .action = {},
            .about = {}});
        QVERIFY(bar.toolTip().isEmpty() && label->text().contains(u"Short."_s));
    }

    void whatTheKeysStepToComesToSight()
    {
        show({{1024, 600}, 2});
        m_window->action(u"restaurant"_s)->setChecked(true);
        const QScrollArea* const pane = stagePane();
        QVERIFY(pane);
        QVERIFY(pane->verticalScrollBar()->maximum() > 0 && pane->horizontalScrollBar()->maximum() > 0);
        pane->verticalScrollBar()->setValue(pane->verticalScrollBar()->maximum());
        pane->horizontalScrollBar()->setValue(pane->horizontalScrollBar()->maximum());
        goTo(m_open);
        press(Qt::Key_F8, Qt::ShiftModifier);
        QVERIFY(QTest::qWaitFor(
            [&] { return pane->horizontalScrollBar()->value() < pane->horizontalScrollBar()->maximum() / 2; }, kLong));
        // A slip that the arrow keys come to.
        m_window->stage().setFocus(Qt::TabFocusReason);
        press(Qt::Key_End);
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().focusedSlip() != 0; }, kLong));
        QRectF slip;
        for (const StageSlip* const one : m_window->stage().walk()) {
            if (one->key == m_window->stage().focusedSlip())
                slip = m_window->stage().rectOf(*one);
        }
        const QRectF seen(pane->horizontalScrollBar()->value(), pane->verticalScrollBar()->value(),
            pane->viewport()->width(), pane->viewport()->height());
        QVERIFY(seen.contains(slip.topLeft()));
    }

    void whatHasFoldedIsOpenedByKeyAndByItsButton()
    {
        show({{1024, 600}, 1.5});
        WindowFrame& frame = m_window->frame();
        QVERIFY(frame.isFolded(Area::Cards) && frame.isFolded(Area::Timeline));
        QVERIFY(!m_window->card().isVisible());
        press(Qt::Key_5, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().isVisible(); }, kLong));
        QVERIFY(m_window->action(u"show-cards"_s)->isChecked());
        QVERIFY(m_window->rect().contains(QRect(m_window->card().mapTo(m_window.get(), QPoint()), QSize(1, 1))));
        press(Qt::Key_5, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(QTest::qWaitFor([&] { return !m_window->card().isVisible(); }, kLong));
        auto* const order = named<RailButton>(m_window.get(), u"Order and call stack"_s);
        QVERIFY(order && order->isVisible());
        QTest::mouseClick(order, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().isVisible(); }, kLong));
        QTest::mouseClick(order, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return !m_window->card().isVisible(); }, kLong));

        const int before = m_window->timeline().height();
        auto* const lanes = named<RailButton>(m_window.get(), u"All lanes of the timeline"_s);
        QVERIFY(lanes && lanes->isVisible());
        QTest::mouseClick(lanes, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().height() > before; }, kLong));
        QTest::mouseClick(lanes, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().height() == before; }, kLong));
        press(Qt::Key_6, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->timeline().isVisible() && m_window->timeline().height() > before; }, kLong));

        show({{1440, 900}, 1}); // there is room for all again
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->card().isVisible() && m_window->action(u"show-cards"_s)->isChecked(); }, kLong));
        QVERIFY(!frame.rail().isVisible());
    }

    void theRuleUnfoldsInACompactWindow()
    {
        show({{1280, 720}, 1});
        goTo(m_open);
        auto* const unfold = named<QToolButton>(m_window.get(), u"Show the rule, too"_s);
        QVERIFY(unfold && unfold->isVisible());
        const int before = m_window->narration().height();
        QTest::mouseClick(unfold, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return m_window->narration().height() > before; }, kLong));
        QVERIFY(QTest::qWaitFor(
            [&] { return named<QToolButton>(m_window.get(), u"Show the sentence alone"_s) != nullptr; }, kLong));
        QTest::mouseClick(unfold, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return m_window->narration().height() == before; }, kLong));
    }

    // The lower panel gives way first, then the code.
    void aLessonIsReadAtEachZoom()
    {
        QVERIFY(m_window->lessons().open(u"04-what-blocks-the-waiter"_s));
        m_window->resize(1280, 720);
        const LessonPlace& place = m_window->lessons().place();
        for (const double zoom : {1., 1.25, 1.5, 1.75, 2.}) {
            Settings settings = m_window->settings();
            settings.zoom = zoom;
            m_window->setSettings(settings);
            settle();
            // With larger type there is no room for both: then it has two thirds of the column above the lower panel.
            const auto least = [&] {
                const int column = place.parentWidget()->height();
                return zoom <= 1.5 ? place.leastHeight() : std::min(place.leastHeight(), column * 2 / 3);
            };
            QTRY_VERIFY2(
                place.height() >= least(), qPrintable(u"%1: %2 of %3 px"_s.arg(zoom).arg(place.height()).arg(least())));
        }
    }

private:
    static constexpr double kBesideBar = 0.97; // of what is needed, where one scroll bar is

    [[nodiscard]] const QScrollArea* stagePane() const
    {
        return qobject_cast<QScrollArea*>(m_window->stage().parentWidget()->parentWidget());
    }
    void show(const Case& look)
    {
        Settings settings = m_window->settings();
        settings.zoom = look.zoom;
        m_window->setSettings(settings);
        m_window->resize(look.size);
        settle();
    }
    void goTo(app::Index place)
    {
        session().goTo(place);
        // The stage is drawn before it.
        (void)QTest::qWaitFor([&] { return m_window->timeline().playhead() == place; }, kLong);
        settle();
    }
    void settle()
    {
        (void)QTest::qWaitFor([&] { return m_window->updatesEnabled(); }, kLong);
        // Layouts tell each other by posted events.
        for (int i = 0; i < 4; ++i)
            QCoreApplication::processEvents();
    }
    [[nodiscard]] QStringList faultsOfStage()
    {
        StageView& stage = m_window->stage();
        QStringList faults;
        const QSizeF least = stage.minimumSizeHint().toSizeF() * kBesideBar;
        if (stage.width() < least.width() || stage.height() < least.height())
            faults << u"the stage is smaller than its drawing"_s;
        for (const Part& part : stage.picture().parts) {
            for (const Shape& shape : part.shapes) {
                const auto* const text = std::get_if<TextShape>(&shape);
                // A name of the program's own may be cut; card and call stack have it whole.
                if (text && widthOf(*text) > text->width + 0.5
                    && !text->runs.front().text.contains(u"TheCustomerAtTheWindow"_s))
                    faults << u"cut on the stage: "_s + text->runs.front().text;
            }
        }
        return faults;
    }

    app::Index m_open = 0;
    app::Index m_blocked = 0;
};

QTEST_MAIN(TestSizes)
#include "tst_sizes.moc"
