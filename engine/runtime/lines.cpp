#include "lines.h"

#include "interpose.h"
#include "libnodenames.h"
#include "linebreaks.h"
#include "linerecorder.h"
#include "programclock.h"
#include "recordedthread.h"

#include <utility>

namespace bistro {

using namespace v8layout;

ObservedLines::ObservedLines() = default;
ObservedLines::~ObservedLines() = default;

void startLines(RecordedThread& thread, v8::Isolate* isolate, const LineOrders& orders)
{
    if (!orders.recorded || !kFramesKnown || !thread.stacks.walkable)
        return;
    thread.lines.recorder = std::make_unique<LineRecorder>(thread, isolate, orders);
    if (!orders.clockGoes)
        holdClock();
    thread.lines.recorder->begin();
    thread.recorder.linesBegin = linesBegin;
    thread.recorder.linesLeft = linesLeft;
}

std::size_t linesBegin(RecordedThread& thread)
{
    return thread.lines.recorder->isOn() ? thread.lines.recorder->callbackBegins() : 0;
}

void linesLeft(RecordedThread& thread, std::size_t calls)
{
    if (thread.lines.recorder->isOn())
        thread.lines.recorder->callsLeft(calls);
}

void linesCounted(RecordedThread& thread)
{
    if (thread.lines.recorder)
        thread.lines.recorder->tellCounts();
}

void linesAwait(RecordedThread& thread)
{
    if (thread.lines.recorder && thread.lines.recorder->isOn())
        thread.lines.recorder->awaits(walkStack(thread).innermost);
}

namespace {

thread_local Slot t_accumulator; // of the stop that V8 is in

} // namespace

// v8::internal::Runtime_DebugBreakOnBytecode(int, Address* arguments, Isolate*): every stop of the interpreter. Its
// result is a pair of words, in two registers.
struct BytecodeStop {
    Word value;
    Word handler;
};
extern "C" [[gnu::used]] BytecodeStop bistroDebugBreakOnBytecode(
    int count, const Word* arguments, void* isolate) __asm__(BISTRO_V8_DEBUG_BREAK_ON_BYTECODE);
BytecodeStop bistroDebugBreakOnBytecode(int count, const Word* arguments, void* isolate)
{
    static const auto real = next<BytecodeStop (*)(int, const Word*, void*)>(BISTRO_V8_DEBUG_BREAK_ON_BYTECODE);
    RecordedThread* const thread = thisThread();
    if (!thread || !thread->lines.recorder || thread->stacks.isolate != isolate || !thread->lines.recorder->isOn())
        return real(count, arguments, isolate);
    if (thread->recorder.ended()) // the trace is full: V8 need not stop any more
        thread->lines.recorder->end(LinesEnd::Limit);
    const HeldClock held(*thread);
    t_accumulator = arguments;
    const BytecodeStop result = real(count, arguments, isolate);
    t_accumulator = nullptr;
    return result;
}

// v8::internal::Debug::Break(JavaScriptFrame*, Handle<JSFunction>)
extern "C" [[gnu::used]] void bistroDebugBreak(void* debug, Word state, Slot function) __asm__(BISTRO_V8_DEBUG_BREAK);
void bistroDebugBreak(void* debug, Word state, Slot function)
{
    static const auto real = next<void (*)(void*, Word, Slot)>(BISTRO_V8_DEBUG_BREAK);
    RecordedThread* const thread = recorded();
    if (!t_accumulator || !thread || !thread->lines.recorder->isOn())
        return real(debug, state, function);
    const Slot accumulator = std::exchange(t_accumulator, nullptr);
    thread->lines.recorder->stop(state, function, accumulator, [&] {
        const BreaksAsTheyAre asTheyAre;
        real(debug, state, function);
    });
}

// v8::debug::SetDebugDelegate(Isolate*, DebugDelegate*): who debugs the program by V8's own means has it for himself.
extern "C" [[gnu::used]] void bistroSetDebugDelegate(v8::Isolate* isolate, v8::debug::DebugDelegate* delegate) __asm__(
    BISTRO_V8_SET_DEBUG_DELEGATE);
void bistroSetDebugDelegate(v8::Isolate* isolate, v8::debug::DebugDelegate* delegate)
{
    static const auto real = next<void (*)(v8::Isolate*, v8::debug::DebugDelegate*)>(BISTRO_V8_SET_DEBUG_DELEGATE);
    RecordedThread* const thread = thisThread();
    if (thread && thread->lines.recorder && thread->stacks.isolate == isolate
        && delegate != thread->lines.recorder.get() && thread->lines.recorder->isOn())
        thread->lines.recorder->stepAside();
    real(isolate, delegate);
}

// v8_inspector::V8ProfilerAgentImpl::enable(): `result` is where what it returns is to be. A profile names functions by
// their code, and those that have a stop run a copy of it, which it does not know.
extern "C" [[gnu::used]] void* bistroEnableProfiler(void* result, void* agent) __asm__(BISTRO_V8_ENABLE_PROFILER);
void* bistroEnableProfiler(void* result, void* agent)
{
    static const auto real = next<void* (*)(void*, void*)>(BISTRO_V8_ENABLE_PROFILER);
    RecordedThread* const thread = thisThread();
    if (thread && thread->lines.recorder && thread->lines.recorder->isOn())
        thread->lines.recorder->leave();
    return real(result, agent);
}

} // namespace bistro
