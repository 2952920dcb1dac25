#include "linerecorder.h"

#include "programclock.h"
#include "recordedthread.h"
#include "v8handles.h"

#include <utility>

namespace bistro {

using namespace v8layout;

LineRecorder::LineRecorder(RecordedThread& thread, v8::Isolate* isolate, const LineOrders& orders)
    : m_thread(thread)
    , m_recorder(thread.recorder)
    , m_isolate(isolate)
    , m_orders(orders)
    , m_places(thread, isolate, orders.packages)
    , m_objects(isolate, thread.recorder, thread.symbols)
{
}

void LineRecorder::end(LinesEnd reason)
{
    if (!std::exchange(m_on, false))
        return;
    m_recorder.event(events::LinesEnded {.reason = reason});
    m_places.disarmAll();
    if (!m_replaced) {
        v8::debug::ChangeBreakOnException(m_isolate, v8::debug::NoBreakOnException);
        if (!m_orders.counts) // without a delegate V8 forgets what it has counted, too
            v8::debug::SetDebugDelegate(m_isolate, nullptr);
    }
    m_calls.clear();
    m_paused.clear();
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
    m_reached = {.point = place.point, .call = call.id, .visible = place.visible};
    m_reached.stack = place.stack;
    m_isReachedTold = false;
    variables(place, call, frame);
    tellReached();
    for (const v8::Local<v8::Value>& object : m_held)
        m_objects.look(wordOf(object));
    m_held.clear();
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
    place.code->takenIn = m_callback;
    m_disarmed.push_back(place.code);
}

// A result of an async function is what its promise is fulfilled with; that of an async generator lies in what next()
// has promised.
void LineRecorder::returned(Call& call, Slot accumulator)
{
    v8::Local<v8::Value> value = handleOf(m_isolate, *accumulator);
    const bool isPromised = call.code->isAsync || call.code->isModule;
    if (isPromised && value->IsPromise() && value.As<v8::Promise>()->State() == v8::Promise::kRejected)
        return leave(CallEnd::Threw, 0); // V8 has caught the error for the function's promise
    if (isPromised && value->IsPromise() && value.As<v8::Promise>()->State() == v8::Promise::kFulfilled)
        value = value.As<v8::Promise>()->Result();
    else if (call.code->isAsync && call.code->isGenerator && call.threw)
        return leave(CallEnd::Threw, 0);
    if (call.code->isAsync && call.code->isGenerator && value->IsObject() && !value->IsProxy())
        value = handleOf(m_isolate, at(wordOf(value), object::kFirstField));
    leave(CallEnd::Returned, 0, m_objects.tell(value));
}

// Before all that is told of the stop, but its first variable.
void LineRecorder::tellReached()
{
    if (!std::exchange(m_isReachedTold, true))
        m_recorder.event(m_reached);
}

void LineRecorder::tellVariable(const LineVariable& variable, const ToldValue& value)
{
    if (!m_isReachedTold && variable.isFirstOfName && !value.object && !value.cut) {
        m_reached.changed = variable.name;
        m_reached.value = value.text;
        return tellReached();
    }
    tellReached();
    m_recorder.event(events::VariableSet {.scope = variable.scope,
                         .level = variable.level,
                         .name = variable.name,
                         .value = value.text,
                         .object = value.object},
        value.cut ? unsigned {FlagTruncated} : 0u);
}

void LineRecorder::leaves(LinePlaces::Placeless how, Word frame, Slot accumulator)
{
    LineCode* const code = m_places.codeOf(at(rawAt(frame, frame::kFunction), function::kShared));
    if (!m_on || m_recorder.ended() || !code || !code->armed)
        return;
    const v8::HandleScope handles(m_isolate);
    m_objects.beginStop();
    leaveInner(frame);
    const std::uint32_t generator = code->isResumable ? generatorOf(*code, frame, stackPointerOf(frame)) : 0;
    leavePaused(frame, generator);
    const bool isSeen = !m_calls.empty() && m_calls.back().frame == frame && m_calls.back().code == code
        && m_calls.back().generator == generator;
    if (!isSeen && !resumedUnseen(frame))
        return; // a generator that is made pauses once before it begins
    if (how == LinePlaces::Placeless::Return)
        returned(m_calls.back(), accumulator);
    else
        yields(accumulator);
}

// What next() gives is an object of V8's own; behind yield* it is whatever that has given.
void LineRecorder::yields(Slot accumulator)
{
    const v8::Local<v8::Value> given = handleOf(m_isolate, *accumulator);
    v8::Local<v8::Value> property;
    v8::Local<v8::Value> value;
    if (given->IsObject() && !given->IsProxy()) {
        const v8::TryCatch nothing(m_isolate);
        const v8::Local<v8::Context> context = m_isolate->GetCurrentContext();
        const auto name = v8::String::NewFromUtf8Literal(m_isolate, "value");
        if (!given.As<v8::Object>()->GetOwnPropertyDescriptor(context, name).ToLocal(&property) || !property->IsObject()
            || !property.As<v8::Object>()->HasRealNamedProperty(context, name).FromMaybe(false)
            || !property.As<v8::Object>()->GetRealNamedProperty(context, name).ToLocal(&value))
            value = {};
    }
    leave(CallEnd::Yields, 0, value.IsEmpty() ? ToldValue {} : m_objects.tell(value));
}

void LineRecorder::variable(Told& told, Word word, const LineVariable& variable)
{
    if (told.generation == m_objects.generation() && told.word == word) {
        if (told.value.object)
            m_held.push_back(handleOf(m_isolate, word));
        return;
    }
    if (m_objects.text().isUnknown(word))
        return;
    if (m_objects.text().isObject(word))
        tellReached();
    const v8::Local<v8::Value> local = handleOf(m_isolate, word);
    const ToldValue value = m_objects.tell(local);
    const bool same = told.generation != 0 && told.value == value;
    told.word = wordOf(local); // a collection may have moved it
    told.generation = m_objects.generation();
    if (same)
        return;
    told.value = value;
    tellVariable(variable, value);
}

void LineRecorder::unset(Told& told, const LineVariable& variable)
{
    constexpr Word kNone = 1; // no value of the program's
    told.word = kNone;
    if (told.generation != 0 && told.value == ToldValue {})
        return;
    told.generation = m_objects.generation();
    told.value = {};
    tellVariable(variable, {});
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
        variable(told, word, each);
    }
    if (!place.tellsThis)
        return;
    const Word receiver = rawAt(frame, frame::kReceiver);
    if (m_objects.text().isObject(receiver) && typeOf(receiver) != m_thread.symbols.globalProxy)
        variable(call.receiver, receiver, {.name = m_recorder.internOften("this"), .scope = VariableScope::This});
}

} // namespace bistro
