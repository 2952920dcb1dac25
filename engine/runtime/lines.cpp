#include "lines.h"

#include "interpose.h"
#include "libnodenames.h"
#include "lineplaces.h"
#include "programclock.h"
#include "recordedthread.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <utility>
#include <vector>

// v8::internal::Isolate, of an error that is thrown now: the promise that it will reject, or undefined; whether
// somebody waits for such a promise's error; and who will catch it, 0 nobody.
extern "C" const std::uintptr_t* v8PromiseOnStack(void* isolate) __asm__(BISTRO_V8_PROMISE_ON_STACK);
extern "C" bool v8HasRejectHandler(void* isolate, const std::uintptr_t* promise) __asm__(BISTRO_V8_HAS_REJECT_HANDLER);
extern "C" int v8PredictCatcher(void* isolate) __asm__(BISTRO_V8_PREDICT_CATCHER);

namespace bistro {

using namespace v8layout;

// What stands for one recorded thread. V8 asks it, and calls it at each stop at a place that is not known yet.
class LineRecorder final : public v8::debug::DebugDelegate {
public:
    LineRecorder(RecordedThread& thread, v8::Isolate* isolate, const LineOrders& orders)
        : m_thread(thread)
        , m_recorder(thread.recorder)
        , m_isolate(isolate)
        , m_orders(orders)
        , m_places(thread, isolate, orders.packages)
        , m_objects(isolate, thread.recorder, thread.symbols)
    {
    }

    void begin()
    {
        m_isolate->AddGCEpilogueCallback(collected, this);
        v8::debug::SetDebugDelegate(m_isolate, this);
        v8::debug::SetBreakPointsActive(m_isolate, true);
        v8::debug::ChangeBreakOnException(m_isolate, v8::debug::BreakOnAnyException);
    }
    [[nodiscard]] bool isOn() const { return m_on; }
    // Nothing more is told; the program runs as it would without.
    void end(LinesEnd reason);
    // Another debugger is set in our place: V8 has forgotten this one.
    void stepAside() { end(LinesEnd::Debugger); }

    // V8 has stopped in this frame. `ask` does V8's own work for a stop, which asks us what the place is.
    template <typename Ask>
    void stop(Word state, Slot function, Slot accumulator, Ask ask)
    {
        const Word frame = rawAt(state, frame::kStateFramePointer);
        const Word stackPointer = rawAt(state, frame::kStateStackPointer);
        const Word shared = at(*function, function::kShared);
        const int offset = smallValue(rawAt(frame, frame::kBytecodeOffset));
        LinePlace* place = m_places.find(shared, offset);
        if (!place) {
            m_asked = {.frame = frame, .stackPointer = stackPointer, .shared = shared, .offset = offset};
            ask();
            m_asked = {};
            m_places.removeNeedless();
            place = m_places.find(at(*function, function::kShared), offset);
        }
        if (!place || !place->code)
            return;
        if (place->code->armed)
            return record(*place, frame, stackPointer, accumulator);
        // V8 has not named this stop among those of the function: now that it is here, it is asked which it is.
        if (!countStop())
            return;
        m_collectsHit = true;
        ask();
        m_collectsHit = false;
        m_places.takeAway(*place->code, std::exchange(m_hit, {}));
    }

    [[nodiscard]] std::size_t callbackBegins();
    void callsLeft(std::size_t calls);
    void awaits(Word frame);
    // V8 throws, until leavesThrow(); else what it tells of is a promise that is rejected without an error thrown.
    void beginsThrow();
    void leavesThrow() { --m_throwing; }
    // An error goes on: out of a finally block, or into a function whose await or yield was answered by it.
    void throwsOn(Slot error);

    void ScriptCompiled(v8::Local<v8::debug::Script> script, bool isLiveEdited, bool hasCompileError) override
    {
        if (m_on && !isLiveEdited && !hasCompileError)
            m_places.add(script);
    }
    void BreakProgramRequested(v8::Local<v8::Context>, const std::vector<v8::debug::BreakpointId>& hit,
        v8::base::EnumSet<v8::debug::BreakReason> reasons) override
    {
        if (m_collectsHit)
            m_hit = hit;
        else if (m_asked.frame != 0)
            m_places.resolve(m_asked.frame, m_asked.stackPointer, m_asked.shared, m_asked.offset);
        else if (reasons.contains(v8::debug::BreakReason::kDebuggerStatement))
            debuggerStatement();
    }
    void ExceptionThrown(v8::Local<v8::Context>, v8::Local<v8::Value> exception, v8::Local<v8::Value>, bool isUncaught,
        v8::debug::ExceptionType type) override;

private:
    struct Told {
        Word word = 0;
        std::uint32_t generation = 0; // 0: never told
        ToldValue value;
    };
    // A call that runs, or a function that is paused.
    struct Call {
        Word frame = 0;
        CallId id;
        LineCode* code = nullptr;
        std::uint32_t generator = 0; // number of its object
        bool threw = false;
        StackId place;
        std::vector<Told> told;
        Told receiver;
    };

