// Everything that window and commands ask of a trace, whatever it says.
#pragma once

#include "state/tracelog.h"

#include <chrono>
#include <cstddef>
#include <ctime>

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

// Of a log that is not empty, at so many places between its first event and its last. Gives a number that depends on
// all answers.
std::size_t askEverything(Watch& watch, const app::TraceLog& log, app::Index places);
// The part of it that is about lines.
std::size_t askLines(Watch& watch, const app::TraceLog& log, app::Index places);

} // namespace bistro::tests
