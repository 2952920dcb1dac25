// Calls: when one begins, goes on after a pause, and is left.
#include "linerecorder.h"

#include "recordedthread.h"
#include "v8handles.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace bistro {

using namespace v8layout;

namespace {

// A function whose stops are taken away again and again gets them back more and more seldom.
std::uint64_t callbacksWithout(const LineCode& code)
{
    constexpr int kTimes = 8; // that it gets them back at once
    constexpr int kMost = 40;
    return code.takenAway < kTimes ? 0 : std::uint64_t {1} << std::min(code.takenAway - kTimes, kMost);
}

// Of one that nothing told of: an async generator may have done either.
CallEnd pauseOf(const LineCode& code)
{
    const bool mayYield = code.isGenerator && !code.isModule;
    return (code.isAsync || code.isModule) && !mayYield ? CallEnd::Awaits : CallEnd::Yields;
}

} // namespace

std::size_t LineRecorder::callbackBegins()
{
    ++m_callback;
    m_throws = 0;
    if (m_calls.empty() && !m_disarmed.empty()) {
        std::erase_if(m_disarmed, [this](LineCode* code) {
            const bool isDue = m_callback - code->takenIn > callbacksWithout(*code);
            if (isDue)
                m_places.arm(*code);
            return isDue;
        });
    }
    return m_calls.size();
}

void LineRecorder::callsLeft(std::size_t calls)
{
    if (m_calls.size() <= calls)
        return;
    const v8::HandleScope handles(m_isolate);
    while (m_calls.size() > calls) {
        if (leaveUnseen() && !m_calls.empty())
            m_calls.back().threw = true;
    }
}

bool LineRecorder::isSuspended(std::uint32_t generator) const
{
    const v8::Local<v8::Value> object = m_objects.objectOf(generator);
    return !object.IsEmpty() && smallValue(at(wordOf(object), generator::kContinuation)) >= 0;
}

void LineRecorder::leave(CallEnd end, unsigned flags, const ToldValue& value)
{
    Call call = std::move(m_calls.back());
    m_calls.pop_back();
    flags |= value.cut ? unsigned {FlagTruncated} : 0u;
    m_recorder.event(
        events::CallLeft {.end = end, .call = call.id, .value = value.text, .object = value.object}, flags);
    if (call.generator == 0)
        return;
    if (end == CallEnd::Awaits || end == CallEnd::Yields)
        m_paused.insert_or_assign(call.generator, std::move(call));
    else
        m_paused.erase(call.generator);
}

// A call that is over without a word: left by an error, paused, or in a function whose stops were taken away.
bool LineRecorder::leaveUnseen()
{
    const Call& call = m_calls.back();
    if (call.generator != 0 && isSuspended(call.generator)) {
        leave(pauseOf(*call.code), 0);
        return false;
    }
    if (!call.threw) {
        leave(CallEnd::Returned, FlagInferred);
        return false;
    }
    const bool goesOn = !call.code->isAsync; // else its promise is rejected
    leave(CallEnd::Threw, 0);
    return goesOn;
}

// The calls within the one in this frame are over: what an error has left, or what the call within has not told.
void LineRecorder::leaveInner(Word frame)
{
    while (!m_calls.empty() && m_calls.back().frame < frame) {
        if (leaveUnseen() && !m_calls.empty() && m_calls.back().frame < frame)
            m_calls.back().threw = true;
    }
}

std::uint32_t LineRecorder::generatorOf(LineCode& code, Word frame, Word stackPointer)
{
    const Word function = rawAt(frame, frame::kFunction);
    const auto isIts = [&](Word word) {
        return !isSmall(word) && m_thread.symbols.isGenerator(typeOf(word))
            && at(word, generator::kFunction) == function;
    };
    if (code.generator != 0 && frame + static_cast<Word>(code.generator) >= stackPointer) {
        const Word word = rawAt(frame, code.generator);
        if (isIts(word))
            return m_objects.numberOf(word);
    }
    for (int offset = frame::kFirstRegister; frame + static_cast<Word>(offset) >= stackPointer; offset -= 8) {
        const Word word = rawAt(frame, offset);
        if (isIts(word)) {
            code.generator = offset;
            return m_objects.numberOf(word);
        }
    }
    return 0;
}

// Calls that have paused without a word, and that of this generator in another frame: since then it has paused.
void LineRecorder::leavePaused(Word frame, std::uint32_t generator)
{
    while (!m_calls.empty() && m_calls.back().generator != 0 && isSuspended(m_calls.back().generator))
        leaveUnseen();
    const auto its = generator == 0
        ? m_calls.rend()
        : std::find_if(m_calls.rbegin(), m_calls.rend(), [&](const Call& call) { return call.generator == generator; });
    if (its == m_calls.rend() || its->frame == frame)
        return;
    const auto with = static_cast<std::size_t>(m_calls.rend() - its);
    while (m_calls.size() > with)
        leaveUnseen();
    leave(pauseOf(*m_calls.back().code), 0);
}

