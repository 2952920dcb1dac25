// Pictures of the whole window with real programs, to look at: windowlook FOLDER [PICTURE…] draws them all, or those
// that are named. TRACE@EVENT is a picture of a recorded run, #ID the order that is selected there, =TAIL the end of
// the names that are drawn of it: =restaurant-light-1440x900, +bill.total the value whose history is shown,
// !line-visits an action that is triggered, with the cursor in line :10. Sizes are 1440x900, 1280x720, 1920x1080,
// 1366x768 and 1024x600, alone or at a zoom: 1366x768-150, 1366x768-200; with QT_SCALE_FACTOR=1.5 those of a screen of
// this scale.
#include "console/consolepanel.h"
#include "editor/editortabs.h"
#include "handtrace.h"
#include "panels/ordercard.h"
#include "process/spawn.h"
#include "stage/stageview.h"
#include "text/catalogue.h"
#include "window/lessondesk.h"
#include "window/mainwindow.h"
#include "window/permissionbar.h"
#include "window/permissiondesk.h"
#include "window/permissionsdialog.h"
#include "window/style.h"
#include "window/variablespage.h"
#include "workspace/examples.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScreen>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <algorithm>
#include <array>
#include <cstdio>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// Those of all pictures; others are drawn when they are named.
constexpr std::array<QStringView, 4> kUsual {u"-1440x900", u"-1280x720", u"-1920x1080", u"-1920x1080-150"};

class Drawer {
public:
    Drawer(QString folder, QStringList only)
        : m_out(std::move(folder))
    {
        for (const QString& each : only) {
            if (each.startsWith(u'#'))
                m_select = each.sliced(1).toUInt();
            else if (each.startsWith(u'='))
                m_tails << each.sliced(1);
            else if (each.startsWith(u'+'))
                m_value = each.sliced(1);
            else if (each.startsWith(u'!'))
                m_actions << each.sliced(1);
            else if (each.startsWith(u':'))
                m_line = each.sliced(1).toInt();
            else
                (each.contains(u'@') ? m_traces : m_only) << each;
        }
    }

