// How many threads of worker_threads there may be at one time. Each takes some 30 MB, so a program that starts them
// without end takes all memory of this computer within seconds.

#include "codecache.h"
#include "confinement.h"
#include "interpose.h"
#include "nodeinternals.h"

#include <uv.h>

#include <atomic>
#include <memory>

namespace bistro {
namespace {

std::atomic<std::uint32_t> s_workers = 0; // that run now, of the process: workers start others

struct Start {
    uv_thread_cb entry;
    void* argument;
};

void runWorker(void* given)
{
    const std::unique_ptr<Start> start(static_cast<Start*>(given));
    start->entry(start->argument);
    --s_workers;
}

} // namespace
} // namespace bistro

using namespace bistro;

extern "C" int uv_thread_create_ex(
    uv_thread_t* thread, const uv_thread_options_t* options, uv_thread_cb entry, void* argument)
{
    using Create = int (*)(uv_thread_t*, const uv_thread_options_t*, uv_thread_cb, void*);
    static const auto real = next<Create>("uv_thread_create_ex");
    // Of Node's threads a worker's alone has a stack of a size that Node asks for.
    const bool isWorker = options && (options->flags & UV_THREAD_HAS_STACK_SIZE) != 0
        && nodeinternals::isNodesCode(__builtin_return_address(0));
    if (isWorker)
        fillCodeCache();
    if (!isWorker || !isConfined())
        return real(thread, options, entry, argument);
    if (++s_workers > workersAllowed()) {
        --s_workers;
        tellLimit(trace::RunLimit::Workers, workersAllowed());
        return UV_EAGAIN; // what the system says that has no thread to give
    }
    auto start = std::make_unique<Start>(Start {.entry = entry, .argument = argument});
    const int result = real(thread, options, runWorker, start.get());
    if (result == 0)
        (void)start.release(); // the thread's
    else
        --s_workers;
    return result;
}
