#include "probe.h"

#include "recorder.h"
#include "stack.h"
#include "variables.h"

#include <node.h>
#include <v8.h>

#include <random>
#include <string_view>
#include <vector>

namespace bistro {
namespace {

using Arguments = v8::FunctionCallbackInfo<v8::Value>;

std::string s_name;
std::uint32_t s_requests = 0;

// Async ids fit: a trace ends long before 2^32 of them. 0 for anything that is not a number.
std::uint32_t number(const v8::Local<v8::Value>& value)
{
    if (value->IsInt32())
        return static_cast<std::uint32_t>(value.As<v8::Int32>()->Value());
    if (!value->IsNumber())
        return 0;
    const double d = value.As<v8::Number>()->Value();
    return d >= 0 && d < 4294967296.0 ? static_cast<std::uint32_t>(d) : 0;
}

std::uint32_t text(v8::Isolate* isolate, v8::Local<v8::Value> value)
{
    if (value.IsEmpty() || !value->IsString() || value.As<v8::String>()->Length() == 0)
        return 0;
    const v8::String::Utf8Value utf8(isolate, value);
    return recorder()->intern({*utf8, static_cast<std::size_t>(utf8.length())});
}

// The debugger's name of a function: needs no property look-up that the program could see.
std::uint32_t functionName(v8::Isolate* isolate, v8::Local<v8::Value> value)
{
    return value->IsFunction() ? text(isolate, value.As<v8::Function>()->GetDebugName()) : 0;
}

// FlagInternal for a function of Node's own library, by V8's number of its script.
unsigned internalFlag(v8::Local<v8::Value> value)
{
    static std::vector<std::uint8_t> s_internal; // by script: 0 not asked yet, 1 no, 2 yes
    if (!value->IsFunction())
        return 0;
    const auto function = value.As<v8::Function>();
    const int script = function->ScriptId();
    if (script < 0) // a function of V8's, or a bound one: the program's own affair
        return 0;
    const auto index = static_cast<std::size_t>(script);
    if (index >= s_internal.size())
        s_internal.resize(index + 64);
    if (s_internal[index] == 0) {
        const v8::Local<v8::Value> name = function->GetScriptOrigin().ResourceName();
        const v8::String::Utf8Value utf8(v8::Isolate::GetCurrent(), name);
        s_internal[index] = *utf8
                && std::string_view(*utf8, static_cast<std::size_t>(utf8.length())).starts_with("node:")
            ? 2
            : 1;
    }
    return s_internal[index] == 2 ? unsigned {FlagInternal} : 0;
}

// V8's own words for a value; runs none of the program's code.
std::uint32_t description(v8::Isolate* isolate, v8::Local<v8::Value> value)
{
    v8::Local<v8::String> words;
    if (!value->ToDetailString(isolate->GetCurrentContext()).ToLocal(&words))
        return 0;
    const v8::String::Utf8Value utf8(isolate, words);
    return recorder()->store({*utf8, static_cast<std::size_t>(utf8.length())}).id.value;
}

void before(const Arguments& args)
{
    if (onRecordedThread())
        recorder()->callbackStarted(number(args[0]));
}

void after(const Arguments& args)
{
    if (onRecordedThread())
        recorder()->callbackFinished(number(args[0]));
}

void cleared(const Arguments&)
{
    if (onRecordedThread())
        recorder()->callbacksCleared();
}

void destroy(const Arguments& args)
{
    if (onRecordedThread())
        recorder()->event({.kind = EventKind::ResourceDestroyed, .a = number(args[0])});
}

void resource(const Arguments& args)
{
    if (onRecordedThread())
        recorder()->eventHere({.kind = EventKind::ResourceCreated,
            .a = number(args[0]),
            .b = number(args[1]),
            .c = text(args.GetIsolate(), args[2])});
}

template <EventKind kind>
void queued(const Arguments& args)
{
    if (!onRecordedThread())
        return;
    tellVariables(number(args[0]), *args[2]);
    recorder()->eventHere({.kind = kind,
        .flags = static_cast<std::uint8_t>(internalFlag(args[2])),
        .a = number(args[0]),
        .b = number(args[1]),
        .c = functionName(args.GetIsolate(), args[2])});
}

void timer(const Arguments& args)
{
    if (!onRecordedThread())
        return;
    const unsigned flags = (args[4]->IsTrue() ? unsigned {FlagRepeat} : 0u)
        | (args[5]->IsTrue() ? 0u : unsigned {FlagUnreferenced})
        | (args[2]->IsFunction() ? internalFlag(args[2]) : unsigned {FlagInternal});
    tellVariables(number(args[0]), *args[2]);
    recorder()->eventHere({.kind = EventKind::TimerCreated,
        .flags = static_cast<std::uint8_t>(flags),
        .a = number(args[0]),
        .b = number(args[1]),
        .c = functionName(args.GetIsolate(), args[2]),
        .d = number(args[3])});
}

void timerStart(const Arguments& args)
{
    if (!onRecordedThread())
        return;
    const std::uint32_t duration = number(args[1]);
    const std::uint32_t start = number(args[2]);
    recorder()->event(
        {.kind = EventKind::TimerStarted, .a = number(args[0]), .b = duration, .c = start, .d = start + duration});
}

template <EventKind kind>
void single(const Arguments& args)
{
    const std::uint32_t id = number(args[0]);
    if (id != 0 && onRecordedThread())
        recorder()->eventHere({.kind = kind, .a = id});
}

void timersNow(const Arguments& args)
{
    if (onRecordedThread())
        recorder()->event({.kind = EventKind::TimersProcessed, .a = number(args[0])});
}

template <EventKind kind>
void referenced(const Arguments& args)
{
    if (onRecordedThread())
        recorder()->eventHere({.kind = kind,
            .flags = static_cast<std::uint8_t>(args[1]->IsTrue() ? 0 : FlagUnreferenced),
            .a = number(args[0])});
}

void uncaught(const Arguments& args)
{
    if (onRecordedThread())
        recorder()->event({.kind = EventKind::UncaughtError, .a = description(args.GetIsolate(), args[0])});
}

void warning(const Arguments& args)
{
    if (!onRecordedThread())
        return;
    v8::Isolate* const isolate = args.GetIsolate();
    v8::Local<v8::String> words;
    if (!args[0]->ToDetailString(isolate->GetCurrentContext()).ToLocal(&words))
        return;
    const v8::String::Utf8Value utf8(isolate, words); // "Name: message"
    const std::string_view all(*utf8, static_cast<std::size_t>(utf8.length()));
    const std::size_t colon = all.find(": ");
    const bool named = colon != std::string_view::npos;
    recorder()->event({.kind = EventKind::Warning,
        .a = recorder()->store(named ? all.substr(colon + 2) : all).id.value,
        .b = recorder()->intern(named ? all.substr(0, colon) : std::string_view("Warning"))});
}

void entry(const Arguments& args)
{
    if (!onRecordedThread())
        return;
    const EntryKind kind = args[1]->IsTrue() ? EntryKind::Module : EntryKind::CommonJs;
    recorder()->event({.kind = EventKind::EntryFound,
        .small = static_cast<std::uint16_t>(kind),
        .a = text(args.GetIsolate(), args[0])});
}

template <Direction direction>
void request(const Arguments& args)
{
    if (!onRecordedThread())
        return;
    v8::Isolate* const isolate = args.GetIsolate();
    recorder()->event({.kind = EventKind::RequestStarted,
        .small = static_cast<std::uint16_t>(direction),
        .a = ++s_requests,
        .b = number(args[0]),
        .c = text(isolate, args[1]),
        .d = text(isolate, args[2])});
    args.GetReturnValue().Set(s_requests);
}

void requestEnd(const Arguments& args)
{
    const std::uint32_t id = number(args[0]);
    if (id == 0 || !onRecordedThread())
        return;
    const Direction direction = args[1]->IsTrue() ? Direction::Outgoing : Direction::Incoming;
    recorder()->event({.kind = EventKind::RequestFinished,
        .small = static_cast<std::uint16_t>(direction),
        .a = id,
        .b = number(args[2])});
}

void bind(v8::Local<v8::Object> exports, v8::Local<v8::Value>, v8::Local<v8::Context>, void*)
{
    NODE_SET_METHOD(exports, "before", before);
    NODE_SET_METHOD(exports, "after", after);
    NODE_SET_METHOD(exports, "cleared", cleared);
    NODE_SET_METHOD(exports, "destroy", destroy);
    NODE_SET_METHOD(exports, "resource", resource);
    NODE_SET_METHOD(exports, "tick", queued<EventKind::TickQueued>);
    NODE_SET_METHOD(exports, "microtask", queued<EventKind::MicrotaskQueued>);
    NODE_SET_METHOD(exports, "immediate", queued<EventKind::ImmediateCreated>);
    NODE_SET_METHOD(exports, "immediateCleared", single<EventKind::ImmediateCleared>);
    NODE_SET_METHOD(exports, "immediateRef", referenced<EventKind::ImmediateReferenced>);
    NODE_SET_METHOD(exports, "timer", timer);
    NODE_SET_METHOD(exports, "timerStart", timerStart);
    NODE_SET_METHOD(exports, "timerCleared", single<EventKind::TimerCleared>);
    NODE_SET_METHOD(exports, "timerRef", referenced<EventKind::TimerReferenced>);
    NODE_SET_METHOD(exports, "timersNow", timersNow);
    NODE_SET_METHOD(exports, "uncaught", uncaught);
    NODE_SET_METHOD(exports, "warning", warning);
    NODE_SET_METHOD(exports, "entry", entry);
    NODE_SET_METHOD(exports, "requestIn", request<Direction::Incoming>);
    NODE_SET_METHOD(exports, "requestOut", request<Direction::Outgoing>);
    NODE_SET_METHOD(exports, "requestEnd", requestEnd);
    s_name.assign(s_name.size(), '-'); // found once; the module of that name is gone
}

} // namespace

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
