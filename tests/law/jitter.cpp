// A library to be loaded before stock node (LD_PRELOAD): it makes the machine slow at random, where a machine may be.
// Jobs of the thread pool begin and end late, the loop asks the kernel late and hears late, callbacks end late,
// processes start late. Nothing is reordered that a slow machine would not reorder. BISTRO_JITTER is the seed.
#include <dlfcn.h>
#include <sys/epoll.h>
#include <uv.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace {

template <typename Function>
Function next(const char* symbol)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, symbol));
}

std::atomic<std::uint64_t> s_state; // of the process's random numbers; 0: nothing is delayed
thread_local bool t_ofThePool = false;

std::uint64_t random64()
{
    std::uint64_t value = s_state.fetch_add(0x9E3779B97F4A7C15u) + 0x9E3779B97F4A7C15u;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

// One in `often` is delayed, by up to so many microseconds.
void delay(std::uint64_t often, std::uint64_t longest)
{
    if (s_state.load() == 0 || random64() % often != 0)
        return;
    const auto nanoseconds = static_cast<long>(random64() % longest * 1'000);
    timespec left {.tv_sec = 0, .tv_nsec = nanoseconds};
    while (nanosleep(&left, &left) != 0) { }
}

__attribute__((constructor)) void begin()
{
    const char* const seed = std::getenv("BISTRO_JITTER");
    if (!seed)
        return;
    s_state = std::strtoull(seed, nullptr, 10) * 1'000'003 + static_cast<std::uint64_t>(clock());
    delay(2, 3'000);
}

struct Entry {
    void (*run)(void*);
    void* argument;
};

void runOfThePool(void* entry)
{
    t_ofThePool = true;
    const Entry it = *static_cast<Entry*>(entry);
    delete static_cast<Entry*>(entry);
    it.run(it.argument);
}

bool isLibuv(void* address)
{
    Dl_info info {};
    return dladdr(address, &info) != 0 && std::string_view(info.dli_fname).find("libuv") != std::string_view::npos;
}

} // namespace

extern "C" {

// libuv makes threads for its pool only; node makes its own by the same function.
int uv_thread_create_ex(uv_thread_t* thread, const uv_thread_options_t* options, uv_thread_cb entry, void* argument)
{
    static const auto real = next<int (*)(uv_thread_t*, const uv_thread_options_t*, uv_thread_cb, void*)>(
        "uv_thread_create_ex");
    if (!isLibuv(__builtin_return_address(0)))
        return real(thread, options, entry, argument);
    return real(thread, options, runOfThePool, new Entry {.run = entry, .argument = argument});
}

// A thread of the pool unlocks when it has taken a job, and locks to say that one is done.
void uv_mutex_unlock(uv_mutex_t* mutex)
{
    static const auto real = next<void (*)(uv_mutex_t*)>("uv_mutex_unlock");
    real(mutex);
    if (t_ofThePool)
        delay(3, 2'000);
}

void uv_mutex_lock(uv_mutex_t* mutex)
{
    static const auto real = next<void (*)(uv_mutex_t*)>("uv_mutex_lock");
    if (t_ofThePool)
        delay(3, 2'000);
    real(mutex);
}

int epoll_pwait(int epoll, epoll_event* events, int most, int timeout, const sigset_t* signals)
{
    static const auto real = next<int (*)(int, epoll_event*, int, int, const sigset_t*)>("epoll_pwait");
    delay(3, 2'000);
    const int count = real(epoll, events, most, timeout, signals);
    if (count > 0)
        delay(3, 1'000);
    return count;
}

// Node's timers read the loop's clock by this.
void uv_update_time(uv_loop_t* loop)
{
    static const auto real = next<void (*)(uv_loop_t*)>("uv_update_time");
    delay(10, 1'000);
    real(loop);
}

// Close() of node's InternalCallbackScope: a callback has returned, its ticks and microtasks have not run.
void bistroCloseScope(void* scope) asm("_ZN4node21InternalCallbackScope5CloseEv");
void bistroCloseScope(void* scope)
{
    static const auto real = next<void (*)(void*)>("_ZN4node21InternalCallbackScope5CloseEv");
    delay(4, 1'000);
    real(scope);
}
}
