// Errors: where one is thrown, whether somebody will catch it, and what it leaves.
#include "linerecorder.h"

#include "interpose.h"
#include "libnodenames.h"
#include "programclock.h"
#include "recordedthread.h"
#include "v8handles.h"

#include <utility>

// v8::internal::Isolate, of an error that is thrown now: the promise that it will reject, or undefined; whether
// somebody waits for such a promise's error; and who will catch it, 0 nobody.
extern "C" const std::uintptr_t* v8PromiseOnStack(void* isolate) __asm__(BISTRO_V8_PROMISE_ON_STACK);
extern "C" bool v8HasRejectHandler(void* isolate, const std::uintptr_t* promise) __asm__(BISTRO_V8_HAS_REJECT_HANDLER);
extern "C" int v8PredictCatcher(void* isolate) __asm__(BISTRO_V8_PREDICT_CATCHER);

namespace bistro {

using namespace v8layout;

void LineRecorder::beginsThrow()
{
    ++m_throwing;
    m_isHeard = false;
    if (m_on && !m_calls.empty())
        m_calls.back().threw = true; // also when V8 will not tell: where the stack has no more room
}

// Where the stack has no more room, V8 tells nobody.
void LineRecorder::leavesThrow(Slot error)
{
    --m_throwing;
    const Word frame = m_on && !std::exchange(m_isHeard, true) ? walkStack(m_thread).innermost : 0;
    if (frame == 0)
        return;
    const v8::HandleScope handles(m_isolate);
    const v8::Local<v8::Value> value = handleOf(m_isolate, *error);
    if (value->IsNativeError() && m_objects.errorText(value).text == "RangeError: Maximum call stack size exceeded")
        tellError(frame, value, fateNow());
}

// Who waits for a module is Node, and what Node does with its error depends on who has imported it. Of all other
// promises somebody may ask later.
ErrorFate LineRecorder::fateOfRejection(bool isAwaited) const
{
    for (auto call = m_calls.rbegin(); call != m_calls.rend(); ++call) {
        if (call->code->isModule)
            return ErrorFate::Unknown;
        if (call->code->isAsync)
            break;
    }
    return isAwaited ? ErrorFate::Caught : ErrorFate::Unknown;
}

// Of an error that is thrown now, where V8 does not tell.
ErrorFate LineRecorder::fateNow() const
{
    const Slot promise = v8PromiseOnStack(m_isolate);
    if (typeOf(*promise) == m_thread.symbols.promise)
        return fateOfRejection(v8HasRejectHandler(m_isolate, promise));
    return v8PredictCatcher(m_isolate) != 0 ? ErrorFate::Caught : ErrorFate::Uncaught;
}

// A throw in a function whose promise it rejects, V8 calls a rejection, too.
void LineRecorder::ExceptionThrown(v8::Local<v8::Context>, v8::Local<v8::Value> exception, v8::Local<v8::Value>,
    bool isUncaught, v8::debug::ExceptionType type)
{
    m_isHeard = true;
    if (!m_on || m_throwing == 0)
        return;
    const Word frame = walkStack(m_thread).innermost;
    if (frame == 0)
        return;
    const v8::HandleScope handles(m_isolate);
    resumedByError(frame);
    const bool rejects = type == v8::debug::kPromiseRejection;
    tellError(frame, exception,
        rejects           ? fateOfRejection(!isUncaught)
            : !isUncaught ? ErrorFate::Caught
                          : ErrorFate::Uncaught);
}

void LineRecorder::throwsOn(Slot error)
{
    const Word frame = m_on ? walkStack(m_thread).innermost : 0;
    if (frame == 0)
        return;
    const v8::HandleScope handles(m_isolate);
    if (resumedByError(frame))
        return tellError(frame, handleOf(m_isolate, *error), fateNow());
    leaveInner(frame);
    if (!m_calls.empty() && m_calls.back().frame == frame)
        m_calls.back().threw = true; // from its finally block
}

// What the call in this frame waited for has answered by an error.
bool LineRecorder::resumedByError(Word frame)
{
    Call* const call = resumedUnseen(frame);
    if (call)
        call->threw = true;
    return call != nullptr;
}

// A call that is not recorded is call 0: its function's stops were taken away before it, or it has not come to its
// first. Nothing is told of one in Node, or in a file that has no lines.
void LineRecorder::tellError(Word frame, v8::Local<v8::Value> error, ErrorFate fate)
{
    constexpr std::uint64_t kMost = 10'000; // of a callback
    const Call* const call = !m_calls.empty() && m_calls.back().frame == frame ? &m_calls.back() : nullptr;
    if (!call && !m_places.hasLines(at(rawAt(frame, frame::kFunction), function::kShared)))
        return;
    if (++m_throws > kMost)
        return;
    m_objects.beginStop();
    const ToldValue value = m_objects.tell(error);
    const ShortText text = m_objects.errorText(error);
    events::ErrorThrown thrown {.fate = fate,
        .call = call ? call->id : CallId {},
        .value = m_recorder.intern(text.text),
        .object = value.object};
    thrown.stack = call ? call->place : innermostPlace(m_thread);
    m_recorder.event(thrown, text.cut ? unsigned {FlagTruncated} : 0u);
}

// v8::internal::Debug::OnThrow(Handle<Object>): each error that is thrown. Its result is a pair of words, in two
// registers.
struct OptionalObject {
    Word isThere;
    Word object;
};
extern "C" [[gnu::used]] OptionalObject bistroOnThrow(void* debug, Slot error) __asm__(BISTRO_V8_ON_THROW);
OptionalObject bistroOnThrow(void* debug, Slot error)
{
    static const auto real = next<OptionalObject (*)(void*, Slot)>(BISTRO_V8_ON_THROW);
    RecordedThread* const thread = recorded();
    if (!thread || !thread->lines.recorder || !thread->lines.recorder->isOn())
        return real(debug, error);
    if (thread->lines.recorder->isReading())
        return {}; // it is not the program that throws, and who reads catches it
    thread->lines.recorder->beginsThrow();
    const OptionalObject result = real(debug, error);
    thread->lines.recorder->leavesThrow(error);
    return result;
}

// v8::internal::Runtime_ReThrow(int, Address* arguments, Isolate*)
extern "C" [[gnu::used]] Word bistroReThrow(int count, const Word* arguments, void* isolate) __asm__(BISTRO_V8_RETHROW);
Word bistroReThrow(int count, const Word* arguments, void* isolate)
{
    static const auto real = next<Word (*)(int, const Word*, void*)>(BISTRO_V8_RETHROW);
    RecordedThread* const thread = recorded();
    if (thread && thread->lines.recorder && thread->stacks.isolate == isolate && thread->lines.recorder->isOn()) {
        const HeldClock held(*thread);
        thread->lines.recorder->throwsOn(arguments);
    }
    return real(count, arguments, isolate);
}

} // namespace bistro
