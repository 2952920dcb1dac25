// A native addon that works in the thread pool: by Node-API's own work, and by libuv's, as older ones do.
#include <node_api.h>
#include <uv.h>

namespace {

struct Job {
    napi_env env = nullptr;
    napi_ref callback = nullptr;
    napi_async_work work = nullptr;
    napi_async_context context = nullptr;
    uv_work_t request {};
    bool plainly = false; // without a scope of Node's around the call
};

Job* jobFor(napi_env env, napi_callback_info info)
{
    size_t count = 1;
    napi_value callback = nullptr;
    napi_get_cb_info(env, info, &count, &callback, nullptr, nullptr);
    auto* const job = new Job {.env = env};
    napi_create_reference(env, callback, 1, &job->callback);
    return job;
}

void call(Job* job)
{
    napi_value callback = nullptr;
    napi_value global = nullptr;
    napi_get_reference_value(job->env, job->callback, &callback);
    napi_get_global(job->env, &global);
    if (job->context)
        napi_make_callback(job->env, job->context, global, callback, 0, nullptr, nullptr);
    else
        napi_call_function(job->env, global, callback, 0, nullptr, nullptr);
    napi_delete_reference(job->env, job->callback);
    delete job;
}

napi_value name(napi_env env)
{
    napi_value text = nullptr;
    napi_create_string_utf8(env, "KITCHEN", NAPI_AUTO_LENGTH, &text);
    return text;
}

napi_value work(napi_env env, napi_callback_info info)
{
    Job* const job = jobFor(env, info);
    napi_create_async_work(
        env, nullptr, name(env), [](napi_env, void*) {},
        [](napi_env of, napi_status, void* data) {
            auto* const done = static_cast<Job*>(data);
            const napi_async_work finished = done->work;
            call(done);
            napi_delete_async_work(of, finished);
        },
        job, &job->work);
    napi_queue_async_work(env, job->work);
    return nullptr;
}

napi_value raw(napi_env env, napi_callback_info info)
{
    Job* const job = jobFor(env, info);
    napi_async_init(env, nullptr, name(env), &job->context);
    uv_loop_s* loop = nullptr;
    napi_get_uv_event_loop(env, &loop);
    job->request.data = job;
    uv_queue_work(
        loop, &job->request, [](uv_work_t*) {},
        [](uv_work_t* request, int) {
            auto* const done = static_cast<Job*>(request->data);
            napi_handle_scope scope = nullptr;
            const napi_env of = done->env;
            napi_open_handle_scope(of, &scope);
            const napi_async_context context = done->context;
            call(done);
            napi_async_destroy(of, context);
            napi_close_handle_scope(of, scope);
        });
    return nullptr;
}

// Calls the function twice from the loop, for no resource, as a database hands over its rows.
napi_value rows(napi_env env, napi_callback_info info, bool plainly)
{
    Job* const job = jobFor(env, info);
    job->plainly = plainly;
    uv_loop_s* loop = nullptr;
    napi_get_uv_event_loop(env, &loop);
    auto* const async = new uv_async_t {};
    async->data = job;
    uv_async_init(loop, async, [](uv_async_t* handle) {
        auto* const done = static_cast<Job*>(handle->data);
        napi_handle_scope scope = nullptr;
        napi_open_handle_scope(done->env, &scope);
        napi_value callback = nullptr;
        napi_value global = nullptr;
        napi_get_reference_value(done->env, done->callback, &callback);
        napi_get_global(done->env, &global);
        for (int row = 0; row < 2; ++row)
            done->plainly ? napi_call_function(done->env, global, callback, 0, nullptr, nullptr)
                          : napi_make_callback(done->env, nullptr, global, callback, 0, nullptr, nullptr);
        napi_delete_reference(done->env, done->callback);
        napi_close_handle_scope(done->env, scope);
        delete done;
        uv_close(reinterpret_cast<uv_handle_t*>(handle),
            [](uv_handle_t* closed) { delete reinterpret_cast<uv_async_t*>(closed); });
    });
    uv_async_send(async);
    return nullptr;
}

napi_value madeRows(napi_env env, napi_callback_info info)
{
    return rows(env, info, false);
}

napi_value plainRows(napi_env env, napi_callback_info info)
{
    return rows(env, info, true);
}

napi_value start(napi_env env, napi_value exports)
{
    const napi_property_descriptor properties[] {
        {"work", nullptr, work, nullptr, nullptr, nullptr, napi_default, nullptr},
        {"raw", nullptr, raw, nullptr, nullptr, nullptr, napi_default, nullptr},
        {"rows", nullptr, madeRows, nullptr, nullptr, nullptr, napi_default, nullptr},
        {"plainRows", nullptr, plainRows, nullptr, nullptr, nullptr, napi_default, nullptr},
    };
    napi_define_properties(env, exports, 4, properties);
    return exports;
}

} // namespace

NAPI_MODULE(addon, start)
