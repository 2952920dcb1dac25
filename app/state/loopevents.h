// Walks over the events of the loop: those of lines, of which a thousand may lie between two others, are neither
// visited nor counted. So what looks for something near a place finds it whether the run was recorded line by line or
// not.
//
//     for (const Index i : eventsFrom(log, started + 1, kNear)) …     forwards, the event at `started + 1` first
//     for (const Index i : eventsBefore(log, started, kNear)) …       backwards, the event at `started - 1` first
#pragma once

#include "state/tracelog.h"

#include <iterator>

namespace bistro::app {

template <bool forwards>
class LoopEvents final {
public:
    LoopEvents(const TraceLog& log, Index place, Index most)
        : m_log(log)
        , m_place(place)
        , m_most(most)
    {
    }

    class Iterator final {
    public:
        using value_type = Index;
        using difference_type = std::ptrdiff_t;

        Iterator(const TraceLog& log, Index place, Index left)
            : m_log(&log)
            , m_place(place)
            , m_left(left)
        {
            skip();
        }
        [[nodiscard]] Index operator*() const { return forwards ? m_place : m_place - 1; }
        Iterator& operator++()
        {
            m_place = forwards ? m_place + 1 : m_place - 1;
            --m_left;
            skip();
            return *this;
        }
        [[nodiscard]] bool operator==(std::default_sentinel_t /*end*/) const
        {
            return m_left == 0 || (forwards ? m_place >= m_log->size() : m_place == 0);
        }

    private:
        void skip()
        {
            if (m_left > 0)
                m_place = forwards ? m_log->behindLines(m_place) : m_log->beforeLines(m_place);
        }

        const TraceLog* m_log;
        Index m_place;
        Index m_left;
    };

    [[nodiscard]] Iterator begin() const { return {m_log, m_place, m_most}; }
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

private:
    const TraceLog& m_log;
    Index m_place;
    Index m_most;
};

// At most so many; each a number of an event.
[[nodiscard]] inline LoopEvents<true> eventsFrom(const TraceLog& log, Index place, Index most = kNoEvent)
{
    return {log, place, most};
}
[[nodiscard]] inline LoopEvents<false> eventsBefore(const TraceLog& log, Index place, Index most = kNoEvent)
{
    return {log, place, most};
}

} // namespace bistro::app
