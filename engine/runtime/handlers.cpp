#include "handlers.h"

#include "interpose.h"
#include "libnodenames.h"
#include "nodeinternals.h"
#include "recordedthread.h"

#include <node.h>

#include <algorithm>

namespace bistro {
namespace {

// What is called, of the program's functions alone.
struct Called {
    v8::Local<v8::Function> first;
    std::uint32_t count = 0;
};

// A property of an object of Node's own making: no code of the program's runs.
v8::Local<v8::Value> property(v8::Local<v8::Context> context, v8::Local<v8::Object> object, std::string_view name)
{
    v8::Local<v8::String> key;
    v8::Local<v8::Value> value;
    if (v8::String::NewFromUtf8(
            context->GetIsolate(), name.data(), v8::NewStringType::kInternalized, static_cast<int>(name.size()))
            .ToLocal(&key)
        && object->GetRealNamedProperty(context, key).ToLocal(&value))
        return value;
    return {};
}

// The function that listens: `once` wraps it in a bound one that has it as a property.
v8::Local<v8::Function> listenerOf(v8::Local<v8::Context> context, v8::Local<v8::Value> value)
{
    if (value.IsEmpty() || !value->IsFunction())
        return {};
    const auto function = value.As<v8::Function>();
    if (function->GetBoundFunction()->IsUndefined())
        return function;
    const v8::Local<v8::Value> wrapped = property(context, function, "listener");
    return !wrapped.IsEmpty() && wrapped->IsFunction() ? wrapped.As<v8::Function>() : function;
}

void count(RecordedThread& thread, Called& called, v8::Local<v8::Context> context, v8::Local<v8::Value> value)
{
    const v8::Local<v8::Function> listener = listenerOf(context, value);
    if (listener.IsEmpty() || isNodesFunction(thread, listener))
        return;
    if (called.count++ == 0)
        called.first = listener;
}

Called programsListeners(RecordedThread& thread, v8::Local<v8::Context> context, std::string_view event)
{
    Called called;
    v8::Isolate* const isolate = context->GetIsolate();
    if (thread.handlers.process.IsEmpty())
        return called;
    const v8::Local<v8::Value> events = property(context, thread.handlers.process.Get(isolate), "_events");
    if (events.IsEmpty() || !events->IsObject())
        return called;
    const v8::Local<v8::Value> listeners = property(context, events.As<v8::Object>(), event);
    if (listeners.IsEmpty())
        return called;
    if (!listeners->IsArray()) {
        count(thread, called, context, listeners);
        return called;
    }
    constexpr std::uint32_t kMost = 1'000;
    const auto list = listeners.As<v8::Array>();
    for (std::uint32_t i = 0; i < std::min(list->Length(), kMost); ++i) {
        v8::Local<v8::Value> one;
        if (list->Get(context, i).ToLocal(&one))
            count(thread, called, context, one);
    }
    return called;
}

HandlerId tell(RecordedThread& thread, std::string_view event, const Called& called, v8::Local<v8::Value> promise)
{
    if (called.count == 0)
        return {};
    const bool known = !promise.IsEmpty() && promise->IsPromise();
    const TextId name = called.count == 1 ? nameOfFunction(thread, called.first) : TextId {};
    const HandlerId handler {++thread.handlers.last};
    thread.recorder.handlerStarted(
        {.listeners = std::min<std::uint32_t>(called.count, UINT16_MAX),
            .handler = handler,
            .name = thread.recorder.intern(event),
            .callback = name,
            .promise = known ? promiseNumber(thread, promise.As<v8::Promise>()) : PromiseId {}},
        stackOfFunction(thread, called.first));
    return handler;
}

} // namespace

HandlerId emitStarts(RecordedThread& thread, std::string_view event, v8::Local<v8::Value> promise)
{
    v8::Isolate* const isolate = thread.node.isolate;
    if (!isolate || thread.node.context.IsEmpty() || isolate->IsExecutionTerminating())
        return {};
    const v8::HandleScope handles(isolate);
    const v8::TryCatch quiet(isolate);
    return tell(thread, event, programsListeners(thread, thread.node.context.Get(isolate), event), promise);
}

HandlerId handlerStarts(
    RecordedThread& thread, std::string_view event, v8::Local<v8::Value> callback, v8::Local<v8::Value> promise)
{
    v8::Isolate* const isolate = thread.node.isolate;
    if (callback.IsEmpty() || thread.node.context.IsEmpty())
        return {};
    const v8::HandleScope handles(isolate);
    v8::Local<v8::Value> first = callback;
    std::uint32_t count = 1;
    if (callback->IsArray()) {
        count = callback.As<v8::Array>()->Length();
        if (!callback.As<v8::Array>()->Get(thread.node.context.Get(isolate), 0).ToLocal(&first))
            return {};
    }
    const v8::Local<v8::Function> function = listenerOf(thread.node.context.Get(isolate), first);
    return function.IsEmpty() ? HandlerId {} : tell(thread, event, {.first = function, .count = count}, promise);
}

} // namespace bistro

using namespace bistro;

// The scope that the runtime opens for this call tells of it (node_observer.cpp): ticks run as it closes.
v8::Maybe<bool> node::ProcessEmit(Environment* env, const char* event, v8::Local<v8::Value> message)
{
    using Function = v8::Maybe<bool> (*)(Environment*, const char*, v8::Local<v8::Value>);
    static const auto real = next<Function>(BISTRO_NODE_PROCESS_EMIT);
    RecordedThread* const thread = recorded();
    if (!thread)
        return real(env, event, message);
    thread->handlers.emitting = event;
    const v8::Maybe<bool> result = real(env, event, message);
    thread->handlers.emitting = nullptr;
    return result;
}

// MaybeHandle<Object> v8::internal::InvokeFinalizationRegistryCleanupFromTask(Handle<Context>,
// Handle<JSFinalizationRegistry>, Handle<Object> callback)
extern "C" [[gnu::used]] void* bistroFinalizationCallback(void* context, void* registry, void* callback) __asm__(
    BISTRO_V8_FINALIZATION_CALLBACK);
void* bistroFinalizationCallback(void* context, void* registry, void* callback)
{
    static const auto real = next<void* (*)(void*, void*, void*)>(BISTRO_V8_FINALIZATION_CALLBACK);
    RecordedThread* const thread = recorded();
    if (!thread || v8::Isolate::TryGetCurrent() != thread->node.isolate)
        return real(context, registry, callback);
    const auto function = *reinterpret_cast<v8::Local<v8::Value>*>(&callback);
    const HandlerId handler = handlerStarts(*thread, "FinalizationRegistry", function);
    void* const result = real(context, registry, callback);
    if (RecordedThread* const still = recorded(); still && handler)
        still->recorder.handlerFinished(handler, AfterCallback::Drains);
    return result;
}
