#include "promises.h"

#include "interpose.h"
#include "libnodenames.h"
#include "recordedthread.h"

#include <v8.h>

namespace bistro {
namespace {

using namespace v8layout;

Slot slotOf(v8::Local<v8::Value> value)
{
    return reinterpret_cast<Slot>(*value);
}

bool settled(Slot place)
{
    return (flagsOfPromise(*place) & promise::kState) != 0;
}

PromiseId idOf(RecordedThread& thread, Slot place)
{
    const std::uint32_t id = flagsOfPromise(*place) >> promise::kNumberShift & promise::kNumber;
    if (id != 0)
        return {id};
    // Made before we looked (Node's own start): it gets its number when first met.
    const PromiseId given = thread.recorder.promiseCreated(PromiseOrigin::Constructed, {}, {}, {});
    flagsOfPromise(*place) |= (given.value & promise::kNumber) << promise::kNumberShift;
    return given;
}

ObservedPromises::Begun& begunAt(RecordedThread& thread, std::uintptr_t frame)
{
    return thread.promises.begun[frame >> 4 & (thread.promises.begun.size() - 1)];
}

PromiseId functionOfAwait(RecordedThread& thread, const Walk& walk, PromiseId awaited)
{
    if (thread.promises.wrapped.promise == awaited)
        return thread.promises.wrapped.function;
    if (walk.functions == 1 && thread.recorder.awaitingFunction())
        return thread.recorder.awaitingFunction(); // taken up by its job, and waiting again
    const ObservedPromises::Begun& begun = begunAt(thread, walk.innermost);
    return begun.frame == walk.innermost ? begun.promise : PromiseId {};
}

// What V8 has queued since. A thenable's job is told by Resolve below, queueMicrotask by Node itself.
void tellMicrotasks(RecordedThread& thread)
{
    while (newMicrotasks(thread) > 0) {
        const QueuedMicrotask task = takeMicrotask(thread);
        if (task.kind == QueuedMicrotask::Kind::Reaction && task.promise)
            thread.recorder.reactionQueued(idOf(thread, task.promise));
    }
}

void noteOutcome(RecordedThread& thread, Slot place)
{
    const PromiseId id = idOf(thread, place);
    thread.promises.settledInside = id;
    const bool fulfilled = (flagsOfPromise(*place) & promise::kState) == promise::kFulfilled;
    thread.recorder.promiseSettled(id, fulfilled ? PromiseOutcome::Fulfilled : PromiseOutcome::Rejected,
        static_cast<std::uint32_t>(newMicrotasks(thread)));
    tellMicrotasks(thread);
}

void created(RecordedThread& thread, v8::Local<v8::Promise> promise, v8::Local<v8::Value> parent)
{
    tellMicrotasks(thread);
    Recorder& r = thread.recorder;
    const bool awaiting = thread.promises.awaiting;
    const Walk walk = walkStack(thread);
    const Slot parentSlot = slotOf(parent);
    const bool wrapper = !awaiting && !walk.builtin && walk.innermost != 0 && parent->IsPromise();
    const bool hasParent = !wrapper && parent->IsPromise();
    const PromiseId parentId = hasParent ? idOf(thread, parentSlot) : PromiseId {};
    const PromiseOrigin origin = awaiting ? PromiseOrigin::Await
        : hasParent                       ? PromiseOrigin::Derived
                                          : PromiseOrigin::Constructed;
    if (origin == PromiseOrigin::Derived && walk.builtin)
        tellVariablesOfReaction(thread, r.nextPromise(), walk.called);
    const PromiseId function = awaiting ? functionOfAwait(thread, walk, parentId) : PromiseId {};
    const PromiseId id = r.promiseCreated(origin, parentId, function, stackOf(thread, walk));
    std::uint32_t& flags = flagsOfPromise(*slotOf(promise));
    flags = (flags & ~(promise::kNumber << promise::kNumberShift))
        | (id.value & promise::kNumber) << promise::kNumberShift;
    if (settled(slotOf(promise))) // Promise.reject makes it so
        noteOutcome(thread, slotOf(promise));
    if (hasParent)
        r.reactionRegistered(id, parentId);
    else if (wrapper)
        thread.promises.wrapped = {.promise = id, .function = idOf(thread, parentSlot)};
    else if (walk.innermost != 0 && !walk.builtin) // V8 itself, at the start of an async function
        begunAt(thread, walk.innermost) = {.frame = walk.innermost, .promise = id};
}

void hook(v8::PromiseHookType type, v8::Local<v8::Promise> promise, v8::Local<v8::Value> parent)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    switch (type) {
    case v8::PromiseHookType::kInit: created(*thread, promise, parent); return;
    case v8::PromiseHookType::kBefore: thread->recorder.jobStarted(idOf(*thread, slotOf(promise))); return;
    case v8::PromiseHookType::kAfter: thread->recorder.jobFinished(idOf(*thread, slotOf(promise))); return;
    case v8::PromiseHookType::kResolve: return; // comes before the outcome is known: Resolve and Reject below tell
    }
}

// Null also before observePromises(), and in another isolate than the recorded one.
RecordedThread* observed(const void* isolate = nullptr)
{
    RecordedThread* const thread = recorded();
    const bool ours = thread && thread->promises.isolate && (!isolate || isolate == thread->promises.isolate);
    return ours ? thread : nullptr;
}

} // namespace

