// Native addons, as Node-API has them. Their work for the thread pool: the object that Node makes for it is no
// AsyncWrap, but has an async id, and its request of libuv lies within it. And their calls of the program's functions.

#include "interpose.h"
#include "recordedthread.h"

using namespace bistro;

// napi_status napi_create_async_work(napi_env, napi_value resource, napi_value name, napi_async_execute_callback,
// napi_async_complete_callback, void* data, napi_async_work* result)
extern "C" [[gnu::visibility("default")]] int napi_create_async_work(void* env, void* resource, void* name,
    void (*execute)(void*, void*), void (*complete)(void*, int, void*), void* data, void** result)
{
    static const auto real
        = next<int (*)(void*, void*, void*, void (*)(void*, void*), void (*)(void*, int, void*), void*, void**)>(
            "napi_create_async_work");
    RecordedThread* const thread = recorded();
    if (!thread)
        return real(env, resource, name, execute, complete, data, result);
    thread->node.lastId = 0;
    thread->node.forPool = true;
    const int status = real(env, resource, name, execute, complete, data, result);
    thread->node.forPool = false;
    if (status == 0 && result && thread->node.lastId != 0)
        noteObject(*thread, *result, thread->node.lastId);
    return status;
}

// napi_status napi_make_callback(napi_env, napi_async_context, napi_value receiver, napi_value function, size_t count,
// const napi_value* arguments, napi_value* result). A napi_value is the address of a handle's slot. The scope that Node
// opens for the call tells of it (node_observer.cpp): ticks run as it closes.
extern "C" [[gnu::visibility("default")]] int napi_make_callback(
    void* env, void* context, void* receiver, void* function, std::size_t count, void* const* arguments, void** result)
{
    static const auto real = next<int (*)(void*, void*, void*, void*, std::size_t, void* const*, void**)>(
        "napi_make_callback");
    RecordedThread* const thread = recorded();
    if (thread && !context && function)
        thread->handlers.addonCalls = *reinterpret_cast<v8::Local<v8::Value>*>(&function);
    const int status = real(env, context, receiver, function, count, arguments, result);
    if (thread)
        thread->handlers.addonCalls = {};
    return status;
}

// napi_status napi_call_function(napi_env, napi_value receiver, napi_value function, size_t count, const napi_value*
// arguments, napi_value* result). Where nothing runs Node opens no scope for it: ticks wait for the next call.
extern "C" [[gnu::visibility("default")]] int napi_call_function(
    void* env, void* receiver, void* function, std::size_t count, void* const* arguments, void** result)
{
    static const auto real = next<int (*)(void*, void*, void*, std::size_t, void* const*, void**)>(
        "napi_call_function");
    RecordedThread* const thread = recorded();
    if (!thread || !function || thread->recorder.inCallback())
        return real(env, receiver, function, count, arguments, result);
    const HandlerId handler = handlerStarts(*thread, kAddonsCall, *reinterpret_cast<v8::Local<v8::Value>*>(&function));
    const int status = real(env, receiver, function, count, arguments, result);
    if (RecordedThread* const still = recorded(); still && handler)
        still->recorder.handlerFinished(handler, AfterCallback::GoesOn);
    return status;
}
