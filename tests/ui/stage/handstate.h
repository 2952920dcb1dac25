// States and facts made by hand for tests of the stage: events go through apply() as a trace's do.
#pragma once

#include "moment/facts.h"
#include "state/prediction.h"

#include <QHash>

namespace bistro::test {

struct EventFields {
    std::uint16_t small = 0;
    std::uint32_t a = 0, b = 0, c = 0, d = 0;
    std::uint8_t flags = 0;
};

class HandState final : public ui::StageFacts {
public:
    explicit HandState(std::uint32_t workers = 4)
    {
        event(trace::EventKind::RunStarted, {.small = static_cast<std::uint16_t>(workers)});
    }

    HandState& event(trace::EventKind kind, EventFields f = {})
    {
        const trace::Record record {.kind = kind,
            .flags = f.flags,
            .small = f.small,
            .stack = 0,
            .time = m_time,
            .a = f.a,
            .b = f.b,
            .c = f.c,
            .d = f.d};
        m_times.push_back(m_time);
        m_workers.push_back(kind == trace::EventKind::PoolJobDone ? f.b : 0);
        apply(m_state, record, {});
        return *this;
    }
    HandState& later(std::uint64_t ns)
    {
        m_time += ns;
        return *this;
    }
    HandState& iteration(std::uint32_t n) { return event(trace::EventKind::IterationStarted, {.a = n}); }
    HandState& enter(trace::Phase phase, trace::PollReason reason = {}, std::int32_t timeout = 0)
    {
        return event(trace::EventKind::PhaseEntered,
            {.small = static_cast<std::uint16_t>(phase),
                .a = m_state.iteration,
                .b = static_cast<std::uint32_t>(reason),
                .c = static_cast<std::uint32_t>(timeout)});
    }
    HandState& tick(std::uint32_t id, const QString& name)
    {
        return named(id, name).event(trace::EventKind::TickQueued, {.a = id});
    }
    HandState& microtask(std::uint32_t id, const QString& name)
    {
        return named(id, name).event(trace::EventKind::MicrotaskQueued, {.a = id});
    }
    HandState& immediate(std::uint32_t id, const QString& name)
    {
        return named(id, name).event(trace::EventKind::ImmediateCreated, {.a = id});
    }
    HandState& timer(std::uint32_t id, const QString& name, std::uint32_t ms)
    {
        named(id, name).event(trace::EventKind::TimerCreated, {.a = id});
        m_countdowns[id] = {.due = m_time + ms * 1'000'000ull, .duration = ms * 1'000'000ull};
        return event(
            trace::EventKind::TimerStarted, {.a = id, .b = ms, .c = static_cast<std::uint32_t>(m_time / 1'000'000)});
    }
    HandState& pool(std::uint32_t id, const QString& name)
    {
        return named(id, name)
            .event(trace::EventKind::ResourceCreated, {.small = 1, .a = id})
            .event(trace::EventKind::PoolJobSubmitted, {.a = id, .b = id});
    }
    HandState& begun(std::uint32_t id, std::uint32_t worker)
    {
        return event(trace::EventKind::PoolJobBegun, {.a = id, .b = worker});
    }
    HandState& done(std::uint32_t id, std::uint32_t worker)
    {
        return event(trace::EventKind::PoolJobDone, {.a = id, .b = worker});
    }
    HandState& start(std::uint32_t id)
    {
        m_called[id] = true;
        return event(trace::EventKind::CallbackStarted, {.a = id});
    }
    HandState& finish(std::uint32_t id) { return event(trace::EventKind::CallbackFinished, {.a = id}); }
    HandState& connection(std::uint32_t id)
    {
        m_tables[id] = static_cast<int>(m_tables.size()) + 2;
        return named(id, QStringLiteral("connection"))
            .event(trace::EventKind::ResourceCreated, {.small = 2, .a = id})
            .event(trace::EventKind::ConnectionAccepted, {.a = 900, .b = id});
    }
    HandState& request(std::uint32_t number, std::uint32_t connection)
    {
        return event(trace::EventKind::RequestStarted, {.a = number, .b = connection});
    }
    HandState& waits(std::uint32_t id, const QString& name, trace::KernelWait wait, const QString& detail = {})
    {
        named(id, name).event(trace::EventKind::ResourceCreated, {.small = 2, .a = id});
        m_details[m_state.size] = detail;
        if (wait == trace::KernelWait::Listening)
            m_listened = std::min(m_listened, m_state.size);
        return event(
            trace::EventKind::KernelWaitStarted, {.small = static_cast<std::uint16_t>(wait), .a = id, .b = id});
    }
    HandState& steps(std::uint32_t id, int step)
    {
        m_steps[id] = step;
        return *this;
    }
    HandState& callsTheProgram(std::uint32_t id)
    {
        m_programsTurns.insert(id, true);
        return *this;
    } // though Node's own
    HandState& inner(std::uint32_t id)
    {
        m_inner.insert(id, true);
        return *this;
    } // a step that Node goes on from
    HandState& own(std::uint32_t id)
    {
        m_own.insert(id, true);
        return *this;
    }
    HandState& inName(std::uint32_t id, std::uint32_t order) // Node's own, for that order
    {
        m_inName[id] = order;
        return own(id);
    }
    HandState& flows(std::vector<StreamPart> parts)
    {
        m_streams.push_back({.parts = std::move(parts)});
        return *this;
    }
    HandState& named(std::uint32_t id, const QString& name)
    {
        m_titles[id] = name;
        return *this;
    }

