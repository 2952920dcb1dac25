#include "microtasks.h"

#include "recordedthread.h"

#include <v8.h>

#include <algorithm>

namespace bistro {
namespace {

using namespace v8layout;

template <typename T>
T field(const RecordedThread& thread, std::size_t offset)
{
    return *reinterpret_cast<const T*>(thread.microtasks.queue + offset);
}

// One of the numbers that the queue counts by.
std::uint64_t count(const RecordedThread& thread, std::size_t offset)
{
    return static_cast<std::uint64_t>(field<std::intptr_t>(thread, offset));
}

// A JSPromise at this place, or the one of a PromiseCapability.
Slot promiseAt(const Symbols& symbols, Slot place)
{
    if (typeOf(*place) == symbols.capability)
        place = slotAt(*place, microtask::kCapabilityPromise);
    return typeOf(*place) == symbols.promise ? place : nullptr;
}

std::uint64_t everQueued(const RecordedThread& thread)
{
    return count(thread, thread.symbols.queueFinished) + count(thread, thread.symbols.queueSize)
        + (thread.microtasks.running ? 1 : 0);
}

} // namespace

void observeMicrotasks(RecordedThread& thread, v8::Isolate* isolate)
{
    thread.microtasks.queue = reinterpret_cast<const std::byte*>(isolate->GetCurrentContext()->GetMicrotaskQueue());
    thread.microtasks.told = everQueued(thread);
}

std::size_t newMicrotasks(const RecordedThread& thread)
{
    if (!thread.microtasks.queue)
        return 0;
    const std::uint64_t all = everQueued(thread);
    if (all <= thread.microtasks.told)
        return 0;
    return static_cast<std::size_t>(std::min(all - thread.microtasks.told, count(thread, thread.symbols.queueSize)));
}

QueuedMicrotask takeMicrotask(RecordedThread& thread)
{
    const Symbols& symbols = thread.symbols;
    const std::size_t fromEnd = newMicrotasks(thread);
    thread.microtasks.told = everQueued(thread) - fromEnd + 1;
    const std::size_t size = count(thread, symbols.queueSize);
    const std::size_t start = count(thread, symbols.queueStart);
    const std::size_t capacity = count(thread, symbols.queueCapacity);
    const Word task = field<const Word*>(thread, symbols.queueRing)[(start + size - fromEnd) % capacity];
    const int type = typeOf(task);
    if (type == symbols.fulfilledJob || type == symbols.rejectedJob)
        return {.kind = QueuedMicrotask::Kind::Reaction,
            .promise = promiseAt(symbols, slotAt(task, microtask::kReactionTarget))};
    if (type == symbols.thenableJob)
        return {.kind = QueuedMicrotask::Kind::Thenable,
            .promise = promiseAt(symbols, slotAt(task, microtask::kThenableTarget))};
    return {};
}

void runningMicrotasks(RecordedThread& thread, const void* queue, bool running)
{
    if (queue == thread.microtasks.queue)
        thread.microtasks.running = running;
}

} // namespace bistro
