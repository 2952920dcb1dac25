// Ids that know what they identify: mixing two of them does not compile.
#pragma once

#include <compare>
#include <cstdint>

namespace bistro::trace {

// A 32-bit id of one kind of thing; 0 always means "none".
template <typename Tag>
struct Id {
    std::uint32_t value = 0;

    [[nodiscard]] constexpr explicit operator bool() const { return value != 0; }
    [[nodiscard]] friend constexpr auto operator<=>(Id, Id) = default;
};

// Node's own async id, as async_hooks.executionAsyncId() shows it. 1 is the main script.
using AsyncId = Id<struct AsyncTag>;
// A promise, numbered by the recorder from 1 in the order of creation. Node gives promises no async id unless a hook is
// on.
using PromiseId = Id<struct PromiseTag>;
// A job of the thread pool, numbered from 1 in the order of submission.
using JobId = Id<struct JobTag>;
// A thread of the pool, numbered from 1 in the order in which the threads first took a job.
using WorkerId = Id<struct WorkerTag>;
// A call of the program's listeners of a process event, numbered from 1 in the order of the calls.
using HandlerId = Id<struct HandlerTag>;
// A call of a function of the program's own files, numbered from 1 in the order in which they began.
using CallId = Id<struct CallTag>;
// An object of the program's, numbered from 1 in the order first seen.
using ObjectId = Id<struct ObjectTag>;
// An interned string of the trace.
using TextId = Id<struct TextTag>;
// The innermost frame of a call stack of the trace; its parents are the callers.
using StackId = Id<struct StackTag>;

// The position of an event in its trace, from 0.
struct EventIndex {
    std::uint64_t value = 0;

    [[nodiscard]] friend constexpr auto operator<=>(EventIndex, EventIndex) = default;
};

} // namespace bistro::trace
