// What the sandbox has refused: the question over the code, its answers, what is kept of them and where that is listed;
// the line and the timeline that show it. The runs are drawn by hand: no test reaches beyond this computer.
#include "app/confine/homefolder.h"
#include "handtrace.h"
#include "moment/tracefacts.h"
#include "panels/ordercard.h"
#include "text/catalogue.h"
#include "window/breakable.h"
#include "window/linenotes.h"
#include "window/packagebar.h"
#include "window/permissionbar.h"
#include "window/permissiondesk.h"
#include "window/permissionsdialog.h"
#include "window/wallwords.h"
#include "windowdriver.h"

#include <QLayout>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QWheelEvent>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

using app::PermissionFile;
using tests::HandTrace;
using trace::Access;
using trace::EventKind;

namespace {

struct Refusal {
    Access access {};
    std::string subject;
    std::uint32_t line = 0; // of the program
    std::uint8_t flags = 0;
};

std::unique_ptr<app::TraceLog> runOf(const QString& program, const std::vector<Refusal>& refusals)
{
    HandTrace trace;
    trace.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1);
    std::uint64_t time = 1'000;
    for (const Refusal& refusal : refusals) {
        const std::uint32_t stack = trace.frameOf(program.toStdString(), refusal.line);
        const std::uint32_t subject = trace.text(refusal.subject);
        trace.at(time += 1'000,
            {.kind = EventKind::AccessRefused,
                .flags = refusal.flags,
                .small = static_cast<std::uint16_t>(refusal.access),
                .stack = stack,
                .a = subject,
                .b = 13});
    }
    return trace.ends(time + 1'000, 1).open();
}

} // namespace

