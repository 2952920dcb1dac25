// Predicting in the whole window, by clicks and keys, with the real engine: what is asked, what is hidden, what counts.
#include "editor/codeeditor.h"
#include "panels/narrationbar.h"
#include "panels/predictcard.h"
#include "stage/picturetext.h"
#include "stage/stagetable.h"
#include "timeline/timelineview.h"
#include "window/expectdesk.h"
#include "window/findingspage.h"
#include "window/lowerleft.h"
#include "window/predictdesk.h"
#include "windowdriver.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = uR"(setTimeout(function dessert() { console.log('dessert') }, 0);
setImmediate(function bill() { console.log('bill') });
Promise.resolve().then(function greet() { console.log('greet') });
process.nextTick(function tick() { console.log('tick') });
console.log('main');
)"_s;

} // namespace

class TestWindowPredict : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void theKeyOfTheMenuAsksTheFirstQuestion()
    {
        QVERIFY(run(kProgram));
        press(Qt::Key_P, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(asks());
        const PredictContent& content = card().content();
        QVERIFY(content.rows.size() >= 2);
        QVERIFY(session().place() < session().log()->size());
        // The rows have the keys that the stage shows.
        for (const PredictRow& row : content.rows)
            QCOMPARE(m_window->stage().picture().keyOf(row.name.order), row.key);
        QVERIFY(shownNext().isEmpty());
    }

    // The keys go by the stage, the answers by the run: whoever answers what came is right each time.
    void everyRightAnswerIsWhatTheRunDid()
    {
        QVERIFY(run(kProgram));
        on(true);
        int asked = 0;
        while (asks()) {
            const app::Place place = session().place();
            const app::OrderId next = nextOf(place);
            const auto row = std::ranges::find(
                card().content().rows, next, [](const PredictRow& each) { return each.name.order; });
            QVERIFY(row != card().content().rows.end());
            pressNumber(row->key);
            ++asked;
            QVERIFY2(card().asText().startsWith(u"Right: "_s), qPrintable(card().asText()));
            QVERIFY(card().goOn().hasFocus());
            const bool last = card().goOn().text() == u"Play to the end"_s;
            QTest::keyClick(&card().goOn(), Qt::Key_Return);
            if (last)
                break;
            skip();
        }
        QVERIFY(asked >= 2);
        QVERIFY(card().content().score.startsWith(u"%1 of %1"_s.arg(asked)));
        QVERIFY(QTest::qWaitFor([&] { return card().content().phase == PredictPhase::Over; }, kLong));
    }

    void aClickOnASlipAnswersAndIsToldWhyNot()
    {
        QVERIFY(run(kProgram));
        on(true);
        QVERIFY(asks());
        const app::OrderId next = nextOf(session().place());
        app::OrderId wrong;
        for (const PredictRow& row : card().content().rows) {
            if (row.name.order != next && !m_window->stage().rectOf(row.name.order).isEmpty())
                wrong = row.name.order;
        }
        QVERIFY(wrong);
        QTest::mouseClick(stagePane(), Qt::LeftButton, {}, m_window->stage().rectOf(wrong).center().toPoint());
        QVERIFY2(card().asText().startsWith(u"Not yet: "_s), qPrintable(card().asText()));
        QVERIFY(!card().content().reasons.empty());
        QCOMPARE(card().content().score, u"0 of 1 right"_s);
        // Its first answer counts.
        pressNumber(1);
        QCOMPARE(card().content().score, u"0 of 1 right"_s);
        card().startAgain().click();
        QVERIFY(asks());
        QVERIFY(card().content().score.isEmpty());
    }

    void nothingTellsWhatComes()
    {
        QVERIFY(run(kProgram));
        on(true);
        QVERIFY(asks());
        ConsolePanel& console = m_window->console();
        const app::Place place = session().place();
        for (int row = 0; row < console.model().rowCount(); ++row) {
            const app::Index event = console.model().line(row).event;
            QCOMPARE(console.view().isShown(row), event != app::kNoEvent && event < place);
        }
        QVERIFY(!m_window->statusText().contains(u" of "_s));
        QCOMPARE(m_window->timeline().events(), place);
        QVERIFY(!m_window->narration().accessibleDescription().contains(u"Next"_s));
        QVERIFY(!m_window->action(u"step-forward"_s)->isEnabled());
        QVERIFY(!m_window->action(u"go-live"_s)->isEnabled());
        // However somebody tries.
        session().goTo(session().log()->size());
        QCOMPARE(session().place(), place);
        QVERIFY(session().stepBack(app::Session::Step::Step));
        QVERIFY(QTest::qWaitFor([&] { return card().content().phase == PredictPhase::Away; }, kLong));
        QVERIFY(m_window->action(u"step-forward"_s)->isEnabled());
        card().goOn().click();
        QVERIFY(asks());
        QCOMPARE(session().place(), place);
    }

    void allComesBackAtTheEnd()
    {
        QVERIFY(run(kProgram));
        on(true);
        QVERIFY(asks());
        on(false);
        QVERIFY(card().isHidden());
        QVERIFY(QTest::qWaitFor([&] { return !m_window->stage().picture().guessing; }, kLong));
        QVERIFY(!shownNext().isEmpty());
        QVERIFY(m_window->action(u"step-forward"_s)->isEnabled());
        for (int row = 0; row < m_window->console().model().rowCount(); ++row)
            QVERIFY(m_window->console().view().isShown(row));
        QVERIFY(m_window->statusText().contains(u" of "_s));
    }

    // Typed numbers are numbers.
    void whoWritesCodeAnswersNothing()
    {
        QVERIFY(run(kProgram));
        on(true);
        QVERIFY(asks());
        m_window->editor().editor()->setFocus();
        QTest::keyClick(m_window->editor().editor(), Qt::Key_1);
        QCOMPARE(card().content().phase, PredictPhase::Asking);
        QVERIFY(card().content().score.isEmpty());
    }

    void theOtherSkinAndTheTextAskToo()
    {
        QVERIFY(run(kProgram));
        m_window->action(u"loop"_s)->trigger();
        m_window->action(u"text-stage"_s)->trigger();
        on(true);
        QVERIFY(asks());
        QCOMPARE(card().content().headline, u"Which callback runs next?"_s);
        const QString stage = m_window->stage().asText();
        for (const PredictRow& row : card().content().rows) {
            if (!m_window->stage().rectOf(row.name.order).isEmpty())
                QVERIFY2(stage.contains(u"Press %1 if it is next"_s.arg(row.key)), qPrintable(stage));
        }
    }

    // The program is not disturbed; it is asked about what it has done.
    void ofAProgramThatGoesOnItAsksAboutThePast()
    {
        on(true);
        QVERIFY(start(kProgram + u"setInterval(() => {}, 20);\n"_s));
        QVERIFY(QTest::qWaitFor([&] { return card().content().phase == PredictPhase::Running; }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return session().log() && session().log()->outputs().size() >= 5; }, kLong));
        QCOMPARE(session().place(), app::Place {0});
        QTest::mouseClick(&card().goOn(), Qt::LeftButton);
        QVERIFY(asks());
        QVERIFY(session().isRunning());
        m_window->action(u"stop"_s)->trigger();
        QVERIFY(ended());
        QCOMPARE(card().content().phase, PredictPhase::Asking);
    }

    void nothingRecordedIsSaid()
    {
        on(true);
        QVERIFY(QTest::qWaitFor([&] { return !card().content().sentence.isEmpty(); }, kLong));
        QCOMPARE(card().content().phase, PredictPhase::NoRun);
        QVERIFY(run(u"console.log('alone');\n"_s));
        QVERIFY(QTest::qWaitFor([&] { return card().content().phase == PredictPhase::NothingToAsk; }, kLong));
    }

    void theFirstLineThatDiffersIsMarked()
    {
        write(kProgram);
        m_window->action(u"expected-output"_s)->trigger();
        QVERIFY(m_window->lowerLeft().isShown(&panel()));
        QTest::keyClicks(&panel().field(), u"main"_s);
        QTest::keyClick(&panel().field(), Qt::Key_Return);
        QTest::keyClicks(&panel().field(), u"greet"_s);
        click(u"run"_s);
        QVERIFY(ended());
        QVERIFY(QTest::qWaitFor([&] { return panel().result().verdict == ExpectResult::Verdict::Differs; }, kLong));
        QCOMPARE(panel().result().line, std::optional<std::size_t>(1));
        QVERIFY(!panel().result().sentence.isEmpty());
        QTest::mouseClick(&panel().whyButton(), Qt::LeftButton);
        QVERIFY(session().place() < session().log()->size());
        QVERIFY(panel().asText().size() > panel().result().sentence.size());
        panel().field().setPlainText(lines().join(u'\n'));
        QCOMPARE(panel().result().verdict, ExpectResult::Verdict::None);
        QTest::mouseClick(&panel().compareButton(), Qt::LeftButton);
        QCOMPARE(panel().result().verdict, ExpectResult::Verdict::Same);
    }

    // Written for one program, they say nothing of another.
    void theLinesBelongToTheirProgram()
    {
        write(kProgram);
        panel().field().setPlainText(u"greet"_s);
        const QString first = m_window->program();
        const int tab = m_window->editor().tabBar().currentIndex();
        m_window->action(u"new"_s)->trigger();
        write(u"console.log('other');\n"_s);
        QVERIFY(m_window->program() != first);
        QCOMPARE(panel().text(), QString());
        panel().field().setPlainText(u"other"_s);
        m_window->editor().tabBar().setCurrentIndex(tab);
        QCOMPARE(m_window->program(), first);
        QCOMPARE(panel().text(), u"greet"_s);
    }

    // Also after the presentation, whose type is larger: ground and placeholder are the viewport's.
    void theFieldLooksLikeTheEditor()
    {
        Settings dark = m_window->settings();
        dark.scheme = SchemeChoice::Dark;
        m_window->setSettings(dark);
        QTRY_VERIFY(m_window->updatesEnabled());
        const QPlainTextEdit& field = panel().field();
        const CodeEditor& code = *m_window->editor().editor();
        QCOMPARE(field.viewport()->palette().color(QPalette::Base), code.palette().color(QPalette::Base));
        QCOMPARE(field.palette().color(QPalette::Text), code.palette().color(QPalette::Text));
        const QFont before = field.viewport()->font();
        m_window->action(u"presentation"_s)->trigger();
        QTRY_VERIFY(m_window->updatesEnabled() && field.viewport()->font() != before);
        m_window->action(u"presentation"_s)->trigger();
        QTRY_COMPARE(field.viewport()->font(), before);
        QCOMPARE(field.viewport()->font(), code.font());
    }

    void theComparisonWaitsWhileSomebodyPredicts()
    {
        write(kProgram);
        panel().field().setPlainText(u"greet"_s);
        on(true);
        click(u"run"_s);
        QVERIFY(ended());
        QVERIFY(asks());
        QCOMPARE(panel().result().verdict, ExpectResult::Verdict::None);
        QVERIFY(!panel().compareButton().isEnabled());
        on(false);
        QVERIFY(QTest::qWaitFor([&] { return panel().result().verdict == ExpectResult::Verdict::Differs; }, kLong));
    }

