// Everything that window and commands ask of a trace, whatever it says.
#pragma once

#include "state/tracelog.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <span>
#include <vector>

namespace bistro::tests {

// Who looks that no question takes too long.
class Watch {
public:
    virtual ~Watch() = default;
    virtual void begins(const char* question, app::Index place) = 0;
    virtual void ended(std::chrono::nanoseconds took) = 0; // of the thread's computing: others may be busy
};

template <typename Question>
auto ask(Watch& watch, const char* what, app::Index place, Question question)
{
    const auto now = [] {
        timespec time {};
        (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    };
    watch.begins(what, place);
    const auto start = now();
    auto answer = question();
    watch.ended(now() - start);
    return answer;
}

// Of a log that is not empty, at these places, from 1 to its size, about so many orders at each. Gives a number
// that depends on all answers.
std::size_t askEverything(
    Watch& watch, const app::TraceLog& log, std::span<const app::Index> places, std::size_t orders = SIZE_MAX);
// The part of it that is about lines.
std::size_t askLines(Watch& watch, const app::TraceLog& log, std::span<const app::Index> places);

// So many, from the first event to the last.
[[nodiscard]] inline std::vector<app::Index> placesIn(const app::TraceLog& log, app::Index many)
{
    std::vector<app::Index> places;
    for (app::Index i = 0; i < many; ++i)
        places.push_back(1 + static_cast<app::Index>(std::uint64_t {log.size() - 1} * i / (many - 1)));
    return places;
}

} // namespace bistro::tests
