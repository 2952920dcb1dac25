// The words of the glossary (glossary.h), a name for each.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bistro::app {

enum class Term : std::uint8_t {
    // Who works, and in which order.
    EventLoop,
    Iteration,
    Phase,
    Pending,
    IdlePrepare,
    Poll,
    Check,
    Closing,
    TimersPhase,
    Drain,
    Sleep,
    JavaScriptThread,
    ThreadPool,
    PoolThread,
    PoolQueue,
    Kernel,
    WorkerThread,
    ChildProcess,
    // What they work on.
    Order,
    Callback,
    MainScript,
    Tick,
    Microtask,
    Promise,
    Await,
    Immediate,
    Timer,
    Listener,
    Stream,
    Backpressure,
    Handle,
    Request,
    AsyncResource,
    Ref,
    Trigger,
    CallStack,
    UnhandledRejection,
    Blocked,
    Starving,
    Race,
    // What the picture calls them.
    Pass,
    Slip,
    ServingNumber,
    Tray,
    Table,
    Customer,
    NodesOwn,
    // What the window shows.
    Step,
    Playhead,
    Timeline,
    Console,
    Finding,
    Narration,
};
inline constexpr std::size_t kTerms = static_cast<std::size_t>(Term::Narration) + 1;

} // namespace bistro::app
