// By libuv's threadpool.c (uvinternals.h): a job is queued under the pool's mutex, and a thread that has finished one
// appends it to the loop's queue under wq_mutex and calls uv_async_send before it unlocks.

#include "pool.h"

#include "interpose.h"
#include "nodeinternals.h"
#include "programclock.h"
#include "recordedthread.h"
#include "refusals.h"
#include "uvinternals.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace bistro {

struct PoolJob {
    Recorder* recorder = nullptr; // of the thread that has handed it in
    JobId id;
    AsyncId async; // whose callback gets the result
    void (*work)(uv__work*) = nullptr;
    void (*done)(uv__work*, int) = nullptr;
};

namespace {

// The process's: libuv has one pool, whose threads serve every loop and are no recorded ones.
struct Pool {
    std::mutex mutex;
    std::unordered_map<uv__work*, PoolJob> jobs; // handed in and not delivered
    std::uint32_t workers = 0;
    bool started = false; // its size has been told
};
Pool s_pool;
thread_local WorkerId t_worker; // of the pool's own threads

void workInPool(uv__work* work)
{
    PoolJob job;
    {
        const std::scoped_lock guard(s_pool.mutex);
        if (!t_worker)
            t_worker = {++s_pool.workers};
        job = s_pool.jobs[work];
    }
    job.recorder->event(events::PoolJobBegun {.job = job.id, .worker = t_worker});
    const HeldJob held;
    job.work(work);
    held.finish();
}

void deliver(uv__work* work, int status)
{
    PoolJob job;
    {
        const std::scoped_lock guard(s_pool.mutex);
        job = s_pool.jobs.extract(work).mapped();
    }
    if (RecordedThread* const thread = recorded()) {
        thread->recorder.event(
            events::PoolJobDelivered {.job = job.id}, status == UV_ECANCELED ? unsigned {FlagCancelled} : 0u);
        thread->pool.delivered = job.async;
    }
    job.done(work, status);
    if (RecordedThread* const thread = thisThread())
        thread->pool.delivered = {};
}

// Calls `submit` and takes note of the job that it queues.
template <typename Submit>
int submitJob(RecordedThread& thread, uv__work* work, const void* request, const void* wrap, std::string_view operation,
    std::string_view detail, Submit submit)
{
    Recorder& r = thread.recorder;
    PoolJob job {.recorder = &r, .id = {++thread.pool.lastJob}};
    AsyncId async = wrap ? asyncIdOf(thread, wrap) : request ? asyncIdAround(thread, request) : AsyncId {};
    // What Node goes on with by itself, as mkdir does when something is there already, is of the same order.
    if (!async && !r.inCallback())
        async = thread.pool.delivered;
    job.async = async;
    if (!std::exchange(s_pool.started, true))
        r.event(events::PoolStarted {.workers = poolSize()});
    // Before it is queued: a thread may begin it before this one returns.
    r.eventHere(events::PoolJobSubmitted {
        .job = job.id, .async = async, .operation = r.intern(operation), .detail = r.intern(detail)});
    work->work = nullptr;
    thread.pool.submitting = work;
    thread.pool.submitted = &job;
    const int result = submit();
    thread.pool.submitting = nullptr;
    if (result < 0) // never queued
        r.event(events::PoolJobDelivered {.job = job.id}, FlagCancelled);
    return result;
}

// Under the pool's mutex, with the job in the queue and no thread able to see it.
void adopt(ObservedPool& pool)
{
    uv__work* const work = pool.submitting;
    pool.submitting = nullptr;
    pool.submitted->work = work->work;
    pool.submitted->done = work->done;
    work->work = workInPool;
    work->done = deliver;
    const std::scoped_lock guard(s_pool.mutex);
    s_pool.jobs.insert_or_assign(work, *pool.submitted);
}

// An output that goes through fs: standard output and error when they are files.
void noteWrite(uv_file file, const uv_buf_t* buffers, unsigned count, std::int64_t written)
{
    RecordedThread* const thread = recorded();
    if (written <= 0 || !thread || (file != 1 && file != 2))
        return;
    std::string text;
    auto left = static_cast<std::size_t>(written);
    for (unsigned i = 0; i < count && left > 0 && text.size() < kTextBytes; ++i) {
        const std::size_t part = std::min(left, buffers[i].len);
        text.append(buffers[i].base, part);
        left -= part;
    }
    thread->recorder.output(file == 1 ? Stream::Output : Stream::Error, text, static_cast<std::uint64_t>(written));
}

std::string_view words(const char* text)
{
    return text ? std::string_view(text) : std::string_view();
}

} // namespace

