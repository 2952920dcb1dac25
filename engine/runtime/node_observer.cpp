#include "node_observer.h"

#include "interpose.h"
#include "nodeinternals.h"
#include "probe.h"
#include "promises.h"
#include "recorder.h"
#include "stack.h"
#include "variables.h"

#include <node.h>
#include <v8.h>

#include <array>
#include <ctime>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bistro {
namespace {

v8::Isolate* s_isolate = nullptr; // the recorded one, once it has loaded a first builtin
v8::Eternal<v8::Context> s_context; // the program's own, once it is there
bool s_expecting = false;

double s_lastId = 0; // told by EmitAsyncInit inside AsyncReset

// Node's native objects that are alive, by address and by async id.
std::map<std::uintptr_t, std::uint32_t> s_wraps;
std::unordered_map<std::uint32_t, std::uintptr_t> s_addresses;

void collected(v8::Isolate*, v8::GCType type, v8::GCCallbackFlags, void* begun)
{
    auto* const start = static_cast<timespec*>(begun);
    if ((type & v8::kGCTypeMarkSweepCompact) != 0)
        forgetStackKeys();
    if (!onRecordedThread())
        return;
    timespec now {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const auto length = static_cast<std::uint64_t>(
        (now.tv_sec - start->tv_sec) * 1'000'000'000 + now.tv_nsec - start->tv_nsec);
    recorder()->event({.kind = EventKind::GarbageCollected,
        .small = static_cast<std::uint16_t>(type),
        .a = static_cast<std::uint32_t>(length),
        .b = static_cast<std::uint32_t>(length >> 32)});
}

void collecting(v8::Isolate*, v8::GCType, v8::GCCallbackFlags, void* begun)
{
    clock_gettime(CLOCK_MONOTONIC, static_cast<timespec*>(begun));
}

v8::PromiseRejectCallback s_rejected = nullptr;

void rejected(v8::PromiseRejectMessage message)
{
    if (onRecordedThread() && message.GetPromise()->GetIsolate() == s_isolate) {
        const std::uint32_t id = promiseNumber(message.GetPromise());
        if (message.GetEvent() == v8::kPromiseRejectWithNoHandler) {
            std::uint32_t words = 0;
            v8::Local<v8::String> detail;
            const v8::Local<v8::Value> value = message.GetValue();
            if (!value.IsEmpty() && value->ToDetailString(s_isolate->GetCurrentContext()).ToLocal(&detail)) {
                const v8::String::Utf8Value utf8(s_isolate, detail);
                words = recorder()->store({*utf8, static_cast<std::size_t>(utf8.length())}).id.value;
            }
            recorder()->eventHere({.kind = EventKind::RejectionUnhandled, .a = id, .b = words});
        } else if (message.GetEvent() == v8::kPromiseHandlerAddedAfterReject) {
            recorder()->eventHere({.kind = EventKind::RejectionHandled, .a = id});
        }
    }
    s_rejected(message);
}

std::uint32_t small(double id)
{
    return id > 0 && id < 4294967296.0 ? static_cast<std::uint32_t>(id) : 0;
}

} // namespace

void expectEnvironment()
{
    s_expecting = true;
}

void observeNode(v8::Isolate* isolate, node::Environment*)
{
    static timespec begun {};
    s_context.Set(isolate, isolate->GetCurrentContext());
    isolate->AddGCPrologueCallback(collecting, &begun);
    isolate->AddGCEpilogueCallback(collected, &begun);
}

std::uint32_t asyncIdOf(const void* wrap)
{
    const auto found = s_wraps.find(reinterpret_cast<std::uintptr_t>(wrap));
    return found == s_wraps.end() ? 0 : found->second;
}

std::uint32_t asyncIdAround(const void* request)
{
    const auto address = reinterpret_cast<std::uintptr_t>(request);
    auto after = s_wraps.upper_bound(address);
    if (after == s_wraps.begin())
        return 0;
    --after;
    return address - after->first < nodeinternals::kLargestWrap ? after->second : 0;
}

} // namespace bistro

using namespace bistro;

void node::AsyncWrap::EmitAsyncInit(
    Environment* env, v8::Local<v8::Object> object, v8::Local<v8::String> type, double asyncId, double triggerAsyncId)
{
    using Function = void (*)(Environment*, v8::Local<v8::Object>, v8::Local<v8::String>, double, double);
    static const auto real = next<Function>(
        "_ZN4node9AsyncWrap13EmitAsyncInitEPNS_11EnvironmentEN2v85LocalINS3_6ObjectEEENS4_INS3_6StringEEEdd");
    if (onRecordedThread()) {
        s_lastId = asyncId;
        std::array<char, 64> name {};
        const int length = type->WriteOneByte(s_isolate, reinterpret_cast<std::uint8_t*>(name.data()), 0,
            static_cast<int>(name.size()), v8::String::NO_NULL_TERMINATION);
        const std::string_view words(name.data(), static_cast<std::size_t>(length));
        tellVariablesOfCall(small(asyncId));
        recorder()->eventHere({.kind = EventKind::ResourceCreated,
            .small = static_cast<std::uint16_t>(nodeinternals::serviceOf(words)),
            .a = small(asyncId),
            .b = small(triggerAsyncId),
            .c = recorder()->intern(words)});
        if (words == "WORKER")
            recorder()->event({.kind = EventKind::WorkerStarted, .flags = FlagUnrecorded, .a = small(asyncId)});
    }
    real(env, object, type, asyncId, triggerAsyncId);
}

void node::AsyncWrap::AsyncReset(v8::Local<v8::Object> resource, double executionAsyncId, bool silent)
{
    using Function = void (*)(AsyncWrap*, v8::Local<v8::Object>, double, bool);
    static const auto real = next<Function>("_ZN4node9AsyncWrap10AsyncResetEN2v85LocalINS1_6ObjectEEEdb");
    if (!onRecordedThread()) { // a worker's: it must not take away the id that the recorded thread has just been told
        real(this, resource, executionAsyncId, silent);
        return;
    }
    s_lastId = 0;
    real(this, resource, executionAsyncId, silent);
    if (s_lastId == 0)
        return;
    const std::uint32_t id = small(s_lastId);
    const auto address = reinterpret_cast<std::uintptr_t>(this);
    s_wraps.insert_or_assign(address, id);
    s_addresses.insert_or_assign(id, address);
}

void node::AsyncWrap::EmitDestroy(Environment* env, double asyncId)
{
    static const auto real = next<void (*)(Environment*, double)>(
        "_ZN4node9AsyncWrap11EmitDestroyEPNS_11EnvironmentEd");
    if (onRecordedThread() && asyncId > 0) {
        recorder()->event({.kind = EventKind::ResourceDestroyed, .a = small(asyncId)});
        if (const auto object = s_addresses.find(small(asyncId)); object != s_addresses.end()) {
            if (const auto there = s_wraps.find(object->second);
                there != s_wraps.end() && there->second == small(asyncId))
                s_wraps.erase(there);
            s_addresses.erase(object);
        }
    }
    real(env, asyncId);
}

namespace {

// The scopes that are open, innermost last, so that Close knows whose it is: the object's layout is Node's own affair.
struct OpenScope {
    const void* scope;
    std::uint32_t async; // 0: a call of Node's own, which the trace does not tell
    AfterCallback after;
};
std::vector<OpenScope> s_scopes;

// Ticks run where the outermost scope closes: Node's own immediates, such as the exits of workers, share one.
AfterCallback afterScope(bool drains)
{
    const bool shared = !s_scopes.empty() && s_scopes.back().async == 0
        && s_scopes.back().after == AfterCallback::Drains && !recorder()->inCallback();
    if (!drains)
        return AfterCallback::GoesOn;
    return shared ? AfterCallback::DrainsLater : AfterCallback::Drains;
}

} // namespace

node::InternalCallbackScope::InternalCallbackScope(
    Environment* env, v8::Local<v8::Object> object, const async_context& context, int flags)
{
    using Function = void (*)(InternalCallbackScope*, Environment*, v8::Local<v8::Object>, const async_context&, int);
    static const auto real = next<Function>(
        "_ZN4node21InternalCallbackScopeC1EPNS_11EnvironmentEN2v85LocalINS3_6ObjectEEERKNS_13async_contextEi");
    real(this, env, object, context, flags);
    if (onRecordedThread()) {
        const std::uint32_t async = small(context.async_id);
        s_scopes.push_back({this, async, afterScope((flags & nodeinternals::kSkipTaskQueues) == 0)});
        if (async != 0)
            recorder()->callbackStarted(async);
    }
}

void node::InternalCallbackScope::Close()
{
    static const auto real = next<void (*)(InternalCallbackScope*)>("_ZN4node21InternalCallbackScope5CloseEv");
    if (onRecordedThread() && !s_scopes.empty() && s_scopes.back().scope == this) {
        const OpenScope scope = s_scopes.back();
        s_scopes.pop_back();
        if (scope.async != 0)
            recorder()->callbackFinished(scope.async, scope.after);
    }
    real(this);
}

v8::MaybeLocal<v8::String> node::builtins::BuiltinLoader::LoadBuiltinSource(v8::Isolate* isolate, const char* id) const
{
    using Function = v8::MaybeLocal<v8::String> (*)(const BuiltinLoader*, v8::Isolate*, const char*);
    static const auto real = next<Function>("_ZNK4node8builtins13BuiltinLoader17LoadBuiltinSourceEPN2v87IsolateEPKc");
    const v8::MaybeLocal<v8::String> source = real(this, isolate, id);
    v8::Local<v8::String> text;
    if (!onRecordedThread() || !s_expecting || (s_isolate && isolate != s_isolate))
        return source;
    if (!s_isolate)
        s_isolate = isolate; // once: other threads' isolates are compared with it
    // A ShadowRealm reads Node's modules anew. It has no ticks, timers or requests, and finds no probe.
    if (!s_context.IsEmpty() && isolate->GetCurrentContext() != s_context.Get(isolate))
        return source;
    if (!isPatched(id) || !source.ToLocal(&text))
        return source;
    const v8::String::Utf8Value utf8(isolate, text);
    std::string patched(*utf8, static_cast<std::size_t>(utf8.length()));
    if (!patchBuiltin(id, patched)) { // at once: many modules are first read when the program asks for them
        recorder()->event({.kind = EventKind::DetailReduced,
            .small = static_cast<std::uint16_t>(Detail::InternalPatch),
            .a = recorder()->intern(
                std::string("This Node's own module ") + id + " is not as expected: some of its events are missing.")});
    }
    return v8::String::NewFromUtf8(
        isolate, patched.data(), v8::NewStringType::kNormal, static_cast<int>(patched.size()));
}

// Handle<String> v8::internal::JSFunction::ToString(Handle<JSFunction>): the source that a program sees is Node's own.
extern "C" [[gnu::used]] void* bistroFunctionToString(void* function) __asm__(
    "_ZN2v88internal10JSFunction8ToStringENS0_6HandleIS1_EE");
void* bistroFunctionToString(void* function)
{
    static const auto real = next<void* (*)(void*)>("_ZN2v88internal10JSFunction8ToStringENS0_6HandleIS1_EE");
    void* const result = real(function);
    if (!s_expecting || !s_isolate || v8::Isolate::TryGetCurrent() != s_isolate)
        return result;
    const auto string = reinterpret_cast<v8::Local<v8::String>*>(const_cast<void**>(&result));
    const v8::String::Utf8Value utf8(s_isolate, *string);
    std::string source(*utf8, static_cast<std::size_t>(utf8.length()));
    v8::Local<v8::String> clean;
    if (!unpatch(source)
        || !v8::String::NewFromUtf8(
            s_isolate, source.data(), v8::NewStringType::kNormal, static_cast<int>(source.size()))
            .ToLocal(&clean))
        return result;
    return *reinterpret_cast<void**>(&clean);
}

void v8::Isolate::SetPromiseRejectCallback(PromiseRejectCallback callback)
{
    using Function = void (*)(Isolate*, PromiseRejectCallback);
    static const auto real = next<Function>("_ZN2v87Isolate24SetPromiseRejectCallbackEPFvNS_20PromiseRejectMessageEE");
    if (recorder() && onRecordedThread() && callback && (!s_isolate || this == s_isolate)) {
        s_rejected = callback;
        real(this, rejected);
        return;
    }
    real(this, callback);
}
