// The rules by which Node 20 and libuv 1.50 run a program, each with an id, a sentence for two readers, and a section
// of app/why/RULES.md that says why it is true.
#pragma once

#include "state/describe.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string_view>

namespace bistro::app {

enum class Rule : std::uint8_t {
    OneThread,
    ScriptFirst,
    ModuleBody,
    DrainAfterCallback,
    TicksFirst,
    DrainToEnd,
    QueueInOrder,
    ThenRegisters,
    PromiseSettles,
    AwaitPauses,
    PromiseFollows,
    TimerAtLeast,
    TimerMinimum,
    TimerLists,
    TimersLast,
    CheckAfterPoll,
    ImmediateNextCheck,
    PollWaits,
    PollDoesNotBlock,
    RingOrder,
    PoolWorks,
    PoolLine,
    PoolQueues,
    PoolBatch,
    KernelWatches,
    StreamInOrder,
    ClosingPhase,
    KeepsAlive,
    EndsWhenNothingIsLeft,
    SynchronousCalls,
    OrderAfterItsPlacer,
    RejectionAfterDrain,
    ErrorLeaves,
    OutputAtOnce,
    RaceTimerImmediate,
    RacePool,
    RaceArrivals,
    AwaitsInSeries,
    NotRecorded,
    RecordingLimits,
    GarbageStops,
    ClosureCaptures,
    KeptIn,
};
inline constexpr std::size_t kRules = static_cast<std::size_t>(Rule::KeptIn) + 1;

// Its id, as in RULES.md and JSON: stable.
[[nodiscard]] std::string_view ruleId(Rule rule);
[[nodiscard]] std::optional<Rule> ruleOf(std::string_view id);
// The rule as a sentence or two.
[[nodiscard]] QString ruleText(Rule rule, Wording wording);

} // namespace bistro::app
