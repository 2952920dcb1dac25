#include "memorylimit.h"

#include "confinement.h"
#include "interpose.h"
#include "libnodenames.h"
#include "recordedthread.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstddef>
#include <fcntl.h>
#include <functional>
#include <new>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>

namespace bistro {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

// What counts against RLIMIT_DATA, in KiB.
std::uint64_t dataNow()
{
    std::array<char, 4096> room {};
    const int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    const ssize_t size = read(file, room.data(), room.size());
    close(file);
    std::string_view text(room.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    constexpr std::string_view kKey = "VmData:";
    text.remove_prefix(std::min(text.size(), text.find(kKey)));
    text.remove_prefix(std::min(text.size(), kKey.size()));
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t")));
    std::uint64_t kibibytes = 0;
    std::from_chars(text.data(), text.data() + text.size(), kibibytes);
    return kibibytes;
}

// operator new tries again once, and throws.
void withoutMemory()
{
    std::set_new_handler(nullptr);
    const RecordedThread* const thread = recorded();
    if (isMemoryUsedUp())
        tellMemoryLimit(thread && thread->stacks.isolate ? knownStackNow(*thread) : StackId {});
}

} // namespace

std::uint32_t memoryAllowed()
{
    rlimit data {};
    if (getrlimit(RLIMIT_DATA, &data) != 0 || data.rlim_cur == RLIM_INFINITY)
        return 0;
    return static_cast<std::uint32_t>(std::min<rlim_t>(data.rlim_cur / kMiB, UINT32_MAX));
}

// How much was asked for nobody says here; a single piece is seldom more than half of all.
bool isMemoryUsedUp()
{
    const std::uint64_t allowed = memoryAllowed();
    return allowed != 0 && dataNow() / 1024 > allowed / 2;
}

void tellMemoryLimit(StackId place)
{
    static std::atomic<bool> told = false;
    if (!told.exchange(true))
        tellLimit(RunLimit::Memory, memoryAllowed(), place);
}

void watchMemory()
{
    std::set_new_handler(withoutMemory);
}

} // namespace bistro

using namespace bistro;

// void* v8::internal::Heap::AllocateExternalBackingStore(const std::function<void*(size_t)>&, size_t): the memory of an
// ArrayBuffer, null where garbage collection has not helped either. V8 makes an error of it that a program can catch.
extern "C" [[gnu::used]] void* bistroBackingStore(
    void* heap, const std::function<void*(std::size_t)>& allocate, std::size_t size) __asm__(BISTRO_V8_BACKING_STORE);
void* bistroBackingStore(void* heap, const std::function<void*(std::size_t)>& allocate, std::size_t size)
{
    static const auto real = next<void* (*)(void*, const std::function<void*(std::size_t)>&, std::size_t)>(
        BISTRO_V8_BACKING_STORE);
    void* const found = real(heap, allocate, size);
    if (!found && size > 0 && isMemoryUsedUp())
        tellMemoryLimit(placeNow());
    return found;
}
