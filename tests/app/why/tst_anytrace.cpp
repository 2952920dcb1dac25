// Whatever a trace says, every question about it is answered: nothing crashes, reckons with what cannot be reckoned
// with, takes memory without bound or goes on for ever. Traces that no engine records are made from good ones by seed;
// BISTRO_MUTANTS says how many, BISTRO_MUTANT from which seed on.
#include "support/mutation.h"

#include "answers.h"
#include "drawing.h"
#include "session/alive.h"
#include "state/check.h"
#include "state/crash.h"
#include "state/describe.h"
#include "state/numbers.h"
#include "state/playhead.h"
#include "state/statejson.h"
#include "support/syntheticrun.h"
#include "why/findings.h"
#include "why/helps.h"
#include "why/hold.h"
#include "why/narration.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>
#include <limits>
#include <set>
#include <string>
#include <unistd.h>

using namespace bistro;
using namespace bistro::app;
using bistro::tests::print;
using namespace Qt::StringLiterals;

namespace {

// What is asked now, for who reads of a hang.
std::string s_asking;

void tellOfHang(int)
{
    const std::string sentence = "\nThis went on for too long: " + s_asking + '\n';
    (void)!write(STDERR_FILENO, sentence.data(), sentence.size());
    std::abort();
}

// A question. None takes longer than a second of the processor's; an hour's load on the machine is no hang.
template <typename Question>
auto ask(const char* what, Index place, Question question)
{
    const auto now = [] {
        timespec time {};
        (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    };
    s_asking = s_asking.substr(0, s_asking.find(" | ")) + " | " + what + " at " + std::to_string(place);
    const auto start = now();
    auto answer = question();
    if (const auto took = now() - start; took > std::chrono::seconds(5))
        QTest::qFail(("took " + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count())
                         + " ms: " + s_asking)
                         .c_str(),
            __FILE__, __LINE__);
    return answer;
}

// Some that the state has: who runs, the first and the last of each queue and table, who stands in line, and who caused
// them.
std::set<OrderId> ordersAt(const TraceLog& log, Index place)
{
    const LoopState& state = log.stateAt(place);
    std::set<OrderId> orders {OrderId::async(1), OrderId::async(UINT32_MAX), OrderId::promise(UINT32_MAX), OrderId {}};
    const auto ends = [&](const auto& table, auto orderOf) {
        OrderId last;
        table.visit([&](std::uint32_t id, const auto& value) {
            if (!last)
                orders.insert(orderOf(id, value));
            last = orderOf(id, value);
        });
        orders.insert(last);
    };
    ends(state.promises, [](std::uint32_t id, const PendingPromise&) { return OrderId::promise(id); });
    ends(state.resources, [](std::uint32_t id, const Resource&) { return OrderId::async(id); });
    ends(state.jobs, [](std::uint32_t, const PoolJob& job) { return OrderId::async(job.async); });
    ends(state.waits, [](std::uint32_t, const Waiting& wait) { return OrderId::async(wait.async); });
    ends(state.unhandled, [](std::uint32_t id, Index) { return OrderId::promise(id); });
    for (const Serving& serving : servingOrder(state, 4))
        orders.insert(serving.order);
    for (std::size_t i = 0; i < std::min<std::size_t>(state.running.size(), 4); ++i)
        orders.insert(state.running[i].order);
    for (Index i = place; i < std::min(place + 4, log.size()); ++i) {
        const trace::Record event = log.event(i);
        orders.insert(
            {OrderId::async(event.a), OrderId::async(event.b), OrderId::promise(event.a), OrderId::promise(event.b)});
    }
    for (const OrderId order : std::set(orders))
        orders.insert(log.trigger(order));
    return orders;
}

std::size_t askAbout(const TraceLog& log, OrderId order, Index place, Wording wording)
{
    std::size_t said = 0;
    said += ask("title", place, [&] { return titleOf(log, order) + titleOfAllSteps(log, order); }).size();
    said += ask("place", place, [&] {
        return placeText(placeOf(log, order)) + std::string(placedWith(log, order));
    }).size();
    said += ask("own", place, [&] {
        return std::size_t {isNodesOwn(log, order)} + std::size_t {isNodesOwnTurn(log, order)}
        + std::size_t {isInnerStep(log, order)} + stepOf(log, order) + numberOf(log, order)
            + log.placedBy(order).value % 2;
    });
    said += static_cast<std::size_t>(ask("why not yet", place, [&] {
        return print(whyNotYet(log, order, place - 1, wording, log.stateAt(place).time));
    }).size());
    said += static_cast<std::size_t>(ask("why not yet, for ever", place, [&] {
        return print(whyNotYet(log, order, place - 1, wording, std::numeric_limits<std::uint64_t>::max()));
    }).size());
    said += ask("where it starts", place, [&] {
        return originOf(log, order).value_or(0) + startOf(log, order, place).value_or(0)
            + endOf(log, order, place).value_or(0);
    });
    return said;
}

std::size_t askAt(const TraceLog& log, Index place, Wording wording)
{
    std::size_t said = 0;
    const Tense tense = wording == Wording::Restaurant ? Tense::Past : Tense::Present;
    said += static_cast<std::size_t>(
        ask("why now", place, [&] { return print(whyNow(log, place - 1, wording, tense)); }).size());
    said += static_cast<std::size_t>(
        ask("narration", place, [&] { return narrate(log, place - 1, wording).headline; }).size());
    for (const auto now : {std::chrono::nanoseconds::min(), std::chrono::nanoseconds(log.stateAt(place).time),
             std::chrono::nanoseconds::max()}) {
        said += static_cast<std::size_t>(
            ask("blocked", place, [&] { return blockedAt(log, place - 1, now, wording).headline; }).size());
        const auto hold = ask("hold", place, [&] { return holdAt(log, place, now, std::chrono::milliseconds(1)); });
        if (hold)
            said += ask("help", place, [&] { return helpsAgainst(log, *hold, place, wording); }).size();
    }
    said += ask("crash", place, [&] { return crashAt(log, place).frames; }).size();
    said += ask("line", place, [&] {
        return programsLine(log, log.stateAt(place), 1'000).size() + nextInLine(log, log.stateAt(place)).nodesOwn
            + (nextStart(log.stateAt(place)) ? 1u : 0u);
    });
    said += ask("stack", place, [&] {
        return callStack(log, log.stateAt(place), Frames::All).size() + runningPlace(log, log.stateAt(place)).line;
    });
    said += static_cast<std::size_t>(
        ask("state", place, [&] { return QJsonDocument(stateObject(log, log.stateAt(place))).toJson(); }).size());
    said += ask("steps", place, [&] {
        std::size_t sum = nextEvent(log, place).value_or(0) + previousEvent(log, place).value_or(0)
            + nextLine(log, place).value_or(0) + previousLine(log, place).value_or(0)
            + nextIteration(log, place).value_or(0) + previousIteration(log, place).value_or(0);
        for (const Calls which : {Calls::Outermost, Calls::Any, Calls::Programs})
            sum += nextCall(log, place, which).value_or(0) + previousCall(log, place, which).value_or(0);
        return sum + lineAt(log, place).value_or(0);
    });
    LoopState asleep = log.stateAt(place);
    asleep.end.reset();
    asleep.recordingEnded = false;
    asleep.running.clear();
    asleep.asleepSince = asleep.time;
    said += static_cast<std::size_t>(ask("alive", place, [&] { return keptAliveSentence(log, asleep); }).size());
    said += ask("input", place,
        [&] { return std::size_t {readsStandardInput(log, asleep)} + std::size_t {maySitInARead(log, asleep)}; });
    for (const OrderId order : ordersAt(log, place))
        said += askAbout(log, order, place, wording);
    return said;
}

std::size_t askEverything(const TraceLog& log)
{
    std::size_t said = 0;
    const LawReport report = ask("check", log.size(), [&] { return checkLaw(log.reader()); });
    for (std::size_t i = 0; i < std::min<std::size_t>(report.violations.size(), 100); ++i)
        said += describe(report.violations[i]).size();
    for (const Wording wording : {Wording::Restaurant, Wording::Runtime}) {
        for (const Finding& finding :
            ask("findings", log.size(), [&] { return findings(log, wording, std::chrono::milliseconds(1)); }))
            said += static_cast<std::size_t>(finding.what.size() + finding.waits.size());
    }
    std::vector<Moment> moments;
    constexpr Index kPlaces = 7;
    for (Index i = 0; i < kPlaces; ++i) {
        const Index place = 1 + static_cast<Index>(std::uint64_t {log.size() - 1} * i / (kPlaces - 1));
        said += askAt(log, place, i % 2 == 0 ? Wording::Restaurant : Wording::Runtime);
        if (const std::size_t starts = log.outermostStarts().size(); starts > 0) {
            const trace::Record start = log.event(log.outermostStarts()[starts * i / kPlaces]);
            moments.emplace_back(
                start.kind == trace::EventKind::JobStarted ? OrderId::promise(start.a) : OrderId::async(start.a));
        }
        if (const std::size_t lines = log.outputs().size(); lines > 0)
            moments.emplace_back(OutputLine {lines * i / kPlaces});
    }
    for (std::size_t i = 0; i + 1 < moments.size(); ++i)
        said += static_cast<std::size_t>(ask("why before", static_cast<Index>(i), [&] {
            return print(whyBefore(log, moments[i], moments[i + 1], Wording::Runtime));
        }).size());
    return said;
}

std::vector<std::byte> bytesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read the trace back.");
    const QByteArray bytes = file.readAll();
    const auto* const begin = reinterpret_cast<const std::byte*>(bytes.constData());
    return {begin, begin + bytes.size()};
}

// A bit of everything that a program does.
constexpr const char* kProgram = R"js(
const fs = require('fs'), http = require('http'), { AsyncResource } = require('async_hooks');
process.on('unhandledRejection', () => {});
const late = Promise.reject(new Error('late'));
setTimeout(() => late.catch(() => {}), 3);
for (let i = 0; i < 4; i++) { setTimeout(() => console.log(`dish ${i}`), i); setImmediate(() => console.log('immediate ' + i)); process.nextTick(() => console.log('tick')); }
const again = setInterval(() => { if (--left === 0) clearInterval(again); }, 1);
let left = 3;
async function cook(name) { const one = await new Promise((done) => setTimeout(done, 2)); const two = await fs.promises.stat('/'); console.log(name); }
cook('soup').then(() => cook('bread'));
fs.readFile(__filename, () => console.log('read'));
require('dns').lookup('localhost', () => {});
new AsyncResource('Own').runInAsyncScope(() => queueMicrotask(() => console.error('own')));
const server = http.createServer((request, response) => { const t = Date.now(); while (Date.now() - t < 30); response.end('menu'); }).listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false, path: '/menu' }, (response) => response.resume().on('end', () => server.close()));
});
)js";

} // namespace