class TestWindowPermissions : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void initTestCase() { app::installCatalogues(); }
    void init()
    {
        m_home = std::make_unique<app::HomeFolder>();
        // The environment is set while nobody else reads it: a window has threads that do.
        m_folder = std::make_unique<QTemporaryDir>();
        useFolders(QString::fromStdString((m_home->path() / "own").string()));
        openAgain();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_program = QString::fromStdString(app::HomeFolder::put(m_home->path() / "play/weather.js", "1;\n").string());
        QVERIFY(m_window->open(m_program));
        m_window->editor().setFocus();
    }
    void cleanup()
    {
        m_log.reset();
        closeWindow();
    }

    // The bar.

    void theQuestionLiesOverTheCodeAndMovesNothing()
    {
        const QRect code = onWindow(m_window->editor().codeArea());
        const QRect stage = onWindow(m_window->stage());
        refused({{Access::Connect, "api.example.org:443"}});
        QCOMPARE(bar().text(),
            u"weather.js wants to connect to api.example.org, port 443. Programs here stay on this computer unless "
            "you allow it."_s);
        QCOMPARE(onWindow(m_window->editor().codeArea()), code);
        QCOMPARE(onWindow(m_window->stage()), stage);
        QCOMPARE(onWindow(bar()).topLeft(), code.topLeft());
        QCOMPARE(bar().width(), code.width());
        QVERIFY2(bar().height() >= 110 && bar().height() <= 130, qPrintable(QString::number(bar().height())));
        QCOMPARE(button(u"permission-keep"_s)->height(), 32);
        QCOMPARE(button(u"permission-allow"_s)->height(), 32);
        // Neither is what Enter means.
        for (const QString& name : {u"permission-keep"_s, u"permission-allow"_s}) {
            QVERIFY(!button(name)->isDefault() && !button(name)->autoDefault());
            QVERIFY(!button(name)->text().contains(u'&'));
        }
        QVERIFY(m_window->editor().isAncestorOf(QApplication::focusWidget()));
    }

    void theSentenceIsWholeInASmallWindowToo()
    {
        m_window->resize(1280, 720);
        QCoreApplication::processEvents();
        const std::string deep = (m_home->path() / "a-folder-with-a-long-name-without-blanks/and-one-below-it")
                                     .string();
        app::HomeFolder::put(deep + "/notes.txt");
        refused({{Access::Write, deep + "/notes.txt"}, {Access::Resolve, "example.org"}});
        auto* const label = bar().findChild<QLabel*>();
        QVERIFY(label->heightForWidth(label->width()) <= label->height());
        QCOMPARE(button(u"permission-keep"_s)->height(), 28);
        for (QAbstractButton* const one : bar().findChildren<QAbstractButton*>()) {
            if (!one->isVisible())
                continue;
            QVERIFY2(one->width() >= one->sizeHint().width(), qPrintable(one->text()));
            QVERIFY2(bar().rect().contains(one->geometry()) && one->y() >= label->geometry().bottom(),
                qPrintable(one->text()));
        }
    }

    // Its root is no word of its own: "in /" at a line's end looks like another folder.
    void aPathBreaksAfterItsFolders()
    {
        const QString shown
            = breakable(u"in /home/ada/notes.txt"_s, 16).replace(QChar(0x200B), u'|').replace(QChar(0x2060), u'+');
        QCOMPARE(shown, u"in /+home/|ada/|notes.txt"_s);
        QCOMPARE(breakable(u"abcdefgh"_s, 3).replace(QChar(0x200B), u'|'), u"abc|def|gh"_s);
    }

    void aNoticeIsReadAboveIt()
    {
        refused({{Access::Resolve, "example.org"}});
        emit session().noticed(u"There is something to say."_s);
        auto* const notice = m_window->findChild<QWidget*>(u"noticebar"_s);
        QVERIFY(notice && notice->isVisible());
        QTRY_VERIFY(bar().y() > notice->geometry().bottom());
        press(Qt::Key_Escape); // the notice's
        QTRY_VERIFY(bar().isVisible() && !notice->isVisible());
        QTRY_COMPARE(onWindow(bar()).topLeft(), onWindow(m_window->editor().codeArea()).topLeft());
    }

    void barsStackWithinTheCode()
    {
        openLong();
        m_window->resize(1920, 1080);
        QCoreApplication::processEvents();
        for (const std::uint32_t line : {3U, 40U, 88U}) {
            refused({{Access::Resolve, "h" + std::to_string(line) + ".example", line}});
            m_window->action(u"add-package"_s)->trigger();
            QCoreApplication::processEvents();
            const QRect code = onWindow(m_window->editor().codeArea());
            const QRect question = onWindow(bar());
            const QRect package = onWindow(m_window->packageBar());
            QVERIFY(bar().isVisible() && m_window->packageBar().isVisible());
            QVERIFY2(code.contains(question) && code.contains(package), qPrintable(QString::number(line)));
            QVERIFY2(!question.intersects(package), qPrintable(QString::number(line)));
            m_window->packageBar().close();
            QVERIFY(desk().refuse());
        }
    }

    // Whoever is taken down first.
    void whatItLiesOverMayGoBeforeIt()
    {
        QWidget room;
        room.resize(600, 400);
        auto place = std::make_unique<QWidget>(&room);
        place->setGeometry(20, 80, 300, 200);
        auto above = std::make_unique<QWidget>(&room);
        above->setGeometry(20, 80, 300, 40);
        PermissionBar lone(&room);
        lone.lieOver(*place);
        lone.stayBelow(*above);
        room.show();
        lone.tellAllowed(u"Allowed for this folder. Run again?"_s);
        QCOMPARE(lone.geometry().topLeft(), QPoint(20, 120));
        place.reset();
        above.reset();
        room.resize(500, 300);
        QCoreApplication::processEvents();
        QCOMPARE(lone.geometry().topLeft(), QPoint(0, 0));
        QCOMPARE(lone.width(), 500);
    }

    // A program may print, or have a window of its own come up: no key and no click that was meant for something else
    // is an answer.
    void noAnswerIsTakenBeforeOneCouldRead()
    {
        refused({{Access::Resolve, "example.org"}});
        QVERIFY(!bar().isSettled());
        QTest::mouseClick(button(u"permission-allow"_s), Qt::LeftButton);
        button(u"permission-allow"_s)->setFocus();
        QTest::keyClick(button(u"permission-allow"_s), Qt::Key_Space);
        button(u"permission-allow"_s)->click(); // as a screen reader does
        QVERIFY(bar().isAsking());
        QCOMPARE(allowed(), QString());
        QTRY_VERIFY(bar().isSettled());
        QTest::mouseClick(button(u"permission-allow"_s), Qt::LeftButton);
        QCOMPARE(allowed(), u"host example.org"_s);
    }

    void whatIsPressedForOneQuestionIsNoAnswerToTheNext()
    {
        refused({{Access::Resolve, "one.example"}, {Access::Resolve, "two.example"}});
        QTRY_VERIFY(bar().isSettled());
        for (int i = 0; i < 3; ++i) // as who clicks too often
            QTest::mouseClick(button(u"permission-allow"_s), Qt::LeftButton);
        QCOMPARE(allowed(), u"host one.example"_s);
        QVERIFY(bar().text().contains(u"two.example"_s));
    }

    void noSingleKeyAccepts()
    {
        refused({{Access::Resolve, "example.org"}});
        QTRY_VERIFY(bar().isSettled());
        QTest::keyClicks(m_window->editor().editor(), u"abcdefghijklmnopqrstuvwxyz0123456789 "_s);
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Backspace, Qt::Key_Delete})
            QTest::keyClick(m_window->editor().editor(), key);
        QVERIFY(bar().isAsking());
        QCOMPARE(allowed(), QString());
    }

    // More refusals that come in keep nobody from answering.
    void aFurtherActDoesNotBeginTheWaitAnew()
    {
        refused({{Access::Resolve, "example.org"}});
        QTRY_VERIFY(bar().isSettled());
        m_log = runOf(m_program, {{Access::Resolve, "example.org"}, {Access::Resolve, "more.example"}});
        desk().look(*m_log);
        QVERIFY2(bar().text().endsWith(u"And one more act."_s), qPrintable(bar().text()));
        QVERIFY(bar().isSettled());
    }

    // Answers.

    void allowedIsForTheFolderAndFromTheNextRunOn()
    {
        refused({{Access::Connect, "api.example.org:443"}});
        answer(u"permission-allow"_s);
        QCOMPARE(allowed(), u"host api.example.org:443"_s);
        QCOMPARE(bar().text(), u"Allowed for this folder: reach api.example.org on port 443. Run again?"_s);
        QSignalSpy again(&desk(), &PermissionDesk::runAgainAsked);
        answer(u"permission-run"_s);
        QCOMPARE(again.count(), 1);
        QVERIFY(bar().isHidden());
        QVERIFY(session().isRunning());
        session().stop();
        QVERIFY(ended());
    }

    void undoTakesItBack()
    {
        refused({{Access::Connect, "api.example.org:443"}});
        answer(u"permission-allow"_s);
        answer(u"permission-undo"_s);
        QCOMPARE(allowed(), QString());
        QVERIFY(bar().isHidden());
    }

    void onlyThisOnceIsKeptNowhere()
    {
        refused({{Access::Resolve, "api.example.org"}});
        answer(u"permission-once"_s);
        QCOMPARE(allowed(), QString());
        QCOMPARE(desk().once().size(), 1u);
        QCOMPARE(subjectOf(desk().once().front()), u"api.example.org"_s);
        QCOMPARE(bar().text(), u"Allowed for the next run: reach api.example.org. Run again?"_s);
        // The next run has it, and no later one.
        answer(u"permission-run"_s);
        QVERIFY(desk().once().empty());
        QVERIFY(ended());
    }

    // Whatever is run next elsewhere does not get it.
    void onlyThisOnceIsForItsOwnFolder()
    {
        refused({{Access::Resolve, "api.example.org"}});
        answer(u"permission-once"_s);
        const QString other = QString::fromStdString(app::HomeFolder::put(m_home->path() / "other/x.js").string());
        desk().begin(other);
        QVERIFY(desk().once().empty());
        desk().begin(m_program);
        QCOMPARE(desk().once().size(), 1u);
    }

    void keptRefusedIsNotAskedAgain()
    {
        refused({{Access::Resolve, "one.example"}, {Access::Resolve, "two.example"}, {Access::Resolve, "one.example"}});
        QVERIFY2(bar().text().endsWith(u"And one more act."_s), qPrintable(bar().text()));
        answer(u"permission-keep"_s); // both
        QVERIFY(bar().isHidden());
        QCOMPARE(allowed(), QString());
        refused({{Access::Resolve, "one.example"}, {Access::Connect, "two.example:80"}});
        QVERIFY(bar().isHidden());
        refused({{Access::Resolve, "three.example"}});
        QVERIFY(bar().isAsking());
    }

    void escapeKeepsRefusing_data()
    {
        QTest::addColumn<bool>("within");
        QTest::newRow("in the code") << false;
        QTest::newRow("in the bar") << true;
    }
    void escapeKeepsRefusing()
    {
        QFETCH(bool, within);
        refused({{Access::Resolve, "one.example"}});
        if (within)
            button(u"permission-allow"_s)->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(bar().isHidden());
        QVERIFY(m_window->editor().isAncestorOf(QApplication::focusWidget()));
        refused({{Access::Resolve, "one.example"}});
        QVERIFY(bar().isHidden());
        QCOMPARE(allowed(), QString());
    }

    void severalActsAreAllowedOneByOne()
    {
        refused({{Access::Resolve, "one.example"}, {Access::Resolve, "two.example"}, {Access::Resolve, "six.example"}});
        QVERIFY2(bar().text().endsWith(u"And 2 more acts."_s), qPrintable(bar().text()));
        answer(u"permission-allow"_s);
        QCOMPARE(allowed(), u"host one.example"_s);
        QVERIFY2(bar().text().contains(u"two.example"_s), qPrintable(bar().text()));
        answer(u"permission-keep"_s);
        QCOMPARE(allowed(), u"host one.example"_s);
        QCOMPARE(bar().text(), u"Allowed for this folder: reach one.example. Run again?"_s);
    }

    void whatIsTakenBackInTheListIsNotToldAsAllowed()
    {
        refused({{Access::Resolve, "one.example"}, {Access::Resolve, "two.example"}});
        answer(u"permission-allow"_s);
        answer(u"permission-allow"_s);
        QCOMPARE(bar().text(), u"Allowed for this folder: reach one.example and one more. Run again?"_s);
        m_window->action(u"programs-may"_s)->trigger();
        auto* const dialog = m_window->findChild<PermissionsDialog*>();
        const auto remove = [&](const QString& what) {
            QTest::mouseClick(named<QPushButton>(dialog, u"Remove: Reach %1"_s.arg(what)), Qt::LeftButton);
        };
        remove(u"one.example"_s);
        QCOMPARE(bar().text(), u"Allowed for this folder: reach two.example. Run again?"_s);
        remove(u"two.example"_s);
        QVERIFY(bar().isHidden());
        QCOMPARE(allowed(), QString());
    }

    void itsKeysAreTheOnesThatItsTipsName()
    {
        refused({{Access::Resolve, "one.example"}});
        QVERIFY(button(u"permission-allow"_s)->toolTip().contains(u"(Ctrl+Alt+Y)"_s));
        QVERIFY(button(u"permission-keep"_s)->toolTip().contains(u"(Esc)"_s));
        QWidget* const code = m_window->editor().editor();
        QTest::keyClick(code, Qt::Key_Y, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(allowed(), QString()); // nobody can have read it yet
        QTRY_VERIFY(bar().isSettled());
        QTest::keyClick(code, Qt::Key_Y, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(allowed(), u"host one.example"_s);
        // No other action has them.
        for (const QAction* const action : m_window->findChildren<QAction*>())
            QVERIFY2(!action->shortcuts().contains(QKeySequence(u"Ctrl+Alt+Y"_s)), qPrintable(action->text()));
    }

    void whatIsAllowedByNowIsNotAskedFor()
    {
        const auto around = app::surroundings();
        const std::filesystem::path folder = m_home->path() / "play";
        QVERIFY(PermissionFile(around).allow(
            folder, {.kind = app::PermissionKind::Host, .host = {.name = "one.example"}, .path = {}}));
        refused({{Access::Connect, "one.example:443"}});
        QVERIFY(bar().isHidden());
    }

    void nobodyIsAskedForWhatNobodyCanAllow()
    {
        refused({{Access::Signal, "4711"}, {Access::Listen, "0.0.0.0:80"}, {Access::Write, "/etc/passwd"},
            {Access::Connect, "cut.exampl", 1, trace::FlagTruncated}});
        QVERIFY(bar().isHidden());
    }

    void aFloodOfRefusalsIsAFewQuestions()
    {
        std::vector<Refusal> many;
        for (int i = 0; i < 3'000; ++i)
            many.push_back({Access::Resolve, "host" + std::to_string(i) + ".example"});
        refused(many);
        QVERIFY2(bar().text().endsWith(u"And 19 more acts."_s), qPrintable(bar().text()));
    }

    void anotherRunHasQuestionsOfItsOwn()
    {
        refused({{Access::Resolve, "one.example"}});
        QVERIFY(bar().isAsking());
        desk().begin(m_program);
        QVERIFY(bar().isHidden());
    }

    void ofAnOpenedTraceNobodyIsAsked()
    {
        const QString file = m_folder->filePath(u"hand.bistro"_s);
        QVERIFY(run(u"console.log(1)"_s));
        QVERIFY(session().saveTrace(file));
        QVERIFY(m_window->openTrace(file));
        m_log = runOf(m_program, {{Access::Resolve, "one.example"}});
        desk().look(*m_log);
        QVERIFY(bar().isHidden());
    }

    // What is asked for is to be read beside the question.

    void theLineThatItAsksAboutIsSeen()
    {
        openLong();
        for (const QSize& size : {QSize(1920, 1080), QSize(1440, 900), QSize(1280, 720), QSize(1024, 600)}) {
            m_window->resize(size);
            QCoreApplication::processEvents();
            for (const std::uint32_t line : {1U, 2U, 5U, 9U, 14U, 45U, 90U, 4U}) {
                const std::string host = "h" + std::to_string(size.width()) + "-" + std::to_string(line);
                refused({{Access::Resolve, host + ".example", line}});
                QVERIFY(bar().isAsking());
                const CodeEditor& code = *m_window->editor().editor();
                const QRect seen = code.lineRect(static_cast<int>(line))
                                       .translated(code.viewport()->mapTo(m_window.get(), QPoint()));
                const QString where = u"line %1 at %2 x %3"_s.arg(line).arg(size.width()).arg(size.height());
                QVERIFY2(!seen.isEmpty() && onWindow(*code.viewport()).contains(seen), qPrintable(where));
                QVERIFY2(!seen.intersects(onWindow(bar())), qPrintable(where));
                QVERIFY2(onWindow(m_window->editor().codeArea()).contains(onWindow(bar())), qPrintable(where));
                QVERIFY(desk().refuse());
                desk().begin({});
            }
        }
    }

    // What somebody writes meanwhile stays where it is.
    void theCodeDoesNotScrollUnderWhoWrites()
    {
        openLong();
        QTest::keyClicks(m_window->editor().editor(), u"// "_s);
        refused({{Access::Resolve, "one.example", 80}});
        QVERIFY(bar().isAsking());
        QVERIFY(!m_window->editor().editor()->lineRect(1).isEmpty());
    }

    // Whoever walks or writes does not chase it: it moves once, when it would lie over their line.
    void itStaysWhereItIsUnlessItHidesTheCaret()
    {
        openLong();
        m_window->resize(1440, 900);
        QCoreApplication::processEvents();
        CodeEditor* const code = m_window->editor().editor();
        const auto caretAt = [&](int line) {
            code->goTo(line);
            QCoreApplication::processEvents();
        };
        const auto hidesCaret = [&] {
            return code->lineRect(code->currentLine())
                .translated(code->viewport()->mapTo(m_window.get(), QPoint()))
                .intersects(onWindow(bar()));
        };
        caretAt(12);
        refused({{Access::Resolve, "one.example", 14}});
        const QRect first = onWindow(bar());
        QCOMPARE(first.topLeft(), onWindow(m_window->editor().codeArea()).topLeft());
        // The line that was asked for scrolls beneath it, and what lies in the room is laid out anew.
        for (int line = 13; line <= 60; ++line) {
            QTest::keyClick(code, Qt::Key_Down);
            QCoreApplication::sendPostedEvents();
            bar().parentWidget()->layout()->invalidate();
            QCoreApplication::processEvents();
            QCOMPARE(onWindow(bar()), first);
        }
        QTest::keyClicks(code, u"// eat"_s);
        QTest::keyClick(code, Qt::Key_Return);
        QCoreApplication::processEvents();
        QCOMPARE(onWindow(bar()), first);
        QTest::keyClick(code, Qt::Key_Home, Qt::ControlModifier);
        QTRY_VERIFY(onWindow(bar()) != first);
        const QRect second = onWindow(bar());
        QVERIFY(!hidesCaret());
        QCOMPARE(second.bottom(), onWindow(m_window->editor().codeArea()).bottom());
        for (int line = 2; line <= 12; ++line) {
            QTest::keyClick(code, Qt::Key_Down);
            QCoreApplication::processEvents();
            QCOMPARE(onWindow(bar()), second);
        }
        m_log = runOf(m_program, {{Access::Resolve, "one.example", 14}, {Access::Resolve, "two.example", 3}});
        desk().look(*m_log); // more of the same question
        QCOMPARE(bar().geometry().bottom(), second.bottom() - onWindow(bar()).y() + bar().y());
        QVERIFY(!hidesCaret());
    }

    // The list.

    void whatKeepsProgramsInIsSaidInPlainWords()
    {
        m_window->action(u"programs-may"_s)->trigger();
        auto* const dialog = m_window->findChild<PermissionsDialog*>();
        QVERIFY(dialog);
        for (const QString& jargon : {u"Landlock"_s, u"seccomp"_s, u"ABI"_s})
            QVERIFY2(!textsOf(*dialog).join(u'\n').contains(jargon), qPrintable(textsOf(*dialog).join(u'\n')));
        QCOMPARE(guardedBy(u"Landlock 7, system calls, network, signals"_s),
            u"The sandbox guards your files, the system's own functions, the network and your other programs."_s);
        QCOMPARE(guardedBy(u"Landlock 1"_s), u"The sandbox guards your files."_s);
        for (const bool filters : {false, true})
            QCOMPARE(unguardedBy({.landlock = 7, .filters = filters, .asks = true}).isEmpty(), filters);
    }

    void whatIsAllowedIsListedAndTakenBack()
    {
        const auto around = app::surroundings();
        const std::filesystem::path folder = m_home->path() / "play";
        for (const char* const name : {"one.example", "two.example"})
            QVERIFY(PermissionFile(around).allow(
                folder, {.kind = app::PermissionKind::Host, .host = {.name = name, .port = 443}, .path = {}}));
        m_window->action(u"programs-may"_s)->trigger();
        auto* const dialog = m_window->findChild<PermissionsDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(textsOf(*dialog).contains(QString::fromStdString(folder.string())));
        QVERIFY(textsOf(*dialog).contains(u"Reach one.example on port 443"_s));
        auto* const remove = named<QPushButton>(dialog, u"Remove: Reach one.example on port 443"_s);
        QVERIFY(remove);
        QTest::mouseClick(remove, Qt::LeftButton);
        QCOMPARE(allowed(), u"host two.example:443"_s);
        QTRY_VERIFY(textsOf(*dialog).contains(u"Reach two.example on port 443"_s));
        QVERIFY(!textsOf(*dialog).contains(u"Reach one.example on port 443"_s));
        QTest::mouseClick(named<QPushButton>(dialog, u"Remove: Reach two.example on port 443"_s), Qt::LeftButton);
        QCOMPARE(allowed(), QString());
        QTRY_VERIFY(textsOf(*dialog).contains(u"Nothing more. When a program wants more, Bistro asks you."_s));
        auto* const scroll = dialog->findChild<QScrollArea*>();
        QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0); // however long the path is
        QTest::keyClick(dialog, Qt::Key_Escape);
    }

    // What the run asked for in vain, how often; and the bar asks again for what one may allow.
    void theListHasWhatTheRunWasRefused()
    {
        refused({{Access::Resolve, "one.example"}, {Access::Signal, "77"}, {Access::Resolve, "one.example"},
            {Access::Connect, "two.example:443"}});
        answer(u"permission-keep"_s);
        QVERIFY(bar().isHidden());
        const QPointer<PermissionsDialog> dialog = openList();
        const QString texts = textsOf(*dialog).join(u'\n');
        QVERIFY2(texts.contains(u"What this run was refused\n"
                                "The sandbox refused to look up the name one.example. It was asked 2 times.\n"
                                "The sandbox refused to signal the process 77.\n"_s),
            qPrintable(texts));
        QVERIFY2(texts.contains(u"The sandbox refused to connect to two.example:443."_s), qPrintable(texts));
        QVERIFY2(texts.contains(u"Nobody can allow this"_s), qPrintable(texts)); // the signal
        QVERIFY(!named<QPushButton>(dialog, u"Allow: The sandbox refused to signal the process 77."_s));
        QTest::mouseClick(
            named<QPushButton>(dialog, u"Allow: The sandbox refused to connect to two.example:443."_s), Qt::LeftButton);
        QVERIFY(!dialog || dialog->isHidden());
        QVERIFY2(bar().isAsking() && bar().text().contains(u"two.example"_s), qPrintable(bar().text()));
        QCOMPARE(allowed(), QString()); // only asked
        answer(u"permission-allow"_s);
        QCOMPARE(allowed(), u"host two.example:443"_s);
        QVERIFY(textsOf(*openList())
                .join(u'\n')
                .contains(u"The sandbox refused to connect to two.example:443.\nAllowed from the next run on."_s));
    }

    void ofARunThatWasRefusedNothingTheListSaysNothing()
    {
        QVERIFY(!textsOf(*openList()).contains(u"What this run was refused"_s));
    }

    // In a terminal, while the bar stands there.

    void whatIsAllowedElsewhereIsNotAskedAnyMore()
    {
        refused({{Access::Resolve, "one.example"}, {Access::Resolve, "two.example"}});
        const auto host = [](const char* name) {
            return app::Permission {.kind = app::PermissionKind::Host, .host = {.name = name}, .path = {}};
        };
        const PermissionFile file(app::surroundings());
        const std::filesystem::path folder = m_home->path() / "play";
        QVERIFY(file.allow(folder, host("one.example")));
        QTRY_VERIFY2(bar().text().contains(u"two.example"_s), qPrintable(bar().text()));
        QVERIFY(!bar().text().contains(u"more act"_s));
        QVERIFY(file.allow(folder, host("two.example")));
        QTRY_COMPARE(bar().text(), u"Allowed for this folder: reach one.example and one more. Run again?"_s);
        QVERIFY(file.forget(folder, host("one.example")).value());
        QTRY_COMPARE(bar().text(), u"Allowed for this folder: reach two.example. Run again?"_s);
        QVERIFY(file.forgetAll(folder).value());
        QTRY_VERIFY(bar().isHidden());
    }

    // The buttons do not wait anew for what the bar does not speak of.
    void whatElseIsAllowedLeavesTheBarAlone()
    {
        refused({{Access::Resolve, "one.example"}});
        answer(u"permission-allow"_s);
        QTRY_VERIFY(bar().isSettled());
        QSignalSpy told(&desk(), &PermissionDesk::allowedChanged);
        QVERIFY(PermissionFile(app::surroundings())
                .allow(m_home->path() / "play",
                    {.kind = app::PermissionKind::Host, .host = {.name = "six.example"}, .path = {}}));
        QVERIFY(told.count() > 0 || told.wait());
        QVERIFY(bar().isSettled());
        QCOMPARE(bar().text(), u"Allowed for this folder: reach one.example. Run again?"_s);
    }

    void theOpenListFollowsTheFile()
    {
        PermissionsDialog* const dialog = openList();
        QVERIFY(PermissionFile(app::surroundings())
                .allow(m_home->path() / "play",
                    {.kind = app::PermissionKind::Host, .host = {.name = "one.example"}, .path = {}}));
        QTRY_VERIFY(textsOf(*dialog).contains(u"Reach one.example"_s));
    }

    void aLimitIsReadSetAndTakenBack()
    {
        const auto around = app::surroundings();
        const std::filesystem::path folder = m_home->path() / "play";
        QVERIFY(PermissionFile(around).allow(
            folder, {.kind = app::PermissionKind::Processes, .host = {}, .path = {}, .amount = 8}));
        m_window->action(u"programs-may"_s)->trigger();
        auto* const dialog = m_window->findChild<PermissionsDialog*>();
        QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
        const auto number = [&](const char* limit) { return dialog->findChild<QSpinBox*>(QLatin1StringView(limit)); };
        QCOMPARE(number("processes")->value(), 8);
        QCOMPARE(number("memory")->value(), 4'096);
        QCOMPARE(number("seconds")->text(), u"No limit"_s);
        const auto type = [&](const char* limit, const QString& digits) {
            number(limit)->setFocus();
            number(limit)->selectAll();
            QTest::keyClicks(number(limit), digits);
            QTest::keyClick(number(limit), Qt::Key_Tab);
        };
        type("memory", u"8192"_s);
        QCOMPARE(allowed(), u"memory 8192, processes 8"_s);
        type("seconds", u"60"_s);
        QCOMPARE(allowed(), u"memory 8192, processes 8, seconds 60"_s);
        type("memory", u"4096"_s);
        type("processes", u"64"_s);
        QCOMPARE(allowed(), u"seconds 60"_s);
        // The page is scrolled by the wheel, and nothing is set by it.
        number("memory")->clearFocus();
        QWheelEvent wheel(QPointF(5, 5), number("memory")->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120),
            Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(number("memory"), &wheel);
        QCOMPARE(number("memory")->value(), 4'096);
        QCOMPARE(allowed(), u"seconds 60"_s);
    }

    // At any zoom, as far as the window has room; and what it says of all holds also for whom more is allowed.
    void theListIsSeenWhole_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::newRow("100 %") << 1.;
        QTest::newRow("150 %") << 1.5;
    }
    void theListIsSeenWhole()
    {
        QFETCH(double, zoom);
        const auto around = app::surroundings();
        for (int i = 0; i < 4; ++i)
            QVERIFY(PermissionFile(around).allow(m_home->path() / "play",
                {.kind = app::PermissionKind::Host,
                    .host = {.name = "one" + std::to_string(i) + ".example", .port = 443},
                    .path = {}}));
        m_window->resize(1920, 1080);
        Settings settings = m_window->settings();
        settings.zoom = zoom;
        m_window->setSettings(settings);
        QCoreApplication::processEvents();
        m_window->action(u"programs-may"_s)->trigger();
        auto* const dialog = m_window->findChild<PermissionsDialog*>();
        QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
        const QScrollBar* const bar = dialog->findChild<QScrollArea*>()->verticalScrollBar();
        QVERIFY2(bar->maximum() == 0, qPrintable(QString::number(bar->maximum())));
        QVERIFY(dialog->height() < m_window->height());
        QVERIFY(
            textsOf(*dialog).contains(u"Programs there may read and change this folder. Unless you allow more, they "
                                      "stay on this computer."_s));
    }

    void theBadgeOpensTheList()
    {
        m_window->toolBar().setSandbox(u"sandboxed, 1 refused"_s, {});
        auto* const badge = named<QToolButton>(&m_window->toolBar(), u"sandboxed, 1 refused"_s);
        QVERIFY(badge);
        QTest::mouseClick(badge, Qt::LeftButton);
        QVERIFY(m_window->findChild<PermissionsDialog*>());
    }

    // What helps against a refusal is a click away, not something to type.
    void theCardLeadsToTheList()
    {
        HandTrace trace;
        trace.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1);
        trace.asks(1'500, 5, 1, "dish", 12).begun(1'700, 1, 1).done(2'000, 1, 1).ends(2'100, 1);
        trace.at(2'200, {.kind = EventKind::PoolJobDelivered, .a = 1});
        trace.at(2'300,
            {.kind = EventKind::AccessRefused,
                .small = static_cast<std::uint16_t>(Access::Resolve),
                .a = trace.text("example.org"),
                .b = 11});
        trace.starts(2'400, 5).ends(2'800, 5);
        const std::string file = (m_home->path() / "refused.bistro").string();
        trace.save(file);
        QVERIFY(m_window->openTrace(QString::fromStdString(file)));
        session().goTo(session().log()->refusals()[0] + 1);
        QTRY_VERIFY(m_window->card().asText().contains(u"allow it under What Programs May Do."_s));
        QVERIFY(!m_window->card().asText().contains(u"bistro sandbox"_s));
        RichLabel* link = nullptr;
        for (RichLabel* const label : m_window->card().findChildren<RichLabel*>()) {
            if (label->isVisible() && label->text().contains(u"What Programs May Do"_s))
                link = label;
        }
        QVERIFY(link);
        QVERIFY2(link->text().contains(u"href=\"allowed:\""_s), qPrintable(link->text()));
        emit link->linkActivated(u"allowed:"_s);
        auto* const dialog = m_window->findChild<PermissionsDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        // Of somebody else's run nothing can be allowed; what it was refused is listed.
        QVERIFY(textsOf(*dialog).contains(u"The sandbox refused to look up the name example.org."_s));
        QVERIFY(!named<QPushButton>(dialog, u"Allow: The sandbox refused to look up the name example.org."_s));
    }

    // The line, and the timeline.

    void theLineThatAskedIsTaggedFromThenOn()
    {
        const auto log = runOf(u"/home/ada/play/weather.js"_s,
            {{Access::Resolve, "api.example.org", 5}, {Access::Read, "/home/ada/notes.txt", 9}});
        LineNotes notes(*log);
        const TraceFacts facts(*log);
        const auto tagged = [&](app::Place place) {
            QStringList lines;
            const auto all = notes.at(momentAt(*log, facts, place, app::Wording::Runtime), {});
            for (const LineNote& note : all.value(u"/home/ada/play/weather.js"_s)) {
                if (note.tint == Meaning::Error)
                    lines.append(u"%1 %2: %3"_s.arg(note.line).arg(note.badge, note.toolTip));
            }
            return lines.join(u" | "_s);
        };
        const app::Index first = log->refusals()[0];
        const app::Index second = log->refusals()[1];
        QCOMPARE(tagged(first), QString());
        QCOMPARE(tagged(first + 1), u"5 refused: The sandbox refused to look up the name api.example.org."_s);
        QCOMPARE(tagged(second + 1),
            u"5 refused: The sandbox refused to look up the name api.example.org. | "
            "9 refused: The sandbox refused to read /home/ada/notes.txt."_s);
        QCOMPARE(tagged(first), QString()); // back again
    }

    // fetch looks a name up long after its line, in no call of the program's.
    void aLineIsTaggedForWhatNodeAsksLaterInItsName()
    {
        HandTrace trace;
        trace.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1);
        trace.asks(1'500, 5, 1, "dish", 12).begun(1'700, 1, 1).done(2'000, 1, 1).ends(2'100, 1);
        trace.at(2'200, {.kind = EventKind::PoolJobDelivered, .a = 1});
        trace.at(2'300,
            {.kind = EventKind::AccessRefused,
                .small = static_cast<std::uint16_t>(Access::Resolve),
                .a = trace.text("example.org"),
                .b = 11});
        const auto log = trace.starts(2'400, 5).ends(2'500, 5).open();
        LineNotes notes(*log);
        const TraceFacts facts(*log);
        const auto all = notes.at(momentAt(*log, facts, log->size(), app::Wording::Runtime), {});
        const QList<LineNote> lines = all.value(u"/home/ada/lesson.js"_s);
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].line, 12);
        QCOMPARE(lines[0].badge, u"refused"_s);
    }

    // The card: at its own step, and while a callback gets the error, whoever that is.

    void theCardShowsWhatWasRefused()
    {
        HandTrace trace;
        trace.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1);
        trace.asks(1'500, 5, 1, "dish", 12).begun(1'700, 1, 1).done(2'000, 1, 1).ends(2'100, 1);
        trace.at(2'200, {.kind = EventKind::PoolJobDelivered, .a = 1});
        trace.at(2'300,
            {.kind = EventKind::AccessRefused,
                .small = static_cast<std::uint16_t>(Access::Resolve),
                .a = trace.text("example.org"),
                .b = 11});
        trace.starts(2'400, 5);
        trace.at(2'500, {.kind = EventKind::TickQueued, .a = 6, .b = 5, .c = trace.text("emitErrorNT")});
        trace.ends(2'600, 5).starts(2'700, 6).ends(2'800, 6).starts(2'900, 7).ends(3'000, 7);
        const std::string file = (m_home->path() / "refused.bistro").string();
        trace.save(file);
        QVERIFY(m_window->openTrace(QString::fromStdString(file)));
        const auto cardAt = [&](app::Index event) {
            session().goTo(event + 1);
            QCoreApplication::processEvents();
            return m_window->card().asText();
        };
        const app::Index refusal = session().log()->refusals()[0];
        const auto isOfDish = [](const QString& card) {
            return card.startsWith(u"dish #5\n"_s) && card.contains(u"came back refused by the sandbox"_s)
                && card.contains(u"Why refused?\n1. The waiter may not look up the address of example.org."_s);
        };
        QVERIFY(!cardAt(refusal - 1).contains(u"refused"_s));
        QTRY_VERIFY2(isOfDish(cardAt(refusal)), qPrintable(cardAt(refusal)));
        QTRY_VERIFY2(isOfDish(cardAt(refusal + 1)), qPrintable(cardAt(refusal + 1))); // its own call
        QTRY_VERIFY2(isOfDish(cardAt(refusal + 4)), qPrintable(cardAt(refusal + 4))); // the tick that tells of it
        QTRY_VERIFY2(!isOfDish(cardAt(refusal + 6)), qPrintable(cardAt(refusal + 6)));
    }

private:
    [[nodiscard]] PermissionBar& bar() { return m_window->question(); }
    [[nodiscard]] PermissionDesk& desk() { return m_window->permissions(); }
    [[nodiscard]] QPushButton* button(const QString& name) { return bar().findChild<QPushButton*>(name); }
    [[nodiscard]] QRect onWindow(const QWidget& widget) const
    {
        return {widget.mapTo(m_window.get(), QPoint()), widget.size()};
    }
    // A run of the program in front that was refused this.
    void refused(const std::vector<Refusal>& refusals)
    {
        m_log = runOf(m_program, refusals);
        desk().begin(m_program);
        desk().look(*m_log);
        QCoreApplication::processEvents();
    }
    PermissionsDialog* openList()
    {
        m_window->action(u"programs-may"_s)->trigger();
        const auto all = m_window->findChildren<PermissionsDialog*>();
        return all.isEmpty() ? nullptr : all.back();
    }
    // A program of 90 lines.
    void openLong()
    {
        QByteArray text;
        for (int line = 1; line <= 90; ++line)
            text += "cook(" + QByteArray::number(line) + ");\n";
        m_program = QString::fromStdString(app::HomeFolder::put(m_home->path() / "play/long.js", text).string());
        QVERIFY(m_window->open(m_program));
    }
    void answer(const QString& name)
    {
        QTRY_VERIFY(bar().isSettled());
        QTest::mouseClick(bar().findChild<QAbstractButton*>(name), Qt::LeftButton);
    }
    // What the file has for the folder: "host example.org:443, read /x".
    [[nodiscard]] QString allowed() const
    {
        QStringList texts;
        const app::KeptPermissions kept = PermissionFile(app::surroundings()).read();
        for (const app::Permission& one : kept.of(m_home->path() / "play"))
            texts.append(QString::fromUtf8(wordOf(one.kind).data()) + u' ' + subjectOf(one));
        return texts.join(u", "_s);
    }
    [[nodiscard]] static QStringList textsOf(const QWidget& dialog)
    {
        QStringList texts;
        for (const QLabel* const label : dialog.findChildren<QLabel*>()) {
            if (label->isVisible())
                texts.append(QString(label->text()).remove(QChar(0x200B)).remove(QChar(0x2060)));
        }
        return texts;
    }

    std::unique_ptr<app::HomeFolder> m_home;
    std::unique_ptr<app::TraceLog> m_log;
    QString m_program;
};

QTEST_MAIN(TestWindowPermissions)
#include "tst_window_permissions.moc"