std::uint16_t poolSize()
{
    constexpr int largest = 1024;
    const char* const asked = std::getenv("UV_THREADPOOL_SIZE");
    const int size = asked ? std::atoi(asked) : 4;
    return static_cast<std::uint16_t>(
        size < 1 ? (size == 0 ? 1 : largest) : std::min(size, largest)); // libuv reads a negative number as a huge one
}

} // namespace bistro

using namespace bistro;

#define BISTRO_FS(name, detail, PARAMETERS, ARGUMENTS) \
    int uv_fs_##name PARAMETERS \
    { \
        static const auto real = next<int(*) PARAMETERS>("uv_fs_" #name); \
        RecordedThread* const thread = cb ? recordedOn(loop) : nullptr; \
        cb = watchFile(req, cb); \
        return fileDone(req, cb, \
            thread ? submitJob(*thread, &req->work_req, req, req->data, #name, detail, [&] { return real ARGUMENTS; }) \
                   : real ARGUMENTS, \
            __builtin_return_address(0)); \
    }

extern "C" {

// clang-format off: it takes parameters in a macro for multiplications
BISTRO_FS(close, {}, (uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb), (loop, req, file, cb))
BISTRO_FS(open, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, int flags, int mode, uv_fs_cb cb),
    (loop, req, path, flags, mode, cb))
BISTRO_FS(read, {},
    (uv_loop_t* loop, uv_fs_t* req, uv_file file, const uv_buf_t* bufs, unsigned int n, int64_t offset, uv_fs_cb cb),
    (loop, req, file, bufs, n, offset, cb))
BISTRO_FS(unlink, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
BISTRO_FS(copyfile, words(path),
    (uv_loop_t* loop, uv_fs_t* req, const char* path, const char* to, int flags, uv_fs_cb cb),
    (loop, req, path, to, flags, cb))
BISTRO_FS(mkdir, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb),
    (loop, req, path, mode, cb))
BISTRO_FS(mkdtemp, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
BISTRO_FS(rmdir, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
BISTRO_FS(scandir, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, int flags, uv_fs_cb cb),
    (loop, req, path, flags, cb))
BISTRO_FS(opendir, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
BISTRO_FS(readdir, {}, (uv_loop_t* loop, uv_fs_t* req, uv_dir_t* dir, uv_fs_cb cb), (loop, req, dir, cb))
BISTRO_FS(closedir, {}, (uv_loop_t* loop, uv_fs_t* req, uv_dir_t* dir, uv_fs_cb cb), (loop, req, dir, cb))
BISTRO_FS(stat, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
BISTRO_FS(lstat, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
BISTRO_FS(fstat, {}, (uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb), (loop, req, file, cb))
BISTRO_FS(rename, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, const char* to, uv_fs_cb cb),
    (loop, req, path, to, cb))
BISTRO_FS(fsync, {}, (uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb), (loop, req, file, cb))
BISTRO_FS(fdatasync, {}, (uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb), (loop, req, file, cb))
BISTRO_FS(ftruncate, {}, (uv_loop_t* loop, uv_fs_t* req, uv_file file, int64_t offset, uv_fs_cb cb),
    (loop, req, file, offset, cb))
BISTRO_FS(access, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb),
    (loop, req, path, mode, cb))
BISTRO_FS(chmod, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb),
    (loop, req, path, mode, cb))
BISTRO_FS(fchmod, {}, (uv_loop_t* loop, uv_fs_t* req, uv_file file, int mode, uv_fs_cb cb), (loop, req, file, mode, cb))
BISTRO_FS(utime, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, double a, double m, uv_fs_cb cb),
    (loop, req, path, a, m, cb))
BISTRO_FS(lutime, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, double a, double m, uv_fs_cb cb),
    (loop, req, path, a, m, cb))
BISTRO_FS(futime, {}, (uv_loop_t* loop, uv_fs_t* req, uv_file file, double a, double m, uv_fs_cb cb),
    (loop, req, file, a, m, cb))
BISTRO_FS(link, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, const char* to, uv_fs_cb cb),
    (loop, req, path, to, cb))
BISTRO_FS(symlink, words(path),
    (uv_loop_t* loop, uv_fs_t* req, const char* path, const char* to, int flags, uv_fs_cb cb),
    (loop, req, path, to, flags, cb))
BISTRO_FS(readlink, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
BISTRO_FS(realpath, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
BISTRO_FS(chown, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_uid_t u, uv_gid_t g, uv_fs_cb cb),
    (loop, req, path, u, g, cb))
BISTRO_FS(lchown, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_uid_t u, uv_gid_t g, uv_fs_cb cb),
    (loop, req, path, u, g, cb))