    void debuggerStatement();
    [[nodiscard]] Word stackPointerOf(Word frame) const;
    [[nodiscard]] bool countStop();
    void record(LinePlace& place, Word frame, Word stackPointer, Slot accumulator);
    Call& callOf(LineCode& code, StackId place, Word frame, Word stackPointer);
    [[nodiscard]] Call* resumedByError(Word frame);
    [[nodiscard]] ErrorFate fateOfRejection(bool isAwaited) const;
    void tellError(const Call& call, v8::Local<v8::Value> error, ErrorFate fate);
    void variables(LinePlace& place, Call& call, Word frame);
    void variable(Told& told, Word word, VariableScope scope, std::uint32_t level, TextId name);
    void unset(Told& told, const LineVariable& variable);
    void returned(Call& call, Slot accumulator);
    void leave(CallEnd end, unsigned flags, const ToldValue& value = {});
    // True when an error has left it, and goes on in its caller.
    bool leaveUnseen();
    void leaveInner(Word frame);
    [[nodiscard]] std::uint32_t generatorOf(LineCode& code, Word frame, Word stackPointer);
    [[nodiscard]] bool isSuspended(std::uint32_t generator) const;
    void skip(LinePlace& place, Word frame);

    static void collected(v8::Isolate*, v8::GCType, v8::GCCallbackFlags, void* data)
    {
        auto* const self = static_cast<LineRecorder*>(data);
        self->m_objects.collected();
        self->m_places.collected();
    }

