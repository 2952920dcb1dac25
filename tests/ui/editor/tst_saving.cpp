#include "tabsfixture.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTextDocument>

#include <cstdio>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

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

class TestSaving : public QObject, TabsFixture {
    Q_OBJECT

private slots:
    void init() { openTabs(); }
    void cleanup() { closeTabs(); }

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
        QVERIFY(m_tabs->notice().contains(u"before you saved this program"_s));
        QCOMPARE(bytesOf(saved), QByteArray("let soup = 1;\n")); // beside and never inside
        m_tabs->tabBar().setCurrentIndex(0);
        QVERIFY(choose(*m_tabs, u"Show the saved file"_s));
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
        QVERIFY(m_tabs->notice().contains(u"Another program"_s));
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

    // What fs.unlinkSync(__filename) and fs.symlinkSync(elsewhere, __filename) leave.
    void aProgramThatBecameALinkIsNotSavedNotRunAndNotLost()
    {
        const QString lesson = file(u"lesson.js"_s, "soup\n");
        const QString profile = path(u"home/.profile"_s);
        QDir().mkpath(path(u"home"_s));
        m_tabs->open(lesson);
        QSignalSpy changed(m_tabs.get(), &EditorTabs::fileChangedOnDisk);
        QVERIFY(QFile::remove(lesson));
        QVERIFY(QFile::link(profile, lesson));
        QVERIFY(!m_tabs->prepareToRun());
        QVERIFY(!QFile::exists(profile));
        QVERIFY(!changed.isEmpty() || changed.wait(10'000));
        QVERIFY(m_tabs->isCurrentModified());
        QVERIFY2(m_tabs->notice().contains(u"is a link to"_s), qPrintable(m_tabs->notice()));
        QVERIFY(!choose(*m_tabs, u"Save it again"_s));
        m_tabs->save();
        QVERIFY(!m_tabs->prepareToRun());
        QVERIFY(!QFile::exists(profile));
        QCOMPARE(m_tabs->currentText(), u"soup\n"_s);
        QVERIFY(choose(*m_tabs, u"Save as…"_s));
        answer(*m_tabs, path(u"work/again.js"_s));
        QCOMPARE(bytesOf(path(u"work/again.js"_s)), QByteArray("soup\n"));
        QCOMPARE(m_tabs->prepareToRun().value_or(QString()), path(u"work/again.js"_s));
    }

    void aProgramThatBecameALinkToAFileIsNotShownAndNotRun()
    {
        const QString lesson = file(u"lesson.js"_s, "soup\n");
        const QString diary = path(u"home/diary.js"_s);
        write(diary, "private\n");
        m_tabs->open(lesson);
        QSignalSpy changed(m_tabs.get(), &EditorTabs::fileChangedOnDisk);
        QVERIFY(QFile::remove(lesson));
        QVERIFY(QFile::link(diary, lesson));
        QVERIFY(!m_tabs->prepareToRun()); // also before anybody has noticed
        QVERIFY(!changed.isEmpty() || changed.wait(10'000));
        QCOMPARE(m_tabs->currentText(), u"soup\n"_s);
        QVERIFY(!m_tabs->prepareToRun());
        QCOMPARE(m_tabs->whereIs(lesson), lesson);
        QCOMPARE(bytesOf(diary), QByteArray("private\n"));
    }

    void aCopyOfWhatWasTypedIsNotWrittenThroughALinkEither()
    {
        const QString lesson = file(u"lesson.js"_s, "soup\n");
        const QString diary = path(u"home/diary.js"_s);
        write(diary, "private\n");
        m_tabs->open(lesson);
        type(u"x"_s);
        QVERIFY(QFile::remove(lesson));
        QVERIFY(QFile::link(diary, lesson));
        start();
        QCOMPARE(m_tabs->currentText(), u"xsoup\n"_s);
        QVERIFY(!m_tabs->prepareToRun());
        QCOMPARE(bytesOf(diary), QByteArray("private\n"));
    }

    void aLinkIsSaidToBeOneAndWorks()
    {
        const QString real = file(u"real/lesson.js"_s, "soup\n");
        const QString link = path(u"work/link.js"_s);
        QVERIFY(QFile::link(real, link));
        m_tabs->open(link);
        QVERIFY2(m_tabs->notice().contains(u"link.js is a link. You read and change "_s + real),
            qPrintable(m_tabs->notice()));
        type(u"x"_s);
        QCOMPARE(m_tabs->prepareToRun().value_or(QString()), link);
        QCOMPARE(m_tabs->whereIs(link), real);
        QCOMPARE(bytesOf(real), QByteArray("xsoup\n"));
        QVERIFY(QFileInfo(link).isSymLink());
    }

    void anUntitledProgramTakesNoLinksAlong()
    {
        const QString key = path(u"home/key"_s);
        write(key, "secret\n");
        m_tabs->newUntitled();
        type(u"1"_s);
        const QString program = m_tabs->prepareToRun().value_or(QString());
        const QDir folder(QFileInfo(program).absolutePath());
        write(folder.filePath(u"menu.txt"_s), "soup\n");
        QVERIFY(QFile::link(key, folder.filePath(u"data.txt"_s)));
        QVERIFY(m_tabs->saveTo(0, path(u"work/one.js"_s)));
        QCOMPARE(bytesOf(path(u"work/menu.txt"_s)), QByteArray("soup\n"));
        QVERIFY(!QFileInfo::exists(path(u"work/data.txt"_s)));
    }

    void closingATabThatIsNotSavedAsksAboveTheCode()
    {
        const QString lesson = file(u"lesson.js"_s, "soup\n");
        m_tabs->open(lesson);
        type(u"x"_s);
        m_tabs->closeTab();
        QCOMPARE(m_tabs->tabBar().count(), 1);
        QVERIFY(choose(*m_tabs, u"Keep editing"_s));
        QVERIFY(m_tabs->notice().isEmpty());
        m_tabs->closeTab();
        QVERIFY(choose(*m_tabs, u"Save"_s));
        QCOMPARE(m_tabs->tabBar().count(), 0);
        QCOMPARE(bytesOf(lesson), QByteArray("xsoup\n"));
        m_tabs->open(lesson);
        type(u"y"_s);
        m_tabs->closeTab();
        QVERIFY(choose(*m_tabs, u"Discard the changes"_s));
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
        QVERIFY(choose(*m_tabs, u"Discard the changes"_s));
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
        QVERIFY(choose(*m_tabs, u"Discard the changes"_s));
        type(u"y"_s);
        QVERIFY(!m_tabs->askToClose());
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
        QVERIFY2(m_tabs->notice().contains(u"still loading"_s), qPrintable(m_tabs->notice()));
        m_tabs->editor()->document()->setModified(true);
        m_tabs->save();
        QCOMPARE(bytesOf(path), bytes);
        QVERIFY(QTest::qWaitFor([&] { return !m_tabs->editor()->isFilling(); }));
        QVERIFY(!m_tabs->notice().contains(u"still loading"_s));
        QVERIFY(!m_tabs->isCurrentModified());
        m_tabs->closeTab();
        m_tabs->open(path);
        m_tabs->closeTab(); // while it comes in
        QCOMPARE(m_tabs->tabBar().count(), 0);
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

private:
    [[nodiscard]] QString saveDialogsFolder()
    {
        m_tabs->saveAs();
        auto* const dialog = m_tabs->findChild<QFileDialog*>();
        const QString folder = dialog ? dialog->directory().absolutePath() : QString();
        delete dialog;
        return folder;
    }
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
    TestSaving test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_saving.moc"
