#include "promises.h"

#include "interpose.h"
#include "microtasks.h"
#include "recorder.h"
#include "stack.h"
#include "v8layout.h"
#include "variables.h"

#include <v8.h>

#include <array>
#include <string>

namespace bistro {
namespace {

v8::Isolate* s_isolate = nullptr;
bool s_awaiting = false; // V8 is making the promise of an await
std::uint32_t s_settledInside = 0; // the promise that was settled last

using namespace v8layout;

Slot slotOf(v8::Local<v8::Value> value)
{
    return reinterpret_cast<Slot>(*value);
}

bool settled(Slot place)
{
    return (flagsOfPromise(*place) & promise::kState) != 0;
}

std::uint32_t idOf(Slot place)
{
    const std::uint32_t id = flagsOfPromise(*place) >> promise::kNumberShift & promise::kNumber;
    if (id != 0)
        return id;
    // Made before we looked (Node's own start): it gets its number when first met.
    const std::uint32_t given = recorder()->promiseCreated(PromiseOrigin::Constructed, 0, 0, 0);
    flagsOfPromise(*place) |= (given & promise::kNumber) << promise::kNumberShift;
    return given;
}

// Frames in which an async function began, and the promise it returned: an await in the same frame belongs to it.
struct Begun {
    std::uintptr_t frame = 0;
    std::uint32_t promise = 0;
};
std::array<Begun, 256> s_begun;

Begun& begunAt(std::uintptr_t frame)
{
    return s_begun[frame >> 4 & (s_begun.size() - 1)];
}

// `await value` first wraps a value that is not a promise: V8 makes that promise with the function's as its parent.
struct Wrapped {
    std::uint32_t promise = 0;
    std::uint32_t function = 0;
};
Wrapped s_wrapped;

std::uint32_t functionOfAwait(const Walk& walk, std::uint32_t awaited)
{
    if (s_wrapped.promise == awaited)
        return s_wrapped.function;
    if (walk.functions == 1 && recorder()->awaitingFunction() != 0)
        return recorder()->awaitingFunction(); // taken up by its job, and waiting again
    const Begun& begun = begunAt(walk.innermost);
    return begun.frame == walk.innermost ? begun.promise : 0;
}

// What V8 has queued since. A thenable's job is told by Resolve below, queueMicrotask by Node itself.
void tellMicrotasks()
{
    while (newMicrotasks() > 0) {
        const QueuedMicrotask task = takeMicrotask();
        if (task.kind == QueuedMicrotask::Kind::Reaction && task.promise)
            recorder()->reactionQueued(idOf(task.promise));
    }
}

void noteOutcome(Slot place)
{
    const std::uint32_t id = idOf(place);
    s_settledInside = id;
    recorder()->promiseSettled(id,
        (flagsOfPromise(*place) & promise::kState) == promise::kFulfilled ? PromiseOutcome::Fulfilled
                                                                          : PromiseOutcome::Rejected,
        static_cast<std::uint32_t>(newMicrotasks()));
    tellMicrotasks();
}

void created(v8::Local<v8::Promise> promise, v8::Local<v8::Value> parent)
{
    tellMicrotasks();
    Recorder& r = *recorder();
    const Walk walk = walkStack();
    const Slot parentSlot = slotOf(parent);
    const bool wrapper = !s_awaiting && !walk.builtin && walk.innermost != 0 && parent->IsPromise();
    const bool hasParent = !wrapper && parent->IsPromise();
    const std::uint32_t parentId = hasParent ? idOf(parentSlot) : 0;
    const PromiseOrigin origin = s_awaiting ? PromiseOrigin::Await
        : hasParent                         ? PromiseOrigin::Derived
                                            : PromiseOrigin::Constructed;
    if (origin == PromiseOrigin::Derived && walk.builtin)
        tellVariablesOfReaction(r.nextPromise(), walk.called);
    const std::uint32_t id = r.promiseCreated(
        origin, parentId, s_awaiting ? functionOfAwait(walk, parentId) : 0, stackOf(walk));
    std::uint32_t& flags = flagsOfPromise(*slotOf(promise));
    flags = (flags & ~(promise::kNumber << promise::kNumberShift)) | (id & promise::kNumber) << promise::kNumberShift;
    if (settled(slotOf(promise))) // Promise.reject makes it so
        noteOutcome(slotOf(promise));
    if (hasParent)
        r.reactionRegistered(id, parentId);
    else if (wrapper)
        s_wrapped = {.promise = id, .function = idOf(parentSlot)};
    else if (walk.innermost != 0 && !walk.builtin) // V8 itself, at the start of an async function
        begunAt(walk.innermost) = {.frame = walk.innermost, .promise = id};
}

void hook(v8::PromiseHookType type, v8::Local<v8::Promise> promise, v8::Local<v8::Value> parent)
{
    if (!onRecordedThread())
        return;
    switch (type) {
    case v8::PromiseHookType::kInit: created(promise, parent); return;
    case v8::PromiseHookType::kBefore: recorder()->jobStarted(idOf(slotOf(promise))); return;
    case v8::PromiseHookType::kAfter: recorder()->jobFinished(idOf(slotOf(promise))); return;
    case v8::PromiseHookType::kResolve: return; // comes before the outcome is known: Resolve and Reject below tell
    }
}

bool observed(const void* isolate = nullptr)
{
    return s_isolate && onRecordedThread() && (!isolate || isolate == s_isolate);
}

} // namespace

void observePromises(v8::Isolate* isolate, const v8layout::Symbols& symbols)
{
    s_isolate = isolate;
    isolate->SetPromiseHook(hook);
    observeMicrotasks(isolate, symbols);
    recorder()->tellMicrotasks = tellMicrotasks;
}

std::uint32_t promiseNumber(v8::Local<v8::Promise> promise)
{
    return idOf(slotOf(promise));
}

// v8::internal::JSPromise::Resolve(Handle<JSPromise>, Handle<Object>). Handles travel as the address of their slot.
extern "C" [[gnu::used]] void* bistroPromiseResolve(Slot promise, Slot resolution) __asm__(
    "_ZN2v88internal9JSPromise7ResolveENS0_6HandleIS1_EENS2_INS0_6ObjectEEE");
void* bistroPromiseResolve(Slot promise, Slot resolution)
{
    static const auto real = next<void* (*)(Slot, Slot)>(
        "_ZN2v88internal9JSPromise7ResolveENS0_6HandleIS1_EENS2_INS0_6ObjectEEE");
    if (!observed()) // also a worker's: what is kept here is the recorded thread's
        return real(promise, resolution);
    tellMicrotasks();
    s_settledInside = 0;
    void* const result = real(promise, resolution);
    if (!observed())
        return result;
    if (!settled(promise)) {
        v8::Value* const value = reinterpret_cast<v8::Value*>(const_cast<std::uintptr_t*>(resolution));
        recorder()->promiseFollows(idOf(promise), value->IsPromise() ? idOf(resolution) : 0);
    } else if (s_settledInside == 0 || s_settledInside != idOf(promise)) {
        noteOutcome(promise);
    }
    return result;
}

// v8::internal::JSPromise::Reject(Handle<JSPromise>, Handle<Object>, bool debug_event)
extern "C" [[gnu::used]] void* bistroPromiseReject(Slot promise, Slot reason, bool debug) __asm__(
    "_ZN2v88internal9JSPromise6RejectENS0_6HandleIS1_EENS2_INS0_6ObjectEEEb");
void* bistroPromiseReject(Slot promise, Slot reason, bool debug)
{
    static const auto real = next<void* (*)(Slot, Slot, bool)>(
        "_ZN2v88internal9JSPromise6RejectENS0_6HandleIS1_EENS2_INS0_6ObjectEEEb");
    if (observed())
        tellMicrotasks();
    void* const result = real(promise, reason, debug);
    if (observed() && settled(promise))
        noteOutcome(promise);
    return result;
}

// v8::internal::Isolate::OnAsyncFunctionSuspended(Handle<JSPromise> await, Handle<JSPromise> awaited): calls the init
// hook.
extern "C" [[gnu::used]] void bistroSuspended(void* isolate, Slot promise, Slot parent) __asm__(
    "_ZN2v88internal7Isolate24OnAsyncFunctionSuspendedENS0_6HandleINS0_9JSPromiseEEES4_");
void bistroSuspended(void* isolate, Slot promise, Slot parent)
{
    static const auto real = next<void (*)(void*, Slot, Slot)>(
        "_ZN2v88internal7Isolate24OnAsyncFunctionSuspendedENS0_6HandleINS0_9JSPromiseEEES4_");
    const bool recorded = observed(isolate);
    if (recorded)
        s_awaiting = true;
    real(isolate, promise, parent);
    if (recorded)
        s_awaiting = false;
}

// int v8::internal::MicrotaskQueue::RunMicrotasks(Isolate*)
extern "C" [[gnu::used]] int bistroRunMicrotasks(void* queue, void* isolate) __asm__(
    "_ZN2v88internal14MicrotaskQueue13RunMicrotasksEPNS0_7IsolateE");
int bistroRunMicrotasks(void* queue, void* isolate)
{
    static const auto real = next<int (*)(void*, void*)>(
        "_ZN2v88internal14MicrotaskQueue13RunMicrotasksEPNS0_7IsolateE");
    if (!observed(isolate))
        return real(queue, isolate);
    tellMicrotasks();
    recorder()->drainStarted();
    runningMicrotasks(queue, true);
    const int count = real(queue, isolate);
    runningMicrotasks(queue, false);
    if (recorder())
        recorder()->drainFinished();
    return count;
}

} // namespace bistro
