#include "editor/findbar.h"
#include "editor/newfiledialog.h"
#include "tabsfixture.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QUrl>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestEditorTabs : public QObject, TabsFixture {
    Q_OBJECT

private slots:
    void init() { openTabs(); }
    void cleanup() { closeTabs(); }

    void anUntitledProgramHasAFolderOfItsOwnAndRunsUnsaved()
    {
        m_tabs->newUntitled();
        type(u"console.log(require('./menu.json').soup, __dirname === process.cwd())"_s);
        QVERIFY(app::Workspace::isUntitled(m_tabs->currentPath()));
        QVERIFY(m_tabs->isCurrentModified());
        write(QDir(m_tabs->programFolder()).filePath(u"menu.json"_s), R"({"soup": "du jour"})");
        const auto program = m_tabs->prepareToRun();
        QVERIFY(program);
        QProcess engine;
        engine.setWorkingDirectory(m_tabs->programFolder());
        engine.start(QString::fromUtf8(BISTRO_ENGINE), {*program});
        QVERIFY(engine.waitForFinished(30'000));
        QCOMPARE(engine.readAllStandardOutput(), QByteArray("du jour true\n"));
        QVERIFY(m_tabs->notice().isEmpty());
    }

    void withoutAProgramNothingRunsAndASentenceSaysWhatToDo()
    {
        QVERIFY(!m_tabs->prepareToRun());
        QVERIFY(m_tabs->open(file(u"menu.txt"_s, "soup\n")));
        const auto program = m_tabs->prepareToRun();
        QVERIFY(!program);
        QVERIFY(program.error().contains(u".mjs"_s));
    }

    void whatRunsIsTheLastProgramThatOneLookedAt()
    {
        const QString one = file(u"one.js"_s, "1\n");
        const QString two = file(u"two.mjs"_s, "2\n");
        m_tabs->open(one);
        m_tabs->open(two);
        m_tabs->open(file(u"menu.txt"_s, "soup\n"));
        QCOMPARE(m_tabs->program(), two);
        m_tabs->open(one);
        QCOMPARE(m_tabs->program(), one);
        type(u"//"_s);
        QCOMPARE(m_tabs->prepareToRun().value_or(u""_s), one);
        QCOMPARE(bytesOf(one), QByteArray("//1\n")); // as it is on the screen
    }

    void openTabsAndCursorsComeBack()
    {
        const QString one = file(u"one.js"_s, "a\nb\nc\n");
        const QString two = file(u"two.js"_s, "d\n");
        m_tabs->open(one);
        m_tabs->open(two);
        m_tabs->open(one);
        m_tabs->editor()->goTo(3, 2);
        m_tabs->showFileList(true);
        const QByteArray state = m_tabs->saveState();
        QFile::remove(two);
        start();
        QVERIFY(!m_tabs->restoreState("something else"));
        QVERIFY(m_tabs->restoreState(state));
        QCOMPARE(m_tabs->openPaths(), QStringList(one)); // a file that is gone is left out
        QCOMPARE(m_tabs->currentPath(), one);
        QCOMPARE(m_tabs->editor()->currentLine(), 3);
        QCOMPARE(m_tabs->editor()->currentColumn(), 2);
        QVERIFY(!m_tabs->fileList().isHidden());
        QCOMPARE(m_tabs->workspace().folder(), path(u"work"_s));
    }

    void aRunIsShownInTheFileThatItNames()
    {
        const QString one = file(u"one.js"_s, "a\nb\nc\n");
        const QString two = file(u"two.mjs"_s, "d\ne\n");
        QVERIFY(QFile::link(path(u"work"_s), path(u"link"_s)));
        m_tabs->open(path(u"link/one.js"_s));
        CodeEditor* first = m_tabs->editor();
        m_tabs->setPlayhead(one, 2); // by its real name, as node says it
        m_tabs->setLineNotes({{one, {{.line = 1, .pending = {Meaning::Timer}}}},
            {QUrl::fromLocalFile(two).toString(), {{.line = 2, .pending = {Meaning::Tick}}}}});
        QCOMPARE(first->playheadLine(), 2);
        QCOMPARE(first->lineNotes().size(), 1);
        m_tabs->open(two);
        QCOMPARE(m_tabs->editor()->lineNotes().size(), 1); // opened later
        QCOMPARE(m_tabs->editor()->playheadLine(), 0);
        m_tabs->setPlayhead(QUrl::fromLocalFile(two).toString(), 1);
        QCOMPARE(m_tabs->editor()->playheadLine(), 1);
        QCOMPARE(first->playheadLine(), 0);
        m_tabs->setPlayhead(one, 3, {}, true);
        QCOMPARE(m_tabs->editor(), first); // brought to the front when asked to
        m_tabs->setPlayhead({}, 0);
        QCOMPARE(first->playheadLine(), 0);
    }

    void aSourceThatCameWithATraceIsThereToReadAndTakesNoFilesPlace()
    {
        const QString lesson = file(u"lesson.js"_s, "on the disk\n");
        m_tabs->openSource(lesson, u"as it ran\n"_s + QString(100, u'\n'));
        QVERIFY(!m_tabs->editor()->lineRect(1).isEmpty()); // from its first line on
        m_tabs->openSource(lesson, u"as it ran\n"_s);
        QVERIFY(m_tabs->isCurrentReadOnly());
        QVERIFY(m_tabs->program().isEmpty());
        type(u"x"_s);
        QCOMPARE(m_tabs->currentText(), u"as it ran\n"_s);
        m_tabs->setPlayhead(lesson, 1);
        QCOMPARE(m_tabs->editor()->playheadLine(), 1);
        QVERIFY(m_tabs->goToLine(lesson, 1, 4));
        QCOMPARE(m_tabs->currentText(), u"as it ran\n"_s);
        m_tabs->save();
        QCOMPARE(bytesOf(lesson), QByteArray("on the disk\n"));
        QVERIFY(m_tabs->askToClose());
        m_tabs->openSource(lesson, u"as it ran later\n"_s);
        QCOMPARE(m_tabs->tabBar().count(), 1);
        m_tabs->open(lesson);
        QCOMPARE(m_tabs->tabBar().count(), 2);
        m_tabs->closeSources();
        QCOMPARE(m_tabs->openPaths(), QStringList(lesson));
        m_tabs->openSource(lesson, u"on the disk\n"_s); // it is what is open anyway
        QCOMPARE(m_tabs->tabBar().count(), 1);
        QVERIFY(!m_tabs->isCurrentReadOnly());
    }

    void aRecordedSourceSaysWhetherTheFileIsStillTheSame()
    {
        const QString lesson = file(u"lesson.js"_s, "one\r\ntwo\r\n");
        m_tabs->openSource(lesson, u"one\r\ntwo\r\n"_s);
        QVERIFY2(!m_tabs->notice().contains(u"Your file"_s), "who has never opened it may have a stranger's recording");
        m_tabs->closeSources();
        m_tabs->open(lesson);
        m_tabs->closeTab();
        m_tabs->openSource(lesson, u"one\r\ntwo\r\n"_s);
        QVERIFY2(m_tabs->notice().contains(u"Your file is still the same"_s), qPrintable(m_tabs->notice()));
        m_tabs->closeSources();
        m_tabs->openSource(lesson, u"one"_s, false);
        QVERIFY2(
            m_tabs->notice().contains(u"still the same"_s), qPrintable(m_tabs->notice())); // as far as it was recorded
        m_tabs->closeSources();
        m_tabs->openSource(lesson, u"one"_s);
        QVERIFY2(m_tabs->notice().contains(u"changed since"_s), qPrintable(m_tabs->notice()));
        m_tabs->closeSources();
        const QString gone = file(u"gone.js"_s, "one");
        m_tabs->open(gone);
        m_tabs->closeTab();
        QVERIFY(QFile::remove(gone));
        m_tabs->openSource(gone, u"one"_s);
        QVERIFY2(m_tabs->notice().contains(u"itself is gone"_s), qPrintable(m_tabs->notice()));
    }

    void linksLeadToTheirLine()
    {
        m_tabs->open(file(u"one.js"_s, "a\nb\nc\n"));
        file(u"lib/two.js"_s, "d\ne\n");
        QVERIFY(m_tabs->goToLine(u"lib/two.js"_s, 2, 2));
        QCOMPARE(m_tabs->currentName(), u"two.js"_s);
        QCOMPARE(m_tabs->editor()->currentLine(), 2);
        QCOMPARE(m_tabs->workspace().folder(), path(u"work"_s)); // still the program's
        QVERIFY(!m_tabs->goToLine(u"node:internal/timers"_s, 2));
        QVERIFY(!m_tabs->goToLine({}, 1));
    }

    void anExampleComesWithItsFilesAndWhatRunsInFront()
    {
        const auto& all = app::examples();
        const auto rush = std::ranges::find_if(all, [](const app::Example& each) { return each.files.size() > 2; });
        QVERIFY(rush != all.end());
        m_tabs->openExample(*rush);
        QCOMPARE(m_tabs->currentName(), rush->mainFile);
        QCOMPARE(m_tabs->tabBar().currentIndex(), 0);
        QVERIFY(m_tabs->tabBar().count() > 1);
        QCOMPARE(m_tabs->program(), m_tabs->currentPath());
        m_tabs->openExample(*rush); // a second one is a second one
        QVERIFY(m_tabs->openPaths().filter(u'/' + rush->mainFile).size() == 2);
    }

    void aNewFileIsAskedForItsName()
    {
        m_tabs->newUntitled();
        const auto dialog = [&] { return m_tabs->findChild<NewFileDialog*>(); };
        m_tabs->newFile();
        QVERIFY(dialog());
        auto* const name = dialog()->findChild<QLineEdit*>();
        auto* const make = dialog()->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QCOMPARE(name->text(), u"untitled.js"_s); // the program itself is not written yet, but is there
        QCOMPARE(name->selectedText(), u"untitled"_s);
        QTest::keyClicks(name, u"program"_s);
        QVERIFY(!make->isEnabled()); // that is what is open
        name->selectAll();
        QTest::keyClicks(name, u"a/b.js"_s);
        QVERIFY(!make->isEnabled());
        name->clear();
        QVERIFY(!make->isEnabled());
        QTest::keyClicks(name, u"menu"_s);
        QTest::mouseClick(make, Qt::LeftButton);
        QCOMPARE(m_tabs->currentName(), u"menu.js"_s);
        QVERIFY(app::Workspace::isUntitled(m_tabs->currentPath()));
        QCOMPARE(m_tabs->tabBar().count(), 2);
        QVERIFY(QTest::qWaitFor([&] { return !dialog(); }));
        // In a folder of modules it is one, too; and who thinks better of it has none.
        m_tabs->open(file(u"server.mjs"_s, "1\n"));
        m_tabs->newFile();
        QCOMPARE(dialog()->findChild<QLineEdit*>()->text(), u"untitled.mjs"_s);
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QVERIFY(QTest::qWaitFor([&] { return !dialog(); }));
        QCOMPARE(m_tabs->tabBar().count(), 3);
        QCOMPARE(NewFileDialog::proposal(path(u"state"_s), {}, [](const QString&) { return false; }), u"main.js"_s);
    }

    void theFileListShowsTheWorkspaceAndOpensAFile()
    {
        m_tabs->open(file(u"one.js"_s, "a\n"));
        m_tabs->showFileList(true);
        QListWidget& list = m_tabs->fileList();
        QCOMPARE(list.count(), 1);
        file(u"lib/two.js"_s, "b\n");
        file(u"two.js"_s, "c\n");
        QVERIFY(QTest::qWaitFor([&] { return list.count() == 3; }, 10'000));
        for (int row = 0; row < list.count(); ++row) {
            if (list.item(row)->text() == "two.js"_L1)
                QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(list.item(row)).center());
        }
        QCOMPARE(m_tabs->currentText(), u"c\n"_s);
    }

    void aFolderOpensWithItsProgram()
    {
        file(u"a.js"_s, "a\n");
        file(u"index.js"_s, "b\n");
        QVERIFY(m_tabs->open(path(u"work"_s)));
        QCOMPARE(m_tabs->currentName(), u"index.js"_s);
        QVERIFY(!m_tabs->open(path(u"nowhere.js"_s)));
        QVERIFY(m_tabs->notice().contains(u"nowhere.js"_s));
    }

    void filesAreDroppedOnTheTabsAndOnTheCode()
    {
        const QString one = file(u"one.js"_s, "a\n");
        const QString two = file(u"two.js"_s, "b\n");
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(one)});
        QDragEnterEvent over(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_tabs.get(), &over);
        QVERIFY(over.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_tabs.get(), &drop);
        QCOMPARE(m_tabs->currentPath(), one);
        data.setUrls({QUrl::fromLocalFile(two)});
        QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_tabs->editor()->viewport(), &enter);
        QDropEvent onCode(QPointF(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_tabs->editor()->viewport(), &onCode);
        QCOMPARE(m_tabs->currentPath(), two);
        QCOMPARE(m_tabs->editorOf(one)->text(), u"a\n"_s); // its name was not pasted
    }

    void whatIsWrongIsUnderlinedAsOneTypes()
    {
        start(BISTRO_ENGINE);
        m_tabs->newUntitled();
        type(u"let a = ;"_s);
        QVERIFY(QTest::qWaitFor([&] { return m_tabs->editor()->problem().has_value(); }, 60'000));
        QCOMPARE(m_tabs->editor()->problem()->line, 1);
        QCOMPARE(m_tabs->editor()->problem()->column, 9);
        QVERIFY(m_tabs->editor()->problem()->sentence.contains(u"can't stand here"_s));
        QTest::keyClick(m_tabs->editor(), Qt::Key_Left);
        QTest::keyClick(m_tabs->editor(), u'1');
        QVERIFY(QTest::qWaitFor([&] { return !m_tabs->editor()->problem(); }, 60'000));
    }

    void theWindowIsToldOfWhatChanges()
    {
        QSignalSpy current(m_tabs.get(), &EditorTabs::currentChanged);
        QSignalSpy contents(m_tabs.get(), &EditorTabs::contentsChanged);
        QSignalSpy title(m_tabs.get(), &EditorTabs::titleChanged);
        m_tabs->open(file(u"one.js"_s, "a\n"));
        QVERIFY(!current.isEmpty());
        QCOMPARE(title.back(), QVariantList({u"one.js"_s, false}));
        QCOMPARE(contents.size(), 0);
        type(u"x"_s);
        QCOMPARE(contents.size(), 1);
        QCOMPARE(title.back(), QVariantList({u"one.js"_s, true}));
        m_tabs->save();
        QCOMPARE(title.back(), QVariantList({u"one.js"_s, false}));
        m_tabs->closeTab();
        QCOMPARE(title.back(), QVariantList({QString(), false}));
    }

    void theEditMenuIsForTheEditorInFrontAndHarmlessWithoutOne()
    {
        m_tabs->undo();
        m_tabs->find();
        m_tabs->save();
        m_tabs->closeTab();
        m_tabs->nextTab();
        m_tabs->open(file(u"one.js"_s, "a\n"));
        m_tabs->open(file(u"two.js"_s, "b\n"));
        m_tabs->toggleComment();
        QCOMPARE(m_tabs->currentText(), u"// b\n"_s);
        m_tabs->undo();
        QCOMPARE(m_tabs->currentText(), u"b\n"_s);
        m_tabs->find();
        QVERIFY(m_tabs->editor()->findBar().isVisible());
        m_tabs->nextTab();
        QCOMPARE(m_tabs->currentName(), u"one.js"_s);
        QVERIFY(!m_tabs->editor()->findBar().isVisible());
    }

    void aFileIsOpenedOnceByWhateverName()
    {
        const QString one = file(u"one.js"_s, "a\n");
        QVERIFY(QFile::link(one, path(u"link.js"_s)));
        m_tabs->open(one);
        m_tabs->open(path(u"link.js"_s));
        m_tabs->open(path(u"work/../work/one.js"_s));
        QCOMPARE(m_tabs->tabBar().count(), 1);
    }

    void aTabIsClosedByItsButtonAndByTheMiddleOfTheMouse()
    {
        m_tabs->open(file(u"one.js"_s, "a\n"));
        m_tabs->open(file(u"two.js"_s, "b\n"));
        QTest::mouseClick(&m_tabs->tabBar(), Qt::MiddleButton, {}, m_tabs->tabBar().tabRect(0).center());
        QCOMPARE(m_tabs->currentName(), u"two.js"_s);
        QTest::mouseClick(m_tabs->tabBar().tabButton(0, QTabBar::RightSide), Qt::LeftButton);
        QCOMPARE(m_tabs->tabBar().count(), 0);
    }

    // So that a window that nobody touches does not wake the processor.
    void theCursorStopsBlinkingAndBlinksAgainWithTheNextKey()
    {
        m_tabs.reset();
        QApplication::setCursorFlashTime(1'000);
        {
            const Caret caret(std::chrono::milliseconds(20));
            QVERIFY(QTest::qWaitFor([&] { return QApplication::cursorFlashTime() == 0; }));
            QLineEdit edit;
            QTest::keyClick(&edit, u'a');
            QCOMPARE(QApplication::cursorFlashTime(), 1'000);
            QVERIFY(QTest::qWaitFor([&] { return QApplication::cursorFlashTime() == 0; }));
        }
        QCOMPARE(QApplication::cursorFlashTime(), 1'000);
    }
};

QTEST_MAIN(TestEditorTabs)
#include "tst_editortabs.moc"