    [[nodiscard]] const app::LoopState& state() const { return m_state; }

    [[nodiscard]] QString titleOfAllSteps(app::OrderId order) const override
    {
        return m_titles.value(order.value, QStringLiteral("main script"));
    }
    [[nodiscard]] bool hasBeenCalled(app::OrderId order, const app::LoopState&) const override
    {
        return m_called.contains(order.value);
    }
    [[nodiscard]] QString title(app::OrderId order) const override
    {
        return step(order) == 0 ? titleOfAllSteps(order)
                                : QStringLiteral("%1, step %2").arg(titleOfAllSteps(order)).arg(step(order));
    }
    [[nodiscard]] bool isNodesOwnTurn(app::OrderId order) const override
    {
        return !m_programsTurns.contains(order.value) && StageFacts::isNodesOwnTurn(order);
    }
    [[nodiscard]] QString kind(app::OrderId) const override { return QStringLiteral("readFile callback"); }
    [[nodiscard]] int line(app::OrderId order) const override { return static_cast<int>(order.value); }
    [[nodiscard]] bool isNodesOwn(app::OrderId order) const override { return m_own.contains(order.value); }
    [[nodiscard]] bool isInnerStep(app::OrderId order) const override { return m_inner.contains(order.value); }
    [[nodiscard]] int step(app::OrderId order) const override { return m_steps.value(order.value); }
    [[nodiscard]] std::uint64_t timeOf(app::Index event) const override { return m_times[event]; }
    [[nodiscard]] std::uint32_t workerDone(app::Index event) const override { return m_workers[event]; }
    [[nodiscard]] std::optional<Countdown> countdown(app::OrderId timer, const app::LoopState&) const override
    {
        const auto found = m_countdowns.constFind(timer.value);
        return found == m_countdowns.cend() ? std::nullopt : std::optional(*found);
    }
    [[nodiscard]] std::vector<Frame> frames(std::uint32_t) const override { return {}; }
    [[nodiscard]] std::uint32_t connectionOf(app::OrderId order, const app::LoopState& s) const override
    {
        return s.connections.find(order.value) ? order.value : 0;
    }
    [[nodiscard]] int tableOf(std::uint32_t connection) const override { return m_tables.value(connection); }
    [[nodiscard]] QString asksFor(std::uint32_t, app::Index) const override { return {}; }
    [[nodiscard]] app::OrderId inNameOf(app::OrderId order) const override
    {
        return isNodesOwn(order) ? app::OrderId::async(m_inName.value(order.value)) : order;
    }
    [[nodiscard]] bool hasListened(app::Index size) const override { return m_listened < size; }
    [[nodiscard]] std::vector<Stream> streams(const app::LoopState&) const override { return m_streams; }
    [[nodiscard]] QString waitDetail(app::Index since) const override { return m_details.value(since); }

private:
    app::LoopState m_state;
    std::uint64_t m_time = 0;
    std::vector<std::uint64_t> m_times;
    std::vector<std::uint32_t> m_workers;
    QHash<std::uint32_t, QString> m_titles;
    QHash<std::uint32_t, bool> m_own;
    QHash<std::uint32_t, bool> m_called;
    QHash<std::uint32_t, bool> m_inner;
    QHash<std::uint32_t, bool> m_programsTurns;
    QHash<std::uint32_t, std::uint32_t> m_inName;
    std::vector<Stream> m_streams;
    app::Index m_listened = app::kNoEvent;
    QHash<std::uint32_t, int> m_steps;
    QHash<std::uint32_t, Countdown> m_countdowns;
    QHash<std::uint32_t, int> m_tables;
    QHash<app::Index, QString> m_details;
};

// The moment of the drawings: menu runs in poll, a cook has just finished dish 3, four orders are ready.
inline HandState fourCooks()
{
    HandState hand;
    hand.start(1).timer(3, QStringLiteral("dessert"), 100).pool(2, QStringLiteral("menu"));
    for (std::uint32_t i = 0; i < 3; ++i)
        hand.pool(5 + i, QStringLiteral("dish %1").arg(3 + i));
    hand.begun(2, 3).begun(6, 1).later(300'000).done(2, 3).begun(5, 3).finish(1).iteration(6).enter(
        trace::Phase::Poll, trace::PollReason::TimerDue, 63);
    hand.later(34'400'000).begun(7, 2).later(1'500'000).event(trace::EventKind::PoolJobDelivered, {.a = 2}).start(2);
    hand.immediate(8, QStringLiteral("bill"))
        .tick(9, QStringLiteral("tick"))
        .microtask(10, QStringLiteral("greet"))
        .later(500'000)
        .done(5, 3);
    return hand;
}

} // namespace bistro::test
