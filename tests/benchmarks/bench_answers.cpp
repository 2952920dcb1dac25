// What answers cost about long traces: see README.md, bench_answers.
#include "session/alive.h"
#include "state/check.h"
#include "state/crash.h"
#include "state/describe.h"
#include "state/playhead.h"
#include "state/statejson.h"
#include "state/tracelog.h"
#include "why/findings.h"
#include "why/hold.h"
#include "why/narration.h"
#include "why/why.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>
#include <time.h>
#include <vector>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

// The thread's own processor time: what else the machine does is not counted.
struct Clock {
    using time_point = std::chrono::nanoseconds;
    static time_point now()
    {
        timespec time {};
        (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }
};

constexpr double kPatience = 10'000; // milliseconds that one kind of answer may take in all

double milliseconds(Clock::time_point since)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

// An answer that is asked for must be there: its length goes into a sum that is printed.
std::size_t s_seen = 0;

struct Sample {
    double took = 0;
    QString at;
};

void report(const char* what, std::vector<Sample> samples)
{
    if (samples.empty())
        return;
    std::ranges::sort(samples, {}, &Sample::took);
    const auto at = [&](double share) {
        return samples[static_cast<std::size_t>(share * static_cast<double>(samples.size() - 1))].took;
    };
    std::printf("  %-14s median %9.3f ms   99th percentile %9.3f ms   worst %9.3f ms   (%zu; %s)\n", what, at(0.5),
        at(0.99), samples.back().took, samples.size(), qPrintable(samples.back().at));
    std::fflush(stdout);
}

class Bench final {
public:
    explicit Bench(const TraceLog& log)
        : m_log(log)
    {
        m_places = {1, log.size()};
        for (int i = 0; i < 60; ++i)
            m_places.push_back(std::uniform_int_distribution<Index>(1, log.size())(m_random));
        for (const auto& events :
            {log.outermostStarts(), log.outputs(), log.iterations()}) { // moments that people look at
            for (int i = 0; i < 20 && !events.empty(); ++i)
                m_places.push_back(
                    events[std::uniform_int_distribution<std::size_t>(0, events.size() - 1)(m_random)] + 1);
        }
        std::ranges::sort(m_places);
    }

