// The words of the window, and the answers about two lines: the glossary, "Why this before that", and what opens over
// the picture in a presentation.
#include "panels/beforecard.h"
#include "panels/callstackpanel.h"
#include "panels/glossarypanel.h"
#include "panels/ordercard.h"
#include "timeline/timelineview.h"
#include "window/glossarypage.h"
#include "windowdriver.h"

#include <QClipboard>
#include <QDialog>
#include <QHelpEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QTextBrowser>
#include <QToolTip>

#include <algorithm>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = uR"(console.log('open');
setTimeout(() => console.log('dessert'), 20);
process.nextTick(() => console.log('notes'));
console.log('closed?');
)"_s;

} // namespace

class TestWindowWords : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup()
    {
        QToolTip::hideText();
        closeWindow();
    }

    // --- the glossary ---

    void shiftF1OpensTheGlossaryBesideTheWindowAndEscClosesIt()
    {
        press(Qt::Key_F1, Qt::ShiftModifier);
        QDialog* const dialog = glossary();
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        QCOMPARE(panel()->findChild<QListWidget*>()->count(), static_cast<int>(app::kTerms));
        m_window->action(u"new"_s)->trigger(); // the window goes on
        QVERIFY(dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(!dialog->isVisible());
    }

    void theGlossaryIsSearchedAndWalkedByKey()
    {
        press(Qt::Key_F1, Qt::ShiftModifier);
        auto* const search = panel()->findChild<QLineEdit*>();
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, u"microtask"_s);
        QCOMPARE(panel()->shown(), app::Term::Microtask);
        const QString page = panel()->findChild<QTextBrowser*>()->toPlainText();
        for (const app::Wording wording : {app::Wording::Restaurant, app::Wording::Runtime})
            QVERIFY2(page.contains(app::termText(app::Term::Microtask, wording)), qPrintable(page));
        auto* const list = panel()->findChild<QListWidget*>();
        const int before = list->currentRow();
        QTest::keyClick(search, Qt::Key_Down);
        QCOMPARE(list->currentRow(), before + 1);
        QVERIFY(panel()->shown() != app::Term::Microtask);
        search->clear();
        QTest::keyClicks(search, u"souffle"_s);
        QVERIFY(!list->isVisible());
        QTest::keyClick(search, Qt::Key_Down); // there is nothing to walk
        search->clear();
        QCOMPARE(list->count(), static_cast<int>(app::kTerms));
    }

    void aWordLeadsToOthersAndToTheExampleThatShowsIt()
    {
        press(Qt::Key_F1, Qt::ShiftModifier);
        panel()->show(app::Term::Tick);
        auto* const page = panel()->findChild<QTextBrowser*>();
        follow(u"term:"_s);
        QCOMPARE(panel()->shown(), app::seeAlso(app::Term::Tick).front());
        panel()->show(app::Term::Tick);
        QVERIFY2(page->toPlainText().contains(u"Show it in an example: Ticks before promises"_s),
            qPrintable(page->toPlainText()));
        follow(u"example:"_s);
        QTRY_VERIFY2(m_window->program().endsWith(u"order.js"_s), qPrintable(m_window->program()));
    }

    void theGlossarySpeaksTheWordsOfTheSkin()
    {
        press(Qt::Key_F1, Qt::ShiftModifier);
        panel()->show(app::Term::Timer);
        auto* const list = panel()->findChild<QListWidget*>();
        QCOMPARE(list->currentItem()->text(), u"egg timer (timer)"_s);
        press(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(list->currentItem()->text(), u"timer (egg timer)"_s);
    }

    void shiftF1OpensTheWordThatHasTheKeyboard()
    {
        QVERIFY(run(kProgram));
        m_window->stage().setFocus(Qt::TabFocusReason);
        QTest::keyClick(&m_window->stage(), Qt::Key_PageDown);
        const auto place = m_window->stage().focusedPlace();
        QVERIFY(place);
        press(Qt::Key_F1, Qt::ShiftModifier);
        QCOMPARE(panel()->shown(), *place);
        glossary()->close();
        // Enter does the same, and so it does in the timeline.
        QTest::keyClick(&m_window->stage(), Qt::Key_PageDown);
        QTest::keyClick(&m_window->stage(), Qt::Key_Return);
        QCOMPARE(panel()->shown(), *m_window->stage().focusedPlace());
        m_window->timeline().setFocus(Qt::TabFocusReason);
        QTest::keyClick(&m_window->timeline(), Qt::Key_Down);
        press(Qt::Key_F1, Qt::ShiftModifier);
        QCOMPARE(panel()->shown(), m_window->timeline().termThere());
    }

    void theHeadingsOfCardsSayWhatTheyAre()
    {
        QVERIFY(run(kProgram));
        const auto tips = [&](const QWidget& within) {
            QStringList found;
            for (const QLabel* const label : within.findChildren<QLabel*>())
                found << label->toolTip();
            return found;
        };
        QVERIFY(tips(m_window->card()).contains(app::termTip(app::Term::Order, app::Wording::Restaurant)));
        QVERIFY(tips(m_window->callStack()).contains(app::termTip(app::Term::CallStack, app::Wording::Restaurant)));
        press(Qt::Key_2, Qt::ControlModifier);
        QVERIFY(tips(m_window->card()).contains(app::termTip(app::Term::Order, app::Wording::Runtime)));
        QVERIFY(tips(m_window->callStack()).contains(app::termTip(app::Term::CallStack, app::Wording::Runtime)));
    }

    // --- why this before that ---

    void withoutTwoLinesItSaysHowToChooseThem()
    {
        QVERIFY(run(kProgram));
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY2(
            m_window->notice().startsWith(u"Choose two lines of the console first"_s), qPrintable(m_window->notice()));
        QVERIFY(m_window->card().isVisible() && !m_window->beforeCard().isVisible());
    }

    void twoChosenLinesAreAnsweredInTheOrderCardsPlace()
    {
        QVERIFY(run(kProgram));
        choose(1, 3); // closed?, dessert
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        BeforeCard& card = m_window->beforeCard();
        QVERIFY(card.isVisible() && !m_window->card().isVisible());
        QVERIFY2(card.asText().startsWith(u"Why “closed?” before “dessert”\n1. "_s), qPrintable(card.asText()));
        QCOMPARE(card.accessibleName(), u"Why “closed?” before “dessert”"_s);
        QCOMPARE(card.accessibleDescription(), card.asText());
        QVERIFY(!card.asText().contains(u"race"_s));
        QTest::mouseClick(copyOf(card), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), card.asText());
        press(Qt::Key_Escape);
        QVERIFY(m_window->card().isVisible() && !card.isVisible());
        // By the button at its corner, too.
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(card.isVisible());
        QTest::mouseClick(named<QToolButton>(&card, u"Close this answer"_s), Qt::LeftButton);
        QVERIFY(m_window->card().isVisible() && !card.isVisible());
    }

    void itIsAskedByTheConsolesOwnMenuAsWellAndInTheWordsOfTheSkin()
    {
        QVERIFY(run(kProgram));
        emit m_window->console().beforeAsked(4, 2);
        BeforeCard& card = m_window->beforeCard();
        QVERIFY(card.isVisible());
        const QString restaurant = card.asText();
        QVERIFY(restaurant.startsWith(u"Why “closed?” before “dessert”"_s)); // whichever was named first
        press(Qt::Key_2, Qt::ControlModifier);
        QVERIFY(card.isVisible());
        QVERIFY2(card.asText() != restaurant, qPrintable(card.asText()));
    }

    void aLinkOfTheAnswerMovesThePlayheadAndAnotherShowsTheLine()
    {
        QVERIFY(run(kProgram));
        choose(1, 3);
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        BeforeCard& card = m_window->beforeCard();
        QVERIFY(card.isVisible());
        const QStringList links = linksOf(card);
        QVERIFY(std::ranges::any_of(links, [](const QString& link) { return link.startsWith("event:"_L1); }));
        const app::Index printed = session().log()->outputs()[1];
        activate(card, u"event:%1"_s.arg(printed));
        QTRY_COMPARE(session().place(), printed + 1);
        QVERIFY(card.isVisible());
        const auto place = std::ranges::find_if(
            links, [](const QString& link) { return link.startsWith("place:"_L1); });
        QVERIFY2(place != links.end(), qPrintable(links.join(u' ')));
        activate(card, *place);
        QVERIFY(m_window->notice().isEmpty());
    }

    void aRaceIsSaidAsSuch()
    {
        QVERIFY(run(u"setTimeout(() => console.log('timer'), 0);\nsetImmediate(() => console.log('immediate'));\n"_s));
        choose(0, 1);
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY2(m_window->beforeCard().asText().contains(
                     u"This is a race: another run may print them the other way round."_s),
            qPrintable(m_window->beforeCard().asText()));
    }

    void anOpenedTraceIsAskedLikeARun()
    {
        QVERIFY(run(kProgram));
        const QString file = m_folder->filePath(u"kept.bistro"_s);
        QVERIFY(session().saveTrace(file));
        openAgain();
        QVERIFY(m_window->openTrace(file));
        QVERIFY(QTest::qWaitFor([&] { return lines().size() == 4; }, kLong));
        choose(0, 3);
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY2(m_window->beforeCard().asText().startsWith(u"Why “open” before “dessert”"_s),
            qPrintable(m_window->beforeCard().asText()));
        QVERIFY(m_window->openTrace(file)); // what it showed goes with its log
        QVERIFY(!m_window->beforeCard().isVisible());
    }

    void aLongTraceIsAskedBesideTheWindowsThread()
    {
        QVERIFY(run(u"console.log('first');\nlet n = 0;\n"
                    "(function more() { if (++n < 40000) setImmediate(more); else console.log('last'); })();\n"_s));
        QVERIFY(session().log()->size() > 50'000);
        choose(0, 1);
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        BeforeCard& card = m_window->beforeCard();
        QVERIFY(card.isVisible());
        QCOMPARE(card.asText(), u"Bistro looks for the answer…"_s);
        QVERIFY(QTest::qWaitFor([&] { return card.asText().startsWith(u"Why “first” before “last”"_s); }, kLong));
        // Escape while it is looked for: the answer comes too late.
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        press(Qt::Key_Escape);
        QVERIFY(!card.isVisible());
    }

    void choosingAnOrderBringsItsCardBack()
    {
        QVERIFY(run(kProgram));
        choose(0, 3);
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(m_window->beforeCard().isVisible());
        const app::Index second = session().log()->outermostStarts()[1];
        m_window->selectOrder(app::OrderId::async(session().log()->event(second).a));
        QVERIFY(!m_window->beforeCard().isVisible() && m_window->card().isVisible());
    }

    // --- over the picture ---

    void inAPresentationTheConsoleOpensOverThePictureByItsKey()
    {
        QVERIFY(run(kProgram));
        present();
        const QRect stage = picture();
        const QRect editor = placeOf(m_window->editor());
        QVERIFY(!m_window->console().isVisible());
        press(Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
        ConsolePanel& console = m_window->console();
        QVERIFY(console.isVisible());
        QTRY_VERIFY2(
            stage.contains(placeOf(console)), qPrintable(QDebug::toString(placeOf(console)) + QDebug::toString(stage)));
        const QRect over = placeOf(console);
        QVERIFY2(over.left() - stage.left() < 10 && stage.bottom() - over.bottom() < 10,
            qPrintable(QDebug::toString(over) + QDebug::toString(stage)));
        QVERIFY(over.height() < stage.height() * 0.46 && over.height() > stage.height() * 0.3);
        QCOMPARE(picture(), stage); // nothing beneath is laid out anew
        QCOMPARE(placeOf(m_window->editor()), editor);
        QVERIFY(console.isAncestorOf(QApplication::focusWidget()));
        press(Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!console.isVisible() && m_window->isFullScreen());
    }

    void whyOpensBesideItAndEscClosesOneAfterTheOtherAndThenLeaves()
    {
        QVERIFY(run(kProgram));
        choose(1, 3);
        present();
        const QRect stage = picture();
        press(Qt::Key_5, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(m_window->card().isVisible());
        QTRY_VERIFY(stage.contains(seen(m_window->card())));
        const QRect over = seen(m_window->card());
        QVERIFY(stage.right() - over.right() < 30 && over.left() > stage.left());
        press(Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(m_window->console().isVisible() && m_window->card().isVisible());
        QTRY_VERIFY(!placeOf(m_window->console()).intersects(seen(m_window->card())));
        QCOMPARE(picture(), stage);
        press(Qt::Key_Escape);
        QVERIFY(m_window->isFullScreen());
        QCOMPARE(m_window->console().isVisible() + m_window->card().isVisible(), 1);
        press(Qt::Key_Escape);
        QVERIFY(m_window->isFullScreen() && !m_window->console().isVisible() && !m_window->card().isVisible());
        press(Qt::Key_Escape);
        QVERIFY(!m_window->isFullScreen());
        m_window->resize(1440, 900); // no window manager does it
        QTRY_VERIFY(m_window->console().isVisible() && m_window->card().isVisible());
        QVERIFY(m_window->action(u"show-console"_s)->isChecked() && m_window->action(u"show-cards"_s)->isChecked());
    }

    void whyThisBeforeThatOpensOverThePictureToo()
    {
        QVERIFY(run(kProgram));
        choose(1, 3);
        present();
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(m_window->beforeCard().isVisible());
        QTRY_VERIFY(picture().contains(seen(m_window->beforeCard())));
        press(Qt::Key_Escape); // the answer
        press(Qt::Key_Escape); // the card over the picture
        QVERIFY(m_window->isFullScreen() && !m_window->card().isVisible());
    }

    void leavingWithPanelsOpenBringsThemHome()
    {
        QVERIFY(run(kProgram));
        m_window->action(u"show-cards"_s)->setChecked(false); // as the learner had it
        present();
        press(Qt::Key_5, Qt::ControlModifier | Qt::AltModifier);
        press(Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(m_window->card().isVisible());
        press(Qt::Key_F11);
        QVERIFY(!m_window->isFullScreen());
        m_window->resize(1440, 900);
        QVERIFY(!m_window->card().isVisible() && m_window->console().isVisible());
        QTRY_VERIFY(!picture().intersects(placeOf(m_window->console())));
        QVERIFY(!m_window->action(u"show-cards"_s)->isChecked());
        m_window->action(u"show-cards"_s)->setChecked(true);
        QTRY_VERIFY(m_window->card().isVisible());
        QTRY_VERIFY(!picture().intersects(seen(m_window->card())));
    }

    void inAPresentationTipsAreLarger()
    {
        QVERIFY(run(kProgram));
        const int before = tipHeight();
        present();
        QVERIFY2(tipHeight() >= before * 14 / 10, qPrintable(QString::number(tipHeight())));
    }

private:
    // What is seen of the stage: the whole of it may be scrolled.
    QRect picture() { return placeOf(*m_window->stage().parentWidget()->parentWidget()); }

    // All of the window has its new look and place.
    void present()
    {
        press(Qt::Key_F11);
        QTRY_VERIFY(m_window->isFullScreen() && m_window->updatesEnabled() && !m_window->console().isVisible());
        QCoreApplication::processEvents();
        QTRY_VERIFY(m_window->updatesEnabled());
    }
    [[nodiscard]] QDialog* glossary() { return m_window->findChild<QDialog*>(u"glossarydialog"_s); }
    [[nodiscard]] GlossaryPanel* panel() { return m_window->findChild<GlossaryPanel*>(); }
    // The first link of the page that begins so.
    void follow(const QString& begin)
    {
        auto* const page = panel()->findChild<QTextBrowser*>();
        page->moveCursor(QTextCursor::Start);
        page->setFocus();
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(page, Qt::Key_Tab);
            if (page->textCursor().charFormat().anchorHref().startsWith(begin)) {
                QTest::keyClick(page, Qt::Key_Return);
                return;
            }
        }
        QFAIL(qPrintable(begin));
    }
    // By their marks, rows from 0.
    void choose(int one, int other)
    {
        ConsoleView& view = m_window->console().view();
        const auto mark = [&](int row) {
            const QRect line = view.rectOf(row);
            return QPoint(line.left() + 12, line.center().y());
        };
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, mark(one));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, mark(other));
        QVERIFY(m_window->console().chosenLines());
    }
    [[nodiscard]] static QToolButton* copyOf(const QWidget& card)
    {
        const auto buttons = card.findChildren<QToolButton*>();
        const auto found = std::ranges::find(buttons, u"Copy"_s, &QToolButton::text);
        return found == buttons.end() ? nullptr : *found;
    }
    [[nodiscard]] static QStringList linksOf(const QWidget& card)
    {
        static const QRegularExpression link(u"href=\"([^\"]*)\""_s);
        QStringList links;
        for (const RichLabel* const label : card.findChildren<RichLabel*>()) {
            if (!label->isVisible())
                continue;
            for (const auto& match : link.globalMatch(label->text()))
                links << match.captured(1);
        }
        return links;
    }
    static void activate(const QWidget& card, const QString& link)
    {
        for (RichLabel* const label : card.findChildren<RichLabel*>()) {
            if (label->isVisible() && label->text().contains(link)) {
                emit label->linkActivated(link);
                return;
            }
        }
        QFAIL(qPrintable(link));
    }
    [[nodiscard]] QRect placeOf(const QWidget& panel) const
    {
        return {panel.mapTo(m_window.get(), QPoint(0, 0)), panel.size()};
    }
    // Of what scrolls, the part that is seen.
    [[nodiscard]] QRect seen(const QWidget& panel) const
    {
        return panel.visibleRegion().boundingRect().translated(panel.mapTo(m_window.get(), QPoint(0, 0)));
    }
    // Of one rail's tip.
    [[nodiscard]] int tipHeight()
    {
        QToolTip::hideText();
        const auto places = m_window->stage().places();
        QWidget* const pane = stagePane();
        const QPoint at = (m_window->stage().rectOf(places[4]).topLeft() + QPointF(5, 5)).toPoint();
        QHelpEvent event(QEvent::ToolTip, at, pane->mapToGlobal(at));
        QApplication::sendEvent(pane, &event);
        for (const QWidget* const top : QApplication::topLevelWidgets()) {
            if (top->inherits("QTipLabel") && top->isVisible())
                return QFontMetrics(top->font()).height();
        }
        return 0;
    }
};

QTEST_MAIN(TestWindowWords)
#include "tst_window_words.moc"
