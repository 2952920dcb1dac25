// What the window costs, and how quickly it answers: see README.md, bench_window.
#include "console/consolepanel.h"
#include "editor/editortabs.h"
#include "process/spawn.h"
#include "stage/stageview.h"
#include "support/syntheticrun.h"
#include "timeline/timelineview.h"
#include "window/mainwindow.h"
#include "window/openwindow.h"
#include "windowprobe.h"

#include <QAbstractEventDispatcher>
#include <QAction>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QProcess>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWidget>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTimer>
#include <QWheelEvent>

#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>
#include <unistd.h>

using namespace bistro;
using namespace bistro::bench;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kScrubs = 200;
constexpr int kZooms = 100;
constexpr std::chrono::seconds kPatience {300};

// Sixteen chains of immediates, each with a tick and a microtask: nothing waits for anything, so events come as fast as
// they can.
QString storm(int seconds)
{
    return uR"(const end = Date.now() + %1;
function go() {
  process.nextTick(() => {});
  queueMicrotask(() => {});
  if (Date.now() < end) setImmediate(go);
}
for (let i = 0; i < 16; i++) setImmediate(go);
)"_s.arg(seconds * 1000);
}

QString flood(int seconds, int rate)
{
    return uR"(const begin = Date.now();
let lines = 0;
function go() {
  const passed = Math.min(Date.now() - begin, %1);
  for (const due = passed * %2 / 1000; lines < due; lines++) console.log('line', lines, 'of the flood, as long as most');
  if (passed < %1) setTimeout(go, 2);
}
go();
)"_s.arg(seconds * 1000)
        .arg(rate);
}

// --- Of a process.

QJsonObject memoryOf(qint64 pid)
{
    QFile file(u"/proc/%1/status"_s.arg(pid));
    QJsonObject memory;
    if (!file.open(QIODevice::ReadOnly))
        return memory;
    for (const QByteArray& line : file.readAll().split('\n')) {
        for (const auto& [field, name] : {std::pair {"VmRSS:", u"resident, MiB"_s},
                 {"RssAnon:", u"of it its own, MiB"_s}, {"VmHWM:", u"most resident, MiB"_s}}) {
            if (line.startsWith(field))
                memory.insert(name,
                    line.mid(static_cast<qsizetype>(qstrlen(field))).trimmed().split(' ').first().toLongLong() / 1024);
        }
    }
    return memory;
}

// What a process's threads have done so far: processor time in ticks of the clock, and how often they gave the
// processor back.
struct Threads {
    struct One {
        QByteArray name;
        qint64 ticks = 0;
        qint64 sleeps = 0;
    };
    std::map<QString, One> all;

    static Threads of(qint64 pid)
    {
        Threads threads;
        const QDir tasks(u"/proc/%1/task"_s.arg(pid));
        for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            One one;
            QFile status(tasks.filePath(task + u"/status"_s));
            QFile stat(tasks.filePath(task + u"/stat"_s));
            if (!status.open(QIODevice::ReadOnly) || !stat.open(QIODevice::ReadOnly))
                continue;
            for (const QByteArray& line : status.readAll().split('\n')) {
                if (line.startsWith("Name:"))
                    one.name = line.mid(5).trimmed();
                if (line.startsWith("voluntary_ctxt_switches:"))
                    one.sleeps = line.mid(24).trimmed().toLongLong();
            }
            const QByteArray fields = stat.readAll();
            const QList<QByteArray> after = fields.mid(fields.lastIndexOf(')') + 2)
                                                .split(' '); // a name may hold spaces
            one.ticks = after.value(11).toLongLong() + after.value(12).toLongLong();
            threads.all[task] = one;
        }
        return threads;
    }

    [[nodiscard]] QJsonObject since(const Threads& before, double seconds) const
    {
        qint64 ticks = 0;
        qint64 sleeps = 0;
        QJsonArray who;
        for (const auto& [task, one] : all) {
            const auto then = before.all.find(task);
            const qint64 slept = one.sleeps - (then == before.all.end() ? 0 : then->second.sleeps);
            ticks += one.ticks - (then == before.all.end() ? 0 : then->second.ticks);
            sleeps += slept;
            if (slept > 0)
                who.append(u"%1: %2"_s.arg(QString::fromUtf8(one.name)).arg(slept));
        }
        return {{u"seconds"_s, seconds},
            {u"processor, %"_s, static_cast<double>(ticks) * 100 / static_cast<double>(sysconf(_SC_CLK_TCK)) / seconds},
            {u"wake-ups"_s, sleeps}, {u"of threads"_s, who}, {u"threads"_s, static_cast<qint64>(all.size())}};
    }
};

