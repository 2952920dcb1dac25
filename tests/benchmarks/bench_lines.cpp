// What the index of a run's lines costs, and what is asked of it at any place: see README.md, bench_lines.
#include "state/linemoves.h"
#include "trace/views.h"
#include "trace/writer.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <malloc.h>
#include <random>
#include <string>
#include <time.h>
#include <vector>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;

namespace {

// Time of the processor that this thread has got: what else the machine does hardly counts.
double now()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// Of this process's own that is there, without what is mapped of files: a large array is there as far as it is used.
double bytesOfMemory()
{
    malloc_trim(0); // what is free
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        double kibibytes = 0;
        if (word == "RssAnon:" && status >> kibibytes)
            return kibibytes * 1024;
    }
    return 0;
}

void report(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    const auto at = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("%-34s median %8.4f ms   99th percentile %8.4f ms   worst %8.4f ms   (%zu)\n", what, at(0.5), at(0.99),
        times.back(), times.size());
}

// What the program does all the time.
enum class Kind { Loops, Recursion, Objects };

// A program that never was, recorded line by line: two values a line.
class LinesRun final {
public:
    LinesRun(Writer& writer, Kind kind)
        : m_writer(writer)
        , m_kind(kind)
    {
        const TextId script = writer.intern("/home/lea/cafe.js").id;
        for (std::uint32_t line = 1; line <= kLines; ++line)
            m_places.push_back(writer.add({.script = script, .line = line, .column = 5, .caller = {}}));
        std::string visible;
        for (std::uint32_t i = 0; i < kVariables; ++i) {
            m_names.push_back(writer.intern("name" + std::to_string(i)).id);
            visible.append("local 0 name" + std::to_string(i) + '\n');
        }
        m_visible = writer.intern(visible + "closure 100 bill\nmodule 101 fs").id;
        m_bill = writer.intern("bill").id;
        for (int i = 0; i < 1'000; ++i)
            m_values.push_back(writer.intern(std::to_string(i)).id);
    }

    void write(std::uint32_t stops)
    {
        while (m_stops < stops)
            call({}, 0, stops);
    }

private:
    static constexpr std::uint32_t kLines = 200;
    static constexpr std::uint32_t kVariables = 10;
    static constexpr std::uint32_t kObjects = 1'000; // that are changed again and again

    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(m_random() % limit); }
    template <typename Event>
    void put(const Event& event)
    {
        m_writer.append(recordOf(event));
    }

