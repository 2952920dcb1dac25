// Which events are steps of the program, for who steps through a run or lists it: what Node and packages do for
// themselves in between is passed over, unless one asks for everything.
#pragma once

#include "state/owner.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace bistro::app {

// Whether the event tells something of the program's: an order of its is placed, gets ready, runs or is done; it
// prints, fails, begins or ends; the loop goes to rest. False for what Node or a package does in between. Of a call
// that is not over yet the answer may change.
[[nodiscard]] bool isOfProgram(const TraceLog& log, Index event);

// The order that the event is about; none when it is about none.
[[nodiscard]] OrderId subjectOf(const TraceLog& log, Index event);

// The steps of a run, as an index that grows with the log: of what is the program's, each event that changes something
// that one can see, once. Of several that say the same (a timer is made, and runs) the last; of a job
// in several parts (fs.readFile) its first beginning and its last end; rounds of the loop that serve the program; a
// rest, however often Node wakes for itself meanwhile.
//
// Near the log's end steps may come and go as long as a call goes on. The log must outlive it.
class Steps final {
public:
    explicit Steps(const TraceLog& log)
        : m_log(log)
    {
    }

    // Takes in what the log has got since, for no longer than that.
    void refresh(TraceLog::Nanoseconds limit = TraceLog::kNoLimit);
    [[nodiscard]] Index seen() const { return m_seen; } // so many events
    [[nodiscard]] bool caughtUp() const { return m_seen >= m_log.size(); }
    // In order.
    [[nodiscard]] std::span<const Index> events() const { return m_steps; }
    // How many of them the first so many events hold: which step it is that is looked at there, from 1.
    [[nodiscard]] std::size_t countBefore(Index place) const;

private:
    struct Rules; // what becomes of each kind: steps.cpp
    struct Call {
        OrderId order;
        Index started = kNoEvent;
        bool isStep = false;
        bool isPart = false; // of a job in several parts, as far as is known
    };
    struct Job {
        OrderId order;
        Index done = kNoEvent;
    };

    void add(Index event, OrderId about);
    void insert(Index event);
    void remove(Index event);
    void promote(Call& call);
    void demote(Call& call);
    [[nodiscard]] bool isPrograms(OrderId order);
    [[nodiscard]] Owner ownerOfOrder(OrderId order);

    const TraceLog& m_log;
    Index m_seen = 0;
    std::vector<Index> m_steps;
    OrderId m_lastAbout; // of the last one
    bool m_resting = false; // that was a rest
    std::vector<Call> m_calls; // that run, outermost first
    Index m_round = kNoEvent; // has begun, and has served nobody of the program's yet
    Index m_look = kNoEvent; // at the timers, of which none of the program's has run yet
    std::size_t m_onPass = 0; // jobs that are done and not delivered
    std::unordered_map<std::uint32_t, Job> m_jobs; // that are not delivered
    std::unordered_map<std::uint64_t, Index> m_done; // delivered, by the order that is about to be called back
    struct Known {
        OrderId order;
        Owner owner = Owner::Node;
    };
    std::vector<Known> m_owners; // remembered, by a part of the order's key
};

} // namespace bistro::app