private:
    [[nodiscard]] PredictCard& card() { return m_window->predict().card(); }
    [[nodiscard]] ExpectPanel& panel() { return m_window->expect().panel(); }
    void on(bool on) { m_window->action(u"predict"_s)->setChecked(on); }
    [[nodiscard]] bool asks()
    {
        return QTest::qWaitFor([&] { return card().content().phase == PredictPhase::Asking; }, kLong);
    }
    void skip()
    {
        if (card().content().phase == PredictPhase::Answered || card().content().phase == PredictPhase::GoingOn)
            QTest::keyClick(&card().goOn(), Qt::Key_Return);
    }
    void pressNumber(int key)
    {
        m_window->stage().setFocus();
        QTest::keyClick(m_window.get(), static_cast<Qt::Key>(Qt::Key_0 + key));
    }
    // Whose outermost call of the program's comes next.
    [[nodiscard]] app::OrderId nextOf(app::Place place)
    {
        const app::TraceLog& log = *session().log();
        auto call = app::nextCall(log, place, app::Calls::Programs);
        return call ? log.stateAt(*call).running.front().order : app::OrderId {};
    }
    [[nodiscard]] QString shownNext()
    {
        QStringList numbered;
        for (const StageSlip& slip : m_window->stage().picture().slips) {
            if (slip.number > 0)
                numbered << slip.title;
        }
        return numbered.join(u' ');
    }
};

QTEST_MAIN(TestWindowPredict)
#include "tst_window_predict.moc"
