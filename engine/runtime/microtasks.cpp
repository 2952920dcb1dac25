#include "microtasks.h"

#include "v8layout.h"

#include <v8.h>

#include <algorithm>

namespace bistro {
namespace {

const std::byte* s_queue = nullptr; // v8::internal::MicrotaskQueue
std::uint64_t s_told = 0; // of all that were ever queued
bool s_running = false;

v8layout::Symbols s_symbols;

using namespace v8layout;

template <typename T>
T field(std::size_t offset)
{
    return *reinterpret_cast<const T*>(s_queue + offset);
}

// A JSPromise at this place, or the one of a PromiseCapability.
Slot promiseAt(Slot place)
{
    if (typeOf(*place) == s_symbols.capability)
        place = slotAt(*place, microtask::kCapabilityPromise);
    return typeOf(*place) == s_symbols.promise ? place : nullptr;
}

std::uint64_t everQueued()
{
    return static_cast<std::uint64_t>(field<std::intptr_t>(s_symbols.queueFinished))
        + static_cast<std::uint64_t>(field<std::intptr_t>(s_symbols.queueSize)) + (s_running ? 1 : 0);
}

} // namespace

void observeMicrotasks(v8::Isolate* isolate, const v8layout::Symbols& symbols)
{
    s_symbols = symbols;
    s_queue = reinterpret_cast<const std::byte*>(isolate->GetCurrentContext()->GetMicrotaskQueue());
    s_told = everQueued();
}

std::size_t newMicrotasks()
{
    if (!s_queue)
        return 0;
    const std::uint64_t all = everQueued();
    if (all <= s_told)
        return 0;
    const auto waiting = static_cast<std::uint64_t>(field<std::intptr_t>(s_symbols.queueSize));
    return static_cast<std::size_t>(std::min(all - s_told, waiting));
}

QueuedMicrotask takeMicrotask()
{
    const std::size_t fromEnd = newMicrotasks();
    s_told = everQueued() - fromEnd + 1;
    const auto size = static_cast<std::size_t>(field<std::intptr_t>(s_symbols.queueSize));
    const auto start = static_cast<std::size_t>(field<std::intptr_t>(s_symbols.queueStart));
    const auto capacity = static_cast<std::size_t>(field<std::intptr_t>(s_symbols.queueCapacity));
    const Word task = field<const std::uintptr_t*>(s_symbols.queueRing)[(start + size - fromEnd) % capacity];
    const int type = typeOf(task);
    if (type == s_symbols.fulfilledJob || type == s_symbols.rejectedJob)
        return {
            .kind = QueuedMicrotask::Kind::Reaction, .promise = promiseAt(slotAt(task, microtask::kReactionTarget))};
    if (type == s_symbols.thenableJob)
        return {
            .kind = QueuedMicrotask::Kind::Thenable, .promise = promiseAt(slotAt(task, microtask::kThenableTarget))};
    return {};
}

void runningMicrotasks(const void* queue, bool running)
{
    if (isObservedQueue(queue))
        s_running = running;
}

bool isObservedQueue(const void* queue)
{
    return queue == s_queue;
}

} // namespace bistro
