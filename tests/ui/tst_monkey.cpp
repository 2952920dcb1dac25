// Whatever is done to the window, in whatever order and with whatever trace, it goes on: random keys, clicks, drags, wheels, sizes and
// actions, while programs of every sort start, run and end, and traces are opened that no engine has recorded. Another thread asks all
// the while whether the window answers (pulse.h).
//
// The order follows from a seed; what it meets depends on the machine, too.
//     BISTRO_MONKEY_SECONDS=1800   how long, 30 by default; a long run measures memory after 3 minutes and at its end
//     BISTRO_MONKEY_SEED=7         20231 by default
//     BISTRO_MONKEY_LOG=FILE       what is done, told before it is done; - for standard error
//     BISTRO_MONKEY_FOLDER=FOLDER  where programs and traces lie, and stay; the traces to mutate are recorded there once
//     BISTRO_MONKEY_BOUND=100      milliseconds of processor time that an answer may take
//     BISTRO_MONKEY_ABORT=1        ends at the first complaint of Qt's, with a stack
#include "kitchen.h"
#include "pulse.h"
#include "support/recordedrun.h"
#include "support/usage.h"
#include "timeline/timelineview.h"
#include "windowdriver.h"
#include "workspace/examples.h"

#include <QDialog>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMutex>
#include <QRandomGenerator>
#include <QSet>
#include <QWheelEvent>
#include <QWindow>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <system_error>

using namespace bistro;
using namespace bistro::ui;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSeconds = 30;
constexpr int kSeed = 20'231;
#ifdef __SANITIZE_ADDRESS__
constexpr int kBound = 250; // milliseconds
#else
constexpr int kBound = 100;
#endif
constexpr qint64 kSettled = 180'000; // milliseconds, after which memory should not grow any more
constexpr double kGrowth = 1.2;
// In a short run beside others on a busy machine only what is far beyond the bound counts: there, processor time is longer, too.
constexpr int kTolerance = 3;
constexpr std::size_t kTold = 25; // late answers with their stacks

// Programs that end, wait, read, serve, flood, hang, crash.
const std::array kPrograms {
    u"console.log('one'); setTimeout(() => console.log('two'), 5)"_s,
    u"let n = 0; setInterval(() => console.log('tick', n++), 10)"_s,
    u"process.stdin.on('data', d => console.log('got', String(d))).on('end', () => process.exit(3))"_s,
    u"require('http').createServer((q, s) => s.end('soup')).listen(0, function () { const get = () => require('http').get({ port: this.address().port }, r => r.resume().on('end', () => setTimeout(get, 20))); get() })"_s,
    u"(function flood() { console.log('x'.repeat(200)); setImmediate(flood) })()"_s,
    u"(function chain(n) { if (n) Promise.resolve().then(() => chain(n - 1)) })(20000); for (let i = 0; i < 1000; i++) setTimeout(() => {}, i)"_s,
    u"console.log('hung'); for (;;);"_s,
    u"setTimeout(() => { throw new Error('spilt') }, 30)"_s,
    u"const fs = require('fs'); (function read(n) { fs.readFile(process.argv[1], () => n && read(n - 1)) })(200); for (let i = 0; i < 8; i++) require('crypto').pbkdf2('a', 'b', 50000, 64, 'sha1', () => console.log('cooked', i))"_s,
    u"process.abort()"_s,
    u"no JavaScript at all ("_s,
    u"new (require('worker_threads').Worker)('setTimeout(() => {}, 200)', { eval: true }); console.error('\\x1b[31mred\\x1b[0m')"_s,
};

