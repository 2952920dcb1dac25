// One JavaScript thread that is recorded, as one value: the recorder, and what each observer remembers of it. There is
// one today, the main thread's; all that is told of a thread is reached by its own value, so that a worker may have
// one, too. The functions by which V8, Node and libuv come to us (interpose.h) ask for it here; all else is handed it.
//
// A thread touches its own value only, but for what the recorder says of itself. What belongs to the process and not to
// a thread stands in the file that uses it, with its reason: the functions behind the interposed ones (interpose.h),
// the pool's jobs, which its threads share (pool.cpp), the name of the probe (probe.cpp), the control line
// (control.cpp).
#pragma once

#include "handlers.h"
#include "handles.h"
#include "lines.h"
#include "loop.h"
#include "microtasks.h"
#include "node_observer.h"
#include "pool.h"
#include "probe.h"
#include "promises.h"
#include "recorder.h"
#include "stack.h"
#include "v8layout.h"
#include "variables.h"

#include <memory>

namespace bistro {

struct RecordedThread final {
    RecordedThread(std::unique_ptr<Writer> writer, const v8layout::Symbols& v8s)
        : recorder(std::move(writer), this)
        , symbols(v8s)
    {
    }
    RecordedThread(const RecordedThread&) = delete;
    RecordedThread& operator=(const RecordedThread&) = delete;

    Recorder recorder;
    const v8layout::Symbols symbols;
    ObservedMicrotasks microtasks;
    ObservedPromises promises;
    ObservedStacks stacks;
    ObservedVariables variables;
    ObservedNode node;
    ProbeState probe;
    ObservedLoop loop;
    ObservedPool pool;
    ObservedHandles handles;
    ObservedHandlers handlers;
    ObservedLines lines;
};

// For the two functions below only. Hidden and constant at first, so that the compiler finds it at a fixed place from
// the thread's register: interposed functions ask for it at every event.
[[gnu::visibility("hidden")]] extern constinit thread_local RecordedThread* t_thread;

// The value of the calling thread. Null when it is not recorded: in other threads (Node's platform's, the pool's,
// workers), and everywhere when no trace was asked for. It stays when recording has ended.
[[nodiscard]] inline RecordedThread* thisThread()
{
    return t_thread;
}

// The same while it is recorded: null also from the trace's limit, or the run's end, on.
[[nodiscard]] inline RecordedThread* recorded()
{
    RecordedThread* const thread = t_thread;
    return thread && !thread->recorder.ended() ? thread : nullptr;
}

// The calling thread is recorded from now on. Once, before Node starts. Never destroyed: threads of the pool may
// outlive main.
RecordedThread& startRecording(std::unique_ptr<Writer> writer, const v8layout::Symbols& symbols);

} // namespace bistro
