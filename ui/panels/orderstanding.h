// Where an order is at a moment, and what that follows from: what the order card is written from.
#pragma once

#include "moment/moment.h"
#include "state/prediction.h"

#include <optional>
#include <vector>

namespace bistro::ui {

enum class Whereabouts : std::uint8_t { Unknown, Future, Waiting, Ready, Running, Served, Gone };

// The events of its job of the pool that are known at the moment; kNoEvent: not yet, or no more.
struct PoolTimes {
    app::Index begun = app::kNoEvent;
    app::Index done = app::kNoEvent;
    app::Index submitted = app::kNoEvent;
};

// The state is asked for once, and what is needed of it is kept.
struct OrderStanding {
    OrderStanding(const Moment& moment, app::OrderId order);
    OrderStanding(const OrderStanding&) = delete;
    OrderStanding& operator=(const OrderStanding&) = delete;

    app::OrderKind kind;
    app::Index created;
    app::Index started; // the last before the moment; else its first, which is still to come
    bool hasStarted; // before the moment
    bool startedBefore = false; // and it waits for another time
    bool running = false;
    PoolTimes pool;
    app::LoopState state; // there
    std::vector<app::Serving> serving; // who is ready, in serving order
    std::vector<app::Serving>::const_iterator turn; // its own place in that; the end: it is not ready
    std::optional<StageFacts::Countdown> countdown;
    Whereabouts where = Whereabouts::Unknown;
};

// The event that queued a promise's job that is ready at this state; kNoEvent: it is not.
[[nodiscard]] app::Index queuedAt(const app::LoopState& state, app::OrderId order);

} // namespace bistro::ui