class TestAnyTrace : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        std::signal(SIGALRM, tellOfHang);
        const QString path = m_folder.filePath(u"good.bistro"_s);
        {
            const auto writer = trace::Writer::create(path.toStdString()).value();
            tests::SyntheticRun(*writer, {.pending = 40, .timers = 20, .sockets = 5}).write(2'000);
            writer->finish();
        }
        m_good.push_back(bytesOf(path));
        const test::RecordedRun run = test::record(QStringLiteral(BISTRO_ENGINE), kProgram);
        QCOMPARE(run.code, 0);
        m_good.push_back(bytesOf(run.folder->filePath(u"run.bistro"_s)));
    }

    void everyQuestionIsAnsweredWhateverATraceSays()
    {
        const int from = qEnvironmentVariableIntValue("BISTRO_MUTANT");
        const int many = qEnvironmentVariableIsSet("BISTRO_MUTANTS") ? qEnvironmentVariableIntValue("BISTRO_MUTANTS")
                                                                     : 200;
        std::size_t said = 0;
        int asked = 0;
        for (int seed = from; seed < from + many; ++seed) {
            const tests::Mutant mutant = tests::mutated(
                m_good[static_cast<std::size_t>(seed) % m_good.size()], static_cast<std::uint64_t>(seed));
            s_asking = "seed " + std::to_string(seed) + ", " + mutant.told;
            alarm(120);
            if (const auto log = logOf(mutant.bytes)) {
                said += askEverything(*log);
                ++asked;
            }
            alarm(0);
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY(said > 0);
        qInfo("%d of %d traces were asked", asked, many);
    }

private:
    // None when the trace is refused, or has no event.
    [[nodiscard]] std::unique_ptr<TraceLog> logOf(const std::vector<std::byte>& bytes) const
    {
        const QString path = m_folder.filePath(u"mutant.bistro"_s);
        QFile::remove(path); // never changed: another log may still be open
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)
            || file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()))
                != static_cast<qint64>(bytes.size()))
            qFatal("Cannot write the trace.");
        file.close();
        auto log = TraceLog::open(path.toStdString());
        return log && !(*log)->empty() ? std::move(*log) : nullptr;
    }

    QTemporaryDir m_folder;
    std::vector<std::vector<std::byte>> m_good;
};

QTEST_GUILESS_MAIN(TestAnyTrace)
#include "tst_anytrace.moc"
