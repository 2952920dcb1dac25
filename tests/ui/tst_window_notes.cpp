// Below the code: the tab row, the findings of a run, and bookmarks with a note.
#include "windowdriver.h"

#include "panels/ordercard.h"
#include "panels/rowlist.h"
#include "timeline/timelineview.h"
#include "trace/bookmarks.h"
#include "window/bookmarkspage.h"
#include "window/findingspage.h"
#include "window/lowerleft.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// sortRows holds up tea, whatever the machine is busy with.
const QString kBlocks = uR"(setTimeout(function sortRows() {
    setImmediate(function tea() { console.log('tea') });
    const end = Date.now() + 400;
    while (Date.now() < end);
    console.log('sorted');
}, 1);
)"_s;

const QString kCalm = uR"(console.log('one');
setTimeout(() => console.log('two'), 5);
)"_s;

constexpr auto kControlAlt = Qt::ControlModifier | Qt::AltModifier;

} // namespace

class TestWindowNotes : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init()
    {
        openWindow();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { closeWindow(); }

    // The tab row.

    void thePagesStandInARowOfTabs()
    {
        const LowerLeft& lower = m_window->lowerLeft();
        QCOMPARE(titles(), (QStringList {u"Console"_s, u"Findings"_s, u"Bookmarks"_s, u"Expected"_s}));
        QCOMPARE(lower.tabs().parentWidget()->height(), 32);
        QCOMPARE(lower.tabs().currentIndex(), 0);
        for (int i = 0; i < lower.tabs().count(); ++i)
            QVERIFY2(!lower.tabs().isTabVisible(i)
                    || lower.tabs().tabRect(i).width()
                        > QFontMetrics(lower.tabs().font()).horizontalAdvance(lower.tabs().tabText(i)),
                qPrintable(lower.tabs().tabText(i)));
        m_window->resize(1280, 720);
        QTRY_COMPARE(lower.tabs().parentWidget()->height(), 28);
    }

    void whatThePageSaysOfItselfIsWholeOrNotThere()
    {
        const LowerLeft& lower = m_window->lowerLeft();
        QVERIFY(run(kBlocks
            + u"setTimeout(() => { Promise.reject(new Error('burned')) }, 600);\n"
              "process.on('unhandledRejection', () => console.log('caught'));\n"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findings().search().isWhole(), kLong);
        press(Qt::Key_9, kControlAlt);
        const QLabel& remark = lower.remark();
        QCOMPARE(remark.text(), u"the worst first"_s);
        for (int zoom = 0; zoom < 5; ++zoom) {
            QCoreApplication::processEvents();
            QTRY_VERIFY(!remark.isVisible() || remark.width() >= remark.sizeHint().width());
            QVERIFY(!remark.isVisible() || remark.x() >= lower.tabs().geometry().right());
            m_window->action(u"zoom-in"_s)->trigger();
        }
        m_window->action(u"zoom-reset"_s)->trigger();
        QVERIFY(lower.tabs().tabToolTip(1).endsWith(u"\nthe worst first"_s)); // where it has no room
    }

    void aKeyBringsAPageToTheFrontAndHidesItAgain()
    {
        const LowerLeft& lower = m_window->lowerLeft();
        press(Qt::Key_9, kControlAlt);
        QCOMPARE(lower.currentId(), u"findings"_s);
        QTRY_VERIFY(m_window->findings().list().hasFocus());
        press(Qt::Key_0, kControlAlt);
        QCOMPARE(lower.currentId(), u"bookmarks"_s);
        QTRY_VERIFY(m_window->bookmarks().list().hasFocus());
        QVERIFY(!m_window->action(u"show-findings"_s)->isChecked());
        QVERIFY(m_window->action(u"show-bookmarks"_s)->isChecked());
        press(Qt::Key_0, kControlAlt);
        QVERIFY(!lower.isVisible());
        QVERIFY(!m_window->action(u"show-bookmarks"_s)->isChecked());
        press(Qt::Key_2, kControlAlt);
        QVERIFY(lower.isVisible());
        QCOMPARE(lower.currentId(), u"console"_s);
        QTRY_VERIFY(m_window->console().isAncestorOf(QApplication::focusWidget()));
        press(Qt::Key_2, kControlAlt);
        QVERIFY(!lower.isVisible());
        m_window->action(u"reset-layout"_s)->trigger();
        QVERIFY(lower.isVisible());
    }

    void arrowsGoFromTabToTabAndTabIntoThePage()
    {
        LowerLeft& lower = m_window->lowerLeft();
        lower.tabs().setFocus(Qt::TabFocusReason);
        QTest::keyClick(&lower.tabs(), Qt::Key_Right);
        QCOMPARE(lower.currentId(), u"findings"_s);
        QVERIFY(m_window->action(u"show-findings"_s)->isChecked());
        QVERIFY(lower.tabs().hasFocus());
        QTest::keyClick(&lower.tabs(), Qt::Key_Tab);
        QVERIFY(m_window->findings().list().hasFocus());
        QTest::keyClick(&m_window->findings().list(), Qt::Key_Backtab);
        QVERIFY(lower.tabs().hasFocus());
        QTest::mouseClick(&lower.tabs(), Qt::LeftButton, {}, lower.tabs().tabRect(2).center());
        QCOMPARE(lower.currentId(), u"bookmarks"_s);
    }

    void thePageInFrontIsKeptWithTheLayout()
    {
        press(Qt::Key_9, kControlAlt);
        m_window->close();
        openAgain();
        QCOMPARE(m_window->lowerLeft().currentId(), u"findings"_s);
        QVERIFY(m_window->action(u"show-findings"_s)->isChecked());
        QVERIFY(!m_window->action(u"show-console"_s)->isChecked());
    }

    void whoFindsInTheConsoleSeesIt()
    {
        press(Qt::Key_9, kControlAlt);
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_window->lowerLeft().currentId(), u"console"_s);
    }

    // Findings.

    void emptyListsSayWhy()
    {
        QVERIFY(findings().emptyText().startsWith(u"Nothing has run yet."_s));
        QVERIFY(bookmarks().emptyText().contains(u"Run a program first."_s));
        QVERIFY(run(kCalm));
        QTRY_COMPARE_WITH_TIMEOUT(
            findings().emptyText(), u"Nothing held this run up, as far as Bistro can tell."_s, kLong);
        QTRY_VERIFY(bookmarks().emptyText().contains(u"Press Ctrl+B"_s));
    }

    void aFindingLeadsToItsMomentAndToWhatHelps()
    {
        QVERIFY(run(kBlocks));
        QTRY_VERIFY_WITH_TIMEOUT(findingOf(u"busy with sortRows"_s) >= 0, kLong);
        QTRY_VERIFY(titles()[1].startsWith(u"Findings "_s));
        press(Qt::Key_9, kControlAlt);
        QTRY_VERIFY(findings().hasFocus());
        // By key.
        const int row = findingOf(u"busy with sortRows"_s);
        findings().setCurrentIndex(findings().rows().index(row));
        QTest::keyClick(&findings(), Qt::Key_Return);
        QVERIFY(session().place() > 0 && session().place() < session().log()->size());
        const OrderCard& card = m_window->card();
        QTRY_VERIFY(card.asText().startsWith(u"Blocked for"_s));
        QTRY_VERIFY2(card.asText().contains(u"busy with sortRows"_s), qPrintable(card.asText()));
        QVERIFY2(card.asText().contains(u"\n1. "_s), qPrintable(card.asText())); // what helps
        QVERIFY(m_window->selectedOrder());
        QTRY_VERIFY(findings().rows().rows()[static_cast<std::size_t>(row)].here);
        // Elsewhere the card is the order's again, and no row is of this moment.
        session().goTo(1);
        QTRY_VERIFY(!card.asText().startsWith(u"Blocked"_s));
        QTRY_VERIFY(std::ranges::none_of(findings().rows().rows(), &NoteRow::here));
        // By a click.
        QTest::mouseClick(
            findings().viewport(), Qt::LeftButton, {}, findings().visualRect(findings().rows().index(row)).center());
        QVERIFY(session().place() > 1);
        QTRY_VERIFY(card.asText().startsWith(u"Blocked for"_s));
        // In its own words.
        m_window->action(u"loop"_s)->trigger();
        QTRY_VERIFY(card.asText().contains(u"sortRows blocked the loop"_s));
        QVERIFY(findingOf(u"sortRows blocked the loop"_s) >= 0);
    }

    void theWorstComesFirst()
    {
        QVERIFY(run(kBlocks
            + u"setTimeout(() => { Promise.reject(new Error('burned')) }, 600);\n"
              "process.on('unhandledRejection', () => console.log('caught'));\n"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findings().search().isWhole(), kLong);
        QVERIFY(findings().rows().rowCount() >= 2);
        const auto& found = m_window->findings().search().found();
        QVERIFY(std::ranges::is_sorted(found, {}, [](const app::FoundThing& each) { return weightOf(each.kind); }));
        for (std::size_t i = 0; i < found.size(); ++i)
            QCOMPARE(findings().rows().rows()[i].text, found[i].in(app::Wording::Restaurant).what);
    }

    void whileItRunsTheFindingsAreThoseSoFar()
    {
        QVERIFY(start(kBlocks + u"setInterval(() => {}, 20);\n"_s));
        QTRY_VERIFY_WITH_TIMEOUT(findingOf(u"busy with sortRows"_s) >= 0, kLong);
        QVERIFY(session().isRunning());
        QVERIFY(!m_window->findings().search().isWhole());
        press(Qt::Key_9, kControlAlt);
        QTRY_VERIFY(m_window->lowerLeft().remark().text().startsWith(u"looked at so far:"_s));
        session().stop();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findings().search().isWhole(), kLong);
        QVERIFY(!m_window->lowerLeft().remark().text().startsWith(u"looked at so far:"_s));
    }

    void aFindingIsCopiedAndNotTheCode()
    {
        QVERIFY(run(kBlocks));
        QTRY_VERIFY_WITH_TIMEOUT(findingOf(u"busy with sortRows"_s) >= 0, kLong);
        m_window->editor().editor()->selectAll();
        press(Qt::Key_9, kControlAlt);
        QTRY_VERIFY(findings().hasFocus());
        findings().setCurrentIndex(findings().rows().index(findingOf(u"busy with sortRows"_s)));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_C, Qt::ControlModifier);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.contains(u"sortRows for"_s) && !copied.contains(u"setTimeout"_s), qPrintable(copied));
        // With what helps, from the menu.
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(&findings(), &event);
        auto* const menu = findings().findChild<QMenu*>();
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 3);
        menu->actions()[2]->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"\n1. "_s));
        menu->close();
    }

    void anotherRunHasFindingsOfItsOwn()
    {
        QVERIFY(run(kBlocks));
        QTRY_VERIFY_WITH_TIMEOUT(findings().rows().rowCount() > 0, kLong);
        QVERIFY(run(kCalm));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findings().search().isWhole(), kLong);
        QCOMPARE(findings().rows().rowCount(), 0);
        QCOMPARE(titles()[1], u"Findings"_s);
    }

    void aLongFindingIsWrappedAndNotCut()
    {
        RowList list;
        list.resize(300, 200);
        list.setTheme(Theme(Scheme::Light));
        const QString sentence
            = u"The waiter was busy with aFunctionOfAVeryLongName for 1.2 s, most of it in line 14."_s;
        list.rows().setRows(
            {{.key = 1, .text = u"short"_s, .when = u"1 ms"_s}, {.key = 2, .text = sentence, .when = u"1 ms"_s}});
        list.show();
        const int one = list.visualRect(list.rows().index(0)).height();
        const int two = list.visualRect(list.rows().index(1)).height();
        QVERIFY(one >= 24);
        QVERIFY2(two > one, qPrintable(QString::number(two)));
        // Between words: two of them do not fit into a line, though more letters would.
        const QString word(12, u'm');
        list.rows().setRows({{.key = 3, .text = word, .when = u"1 ms"_s},
            {.key = 4, .text = word + u' ' + word + u' ' + word, .when = u"1 ms"_s},
            {.key = 5, .text = word + word + word, .when = u"1 ms"_s}});
        list.resize(60 + 45 + QFontMetrics(list.font()).horizontalAdvance(word) * 3 / 2, 200);
        const auto heightOf = [&](int row) { return list.visualRect(list.rows().index(row)).height(); };
        QTRY_VERIFY(heightOf(1) > heightOf(2));
        QVERIFY(heightOf(2) > heightOf(0)); // a long word breaks all the same
        list.rows().setRows(
            {{.key = 1, .text = u"short"_s, .when = u"1 ms"_s}, {.key = 2, .text = sentence, .when = u"1 ms"_s}});
        list.resize(900, 200);
        QTRY_COMPARE(list.visualRect(list.rows().index(1)).height(), one);
    }

    // Bookmarks.

    void aBookmarkIsWrittenByKeysAndSavedInTheTrace()
    {
        QVERIFY(run(kCalm));
        session().goTo(5);
        m_window->editor().editor()->setFocus();
        bookmarkHere(u"here it begins"_s);
        QTRY_COMPARE(bookmarks().rows().rowCount(), 1);
        const NoteRow row = bookmarks().rows().rows()[0];
        QCOMPARE(row.text, u"here it begins"_s);
        QVERIFY2(row.when.startsWith(u"step "_s), qPrintable(row.when));
        QVERIFY(row.here && row.flag);
        QCOMPARE(titles()[2], u"Bookmarks 1"_s);
        // In the file of the trace, and the keyboard is where it was.
        const auto inFile = trace::readBookmarks(session().traceFile().toStdString());
        QCOMPARE(inFile.list.size(), 1u);
        QCOMPARE(inFile.list[0].place, 5u);
        QCOMPARE(inFile.list[0].note, "here it begins");
        QTRY_VERIFY(m_window->editor().editor()->hasFocus());
        QCOMPARE(m_window->editor().editor()->toPlainText(), kCalm); // and no letter went astray
        // A click leads to it, from anywhere.
        session().goTo(1);
        QTRY_VERIFY(!bookmarks().rows().rows()[0].here);
        QTest::mouseClick(
            bookmarks().viewport(), Qt::LeftButton, {}, bookmarks().visualRect(bookmarks().rows().index(0)).center());
        QCOMPARE(session().place(), 5u);
    }

    void escapeDropsANewOneAndLeavesAnOldOne()
    {
        QVERIFY(run(kCalm));
        session().goTo(5);
        ask();
        QTest::keyClicks(QApplication::focusWidget(), u"no"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_COMPARE(bookmarks().rows().rowCount(), 0);
        QVERIFY(trace::readBookmarks(session().traceFile().toStdString()).list.empty());
        bookmarkHere(u"old"_s);
        // F2 edits it, and so does the key at its moment.
        press(Qt::Key_0, kControlAlt);
        press(Qt::Key_0, kControlAlt);
        QTRY_VERIFY(bookmarks().hasFocus());
        bookmarks().setCurrentIndex(bookmarks().rows().index(0));
        QTest::keyClick(&bookmarks(), Qt::Key_F2);
        QCOMPARE(fieldText(), u"old"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"other"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!bookmarks().isWriting());
        QCOMPARE(bookmarks().rows().rows()[0].text, u"old"_s);
        ask();
        QCOMPARE(fieldText(), u"old"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"new"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(bookmarks().rows().rows()[0].text, u"new"_s);
        QCOMPARE(bookmarks().rows().rowCount(), 1);
    }

    void whatIsTypedStaysWhileThePlayheadMovesOn()
    {
        QVERIFY(start(u"setInterval(() => console.log('x'), 5);"_s));
        QTRY_VERIFY_WITH_TIMEOUT(session().log() && session().log()->outputs().size() > 3, kLong);
        ask();
        QTest::keyClicks(QApplication::focusWidget(), u"typed"_s);
        const auto printed = session().log()->outputs().size();
        QTRY_VERIFY_WITH_TIMEOUT(session().log()->outputs().size() > printed + 20, kLong);
        QCOMPARE(fieldText(), u"typed"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(bookmarks().rows().rows()[0].text, u"typed"_s);
        session().stop();
        QVERIFY(ended());
    }

    void oneThatWasRemovedComesBack()
    {
        QVERIFY(run(kCalm));
        session().goTo(5);
        bookmarkHere(u"keep me"_s);
        for (const bool byKey : {true, false}) {
            if (!bookmarks().hasFocus())
                bookmarks().setFocus();
            bookmarks().setCurrentIndex(bookmarks().rows().index(0));
            QTest::keyClick(&bookmarks(), Qt::Key_Delete);
            QCOMPARE(bookmarks().rows().rowCount(), 0);
            QVERIFY(trace::readBookmarks(session().traceFile().toStdString()).list.empty());
            QVERIFY(m_window->bookmarks().undoBar().isVisible());
            auto* const undo = m_window->bookmarks().undoBar().findChild<QPushButton*>();
            QCOMPARE(undo->accessibleName(), u"Undo: bring back keep me"_s);
            if (byKey)
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
            else
                QTest::mouseClick(undo, Qt::LeftButton);
            QCOMPARE(bookmarks().rows().rowCount(), 1);
            QCOMPARE(bookmarks().rows().rows()[0].text, u"keep me"_s);
            QVERIFY(!m_window->bookmarks().undoBar().isVisible());
            QCOMPARE(trace::readBookmarks(session().traceFile().toStdString()).list.size(), 1u);
        }
    }

    void keysGoFromBookmarkToBookmark()
    {
        QVERIFY(run(kCalm));
        QVERIFY(!m_window->action(u"next-bookmark"_s)->isEnabled());
        for (const app::Place place : {9u, 3u, 6u}) {
            session().goTo(place);
            bookmarkHere(u"at %1"_s.arg(place));
        }
        QCOMPARE(bookmarks().rows().rows()[0].text, u"at 3"_s); // by moment
        session().goTo(0);
        QTRY_VERIFY(m_window->action(u"next-bookmark"_s)->isEnabled());
        const auto both = Qt::ControlModifier | Qt::ShiftModifier;
        for (const app::Place place : {3u, 6u, 9u, 9u}) {
            press(Qt::Key_Period, both);
            QCOMPARE(session().place(), place);
        }
        for (const app::Place place : {6u, 3u, 3u}) {
            press(Qt::Key_Comma, both);
            QCOMPARE(session().place(), place);
        }
    }

    void theTimelineHasAFlagForEach()
    {
        QVERIFY(run(kBlocks));
        TimelineView& timeline = m_window->timeline();
        session().goTo(session().log()->outputs()[0]);
        bookmarkHere(u"look here"_s);
        session().goTo(0);
        QTRY_COMPARE(timeline.flags().size(), 1u);
        QTRY_VERIFY(timeline.flagRect(timeline.flags()[0]));
        const QRectF flag = *timeline.flagRect(timeline.flags()[0]);
        QVERIFY(timeline.rect().contains(flag.toAlignedRect()));
        QCOMPARE(timeline.textAt(flag.center()), u"look here"_s);
        QTest::mouseClick(&timeline, Qt::LeftButton, {}, flag.center().toPoint());
        QCOMPARE(session().place(), session().log()->outputs()[0]);
        // It can be seen.
        session().goTo(0);
        QTRY_COMPARE(timeline.playhead(), 0u);
        const QImage with = timeline.grab().toImage();
        timeline.setFlags({});
        const QImage without = timeline.grab().toImage();
        QVERIFY(with.copy(flag.toAlignedRect()) != without.copy(flag.toAlignedRect()));
    }

    void ofARunThatGoesOnItIsSavedWhenThatEnds()
    {
        QVERIFY(start(u"console.log('on'); setInterval(() => {}, 20);"_s));
        QVERIFY(printed(u"on"_s));
        session().goTo(4);
        bookmarkHere(u"live"_s);
        QTRY_COMPARE(bookmarks().rows().rowCount(), 1);
        QCOMPARE(m_window->lowerLeft().remark().text(), u"saved when the run ends"_s);
        const std::string file = session().traceFile().toStdString();
        QVERIFY(trace::readBookmarks(file).list.empty());
        session().stop();
        QVERIFY(ended());
        QTRY_COMPARE(trace::readBookmarks(file).list.size(), 1u);
        QTRY_COMPARE(m_window->lowerLeft().remark().text(), QString());
    }

    void itSurvivesTheWindow()
    {
        QVERIFY(start(u"console.log('on'); setInterval(() => {}, 20);"_s));
        QVERIFY(printed(u"on"_s));
        session().goTo(4);
        bookmarkHere(u"live"_s);
        const QString file = session().traceFile();
        openAgain(); // the one before is gone, without having ended anything
        QVERIFY(m_window->openTrace(file));
        QTRY_COMPARE(bookmarks().rows().rowCount(), 1);
        QCOMPARE(bookmarks().rows().rows()[0].text, u"live"_s);
        QTRY_COMPARE(trace::readBookmarks(file.toStdString()).list.size(), 1u);
    }

    void aTraceThatIsSavedTakesThemAlong()
    {
        QVERIFY(start(u"console.log('on'); setInterval(() => {}, 20);"_s));
        QVERIFY(printed(u"on"_s));
        session().goTo(4);
        bookmarkHere(u"for you"_s);
        const QString copy = m_folder->filePath(u"copy.bistro"_s);
        QVERIFY(session().saveTrace(copy)); // while it runs
        session().stop();
        QVERIFY(ended());
        QVERIFY(run(kCalm));
        QVERIFY(m_window->openTrace(copy));
        QTRY_COMPARE(bookmarks().rows().rowCount(), 1);
        QCOMPARE(bookmarks().rows().rows()[0].text, u"for you"_s);
    }

    void aTraceThatMayOnlyBeReadSaysSo()
    {
        QVERIFY(run(kCalm));
        const QString copy = m_folder->filePath(u"copy.bistro"_s);
        QVERIFY(session().saveTrace(copy));
        QVERIFY(QFile::setPermissions(copy, QFileDevice::ReadOwner));
        QVERIFY(m_window->openTrace(copy));
        session().goTo(4);
        bookmarkHere(u"mine"_s);
        QTRY_VERIFY2(m_window->notice().contains(u"You may only read copy.bistro"_s), qPrintable(m_window->notice()));
        QCOMPARE(m_window->lowerLeft().remark().text(), u"not in the trace's file"_s);
        QVERIFY(m_window->openTrace(copy));
        QTRY_COMPARE(bookmarks().rows().rowCount(), 1);
    }

    void theModelsKeepTheirPromises()
    {
        const auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;
        const QAbstractItemModelTester findingsTester(&findings().rows(), fatal);
        const QAbstractItemModelTester bookmarksTester(&bookmarks().rows(), fatal);
        NoteRows rows;
        const QAbstractItemModelTester rowsTester(&rows, fatal);
        // Any order into any other, and each time the smallest change.
        const std::vector<std::vector<quint64>> orders {
            {1, 2, 3}, {3, 1, 2}, {2}, {4, 2, 5, 1}, {}, {1, 5, 4, 2}, {2, 4, 5, 1}};
        for (const auto& order : orders) {
            std::vector<NoteRow> wanted;
            for (const quint64 key : order)
                wanted.push_back({.key = key, .text = QString::number(key)});
            rows.setRows(wanted);
            QVERIFY(rows.rows() == wanted);
        }
        QVERIFY(run(kBlocks));
        QTRY_VERIFY_WITH_TIMEOUT(findings().rows().rowCount() > 0, kLong);
        for (const app::Place place : {5u, 2u}) {
            session().goTo(place);
            bookmarkHere(u"x"_s);
        }
        QCOMPARE(bookmarks().rows().rowCount(), 2);
    }

    void allOfItHasANameForAScreenReader()
    {
        QVERIFY(run(kBlocks));
        QTRY_VERIFY_WITH_TIMEOUT(findings().rows().rowCount() > 0, kLong);
        session().goTo(5);
        bookmarkHere(u"here"_s);
        QCOMPARE(nameOf(&findings()), u"Findings"_s);
        QCOMPARE(nameOf(&bookmarks()), u"Bookmarks"_s);
        QAccessibleInterface* const tabs = QAccessible::queryAccessibleInterface(&m_window->lowerLeft().tabs());
        QVERIFY(tabs && tabs->role() == QAccessible::PageTabList);
        for (int i = 0; i < m_window->lowerLeft().tabs().count(); ++i) {
            QCOMPARE(tabs->child(i)->text(QAccessible::Name), m_window->lowerLeft().tabs().tabText(i));
            QCOMPARE(tabs->child(i)->role(), QAccessible::PageTab);
        }
        const QString spoken = findings().rows().index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.contains(u"At "_s) && spoken.contains(u": "_s), qPrintable(spoken));
        const QString noted = bookmarks().rows().index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(noted.startsWith(u"here, step "_s) && noted.endsWith(u", at this moment"_s), qPrintable(noted));
        ask();
        QVERIFY(QApplication::focusWidget()->accessibleName().startsWith(u"Note at this moment."_s));
    }

private:
    [[nodiscard]] RowList& findings() const { return m_window->findings().list(); }
    [[nodiscard]] RowList& bookmarks() const { return m_window->bookmarks().list(); }
    [[nodiscard]] QStringList titles() const
    {
        QStringList titles;
        for (int i = 0; i < m_window->lowerLeft().tabs().count(); ++i) {
            if (m_window->lowerLeft().tabs().isTabVisible(i))
                titles += m_window->lowerLeft().tabs().tabText(i);
        }
        return titles;
    }
    // The row that says so; -1: none.
    [[nodiscard]] int findingOf(const QString& words) const
    {
        const auto& rows = findings().rows().rows();
        const auto found = std::ranges::find_if(rows, [&](const NoteRow& row) { return row.text.contains(words); });
        return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
    }
    // The key, until there is a field to write in.
    void ask()
    {
        press(Qt::Key_B, Qt::ControlModifier);
        QTRY_VERIFY(bookmarks().isWriting());
        QTRY_VERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
    }
    [[nodiscard]] static QString fieldText()
    {
        const auto* const field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        return field ? field->text() : QString();
    }
    void bookmarkHere(const QString& note)
    {
        ask();
        QTest::keyClicks(QApplication::focusWidget(), note);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(!bookmarks().isWriting());
    }
};

QTEST_MAIN(TestWindowNotes)
#include "tst_window_notes.moc"
