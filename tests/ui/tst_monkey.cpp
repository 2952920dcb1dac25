// Whatever is done to the window, in whatever order and with whatever trace, it goes on: random keys, clicks, drags,
// wheels, sizes and actions, while programs of every sort start, run and end, and traces are opened that no engine has
// recorded. Another thread asks all the while whether the window answers (pulse.h).
//
// The order follows from a seed; what it meets depends on the machine, too.
//     BISTRO_MONKEY_SECONDS=1800   how long, 30 by default; a long run measures memory after 3 minutes and at its end
//     BISTRO_MONKEY_SEED=7         20231 by default
//     BISTRO_MONKEY_LOG=FILE       what is done, told before it is done; - for standard error
//     BISTRO_MONKEY_FOLDER=FOLDER  where programs and traces lie, and stay; what is mutated is recorded there once
//     BISTRO_MONKEY_BOUND=100      milliseconds of processor time that an answer may take
//     BISTRO_MONKEY_ABORT=1        ends at the first complaint of Qt's, with a stack
#include "kitchen.h"
#include "monkey.h"
#include "pulse.h"
#include "support/recordedrun.h"
#include "workspace/examples.h"

#include <QDirIterator>
#include <QMutex>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <span>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSeconds = 30;
constexpr int kSeed = 20'231;
#ifdef __SANITIZE_ADDRESS__
constexpr int kBound = 250; // milliseconds
#else
constexpr int kBound = 100;
#endif
// A short run is one of many tests, on whatever machine: there, processor time is longer, too, and only what is far
// beyond the bound counts. A long run holds the window to the bound.
constexpr int kTolerance = 4;
constexpr double kGrowth = 1.2;
constexpr std::size_t kTold = 25; // late answers with their stacks

// What the mutated traces are made of: together nearly every kind of event.
const std::array kRecorded {
    "for (const name of ['a', 'b', 'c']) { setTimeout(() => console.log(name), 5); setImmediate(() => "
    "process.nextTick(() => "
    "console.log('tick ' + name))); } const t = setInterval(() => { if (++n === 4) clearInterval(t) }, 2); let n = 0; "
    "setTimeout(() => {}, 50).unref(); queueMicrotask(() => console.log('micro'))",
    "const wait = ms => new Promise(done => setTimeout(done, ms)); async function cook(dish) { await wait(3); const r "
    "= await "
    "Promise.all([1, 2].map(async n => { await null; return dish + n })); console.log(r.join()) } "
    "cook('soup').finally(() => "
    "cook('tea')); Promise.reject(new Error('late')).catch(() => {}); for (let i = 0; i < 40; i++) "
    "Promise.resolve(i).then(x => x)",
    "const http = require('http'); const s = http.createServer((q, r) => { setTimeout(() => r.end('soup'), 2) }); "
    "s.listen(0, () => { "
    "let left = 5; for (let i = 0; i < 5; i++) http.get({ port: s.address().port, path: '/' + i }, r => "
    "r.resume().on('end', () => "
    "{ if (--left === 0) s.close() })) })",
    "const fs = require('fs'), crypto = require('crypto'), zlib = require('zlib'); for (let i = 0; i < 6; i++) "
    "crypto.pbkdf2('a', "
    "'b', 2000, 32, 'sha1', () => console.log('cooked', i)); fs.readFile(process.argv[1], (e, d) => zlib.gzip(d, () => "
    "console.log('packed'))); require('dns').lookup('localhost', () => {}); "
    "fs.createReadStream(process.argv[1]).on('data', () => {}); "
    "fs.promises.stat('.').then(() => console.log('stat'))",
    "const { spawn } = require('child_process'); spawn('true').on('close', () => console.log('closed')); new "
    "(require('worker_threads').Worker)('setTimeout(() => {}, 5)', { eval: true }).on('exit', () => "
    "console.log('left')); "
    "process.on('SIGUSR2', () => {}); const b = Date.now(); while (Date.now() - b < 250); "
    "require('fs').watch('.').unref()",
    "const { AsyncResource, AsyncLocalStorage } = require('async_hooks'); const s = new AsyncLocalStorage(); s.run(1, "
    "() => { const r = "
    "new AsyncResource('Order'); setTimeout(() => r.runInAsyncScope(() => process.nextTick(() => "
    "console.log(s.getStore()))), 1) }); "
    "Promise.reject(new Error('nobody')); process.on('unhandledRejection', e => { process.emitWarning('hm'); "
    "setImmediate(() => { throw "
    "e }) }); process.on('uncaughtException', e => console.error(String(e)))",
};

