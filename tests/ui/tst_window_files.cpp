// Files and the window: dropped, damaged, unsaved, and those of a window that was killed.
#include "windowdriver.h"

#include <QDir>
#include <QDirIterator>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>

#include <csignal>
#include <cstdio>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kProgram = "console.log('one')\nsetTimeout(() => console.log('two'), 5)\n";

[[nodiscard]] QString written(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

[[nodiscard]] QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void drop(QWidget* on, const QString& file)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    const QPoint middle = on->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(on, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(on, &event);
}

[[nodiscard]] QString ownText()
{
    return u"console.log('typed, never saved')"_s;
}

} // namespace

class TestWindowFiles : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    // Tabs that are there before the window is have the same size as those that come later.
    void restoredTabsAreShown()
    {
        const QString lesson = m_folder->filePath(u"lesson.js"_s);
        const QString menu = m_folder->filePath(u"menu.js"_s);
        for (const QString& file : {menu, lesson}) {
            QVERIFY(QFile(file).open(QIODevice::NewOnly | QIODevice::WriteOnly));
            m_window->open(file);
        }
        QTabBar& first = m_window->editor().tabBar();
        QVERIFY(QTest::qWaitFor([&] { return first.count() == 2 && first.tabRect(1).height() > 20; }, kLong));
        const QRect there = first.tabRect(1);
        m_window->close();
        openAgain();
        QTabBar& bar = m_window->editor().tabBar();
        QCOMPARE(bar.count(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(bar.tabRect(1), there, kLong);
        QVERIFY(bar.isVisible() && bar.rect().contains(there));
    }

    void aDroppedTraceOpens_data()
    {
        QTest::addColumn<QString>("where");
        for (const char* const where : {"window", "editor", "code", "console"})
            QTest::newRow(where) << QString::fromLatin1(where);
    }
    void aDroppedTraceOpens()
    {
        QFETCH(const QString, where);
        const QString trace = recorded();
        QVERIFY(run(u"console.log('other')"_s));
        QWidget* const on = where == u"window"_s ? static_cast<QWidget*>(m_window.get())
            : where == u"editor"_s               ? &m_window->editor()
            : where == u"code"_s                 ? m_window->editor().editor()->viewport()
                                                 : m_window->console().view().viewport();
        // As the desktop does it: to the first of the widgets under the pointer that takes drops.
        QWidget* taker = on;
        while (!taker->acceptDrops())
            taker = taker->parentWidget();
        drop(taker, trace);
        QVERIFY(session().isOpenedTrace());
        QVERIFY(QTest::qWaitFor([&] { return lines() == QStringList {u"one"_s, u"two"_s}; }, kLong));
        for (const QString& open : m_window->editor().openPaths())
            QVERIFY2(!open.endsWith(u".bistro"_s), qPrintable(open)); // it is no text
    }

    void aDroppedProgramOpensAndDoesNotRun()
    {
        const QTemporaryDir folder;
        const QString program = written(folder.filePath(u"soup.js"_s), "console.log('soup')\n");
        drop(m_window.get(), program);
        QCOMPARE(m_window->editor().currentName(), u"soup.js"_s);
        QCOMPARE(session().state(), app::Session::State::NotStarted);
        click(u"run"_s);
        QVERIFY(ended());
        QCOMPARE(lines(), QStringList {u"soup"_s});
    }

    void aDamagedTraceShowsWhatIsWholeAndSaysSo()
    {
        QByteArray bytes = contents(recorded());
        const QTemporaryDir folder;
        QVERIFY(bytes.size() > 4096);
        QVERIFY(m_window->open(written(folder.filePath(u"cut.bistro"_s), bytes.first(bytes.size() * 3 / 4))));
        QVERIFY(session().isOpenedTrace());
        QVERIFY2(!m_window->notice().isEmpty(), "cut");
        // Something that is no trace at all is refused, and what was shown stays.
        const QString before = session().traceFile();
        QVERIFY(!m_window->open(written(folder.filePath(u"none.bistro"_s), "once upon a time")));
        QVERIFY(!m_window->notice().isEmpty());
        QCOMPARE(session().traceFile(), before);
        QVERIFY(!m_window->open(written(folder.filePath(u"empty.bistro"_s), {})));
    }

    void aTraceDamagedFarBehindSaysSoWhenItHasBeenRead()
    {
        QVERIFY(run(u"let n = 0; (function next() { if (++n < 60_000) setImmediate(next) })()"_s));
        QByteArray bytes = contents(session().traceFile());
        const QTemporaryDir folder;
        bytes.replace(bytes.size() - bytes.size() / 8, 4096, QByteArray(4096, '\xff'));
        QVERIFY(m_window->open(written(folder.filePath(u"late.bistro"_s), bytes)));
        QVERIFY(QTest::qWaitFor([&] { return session().log()->caughtUp(); }, kLong));
        QVERIFY2(!session().log()->damage().empty(), "the damage of this test is none");
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->notice().contains(QString::fromUtf8(session().log()->damage())); }, 2'000));
    }

    void aWindowWithChangesAsksBeforeItCloses()
    {
        m_window->action(u"new"_s)->trigger();
        QTest::keyClicks(m_window->editor().editor(), ownText());
        QVERIFY(!m_window->close());
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->editor().notice().contains(u"You have not saved"_s));
        QVERIFY(choose(u"Keep editing"_s));
        QVERIFY(m_window->isVisible());
        QCOMPARE(m_window->editor().currentText(), ownText());
        QVERIFY(!m_window->close());
        QVERIFY(choose(u"Keep for next time"_s));
        QVERIFY(QTest::qWaitFor([&] { return !m_window->isVisible(); }, kLong));
        openAgain();
        QCOMPARE(m_window->editor().currentText(), ownText());
        QCOMPARE(session().state(), app::Session::State::NotStarted);
        QVERIFY(!m_window->close());
        QVERIFY(choose(u"Discard the changes"_s));
        QVERIFY(QTest::qWaitFor([&] { return !m_window->isVisible(); }, kLong));
        openAgain();
        QVERIFY(m_window->editor().currentText() != ownText());
    }

    void savedChangesAreNotAskedFor()
    {
        const QTemporaryDir folder;
        QVERIFY(m_window->open(written(folder.filePath(u"soup.js"_s), "1\n")));
        QTest::keyClicks(m_window->editor().editor(), u"2"_s);
        QVERIFY(m_window->isWindowModified());
        press(Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(contents(folder.filePath(u"soup.js"_s)), "21\n");
        QVERIFY(!m_window->isWindowModified());
        QVERIFY(m_window->close());
    }

    void aWindowThatIsClosedWhileAProgramRunsEndsIt()
    {
        QVERIFY(start(u"console.log('ready'); setInterval(() => {}, 1000)"_s));
        QVERIFY(printed(u"ready"_s));
        const pid_t engine = session().pid();
        QVERIFY(m_window->close());
        closeWindow();
        QVERIFY(QTest::qWaitFor([&] { return ::kill(engine, 0) != 0; }, kLong));
    }

    // A window in a process of its own, killed as a crash or a power cut would end it.
    void aKilledWindowComesBackWithWhatWasTyped()
    {
        closeWindow();
        const QString file = written(m_folder->filePath(u"soup.js"_s), "console.log('saved')\n");
        QProcess window;
        window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        window.start(QCoreApplication::applicationFilePath(), {u"--type-into"_s, file});
        QVERIFY(QTest::qWaitFor([&] { return window.canReadLine(); }, kLong));
        QCOMPARE(window.readLine(), "typed\n");
        // The promise: what is older than two seconds is on the disk.
        QVERIFY(QTest::qWaitFor([&] { return copies().size() == 2; }, 2'000));
        QVERIFY(QTest::qWaitFor(
            [&] {
                return copies().join().contains(ownText().toUtf8())
                    && copies().join().contains("console.log('changed')");
            },
            2'000));
        const auto pid = static_cast<pid_t>(window.processId());
        ::kill(pid, SIGKILL);
        QVERIFY(window.waitForFinished(kLong));
        QCOMPARE(window.exitStatus(), QProcess::CrashExit);

        openAgain();
        QCOMPARE(contents(file), "console.log('saved')\n"); // beside the learner's file, never in it
        QCOMPARE(m_window->editor().editorOf(file)->text(), u"console.log('changed')console.log('saved')\n"_s);
        QStringList texts;
        for (const QString& path : m_window->editor().openPaths())
            texts << m_window->editor().editorOf(path)->text();
        QVERIFY(texts.contains(ownText()));
        QVERIFY(m_window->editor().notice().contains(u"Bistro ended before"_s));
        QCOMPARE(session().state(), app::Session::State::NotStarted);
        QVERIFY(lines().isEmpty());
        QVERIFY(m_window->editor().hasUnsaved());
        // And runs when it is asked to.
        while (m_window->editor().currentText() != ownText())
            m_window->editor().nextTab();
        click(u"run"_s);
        QVERIFY(ended());
        QCOMPARE(lines(), QStringList {u"typed, never saved"_s});
    }

    void aProgramThatRunsEndsWithAKilledWindow()
    {
        closeWindow();
        QProcess window;
        window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        window.start(QCoreApplication::applicationFilePath(), {u"--run"_s});
        QVERIFY(QTest::qWaitFor([&] { return window.canReadLine(); }, kLong));
        const auto engine = static_cast<pid_t>(window.readLine().trimmed().toInt());
        QVERIFY(engine > 1 && ::kill(engine, 0) == 0);
        ::kill(static_cast<pid_t>(window.processId()), SIGKILL);
        QVERIFY(window.waitForFinished(kLong));
        QVERIFY(QTest::qWaitFor([&] { return ::kill(engine, 0) != 0 || isZombie(engine); }, kLong));
    }

public:
    // --- what the processes do that are killed ---

    void typeInto(const QString& file)
    {
        m_window = std::make_unique<MainWindow>(
            MainWindow::Programs {.engine = BISTRO_ENGINE, .command = QString::fromUtf8(BISTRO_COMMAND)});
        m_window->show();
        if (!m_window->open(file))
            return;
        QTest::keyClicks(m_window->editor().editor(), u"console.log('changed')"_s);
        m_window->action(u"new"_s)->trigger();
        QTest::keyClicks(m_window->editor().editor(), ownText());
        std::puts("typed");
        std::fflush(stdout);
    }
    void runForEver()
    {
        m_window = std::make_unique<MainWindow>(
            MainWindow::Programs {.engine = BISTRO_ENGINE, .command = QString::fromUtf8(BISTRO_COMMAND)});
        m_window->show();
        if (!start(u"console.log('ready'); setInterval(() => {}, 1000)"_s) || !printed(u"ready"_s))
            return;
        std::printf("%d\n", static_cast<int>(session().pid()));
        std::fflush(stdout);
    }

private:
    // A trace of the program, in no folder of recent runs.
    [[nodiscard]] QString recorded()
    {
        const QString file = m_folder->filePath(u"lunch.bistro"_s);
        [&] {
            QVERIFY(run(QString::fromLatin1(kProgram)));
            QVERIFY(session().saveTrace(file));
        }();
        return file;
    }
    // In the notice above the code, once it is there.
    [[nodiscard]] bool choose(const QString& text)
    {
        return QTest::qWaitFor(
            [&] {
                for (QPushButton* const button : m_window->editor().findChildren<QPushButton*>()) {
                    if (button->text() == text && button->isVisible()) {
                        QTest::mouseClick(button, Qt::LeftButton);
                        return true;
                    }
                }
                return false;
            },
            kLong);
    }
    // Recovery copies on the disk, as bytes.
    [[nodiscard]] QByteArrayList copies()
    {
        QByteArrayList found;
        for (QDirIterator it(m_folder->filePath(u"state/bistro/recovery"_s), {u"*.copy"_s}, QDir::Files,
                 QDirIterator::Subdirectories);
            it.hasNext();)
            found << contents(it.next());
        return found;
    }
    [[nodiscard]] static bool isZombie(pid_t pid) { return contents(u"/proc/%1/stat"_s.arg(pid)).contains(") Z "); }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    TestWindowFiles test;
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == u"--type-into"_s) {
        test.typeInto(arguments[2]);
        return QApplication::exec();
    }
    if (arguments.size() == 2 && arguments[1] == u"--run"_s) {
        test.runForEver();
        return QApplication::exec();
    }
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_files.moc"