// The functions that have called this one, in the same statement in which they were paused: they go on before it
// begins.
void LineRecorder::resumeCallers(Word frame)
{
    constexpr std::size_t kMost = 64; // frames that are looked at
    const Word known = m_calls.empty() ? m_thread.stacks.top : m_calls.back().frame;
    std::vector<Word> callers;
    for (std::size_t i = 0; i < kMost; ++i) {
        const Word caller = rawAt(frame, frame::kCaller);
        if (caller <= frame || caller >= known || caller >= m_thread.stacks.top - 16)
            break;
        const Word marker = rawAt(caller, frame::kContextOrType);
        if (isEntry(marker)) {
            frame = rawAt(caller, frame::kEntrySavedCEntryFrame);
            if (frame <= caller || frame >= known)
                break;
            continue;
        }
        frame = caller;
        if (!isSmall(marker))
            callers.push_back(caller);
    }
    for (auto caller = callers.rbegin(); caller != callers.rend(); ++caller)
        (void)resumedUnseen(*caller);
}

LineRecorder::Call& LineRecorder::callOf(LineCode& code, StackId place, Word frame, Word stackPointer)
{
    leaveInner(frame);
    const std::uint32_t generator = code.isResumable ? generatorOf(code, frame, stackPointer) : 0;
    leavePaused(frame, generator);
    if (!m_calls.empty() && m_calls.back().frame == frame) {
        Call& call = m_calls.back();
        if (call.code == &code && call.generator == generator) {
            call.threw = false;
            return call;
        }
        leaveUnseen();
    }
    if (!m_paused.empty())
        resumeCallers(frame);
    if (!m_calls.empty())
        m_calls.back().threw = false; // it goes on, and calls
    const CallId caller = m_calls.empty() ? CallId {} : m_calls.back().id;
    CallEntry entry = CallEntry::Called;
    const auto paused = generator != 0 ? m_paused.find(generator) : m_paused.end();
    if (paused != m_paused.end()) {
        entry = CallEntry::Resumed;
        m_calls.push_back(std::move(paused->second));
        m_paused.erase(paused);
    } else {
        m_calls.push_back({.id = {++m_lastCall}, .code = &code, .generator = generator});
    }
    Call& call = m_calls.back();
    call.frame = frame;
    call.threw = false;
    call.place = place;
    events::CallEntered entered {.entry = entry, .call = call.id, .function = code.name, .caller = caller};
    entered.stack = place;
    m_recorder.event(entered);
    if (entry == CallEntry::Resumed)
        given(call);
    return call;
}

// V8 keeps it in the generator object until that pauses again.
void LineRecorder::given(const Call& call)
{
    const v8::Local<v8::Value> object = m_objects.objectOf(call.generator);
    if (object.IsEmpty() || smallValue(at(wordOf(object), generator::kResumeMode)) != generator::kNext)
        return;
    const v8::Local<v8::Value> value = handleOf(m_isolate, at(wordOf(object), generator::kInput));
    if (!call.code->isAsync && value->IsUndefined())
        return; // next() is hardly ever called with a value
    const ToldValue told = m_objects.tell(value);
    m_recorder.event(events::CallGiven {.call = call.id, .value = told.text, .object = told.object},
        told.cut ? unsigned {FlagTruncated} : 0u);
}

// The call in this frame, when it was paused until now, and no stop has told yet that it goes on.
LineRecorder::Call* LineRecorder::resumedUnseen(Word frame)
{
    LineCode* const code = m_places.codeOf(at(rawAt(frame, frame::kFunction), function::kShared));
    if (!code || !code->isResumable || !code->armed)
        return nullptr;
    const Word stackPointer = stackPointerOf(frame);
    const std::uint32_t generator = stackPointer == 0 ? 0 : generatorOf(*code, frame, stackPointer);
    const auto paused = m_paused.find(generator);
    if (generator == 0 || paused == m_paused.end())
        return nullptr;
    return &callOf(*code, paused->second.place, frame, stackPointer);
}

// Where the registers of a function that has stops end; 0 when it has none.
Word LineRecorder::stackPointerOf(Word frame) const
{
    const Word debug = at(at(rawAt(frame, frame::kFunction), function::kShared), shared::kScript);
    if (typeOf(debug) != m_thread.symbols.debugInfo)
        return 0;
    const int registers = valueAt<std::int32_t>(at(debug, debugInfo::kCode), bytecode::kFrameBytes);
    return frame + static_cast<Word>(frame::kFirstRegister + 8 - registers);
}

void LineRecorder::awaits(Word frame)
{
    if (!m_on || frame == 0)
        return;
    const v8::HandleScope handles(m_isolate);
    const bool isSeen = !m_calls.empty() && m_calls.back().frame == frame;
    if (isSeen ? m_calls.back().generator != 0 : resumedUnseen(frame) != nullptr) // another await of its statement
        leave(CallEnd::Awaits, 0);
}

} // namespace bistro