QString loadOfTheMachine()
{
    QFile file(u"/proc/loadavg"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().trimmed()) : QString();
}

// --- In a process of its own: one scenario, told as one line of JSON.

void tell(const QJsonObject& result)
{
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

bool waitFor(const std::function<bool()>& what, std::chrono::milliseconds patience = kPatience)
{
    QElapsedTimer clock;
    clock.start();
    while (!what()) {
        if (clock.durationElapsed() > patience)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

class Scenario {
public:
    Scenario(Probe& probe, const QCommandLineParser& options)
        : m_probe(probe)
        , m_options(options)
        , m_window({.engine = app::findEngine().value(), .command = u"bistro"_s})
    {
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
        m_window.resize(1440, 900);
        m_window.show();
        m_beat.start(50); // so that waiting looks at what it waits for
        settle();
    }

    int run(const QString& name)
    {
        if (name == u"storm"_s)
            live(storm(seconds()));
        else if (name == u"flood"_s)
            live(flood(seconds(), m_options.value(u"lines"_s).toInt()));
        else if (name == u"trace"_s)
            trace();
        else
            return 2;
        return 0;
    }

private:
    [[nodiscard]] int seconds() const { return m_options.value(u"seconds"_s).toInt(); }
    [[nodiscard]] app::Session& session() { return m_window.session(); }

    // Until nothing has been drawn for a while.
    void settle()
    {
        QElapsedTimer clock;
        clock.start();
        waitFor([&] { return clock.elapsed() > 1'500; });
    }

    void live(const QString& code)
    {
        m_window.action(u"new"_s)->trigger();
        CodeEditor* const editor = m_window.editor().editor();
        editor->setText(code);
        editor->moveCursor(QTextCursor::End);
        settle();
        QJsonObject result;
        QElapsedTimer clock;
        m_probe.begin(&m_window, editor);
        clock.start();
        m_window.action(u"run"_s)->trigger();
        if (!waitFor([&] { return !session().isRunning(); }))
            return tell({{u"error"_s, u"the program does not end"_s}});
        const double ran = static_cast<double>(clock.elapsed()) / 1e3;
        result.insert(u"while it runs"_s, m_probe.end());
        const app::TraceLog* const log = session().log();
        const double readThen = log ? static_cast<double>(log->size()) : 0;
        m_probe.begin(&m_window, editor);
        clock.start();
        if (!waitFor([&] {
                return session().log() && session().log()->caughtUp() && !m_window.console().model().isBusy()
                    && m_window.timeline().index().size() == session().log()->size();
            }))
            return tell({{u"error"_s, u"the window does not catch up"_s}});
        result.insert(u"caught up after, s"_s, static_cast<double>(clock.elapsed()) / 1e3);
        result.insert(u"while it catches up"_s, m_probe.end());
        result.insert(u"events"_s, static_cast<qint64>(session().log()->size()));
        result.insert(u"events a second"_s, std::round(static_cast<double>(session().log()->size()) / ran));
        result.insert(
            u"read while it ran, %"_s, std::round(readThen * 100 / static_cast<double>(session().log()->size())));
        result.insert(u"lines"_s, m_window.console().model().rowCount());
        result.insert(u"lines a second"_s, std::round(m_window.console().model().rowCount() / ran));
        result.insert(u"memory"_s, memoryOf(getpid()));
        tell(result);
    }

    struct Steps {
        std::vector<double> work; // of the GUI thread, from the event until its picture is drawn
        std::vector<double> toPicture; // the same with what was waited for
    };

    // Sends the event, and waits for the picture that it leads to.
    void step(Steps& steps, QEvent* event, const std::function<bool()>& isShown)
    {
        const double before = m_probe.busy();
        QElapsedTimer clock;
        clock.start();
        m_probe.expectPicture(isShown);
        QCoreApplication::sendEvent(&m_window.timeline(), event);
        if (!waitFor([&] { return m_probe.pictureCame(); }, std::chrono::seconds(2)))
            return; // nothing has changed: at the edge of what can be zoomed
        steps.work.push_back(m_probe.busy() - before);
        steps.toPicture.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }

    void trace()
    {
        const QString file = m_options.value(u"trace"_s);
        CodeEditor* const editor = m_window.editor().editor();
        QJsonObject result;
        QElapsedTimer clock;
        m_probe.begin(&m_window, editor);
        clock.start();
        if (!m_window.openTrace(file))
            return tell({{u"error"_s, m_window.notice()}});
        result.insert(u"shown after, s"_s, static_cast<double>(clock.elapsed()) / 1e3);
        waitFor([&] { return session().log()->caughtUp(); });
        result.insert(u"read after, s"_s, static_cast<double>(clock.elapsed()) / 1e3);
        waitFor([&] { return m_window.timeline().index().size() == session().log()->size(); });
        result.insert(u"ready after, s"_s, static_cast<double>(clock.elapsed()) / 1e3);
        result.insert(u"events"_s, static_cast<qint64>(session().log()->size()));
        result.insert(u"while it opens"_s, m_probe.end());
        result.insert(u"memory"_s, memoryOf(getpid()));
        settle();

        TimelineView& timeline = m_window.timeline();
        const QRectF plot = timeline.layoutOfRows().plot;
        const double y = plot.center().y();
        Steps steps;
        const auto mouse = [&](QEvent::Type type, double x) {
            QMouseEvent event(type, QPointF(x, y), timeline.mapToGlobal(QPointF(x, y)),
                type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
            step(steps, &event, [&] { return timeline.playhead() == session().place(); });
        };
        const auto told = [&](QJsonObject figures) {
            figures.insert(u"a step, ms of work"_s, summary(std::exchange(steps.work, {})));
            figures.insert(u"a step, ms to its picture"_s, summary(std::exchange(steps.toPicture, {})));
            return figures;
        };
        m_probe.begin(&m_window, nullptr);
        mouse(QEvent::MouseButtonPress, plot.left());
        for (int i = 1; i <= kScrubs; ++i) // there and back
            mouse(QEvent::MouseMove, plot.left() + plot.width() * (i <= kScrubs / 2 ? i : kScrubs - i) * 2 / kScrubs);
        result.insert(u"scrub"_s, told(m_probe.end()));
        QMouseEvent release(QEvent::MouseButtonRelease, QPointF(plot.left(), y),
            timeline.mapToGlobal(QPointF(plot.left(), y)), Qt::LeftButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&timeline, &release);

        m_probe.begin(&m_window, nullptr);
        for (int i = 0; i < kZooms; ++i) {
            const double x = plot.left() + plot.width() * 0.3;
            QWheelEvent event(QPointF(x, y), timeline.mapToGlobal(QPointF(x, y)), {}, {0, i < kZooms / 2 ? 120 : -120},
                Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            step(steps, &event, [] { return true; });
        }
        result.insert(u"zoom"_s, told(m_probe.end()));
        result.insert(u"memory after scrubbing and zooming"_s, memoryOf(getpid()));
        tell(result);
    }

    Probe& m_probe;
    const QCommandLineParser& m_options;
    MainWindow m_window;
    QTimer m_beat;
};

// The real window, as bistro opens it, and a window of Qt's that has the same kinds of things in it and nothing else:
// when it is painted first, and when it has nothing more to do. Told from the process's start, which the parent knows.
class StartWatch final : public QObject {
public:
    explicit StartWatch(qint64 began)
        : m_began(began)
    {
        qApp->installEventFilter(this);
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
            if (m_painted == 0)
                return;
            const qint64 now = ClockMoment::now().wall;
            tell({{u"first paint, ms"_s, static_cast<double>(m_painted - m_began) / 1e6},
                {u"ready, ms"_s, static_cast<double>(now - m_began) / 1e6}, {u"memory"_s, memoryOf(getpid())}});
            _exit(0);
        });
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        // What the paint event is part of is over when the event loop comes to what was posted in it.
        if (!m_seen && event->type() == QEvent::Paint && watched->isWidgetType()) {
            m_seen = true;
            QMetaObject::invokeMethod(this, [this] { m_painted = ClockMoment::now().wall; }, Qt::QueuedConnection);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    qint64 m_began;
    qint64 m_painted = 0;
    bool m_seen = false;
};

// In the real window, before its first event: what a test of it does from outside cannot be done from another process.
QString s_inWindow;

void enterWindow()
{
    if (s_inWindow == u"start"_s) {
        new StartWatch(qEnvironmentVariable("BENCH_WINDOW_BEGAN").toLongLong()); // for the process's life
    } else if (s_inWindow == u"idle-after-run"_s) {
        QTimer::singleShot(500, qApp, [] {
            for (QWidget* const widget : QApplication::topLevelWidgets()) {
                if (auto* const window = qobject_cast<MainWindow*>(widget))
                    window->action(u"run"_s)->trigger();
            }
        });
    }
}
Q_COREAPP_STARTUP_FUNCTION(enterWindow)

int bareWindow(int argc, char** argv)
{
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    QApplication application(argc, argv);
    new StartWatch(qEnvironmentVariable("BENCH_WINDOW_BEGAN").toLongLong());
    QMainWindow window;
    window.resize(1440, 900);
    auto* const page = new QWidget(&window);
    auto* const layout = new QHBoxLayout(page);
    auto* const text = new QPlainTextEdit(u"a window with a text and a scene"_s);
    layout->addWidget(text);
    auto* const quick = new QQuickWidget;
    QQmlComponent component(quick->engine());
    component.setData("import QtQuick\nRectangle { color: 'white'; Text { text: 'bare' } }", {});
    quick->setResizeMode(QQuickWidget::SizeRootObjectToView);
    quick->setContent({}, &component, component.create());
    layout->addWidget(quick);
    window.setCentralWidget(page);
    window.show();
    return QApplication::exec();
}

// --- The parent.

class Bench {
public:
    explicit Bench(const QCommandLineParser& options)
        : m_options(options)
    {
        for (const auto& [name, folder] :
            {std::pair {"XDG_STATE_HOME", u"state"_s}, {"XDG_CONFIG_HOME", u"config"_s}, {"XDG_DATA_HOME", u"data"_s}})
            m_environment.insert(QString::fromLatin1(name), m_home.filePath(folder));
        if (!m_environment.contains(u"QT_QPA_PLATFORM"_s) && !m_environment.contains(u"DISPLAY"_s))
            m_environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    }

    int run()
    {
        QStringList which = m_options.positionalArguments();
        if (which.isEmpty())
            which = {u"start"_s, u"storm"_s, u"trace"_s, u"flood"_s, u"idle"_s};
        QJsonObject all {{u"platform"_s, m_environment.value(u"QT_QPA_PLATFORM"_s, u"xcb"_s)},
            {u"load of the machine, before"_s, loadOfTheMachine()},
            {u"processors"_s, static_cast<int>(std::thread::hardware_concurrency())}};
        for (const QString& name : which) {
            if (name == u"start"_s)
                all.insert(name, start());
            else if (name == u"idle"_s)
                all.insert(name,
                    QJsonObject {
                        {u"after the start"_s, idle(u"idle"_s)}, {u"after a run"_s, idle(u"idle-after-run"_s)}});
            else if (name == u"storm"_s || name == u"flood"_s)
                all.insert(name,
                    child({u"--inside"_s, name, u"--seconds"_s, m_options.value(u"seconds"_s), u"--lines"_s,
                        m_options.value(u"lines"_s)}));
            else if (name == u"trace"_s)
                all.insert(name, trace());
            else
                return std::fprintf(stderr, "bench_window: there is no \"%s\"; see tests/benchmarks/README.md\n",
                           qPrintable(name)),
                       2;
        }
        all.insert(u"load of the machine, after"_s, loadOfTheMachine());
        std::printf("%s", QJsonDocument(all).toJson().constData());
        return 0;
    }

private:
    QJsonObject child(const QStringList& arguments)
    {
        QProcess process;
        QProcessEnvironment environment = m_environment;
        environment.insert(u"BENCH_WINDOW_BEGAN"_s, QString::number(ClockMoment::now().wall));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(), arguments);
        if (!process.waitForFinished(static_cast<int>(std::chrono::milliseconds(kPatience).count()) * 2))
            process.kill();
        const QByteArray told = process.readAllStandardOutput();
        const QJsonObject result = QJsonDocument::fromJson(told).object();
        return result.isEmpty() ? QJsonObject {{u"error"_s,
                                      u"ended with code %1: %2"_s.arg(process.exitCode()).arg(QString::fromUtf8(told))}}
                                : result;
    }

    QJsonObject start()
    {
        std::vector<double> painted, ready, barePainted, bareReady, paintRatio, readyRatio;
        QJsonObject memory;
        (void)child({u"--inside"_s, u"start"_s}); // the first of all reads the files from the disk
        (void)child({u"--inside"_s, u"bare"_s});
        for (int i = 0; i < m_options.value(u"pairs"_s).toInt(); ++i) {
            QJsonObject real, bare;
            if (i % 2 == 0)
                real = child({u"--inside"_s, u"start"_s});
            bare = child({u"--inside"_s, u"bare"_s});
            if (i % 2 != 0)
                real = child({u"--inside"_s, u"start"_s});
            if (real.contains(u"error"_s) || bare.contains(u"error"_s))
                return real.contains(u"error"_s) ? real : bare;
            painted.push_back(real[u"first paint, ms"_s].toDouble());
            ready.push_back(real[u"ready, ms"_s].toDouble());
            barePainted.push_back(bare[u"first paint, ms"_s].toDouble());
            bareReady.push_back(bare[u"ready, ms"_s].toDouble());
            paintRatio.push_back(painted.back() / barePainted.back());
            readyRatio.push_back(ready.back() / bareReady.back());
            memory = real[u"memory"_s].toObject();
        }
        return {{u"first paint, ms"_s, summary(painted)}, {u"ready, ms"_s, summary(ready)},
            {u"bare window: first paint, ms"_s, summary(barePainted)},
            {u"bare window: ready, ms"_s, summary(bareReady)},
            {u"first paint, times the bare window's"_s, summary(paintRatio)},
            {u"ready, times the bare window's"_s, summary(readyRatio)}, {u"memory"_s, memory}};
    }

    QJsonObject trace()
    {
        QString file = m_options.value(u"trace"_s);
        if (file.isEmpty()) {
            file = m_home.filePath(u"synthetic.bistro"_s);
            const auto writer = trace::Writer::create(file.toStdString()).value();
            tests::SyntheticRun(*writer, {}).write(m_options.value(u"events"_s).toULongLong());
        }
        const QJsonObject result = child({u"--inside"_s, u"trace"_s, u"--trace"_s, file});
        if (!m_options.isSet(u"trace"_s))
            QFile::remove(file);
        return result;
    }

    QJsonObject idle(const QString& inside)
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(QCoreApplication::applicationFilePath(), {u"--inside"_s, inside});
        process.waitForStarted();
        // The cursor blinks until its rest, the recovery copy is written: then nothing is left to do.
        std::this_thread::sleep_for(std::chrono::seconds(m_options.value(u"rest"_s).toInt()));
        const Threads before = Threads::of(process.processId());
        QElapsedTimer clock;
        clock.start();
        std::this_thread::sleep_for(std::chrono::seconds(10));
        QJsonObject result = Threads::of(process.processId()).since(before, static_cast<double>(clock.elapsed()) / 1e3);
        result.insert(u"memory"_s, memoryOf(process.processId()));
        process.kill();
        process.waitForFinished();
        return result;
    }

    const QCommandLineParser& m_options;
    QTemporaryDir m_home;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
};

} // namespace

int main(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    QCommandLineParser options;
    options.addOptions({{u"inside"_s, {}, u"scenario"_s}, {u"seconds"_s, {}, u"n"_s, u"5"_s},
        {u"lines"_s, {}, u"n"_s, u"100000"_s}, {u"pairs"_s, {}, u"n"_s, u"10"_s}, {u"trace"_s, {}, u"file"_s},
        {u"events"_s, {}, u"n"_s, u"10000000"_s}, {u"rest"_s, {}, u"seconds"_s, u"20"_s}});
    if (!options.parse(arguments)) {
        std::fprintf(stderr, "bench_window: %s\n", qPrintable(options.errorText()));
        return 2;
    }
    const QString inside = options.value(u"inside"_s);
    int alone = 1;
    if (inside.isEmpty()) {
        const QCoreApplication application(alone, argv);
        return Bench(options).run();
    }
    StageView::useSoftwareRendering();
    if (inside == u"bare"_s)
        return bareWindow(alone, argv);
    if (inside == u"start"_s || inside == u"idle"_s || inside == u"idle-after-run"_s) {
        s_inWindow = inside;
        return openWindow(alone, argv);
    }
    QApplication::setApplicationName(u"bistro"_s);
    Probe probe(alone, argv);
    return Scenario(probe, options).run(inside);
}