    RecordedThread& m_thread;
    Recorder& m_recorder;
    v8::Isolate* m_isolate;
    const LineOrders m_orders;
    LinePlaces m_places;
    LineObjects m_objects;
    bool m_on = true;
    struct Asked {
        Word frame = 0;
        Word stackPointer = 0;
        Word shared = 0;
        int offset = 0;
    };
    Asked m_asked; // the stop that V8 is asked about
    bool m_collectsHit = false; // or it is asked for the breakpoints of a stop only
    std::vector<v8::debug::BreakpointId> m_hit;
    std::vector<Call> m_calls; // that run, innermost last
    std::unordered_map<std::uint32_t, Call> m_paused; // by their generator
    std::vector<Told> m_outer;
    std::vector<LineCode*> m_disarmed;
    std::uint32_t m_lastCall = 0;
    std::uint64_t m_stops = 0;
    std::uint64_t m_callback = 0;
    std::uint64_t m_throws = 0; // in this callback
    int m_throwing = 0; // V8 throws so many errors, each within what tells of the one before
};

void LineRecorder::end(LinesEnd reason)
{
    if (!std::exchange(m_on, false))
        return;
    m_recorder.event(events::LinesEnded {.reason = reason});
    m_places.disarmAll();
    if (reason != LinesEnd::Debugger) {
        v8::debug::ChangeBreakOnException(m_isolate, v8::debug::NoBreakOnException);
        v8::debug::SetDebugDelegate(m_isolate, nullptr);
    }
    m_calls.clear();
    m_paused.clear();
}

std::size_t LineRecorder::callbackBegins()
{
    constexpr int kTimes = 8; // that a function's stops are set again
    ++m_callback;
    m_throws = 0;
    if (m_calls.empty() && !m_disarmed.empty()) {
        for (LineCode* const code : m_disarmed) {
            if (code->takenAway < kTimes)
                m_places.arm(*code);
        }
        m_disarmed.clear();
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
        leave(call.code->isAsync && !call.code->isGenerator ? CallEnd::Awaits : CallEnd::Yields, 0);
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

LineRecorder::Call& LineRecorder::callOf(LineCode& code, StackId place, Word frame, Word stackPointer)
{
    leaveInner(frame);
    const std::uint32_t generator = code.isResumable ? generatorOf(code, frame, stackPointer) : 0;
    if (!m_calls.empty() && m_calls.back().frame == frame) {
        Call& call = m_calls.back();
        if (call.code == &code && call.generator == generator) {
            call.threw = false;
            return call;
        }
        leaveUnseen();
    }
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
    return call;
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

// V8 sets no stop at such a statement: it asks for one by itself.
void LineRecorder::debuggerStatement()
{
    const Word frame = walkStack(m_thread).innermost;
    if (!m_on || frame == 0)
        return;
    const HeldClock held(m_thread);
    const Word shared = at(rawAt(frame, frame::kFunction), function::kShared);
    const Word stackPointer = stackPointerOf(frame);
    if (stackPointer == 0)
        return;
    const int offset = smallValue(rawAt(frame, frame::kBytecodeOffset));
    LinePlace* place = m_places.find(shared, offset);
    if (!place)
        place = m_places.resolve(frame, stackPointer, shared, offset);
    if (place && place->code)
        record(*place, frame, stackPointer, nullptr);
}

// False when there are no more: also one that is not told takes time.
bool LineRecorder::countStop()
{
    if (++m_stops > m_orders.stops)
        end(LinesEnd::Limit);
    return m_on;
}

void LineRecorder::record(LinePlace& place, Word frame, Word stackPointer, Slot accumulator)
{
    if (!m_on || m_recorder.ended())
        return;
    if (!place.code->armed)
        return;
    if (std::exchange(place.callback, m_callback) != m_callback)
        place.visits = 0;
    if (++place.visits > m_orders.visits)
        return skip(place, frame);
    if (!countStop())
        return;
    const v8::HandleScope handles(m_isolate);
    m_objects.beginStop();
    m_recorder.beforeLine();
    Call& call = callOf(*place.code, place.stack, frame, stackPointer);
    call.place = place.stack;
    events::LineReached reached {.point = place.point, .call = call.id, .visible = place.visible};
    reached.stack = place.stack;
    m_recorder.event(reached);
    variables(place, call, frame);
    if (place.point == LinePoint::Return)
        returned(call, accumulator);
}

void LineRecorder::skip(LinePlace& place, Word frame)
{
    const bool runs = !m_calls.empty() && m_calls.back().frame == frame;
    events::LinesSkipped skipped {.call = runs ? m_calls.back().id : CallId {}, .visits = m_orders.visits};
    skipped.stack = place.stack;
    m_recorder.event(skipped);
    m_places.disarm(*place.code);
    m_disarmed.push_back(place.code);
}

// A result of an async function is what its promise is fulfilled with; one of a generator lies in what next() gives.
void LineRecorder::returned(Call& call, Slot accumulator)
{
    v8::Local<v8::Value> value = handleOf(m_isolate, *accumulator);
    if (call.code->isAsync && value->IsPromise() && value.As<v8::Promise>()->State() == v8::Promise::kRejected)
        return leave(CallEnd::Threw, 0); // V8 has caught the error for the function's promise
    if (call.code->isAsync && value->IsPromise() && value.As<v8::Promise>()->State() == v8::Promise::kFulfilled)
        value = value.As<v8::Promise>()->Result();
    else if (call.code->isGenerator && !call.code->isAsync && value->IsObject() && !value->IsProxy())
        value = handleOf(m_isolate, at(wordOf(value), object::kFirstField));
    leave(CallEnd::Returned, 0, m_objects.tell(value));
}

void LineRecorder::variable(Told& told, Word word, VariableScope scope, std::uint32_t level, TextId name)
{
    if (told.generation == m_objects.generation() && told.word == word) {
        if (told.value.object)
            m_objects.look(word);
        return;
    }
    if (m_objects.text().isUnknown(word))
        return;
    const v8::Local<v8::Value> local = handleOf(m_isolate, word);
    const ToldValue value = m_objects.tell(local);
    const bool same = told.generation != 0 && told.value == value;
    told.word = wordOf(local); // a collection may have moved it
    told.generation = m_objects.generation();
    if (same)
        return;
    told.value = value;
    m_recorder.event(
        events::VariableSet {.scope = scope, .level = level, .name = name, .value = value.text, .object = value.object},
        value.cut ? unsigned {FlagTruncated} : 0u);
}

void LineRecorder::unset(Told& told, const LineVariable& variable)
{
    constexpr Word kNone = 1; // no value of the program's
    told.word = kNone;
    if (told.generation != 0 && told.value == ToldValue {})
        return;
    told.generation = m_objects.generation();
    told.value = {};
    m_recorder.event(events::VariableSet {.scope = variable.scope, .level = variable.level, .name = variable.name});
}

void LineRecorder::variables(LinePlace& place, Call& call, Word frame)
{
    if (call.told.size() < place.code->values)
        call.told.resize(place.code->values);
    if (m_outer.size() < m_places.outerValues())
        m_outer.resize(m_places.outerValues());
    for (const LineVariable& each : place.variables) {
        Told& told = each.isOuter() ? m_outer[each.index] : call.told[each.index];
        if (each.isUnset) {
            unset(told, each);
            continue;
        }
        Word word = 0;
        switch (each.where) {
        case LineVariable::Where::Nowhere: continue;
        case LineVariable::Where::Frame: word = rawAt(frame, each.offset); break;
        case LineVariable::Where::Context:
        case LineVariable::Where::Cell: {
            Word context = rawAt(frame, frame::kContextOrType);
            for (int i = 0; i < each.hops; ++i)
                context = at(context, context::kOuter);
            if (each.where == LineVariable::Where::Context) {
                word = at(context, each.offset);
            } else {
                const Word module = at(context, context::kSlots + 2 * 8);
                const bool isImport = each.offset < 0;
                const Word cells = at(module, isImport ? module::kImports : module::kExports);
                const int number = isImport ? -each.offset - 1 : each.offset;
                word = at(at(cells, array::kFirst + number * 8), cell::kValue);
            }
            break;
        }
        }
        variable(told, word, each.scope, each.level, each.name);
    }
    if (!place.tellsThis)
        return;
    const Word receiver = rawAt(frame, frame::kReceiver);
    if (m_objects.text().isObject(receiver) && typeOf(receiver) != m_thread.symbols.globalProxy)
        variable(call.receiver, receiver, VariableScope::This, 0, m_recorder.internOften("this"));
}

void LineRecorder::awaits(Word frame)
{
    if (!m_on || m_calls.empty() || m_calls.back().frame != frame || m_calls.back().generator == 0)
        return;
    const v8::HandleScope handles(m_isolate);
    leave(CallEnd::Awaits, 0);
}

void LineRecorder::beginsThrow()
{
    ++m_throwing;
    if (m_on && !m_calls.empty())
        m_calls.back().threw = true; // also when V8 will not tell: where the stack has no more room
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

// A throw in a function whose promise it rejects, V8 calls a rejection, too.
void LineRecorder::ExceptionThrown(v8::Local<v8::Context>, v8::Local<v8::Value> exception, v8::Local<v8::Value>,
    bool isUncaught, v8::debug::ExceptionType type)
{
    if (!m_on || m_throwing == 0)
        return;
    const Word frame = walkStack(m_thread).innermost;
    if (frame == 0)
        return;
    const v8::HandleScope handles(m_isolate);
    const Call* call = resumedByError(frame);
    if (!call && !m_calls.empty() && m_calls.back().frame == frame)
        call = &m_calls.back();
    if (!call)
        return; // in Node, or in a function that has no lines
    const bool rejects = type == v8::debug::kPromiseRejection;
    tellError(*call, exception,
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
    if (const Call* const call = resumedByError(frame)) {
        const v8::Local<v8::Value> value = handleOf(m_isolate, *error);
        const Slot promise = v8PromiseOnStack(m_isolate);
        const ErrorFate fate = typeOf(*promise) == m_thread.symbols.promise
            ? fateOfRejection(v8HasRejectHandler(m_isolate, promise))
            : (v8PredictCatcher(m_isolate) != 0 ? ErrorFate::Caught : ErrorFate::Uncaught);
        tellError(*call, value, fate);
        return;
    }
    leaveInner(frame);
    if (!m_calls.empty() && m_calls.back().frame == frame)
        m_calls.back().threw = true; // from its finally block
}

// The call in this frame, when it was paused until now: what it waited for has answered by an error.
LineRecorder::Call* LineRecorder::resumedByError(Word frame)
{
    LineCode* const code = m_places.codeOf(at(rawAt(frame, frame::kFunction), function::kShared));
    if (!code || !code->isResumable || !code->armed)
        return nullptr;
    const Word stackPointer = stackPointerOf(frame);
    const std::uint32_t generator = stackPointer == 0 ? 0 : generatorOf(*code, frame, stackPointer);
    const auto paused = m_paused.find(generator);
    if (generator == 0 || paused == m_paused.end())
        return nullptr;
    Call& call = callOf(*code, paused->second.place, frame, stackPointer);
    call.threw = true;
    return &call;
}

void LineRecorder::tellError(const Call& call, v8::Local<v8::Value> error, ErrorFate fate)
{
    constexpr std::uint64_t kMost = 10'000; // of a callback
    if (++m_throws > kMost)
        return;
    m_objects.beginStop();
    const ToldValue value = m_objects.tell(error);
    const ShortText text = m_objects.errorText(error);
    events::ErrorThrown thrown {
        .fate = fate, .call = call.id, .value = m_recorder.intern(text.text), .object = value.object};
    thrown.stack = call.place;
    m_recorder.event(thrown, text.cut ? unsigned {FlagTruncated} : 0u);
}

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
    thread->lines.recorder->stop(state, function, accumulator, [&] { real(debug, state, function); });
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
    thread->lines.recorder->beginsThrow();
    const OptionalObject result = real(debug, error);
    thread->lines.recorder->leavesThrow();
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

} // namespace bistro
