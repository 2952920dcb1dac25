#include "state/order.h"

namespace bistro::app {
namespace {

using namespace trace;

// They create no order.
template <typename Result>
using CreatesNone = PassesWith<Result, events::RunStarted, events::EntryFound, events::RunEnded, events::RecordingEnded,
    events::DetailReduced, events::IterationStarted, events::PhaseEntered, events::PhaseLeft, events::CallbackStarted,
    events::CallbackFinished, events::ResourceDestroyed, events::TimerStarted, events::TimerCleared,
    events::TimerReferenced, events::TimersProcessed, events::ImmediateCleared, events::ImmediateReferenced,
    events::PromiseFollows, events::PromiseSettled, events::ReactionQueued, events::JobStarted, events::JobFinished,
    events::DrainStarted, events::DrainFinished, events::PoolJobSubmitted, events::PoolJobBegun, events::PoolJobDone,
    events::PoolJobDelivered, events::KernelWaitStarted, events::KernelWaitEnded, events::HandleReferenced,
    events::HandleClosing, events::HandleClosed, events::ConnectionAccepted, events::RequestStarted,
    events::RequestFinished, events::Output, events::UncaughtError, events::RejectionUnhandled,
    events::RejectionHandled, events::Warning, events::GarbageCollected, events::ChildStarted, events::WorkerStarted,
    events::ScriptSeen, events::VariableCaptured, events::HandlerFinished, events::PoolStarted, events::WorkerEnded,
    events::CallEntered, events::CallGiven, events::LineReached, events::VariableSet, events::ObjectSeen,
    events::PropertySet, events::CallLeft, events::ErrorThrown, events::LinesSkipped, events::LinesEnded,
    events::PlaceCounted, events::SandboxSet, events::AccessRefused, events::LimitReached>;

struct KindOfCreated : CreatesNone<OrderKind> {
    using PassesWith::operator();
    OrderKind operator()(const events::ResourceCreated& e) const { return kindOf(e.service); }
    OrderKind operator()(const events::PromiseCreated& e) const { return kindOf(e.origin); }
    OrderKind operator()(const events::TickQueued&) const { return OrderKind::Tick; }
    OrderKind operator()(const events::MicrotaskQueued&) const { return OrderKind::Microtask; }
    OrderKind operator()(const events::TimerCreated&) const { return OrderKind::Timer; }
    OrderKind operator()(const events::ImmediateCreated&) const { return OrderKind::Immediate; }
    OrderKind operator()(const events::HandlerStarted&) const { return OrderKind::Handler; } // it is called at once
};

struct TriggerOf : CreatesNone<OrderId> {
    using PassesWith::operator();
    OrderId operator()(const events::ResourceCreated& e) const { return OrderId::async(e.trigger); }
    OrderId operator()(const events::PromiseCreated& e) const { return OrderId::promise(e.parent); }
    OrderId operator()(const events::TickQueued& e) const { return OrderId::async(e.trigger); }
    OrderId operator()(const events::MicrotaskQueued& e) const { return OrderId::async(e.trigger); }
    OrderId operator()(const events::TimerCreated& e) const { return OrderId::async(e.trigger); }
    OrderId operator()(const events::ImmediateCreated& e) const { return OrderId::async(e.trigger); }
    OrderId operator()(const events::HandlerStarted& e) const { return OrderId::promise(e.promise); }
};

struct CallbackOf : CreatesNone<TextId> {
    using PassesWith::operator();
    TextId operator()(const events::ResourceCreated& e) const { return e.callback; }
    TextId operator()(const events::PromiseCreated&) const { return {}; }
    TextId operator()(const events::TickQueued& e) const { return e.callback; }
    TextId operator()(const events::MicrotaskQueued& e) const { return e.callback; }
    TextId operator()(const events::TimerCreated& e) const { return e.callback; }
    TextId operator()(const events::ImmediateCreated& e) const { return e.callback; }
    TextId operator()(const events::HandlerStarted& e) const { return e.callback; }
};

} // namespace

OrderKind kindOfCreated(const Record& event)
{
    return visit(event, KindOfCreated {});
}

OrderId triggerOf(const Record& event)
{
    return visit(event, TriggerOf {});
}

TextId callbackOf(const Record& event)
{
    return visit(event, CallbackOf {});
}

} // namespace bistro::app