// What the mutated traces are made of: together nearly every kind of event.
const std::array kRecorded {
    "for (const name of ['a', 'b', 'c']) { setTimeout(() => console.log(name), 5); setImmediate(() => process.nextTick(() => "
    "console.log('tick ' + name))); } const t = setInterval(() => { if (++n === 4) clearInterval(t) }, 2); let n = 0; "
    "setTimeout(() => {}, 50).unref(); queueMicrotask(() => console.log('micro'))",
    "const wait = ms => new Promise(done => setTimeout(done, ms)); async function cook(dish) { await wait(3); const r = await "
    "Promise.all([1, 2].map(async n => { await null; return dish + n })); console.log(r.join()) } cook('soup').finally(() => "
    "cook('tea')); Promise.reject(new Error('late')).catch(() => {}); for (let i = 0; i < 40; i++) Promise.resolve(i).then(x => x)",
    "const http = require('http'); const s = http.createServer((q, r) => { setTimeout(() => r.end('soup'), 2) }); s.listen(0, () => { "
    "let left = 5; for (let i = 0; i < 5; i++) http.get({ port: s.address().port, path: '/' + i }, r => r.resume().on('end', () => "
    "{ if (--left === 0) s.close() })) })",
    "const fs = require('fs'), crypto = require('crypto'), zlib = require('zlib'); for (let i = 0; i < 6; i++) crypto.pbkdf2('a', "
    "'b', 2000, 32, 'sha1', () => console.log('cooked', i)); fs.readFile(process.argv[1], (e, d) => zlib.gzip(d, () => "
    "console.log('packed'))); require('dns').lookup('localhost', () => {}); fs.createReadStream(process.argv[1]).on('data', () => {}); "
    "fs.promises.stat('.').then(() => console.log('stat'))",
    "const { spawn } = require('child_process'); spawn('true').on('close', () => console.log('closed')); new "
    "(require('worker_threads').Worker)('setTimeout(() => {}, 5)', { eval: true }).on('exit', () => console.log('left')); "
    "process.on('SIGUSR2', () => {}); const b = Date.now(); while (Date.now() - b < 250); require('fs').watch('.').unref()",
    "const { AsyncResource, AsyncLocalStorage } = require('async_hooks'); const s = new AsyncLocalStorage(); s.run(1, () => { const r = "
    "new AsyncResource('Order'); setTimeout(() => r.runInAsyncScope(() => process.nextTick(() => console.log(s.getStore()))), 1) }); "
    "Promise.reject(new Error('nobody')); process.on('unhandledRejection', e => { process.emitWarning('hm'); setImmediate(() => { throw "
    "e }) }); process.on('uncaughtException', e => console.error(String(e)))",
};

// These ask the user for a file, end the window, or run a program six times.
const QStringList kLeftOut {u"quit"_s, u"open"_s, u"open-folder"_s, u"open-trace"_s, u"save-as"_s, u"save-trace"_s, u"verify"_s};

QtMessageHandler before = nullptr;
QMutex lock;
QStringList complaints; // what Qt, QML or we find worth an alarm

void listen(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    const bool alarming = type == QtCriticalMsg || type == QtFatalMsg || (type == QtWarningMsg && (text.contains(u"qrc:"_s) || text.startsWith(u"QObject"_s) || text.startsWith(u"QPainter"_s) || text.startsWith(u"QAction"_s)));
    if (alarming) {
        const QMutexLocker locker(&lock);
        complaints << text;
    }
    if (alarming && qEnvironmentVariableIsSet("BISTRO_MONKEY_ABORT"))
        std::abort(); // with a backtrace
    before(type, context, text);
}

int numberOf(const char* variable, int otherwise)
{
    bool ok = false;
    const int number = qEnvironmentVariableIntValue(variable, &ok);
    return ok ? number : otherwise;
}

QString inWords(const tests::Memory& memory)
{
    const auto mib = [](std::uint64_t kib) { return QString::number(static_cast<double>(kib) / 1024, 'f', 1); };
    return u"%1 MiB (own %2, of files %3, shared %4)"_s.arg(mib(memory.all), mib(memory.own), mib(memory.files), mib(memory.shared));
}

} // namespace

