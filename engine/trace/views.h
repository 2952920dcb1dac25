// What was recorded, with names and types: one struct for each kind of event, made from the schema (events.inc). A view
// is a copy of a record's fields; times are the record's own. Any thread; nothing is looked up and nothing fails:
// values of a damaged trace come as they are, so an enum may hold a number that has no name.
#pragma once

#include "event.h"

#include <type_traits>
#include <utility>

namespace bistro::trace {

// What every event has.
struct EventHead {
    std::uint8_t flags = 0; // see Flag
    StackId stack; // where in the program it was caused; none when no JavaScript was running or nothing was captured
    std::uint64_t time = 0; // nanoseconds since the run started

    [[nodiscard]] constexpr bool has(Flag flag) const { return (flags & flag) != 0; }
};

namespace events {

#define EVENT(kind, name, meaning) \
    struct kind : EventHead { \
        static constexpr EventKind kKind = EventKind::kind;
#define FIELD(slot, type, name, fieldType, meaning) type name {};
#define END \
    } \
    ;
#include "events.inc"

} // namespace events

namespace detail {

template <typename T>
inline constexpr bool isId = false;
template <typename Tag>
inline constexpr bool isId<Id<Tag>> = true;

// A field as its type. One of 64 bits has its high half in the next slot.
template <typename T, typename Low, typename High>
[[nodiscard]] constexpr T fromSlot(Low low, High high)
{
    if constexpr (isId<T>)
        return T {low};
    else if constexpr (sizeof(T) == 8)
        return (std::uint64_t {high} << 32) | low;
    else
        return static_cast<T>(low);
}

template <typename T>
[[nodiscard]] constexpr std::uint64_t toSlot(T value)
{
    if constexpr (isId<T>)
        return value.value;
    else if constexpr (sizeof(T) == 8)
        return value;
    else
        return static_cast<std::uint32_t>(value);
}

[[nodiscard]] constexpr std::uint32_t after_small(const Record&)
{
    return 0;
}
[[nodiscard]] constexpr std::uint32_t after_a(const Record& r)
{
    return r.b;
}
[[nodiscard]] constexpr std::uint32_t after_b(const Record& r)
{
    return r.c;
}
[[nodiscard]] constexpr std::uint32_t after_c(const Record& r)
{
    return r.d;
}
[[nodiscard]] constexpr std::uint32_t after_d(const Record&)
{
    return 0;
}

constexpr void set_small(Record& r, std::uint64_t value, std::size_t)
{
    r.small = static_cast<std::uint16_t>(value);
}
constexpr void set_a(Record& r, std::uint64_t value, std::size_t size)
{
    r.a = static_cast<std::uint32_t>(value);
    if (size == 8)
        r.b = static_cast<std::uint32_t>(value >> 32);
}
constexpr void set_b(Record& r, std::uint64_t value, std::size_t)
{
    r.b = static_cast<std::uint32_t>(value);
}
constexpr void set_c(Record& r, std::uint64_t value, std::size_t)
{
    r.c = static_cast<std::uint32_t>(value);
}
constexpr void set_d(Record& r, std::uint64_t value, std::size_t)
{
    r.d = static_cast<std::uint32_t>(value);
}

} // namespace detail

// A record as what it is. It must be of this kind: as<events::TimerStarted>(record).
template <typename Event>
[[nodiscard]] constexpr Event as(const Record& record);

#define EVENT(kind, name, meaning) \
    template <> \
    [[nodiscard]] constexpr events::kind as<events::kind>(const Record& record) \
    { \
        events::kind event; \
        event.flags = record.flags; \
        event.stack = {record.stack}; \
        event.time = record.time;
#define FIELD(slot, type, name, fieldType, meaning) \
    event.name = detail::fromSlot<type>(record.slot, detail::after_##slot(record));
#define END \
    return event; \
    }
#include "events.inc"

namespace detail {

[[nodiscard]] constexpr Record recordWith(EventKind kind, const EventHead& head)
{
    return {.kind = kind, .flags = head.flags, .stack = head.stack.value, .time = head.time};
}

} // namespace detail

// The record of an event; its place in time and its stack are as the view has them.
#define EVENT(kind, name, meaning) \
    [[nodiscard]] constexpr Record recordOf(const events::kind& event) \
    { \
        Record record = detail::recordWith(EventKind::kind, event);
#define FIELD(slot, type, name, fieldType, meaning) \
    detail::set_##slot(record, detail::toSlot<type>(event.name), sizeof(type));
#define END \
    return record; \
    }
#include "events.inc"

// Of that kind, or nothing.
template <typename Event>
[[nodiscard]] constexpr bool is(const Record& record)
{
    return record.kind == Event::kKind;
}

// Of a run that is recorded line by line: what its statements did. The loop does not depend on it.
[[nodiscard]] constexpr bool isOfLines(EventKind kind)
{
    return (kind >= EventKind::CallEntered && kind <= EventKind::PlaceCounted) || kind == EventKind::CallGiven;
}

// Calls the visitor with the record's view. There must be an answer for every kind: with one that takes whatever comes,
// a new kind of event would be passed over where it ought to be thought about. Kind None is never recorded: the visitor
// is not called, and the result is an empty one.
template <typename Visitor>
constexpr decltype(auto) visit(const Record& record, Visitor&& visitor)
{
    using Result = std::invoke_result_t<Visitor&, const events::RunStarted&>;
    switch (record.kind) {
#define EVENT(kind, name, meaning) \
    case EventKind::kind: return static_cast<Result>(visitor(as<events::kind>(record)));
#define FIELD(slot, type, name, fieldType, meaning)
#define END
#include "events.inc"
    case EventKind::None:
    case EventKind::End_: break;
    }
    if constexpr (!std::is_void_v<Result>)
        return Result {};
}

// visit(record, Overloaded {[](const events::Output& e) { … }, …, Passes<events::Warning, events::ChildStarted> {}})
template <typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

namespace detail {

template <typename Event, typename Result>
struct PassesOne {
    constexpr Result operator()(const Event&) const { return Result(); }
};

} // namespace detail

// The kinds that this visitor has nothing to do with, by name.
template <typename Result, typename... Events>
struct PassesWith : detail::PassesOne<Events, Result>... {
    using detail::PassesOne<Events, Result>::operator()...;
};
template <typename... Events>
using Passes = PassesWith<void, Events...>;

} // namespace bistro::trace
