// An order is one thing that the program asked for and whose JavaScript will run later (or, for a script, runs now):
// what names it, of which kind it is, and what an event says about it. Values; any thread.
#pragma once

#include "trace/ids.h"
#include "trace/views.h"

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace bistro::app {

// An order's name: an async id, the promise whose job it is, or the number of a call of the program's listeners.
struct OrderId {
    enum class Space : std::uint16_t { Async, Promise, Handler };

    Space space = Space::Async;
    std::uint16_t traceNumber = 0; // in which of the session's traces it is; 0: the main thread's
    std::uint32_t value = 0;

    [[nodiscard]] static constexpr OrderId async(std::uint32_t id) { return {.space = Space::Async, .value = id}; }
    [[nodiscard]] static constexpr OrderId async(trace::AsyncId id) { return async(id.value); }
    [[nodiscard]] static constexpr OrderId promise(std::uint32_t id) { return {.space = Space::Promise, .value = id}; }
    [[nodiscard]] static constexpr OrderId promise(trace::PromiseId id) { return promise(id.value); }
    [[nodiscard]] static constexpr OrderId handler(std::uint32_t id) { return {.space = Space::Handler, .value = id}; }
    [[nodiscard]] static constexpr OrderId handler(trace::HandlerId id) { return handler(id.value); }
    explicit constexpr operator bool() const { return value != 0; }
    friend constexpr bool operator==(OrderId a, OrderId b) // the fold compares many: at once, then
    {
        return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
    }
    friend constexpr auto operator<=>(const OrderId&, const OrderId&) = default;
};

// An order as one number, equal for no two of them: for tables by order, and models that keep a number only. The bits
// from 50 on are 0.
[[nodiscard]] constexpr std::uint64_t orderKey(OrderId order)
{
    return order.value | static_cast<std::uint64_t>(order.space) << 32 | std::uint64_t {order.traceNumber} << 34;
}

enum class OrderKind : std::uint8_t {
    None,
    Script, // the main script, and what Node runs around it
    Tick,
    Microtask, // queueMicrotask
    Reaction, // of then, catch, finally
    Await, // a function to be taken up
    Thenable, // the call of a thenable's then
    Timer,
    Immediate,
    PoolIo, // its callback brings what the thread pool did
    KernelIo, // its callback brings what the kernel tells
    Resource, // of JavaScript alone: AsyncResource and the like, entered by the program itself
    Handler, // the program's listeners of a process event, called by Node at its own time
};
inline constexpr std::size_t kOrderKinds = static_cast<std::size_t>(OrderKind::Handler) + 1;

// None for a number that has no name.
[[nodiscard]] constexpr OrderKind kindOf(trace::Service service)
{
    switch (service) {
    case trace::Service::JavaScript: return OrderKind::Resource;
    case trace::Service::Pool: return OrderKind::PoolIo;
    case trace::Service::Kernel: return OrderKind::KernelIo;
    }
    return OrderKind::None;
}

[[nodiscard]] constexpr OrderKind kindOf(trace::JobKind job)
{
    switch (job) {
    case trace::JobKind::Reaction: return OrderKind::Reaction;
    case trace::JobKind::Await: return OrderKind::Await;
    case trace::JobKind::Thenable: return OrderKind::Thenable;
    }
    return OrderKind::None;
}

[[nodiscard]] constexpr OrderKind kindOf(trace::PromiseOrigin origin)
{
    switch (origin) {
    case trace::PromiseOrigin::Constructed: return OrderKind::Thenable;
    case trace::PromiseOrigin::Derived: return OrderKind::Reaction;
    case trace::PromiseOrigin::Await: return OrderKind::Await;
    }
    return OrderKind::None;
}

// The kind of the order that this event creates; None for events that create none.
[[nodiscard]] OrderKind kindOfCreated(const trace::Record& event);

// Of an event that creates an order, what it says has caused it: Node's trigger, or the promise that a promise waits
// for. None for others.
[[nodiscard]] OrderId triggerOf(const trace::Record& event);

// Of an event that creates an order, the name of the function that will be called; none when it has none.
[[nodiscard]] trace::TextId callbackOf(const trace::Record& event);

// The order whose call this event starts (CallbackStarted, JobStarted, HandlerStarted); none for other events.
[[nodiscard]] constexpr OrderId orderStartedBy(const trace::Record& event)
{
    if (event.kind == trace::EventKind::CallbackStarted)
        return OrderId::async(trace::as<trace::events::CallbackStarted>(event).async);
    if (event.kind == trace::EventKind::JobStarted)
        return OrderId::promise(trace::as<trace::events::JobStarted>(event).promise);
    if (event.kind == trace::EventKind::HandlerStarted)
        return OrderId::handler(trace::as<trace::events::HandlerStarted>(event).handler);
    return {};
}

// The order whose call this event ends (CallbackFinished, JobFinished, HandlerFinished); none for other events.
[[nodiscard]] constexpr OrderId orderFinishedBy(const trace::Record& event)
{
    if (event.kind == trace::EventKind::CallbackFinished)
        return OrderId::async(trace::as<trace::events::CallbackFinished>(event).async);
    if (event.kind == trace::EventKind::JobFinished)
        return OrderId::promise(trace::as<trace::events::JobFinished>(event).promise);
    if (event.kind == trace::EventKind::HandlerFinished)
        return OrderId::handler(trace::as<trace::events::HandlerFinished>(event).handler);
    return {};
}

// Whether it starts a call, or ends one.
[[nodiscard]] constexpr bool startsCall(const trace::Record& event)
{
    return event.kind == trace::EventKind::CallbackStarted || event.kind == trace::EventKind::JobStarted
        || event.kind == trace::EventKind::HandlerStarted;
}

[[nodiscard]] constexpr bool endsCall(const trace::Record& event)
{
    return event.kind == trace::EventKind::CallbackFinished || event.kind == trace::EventKind::JobFinished
        || event.kind == trace::EventKind::HandlerFinished;
}

} // namespace bistro::app

template <>
struct std::hash<bistro::app::OrderId> {
    [[nodiscard]] std::size_t operator()(bistro::app::OrderId order) const noexcept
    {
        return std::hash<std::uint64_t> {}(bistro::app::orderKey(order));
    }
};
