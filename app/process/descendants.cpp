#include "process/descendants.h"

#include <fstream>
#include <sys/syscall.h>
#include <unistd.h>

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

// As the kernel lists them, thread by thread: a child belongs to the thread that started it.
std::vector<pid_t> childrenOf(pid_t process)
{
    std::vector<pid_t> children;
    std::error_code error;
    for (fs::directory_iterator thread("/proc/" + std::to_string(process) + "/task", error);
        !error && thread != fs::directory_iterator(); thread.increment(error)) {
        std::ifstream list(thread->path() / "children");
        for (pid_t child = 0; list >> child;)
            children.push_back(child);
    }
    return children;
}

} // namespace

void Descendants::add(pid_t process)
{
    for (const pid_t child : childrenOf(process)) {
        Descriptor handle(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
        if (!handle)
            continue;
        m_found[child] = std::move(handle); // a number found again after its process had ended is the new one's
        add(child);
    }
}

void Descendants::kill() const
{
    for (const auto& [process, handle] : m_found)
        syscall(SYS_pidfd_send_signal, handle.get(), SIGKILL, nullptr, 0);
}

} // namespace bistro::app
