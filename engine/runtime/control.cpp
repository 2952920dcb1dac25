#include "control.h"

#include <node.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <pthread.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace bistro {
namespace {

std::mutex s_mutex;
node::Environment* s_environment = nullptr;
std::atomic<bool> s_stopAsked = false;
int s_descriptor = -1;

void* listen(void*)
{
    prctl(PR_SET_NAME, "control");
    while (true) {
        char command = 0;
        const ssize_t count = read(s_descriptor, &command, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            _exit(1); // nobody is left to run for; the trace is whole as it stands
        if (command == 'S') {
            s_stopAsked = true;
            const std::scoped_lock guard(s_mutex);
            if (s_environment)
                node::Stop(s_environment);
        }
    }
}

} // namespace

void startControl(int descriptor, node::Environment* environment)
{
    s_descriptor = descriptor;
    s_environment = environment;
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); // signals belong to the program's thread
    pthread_t thread {};
    if (pthread_create(&thread, nullptr, listen, nullptr) == 0)
        pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

bool stopAsked()
{
    return s_stopAsked;
}

void endControl()
{
    const std::scoped_lock guard(s_mutex);
    s_environment = nullptr;
}

} // namespace bistro