    int all()
    {
        struct Size {
            QString name;
            QSize size;
            double zoom = 1;
        };
        // A screen's, at the scale of QT_SCALE_FACTOR; the type's zoom.
        QList<Size> sizes;
        for (const QSize& size :
            {QSize(1440, 900), QSize(1280, 720), QSize(1920, 1080), QSize(1366, 768), QSize(1024, 600)}) {
            for (const int percent : {100, 150, 200}) {
                const QString name = u"%1x%2"_s.arg(size.width()).arg(size.height());
                sizes.append({percent == 100 ? name : name + u"-%1"_s.arg(percent),
                    (QSizeF(size) / qEnvironmentVariable("QT_SCALE_FACTOR", u"1"_s).toDouble()).toSize(),
                    percent / 100.});
            }
        }
        for (const SchemeChoice scheme : {SchemeChoice::Light, SchemeChoice::Dark}) {
            for (const Size& size : sizes) {
                const QString tail = u"-%1-%2"_s.arg(scheme == SchemeChoice::Light ? u"light"_s : u"dark"_s, size.name);
                const auto open = [&](Skin skin) {
                    m_window.reset(); // before the folders in which it has its locks
                    m_home = std::make_unique<QTemporaryDir>();
                    qputenv("XDG_STATE_HOME", m_home->filePath(u"state"_s).toUtf8());
                    qputenv("XDG_CONFIG_HOME", m_home->filePath(u"config"_s).toUtf8());
                    qputenv("XDG_DATA_HOME", m_home->filePath(u"data"_s).toUtf8());
                    const auto engine = app::findEngine();
                    if (!engine)
                        qFatal("%s", engine.error().c_str());
                    m_window = std::make_unique<MainWindow>(
                        MainWindow::Programs {.engine = *engine, .command = u"bistro"_s});
                    Settings settings = m_window->settings();
                    settings.scheme = scheme;
                    settings.zoom = size.zoom;
                    settings.skin = skin;
                    settings.reducedMotion = true;
                    m_window->setSettings(settings);
                    m_window->resize(size.size);
                    for (QScreen* const screen : QGuiApplication::screens()) { // which the presentation fills
                        if (screen->size() == size.size) {
                            m_window->setScreen(screen);
                            m_window->move(screen->geometry().topLeft());
                        }
                    }
                    m_window->show();
                };
                if (wanted(u"empty"_s + tail)) {
                    open(Skin::Restaurant);
                    shoot(u"empty"_s + tail);
                }
                for (const Skin skin : {Skin::Restaurant, Skin::Loop}) {
                    const QString word = skin == Skin::Restaurant ? u"restaurant"_s : u"loop"_s;
                    if (wanted(word + tail) || wanted(u"finished-"_s + word + tail)
                        || (skin == Skin::Restaurant && wanted(u"presentation"_s + tail))) {
                        open(skin);
                        runExample(u"04-four-cooks"_s);
                        shoot(u"finished-"_s + word + tail);
                        // The last thing that the reading of the menu does: all that it has ordered waits.
                        const app::TraceLog& log = *m_window->session().log();
                        for (app::Index i = 0; i < log.size(); ++i) {
                            const app::LoopState& state = log.stateAt(i);
                            if (!state.running.empty() && state.immediates.size() + state.nextImmediates.size() == 1
                                && state.microtasks.size() == 1 && state.ticks.size() >= 1) {
                                m_window->session().goTo(i);
                                break;
                            }
                        }
                        shoot(word + tail);
                        if (skin == Skin::Restaurant) {
                            m_window->action(u"presentation"_s)->setChecked(true);
                            shoot(u"presentation"_s + tail);
                        }
                    }
                    if (wanted(u"blocked-"_s + word + tail)) {
                        open(skin);
                        runExample(u"27-a-rush"_s);
                        // The longest call, at its last event.
                        const app::Index end = m_window->session().log()->head().totals.longestBlockAt;
                        m_window->session().goTo(end);
                        shoot(u"blocked-"_s + word + tail);
                    }
                }
                if (wanted(u"text"_s + tail) || wanted(u"presented-text"_s + tail)) {
                    open(Skin::Restaurant);
                    run(u"const fs = require('node:fs');\nfor (let i = 0; i < 3; i++) {\n  setTimeout(function "
                        u"egg() { }, 40 + i);\n  setImmediate(function bill() { });\n  fs.stat('.', function dish() "
                        u"{ });\n  process.nextTick(function tick() { });\n  Promise.resolve().then(function "
                        u"greet() { });\n}\nconsole.log('open');\n"_s);
                    m_window->session().goTo(m_window->session().log()->outputs()[0] + 1);
                    m_window->action(u"text-stage"_s)->setChecked(true);
                    m_window->selectOrder(m_window->stage().orders()->orderAt(2));
                    shoot(u"text"_s + tail);
                    m_window->action(u"presentation"_s)->setChecked(true);
                    m_window->resize(size.size);
                    shoot(u"presented-text"_s + tail);
                    m_window->action(u"presentation"_s)->setChecked(false);
                    m_window->action(u"text-stage"_s)->setChecked(false);
                }
                for (const QString& trace : m_traces) { // any recorded run, at any event
                    const QString path = trace.section(u'@', 0, -2);
                    const QString place = trace.section(u'@', -1);
                    for (const Skin skin : {Skin::Restaurant, Skin::Loop}) {
                        const QString name = QFileInfo(path).completeBaseName() + u'-' + place + u'-'
                            + (skin == Skin::Restaurant ? u"restaurant"_s : u"loop"_s) + tail;
                        if (!drawn(name))
                            continue;
                        open(skin);
                        m_window->openTrace(path);
                        waitForLog();
                        m_window->session().goTo(place.toUInt());
                        if (m_select != 0)
                            m_window->selectOrder(app::OrderId::async(m_select));
                        chooseValue();
                        shootAs(name);
                    }
                }
                if (wanted(u"lines"_s + tail) || wanted(u"lines-loop"_s + tail)) {
                    open(wanted(u"lines"_s + tail) ? Skin::Restaurant : Skin::Loop);
                    runOverLines();
                    shoot(u"lines"_s + tail);
                    shoot(u"lines-loop"_s + tail);
                }
                if (wanted(u"crashed"_s + tail)) {
                    open(Skin::Restaurant);
                    run(u"console.log('open');\nsetTimeout(() => {\n  console.log('soup');\n  "
                        u"undefined.pepper();\n}, 20);\nsetTimeout(() => console.log('never'), 50);\n"_s);
                    shoot(u"crashed"_s + tail);
                }
                if (wanted(u"permission"_s + tail) || wanted(u"permission-allowed"_s + tail)
                    || wanted(u"permission-list"_s + tail)) {
                    open(Skin::Restaurant);
                    askForPermission();
                    shoot(u"permission"_s + tail);
                    (void)QTest::qWaitFor([&] { return m_window->question().isSettled(); });
                    emit m_window->question().allowed();
                    emit m_window->question().allowed();
                    shoot(u"permission-allowed"_s + tail);
                    m_window->action(u"programs-may"_s)->trigger();
                    if (auto* const dialog = m_window->findChild<PermissionsDialog*>();
                        dialog && wanted(u"permission-list"_s + tail)) {
                        QTest::qWait(100);
                        m_failed = !dialog->grab().save(m_out.filePath(u"permission-list"_s + tail + u".png"_s))
                            || m_failed;
                    }
                }
                if (wanted(u"lesson-asked"_s + tail) || wanted(u"lesson-checked"_s + tail)) {
                    open(Skin::Restaurant);
                    LessonDesk& lessons = m_window->lessons();
                    lessons.open(u"04-what-blocks-the-waiter"_s);
                    emit lessons.panel().screenAsked(1);
                    shoot(u"lesson-asked"_s + tail);
                    emit lessons.panel().screenAsked(lessons.panel().view().screens - 1);
                    m_window->editor().editor()->goTo(3);
                    m_window->editor().editor()->insertPlainText(u"// mine\n"_s);
                    m_window->action(u"run"_s)->trigger();
                    waitForEnd();
                    m_window->action(u"lesson-hint"_s)->trigger();
                    shoot(u"lesson-checked"_s + tail);
                }
                if (wanted(u"asleep"_s + tail) || wanted(u"past"_s + tail)) {
                    open(Skin::Restaurant);
                    begin(u"const http = require('node:http');\nhttp.createServer((request, response) => "
                          u"response.end('soup')).listen(0, () => console.log('open'));\nsetInterval(function "
                          u"bell() { }, 60_000);\nprocess.stdin.resume();\n"_s);
                    (void)QTest::qWaitFor([&] { return !m_window->session().keptAlive().isEmpty(); }, 20'000);
                    shoot(u"asleep"_s + tail);
                    m_window->action(u"previous-callback"_s)->trigger();
                    m_window->action(u"previous-callback"_s)->trigger();
                    shoot(u"past"_s + tail);
                }
                if (wanted(u"crowd"_s + tail)) {
                    open(Skin::Restaurant);
                    run(u"const fs = require('node:fs');\nfor (let i = 0; i < 1000; i++) {\n  setTimeout(function "
                        u"egg() { }, 1000 + i);\n  setImmediate(function bill() { });\n  fs.stat('.', function "
                        u"dish() { });\n  process.nextTick(function tick() { });\n  "
                        u"Promise.resolve().then(function greet() { });\n}\nconsole.log('a full "
                        u"house');\nsetTimeout(() => process.exit(), 300);\n"_s);
                    m_window->session().goTo(m_window->session().log()->outputs()[0] + 1);
                    shoot(u"crowd"_s + tail);
                }
                m_window.reset();
            }
        }
        return m_failed ? 1 : 0;
    }

private:
    [[nodiscard]] bool wanted(const QString& name) const
    {
        const bool usual = std::ranges::any_of(kUsual, [&](QStringView size) { return name.endsWith(size); });
        return (m_only.isEmpty() && m_traces.isEmpty() && usual) || m_only.contains(name);
    }
    [[nodiscard]] bool drawn(const QString& name) const
    {
        return m_tails.isEmpty()
            || std::ranges::any_of(m_tails, [&](const QString& tail) { return name.endsWith(tail); });
    }

    void begin(const QString& code)
    {
        m_window->action(u"new"_s)->trigger();
        m_window->editor().editor()->setText(code);
        m_window->action(u"run"_s)->trigger();
    }
    void runExample(const QString& slug)
    {
        const auto example = std::ranges::find(app::examples(), slug, &app::Example::slug);
        if (example == app::examples().end())
            qFatal("there is no example %s", qPrintable(slug));
        m_window->editor().openExample(*example);
        m_window->action(u"run"_s)->trigger();
        waitForEnd();
    }
    void run(const QString& code)
    {
        begin(code);
        waitForEnd();
    }
    // Five dishes are added to a bill; the fifth has just been, in line 10.
    void runOverLines()
    {
        m_window->action(u"new"_s)->trigger();
        const QDir folder = QFileInfo(m_window->program()).dir();
        for (const QString& dish : {u"soup"_s, u"pie"_s, u"tea"_s}) {
            QFile file(folder.filePath(dish + u".txt"_s));
            if (file.open(QIODevice::WriteOnly))
                file.write(dish.toUtf8());
        }
        m_window->editor().editor()->setText(
            u"const fs = require('node:fs/promises');\nconst menu = { soup: 6, pie: 18, tea: 3 };\n\n"
            "function table(number) {\n  const bill = { number, total: 0 };\n"
            "  async function add(...names) {\n    for (const name of names) {\n      await cook(name);\n"
            "      const price = menu[name];\n      bill.total += price;\n    }\n    return bill;\n  }\n"
            "  return add;\n}\n\nfunction cook(name) {\n  return fs.readFile(`${name}.txt`);\n}\n\n"
            "async function serve(...order) {\n  const bill = await table(7)(...order);\n"
            "  console.log(bill.number, bill.total);\n}\nserve('soup', 'pie', 'soup', 'tea', 'pie');\n"
            "setTimeout(() => console.log('closed'), 50);\n"_s);
        m_window->action(u"run"_s)->trigger();
        waitForEnd();
        const app::Lines& lines = *m_window->session().lines();
        if (lines.empty() || lines.scripts().empty()) {
            std::fprintf(stderr, "no line was recorded\n");
            m_failed = true;
            return;
        }
        while (m_window->session().goToVisit(lines.scripts().front(), 10, false)) { }
    }
    void waitForEnd()
    {
        const bool ended = QTest::qWaitFor(
            [&] {
                return m_window->session().state() >= app::Session::State::Finished && m_window->session().log()
                    && m_window->session().log()->caughtUp() && !m_window->console().model().isBusy();
            },
            30'000);
        if (!ended) {
            std::fprintf(stderr, "the program did not end\n");
            m_failed = true;
        }
    }
    void waitForLog()
    {
        m_failed = !QTest::qWaitFor(
                       [&] { return m_window->session().log() && m_window->session().log()->caughtUp(); }, 30'000)
            || m_failed;
    }
    // A recorded run, drawn by hand, that was refused to look a host up, and to read a file.
    void askForPermission()
    {
        m_window->action(u"new"_s)->trigger();
        m_window->editor().editor()->setText(
            u"const https = require('node:https');\n\nconsole.log('asking for the weather');\n"
            "const url = 'https://api.example.org/oslo';\nhttps.get(url, function answer(res) {\n"
            "  res.setEncoding('utf8');\n  res.on('data', text => console.log(text));\n"
            "}).on('error', function failed(err) {\n  console.error(err);\n});\n"
            "setTimeout(() => console.log('dinner'), 40);\n"_s);
        const QString program = m_window->program();
        tests::HandTrace drawn;
        using bistro::trace::EventKind;
        const std::uint32_t host = drawn.text("api.example.org");
        const std::uint32_t other = drawn.text("203.0.113.7:443");
        const std::uint32_t asked = drawn.frameOf(program.toStdString(), 5);
        const std::uint32_t walls = drawn.text("Landlock 7, system calls, network, signals");
        const auto refused = [&](trace::Access access, std::uint32_t subject) {
            return trace::Record {.kind = EventKind::AccessRefused,
                .small = static_cast<std::uint16_t>(access),
                .stack = asked,
                .a = subject,
                .b = 11};
        };
        drawn.at(0, {.kind = EventKind::RunStarted, .small = 2})
            .at(10, {.kind = EventKind::SandboxSet, .small = 2, .a = walls})
            .starts(94'000, 1)
            .asks(108'000, 8, 1, "failed", 5)
            .begun(108'200, 1, 1)
            .done(109'100, 1, 1)
            .ends(110'500, 1)
            .at(110'600, {.kind = EventKind::PoolJobDelivered, .a = 1})
            .at(110'700, refused(trace::Access::Resolve, host))
            .starts(110'800, 8)
            .at(113'000, refused(trace::Access::Connect, other))
            .ends(119'000, 8);
        const QString file = m_home->filePath(u"weather.bistro"_s);
        drawn.save(file.toStdString());
        m_window->openTrace(file);
        waitForLog();
        m_window->permissions().begin(program);
        m_window->permissions().look(*m_window->session().log());
    }
    // Opens what the value is in, from the variable on.
    void chooseValue()
    {
        QTest::qWait(100); // for the moment's picture
        VariableList& list = m_window->variables().variables().list();
        const QStringList names = m_value.split(u'.', Qt::SkipEmptyParts);
        for (qsizetype i = 1; i <= names.size(); ++i) {
            const QString path = names.first(i).join(u'.');
            for (int row = 0; row < list.rows().rowCount(); ++row) {
                const VariableRow there = *list.rows().rowAt(row);
                if (there.path.text != path || there.kind != VariableRow::Kind::Value)
                    continue;
                if (i < names.size())
                    emit list.openAsked(there.key, true);
                else
                    emit list.chosen(there);
                break;
            }
        }
        if (m_line > 0)
            m_window->editor().editor()->goTo(m_line);
        for (const QString& action : std::as_const(m_actions))
            m_window->action(action)->trigger();
    }
    void shoot(const QString& name)
    {
        if (wanted(name))
            shootAs(name);
    }
    void shootAs(const QString& name)
    {
        QTest::qWait(400); // what is due is drawn within 30 ms; slips stand at once
        if (!m_window->grab().save(m_out.filePath(name + u".png"_s)))
            m_failed = true;
        std::printf("%s\n", qPrintable(name));
        std::fflush(stdout);
    }

    QDir m_out;
    QStringList m_only;
    QStringList m_traces; // FILE@EVENT
    QStringList m_tails; // of the names of traces' pictures: those alone
    std::uint32_t m_select = 0; // in them: an async id
    QString m_value; // likewise: whose history is shown
    QStringList m_actions; // that are triggered
    int m_line = 0; // of the cursor
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<MainWindow> m_window;
    bool m_failed = false;
};

// A screen of each size, beside each other, where nothing is shown.
QTemporaryFile s_screens;

void makeScreens()
{
    QJsonArray screens;
    int x = 0;
    for (const QSize& size : {QSize(1920, 1080), QSize(1440, 900), QSize(1280, 720)}) {
        screens.append(QJsonObject {{u"name"_s, u"%1x%2"_s.arg(size.width()).arg(size.height())}, {u"x"_s, x},
            {u"y"_s, 0}, {u"width"_s, size.width()}, {u"height"_s, size.height()}, {u"logicalDpi"_s, 96},
            {u"logicalBaseDpi"_s, 96}, {u"dpr"_s, 1}});
        x += size.width();
    }
    if (!s_screens.open())
        return;
    s_screens.write(QJsonDocument(QJsonObject {{u"synchronousWindowSystemEvents"_s, false},
                                      {u"windowFrameMargins"_s, false}, {u"screens"_s, screens}})
            .toJson());
    s_screens.flush();
    qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + s_screens.fileName().toUtf8());
}

} // namespace

int main(int argc, char** argv)
{
    makeScreens();
    StageView::useSoftwareRendering();
    QApplication application(argc, argv);
    QApplication::setStyle(makeStyle());
    app::installCatalogues();
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2 || !QDir().mkpath(arguments[1])) {
        std::fprintf(stderr, "Say where the pictures go: windowlook FOLDER [PICTURE…]\n");
        return 2;
    }
    return Drawer(arguments[1], arguments.sliced(2)).all();
}
