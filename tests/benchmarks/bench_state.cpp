// What any state of a long trace costs: see README.md, bench_state.
#include "state/numbers.h"
#include "state/steps.h"
#include "state/tracelog.h"
#include "support/syntheticrun.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <malloc.h>
#include <map>
#include <random>
#include <string>
#include <time.h>
#include <vector>

using namespace bistro;
using namespace bistro::app;

namespace {

// Time of the processor that this thread has got: what else the machine does hardly counts.
struct Clock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<Clock>;
    static constexpr bool is_steady = true;

    static time_point now()
    {
        timespec time {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return time_point(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
    }
};

double milliseconds(Clock::time_point since)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

std::size_t allocated()
{
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

void report(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    const auto at = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("%-34s median %8.3f ms   99th percentile %8.3f ms   worst %8.3f ms   (%zu)\n", what, at(0.5), at(0.99),
        times.back(), times.size());
}

// A state that is looked at must be there: its size goes into a sum that is printed.
std::uint64_t s_seen = 0;

double look(const TraceLog& log, Index n)
{
    const auto start = Clock::now();
    s_seen += log.stateAt(n).size;
    return milliseconds(start);
}

void measure(const std::filesystem::path& file)
{
    const auto events = [&] {
        const auto start = Clock::now();
        const auto reader = trace::Reader::open(file);
        if (!reader) {
            std::fprintf(stderr, "bench_state: %s\n", reader.error().sentence.c_str());
            std::exit(1);
        }
        std::printf("%-34s %10.1f ms\n", "reader: open and check", milliseconds(start));
        const auto foldStart = Clock::now();
        LoopState state;
        for (Index i = 0; i < reader->size(); ++i)
            apply(state, reader->event({i}), {});
        const double took = milliseconds(foldStart);
        std::printf("%-34s %10.1f ms   %.2f million events a second\n", "fold alone", took,
            static_cast<double>(state.size) / took / 1e3);
        std::printf("%-34s %10.1f KiB\n", "last state", static_cast<double>(state.bytes()) / 1024);
        return static_cast<double>(state.size);
    }();

    const std::size_t before = allocated();
    const auto openStart = Clock::now();
    const auto log = TraceLog::open(file).value();
    const double took = milliseconds(openStart);
    std::printf("%-34s %10.1f ms   %.2f million events a second\n", "log: open (check, fold, index)", took,
        events / took / 1e3);
    std::printf("%-34s %10.2f bytes an event (allocated), %.2f as the log counts\n", "memory beside the map",
        static_cast<double>(allocated() - before) / events, static_cast<double>(log->bytes()) / events);

    std::mt19937 random(1);
    const auto anywhere = [&] { return std::uniform_int_distribution<Index>(2'000, log->size() - 2'000)(random); };
    std::vector<double> seeks;
    std::vector<double> back;
    std::vector<double> forward;
    for (int i = 0; i < 1'000; ++i)
        seeks.push_back(look(*log, anywhere()));
    for (int i = 0; i < 20; ++i) {
        const Index from = anywhere();
        (void)look(*log, from);
        for (Index step = 1; step <= 100; ++step)
            back.push_back(look(*log, from - step));
    }
    for (int i = 0; i < 20; ++i) {
        Index from = anywhere();
        (void)look(*log, from);
        for (Index step = 1; step <= 100; ++step)
            forward.push_back(look(*log, from + step));
    }
    report("seek to a random event", std::move(seeks));
    report("a step back by one event", std::move(back));
    report("a step on by one event", std::move(forward));
    std::printf("%-34s %10.2f bytes an event (allocated), after all that\n", "memory beside the map",
        static_cast<double>(allocated() - before) / events);

    std::vector<double> frames;
    const auto live = TraceLog::open(file, std::chrono::milliseconds(4)).value();
    while (!live->caughtUp()) {
        const auto start = Clock::now();
        live->refresh(std::chrono::milliseconds(4));
        frames.push_back(milliseconds(start));
    }
    report("refresh of 4 ms at most", std::move(frames));
    const auto stepsStart = Clock::now();
    Steps steps(*log);
    steps.refresh();
    std::printf(
        "%-34s %10.1f ms   %zu of the program's\n", "steps: all", milliseconds(stepsStart), steps.events().size());
    const auto numbersStart = Clock::now();
    s_seen += numberOf(*log, OrderId::promise(1));
    std::printf("%-34s %10.1f ms\n", "numbers of orders: all", milliseconds(numbersStart));
    std::printf("(%llu)\n", static_cast<unsigned long long>(s_seen % 1'000));
}

} // namespace

int main(int argc, char** argv)
{
    std::map<std::string, std::uint32_t> options {{"--events", 10'000'000}, {"--pending", 200}, {"--inherited", 0},
        {"--timers", 0}, {"--sockets", 0}, {"--seed", 1}};
    std::filesystem::path given;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const std::string value = argv[i + 1];
        if (name == "--trace")
            given = value;
        else if (!options.contains(name)
            || std::from_chars(value.data(), value.data() + value.size(), options[name]).ec != std::errc {}) {
            std::fprintf(stderr, "bench_state: see tests/benchmarks/README.md for the options\n");
            return 2;
        }
    }
    if (!given.empty()) {
        measure(given);
        return 0;
    }
    struct Crowd {
        std::uint32_t promises = 0;
        std::uint32_t timers = 0;
        std::uint32_t sockets = 0;
    };
    std::vector<Crowd> crowds {
        {.promises = options["--inherited"], .timers = options["--timers"], .sockets = options["--sockets"]}};
    if (crowds.front().promises == 0 && crowds.front().timers == 0
        && crowds.front().sockets == 0) // none is asked for: all
        crowds = {{}, {.promises = 100'000}, {.promises = 1'000'000}, {.timers = 10'000}, {.sockets = 10'000}};
    for (const Crowd& crowd : crowds) {
        const auto file = std::filesystem::temp_directory_path()
            / ("bench_state-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count())
                + ".bistro");
        std::printf("%u orders wait, and %u promises that never settle, %u timers of as many durations, %u sockets\n",
            options["--pending"], crowd.promises, crowd.timers, crowd.sockets);
        {
            const auto start = Clock::now();
            const auto writer = trace::Writer::create(file).value();
            tests::SyntheticRun(*writer,
                {.seed = options["--seed"],
                    .pending = options["--pending"],
                    .inherited = crowd.promises,
                    .timers = crowd.timers,
                    .sockets = crowd.sockets})
                .write(options["--events"]);
            std::printf("%-34s %10.1f ms\n", "writing the trace", milliseconds(start));
        }
        measure(file);
        std::filesystem::remove(file);
    }
    return 0;
}
