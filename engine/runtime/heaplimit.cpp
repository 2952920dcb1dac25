// The end of V8's heap: told with the line at which the program came to it, before V8 ends the process as it ends
// node's. V8 first asks whoever has a callback near the limit (node's, for --heapsnapshot-near-heap-limit) for a higher
// one. When nobody has given more, the program's place is taken. Where optimized code has called for memory V8 cannot
// tell it: then the heap gets a little more, once, and the place is taken where V8 next looks for interrupts. The
// program may go on all the same, so the end is told when it comes.

#include "confinement.h"
#include "interpose.h"
#include "libnodenames.h"
#include "memorylimit.h"
#include "recordedthread.h"

#include <v8.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace bistro {
namespace {

constexpr std::size_t kMiB = 1024 * 1024;

// Of the recorded thread's heap: others have no place to tell. That thread's alone.
struct NearLimit {
    bool looking = false;
    bool given = false; // the little more
    std::size_t limit = 0; // of the old generation, bytes: what --max-old-space-size sets; 0: never came near
    StackId place;
};
NearLimit s_near;

void takePlace()
{
    if (RecordedThread* const thread = recorded())
        s_near.place = stackNow(*thread);
}

// V8 runs it as a callback of the program's: it may collect garbage meanwhile.
std::size_t look(void*, std::size_t current, std::size_t)
{
    constexpr std::size_t kLittle = 16 * kMiB;
    RecordedThread* const thread = recorded();
    if (!s_near.given)
        s_near.limit = current;
    if (!thread || isTellableNow(*thread)) {
        takePlace();
        return current;
    }
    if (std::exchange(s_near.given, true))
        return current;
    thread->stacks.isolate->RequestInterrupt([](v8::Isolate*, void*) { takePlace(); }, nullptr);
    // It has gone beyond the limit already, by what it could not free.
    v8::HeapStatistics statistics;
    thread->stacks.isolate->GetHeapStatistics(&statistics);
    return std::max(current, statistics.total_heap_size()) + kLittle;
}

std::uint32_t heapAllowed(v8::Isolate* isolate)
{
    if (s_near.limit > 0)
        return static_cast<std::uint32_t>(s_near.limit / kMiB);
    v8::HeapStatistics statistics;
    isolate->GetHeapStatistics(&statistics);
    return static_cast<std::uint32_t>(statistics.heap_size_limit() / kMiB);
}

} // namespace
} // namespace bistro

using namespace bistro;

// bool v8::internal::Heap::InvokeNearHeapLimitCallback(): false when nobody has given more.
extern "C" [[gnu::used]] bool bistroNearHeapLimit(void* heap) __asm__(BISTRO_V8_NEAR_HEAP_LIMIT);
bool bistroNearHeapLimit(void* heap)
{
    static const auto real = next<bool (*)(void*)>(BISTRO_V8_NEAR_HEAP_LIMIT);
    if (real(heap))
        return true;
    RecordedThread* const thread = recorded();
    v8::Isolate* const isolate = thread ? thread->stacks.isolate : nullptr;
    // Looking takes a few hundred bytes of the heap, for which V8 may come here again.
    if (!isolate || std::exchange(s_near.looking, true))
        return false;
    isolate->AddNearHeapLimitCallback(look, nullptr); // the last one added is who is asked
    const bool more = real(heap);
    isolate->RemoveNearHeapLimitCallback(look, 0);
    s_near.looking = false;
    return more;
}

// void v8::internal::V8::FatalProcessOutOfMemory(Isolate*, const char* location, const OOMDetails&): ends the process.
extern "C" [[gnu::used]] void bistroOutOfMemory(
    void* isolate, const char* location, const v8::OOMDetails& details) __asm__(BISTRO_V8_OUT_OF_MEMORY);
void bistroOutOfMemory(void* isolate, const char* location, const v8::OOMDetails& details)
{
    static const auto real = next<void (*)(void*, const char*, const v8::OOMDetails&)>(BISTRO_V8_OUT_OF_MEMORY);
    RecordedThread* const thread = recorded();
    const bool isOurs = thread && thread->stacks.isolate; // else one of V8's own threads, or a worker
    const StackId known = isOurs ? knownStackNow(*thread) : StackId {};
    const StackId place = known || !isOurs ? known : s_near.place;
    // A heap that never came near its own limit has found no more memory. One that may be larger than that can't have.
    const bool isMemory = s_near.limit == 0
        && (isMemoryUsedUp()
            || (isOurs && memoryAllowed() != 0 && heapAllowed(thread->stacks.isolate) > memoryAllowed()));
    if (!details.is_heap_oom || isMemory)
        tellMemoryLimit(place);
    else if (isOurs)
        tellLimit(RunLimit::Heap, heapAllowed(thread->stacks.isolate), place);
    real(isolate, location, details);
}
