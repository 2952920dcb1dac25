#include "state/tracelog.h"
#include "support/recordedrun.h"
#include "support/syntheticrun.h"
#include "trace/writer.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

std::filesystem::path path(const QTemporaryDir& folder, const QString& name)
{
    return folder.filePath(name).toStdString();
}

LoopState foldedUpTo(const TraceLog& log, Index n)
{
    LoopState state;
    for (Index i = 0; i < n; ++i)
        apply(state, log.event(i), {});
    return state;
}

std::unique_ptr<TraceLog> openLog(const std::filesystem::path& file)
{
    auto log = TraceLog::open(file);
    return log ? std::move(*log) : nullptr;
}

std::filesystem::path synthetic(const QTemporaryDir& folder, std::uint64_t events, tests::SyntheticOptions options = {})
{
    const auto file = path(folder, u"synthetic.bistro"_s);
    const auto writer = Writer::create(file).value();
    tests::SyntheticRun(*writer, options).write(events);
    return file;
}

} // namespace

class TestTraceLog : public QObject {
    Q_OBJECT

private slots:
    void whatThePoolIsGivenIsThereWithTheCallThatGaveIt()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE), R"(
const fs = require('fs');
fs.stat('/', () => fs.stat('/', () => {}));
require('net').createServer().listen(0, '127.0.0.1', function () { this.close(); });
)");
        const auto log = openLog(path(*run.folder, u"run.bistro"_s));
        QVERIFY(log);
        QVERIFY(log->submissions().size() >= 2);
        for (const auto& [at, call] : log->submissions()) {
            QCOMPARE(log->event(at).kind, EventKind::PoolJobSubmitted);
            QCOMPARE(call, log->callAround(at));
        }
        QVERIFY(log->listenedAt() != kNoEvent);
        const Record listened = log->event(log->listenedAt());
        QCOMPARE(listened.kind, EventKind::KernelWaitStarted);
        QCOMPARE(as<events::KernelWaitStarted>(listened).wait, KernelWait::Listening);
    }

    void aStateIsTheFoldOfTheEventsBeforeIt_data()
    {
        QTest::addColumn<quint32>("pending");
        QTest::addColumn<quint32>("inherited");
        QTest::addColumn<quint32>("crowd");
        QTest::addRow("few orders") << 20u << 0u << 0u;
        QTest::addRow("many orders") << 5'000u << 0u << 0u;
        QTest::addRow("states too large for many checkpoints") << 200u << 30'000u << 0u;
        QTest::addRow("many sockets and lists of timers") << 200u << 0u << 1'000u;
    }

    void aStateIsTheFoldOfTheEventsBeforeIt()
    {
        QFETCH(quint32, pending);
        QFETCH(quint32, inherited);
        QFETCH(quint32, crowd);
        const QTemporaryDir folder;
        const auto log = openLog(synthetic(
            folder, 150'000, {.pending = pending, .inherited = inherited, .timers = crowd, .sockets = crowd}));
        QVERIFY(log);
        QVERIFY(log->size() >= 150'000);
        std::mt19937 random(7);
        std::vector<Index> at;
        for (int i = 0; i < 30; ++i)
            at.push_back(std::uniform_int_distribution<Index>(0, log->size())(random));
        for (const Index n : std::vector(at))
            at.insert(at.end(), {n, n > 0 ? n - 1 : 0, n}); // there, a step back, a step forward
        std::vector<Index> sorted = at;
        std::ranges::sort(sorted);
        LoopState expected;
        std::vector<std::pair<Index, LoopState>> states;
        for (const Index n : sorted) {
            while (expected.size < n)
                apply(expected, log->event(expected.size), {});
            if (states.empty() || states.back().first != n)
                states.emplace_back(n, expected);
        }
        for (const Index n : at) {
            const auto found = std::ranges::lower_bound(states, n, {}, &std::pair<Index, LoopState>::first);
            QVERIFY2(log->stateAt(n) == found->second, qPrintable(u"after %1 events"_s.arg(n)));
        }
    }

    void everyStateOfARecordedRunIsTheFoldOfTheEventsBeforeIt()
    {
        int runs = 0;
        for (const QString& name :
            QDir(QStringLiteral(BISTRO_SOURCE_DIR "/tests/programs/loop-facts")).entryList({u"*.js"_s}, QDir::Files)) {
            QFile program(QStringLiteral(BISTRO_SOURCE_DIR "/tests/programs/loop-facts/") + name);
            QVERIFY(program.open(QIODevice::ReadOnly));
            const auto run = test::record(QStringLiteral(BISTRO_ENGINE), program.readAll());
            const auto log = openLog(path(*run.folder, u"run.bistro"_s));
            QVERIFY2(log, qPrintable(name));
            std::vector<LoopState> states(1);
            for (Index i = 0; i < log->size(); ++i) {
                states.push_back(states.back());
                apply(states.back(), log->event(i), {});
            }
            for (Index n = log->size(); n > 0; --n)
                QVERIFY2(
                    log->stateAt(n - 1) == states[n - 1], qPrintable(u"%1 after %2 events"_s.arg(name).arg(n - 1)));
            ++runs;
        }
        QVERIFY(runs >= 5);
    }

    void aLiveLogAndTheSameLogReopenedGiveEqualStates()
    {
        const QTemporaryDir folder;
        const auto file = path(folder, u"live.bistro"_s);
        const auto writer = Writer::create(file).value();
        tests::SyntheticRun run(*writer);
        const auto live = openLog(file);
        QVERIFY(live);
        std::mt19937 random(3);
        while (run.written() < 60'000) {
            for (int i = 0; i < 20; ++i)
                run.iterate();
            QVERIFY(!live->caughtUp()); // without having been asked to look
            live->refresh();
            QVERIFY(live->caughtUp());
            QCOMPARE(live->size(), run.written());
            (void)live->stateAt(
                std::uniform_int_distribution<Index>(0, live->size())(random)); // as a scrubbing user does
        }
        writer->finish();
        const auto reopened = openLog(file);
        QVERIFY(reopened);
        QCOMPARE(reopened->size(), live->size());
        QVERIFY(reopened->head() == live->head());
        for (int i = 0; i < 40; ++i) {
            const Index n = std::uniform_int_distribution<Index>(0, live->size())(random);
            QVERIFY2(live->stateAt(n) == reopened->stateAt(n), qPrintable(u"after %1 events"_s.arg(n)));
        }
        QVERIFY(std::ranges::equal(live->outputs(), reopened->outputs()));
        QVERIFY(std::ranges::equal(live->outermostStarts(), reopened->outermostStarts()));
        QVERIFY(std::ranges::equal(live->iterations(), reopened->iterations()));
    }

    void aCutTraceOpensAndFoldsUpToItsLastEvent()
    {
        const QTemporaryDir folder;
        const auto file = synthetic(folder, 20'000);
        const auto whole = openLog(file);
        QVERIFY(whole);
        const auto bytes = std::filesystem::file_size(file);
        const auto cut = path(folder, u"cut.bistro"_s);
        for (const std::uint64_t size :
            {bytes - 1, bytes - 5'000, bytes / 2, std::uint64_t {kHeaderBytes} + 32 * 100}) {
            std::filesystem::copy_file(file, cut, std::filesystem::copy_options::overwrite_existing);
            std::filesystem::resize_file(cut, size);
            const auto log = openLog(cut);
            QVERIFY(log);
            QVERIFY(log->size() < whole->size());
            QVERIFY(!log->damage().empty());
            QVERIFY(log->head() == whole->stateAt(log->size()));
            QVERIFY(log->head() == foldedUpTo(*whole, log->size()));
        }
    }

    void aRefreshStopsWhenItsTimeIsOverAndGoesOnLater()
    {
        const QTemporaryDir folder;
        const auto file = synthetic(folder, 50'000);
        auto log = TraceLog::open(file, std::chrono::nanoseconds(1)).value();
        QVERIFY(!log->caughtUp());
        QVERIFY(log->size() > 0);
        int frames = 0;
        while (!log->caughtUp()) {
            QVERIFY(log->refresh(std::chrono::nanoseconds(1)) > 0);
            ++frames;
        }
        QVERIFY(frames > 5);
        QVERIFY(log->head() == openLog(file)->head());
    }

    void aTraceThatCannotBeOpenedIsRefusedWithASentence()
    {
        const auto log = TraceLog::open("/nowhere/at all.bistro");
        QVERIFY(!log);
        QCOMPARE(
            QString::fromStdString(log.error()), u"There is no file \"/nowhere/at all.bistro\". Check the name."_s);
    }
};

QTEST_GUILESS_MAIN(TestTraceLog)
#include "tst_tracelog.moc"