void observePromises(RecordedThread& thread, v8::Isolate* isolate)
{
    thread.promises.isolate = isolate;
    isolate->SetPromiseHook(hook);
    observeMicrotasks(thread, isolate);
    thread.recorder.tellMicrotasks = tellMicrotasks;
}

PromiseId promiseNumber(RecordedThread& thread, v8::Local<v8::Promise> promise)
{
    return idOf(thread, slotOf(promise));
}

// v8::internal::JSPromise::Resolve(Handle<JSPromise>, Handle<Object>). Handles travel as the address of their slot.
extern "C" [[gnu::used]] void* bistroPromiseResolve(Slot promise, Slot resolution) __asm__(BISTRO_V8_PROMISE_RESOLVE);
void* bistroPromiseResolve(Slot promise, Slot resolution)
{
    static const auto real = next<void* (*)(Slot, Slot)>(BISTRO_V8_PROMISE_RESOLVE);
    RecordedThread* const thread = observed();
    if (!thread) // also a worker's: what is kept here is the recorded thread's
        return real(promise, resolution);
    tellMicrotasks(*thread);
    thread->promises.settledInside = {};
    void* const result = real(promise, resolution);
    if (thread->recorder.ended())
        return result;
    const PromiseId inside = thread->promises.settledInside;
    if (!settled(promise)) {
        v8::Value* const value = reinterpret_cast<v8::Value*>(const_cast<std::uintptr_t*>(resolution));
        const PromiseId followed = value->IsPromise() ? idOf(*thread, resolution) : PromiseId {};
        thread->recorder.promiseFollows(idOf(*thread, promise), followed);
    } else if (!inside || inside != idOf(*thread, promise)) {
        noteOutcome(*thread, promise);
    }
    return result;
}

// v8::internal::JSPromise::Reject(Handle<JSPromise>, Handle<Object>, bool debug_event)
extern "C" [[gnu::used]] void* bistroPromiseReject(Slot promise, Slot reason, bool debug) __asm__(
    BISTRO_V8_PROMISE_REJECT);
void* bistroPromiseReject(Slot promise, Slot reason, bool debug)
{
    static const auto real = next<void* (*)(Slot, Slot, bool)>(BISTRO_V8_PROMISE_REJECT);
    if (RecordedThread* const thread = observed())
        tellMicrotasks(*thread);
    void* const result = real(promise, reason, debug);
    if (RecordedThread* const thread = observed(); thread && settled(promise))
        noteOutcome(*thread, promise);
    return result;
}

// v8::internal::Isolate::OnAsyncFunctionSuspended(Handle<JSPromise> await, Handle<JSPromise> awaited): calls the init
// hook.
extern "C" [[gnu::used]] void bistroSuspended(void* isolate, Slot promise, Slot parent) __asm__(BISTRO_V8_SUSPENDED);
void bistroSuspended(void* isolate, Slot promise, Slot parent)
{
    static const auto real = next<void (*)(void*, Slot, Slot)>(BISTRO_V8_SUSPENDED);
    RecordedThread* const thread = observed(isolate);
    if (thread)
        thread->promises.awaiting = true;
    real(isolate, promise, parent);
    if (thread) {
        thread->promises.awaiting = false;
        linesAwait(*thread);
    }
}

// int v8::internal::MicrotaskQueue::RunMicrotasks(Isolate*)
extern "C" [[gnu::used]] int bistroRunMicrotasks(void* queue, void* isolate) __asm__(BISTRO_V8_RUN_MICROTASKS);
int bistroRunMicrotasks(void* queue, void* isolate)
{
    static const auto real = next<int (*)(void*, void*)>(BISTRO_V8_RUN_MICROTASKS);
    RecordedThread* const thread = observed(isolate);
    if (!thread)
        return real(queue, isolate);
    tellMicrotasks(*thread);
    thread->recorder.drainStarted();
    runningMicrotasks(*thread, queue, true);
    const int count = real(queue, isolate);
    runningMicrotasks(*thread, queue, false);
    thread->recorder.drainFinished();
    return count;
}

} // namespace bistro
