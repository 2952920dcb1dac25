// Draws a small run by hand, event by event, and the states and orders that follow from it as one line of text.
//
//     const auto state = fold(TraceBuilder {}.tick(1, "a").tick(2, "b").start(1));
//     QCOMPARE(print(state), u"running a | ticks b"_s);
//
// Orders are called by the names that the builder was given, else "#7" (async ids) and "p7" (promises).
#pragma once

#include "state/check.h"
#include "state/loopstate.h"
#include "state/prediction.h"
#include "trace/views.h"

#include <QHash>
#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace bistro::tests {

class TraceBuilder final {
public:
    // Every event is a microsecond later than the last; this lets more time pass first.
    TraceBuilder& wait(std::uint64_t milliseconds);

    TraceBuilder& run(std::uint16_t workers = 4);
    TraceBuilder& exit(std::uint32_t code = 0);
    TraceBuilder& iteration(std::uint32_t number);
    TraceBuilder& enter(trace::Phase phase, trace::PollReason reason = {}, std::int32_t timeout = 0);
    TraceBuilder& leave();
    TraceBuilder& pass(trace::Phase phase); // entered and left

    TraceBuilder& main(); // the main script starts
    TraceBuilder& start(std::uint32_t async);
    TraceBuilder& finish(std::uint32_t async, trace::AfterCallback after = trace::AfterCallback::Drains);
    TraceBuilder& call(std::uint32_t async); // starts and finishes
    TraceBuilder& tick(std::uint32_t async, std::string_view name = {});
    TraceBuilder& microtask(std::uint32_t async, std::string_view name = {});
    TraceBuilder& timer(std::uint32_t async, std::uint32_t delay, std::uint32_t now, std::string_view name = {},
        std::uint8_t flags = 0); // made and started
    TraceBuilder& startTimer(std::uint32_t async, std::uint32_t delay, std::uint32_t now);
    TraceBuilder& clear(std::uint32_t async);
    TraceBuilder& timers(std::uint32_t now); // processed
    TraceBuilder& immediate(std::uint32_t async, std::string_view name = {});
    TraceBuilder& clearImmediate(std::uint32_t async);
    TraceBuilder& resource(std::uint32_t async, trace::Service service, std::string_view name = {});
    TraceBuilder& destroy(std::uint32_t async);

    TraceBuilder& promise(std::uint32_t id, std::uint32_t parent = 0,
        trace::PromiseOrigin origin = trace::PromiseOrigin::Constructed, std::uint32_t function = 0);
    TraceBuilder& settle(std::uint32_t id);
    TraceBuilder& reaction(std::uint32_t id, trace::JobKind job = trace::JobKind::Reaction);
    TraceBuilder& follow(std::uint32_t id, std::uint32_t followed = 0);
    TraceBuilder& drain();
    TraceBuilder& drained();
    TraceBuilder& job(std::uint32_t id, trace::JobKind job = trace::JobKind::Reaction);
    TraceBuilder& jobDone(std::uint32_t id, trace::JobKind job = trace::JobKind::Reaction);

    TraceBuilder& submit(std::uint32_t job, std::uint32_t async, std::string_view operation = "read");
    TraceBuilder& begin(std::uint32_t job, std::uint32_t worker);
    TraceBuilder& done(std::uint32_t job, std::uint32_t worker);
    TraceBuilder& deliver(std::uint32_t job, std::uint8_t flags = 0);

    TraceBuilder& closing(std::uint32_t async, std::uint32_t handle);
    TraceBuilder& closed(std::uint32_t async, std::uint32_t handle);
    TraceBuilder& uncaught();
    TraceBuilder& event(trace::Record record); // any other
    template <typename Event> // of trace::events
    TraceBuilder& add(const Event& what, std::uint8_t flags = 0)
    {
        trace::Record record = trace::recordOf(what);
        record.flags = flags;
        return event(record);
    }

    [[nodiscard]] const std::vector<trace::Record>& events() const { return m_events; }
    [[nodiscard]] const QHash<std::uint32_t, QString>& names() const { return m_names; }
    [[nodiscard]] const app::Names& slow() const { return m_slow; }

private:
    void name(std::uint32_t async, std::string_view name);

    std::vector<trace::Record> m_events;
    QHash<std::uint32_t, QString> m_names;
    app::Names m_slow {.getaddrinfo = {1}, .getnameinfo = {2}};
    std::uint64_t m_time = 0;
    trace::Phase m_phase {};
    std::uint32_t m_iteration = 0;
};

struct Folded {
    app::LoopState state;
    QHash<std::uint32_t, QString> names;
};

[[nodiscard]] Folded fold(const TraceBuilder& trace);
// What is there, from what runs on: "running a | ticks b c | microtasks p2 | timers d | immediates e | next f | pool
// 1@1 | line 2 | done 3 | closing #4". Empty when nothing is.
[[nodiscard]] QString print(const Folded& folded);
// "tick b, reaction p2, immediate e (2)": with the iteration where it is not the current one.
[[nodiscard]] QString printOrder(const Folded& folded);
// "tick b", or "nothing".
[[nodiscard]] QString printNext(const Folded& folded);
[[nodiscard]] app::LawReport lawOf(const TraceBuilder& trace);
// "5: tick #2 started, and tick #1 was at the head; …"; "holds" when it does.
[[nodiscard]] QString print(const app::LawReport& report);

} // namespace bistro::tests
