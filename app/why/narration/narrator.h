// Tells one event: an answer for each kind, by subject in the files of this folder. Inner to app/why.
#pragma once

#include "state/tracelog.h"
#include "trace/views.h"
#include "why/explanation.h"
#include "why/naming.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace bistro::app {

class Narrator final {
    Q_DECLARE_TR_FUNCTIONS(Narrator)

public:
    Narrator(const TraceLog& log, Index index, Wording wording, Detail detail)
        : m_log(log)
        , m_index(index)
        , m_wording(wording)
        , m_detail(detail)
    {
    }

    [[nodiscard]] Explanation make();

    // For trace::visit(), which make() calls: the run's begin and end (run.cpp)
    void operator()(const trace::events::RunStarted& e);
    void operator()(const trace::events::EntryFound& e);
    void operator()(const trace::events::RunEnded& e);
    void operator()(const trace::events::RecordingEnded& e);
    void operator()(const trace::events::DetailReduced& e);
    // the loop's phases (loop.cpp)
    void operator()(const trace::events::IterationStarted& e);
    void operator()(const trace::events::PhaseEntered& e);
    void operator()(const trace::events::PhaseLeft& e);
    void operator()(const trace::events::DrainStarted& e);
    void operator()(const trace::events::DrainFinished& e);
    // resources and calls (calls.cpp)
    void operator()(const trace::events::ResourceCreated& e);
    void operator()(const trace::events::CallbackStarted& e);
    void operator()(const trace::events::CallbackFinished& e);
    void operator()(const trace::events::JobStarted& e);
    void operator()(const trace::events::JobFinished& e);
    void operator()(const trace::events::HandlerStarted& e);
    void operator()(const trace::events::HandlerFinished& e);
    void operator()(const trace::events::ResourceDestroyed& e);
    // ticks, microtasks, timers and immediates (queues.cpp)
    void operator()(const trace::events::TickQueued& e);
    void operator()(const trace::events::MicrotaskQueued& e);
    void operator()(const trace::events::TimerCreated& e);
    void operator()(const trace::events::TimerStarted& e);
    void operator()(const trace::events::TimerCleared& e);
    void operator()(const trace::events::TimerReferenced& e);
    void operator()(const trace::events::TimersProcessed& e);
    void operator()(const trace::events::ImmediateCreated& e);
    void operator()(const trace::events::ImmediateCleared& e);
    void operator()(const trace::events::ImmediateReferenced& e);
    // promises (promises.cpp)
    void operator()(const trace::events::PromiseCreated& e);
    void operator()(const trace::events::PromiseFollows& e);
    void operator()(const trace::events::PromiseSettled& e);
    void operator()(const trace::events::ReactionQueued& e);
    void operator()(const trace::events::RejectionUnhandled& e);
    void operator()(const trace::events::RejectionHandled& e);
    // the pool and the kernel (outside.cpp)
    void operator()(const trace::events::PoolStarted& e);
    void operator()(const trace::events::PoolJobSubmitted& e);
    void operator()(const trace::events::PoolJobBegun& e);
    void operator()(const trace::events::PoolJobDone& e);
    void operator()(const trace::events::PoolJobDelivered& e);
    void operator()(const trace::events::KernelWaitStarted& e);
    void operator()(const trace::events::KernelWaitEnded& e);
    void operator()(const trace::events::HandleReferenced& e);
    void operator()(const trace::events::HandleClosing& e);
    void operator()(const trace::events::HandleClosed& e);
    void operator()(const trace::events::ConnectionAccepted& e);
    void operator()(const trace::events::RequestStarted& e);
    void operator()(const trace::events::RequestFinished& e);
    // what the program and the runtime say, and what runs elsewhere (output.cpp)
    void operator()(const trace::events::Output& e);
    void operator()(const trace::events::UncaughtError& e);
    void operator()(const trace::events::Warning& e);
    void operator()(const trace::events::GarbageCollected& e);
    void operator()(const trace::events::ChildStarted& e);
    void operator()(const trace::events::WorkerStarted& e);
    void operator()(const trace::events::WorkerEnded& e);
    void operator()(const trace::events::ScriptSeen& e);
    void operator()(const trace::events::VariableCaptured& e);
    // lines and their variables (lines.cpp)
    void operator()(const trace::events::CallEntered& e);
    void operator()(const trace::events::LineReached& e);
    void operator()(const trace::events::VariableSet& e);
    void operator()(const trace::events::ObjectSeen& e);
    void operator()(const trace::events::PropertySet& e);
    void operator()(const trace::events::CallLeft& e);
    void operator()(const trace::events::CallGiven& e);
    void operator()(const trace::events::ErrorThrown& e);
    void operator()(const trace::events::LinesSkipped& e);
    void operator()(const trace::events::LinesEnded& e);
    void operator()(const trace::events::PlaceCounted& e);
    // what keeps the program in (sandbox.cpp)
    void operator()(const trace::events::SandboxSet& e);
    void operator()(const trace::events::AccessRefused& e);
    void operator()(const trace::events::LimitReached& e);

private:
    // More are not counted: "100 or more" is all that a sentence needs.
    static constexpr std::size_t kCounted = 1'000;

