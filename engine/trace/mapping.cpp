#include "mapping.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

namespace bistro::trace {
namespace {

// What the handler may read: no lock, no memory that moves.
struct Slot {
    std::atomic<bool> taken = false;
    std::atomic<std::uintptr_t> begin = 0;
    std::atomic<std::uintptr_t> end = 0; // 0 while there is nothing to guard
    std::atomic<int> protection = 0;
    std::atomic<bool> lost = false;
};

std::array<Slot, 1024> s_slots; // open traces: a recent-runs list has 20, a window one or two
std::atomic<std::uintptr_t> s_pageMask = 0; // 0: no handler yet
std::mutex s_mutex; // for s_others, outside of the handler
struct sigaction s_others {}; // what was set for SIGBUS before us, or after

bool isOurs(const void* address)
{
    const auto at = reinterpret_cast<std::uintptr_t>(address);
    for (Slot& slot : s_slots) {
        const std::uintptr_t end = slot.end.load(std::memory_order_acquire);
        if (at >= end || at < slot.begin.load(std::memory_order_relaxed))
            continue;
        const std::uintptr_t page = at & s_pageMask.load(std::memory_order_relaxed);
        const int protection = slot.protection.load(std::memory_order_relaxed);
        constexpr int anonymous = MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
        slot.lost.store(true, std::memory_order_release);
        return mmap(reinterpret_cast<void*>(page), end - page, protection, anonymous, -1, 0)
            != MAP_FAILED; // a system call, no more
    }
    return false;
}

void answer(int number, siginfo_t* info, void* context)
{
    const int before = errno;
    const bool fault = info->si_code > 0; // not sent by a process
    if (fault && isOurs(info->si_addr)) {
        errno = before;
        return;
    }
    const struct sigaction others = s_others;
    if ((others.sa_flags & SA_SIGINFO) != 0) {
        others.sa_sigaction(number, info, context);
    } else if (others.sa_handler == SIG_IGN && !fault) {
        // as if it had not been sent
    } else if (others.sa_handler == SIG_DFL || others.sa_handler == SIG_IGN) {
        std::signal(number, SIG_DFL);
        raise(number); // taken once this returns
    } else {
        others.sa_handler(number);
    }
    errno = before;
}

void installHandler()
{
    const std::scoped_lock guard(s_mutex);
    if (s_pageMask != 0)
        return;
    struct sigaction action {};
    action.sa_sigaction = answer;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGBUS, &action, &s_others) == 0)
        s_pageMask = ~(static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE)) - 1);
}

} // namespace

std::expected<Mapping, int> Mapping::of(int fd, std::size_t bytes, Access access)
{
    installHandler();
    const int protection = access == Access::Read ? PROT_READ : PROT_READ | PROT_WRITE;
    void* const memory = mmap(nullptr, bytes, protection, MAP_SHARED | MAP_NORESERVE, fd, 0);
    if (memory == MAP_FAILED)
        return std::unexpected(errno);
    for (std::size_t i = 0; i < s_slots.size(); ++i) {
        Slot& slot = s_slots[i];
        if (slot.taken.exchange(true, std::memory_order_acquire))
            continue;
        const auto begin = reinterpret_cast<std::uintptr_t>(memory);
        slot.lost = false;
        slot.protection = protection;
        slot.begin = begin;
        slot.end.store(begin + bytes, std::memory_order_release);
        Mapping result;
        result.m_data = static_cast<std::byte*>(memory);
        result.m_bytes = bytes;
        result.m_slot = i;
        return result;
    }
    munmap(memory, bytes);
    return std::unexpected(ENOMEM);
}

Mapping::~Mapping()
{
    if (!m_data)
        return;
    s_slots[m_slot].end = 0; // first: the addresses may be somebody else's right after
    munmap(m_data, m_bytes);
    s_slots[m_slot].taken.store(false, std::memory_order_release);
}

bool Mapping::lost() const
{
    return m_data && s_slots[m_slot].lost.load(std::memory_order_acquire);
}

bool exchangeBusAction(const struct sigaction* action, struct sigaction* old)
{
    if (s_pageMask == 0)
        return false;
    const std::scoped_lock guard(s_mutex);
    if (old)
        *old = s_others;
    if (action)
        s_others = *action;
    return true;
}

} // namespace bistro::trace