class TestMonkey : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        before = qInstallMessageHandler(listen);
        const QString kept = qEnvironmentVariable("BISTRO_MONKEY_FOLDER");
        m_own = std::make_unique<QTemporaryDir>();
        m_place = kept.isEmpty() ? m_own->path() : QDir(kept).absolutePath();
        QVERIFY(QDir().mkpath(m_place + u"/mutants"_s));
        copyPrograms(u"tests/programs"_s);
        copyPrograms(u"tests/cases"_s);
        QVERIFY(m_programs.size() > 50);
        for (std::size_t i = 0; i < kRecorded.size(); ++i) {
            const QString file = m_place + u"/recorded-%1.bistro"_s.arg(i);
            if (!QFile::exists(file)) {
                const auto run = test::record(QStringLiteral(BISTRO_ENGINE), kRecorded[i]);
                QVERIFY(QFile::copy(run.folder->filePath(u"run.bistro"_s), file));
            }
            QFile trace(file);
            QVERIFY(trace.open(QIODevice::ReadOnly));
            const QByteArray bytes = trace.readAll();
            const auto all = std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
            m_recorded.emplace_back(all.begin(), all.end());
            m_sound << file;
        }
        const QString log = qEnvironmentVariable("BISTRO_MONKEY_LOG");
        if (!log.isEmpty())
            m_log = log == u"-"_s ? stderr : std::fopen(qPrintable(log), "we");
    }
    void cleanupTestCase()
    {
        qInstallMessageHandler(before);
        if (m_log && m_log != stderr)
            std::fclose(m_log);
    }

    void whateverIsDoneTheWindowGoesOn()
    {
        const int seconds = numberOf("BISTRO_MONKEY_SECONDS", kSeconds);
        const int seed = numberOf("BISTRO_MONKEY_SEED", kSeed);
        const bool isLong = seconds * 1000 > kSettled;
        m_random.seed(static_cast<quint32>(seed));

        // What Qt opens once and keeps is not the window's.
        openWindow();
        QVERIFY(run(kPrograms[0]));
        QVERIFY(session().saveTrace(m_place + u"/kept.bistro"_s));
        QVERIFY(m_window->open(m_place + u"/kept.bistro"_s));
        m_sound << m_place + u"/kept.bistro"_s;
        closeWindow();
        const auto descriptorsBefore = tests::descriptors();
        openAgain();

        Kitchen kitchen(std::move(m_recorded), (m_place + u"/mutants"_s).toStdString(), static_cast<std::uint64_t>(seed));
        Pulse pulse(std::chrono::milliseconds(numberOf("BISTRO_MONKEY_BOUND", isLong ? kBound : kTolerance * kBound)));
        m_kitchen = &kitchen;
        m_pulse = &pulse;
        pulse.setLastWords([this, seed] { return u"Seed %1. Before that:\n"_s.arg(seed) + lastDone(); });
        pulse.setAnswered([this] { leaveWhatWaits(); });
        m_clock.start();
        m_end = seconds * 1000;
        QEventLoop loop;
        m_loop = &loop;
        QTimer::singleShot(0, this, &TestMonkey::turn);
        loop.exec();
        const Pulse::Figures figures = pulse.figures();
        pulse.setAnswered({});

        tell(u"the end"_s);
        qInfo("%d actions in %.1f s, seed %d: %d mutated traces (%d opened), %lld of %lld programs in %d runs", m_actions, static_cast<double>(m_clock.elapsed()) / 1000, seed,
            m_mutants, m_mutantsOpened, static_cast<long long>(m_ran.size()), static_cast<long long>(m_programs.size() + app::examples().size()), m_runs);
        qInfo("asked %zu times whether it answers: at most %lld ms of processor time, %lld ms by the clock, %zu times more than %lld ms by the clock", figures.asked,
            static_cast<long long>(figures.longestUsed.count()), static_cast<long long>(figures.longestWall.count()), figures.overByWall, static_cast<long long>(pulse.bound().count()));
        tellLate(figures.late);
        QVERIFY2(m_fault.isEmpty(), qPrintable(m_fault + u"\nSeed %1. Before that:\n"_s.arg(seed) + lastDone()));

        // It is still of use.
        closeDialogs();
        m_window->action(u"presentation"_s)->setChecked(false);
        m_window->action(u"reset-layout"_s)->trigger();
        session().stop();
        QVERIFY2(ended() || session().state() == app::Session::State::NotStarted,
            qPrintable(u"state %1, all read: %2, console busy: %3"_s.arg(static_cast<int>(session().state())).arg(!session().log() || session().log()->caughtUp()).arg(m_window->console().model().isBusy())));
        m_window->resize(1440, 900);
        QVERIFY(run(kPrograms[0]));
        QCOMPARE(lines(), (QStringList {u"one"_s, u"two"_s}));
        const tests::Memory atTheEnd = atRest();
        closeWindow();
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));

        const auto descriptorsAfter = tests::descriptors();
        QStringList more;
        for (const std::string& one : descriptorsAfter) {
            if (!std::ranges::contains(descriptorsBefore, one))
                more << QString::fromStdString(one);
        }
        if (isLong) {
            qInfo("memory after 3 minutes: in use %s, at rest %s", qPrintable(inWords(m_inUse)), qPrintable(inWords(m_atRest)));
            qInfo("memory at the end:      in use %s, at rest %s", qPrintable(inWords(m_inUseLast)), qPrintable(inWords(atTheEnd)));
            QVERIFY2(static_cast<double>(atTheEnd.all) <= kGrowth * static_cast<double>(m_atRest.all), "memory has grown");
        }
        qInfo("descriptors: %zu before, %zu after", descriptorsBefore.size(), descriptorsAfter.size());
        QVERIFY2(descriptorsAfter.size() <= descriptorsBefore.size(), qPrintable(more.join(u'\n')));
        QVERIFY2(figures.late.empty(), qPrintable(u"%1 answers were late; see above"_s.arg(figures.late.size())));
        QVERIFY(m_mutants > 0 && m_runs > 0);
    }

