// What had to happen before a call could run, whatever else might have been faster: where it was placed, where the
// program came to its await, what Promise.all waits for beside what was last, what the other end of its connection did.
// Inner to app/why.
#pragma once

#include "why/answers/waits.h"

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace bistro::app {

// What one call of a program needed, and what came of something else that had been there.
struct Link {
    enum class Kind : std::uint8_t {
        Made, // the order was placed, or the code came to it
        All, // an await of Promise.all waited for it, too
        Asked, // the same, for what came to the other end of a connection
        Written, // something was written to the other end
        Online, // a worker that has come up runs the program's code then
    };
    Kind kind {};
    OrderId order;
    Index event = kNoEvent; // of that; of what is written the call at the earliest
};

// One link without which `call` could not have come, which was made after event `at` by what ran at that event, or by
// what came of it. Nothing when none is known: then it might have come before.
class Links final {
public:
    Links(const TraceLog& log, Index at);

    [[nodiscard]] std::optional<Link> madeAfter(const Call& call);

private:
    static constexpr std::size_t kMostCalls = 3'000; // that are looked at

    [[nodiscard]] std::optional<Link> found(const Link& link);
    [[nodiscard]] std::optional<Link> ofConnection(const Call& call);
    [[nodiscard]] std::optional<Link> written(const Call& call, OrderId other);
    [[nodiscard]] std::optional<Link> ofAllOf(OrderId await);
    [[nodiscard]] bool isOnlineNow(OrderId port) const;
    [[nodiscard]] OrderId otherEnd(OrderId socket);

    const TraceLog& m_log;
    const Index m_at;
    std::vector<Index> m_ran; // the calls that ran at that event
    std::unordered_map<Index, std::optional<Link>> m_known; // by the start of a call
    std::optional<Conversations> m_conversations;
};

} // namespace bistro::app
