#include "warden/sharedmemory.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>

namespace bistro::warden {
namespace {

constexpr std::uint64_t kMatters = 64 * 1'024 * 1'024;

std::uint64_t allOfTheComputer()
{
    std::ifstream in("/proc/meminfo");
    std::string key;
    std::uint64_t kibibytes = 0;
    std::string unit;
    while (in >> key >> kibibytes && std::getline(in, unit)) {
        if (key == "Shmem:")
            return kibibytes * 1'024;
    }
    return 0;
}

// "7f0000000000-7f00c0000000": how long it is.
std::uint64_t lengthOf(std::string_view range)
{
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    const std::size_t dash = std::min(range.find('-'), range.size());
    std::from_chars(range.data(), range.data() + dash, from, 16);
    std::from_chars(range.data() + std::min(dash + 1, range.size()), range.data() + range.size(), to, 16);
    return to > from ? to - from : 0;
}

using Files = std::map<std::uint64_t, std::uint64_t>; // by inode: the most that one process maps of it

void addMappings(pid_t process, Files& files)
{
    Files own;
    std::ifstream in("/proc/" + std::to_string(process) + "/maps");
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string range;
        std::string rights;
        std::string offset;
        std::string device;
        std::uint64_t inode = 0;
        words >> range >> rights >> offset >> device >> inode;
        if (rights.ends_with('s') && device == "00:01") // the kernel's own file system for it, which has no place
            own[inode] += lengthOf(range);
    }
    for (const auto& [inode, bytes] : own)
        files[inode] = std::max(files[inode], bytes);
}

} // namespace

SharedMemory::SharedMemory()
    : m_least(allOfTheComputer())
{
}

std::uint64_t SharedMemory::look(std::span<const Process> processes)
{
    const std::uint64_t now = allOfTheComputer();
    m_least = std::min(m_least, now);
    const std::uint64_t grown = now - m_least;
    if (grown < kMatters)
        return 0;
    Files files;
    for (const Process& process : processes)
        addMappings(process.pid, files);
    std::uint64_t sum = 0;
    for (const auto& [inode, bytes] : files)
        sum += bytes;
    return std::min(sum, grown);
}

} // namespace bistro::warden