BISTRO_FS(fchown, {}, (uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_uid_t u, uv_gid_t g, uv_fs_cb cb),
    (loop, req, file, u, g, cb))
BISTRO_FS(statfs, words(path), (uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb), (loop, req, path, cb))
// clang-format on

int uv_fs_write(
    uv_loop_t* loop, uv_fs_t* req, uv_file file, const uv_buf_t* bufs, unsigned int n, int64_t offset, uv_fs_cb cb)
{
    static const auto real
        = next<int (*)(uv_loop_t*, uv_fs_t*, uv_file, const uv_buf_t*, unsigned int, int64_t, uv_fs_cb)>("uv_fs_write");
    const void* const caller = __builtin_return_address(0);
    RecordedThread* const thread = cb ? recordedOn(loop) : nullptr;
    cb = watchFile(req, cb);
    std::int64_t size = 0;
    for (unsigned i = 0; i < n; ++i)
        size += static_cast<std::int64_t>(bufs[i].len);
    if (thread) {
        noteWrite(file, bufs, n, size);
        const auto write = [&] { return real(loop, req, file, bufs, n, offset, cb); };
        return fileDone(req, cb, submitJob(*thread, &req->work_req, req, req->data, "write", {}, write), caller);
    }
    const int written = real(loop, req, file, bufs, n, offset, cb);
    if (!cb)
        noteWrite(file, bufs, n, written);
    if (!cb && written >= 0 && written < size)
        writtenInPart(file);
    return fileDone(req, cb, written, caller);
}

int uv_queue_work(uv_loop_t* loop, uv_work_t* req, uv_work_cb work, uv_after_work_cb after)
{
    static const auto real = next<int (*)(uv_loop_t*, uv_work_t*, uv_work_cb, uv_after_work_cb)>("uv_queue_work");
    RecordedThread* const thread = recordedOn(loop);
    if (!thread)
        return real(loop, req, work, after);
    // Node's own requests lie within an object of Node's; an addon's may lie beside any.
    const uv_work_t* const within = nodeinternals::isNodesCode(__builtin_return_address(0)) ? req : nullptr;
    return submitJob(
        *thread, &req->work_req, within, nullptr, "work", {}, [&] { return real(loop, req, work, after); });
}

int uv_getaddrinfo(uv_loop_t* loop, uv_getaddrinfo_t* req, uv_getaddrinfo_cb cb, const char* node, const char* service,
    const addrinfo* hints)
{
    static const auto real
        = next<int (*)(uv_loop_t*, uv_getaddrinfo_t*, uv_getaddrinfo_cb, const char*, const char*, const addrinfo*)>(
            "uv_getaddrinfo");
    RecordedThread* const thread = cb ? recordedOn(loop) : nullptr;
    cb = watchName(req, cb, node);
    const auto submit = [&] { return real(loop, req, cb, node, service, hints); };
    return nameDone(req,
        thread ? submitJob(*thread, &req->work_req, req, req->data, "getaddrinfo", words(node), submit) : submit());
}

int uv_getnameinfo(uv_loop_t* loop, uv_getnameinfo_t* req, uv_getnameinfo_cb cb, const sockaddr* address, int flags)
{
    static const auto real = next<int (*)(uv_loop_t*, uv_getnameinfo_t*, uv_getnameinfo_cb, const sockaddr*, int)>(
        "uv_getnameinfo");
    RecordedThread* const thread = cb ? recordedOn(loop) : nullptr;
    if (!thread)
        return real(loop, req, cb, address, flags);
    return submitJob(*thread, &req->work_req, req, req->data, "getnameinfo", {},
        [&] { return real(loop, req, cb, address, flags); });
}

void uv_mutex_unlock(uv_mutex_t* mutex)
{
    static const auto real = next<void (*)(uv_mutex_t*)>("uv_mutex_unlock");
    RecordedThread* const thread = thisThread();
    if (thread && thread->pool.submitting && thread->pool.submitting->work) [[unlikely]]
        adopt(thread->pool);
    real(mutex);
}

int uv_async_send(uv_async_t* handle)
{
    static const auto real = next<int (*)(uv_async_t*)>("uv_async_send");
    if (t_worker && isPoolsAsync(handle)) {
        PoolJob job;
        {
            const std::scoped_lock guard(s_pool.mutex);
            if (const auto found = s_pool.jobs.find(lastFinishedJob(handle->loop)); found != s_pool.jobs.end())
                job = found->second;
        }
        if (job.recorder && !job.recorder->ended())
            job.recorder->event(events::PoolJobDone {.job = job.id, .worker = t_worker});
    }
    return real(handle);
}

} // extern "C"
