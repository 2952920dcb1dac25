// The law of the model, over a trace: whatever starts next was at the head of the queue that the model said.
//
// Also: nothing runs that was never queued; nothing stays queued at a natural end that the runtime would have run; the
// pool never holds more jobs than it has threads; results of the pool and closed handles come in the order predicted.
// For what the kernel tells the law is that its resource was there and that no tick or microtask was due before it.
// What the program enters by itself, and what the runtime calls within a running callback, or one after the other in a
// call of its own, comes from no queue: it is counted apart.
#pragma once

#include "state/loopstate.h"
#include "state/prediction.h"
#include "trace/reader.h"
#include "trace/views.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

enum class Breach : std::uint8_t {
    NotAtHead, // another was at the head of its queue, or none
    NeverQueued, // the trace does not say where it came from
    OutOfTurn, // ticks or microtasks were due before
    PoolOverfull,
    PoolOrder, // the loop took another result than the one done first
    ClosingOrder,
    LeftQueued,
};
inline constexpr std::size_t kBreaches = static_cast<std::size_t>(Breach::LeftQueued) + 1;
[[nodiscard]] std::string_view nameOf(Breach breach); // stable: of the JSON
[[nodiscard]] std::string_view nameOf(OrderKind kind); // stable: of the JSON

struct Violation {
    Index at = 0; // the event; for LeftQueued the run's end
    Breach breach {};
    OrderId order; // that started, or stays; none for PoolOverfull
    OrderKind kind = OrderKind::None;
    std::optional<Start> expected; // what the model said

    bool operator==(const Violation&) const = default;
};

struct LawReport {
    Index events = 0;
    std::array<std::uint32_t, kOrderKinds> starts {};
    std::array<std::uint32_t, kOrderKinds> predicted {};
    std::uint32_t entered = 0; // from no queue: by the program, or within a callback
    std::uint32_t late = 0; // jobs of a queue that a context of vm has for itself: told only when they start
    std::vector<Violation> violations;
    bool isCut = false; // what the events say took too much memory: the rest was not looked at

    [[nodiscard]] bool holds() const { return violations.empty(); }
    bool operator==(const LawReport&) const = default;
};

class LawCheck final {
public:
    // The event that follows the state; then apply() it to the state.
    void watch(const LoopState& before, const trace::Record& event);
    [[nodiscard]] const LawReport& report() const { return m_report; }
    [[nodiscard]] LawReport cutReport() const
    {
        LawReport report = m_report;
        report.isCut = true;
        return report;
    }

private:
    void start(const LoopState& before, OrderId order, OrderKind kind);
    struct Watch; // of each event: check.cpp

    void callback(const LoopState& before, trace::AsyncId async);
    void handler(const LoopState& before, trace::HandlerId handler);
    void job(const LoopState& before, const trace::events::JobStarted& event);
    void callOver(const LoopState& before, const trace::EventHead& event);
    void poolJobBegun(const LoopState& before);
    void poolJobDelivered(const LoopState& before, const trace::events::PoolJobDelivered& event);
    void handleClosed(const LoopState& before, const trace::events::HandleClosed& event);
    void end(const LoopState& before, const trace::events::RunEnded& event);
    void violation(
        const LoopState& before, Breach breach, OrderId order, OrderKind kind, std::optional<Start> expected = {});

    LawReport m_report;
    Index m_lastTurn = 0; // the last event by which the runtime had its say: what is queued later waits for nobody
    Index m_lastHandler = kNoEvent; // since the last phase: what the listeners of 'exit' order is never served
    bool m_late = false; // the event before told of a job that starts now
    bool m_cutShort = false; // a callback was left by the program's exit, or by an error that nobody caught
    bool m_failed = false; // an error was told, and nothing has started since
};

[[nodiscard]] LawReport checkLaw(const trace::Reader& trace);
// "tick #7 started, and microtask #9 was at the head": one sentence, without the event's number.
[[nodiscard]] std::string describe(const Violation& violation);

} // namespace bistro::app