QtMessageHandler before = nullptr;
QMutex lock;
QStringList complaints; // what Qt, QML or we find worth an alarm

void listen(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    const bool alarming = type == QtCriticalMsg || type == QtFatalMsg
        || (type == QtWarningMsg
            && (text.contains(u"qrc:"_s) || text.startsWith(u"QObject"_s) || text.startsWith(u"QPainter"_s)
                || text.startsWith(u"QAction"_s)));
    if (alarming) {
        const QMutexLocker locker(&lock);
        complaints << text;
    }
    if (alarming && qEnvironmentVariableIsSet("BISTRO_MONKEY_ABORT"))
        std::abort(); // with a backtrace
    before(type, context, text);
}

QString complaintsUntilNow()
{
    const QMutexLocker locker(&lock);
    return complaints.join(u'\n');
}

int numberOf(const char* variable, int otherwise)
{
    bool ok = false;
    const int number = qEnvironmentVariableIntValue(variable, &ok);
    return ok ? number : otherwise;
}

QString told(const tests::Memory& memory)
{
    return QString::fromStdString(tests::inWords(memory));
}

} // namespace

class TestMonkey : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        before = qInstallMessageHandler(listen);
        m_own = std::make_unique<QTemporaryDir>();
        const QString kept = qEnvironmentVariable("BISTRO_MONKEY_FOLDER");
        m_world.folder = kept.isEmpty() ? m_own->path() : QDir(kept).absolutePath();
        QVERIFY(QDir().mkpath(m_world.folder + u"/mutants"_s));
        copyPrograms(u"tests/programs"_s);
        copyPrograms(u"tests/cases"_s);
        QVERIFY(m_world.programs.size() > 50);
        for (std::size_t i = 0; i < kRecorded.size(); ++i) {
            const QString file = m_world.folder + u"/recorded-%1.bistro"_s.arg(i);
            if (!QFile::exists(file)) {
                const auto run = test::record(QStringLiteral(BISTRO_ENGINE), kRecorded[i]);
                QVERIFY(QFile::copy(run.folder->filePath(u"run.bistro"_s), file));
            }
            QFile trace(file);
            QVERIFY(trace.open(QIODevice::ReadOnly));
            const QByteArray bytes = trace.readAll();
            const auto all = std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
            m_recorded.emplace_back(all.begin(), all.end());
            m_world.traces << file;
        }
        if (const QString log = qEnvironmentVariable("BISTRO_MONKEY_LOG"); !log.isEmpty())
            m_world.log = log == u"-"_s ? stderr : std::fopen(qPrintable(log), "we");
    }
    void cleanupTestCase()
    {
        qInstallMessageHandler(before);
        if (m_world.log && m_world.log != stderr)
            std::fclose(m_world.log);
    }

    void whateverIsDoneTheWindowGoesOn()
    {
        const std::chrono::seconds howLong(numberOf("BISTRO_MONKEY_SECONDS", kSeconds));
        const int seed = numberOf("BISTRO_MONKEY_SEED", kSeed);
        const bool isLong = std::chrono::milliseconds(howLong).count() > Monkey::kSettled;
        const std::chrono::milliseconds bound(numberOf("BISTRO_MONKEY_BOUND", isLong ? kBound : kTolerance * kBound));
        Monkey monkey(m_world, static_cast<quint32>(seed));
        monkey.warmUp();
        const auto descriptorsBefore = tests::descriptors();
        const auto lastWords = [&] { return u"\nSeed %1. Before that:\n"_s.arg(seed) + monkey.lastDone(); };

        Pulse::Figures figures;
        {
            Kitchen kitchen(std::move(m_recorded), (m_world.folder + u"/mutants"_s).toStdString(),
                static_cast<std::uint64_t>(seed));
            Pulse pulse(bound);
            pulse.setLastWords(lastWords);
            monkey.play(pulse, kitchen, howLong, complaintsUntilNow);
            figures = pulse.figures();
        }
        const Monkey::Done& done = monkey.done();
        say(u"%1 actions in %2 s, seed %3: %4 mutated traces (%5 opened), %6 of %7 programs in %8 runs"_s
                .arg(done.actions)
                .arg(howLong.count())
                .arg(seed)
                .arg(done.mutants)
                .arg(done.opened)
                .arg(done.programs.size())
                .arg(m_world.programs.size() + app::examples().size())
                .arg(done.runs));
        say(u"asked %1 times whether it answers: at most %2 ms of processor time, %3 ms by the clock; more than %4 "
            u"ms by the clock: %5 times"_s.arg(figures.asked)
                .arg(figures.longestUsed.count())
                .arg(figures.longestWall.count())
                .arg(bound.count())
                .arg(figures.overByWall));
        tellLate(figures.late);
        QVERIFY2(monkey.fault().isEmpty(), qPrintable(monkey.fault() + lastWords()));
        QVERIFY(done.mutants > 0 && done.runs > 0);

        monkey.checkThatItIsOfUse();
        const tests::Memory atTheEnd = monkey.atRest();
        monkey.closeWindow();
        const QString complained = complaintsUntilNow();
        QVERIFY2(complained.isEmpty(), qPrintable(complained));
        if (isLong) {
            say(u"memory after 3 minutes: in use %1, at rest %2"_s.arg(told(done.inUse), told(done.atRest)));
            say(u"memory at the end: in use %1, at rest %2"_s.arg(told(done.inUseLast), told(atTheEnd)));
        }
        // Threads that did something beside the window's take theirs along when they end.
        (void)QTest::qWaitFor([&] { return tests::descriptors().size() <= descriptorsBefore.size(); }, 30'000);
        const auto descriptorsAfter = tests::descriptors();
        say(u"descriptors: %1 before, %2 after"_s.arg(descriptorsBefore.size()).arg(descriptorsAfter.size()));
        const auto inALine = [](const std::vector<std::string>& all) {
            QStringList lines;
            for (const std::string& one : all)
                lines << QString::fromStdString(one);
            return lines.join(u", "_s);
        };
        const QString more = u"before: %1\nafter: %2"_s.arg(inALine(descriptorsBefore), inALine(descriptorsAfter));
        QVERIFY2(descriptorsAfter.size() <= descriptorsBefore.size(), qPrintable(more));
        QVERIFY2(figures.late.empty(), qPrintable(u"%1 answers were late; see above"_s.arg(figures.late.size())));
        QVERIFY2(!isLong || static_cast<double>(atTheEnd.all) <= kGrowth * static_cast<double>(done.atRest.all),
            "memory has grown");
    }

private:
    static void say(const QString& sentence) { qInfo("%s", qPrintable(sentence)); }

    // Its own copy: what is typed is saved when it runs.
    void copyPrograms(const QString& folder)
    {
        const QString from = QDir(QStringLiteral(BISTRO_SOURCE_DIR "/") + folder).canonicalPath();
        for (QDirIterator it(from, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            const QString file = it.next();
            const QString copy = m_world.folder + u'/' + folder + file.sliced(from.size());
            QVERIFY(QDir().mkpath(QFileInfo(copy).path()));
            QFile::remove(copy);
            QVERIFY(QFile::copy(file, copy));
            static const QStringList kinds {u"js"_s, u"mjs"_s, u"cjs"_s, u"ts"_s};
            if (kinds.contains(QFileInfo(file).suffix()) && !file.contains(u"/fixtures/"_s))
                m_world.programs.insert(copy, file);
        }
    }

    // The worst first.
    void tellLate(std::vector<Pulse::Late> late)
    {
        std::ranges::sort(late, std::greater(), &Pulse::Late::used);
        for (std::size_t i = 0; i < std::min(late.size(), kTold); ++i) {
            std::fprintf(stderr, "%lld ms of processor time, %lld ms by the clock: %s\n",
                static_cast<long long>(late[i].used.count()), static_cast<long long>(late[i].wall.count()),
                qPrintable(late[i].doing));
            for (const auto& stack : late[i].stacks)
                std::fprintf(stderr, "%s\n    --\n", qPrintable(Pulse::named(stack).join(u'\n')));
        }
    }

    std::unique_ptr<QTemporaryDir> m_own;
    Monkey::World m_world;
    std::vector<std::vector<std::byte>> m_recorded;
};

QTEST_MAIN(TestMonkey)
#include "tst_monkey.moc"
