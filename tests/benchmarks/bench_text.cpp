// How long the GUI thread is deaf where a text is long, in the editor and in the console: see README.md, bench_text.
#include "console/consolepanel.h"
#include "editor/editortabs.h"
#include "editor/findbar.h"
#include "process/engineprocess.h"
#include "process/spawn.h"
#include "stage/stageview.h"
#include "window/mainwindow.h"
#include "windowprobe.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QLineEdit>
#include <QProcess>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <functional>

using namespace bistro;
using namespace bistro::bench;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::minutes kPatience {5};

const QString kProgress = u"for (let i = 0; i < 2e6; i++) process.stdout.write('progress ' + i + '\\r');\n"_s;
const QString kLines
    = u"let s = ''; for (let i = 0; i < 2e6; i++) { s += 'line ' + i + ' of the console\\n'; if (s.length > 6e4) { "
      u"process.stdout.write(s); s = ''; } } process.stdout.write(s);\n"_s;
const QString kFlood
    = u"const s = ('x'.repeat(79) + '\\n').repeat(800); for (let i = 0; i < 16384; i++) process.stdout.write(s);\n"_s;

bool waitFor(const std::function<bool()>& what)
{
    QElapsedTimer clock;
    clock.start();
    while (!what()) {
        if (clock.durationElapsed() > kPatience)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

class Text final {
public:
    explicit Text(Probe& probe)
        : m_probe(probe)
        , m_window({.engine = app::findEngine().value(), .command = u"bistro"_s})
    {
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
        m_window.resize(1440, 900);
        m_window.show();
        m_beat.start(50); // so that waiting looks at what it waits for
        rest(1'500);
    }

    int run(const QString& name)
    {
        if (name == u"line"_s)
            edit(u"const a = '"_s + QString(10'000'000, u'x') + u"';\nconst b = 1;\n"_s);
        else if (name == u"lines"_s)
            edit(QString(u"setTimeout(() => console.log('dessert'), 100); // later\n"_s).repeated(200'000));
        else if (name == u"progress"_s)
            progress();
        else if (name == u"console"_s)
            console(kLines, true);
        else if (name == u"flood"_s)
            console(kFlood, false);
        else
            return 2;
        return 0;
    }

private:
    // What is done in one event, and the time until `until` is true and everything is quiet.
    void step(const char* name, const std::function<void()>& what, const std::function<bool()>& until = {},
        QWidget* keys = nullptr, int quiet = 300)
    {
        QElapsedTimer clock;
        clock.start();
        m_probe.begin(&m_window, keys);
        QMetaObject::invokeMethod(&m_beat, what, Qt::QueuedConnection);
        bool began = false;
        QMetaObject::invokeMethod(&m_beat, [&] { began = true; }, Qt::QueuedConnection);
        const bool done = waitFor([&] { return began && (!until || until()); });
        const qint64 took = clock.elapsed();
        rest(keys ? 4'000 : quiet);
        const QJsonObject told = m_probe.end();
        const auto worst = [&](const QString& of) { return told[of][u"worst"_s].toDouble(); };
        std::printf("%-34s answer %8.1f ms, turn %8.1f ms, of the processor %8.1f ms", name, worst(u"answer, ms"_s),
            worst(u"piece of work, ms"_s), worst(u"piece of work, ms of the processor"_s));
        if (keys)
            std::printf(", key to picture %8.1f ms", worst(u"key to picture, ms"_s));
        else
            std::printf(", done after %lld ms", done ? took : -1);
        std::printf("\n    %s\n", qPrintable(told[u"longest"_s].toArray().first().toString()));
        std::fflush(stdout);
    }

    static void rest(int milliseconds)
    {
        QElapsedTimer clock;
        clock.start();
        waitFor([&] { return clock.elapsed() > milliseconds; });
    }

    [[nodiscard]] CodeEditor* editor() const { return const_cast<MainWindow&>(m_window).editor().editor(); }
    void key(int code, Qt::KeyboardModifiers modifiers = {}, const QString& text = {})
    {
        QWidget* const at = editor();
        QKeyEvent press(QEvent::KeyPress, code, modifiers, text);
        QCoreApplication::sendEvent(at, &press);
    }

    void edit(const QString& text)
    {
        const QString path = m_folder.filePath(u"long.js"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            return;
        file.close();
        const auto whole = [&] { return editor() && !editor()->isReadOnly(); };
        step("open", [&] { m_window.editor().open(path); }, whole, nullptr, 2'000);
        step("each key", [&] { editor()->goTo(1, 5); }, {}, editor());
        step("a bracket", [&] { key(Qt::Key_ParenLeft, {}, u"("_s); });
        step("to the end", [&] { key(Qt::Key_End, Qt::ControlModifier); });
        step("each key at the end", [&] { }, {}, editor());
        step("page up, twenty times", [&] {
            for (int i = 0; i < 20; ++i)
                QMetaObject::invokeMethod(&m_beat, [&] { key(Qt::Key_PageUp); }, Qt::QueuedConnection);
        });
        step("scroll to the middle",
            [&] { editor()->verticalScrollBar()->setValue(editor()->verticalScrollBar()->maximum() / 2); });
        step("find, a letter", [&] {
            editor()->find();
            editor()->findBar().findChild<QLineEdit*>()->setText(u"b"_s);
        });
        step("find, none", [&] { editor()->findBar().findChild<QLineEdit*>()->setText(u"there is no such text"_s); });
        step("find, closed", [&] { editor()->findBar().close(); });
        step("zoom", [&] { m_window.action(u"zoom-in"_s)->trigger(); });
        step("another tab and back", [&] {
            m_window.action(u"new"_s)->trigger();
            QMetaObject::invokeMethod(&m_beat, [&] { m_window.editor().previousTab(); }, Qt::QueuedConnection);
        });
        step("select all and copy", [&] {
            editor()->selectAll();
            editor()->copy();
        });
        step("delete all", [&] { key(Qt::Key_Delete); }, whole, nullptr, 1'500);
        step("undo", [&] { m_window.editor().undo(); }, whole, nullptr, 1'500);
        step("a new tab", [&] { m_window.action(u"new"_s)->trigger(); });
        QGuiApplication::clipboard()->setText(text);
        step("paste", [&] { m_window.editor().paste(); }, whole, nullptr, 2'000);
        step("each key after it", [&] { }, {}, editor());
        step(
            "undo of it all",
            [&] {
                for (int i = 0; i < 3; ++i)
                    m_window.editor().undo();
            },
            whole, nullptr, 1'500);
    }

    [[nodiscard]] bool ended()
    {
        const app::Session& session = m_window.session();
        return session.state() >= app::Session::State::Finished && (!session.log() || session.log()->caughtUp())
            && !m_window.console().model().isBusy();
    }
    void runStep(const char* name)
    {
        step(name, [&] { m_window.action(u"run"_s)->trigger(); }, [&] { return ended(); }, nullptr, 1'000);
    }

    void progress()
    {
        m_window.action(u"new"_s)->trigger();
        editor()->setText(kProgress);
        const auto over = [&] { return m_window.session().state() >= app::Session::State::Finished; };
        step("run, to the program's end", [&] { m_window.action(u"run"_s)->trigger(); }, over, nullptr, 0);
        step("run again", [&] { m_window.action(u"run"_s)->trigger(); }, over, nullptr, 0);
        step("and once more, to the last line", [&] { m_window.action(u"run"_s)->trigger(); }, [&] { return ended(); });
    }

    void console(const QString& code, bool findings)
    {
        m_window.action(u"new"_s)->trigger();
        editor()->setText(code);
        runStep("run");
        std::printf("    %d rows\n", m_window.console().model().rowCount());
        ConsoleView& view = m_window.console().view();
        if (findings) {
            step(
                "find", [&] { view.find(u"line 1999999"_s, false, ConsoleView::Direction::Forward); },
                [&] { return view.hits().all; });
            step(
                "find nothing", [&] { view.find(u"nothing of the kind"_s, false, ConsoleView::Direction::Forward); },
                [&] { return view.hits().all; });
        }
        step("narrower", [&] { m_window.resize(1'000, 900); });
        step("zoom", [&] { m_window.action(u"zoom-in"_s)->trigger(); });
        step(
            "copy all",
            [&] {
                view.selectAll();
                QGuiApplication::clipboard()->setText(u"before"_s);
                view.copy();
            },
            [] { return QGuiApplication::clipboard()->text() != u"before"_s; });
        step("clear", [&] { emit view.clearRequested(); });
        runStep("run again");
        runStep("run once more");
    }

    Probe& m_probe;
    QTemporaryDir m_folder;
    MainWindow m_window;
    QTimer m_beat;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--inside") == 0) {
        StageView::useSoftwareRendering();
        QApplication::setApplicationName(u"bistro"_s);
        int alone = 1;
        Probe probe(alone, argv);
        return Text(probe).run(QString::fromLocal8Bit(argv[2]));
    }
    const QCoreApplication application(argc, argv);
    QStringList which = QCoreApplication::arguments().sliced(1);
    if (which.isEmpty())
        which = {u"line"_s, u"lines"_s, u"progress"_s, u"console"_s, u"flood"_s};
    for (const QString& name : which) { // each in a process and a home of its own
        const QTemporaryDir home;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto& [variable, folder] : {std::pair {u"XDG_STATE_HOME"_s, u"state"_s},
                 {u"XDG_CONFIG_HOME"_s, u"config"_s}, {u"XDG_DATA_HOME"_s, u"data"_s}})
            environment.insert(variable, home.filePath(folder));
        if (!environment.contains(u"QT_QPA_PLATFORM"_s) && !environment.contains(u"DISPLAY"_s))
            environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        std::printf("--- %s\n", qPrintable(name));
        std::fflush(stdout);
        process.start(QCoreApplication::applicationFilePath(), {u"--inside"_s, name});
        process.waitForFinished(-1);
        if (process.exitCode() != 0)
            return process.exitCode();
    }
    return 0;
}