    void run()
    {
        once("check", [&] { return checkLaw(m_log.reader()).violations.size() + 1; });
        once("findings", [&] { return findings(m_log, Wording::Restaurant).size(); });
        everywhere("state", 12,
            [&](Index place) { return static_cast<std::size_t>(stateObject(m_log, m_log.stateAt(place)).size()); });
        everywhere("why now", 100, [&](Index place) {
            return static_cast<std::size_t>(whyNow(m_log, place - 1, Wording::Runtime).headline.size());
        });
        whyNotYetOfAll();
        whyBeforeOfPairs();
        everywhere("narration", 200, [&](Index place) {
            return static_cast<std::size_t>(narrate(m_log, place - 1, Wording::Restaurant).headline.size());
        });
        everywhere("blocked", 200, [&](Index place) {
            return static_cast<std::size_t>(blockedAt(m_log, place - 1, later(), Wording::Restaurant).headline.size());
        });
        everywhere("hold", 200, [&](Index place) {
            return holdAt(m_log, place, later(), std::chrono::milliseconds(50)) ? std::size_t {1} : std::size_t {0};
        });
        everywhere("crash", 200, [&](Index place) { return crashAt(m_log, place).frames.size(); });
        everywhere("kept alive", 200, [&](Index place) {
            return static_cast<std::size_t>(keptAliveSentence(m_log, asleep(place)).size()
                + (readsStandardInput(m_log, m_log.stateAt(place)) ? 1 : 0));
        });
        everywhere("place", 200, [&](Index place) {
            return static_cast<std::size_t>(runningPlace(m_log, m_log.stateAt(place)).line
                + callStack(m_log, m_log.stateAt(place), Frames::Learners).size());
        });
        everywhere("line", 200, [&](Index place) {
            return programsLine(m_log, m_log.stateAt(place), 1'000).size()
                + nextInLine(m_log, m_log.stateAt(place)).nodesOwn;
        });
        everywhere("titles", 200, [&](Index place) {
            std::size_t letters = 0;
            for (const OrderId order : ordersAt(place))
                letters += titleOf(m_log, order).size() + (isNodesOwnTurn(m_log, order) ? 1 : 0)
                    + placedWith(m_log, order).size() + m_log.trigger(order).value % 2 + stepOf(m_log, order);
            return letters;
        });
        everywhere("steps", 200, [&](Index place) {
            std::size_t sum = 0;
            for (const Calls which : {Calls::Outermost, Calls::Any, Calls::Programs})
                sum += nextCall(m_log, place, which).value_or(0) + previousCall(m_log, place, which).value_or(0);
            for (const OrderId order : ordersAt(place))
                sum += startOf(m_log, order, place).value_or(0) + endOf(m_log, order, place).value_or(0)
                    + originOf(m_log, order).value_or(0);
            return sum + nextLine(m_log, place).value_or(0) + previousLine(m_log, place).value_or(0)
                + nextIteration(m_log, place).value_or(0) + previousIteration(m_log, place).value_or(0);
        });
    }

private:
    [[nodiscard]] std::chrono::nanoseconds later() const
    {
        return std::chrono::nanoseconds(m_log.head().time + 10'000'000'000ull);
    }

    [[nodiscard]] LoopState asleep(Index place) const
    {
        LoopState state = m_log.stateAt(place);
        state.end.reset();
        state.recordingEnded = false;
        state.running.clear();
        state.asleepSince = state.time;
        return state;
    }

    // Some that this state has: the one that runs, the first and the last of each queue.
    [[nodiscard]] std::vector<OrderId> ordersAt(Index place) const
    {
        const LoopState& state = m_log.stateAt(place);
        std::vector<OrderId> orders;
        if (!state.running.empty())
            orders.push_back(state.running.back().order);
        for (const Fifo<Queued>* const queue :
            {&state.ticks, &state.microtasks, &state.immediates, &state.nextImmediates}) {
            if (queue->empty())
                continue;
            orders.push_back(queue->front().order);
            OrderId last;
            queue->visit([&](const Queued& queued) {
                last = queued.order;
                return true;
            });
            orders.push_back(last);
        }
        const auto ends = [&](const auto& table, auto orderOf) {
            OrderId first;
            OrderId last;
            table.visit([&](std::uint32_t id, const auto& value) {
                last = orderOf(id, value);
                first = first ? first : last;
            });
            if (first)
                orders.insert(orders.end(), {first, last});
        };
        ends(state.promises, [](std::uint32_t id, const PendingPromise&) { return OrderId::promise(id); });
        ends(state.resources, [](std::uint32_t id, const Resource&) { return OrderId::async(id); });
        ends(state.jobs, [](std::uint32_t, const PoolJob& job) { return OrderId::async(job.async); });
        ends(state.waits, [](std::uint32_t, const Waiting& wait) { return OrderId::async(wait.async); });
        return orders;
    }

    template <typename Answer>
    static Sample timed(Answer answer, const QString& at)
    {
        const auto start = Clock::now();
        s_seen += answer();
        return {.took = milliseconds(start), .at = at};
    }

    template <typename Answer>
    void once(const char* what, Answer answer) const
    {
        report(what, {timed(answer, u"once"_s)});
    }

    // At every few of the places; the state there is made before, as in a window it is there.
    template <typename Answer>
    void everywhere(const char* what, std::size_t most, Answer answer) const
    {
        std::vector<Sample> samples;
        double spent = 0;
        const std::size_t stride = std::max<std::size_t>(1, m_places.size() / most);
        for (std::size_t i = 0; i < m_places.size() && spent < kPatience; i += stride) {
            const Index place = m_places[i];
            (void)m_log.stateAt(place);
            samples.push_back(timed([&] { return answer(place); }, u"place %1"_s.arg(place)));
            spent += samples.back().took;
        }
        report(what, std::move(samples));
    }

    void whyNotYetOfAll() const
    {
        std::vector<Sample> samples;
        double spent = 0;
        for (const Index place : m_places) {
            for (const OrderId order : ordersAt(place)) {
                if (spent > kPatience)
                    break;
                (void)m_log.stateAt(place);
                const auto answer = [&] {
                    return static_cast<std::size_t>(
                        whyNotYet(m_log, order, place - 1, Wording::Runtime).headline.size());
                };
                samples.push_back(timed(answer,
                    u"%1 %2 at %3"_s.arg(order.space == OrderId::Space::Async ? u"async"_s : u"promise"_s)
                        .arg(order.value)
                        .arg(place)));
                spent += samples.back().took;
            }
        }
        report("why not yet", std::move(samples));
    }

    void whyBeforeOfPairs()
    {
        std::vector<Moment> moments;
        const auto take = [&](std::size_t count, auto make) {
            for (std::size_t i = 0; i < 40 && count > 0; ++i)
                moments.push_back(make(i == 0 ? 0
                        : i == 1              ? count - 1
                                              : std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random)));
        };
        take(m_log.outputs().size(), [](std::size_t i) { return OutputLine {i}; });
        take(m_log.outermostStarts().size(), [&](std::size_t i) {
            const trace::Record start = m_log.event(m_log.outermostStarts()[i]);
            return start.kind == trace::EventKind::JobStarted ? OrderId::promise(start.a) : OrderId::async(start.a);
        });
        std::vector<Sample> samples;
        double spent = 0;
        for (std::size_t i = 0; i + 1 < moments.size() && spent < kPatience; ++i) {
            samples.push_back(timed(
                [&] {
                    return static_cast<std::size_t>(
                        whyBefore(m_log, moments[i], moments[i + 1], Wording::Runtime).headline.size());
                },
                u"pair %1"_s.arg(i)));
            spent += samples.back().took;
        }
        report("why before", std::move(samples));
    }

    const TraceLog& m_log;
    std::mt19937 m_random {1};
    std::vector<Index> m_places;
};

void measure(const QString& what, const QString& file)
{
    const auto start = Clock::now();
    const auto log = TraceLog::open(QFile::encodeName(file).toStdString());
    if (!log || (*log)->empty()) {
        std::fprintf(stderr, "bench_answers: %s\n", log ? "the trace is empty" : log.error().c_str());
        return;
    }
    std::printf("%s: %u events, open in %.0f ms\n", qPrintable(what), (*log)->size(), milliseconds(start));
    Bench(**log).run();
}

bool record(const QString& engine, const QString& program, const QString& trace)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"BISTRO_TRACE"_s, trace);
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(engine, {program});
    return process.waitForFinished(300'000);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QStringList traces;
    QString only;
    for (qsizetype i = 1; i + 1 < arguments.size(); i += 2) {
        if (arguments[i] == u"--trace"_s) {
            traces += arguments[i + 1];
        } else if (arguments[i] == u"--only"_s) {
            only = arguments[i + 1];
        } else {
            std::fprintf(stderr, "bench_answers: see tests/benchmarks/README.md for the options\n");
            return 2;
        }
    }
    for (const QString& trace : traces)
        measure(trace, trace);
    if (traces.isEmpty()) {
        const QDir programs(QStringLiteral(BISTRO_SOURCE_DIR "/tests/benchmarks/programs/answers"));
        for (const QString& program : programs.entryList({u"*.js"_s}, QDir::Files)) {
            if (!only.isEmpty() && !program.startsWith(only))
                continue;
            const QTemporaryDir folder;
            const QString trace = folder.filePath(u"run.bistro"_s);
            if (record(QCoreApplication::applicationDirPath() + u"/bistro-engine"_s, programs.filePath(program), trace))
                measure(program, trace);
        }
    }
    std::printf("(%zu)\n", s_seen % 1'000);
    return 0;
}
