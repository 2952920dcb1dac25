#include "ownthread.h"

#include <algorithm>
#include <array>
#include <climits>
#include <csignal>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace bistro {
namespace {

struct Start {
    int descriptor;
    const char* name;
    void (*run)();
    std::array<int, 2> woken;
    sem_t apart; // the thread has its own table, or never will
};

// Of the process's table at this moment this thread keeps few entries: were a pipe of the program's open here, its
// other end would not see the program close it.
bool takeTable(const Start& start)
{
    std::array<int, 3> kept {start.descriptor, start.woken[0], start.woken[1]};
    std::ranges::sort(kept);
    if (close_range(static_cast<unsigned>(kept.back()) + 1, UINT_MAX, CLOSE_RANGE_UNSHARE) != 0)
        return false;
    int next = 0;
    for (const int number : kept) {
        if (number > next && close_range(static_cast<unsigned>(next), static_cast<unsigned>(number - 1), 0) != 0)
            return false;
        next = std::max(next, number + 1);
    }
    return true;
}

void* begin(void* given)
{
    auto* const start = static_cast<Start*>(given);
    prctl(PR_SET_NAME, start->name);
    void (*const run)() = start->run;
    const bool apart = takeTable(*start);
    if (!apart)
        start->descriptor = -1;
    sem_post(&start->apart); // from here on `start` is gone
    run();
    return nullptr;
}

} // namespace

bool startOwnThread(int descriptor, const char* name, void (*run)(), std::array<int, 2> woken)
{
    Start start {.descriptor = descriptor, .name = name, .run = run, .woken = woken, .apart = {}};
    sem_init(&start.apart, 0, 0);
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); // signals belong to the program's thread
    pthread_t thread {};
    const bool started = pthread_create(&thread, nullptr, begin, &start) == 0;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (started) {
        pthread_detach(thread);
        while (sem_wait(&start.apart) != 0) { } // a signal of the program's
    }
    sem_destroy(&start.apart);
    if (!started || start.descriptor >= 0)
        close(descriptor);
    return started;
}

int lifted(int descriptor)
{
    rlimit most {};
    constexpr rlim_t kHigh = 900;
    const rlim_t room = getrlimit(RLIMIT_NOFILE, &most) == 0 ? most.rlim_cur : kHigh;
    const int high = room > 4 ? fcntl(descriptor, F_DUPFD_CLOEXEC, static_cast<int>(std::min(kHigh, room - 2))) : -1;
    if (high < 0) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        return descriptor;
    }
    close(descriptor);
    return high;
}

} // namespace bistro