private:
    using Deed = std::function<void()>;

    [[nodiscard]] int below(int bound) { return static_cast<int>(m_random.bounded(static_cast<quint32>(std::max(bound, 1)))); }
    template<typename List>
    [[nodiscard]] auto& any(List& list)
    {
        return list[static_cast<decltype(list.size())>(below(static_cast<int>(list.size())))];
    }

    // Its own copy: what is typed is saved when it runs.
    void copyPrograms(const QString& folder)
    {
        const QString from = QDir(QStringLiteral(BISTRO_SOURCE_DIR "/") + folder).canonicalPath();
        for (QDirIterator it(from, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            const QString file = it.next();
            const QString copy = m_place + u'/' + folder + file.sliced(from.size());
            QVERIFY(QDir().mkpath(QFileInfo(copy).path()));
            QFile::remove(copy);
            QVERIFY(QFile::copy(file, copy));
            static const QStringList kinds {u"js"_s, u"mjs"_s, u"cjs"_s, u"ts"_s};
            if (kinds.contains(QFileInfo(file).suffix()) && !file.contains(u"/fixtures/"_s))
                m_programs << copy;
            m_originals.insert(copy, file);
        }
        m_programs.sort();
    }

    // --- turns: each thing that is done is one turn of the event loop, as it is for a user ---

    void turn()
    {
        ++m_depth;
        m_since.start();
        if (m_rest.empty()) {
            measure();
            act();
            ++m_actions;
        } else {
            const Deed deed = std::move(m_rest.front());
            m_rest.pop_front();
            deed();
        }
        --m_depth;
        {
            const QMutexLocker locker(&lock);
            if (!complaints.isEmpty())
                m_fault = u"after: %1\n%2"_s.arg(m_done.back(), complaints.join(u'\n'));
        }
        if (!m_window->isVisible())
            m_fault = u"the window is gone after: %1"_s.arg(m_done.back());
        if (!m_fault.isEmpty() || m_clock.elapsed() > m_end)
            return m_loop->quit();
        static constexpr std::array pauses {0, 0, 0, 10, 20, 40, 150};
        QTimer::singleShot(m_rest.empty() ? any(pauses) : below(4) * 4, this, &TestMonkey::turn);
    }
    // Some of Qt's own wait within what was done for the next key or click (a drag, the menu of a button): there is no turn then.
    void leaveWhatWaits()
    {
        if (m_depth != 1 || m_since.elapsed() < 500 || m_resting)
            return;
        ++m_depth;
        tell(u"leave what waits"_s);
        if (QWidget* const popup = QApplication::activePopupWidget())
            popup->close();
        else if (auto* const dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget()))
            dialog->reject();
        else if (QWindow* const window = m_window->windowHandle()) {
            QTest::keyClick(window, Qt::Key_Escape);
            QTest::mouseRelease(window, Qt::LeftButton);
        }
        --m_depth;
    }
    // Done in the next turns, one in each.
    void then(Deed deed) { m_rest.push_back(std::move(deed)); }

    void tell(const QString& what)
    {
        m_done.push_back(u"%1 at %2 ms: %3"_s.arg(m_actions).arg(m_clock.elapsed()).arg(what));
        if (m_done.size() > 40)
            m_done.pop_front();
        if (m_pulse)
            m_pulse->doing(m_done.back());
        if (m_log) {
            std::fprintf(m_log, "%s\n", qPrintable(m_done.back()));
            std::fflush(m_log);
        }
    }
    [[nodiscard]] QString lastDone() const { return QStringList(m_done.begin(), m_done.end()).join(u'\n') + u'\n'; }

    // The worst first.
    void tellLate(std::vector<Pulse::Late> late)
    {
        std::ranges::sort(late, std::greater(), &Pulse::Late::used);
        for (std::size_t i = 0; i < std::min(late.size(), kTold); ++i) {
            std::fprintf(stderr, "%lld ms of processor time, %lld ms by the clock: %s\n", static_cast<long long>(late[i].used.count()),
                static_cast<long long>(late[i].wall.count()), qPrintable(late[i].doing));
            for (const auto& stack : late[i].stacks)
                std::fprintf(stderr, "%s\n    --\n", qPrintable(Pulse::named(stack).join(u'\n')));
        }
    }

    // --- memory ---

    void measure()
    {
        const qint64 now = m_clock.elapsed();
        if (now - m_measured < 30'000)
            return;
        m_measured = now;
        m_inUseLast = tests::memory();
        tell(u"(memory %1, %2 descriptors)"_s.arg(inWords(m_inUseLast)).arg(tests::descriptors().size()));
        if (now < kSettled || m_atRest.all != 0)
            return;
        m_inUse = m_inUseLast;
        const Pulse::Excuse excuse(*m_pulse);
        m_atRest = atRest();
        tell(u"(memory at rest %1)"_s.arg(inWords(m_atRest)));
    }
    // What is there once the window has been closed and shows one small trace again.
    [[nodiscard]] tests::Memory atRest()
    {
        reopen();
        (void)m_window->open(m_place + u"/kept.bistro"_s);
        (void)ended();
        return tests::memory();
    }
    void reopen()
    {
        m_resting = true;
        m_rest.clear();
        closeDialogs();
        closeWindow();
        openAgain();
        m_resting = false;
    }

    // --- what can be done ---

    void act()
    {
        if (QWidget* const popup = QApplication::activePopupWidget(); popup && below(100) < 80) {
            static constexpr std::array keys {Qt::Key_Escape, Qt::Key_Escape, Qt::Key_Escape, Qt::Key_Down, Qt::Key_Right, Qt::Key_Return};
            tell(u"a key in a popup"_s);
            return QTest::keyClick(popup, any(keys));
        }
        if (QWidget* const dialog = QApplication::activeModalWidget()) {
            // What is on the disk is not the monkey's.
            for (QWidget* one = dialog; one; one = one->parentWidget()) {
                if (auto* const files = qobject_cast<QFileDialog*>(one)) {
                    tell(u"no file is chosen"_s);
                    return files->reject();
                }
            }
            if (below(100) < 70) {
                tell(u"a key in a dialog"_s);
                return QTest::keyClick(dialog, below(3) > 0 ? Qt::Key_Escape : Qt::Key_Tab);
            }
        }
        if (m_looks > 0) {
            --m_looks;
            return look();
        }
        switch (const int kind = below(100); kind / 4) {
        case 0:
        case 1:
        case 2: return runProgram();
        case 3: return runExample();
        case 4: return runText();
        case 5:
        case 6:
        case 7:
        case 8:
        case 9: return openMutant();
        case 10: return kind % 2 == 0 ? openTrace() : spoilTrace();
        case 11: return kind % 2 == 0 ? input() : save();
        case 12: return kind == 48 ? closeAndOpen() : stop();
        case 13:
        case 14:
        case 15:
        case 16: return action();
        case 17: return type();
        default: return look();
        }
    }

    // Nothing that would end what runs, or take away what is shown.
    void look()
    {
        switch (below(20)) {
        case 0:
        case 1:
        case 2: return steps();
        case 3:
        case 4: return goSomewhere();
        case 5: return scrub();
        case 6:
        case 7: return select();
        case 8:
        case 9: return appearance();
        case 10:
        case 11: return key();
        case 12:
        case 13:
        case 14:
        case 15: return pointer();
        case 16:
        case 17: return wheel();
        case 18: return size();
        default: return search();
        }
    }

    void runProgram()
    {
        if (m_next.isEmpty()) {
            m_next = m_programs;
            for (qsizetype i = m_next.size(); i > 1; --i)
                m_next.swapItemsAt(i - 1, below(static_cast<int>(i)));
        }
        const QString file = m_next.takeLast();
        tell(u"run "_s + file.sliced(m_place.size() + 1));
        {
            const Pulse::Excuse excuse(*m_pulse);
            const QString original = m_originals.value(file);
            QFile from(original);
            QFile to(file);
            if (from.open(QIODevice::ReadOnly) && to.open(QIODevice::ReadWrite)) {
                if (const QByteArray text = from.readAll(); to.readAll() != text) { // somebody has typed in it
                    to.resize(0);
                    to.write(text);
                }
            }
        }
        closeSome();
        (void)m_window->open(file);
        then([this, file] { started(file); });
    }
    void runExample()
    {
        const app::Example& example = any(app::examples());
        tell(u"run the example "_s + example.slug);
        closeSome();
        m_window->editor().openExample(example);
        then([this, slug = example.slug] { started(slug); });
    }
    void runText()
    {
        const auto& code = any(kPrograms);
        tell(u"run "_s + code);
        closeSome();
        if (!m_window->editor().editor() || m_window->editor().isCurrentReadOnly() || below(4) == 0)
            m_window->action(u"new"_s)->trigger();
        if (CodeEditor* const editor = m_window->editor().editor(); editor && !editor->isReadOnly())
            editor->setText(code);
        then([this, code] { started({}); });
    }
    void started(const QString& program)
    {
        m_window->run();
        ++m_runs;
        if (!program.isEmpty())
            m_ran << program;
        m_looks = below(3) == 0 ? 0 : below(12); // sometimes it may do what it wants to
    }
    void closeSome()
    {
        if (m_window->editor().openPaths().size() > 6)
            m_window->action(u"close-tab"_s)->trigger();
    }
    void openMutant()
    {
        const auto dish = m_kitchen->take();
        if (!dish)
            return look();
        tell(u"open "_s + QString::fromStdString(dish->told));
        ++m_mutants;
        m_mutantsOpened += m_window->open(QString::fromStdString(dish->file.string())) ? 1 : 0;
        m_looks = below(8);
    }
    void openTrace()
    {
        const QString& file = any(m_sound);
        tell(u"open "_s + file);
        (void)m_window->open(file);
        m_looks = below(10);
    }
    // What is open is written over or made shorter by somebody else.
    void spoilTrace()
    {
        const QString file = session().traceFile();
        if (!session().isOpenedTrace() || !file.contains(u"/mutants/"_s))
            return look();
        std::error_code error;
        const std::uint64_t bytes = std::filesystem::file_size(file.toStdString(), error);
        if (error || bytes == 0)
            return look();
        if (below(2) == 0 && qEnvironmentVariableIsSet("BISTRO_MONKEY_SHRINK")) {
            const std::uint64_t left = m_random.generate64() % bytes;
            tell(u"shorten %1 to %2 of %3 bytes"_s.arg(file).arg(left).arg(bytes));
            std::filesystem::resize_file(file.toStdString(), left, error);
        } else {
            tell(u"write over "_s + file);
            QFile open(file);
            if (open.open(QIODevice::ReadWrite)) {
                for (int i = 0; i < 20; ++i) {
                    open.seek(static_cast<qint64>(m_random.generate64() % bytes));
                    open.putChar(static_cast<char>(below(256)));
                }
            }
        }
        m_looks = below(20);
    }
    void input()
    {
        tell(u"write to the program"_s);
        if (below(4) == 0)
            session().endInput();
        else
            session().write("soup\n");
    }
    void save()
    {
        const QString file = m_place + u"/saved.bistro"_s;
        tell(u"save the trace"_s);
        if (session().log())
            (void)session().saveTrace(file);
    }
    void stop()
    {
        tell(u"stop"_s);
        session().stop();
    }
    void closeAndOpen()
    {
        tell(u"close the window and open it again"_s);
        const Pulse::Excuse excuse(*m_pulse);
        reopen();
    }
    void action()
    {
        const auto all = m_window->allActions();
        QAction* const action = any(all);
        if (kLeftOut.contains(action->objectName()))
            return look();
        tell(u"action "_s + action->objectName());
        if (action->isEnabled())
            action->trigger();
    }
    void type()
    {
        CodeEditor* const editor = m_window->editor().editor();
        if (!editor)
            return look();
        tell(u"type"_s);
        const QString text = u"fs.readFile('a', () => {})\n"_s.first(below(26) + 1);
        for (const QChar letter : text)
            then([at = QPointer<QWidget>(editor), letter] { if (at) QTest::keyClicks(at, QString(letter)); });
    }

    void steps()
    {
        static const std::array names {u"step-forward"_s, u"step-back"_s, u"next-callback"_s, u"previous-callback"_s, u"next-line"_s, u"previous-line"_s, u"next-iteration"_s, u"previous-iteration"_s, u"pause"_s, u"faster"_s, u"slower"_s};
        const QString name = any(names);
        const int times = 1 + below(12);
        tell(u"%1 times %2"_s.arg(times).arg(name));
        for (int i = 0; i < times; ++i)
            then([this, name] { if (m_window->action(name)->isEnabled()) m_window->action(name)->trigger(); });
    }
    void goSomewhere()
    {
        if (!session().log())
            return key();
        const int size = static_cast<int>(std::min<app::Index>(session().log()->size(), 1'000'000'000));
        const int place = below(8) == 0 ? size : below(size + 1);
        tell(u"go to %1 of %2"_s.arg(place).arg(size));
        session().goTo(static_cast<app::Place>(place));
    }
    void scrub()
    {
        QWidget* const timeline = &m_window->timeline();
        if (!timeline->isVisible())
            return key();
        tell(u"scrub"_s);
        drag(timeline, {below(timeline->width()), below(timeline->height())}, 80);
    }
    void drag(QWidget* at, QPoint place, int far)
    {
        const QPointer<QWidget> still(at);
        then([still, place] { if (still) QTest::mousePress(still, Qt::LeftButton, {}, place); });
        for (int i = 1; i <= 4; ++i)
            then([still, to = place + QPoint(below(far + 1) - far / 2, below(41) - 20) * i] { if (still) QTest::mouseMove(still, to); });
        then([still, to = place + QPoint(below(81) - 40, 0)] { if (still) QTest::mouseRelease(still, Qt::LeftButton, {}, to); });
    }
    // Any that the trace names, known to the state or not.
    void select()
    {
        if (!session().log() || session().log()->empty())
            return key();
        const app::TraceLog& log = *session().log();
        const auto record = log.event(m_random.bounded(log.size()));
        const auto& fields = trace::schemaOf(record.kind).fields;
        for (std::size_t field = 0; field < fields.size(); ++field) {
            const std::uint32_t id = trace::fieldValue(record, field);
            if (fields[field].type == trace::FieldType::Async || fields[field].type == trace::FieldType::Promise) {
                const auto order = fields[field].type == trace::FieldType::Async ? app::OrderId::async(id) : app::OrderId::promise(id);
                tell(u"select %1 %2"_s.arg(order.space == app::OrderId::Space::Async ? u"async"_s : u"promise"_s).arg(id));
                return m_window->selectOrder(order);
            }
        }
        goSomewhere();
    }
    void appearance()
    {
        static const std::array names {u"restaurant"_s, u"loop"_s, u"text-stage"_s, u"zoom-in"_s, u"zoom-out"_s, u"zoom-reset"_s, u"presentation"_s, u"reduce-motion"_s, u"theme-light"_s, u"theme-dark"_s, u"files"_s};
        const QString name = any(names);
        tell(u"appearance "_s + name);
        if (QAction* const action = m_window->action(name); action && action->isEnabled())
            action->trigger();
    }
    void key()
    {
        static const std::array keys {Qt::Key_F10, Qt::Key_F9, Qt::Key_F8, Qt::Key_F6, Qt::Key_Home, Qt::Key_End, Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Return, Qt::Key_Escape, Qt::Key_Tab, Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Space, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_A, Qt::Key_BraceLeft, Qt::Key_QuoteDbl, Qt::Key_Period, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_F};
        static const std::array<Qt::KeyboardModifiers, 5> modifiers {Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier};
        QWidget* const at = m_window->focusWidget() ? m_window->focusWidget() : m_window.get();
        const Qt::Key which = any(keys);
        const Qt::KeyboardModifiers with = any(modifiers);
        tell(u"key %1 with %2 in %3"_s.arg(which).arg(with.toInt()).arg(QString::fromLatin1(at->metaObject()->className())));
        QTest::keyClick(at, which, with);
    }
    [[nodiscard]] QWidget* anyWidget()
    {
        QWidget* const root = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : m_window.get();
        QWidget* const at = root->childAt(QPoint(below(root->width()), below(root->height())));
        return at ? at : root;
    }
    void pointer()
    {
        QWidget* const at = anyWidget();
        const QPoint place(below(at->width()), below(at->height()));
        const QString name = QString::fromLatin1(at->metaObject()->className());
        // The choice that would end the window is left out like the action is.
        if (const auto* const button = qobject_cast<QAbstractButton*>(at); button && (button->text() == u"Keep for next time"_s || button->text().startsWith(u"Save"_s)))
            return goSomewhere();
        if (at->inherits("QMenuBar") && place.x() > at->width() * 3 / 4)
            return goSomewhere();
        switch (below(5)) {
        case 0:
        case 1: tell(u"click on "_s + name); return QTest::mouseClick(at, Qt::LeftButton, {}, place);
        case 2: tell(u"double click on "_s + name); return QTest::mouseDClick(at, Qt::LeftButton, {}, place);
        case 3: tell(u"pointer over "_s + name); return QTest::mouseMove(at, place);
        default: tell(u"drag in "_s + name); return drag(at, place, 40);
        }
    }
    void wheel()
    {
        QWidget* const at = anyWidget();
        const QPointF place(below(at->width()), below(at->height()));
        static const std::array<Qt::KeyboardModifiers, 3> modifiers {Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier};
        const int turns = below(2) == 0 ? 120 : -120;
        const Qt::KeyboardModifiers with = any(modifiers);
        const int times = 1 + below(6);
        tell(u"%1 times wheel with %2 in %3"_s.arg(times).arg(with.toInt()).arg(QString::fromLatin1(at->metaObject()->className())));
        for (int i = 0; i < times; ++i) {
            then([still = QPointer<QWidget>(at), place, turns, with] {
                if (!still)
                    return;
                QWheelEvent event(place, still->mapToGlobal(place), {}, {0, turns}, Qt::NoButton, with, Qt::NoScrollPhase, false);
                QApplication::sendEvent(still, &event);
            });
        }
    }
    void size()
    {
        const QSize size(640 + below(1400), 420 + below(800));
        tell(u"size %1 x %2"_s.arg(size.width()).arg(size.height()));
        m_window->resize(size);
    }
    void search()
    {
        static const std::array words {u"o"_s, u"tick"_s, u"x"_s, u"(["_s, u"progress 1"_s, u"nothing like it"_s};
        const QString word = any(words);
        tell(u"find \"%1\" in the console"_s.arg(word));
        m_window->console().showFind();
        for (const QChar letter : word)
            then([letter] { if (auto* const line = qobject_cast<QLineEdit*>(QApplication::focusWidget())) QTest::keyClicks(line, QString(letter)); });
        for (int i = 0; i < 3; ++i)
            then([this, back = below(2) == 0] { m_window->console().findNext(back); });
    }

    void closeDialogs()
    {
        while (QWidget* const popup = QApplication::activePopupWidget())
            popup->close();
        while (QWidget* const dialog = QApplication::activeModalWidget()) {
            dialog->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }

    std::unique_ptr<QTemporaryDir> m_own;
    QString m_place; // of programs and traces
    QStringList m_programs;
    QHash<QString, QString> m_originals; // by copy
    std::vector<std::vector<std::byte>> m_recorded;
    QStringList m_sound; // traces that are good
    Kitchen* m_kitchen = nullptr;
    Pulse* m_pulse = nullptr;

    QRandomGenerator m_random;
    QElapsedTimer m_clock;
    qint64 m_end = 0;
    QEventLoop* m_loop = nullptr;
    std::deque<Deed> m_rest; // of what is being done
    int m_depth = 0; // of turns
    QElapsedTimer m_since; // the turn began
    bool m_resting = false;
    QString m_fault;
    std::FILE* m_log = nullptr;
    std::deque<QString> m_done;

    QStringList m_next; // programs, the next one last
    QSet<QString> m_ran;
    int m_looks = 0; // so many times only what leaves the run or trace in peace
    int m_actions = 0;
    int m_runs = 0;
    int m_mutants = 0;
    int m_mutantsOpened = 0;

    qint64 m_measured = 0;
    tests::Memory m_inUse;
    tests::Memory m_atRest;
    tests::Memory m_inUseLast;
};

QTEST_MAIN(TestMonkey)
#include "tst_monkey.moc"
