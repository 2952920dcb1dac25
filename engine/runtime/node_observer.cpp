#include "node_observer.h"

#include "interpose.h"
#include "libnodenames.h"
#include "nodeinternals.h"
#include "recordedthread.h"

#include <node.h>
#include <v8.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace bistro {
namespace {

void collected(v8::Isolate*, v8::GCType type, v8::GCCallbackFlags, void* data)
{
    auto& thread = *static_cast<RecordedThread*>(data);
    if ((type & v8::kGCTypeMarkSweepCompact) != 0)
        forgetStackKeys(thread);
    if (!recorded())
        return;
    const timespec& start = thread.node.collecting;
    timespec now {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const auto length = static_cast<std::uint64_t>(
        (now.tv_sec - start.tv_sec) * 1'000'000'000 + now.tv_nsec - start.tv_nsec);
    thread.recorder.event(
        events::GarbageCollected {.collection = static_cast<Collection>(type), .nanoseconds = length});
}

void collecting(v8::Isolate*, v8::GCType, v8::GCCallbackFlags, void* data)
{
    clock_gettime(CLOCK_MONOTONIC, &static_cast<RecordedThread*>(data)->node.collecting);
}

void noteRejection(RecordedThread& thread, const v8::PromiseRejectMessage& message)
{
    v8::Isolate* const isolate = thread.node.isolate;
    const PromiseId id = promiseNumber(thread, message.GetPromise());
    if (message.GetEvent() == v8::kPromiseRejectWithNoHandler) {
        TextId words;
        v8::Local<v8::String> detail;
        const v8::Local<v8::Value> value = message.GetValue();
        if (!value.IsEmpty() && value->ToDetailString(isolate->GetCurrentContext()).ToLocal(&detail)) {
            const v8::String::Utf8Value utf8(isolate, detail);
            words = thread.recorder.store({*utf8, static_cast<std::size_t>(utf8.length())}).id;
        }
        thread.recorder.eventHere(events::RejectionUnhandled {.promise = id, .message = words});
    } else if (message.GetEvent() == v8::kPromiseHandlerAddedAfterReject) {
        thread.recorder.eventHere(events::RejectionHandled {.promise = id});
    }
}

void rejected(v8::PromiseRejectMessage message)
{
    RecordedThread* const thread = recorded();
    if (thread && message.GetPromise()->GetIsolate() == thread->node.isolate)
        noteRejection(*thread, message);
    thisThread()->node.rejected(message);
}

AsyncId asyncId(double id)
{
    return {id > 0 && id < 4294967296.0 ? static_cast<std::uint32_t>(id) : 0};
}

} // namespace

void expectEnvironment(RecordedThread& thread)
{
    thread.node.expecting = true;
}

void observeNode(RecordedThread& thread, v8::Isolate* isolate)
{
    thread.node.context.Set(isolate, isolate->GetCurrentContext());
    isolate->AddGCPrologueCallback(collecting, &thread);
    isolate->AddGCEpilogueCallback(collected, &thread);
}

void noteObject(RecordedThread& thread, const void* object, double asyncId)
{
    const AsyncId id = bistro::asyncId(asyncId);
    const auto address = reinterpret_cast<std::uintptr_t>(object);
    thread.node.wraps.insert_or_assign(address, id);
    thread.node.addresses.insert_or_assign(id.value, address);
}

AsyncId asyncIdOf(const RecordedThread& thread, const void* wrap)
{
    const auto found = thread.node.wraps.find(reinterpret_cast<std::uintptr_t>(wrap));
    return found == thread.node.wraps.end() ? AsyncId {} : found->second;
}

AsyncId asyncIdAround(const RecordedThread& thread, const void* request)
{
    const auto address = reinterpret_cast<std::uintptr_t>(request);
    auto after = thread.node.wraps.upper_bound(address);
    if (after == thread.node.wraps.begin())
        return {};
    --after;
    return address - after->first < nodeinternals::kLargestWrap ? after->second : AsyncId {};
}

void noteOfPromise(RecordedThread& thread, AsyncId async)
{
    std::vector<bool>& promises = thread.node.promises;
    if (promises.size() <= async.value)
        promises.resize(std::max<std::size_t>(async.value + std::size_t {1}, promises.size() * 2));
    promises[async.value] = true;
}

bool isOfPromise(const RecordedThread& thread, AsyncId async)
{
    return async.value < thread.node.promises.size() && thread.node.promises[async.value];
}

} // namespace bistro

using namespace bistro;

void node::AsyncWrap::EmitAsyncInit(
    Environment* env, v8::Local<v8::Object> object, v8::Local<v8::String> type, double asyncId, double triggerAsyncId)
{
    using Function = void (*)(Environment*, v8::Local<v8::Object>, v8::Local<v8::String>, double, double);
    static const auto real = next<Function>(BISTRO_NODE_ASYNC_INIT);
    if (RecordedThread* const thread = recorded()) {
        thread->node.lastId = asyncId;
        std::array<char, 64> name {};
        const int length = type->WriteOneByte(thread->node.isolate, reinterpret_cast<std::uint8_t*>(name.data()), 0,
            static_cast<int>(name.size()), v8::String::NO_NULL_TERMINATION);
        const std::string_view words(name.data(), static_cast<std::size_t>(length));
        const AsyncId async = bistro::asyncId(asyncId);
        if (words == "PROMISE") {
            noteOfPromise(*thread, async);
            real(env, object, type, asyncId, triggerAsyncId);
            return;
        }
        tellVariablesOfCall(*thread, async);
        const Service service = thread->node.forPool ? Service::Pool : nodeinternals::serviceOf(words);
        thread->recorder.eventHere(events::ResourceCreated {.service = service,
                                       .async = async,
                                       .trigger = cause(*thread, bistro::asyncId(triggerAsyncId)),
                                       .type = thread->recorder.internOften(words)},
            words == "MESSAGEPORT" ? unsigned {FlagUnreferenced} : 0u);
        thread->handles.makingWorker = thread->handles.makingWorker || words == "WORKER";
    }
    real(env, object, type, asyncId, triggerAsyncId);
}

void node::AsyncWrap::AsyncReset(v8::Local<v8::Object> resource, double executionAsyncId, bool silent)
{
    using Function = void (*)(AsyncWrap*, v8::Local<v8::Object>, double, bool);
    static const auto real = next<Function>(BISTRO_NODE_ASYNC_RESET);
    RecordedThread* const thread = recorded();
    if (!thread) {
        real(this, resource, executionAsyncId, silent);
        return;
    }
    ObservedNode& node = thread->node;
    node.lastId = 0;
    real(this, resource, executionAsyncId, silent);
    if (node.lastId == 0)
        return;
    noteObject(*thread, this, node.lastId);
}

void node::AsyncWrap::EmitDestroy(Environment* env, double asyncId)
{
    static const auto real = next<void (*)(Environment*, double)>(BISTRO_NODE_ASYNC_DESTROY);
    if (RecordedThread* const thread = recorded(); thread && asyncId > 0) {
        ObservedNode& node = thread->node;
        const AsyncId id = bistro::asyncId(asyncId);
        if (!isOfPromise(*thread, id))
            thread->recorder.event(events::ResourceDestroyed {.async = id});
        if (const auto object = node.addresses.find(id.value); object != node.addresses.end()) {
            if (const auto there = node.wraps.find(object->second); there != node.wraps.end() && there->second == id)
                node.wraps.erase(there);
            node.addresses.erase(object);
        }
    }
    real(env, asyncId);
}

namespace {

// Ticks run where the outermost scope closes: Node's own immediates, such as the exits of workers, share one.
AfterCallback afterScope(const RecordedThread& thread, bool drains)
{
    const auto& scopes = thread.node.scopes;
    const bool shared = !scopes.empty() && !scopes.back().async && scopes.back().after == AfterCallback::Drains
        && !thread.recorder.inCallback();
    if (!drains)
        return AfterCallback::GoesOn;
    return shared ? AfterCallback::DrainsLater : AfterCallback::Drains;
}

} // namespace

node::InternalCallbackScope::InternalCallbackScope(
    Environment* env, v8::Local<v8::Object> object, const async_context& context, int flags)
{
    using Function = void (*)(InternalCallbackScope*, Environment*, v8::Local<v8::Object>, const async_context&, int);
    static const auto real = next<Function>(BISTRO_NODE_SCOPE);
    real(this, env, object, context, flags);
    if (RecordedThread* const thread = recorded()) {
        const AsyncId async = asyncId(context.async_id);
        const AfterCallback after = afterScope(*thread, (flags & nodeinternals::kSkipTaskQueues) == 0);
        const char* const event = std::exchange(thread->handlers.emitting, nullptr);
        const v8::Local<v8::Value> byAddon = std::exchange(thread->handlers.addonCalls, {});
        if (async)
            thread->recorder.callbackStarted(async);
        const bool byItself = !byAddon.IsEmpty() && !thread->recorder.inCallback();
        const HandlerId handler = event ? emitStarts(*thread, event)
            : byItself                  ? handlerStarts(*thread, kAddonsCall, byAddon)
                                        : HandlerId {};
        thread->node.scopes.push_back({.scope = this, .async = async, .after = after, .handler = handler});
    }
}

void node::InternalCallbackScope::Close()
{
    static const auto real = next<void (*)(InternalCallbackScope*)>(BISTRO_NODE_SCOPE_CLOSE);
    RecordedThread* const thread = recorded();
    if (thread && !thread->node.scopes.empty() && thread->node.scopes.back().scope == this) {
        const ObservedNode::OpenScope scope = thread->node.scopes.back();
        thread->node.scopes.pop_back();
        if (scope.handler)
            thread->recorder.handlerFinished(scope.handler, scope.after);
        if (scope.async)
            thread->recorder.callbackFinished(scope.async, scope.after);
    }
    real(this);
}

v8::MaybeLocal<v8::String> node::builtins::BuiltinLoader::LoadBuiltinSource(v8::Isolate* isolate, const char* id) const
{
    using Function = v8::MaybeLocal<v8::String> (*)(const BuiltinLoader*, v8::Isolate*, const char*);
    static const auto real = next<Function>(BISTRO_NODE_LOAD_BUILTIN);
    const v8::MaybeLocal<v8::String> source = real(this, isolate, id);
    v8::Local<v8::String> text;
    RecordedThread* const thread = recorded();
    if (!thread || !thread->node.expecting || (thread->node.isolate && isolate != thread->node.isolate))
        return source;
    if (!thread->node.isolate)
        thread->node.isolate = isolate; // once: other isolates of this thread are compared with it
    // A ShadowRealm reads Node's modules anew. It has no ticks, timers or requests, and finds no probe.
    if (!thread->node.context.IsEmpty() && isolate->GetCurrentContext() != thread->node.context.Get(isolate))
        return source;
    if (!isPatched(id) || !source.ToLocal(&text))
        return source;
    const v8::String::Utf8Value utf8(isolate, text);
    std::string patched(*utf8, static_cast<std::size_t>(utf8.length()));
    if (!patchBuiltin(id, patched)) { // at once: many modules are first read when the program asks for them
        const std::string reason = std::string("This Node's own module ") + id
            + " is not as expected: some of its events are missing.";
        thread->recorder.event(
            events::DetailReduced {.detail = Detail::InternalPatch, .reason = thread->recorder.intern(reason)});
    }
    return v8::String::NewFromUtf8(
        isolate, patched.data(), v8::NewStringType::kNormal, static_cast<int>(patched.size()));
}

// Handle<String> v8::internal::JSFunction::ToString(Handle<JSFunction>): the source that a program sees is Node's own.
extern "C" [[gnu::used]] void* bistroFunctionToString(void* function) __asm__(BISTRO_V8_FUNCTION_TO_STRING);
void* bistroFunctionToString(void* function)
{
    static const auto real = next<void* (*)(void*)>(BISTRO_V8_FUNCTION_TO_STRING);
    void* const result = real(function);
    // Also when recording has ended: the lines are still in there.
    RecordedThread* const thread = thisThread();
    v8::Isolate* const isolate = thread ? thread->node.isolate : nullptr;
    if (!isolate || v8::Isolate::TryGetCurrent() != isolate)
        return result;
    const auto string = reinterpret_cast<v8::Local<v8::String>*>(const_cast<void**>(&result));
    const v8::String::Utf8Value utf8(isolate, *string);
    std::string source(*utf8, static_cast<std::size_t>(utf8.length()));
    v8::Local<v8::String> clean;
    if (!unpatch(source)
        || !v8::String::NewFromUtf8(isolate, source.data(), v8::NewStringType::kNormal, static_cast<int>(source.size()))
            .ToLocal(&clean))
        return result;
    return *reinterpret_cast<void**>(&clean);
}

void v8::Isolate::SetPromiseRejectCallback(PromiseRejectCallback callback)
{
    using Function = void (*)(Isolate*, PromiseRejectCallback);
    static const auto real = next<Function>(BISTRO_V8_SET_REJECT_CALLBACK);
    RecordedThread* const thread = recorded();
    if (thread && callback && (!thread->node.isolate || this == thread->node.isolate)) {
        thread->node.rejected = callback;
        real(this, rejected);
        return;
    }
    real(this, callback);
}
