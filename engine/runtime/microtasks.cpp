#include "microtasks.h"

#include "interpose.h"

#include <v8.h>

#include <algorithm>

namespace bistro {
namespace {

const std::byte* s_queue = nullptr; // v8::internal::MicrotaskQueue
std::uint64_t s_told = 0; // of all that were ever queued
bool s_running = false;

// Where the fields are, and V8's numbers of types, as libnode exports them.
template <typename T>
T constant(const char* symbol)
{
    return *next<const T*>(symbol);
}

struct Layout {
    std::size_t finished = constant<std::size_t>("_ZN2v88internal14MicrotaskQueue29kFinishedMicrotaskCountOffsetE");
    std::size_t size = constant<std::size_t>("_ZN2v88internal14MicrotaskQueue11kSizeOffsetE");
    std::size_t start = constant<std::size_t>("_ZN2v88internal14MicrotaskQueue12kStartOffsetE");
    std::size_t capacity = constant<std::size_t>("_ZN2v88internal14MicrotaskQueue15kCapacityOffsetE");
    std::size_t ring = constant<std::size_t>("_ZN2v88internal14MicrotaskQueue17kRingBufferOffsetE");
    int typeOfMap = constant<int>("v8dbg_class_Map__instance_type__uint16_t");
    int fulfilled = constant<int>("v8dbg_type_PromiseFulfillReactionJobTask__PROMISE_FULFILL_REACTION_JOB_TASK_TYPE");
    int rejected = constant<int>("v8dbg_type_PromiseRejectReactionJobTask__PROMISE_REJECT_REACTION_JOB_TASK_TYPE");
    int thenable = constant<int>("v8dbg_type_PromiseResolveThenableJobTask__PROMISE_RESOLVE_THENABLE_JOB_TASK_TYPE");
    int capability = constant<int>("v8dbg_type_PromiseCapability__PROMISE_CAPABILITY_TYPE");
    int promise = constant<int>("v8dbg_type_JSPromise__JS_PROMISE_TYPE");
};

const Layout& layout()
{
    static const Layout s_layout;
    return s_layout;
}

// V8 11.3 (microtask.tq, promise.tq). Objects are tagged by 1; no pointer is compressed in Node.
constexpr std::ptrdiff_t kReactionTarget = 32
    - 1; // PromiseReactionJobTask: argument, context, handler, promise_or_capability
constexpr std::ptrdiff_t kThenableTarget = 16 - 1; // PromiseResolveThenableJobTask: context, promise_to_resolve
constexpr std::ptrdiff_t kCapabilityPromise = 8 - 1;

template <typename T>
T field(std::size_t offset)
{
    return *reinterpret_cast<const T*>(s_queue + offset);
}

const std::uintptr_t* at(std::uintptr_t object, std::ptrdiff_t offset)
{
    return reinterpret_cast<const std::uintptr_t*>(
        static_cast<std::uintptr_t>(static_cast<std::ptrdiff_t>(object) + offset));
}

int typeOf(std::uintptr_t object)
{
    if ((object & 1) == 0)
        return -1; // a small integer
    const std::uintptr_t map = *at(object, -1);
    return *reinterpret_cast<const std::uint16_t*>(at(map, layout().typeOfMap - 1));
}

// A JSPromise at this place, or the one of a PromiseCapability.
const std::uintptr_t* promiseAt(const std::uintptr_t* place)
{
    if (typeOf(*place) == layout().capability)
        place = at(*place, kCapabilityPromise);
    return typeOf(*place) == layout().promise ? place : nullptr;
}

std::uint64_t everQueued()
{
    return static_cast<std::uint64_t>(field<std::intptr_t>(layout().finished))
        + static_cast<std::uint64_t>(field<std::intptr_t>(layout().size)) + (s_running ? 1 : 0);
}

} // namespace

void observeMicrotasks(v8::Isolate* isolate)
{
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
    const auto waiting = static_cast<std::uint64_t>(field<std::intptr_t>(layout().size));
    return static_cast<std::size_t>(std::min(all - s_told, waiting));
}

QueuedMicrotask takeMicrotask()
{
    const std::size_t fromEnd = newMicrotasks();
    s_told = everQueued() - fromEnd + 1;
    const auto size = static_cast<std::size_t>(field<std::intptr_t>(layout().size));
    const auto start = static_cast<std::size_t>(field<std::intptr_t>(layout().start));
    const auto capacity = static_cast<std::size_t>(field<std::intptr_t>(layout().capacity));
    const std::uintptr_t task = field<const std::uintptr_t*>(layout().ring)[(start + size - fromEnd) % capacity];
    const int type = typeOf(task);
    if (type == layout().fulfilled || type == layout().rejected)
        return {.kind = QueuedMicrotask::Kind::Reaction, .promise = promiseAt(at(task, kReactionTarget))};
    if (type == layout().thenable)
        return {.kind = QueuedMicrotask::Kind::Thenable, .promise = promiseAt(at(task, kThenableTarget))};
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
