// Native addons' work for the thread pool, as Node-API has it: the object that Node makes for it is no AsyncWrap, but
// has an async id, and its request of libuv lies within it.

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
