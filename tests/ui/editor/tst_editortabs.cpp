#include "editor/editortabs.h"
#include "editor/findbar.h"
#include "editor/newfiledialog.h"
#include "workspace/xdgfolders.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialogButtonBox>
#include <QDir>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>
#include <QUrl>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

// What a learner clicks in a notice.
bool choose(EditorTabs& tabs, const QString& text)
{
    QCoreApplication::processEvents(); // the buttons of this notice come, those of the one before go
    for (auto* button : tabs.findChildren<QPushButton*>()) {
        if (button->text() == text && button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
            return true;
        }
    }
    return false;
}

bool isAsked(EditorTabs& tabs)
{
    return tabs.findChild<QFileDialog*>() != nullptr;
}

void answer(EditorTabs& tabs, const QString& path)
{
    auto* dialog = tabs.findChild<QFileDialog*>();
    QVERIFY(dialog);
    emit dialog->fileSelected(path);
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    delete dialog;
}

} // namespace

class TestEditorTabs : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QDir().mkpath(path(u"work"_s));
        qputenv("XDG_STATE_HOME", path(u"state"_s).toUtf8());
        qputenv("XDG_DATA_HOME", path(u"data"_s).toUtf8());
        start();
    }

    void cleanup()
    {
        m_tabs.reset();
        m_home.reset();
    }

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

    // A real window in a process of its own, killed as a power cut would.
    void whatWasTypedTwoSecondsBeforeAKillComesBackBesideTheFile()
    {
        const QString saved = file(u"lesson.js"_s, "let soup = 1;\n");
        m_tabs.reset();
        QProcess window;
        window.setProgram(QCoreApplication::applicationFilePath());
        window.setArguments({u"--window"_s, saved});
        window.start();
        QVERIFY(window.waitForReadyRead(30'000)); // it has typed
        QElapsedTimer timer;
        timer.start();
        const auto kept = [this] {
            int copies = 0;
            for (const QFileInfo& folder :
                QDir(path(u"state/bistro/recovery"_s)).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
                copies += static_cast<int>(
                    QDir(folder.absoluteFilePath()).entryList({u"*.copy"_s}, QDir::Files).size());
            return copies;
        };
        QVERIFY(QTest::qWaitFor([&] { return kept() == 2; }, 10'000));
        qInfo("kept %lld ms after the last key", timer.elapsed());
        window.kill();
        QVERIFY(window.waitForFinished());
        QCOMPARE(bytesOf(saved), QByteArray("let soup = 1;\n"));

        start();
        QCOMPARE(m_tabs->tabBar().count(), 2);
        QVERIFY(m_tabs->editorOf(saved));
        QCOMPARE(m_tabs->editorOf(saved)->text(), u"/* typed */let soup = 1;\n"_s);
        QVERIFY(m_tabs->editorOf(saved)->document()->isModified());
        QCOMPARE(m_tabs->currentText(), u"an untitled one"_s);
        QVERIFY(m_tabs->notice().contains(u"before this program was saved"_s));
        QCOMPARE(bytesOf(saved), QByteArray("let soup = 1;\n")); // beside and never inside
        m_tabs->tabBar().setCurrentIndex(0);
        QVERIFY(choose(*m_tabs, u"Show the file as it was saved"_s));
        QCOMPARE(m_tabs->currentText(), u"let soup = 1;\n"_s);
        m_tabs->undo();
        QCOMPARE(m_tabs->currentText(), u"/* typed */let soup = 1;\n"_s); // nothing is lost by a click
    }

    void anUntitledProgramThatRanComesBackToo()
    {
        m_tabs->newUntitled();
        type(u"console.log(1)"_s);
        const QString program = m_tabs->prepareToRun().value_or(QString());
        start();
        QCOMPARE(m_tabs->openPaths(), QStringList(program));
        QCOMPARE(m_tabs->currentText(), u"console.log(1)"_s);
    }

    void aFileThatChangesOutsideIsShownAsItIsAndUndoBringsTheOldBack()
    {
        const QString lesson = file(u"lesson.js"_s, "old\n");
        m_tabs->open(lesson);
        QSignalSpy changed(m_tabs.get(), &EditorTabs::fileChangedOnDisk);
        write(lesson, "new and longer\n");
        QVERIFY(changed.wait(10'000));
        QCOMPARE(m_tabs->currentText(), u"new and longer\n"_s);
        QVERIFY(!m_tabs->isCurrentModified());
        QVERIFY(m_tabs->notice().contains(u"changed outside"_s));
        m_tabs->undo();
        QCOMPARE(m_tabs->currentText(), u"old\n"_s);
    }

    void aFileThatChangesOnBothSidesIsAskedAboutAndNeverWrittenOver()
    {
        const QString lesson = file(u"lesson.js"_s, "old\n");
        m_tabs->open(lesson);
        type(u"mine "_s);
        QSignalSpy changed(m_tabs.get(), &EditorTabs::fileChangedOnDisk);
        write(lesson, "theirs and longer\n");
        QVERIFY(changed.wait(10'000));
        m_tabs->save();
        QCOMPARE(bytesOf(lesson), QByteArray("theirs and longer\n"));
        QCOMPARE(m_tabs->currentText(), u"mine old\n"_s);
        QVERIFY(choose(*m_tabs, u"Save mine over it"_s));
        QCOMPARE(bytesOf(lesson), QByteArray("mine old\n"));
    }

    void aFileThatIsDeletedStaysInTheWindow()
    {
        const QString lesson = file(u"lesson.js"_s, "soup\n");
        m_tabs->open(lesson);
        QSignalSpy changed(m_tabs.get(), &EditorTabs::fileChangedOnDisk);
        QFile::remove(lesson);
        QVERIFY(changed.wait(10'000));
        QVERIFY(m_tabs->isCurrentModified());
        QVERIFY(choose(*m_tabs, u"Save it again"_s));
        QCOMPARE(bytesOf(lesson), QByteArray("soup\n"));
        QVERIFY(!m_tabs->isCurrentModified());
    }

    void closingATabThatIsNotSavedAsksAboveTheCode()
    {
        const QString lesson = file(u"lesson.js"_s, "soup\n");
        m_tabs->open(lesson);
        type(u"x"_s);
        m_tabs->closeTab();
        QCOMPARE(m_tabs->tabBar().count(), 1);
        QVERIFY(choose(*m_tabs, u"Go on writing"_s));
        QVERIFY(m_tabs->notice().isEmpty());
        m_tabs->closeTab();
        QVERIFY(choose(*m_tabs, u"Save"_s));
        QCOMPARE(m_tabs->tabBar().count(), 0);
        QCOMPARE(bytesOf(lesson), QByteArray("xsoup\n"));
        m_tabs->open(lesson);
        type(u"y"_s);
        m_tabs->closeTab();
        QVERIFY(choose(*m_tabs, u"Give the changes up"_s));
        QCOMPARE(m_tabs->tabBar().count(), 0);
        QCOMPARE(bytesOf(lesson), QByteArray("xsoup\n"));
        start(); // and no copy is offered of what was given up
        QCOMPARE(m_tabs->tabBar().count(), 0);
    }

    void theWindowClosesWhenAllIsSavedOneAfterTheOther()
    {
        const QString one = file(u"one.js"_s, "1\n");
        const QString two = file(u"two.js"_s, "2\n");
        QVERIFY(m_tabs->askToClose());
        m_tabs->open(one);
        type(u"a"_s);
        m_tabs->open(two);
        type(u"b"_s);
        m_tabs->newUntitled();
        type(u"c"_s);
        QSignalSpy allowed(m_tabs.get(), &EditorTabs::closeAllowed);
        QVERIFY(!m_tabs->askToClose());
        QVERIFY(m_tabs->notice().contains(u"one.js, two.js, program.js"_s));
        QVERIFY(choose(*m_tabs, u"Save and close"_s));
        QCOMPARE(bytesOf(one), QByteArray("a1\n"));
        QCOMPARE(bytesOf(two), QByteArray("b2\n"));
        QCOMPARE(allowed.size(), 0); // the third needs a name
        QVERIFY(isAsked(*m_tabs));
        answer(*m_tabs, path(u"work/three.js"_s));
        QCOMPARE(bytesOf(path(u"work/three.js"_s)), QByteArray("c"));
        QCOMPARE(allowed.size(), 1);
        QVERIFY(m_tabs->askToClose());
    }

    void aQuestionThatIsLeftOpenClosesNothingLater()
    {
        m_tabs->newUntitled();
        type(u"c"_s);
        QSignalSpy allowed(m_tabs.get(), &EditorTabs::closeAllowed);
        QVERIFY(!m_tabs->askToClose());
        QVERIFY(choose(*m_tabs, u"Save and close"_s));
        m_tabs->findChild<QFileDialog*>()->reject();
        QVERIFY(m_tabs->saveTo(0, path(u"work/three.js"_s)));
        QCOMPARE(allowed.size(), 0);
    }

    void whatIsKeptForNextTimeComesBackAndWhatIsGivenUpDoesNot()
    {
        const QString lesson = file(u"lesson.js"_s, "soup\n");
        m_tabs->open(lesson);
        type(u"x"_s);
        QSignalSpy allowed(m_tabs.get(), &EditorTabs::closeAllowed);
        QVERIFY(!m_tabs->askToClose());
        QVERIFY(choose(*m_tabs, u"Keep for next time"_s));
        QCOMPARE(allowed.size(), 1);
        QVERIFY(m_tabs->askToClose());
        start();
        QCOMPARE(m_tabs->currentText(), u"xsoup\n"_s);
        QVERIFY(!m_tabs->askToClose());
        QVERIFY(choose(*m_tabs, u"Give the changes up"_s));
        QVERIFY(m_tabs->askToClose());
        start();
        QCOMPARE(m_tabs->tabBar().count(), 0);
        QCOMPARE(bytesOf(lesson), QByteArray("soup\n"));
    }

    void whoGoesOnWritingAfterTheAnswerIsAskedAgain()
    {
        m_tabs->open(file(u"lesson.js"_s, "soup\n"));
        type(u"x"_s);
        QVERIFY(!m_tabs->askToClose());
        QVERIFY(choose(*m_tabs, u"Give the changes up"_s));
        type(u"y"_s);
        QVERIFY(!m_tabs->askToClose());
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
        m_tabs->setPlayhead(one, 3, true);
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
        QVERIFY2(m_tabs->notice().contains(u"Your file is still the same"_s), qPrintable(m_tabs->notice()));
        m_tabs->closeSources();
        m_tabs->openSource(lesson, u"one"_s, false);
        QVERIFY2(
            m_tabs->notice().contains(u"still the same"_s), qPrintable(m_tabs->notice())); // as far as it was recorded
        m_tabs->closeSources();
        m_tabs->openSource(lesson, u"one"_s);
        QVERIFY2(m_tabs->notice().contains(u"changed since"_s), qPrintable(m_tabs->notice()));
        m_tabs->closeSources();
        m_tabs->openSource(path(u"work/gone.js"_s), u"one"_s);
        QVERIFY2(m_tabs->notice().contains(u"not here any more"_s), qPrintable(m_tabs->notice()));
    }

    void aSourceSavedUnderANameIsTheLearnersOwn()
    {
        m_tabs->openSource(u"/gone/lesson.js"_s, u"as it ran\n"_s);
        QVERIFY(m_tabs->saveTo(0, path(u"work/mine.js"_s)));
        QVERIFY(!m_tabs->isCurrentReadOnly());
        type(u"x"_s);
        QCOMPARE(m_tabs->currentText(), u"xas it ran\n"_s);
        QCOMPARE(m_tabs->program(), path(u"work/mine.js"_s));
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

    void savingAnUntitledProgramTakesItsFilesAlong()
    {
        m_tabs->openExample(app::examples().at(3));
        const QString before = m_tabs->currentPath();
        m_tabs->save();
        QVERIFY(isAsked(*m_tabs));
        answer(*m_tabs, path(u"work/mine.js"_s));
        QCOMPARE(m_tabs->currentPath(), path(u"work/mine.js"_s));
        QVERIFY(QFileInfo::exists(path(u"work/menu.txt"_s)));
        QVERIFY(m_tabs->openPaths().contains(path(u"work/menu.txt"_s)));
        QVERIFY(QFileInfo::exists(before)); // the untitled folder goes when nobody has touched it for long
        QCOMPARE(m_tabs->recentFiles().front(), path(u"work/mine.js"_s));
        QCOMPARE(m_tabs->program(), path(u"work/mine.js"_s));
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

    void dialogsBeginWhereTheLearnersFilesAre()
    {
        QDir().mkpath(path(u"other"_s));
        const QString other = path(u"other/soup.js"_s);
        QVERIFY(m_tabs->open(file(u"lesson.js"_s, "1\n")));
        QVERIFY(QFile::copy(path(u"work/lesson.js"_s), other));
        QVERIFY(m_tabs->open(other));
        m_tabs->tabBar().setCurrentIndex(0);
        QCOMPARE(saveDialogsFolder(), path(u"work"_s)); // of the current file
        m_tabs->newUntitled();
        QCOMPARE(saveDialogsFolder(), path(u"other"_s)); // untitled: where the last one was opened
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
        QVERIFY(m_tabs->editor()->problem()->sentence.contains(u"not expected here"_s));
        QTest::keyClick(m_tabs->editor(), Qt::Key_Left);
        QTest::keyClick(m_tabs->editor(), u'1');
        QVERIFY(QTest::qWaitFor([&] { return !m_tabs->editor()->problem(); }, 60'000));
    }

    void aFileWithALineThatIsShownInPartIsSavedByteForByte()
    {
        const QByteArray bytes = "one\r\nconst a = '" + QByteArray("0123456789").repeated(100'000) + "';\ntwo\rthree";
        const QString path = file(u"long.js"_s, bytes);
        QVERIFY(m_tabs->open(path));
        QVERIFY(QTest::qWaitFor([&] { return !m_tabs->editor()->isFilling(); }));
        QVERIFY2(m_tabs->notice().contains(u"Line 2 has 1,000,013 letters"_s), qPrintable(m_tabs->notice()));
        QVERIFY(m_tabs->notice().contains(u"end in different ways"_s));
        m_tabs->editor()->goTo(2, 500'000); // looking at it changes nothing
        QVERIFY(!m_tabs->isCurrentModified());
        m_tabs->editor()->document()->setModified(true);
        m_tabs->save();
        QCOMPARE(bytesOf(path), bytes);
        m_tabs->editor()->goTo(4, 1);
        type(u"/"_s);
        m_tabs->save();
        QCOMPARE(bytesOf(path), bytes.chopped(5) + "/three");
    }

    void aLongFileIsSavedWholeWhileItStillComesIn()
    {
        const QByteArray bytes = QByteArray("a();\r\nb();\n").repeated(50'000);
        const QString path = file(u"long.js"_s, bytes);
        QVERIFY(m_tabs->open(path));
        QVERIFY(m_tabs->editor()->isFilling());
        QVERIFY2(m_tabs->notice().contains(u"still comes in"_s), qPrintable(m_tabs->notice()));
        m_tabs->editor()->document()->setModified(true);
        m_tabs->save();
        QCOMPARE(bytesOf(path), bytes);
        QVERIFY(QTest::qWaitFor([&] { return !m_tabs->editor()->isFilling(); }));
        QVERIFY(!m_tabs->notice().contains(u"still comes in"_s));
        QVERIFY(!m_tabs->isCurrentModified());
        m_tabs->closeTab();
        m_tabs->open(path);
        m_tabs->closeTab(); // while it comes in
        QCOMPARE(m_tabs->tabBar().count(), 0);
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

private:
    [[nodiscard]] QString saveDialogsFolder()
    {
        m_tabs->saveAs();
        auto* const dialog = m_tabs->findChild<QFileDialog*>();
        const QString folder = dialog ? dialog->directory().absolutePath() : QString();
        delete dialog;
        return folder;
    }
    [[nodiscard]] QString path(const QString& name) const
    {
        return QDir(QFileInfo(m_home->path()).canonicalFilePath()).filePath(name);
    }

    QString file(const QString& name, const QByteArray& bytes) const
    {
        const QString its = path(u"work/"_s + name);
        write(its, bytes);
        return its;
    }

    // Another window, after the one before has ended.
    void start(const std::filesystem::path& engine = {})
    {
        m_tabs.reset();
        m_tabs = std::make_unique<EditorTabs>(engine);
        m_tabs->resize(600, 500);
        m_tabs->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_tabs.get()));
    }

    void type(const QString& text)
    {
        QVERIFY(m_tabs->editor());
        QTest::keyClicks(m_tabs->editor(), text);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<EditorTabs> m_tabs;
};

namespace {

// The window that is killed: opens a file, types into it and into an untitled program, says so, and lives on.
int window(const QString& path)
{
    EditorTabs tabs;
    tabs.show();
    tabs.open(path);
    QTest::keyClicks(tabs.editor(), u"/* typed *"_s);
    QTest::keyClicks(tabs.editor(), u"/"_s);
    tabs.newUntitled();
    QTest::keyClicks(tabs.editor(), u"an untitled one"_s);
    printf("typed\n");
    fflush(stdout);
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc == 3 && QByteArray(argv[1]) == "--window")
        return window(QString::fromLocal8Bit(argv[2]));
    TestEditorTabs test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_editortabs.moc"
