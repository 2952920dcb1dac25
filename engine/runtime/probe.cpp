#include "probe.h"

#include "recordedthread.h"

#include <node.h>
#include <v8.h>

#include <random>
#include <string_view>

namespace bistro {
namespace {

using Arguments = v8::FunctionCallbackInfo<v8::Value>;

// The process's: Node's list of modules is, and has it before any thread's isolate is there.
std::string s_name;

// Ids fit: a trace ends long before 2^32 of them. 0 for anything that is not a number.
std::uint32_t number(const v8::Local<v8::Value>& value)
{
    if (value->IsInt32())
        return static_cast<std::uint32_t>(value.As<v8::Int32>()->Value());
    if (!value->IsNumber())
        return 0;
    const double d = value.As<v8::Number>()->Value();
    return d >= 0 && d < 4294967296.0 ? static_cast<std::uint32_t>(d) : 0;
}

AsyncId async(const v8::Local<v8::Value>& value)
{
    return {number(value)};
}

// Of a short string of ASCII that lies in V8's memory in one piece, as names do: itself, until V8 is asked for
// anything. Empty for all others.
std::string_view lettersOf(v8layout::Word value)
{
    using namespace v8layout;
    constexpr std::int32_t kLongest = 64;
    constexpr unsigned kPlain = string::kSequential | string::kOneByte;
    const int type = typeOf(value);
    if (type < 0 || type >= string::kFirstNonstring
        || (static_cast<unsigned>(type) & (string::kRepresentation | string::kOneByte)) != kPlain)
        return {};
    const auto length = valueAt<std::int32_t>(value, string::kLength);
    if (length <= 0 || length > kLongest)
        return {};
    const std::string_view letters(
        reinterpret_cast<const char*>(bytesOf(value, string::kCharacters)), static_cast<std::size_t>(length));
    unsigned all = 0;
    for (const char letter : letters)
        all |= static_cast<unsigned char>(letter);
    return all < 128 ? letters : std::string_view {};
}

TextId text(Recorder& recorder, v8::Isolate* isolate, v8::Local<v8::Value> value)
{
    if (value.IsEmpty() || !value->IsString())
        return {};
    if (const std::string_view plain = lettersOf(*reinterpret_cast<v8layout::Slot>(*value)); !plain.empty())
        return recorder.internOften(plain);
    if (value.As<v8::String>()->Length() == 0)
        return {};
    const v8::String::Utf8Value utf8(isolate, value);
    return recorder.intern({*utf8, static_cast<std::size_t>(utf8.length())});
}

TextId functionName(RecordedThread& thread, v8::Local<v8::Value> value)
{
    return value->IsFunction() ? nameOfFunction(thread, value.As<v8::Function>()) : TextId {};
}

// FlagInternal for a function of Node's own library.
unsigned internalFlag(RecordedThread& thread, v8::Local<v8::Value> value)
{
    return value->IsFunction() && isNodesFunction(thread, value.As<v8::Function>()) ? unsigned {FlagInternal} : 0u;
}

// V8's own words for a value; runs none of the program's code.
TextId description(Recorder& recorder, v8::Isolate* isolate, v8::Local<v8::Value> value)
{
    v8::Local<v8::String> words;
    if (!value->ToDetailString(isolate->GetCurrentContext()).ToLocal(&words))
        return {};
    const v8::String::Utf8Value utf8(isolate, words);
    return recorder.store({*utf8, static_cast<std::size_t>(utf8.length())}).id;
}

void before(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (const AsyncId id = async(args[0]); thread && !isOfPromise(*thread, id))
        thread->recorder.callbackStarted(id);
}

void after(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (const AsyncId id = async(args[0]); thread && !isOfPromise(*thread, id))
        thread->recorder.callbackFinished(id);
}

void cleared(const Arguments&)
{
    if (RecordedThread* const thread = recorded())
        thread->recorder.callbacksCleared();
}

void destroy(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (const AsyncId id = async(args[0]); thread && !isOfPromise(*thread, id))
        thread->recorder.event(events::ResourceDestroyed {.async = id});
}

void promise(const Arguments& args)
{
    if (RecordedThread* const thread = recorded())
        noteOfPromise(*thread, async(args[0]));
}

void resource(const Arguments& args)
{
    if (RecordedThread* const thread = recorded())
        thread->recorder.eventHere(events::ResourceCreated {.async = async(args[0]),
            .trigger = cause(*thread, async(args[1])),
            .type = text(thread->recorder, args.GetIsolate(), args[2])});
}

template <typename Event>
void queued(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    tellVariables(*thread, async(args[0]), *args[2]);
    const unsigned flags = internalFlag(*thread, args[2]);
    thread->recorder.eventHere(Event {.async = async(args[0]),
                                   .trigger = cause(*thread, async(args[1])),
                                   .callback = functionName(*thread, args[2])},
        flags);
}

void timer(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    const unsigned flags = (args[4]->IsTrue() ? unsigned {FlagRepeat} : 0u)
        | (args[5]->IsTrue() ? 0u : unsigned {FlagUnreferenced})
        | (args[2]->IsFunction() ? internalFlag(*thread, args[2]) : unsigned {FlagInternal});
    tellVariables(*thread, async(args[0]), *args[2]);
    const events::TimerCreated created {.async = async(args[0]),
        .trigger = cause(*thread, async(args[1])),
        .callback = functionName(*thread, args[2]),
        .delay = number(args[3])};
    thread->recorder.eventHere(created, flags);
}

void timerStart(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    const std::uint32_t duration = number(args[1]);
    const std::uint32_t start = number(args[2]);
    thread->recorder.event(
        events::TimerStarted {.async = async(args[0]), .duration = duration, .start = start, .due = start + duration});
}

template <typename Event>
void single(const Arguments& args)
{
    const AsyncId id = async(args[0]);
    if (RecordedThread* const thread = id ? recorded() : nullptr)
        thread->recorder.eventHere(Event {.async = id});
}

void timersNow(const Arguments& args)
{
    if (RecordedThread* const thread = recorded())
        thread->recorder.event(events::TimersProcessed {.now = number(args[0])});
}

template <typename Event>
void referenced(const Arguments& args)
{
    if (RecordedThread* const thread = recorded())
        thread->recorder.eventHere(
            Event {.async = async(args[0])}, args[1]->IsTrue() ? 0u : unsigned {FlagUnreferenced});
}

void uncaught(const Arguments& args)
{
    if (RecordedThread* const thread = recorded())
        thread->recorder.event(
            events::UncaughtError {.message = description(thread->recorder, args.GetIsolate(), args[0])});
}

void warning(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    v8::Isolate* const isolate = args.GetIsolate();
    v8::Local<v8::String> words;
    if (!args[0]->ToDetailString(isolate->GetCurrentContext()).ToLocal(&words))
        return;
    const v8::String::Utf8Value utf8(isolate, words); // "Name: message"
    const std::string_view all(*utf8, static_cast<std::size_t>(utf8.length()));
    const std::size_t colon = all.find(": ");
    const bool named = colon != std::string_view::npos;
    thread->recorder.event(events::Warning {.message = thread->recorder.store(named ? all.substr(colon + 2) : all).id,
        .name = thread->recorder.intern(named ? all.substr(0, colon) : std::string_view("Warning"))});
}

void entry(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    const EntryKind kind = args[1]->IsTrue() ? EntryKind::Module : EntryKind::CommonJs;
    thread->recorder.event(
        events::EntryFound {.entry = kind, .file = text(thread->recorder, args.GetIsolate(), args[0])});
}

// place(): where the program is, for goesOn() when Node has waited for something of its own.
void place(const Arguments& args)
{
    if (RecordedThread* const thread = recorded())
        args.GetReturnValue().Set(stackNow(*thread).value);
}

void goesOn(const Arguments& args)
{
    if (RecordedThread* const thread = recorded())
        thread->recorder.goesOn({number(args[0])});
}

// worker(async): it is made, and its thread started; without a number it can't be.
void worker(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    thread->handles.makingWorker = false;
    if (const AsyncId id = async(args[0]))
        thread->recorder.eventHere(events::WorkerStarted {.async = id}, FlagUnrecorded);
}

void workerEnded(const Arguments& args)
{
    if (RecordedThread* const thread = recorded())
        thread->recorder.event(events::WorkerEnded {.async = async(args[0]), .code = number(args[1])});
}

template <Direction direction>
void request(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    v8::Isolate* const isolate = args.GetIsolate();
    const std::uint32_t id = ++thread->probe.requests;
    thread->recorder.event(events::RequestStarted {.direction = direction,
        .request = id,
        .connection = async(args[0]),
        .method = text(thread->recorder, isolate, args[1]),
        .path = text(thread->recorder, isolate, args[2])});
    args.GetReturnValue().Set(id);
}

void requestEnd(const Arguments& args)
{
    const std::uint32_t id = number(args[0]);
    RecordedThread* const thread = recorded();
    if (id == 0 || !thread)
        return;
    const Direction direction = args[1]->IsTrue() ? Direction::Outgoing : Direction::Incoming;
    thread->recorder.event(events::RequestFinished {.direction = direction, .request = id, .status = number(args[2])});
}

// handler(event, promise): the number of the call, for handled(); 0 when nobody of the program's listens.
void handler(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    const v8::String::Utf8Value event(args.GetIsolate(), args[0]);
    const std::string_view name(*event, static_cast<std::size_t>(event.length()));
    args.GetReturnValue().Set(emitStarts(*thread, name, args[1]).value);
}

// called(event, function, promise): the same for a function that is no listener of the process.
void called(const Arguments& args)
{
    RecordedThread* const thread = recorded();
    if (!thread)
        return;
    const v8::String::Utf8Value event(args.GetIsolate(), args[0]);
    const std::string_view name(*event, static_cast<std::size_t>(event.length()));
    args.GetReturnValue().Set(handlerStarts(*thread, name, args[1], args[2]).value);
}

template <AfterCallback after>
void handled(const Arguments& args)
{
    const HandlerId id {number(args[0])};
    if (RecordedThread* const thread = id ? recorded() : nullptr)
        thread->recorder.handlerFinished(id, after);
}

void process(const Arguments& args)
{
    if (RecordedThread* const thread = recorded(); thread && args[0]->IsObject())
        thread->handlers.process.Set(args.GetIsolate(), args[0].As<v8::Object>());
}

void bind(v8::Local<v8::Object> exports, v8::Local<v8::Value>, v8::Local<v8::Context>, void*)
{
    NODE_SET_METHOD(exports, "before", before);
    NODE_SET_METHOD(exports, "after", after);
    NODE_SET_METHOD(exports, "cleared", cleared);
    NODE_SET_METHOD(exports, "destroy", destroy);
    NODE_SET_METHOD(exports, "promise", promise);
    NODE_SET_METHOD(exports, "resource", resource);
    NODE_SET_METHOD(exports, "tick", queued<events::TickQueued>);
    NODE_SET_METHOD(exports, "microtask", queued<events::MicrotaskQueued>);
    NODE_SET_METHOD(exports, "immediate", queued<events::ImmediateCreated>);
    NODE_SET_METHOD(exports, "immediateCleared", single<events::ImmediateCleared>);
    NODE_SET_METHOD(exports, "immediateRef", referenced<events::ImmediateReferenced>);
    NODE_SET_METHOD(exports, "timer", timer);
    NODE_SET_METHOD(exports, "timerStart", timerStart);
    NODE_SET_METHOD(exports, "timerCleared", single<events::TimerCleared>);
    NODE_SET_METHOD(exports, "timerRef", referenced<events::TimerReferenced>);
    NODE_SET_METHOD(exports, "timersNow", timersNow);
    NODE_SET_METHOD(exports, "uncaught", uncaught);
    NODE_SET_METHOD(exports, "warning", warning);
    NODE_SET_METHOD(exports, "process", process);
    NODE_SET_METHOD(exports, "handler", handler);
    NODE_SET_METHOD(exports, "called", called);
    NODE_SET_METHOD(exports, "handled", handled<AfterCallback::Drains>);
    NODE_SET_METHOD(exports, "handledOne", handled<AfterCallback::DrainsLater>);
    NODE_SET_METHOD(exports, "entry", entry);
    NODE_SET_METHOD(exports, "place", place);
    NODE_SET_METHOD(exports, "goesOn", goesOn);
    NODE_SET_METHOD(exports, "worker", worker);
    NODE_SET_METHOD(exports, "workerEnded", workerEnded);
    NODE_SET_METHOD(exports, "workerRef", referenced<events::HandleReferenced>);
    NODE_SET_METHOD(exports, "requestIn", request<Direction::Incoming>);
    NODE_SET_METHOD(exports, "requestOut", request<Direction::Outgoing>);
    NODE_SET_METHOD(exports, "requestEnd", requestEnd);
    s_name.assign(s_name.size(), '-'); // found once; the module of that name is gone
}

} // namespace

bool isNodesFunction(RecordedThread& thread, v8::Local<v8::Function> function)
{
    const int script = function->ScriptId();
    if (script < 0) // a function of V8's, or a bound one: the program's own affair
        return false;
    std::vector<std::uint8_t>& internal = thread.probe.internal;
    const auto index = static_cast<std::size_t>(script);
    if (index >= internal.size())
        internal.resize(index + 64);
    if (internal[index] == 0) {
        const v8::Local<v8::Value> name = function->GetScriptOrigin().ResourceName();
        const v8::String::Utf8Value utf8(v8::Isolate::GetCurrent(), name);
        internal[index] = *utf8 && std::string_view(*utf8, static_cast<std::size_t>(utf8.length())).starts_with("node:")
            ? 2
            : 1;
    }
    return internal[index] == 2;
}

TextId nameOfFunction(RecordedThread& thread, v8::Local<v8::Function> function)
{
    return text(thread.recorder, v8::Isolate::GetCurrent(), function->GetDebugName());
}

void registerProbe()
{
    std::random_device random;
    constexpr std::string_view digits = "0123456789abcdef";
    for (int i = 0; i < 32; ++i)
        s_name += digits[random() % digits.size()];
    static node::node_module module {.nm_version = NODE_MODULE_VERSION,
        .nm_flags = 0x2,
        .nm_dso_handle = nullptr,
        .nm_filename = nullptr,
        .nm_register_func = nullptr,
        .nm_context_register_func = bind,
        .nm_modname = s_name.c_str(),
        .nm_priv = nullptr,
        .nm_link = nullptr};
    node::node_module_register(&module);
}

const std::string& probeName()
{
    return s_name;
}

} // namespace bistro