    void call(CallId caller, int depth, std::uint32_t most)
    {
        const bool short_ = m_kind == Kind::Recursion;
        const CallId call {++m_calls};
        put(events::CallEntered {.entry = CallEntry::Called, .call = call, .function = m_names[0], .caller = caller});
        const std::uint32_t stops = short_ ? 3 : 60;
        const std::uint32_t first = below(kLines);
        for (std::uint32_t i = 0; i < stops && m_stops < most; ++i) {
            stop(call, (first + i % 20) % kLines);
            if (short_ ? i < 2 && depth < 40 && below(5) < 2 : depth < 6 && below(60) < 2)
                this->call(call, depth + 1, most);
        }
        put(events::CallLeft {.end = CallEnd::Returned, .call = call, .value = m_values[below(1'000)]});
    }

    void stop(CallId call, std::uint32_t line)
    {
        ++m_stops;
        events::LineReached e {.point = LinePoint::Statement, .call = call, .visible = m_visible};
        e.stack = m_places[line];
        put(e);
        if (m_kind == Kind::Objects) {
            const ObjectId made {++m_objects};
            put(events::ObjectSeen {.type = ObjectKind::Object, .object = made, .text = m_bill, .properties = 2});
            property(made, 0);
            property(made, 1);
            put(events::VariableSet {.scope = VariableScope::Closure, .level = 100, .name = m_bill, .object = made});
            return;
        }
        put(events::VariableSet {
            .scope = VariableScope::Local, .name = m_names[below(kVariables)], .value = m_values[below(1'000)]});
        const ObjectId object {1 + below(kObjects)};
        if (below(4) == 0)
            put(events::VariableSet {.scope = VariableScope::Closure, .level = 100, .name = m_bill, .object = object});
        else
            property(object, below(kVariables));
    }

    void property(ObjectId object, std::uint32_t name)
    {
        put(events::PropertySet {
            .type = PropertyKind::Data, .holder = object, .name = m_names[name], .value = m_values[below(1'000)]});
    }

    Writer& m_writer;
    Kind m_kind;
    std::mt19937 m_random {1};
    std::vector<StackId> m_places;
    std::vector<TextId> m_names;
    std::vector<TextId> m_values;
    TextId m_visible;
    TextId m_bill;
    std::uint32_t m_stops = 0;
    std::uint32_t m_calls = 0;
    std::uint32_t m_objects = 0;
};

// All that a picture of lines asks for at a place.
std::size_t look(const Lines& lines, Index place)
{
    const auto stack = lines.stackAt(place);
    std::size_t seen = stack.size() + lines.pausedAt(place).size() + lines.doneAt(place) % 2;
    if (stack.empty())
        return seen;
    for (const LineVariable& variable : lines.variablesAt(stack.front().call, place))
        seen += lines.propertiesAt(variable.value.object, place).size();
    return seen;
}

void measure(const std::filesystem::path& file)
{
    const auto log = TraceLog::open(file).value();
    const double before = bytesOfMemory();
    const double start = now();
    Lines lines(*log);
    lines.refresh();
    const double took = now() - start;
    const auto stops = static_cast<double>(lines.stops().size());
    std::printf("%-34s %10.1f ms   %.2f million lines a second, of %.2f million events\n", "index of all lines", took,
        stops / took / 1e3, static_cast<double>(log->size()) / took / 1e3);
    std::printf("%-34s %10.1f bytes a line\n", "memory of the index", (bytesOfMemory() - before) / stops);

    std::vector<double> slices;
    Lines sliced(*log);
    while (!sliced.caughtUp()) {
        const double from = now();
        sliced.refresh(std::chrono::milliseconds(4));
        slices.push_back(now() - from);
    }
    report("refresh of 4 ms at most", std::move(slices));

    std::mt19937 random(2);
    std::size_t seen = 0;
    const auto anywhere = [&] { return static_cast<Index>(random() % (log->size() + 1)); };
    const auto times = [&](int count, auto&& what) {
        std::vector<double> all;
        for (int i = 0; i < count; ++i) {
            const Index place = anywhere();
            const double from = now();
            seen += what(place);
            all.push_back(now() - from);
        }
        return all;
    };
    report("all that is shown at a place", times(10'000, [&](Index place) { return look(lines, place); }));
    report("values as people read them", times(2'000, [&](Index place) {
        std::size_t sum = 0;
        const auto stack = lines.stackAt(place);
        if (!stack.empty()) {
            for (const LineVariable& variable : lines.variablesAt(stack.front().call, place))
                sum += lines.preview(variable.value, place).size();
        }
        return sum;
    }));
    for (const auto move : {LineMove::Next, LineMove::Previous, LineMove::Into, LineMove::Out, LineMove::OutBefore}) {
        const std::string name = "move " + std::to_string(static_cast<int>(move));
        report(name.c_str(), times(2'000, [&](Index place) { return moved(lines, place, move).value_or(0) % 2; }));
    }
    std::printf("(%zu)\n", seen % 1'000);
}

} // namespace

int main(int argc, char** argv)
{
    std::uint32_t stops = 1'000'000;
    std::filesystem::path given;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const std::string value = argv[i + 1];
        if (name == "--trace") {
            given = value;
        } else if (name != "--lines"
            || std::from_chars(value.data(), value.data() + value.size(), stops).ec != std::errc {}) {
            std::fprintf(stderr, "bench_lines: see tests/benchmarks/README.md for the options\n");
            return 2;
        }
    }
    if (!given.empty()) {
        measure(given);
        return 0;
    }
    for (const auto& [kind, what] :
        {std::pair(Kind::Loops, "loops in functions"), std::pair(Kind::Recursion, "a call every three lines"),
            std::pair(Kind::Objects, "an object every line")}) {
        const auto file = std::filesystem::temp_directory_path()
            / ("bench_lines-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count())
                + ".bistro");
        std::printf("%u lines: %s\n", stops, what);
        LinesRun(*Writer::create(file).value(), kind).write(stops);
        measure(file);
        std::filesystem::remove(file);
    }
    return 0;
}