    // The states around the event; each valid until the next call of either.
    [[nodiscard]] const LoopState& before() const { return m_log.stateAt(m_index); }
    [[nodiscard]] const LoopState& after() const { return m_log.stateAt(m_index + 1); }

    void put(Rule rule, const Words& words, std::initializer_list<QString> parts = {})
    {
        m_told.rule = rule;
        m_told.headline = begun(say(words, m_wording, parts));
    }
    void add(const Words& words, std::initializer_list<QString> parts = {})
    {
        m_told.headline += QChar::Space + begun(say(words, m_wording, parts));
    }

    // Names an order in the sentence: of Node's, unless all is told, that of the program's in whose name it is.
    [[nodiscard]] QString name(OrderId order)
    {
        if (const OrderId told = toldOf(m_log, order, m_detail))
            m_told.orders.push_back(told);
        return nameIn(m_log, order, m_detail);
    }
    [[nodiscard]] QString promise(trace::PromiseId id) { return name(OrderId::promise(id)); }
    [[nodiscard]] QString async(trace::AsyncId id) { return name(OrderId::async(id.value)); }
    [[nodiscard]] QString nameOf(trace::JobId job);
    [[nodiscard]] QString nameOf(trace::AsyncId id, std::uint32_t handle);
    // For the plurals of tr().
    [[nodiscard]] static int count(std::uint64_t value)
    {
        return static_cast<int>(std::min(value, std::uint64_t {std::numeric_limits<int>::max()}));
    }
    [[nodiscard]] static QString number(std::uint64_t value) { return QString::number(value); }
    [[nodiscard]] QString text(trace::TextId id) const { return textOf(m_log.text(id)); }
    [[nodiscard]] QString firstLine(trace::TextId id) const
    {
        const std::string_view whole = m_log.text(id);
        return textOf(whole.substr(0, whole.find('\n')));
    }
    [[nodiscard]] bool isOwn(trace::AsyncId async) const { return isNodesOwn(m_log, OrderId::async(async.value)); }

    // Where it is no event of the program's: in whose name Node or a package is at work.
    [[nodiscard]] bool isAsideHere() const;
    void workOf(OrderId order);

    [[nodiscard]] QString uncaught() const;
    void cameEarlier(std::uint32_t held);
    void pollRests(std::int32_t timeout, bool timerIsSet);
    void callStarted(OrderId order);
    void nodesOwnStarted(OrderId order, OrderKind kind);
    [[nodiscard]] bool refusedStarted(OrderId order, OrderKind kind);
    [[nodiscard]] bool nodeCallsTheProgram(OrderId order);
    [[nodiscard]] bool runsAgain(OrderId order) const;
    void timerSet(trace::AsyncId id, std::uint32_t delay, bool repeats);
    [[nodiscard]] QString request(std::uint32_t number) const;
    void callFinished(OrderId order);
    [[nodiscard]] Index startOfThisCall(OrderId order) const;
    void nextIs();
    [[nodiscard]] OrderId cameFirst() const;
    struct Source {
        trace::PromiseId promise;
        bool rejected = false;
    };
    [[nodiscard]] std::optional<Source> sourceOf(OrderId reaction) const;
    [[nodiscard]] bool isRejectedAtOnce(trace::PromiseId promise) const;
    void reactionStarted(OrderId order, Rule rule);
    void kernelWait(trace::KernelWait wait, bool begins, const QString& what);

    const TraceLog& m_log;
    const Index m_index;
    const Wording m_wording;
    const Detail m_detail;
    Explanation m_told;
};

} // namespace bistro::app
