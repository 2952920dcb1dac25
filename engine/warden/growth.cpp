#include "warden/growth.h"

#include "warden/descendants.h"

#include <algorithm>
#include <cstring>
#include <dirent.h>
#include <linux/magic.h>
#include <memory>
#include <set>
#include <string>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <utility>

namespace bistro::warden {
namespace {

constexpr int kMostFiles = 2'000'000; // of one sum
constexpr int kDeepestFolder = 200; // each takes a descriptor
constexpr std::uint64_t kBlock = 512; // of st_blocks
// What a file or a folder counts at least: with its entry, and what the file system notes of it.
constexpr std::uint64_t kLeastOnDisk = 16'384;
constexpr std::uint64_t kLeastInMemory = 4'096;
constexpr std::chrono::seconds kAgain {10}; // though the room shrinks no further

std::uint64_t leastOfFile(bool inMemory)
{
    return inMemory ? kLeastInMemory : kLeastOnDisk;
}

bool isBefore(const timespec& one, const timespec& other)
{
    return std::pair(one.tv_sec, one.tv_nsec) < std::pair(other.tv_sec, other.tv_nsec);
}

class Sum final {
public:
    Sum(dev_t device, std::uint64_t least, const timespec& since)
        : m_device(device)
        , m_least(least)
        , m_since(since)
    {
    }

    void addFolder(int folder, int depth = 0)
    {
        const int list = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const std::unique_ptr<DIR, int (*)(DIR*)> entries(list < 0 ? nullptr : fdopendir(list), closedir);
        struct stat itself {};
        if (!entries && (fstat(folder, &itself) != 0 || !isBefore(itself.st_ctim, m_since)))
            m_isWhole = false; // closed to us since the start
        while (const dirent* const entry = entries ? readdir(entries.get()) : nullptr) {
            const std::string_view name = entry->d_name;
            struct stat about {};
            if (name == "." || name == "..")
                continue;
            if (--m_left < 0) {
                m_isWhole = false;
                return;
            }
            if (fstatat(folder, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0)
                continue;
            addFile(about);
            if (!S_ISDIR(about.st_mode))
                continue;
            if (about.st_dev == m_device && depth >= kDeepestFolder) {
                m_isWhole = false;
            } else if (about.st_dev == m_device) {
                const Descriptor below(openat(folder, entry->d_name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
                if (below)
                    addFolder(below.get(), depth + 1);
                else
                    m_isWhole = m_isWhole && isBefore(about.st_ctim, m_since);
            }
        }
    }

    void addNameless(pid_t process)
    {
        const std::string folder = "/proc/" + std::to_string(process) + "/fd";
        const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder.c_str()), closedir);
        while (const dirent* const entry = entries ? readdir(entries.get()) : nullptr) {
            struct stat about {};
            if (fstatat(dirfd(entries.get()), entry->d_name, &about, 0) == 0 && S_ISREG(about.st_mode)
                && about.st_nlink == 0 && about.st_dev == m_device)
                addFile(about);
        }
    }

    // Where not all was looked at it may be anything.
    [[nodiscard]] std::uint64_t bytes() const { return m_isWhole ? m_bytes : UINT64_MAX; }

private:
    void addFile(const struct stat& about)
    {
        if (isBefore(about.st_ctim, m_since))
            return;
        if (!S_ISDIR(about.st_mode) && about.st_nlink != 1 && !m_several.emplace(about.st_dev, about.st_ino).second)
            return;
        m_bytes += std::max(static_cast<std::uint64_t>(about.st_blocks) * kBlock, m_least);
    }

    dev_t m_device;
    std::uint64_t m_least;
    timespec m_since;
    std::uint64_t m_bytes = 0;
    int m_left = kMostFiles;
    bool m_isWhole = true;
    std::set<std::pair<dev_t, ino_t>> m_several; // of other names
};

} // namespace

bool liesInMemory(const Descriptor& file)
{
    struct statfs about {};
    return fstatfs(file.get(), &about) == 0 && (about.f_type == TMPFS_MAGIC || about.f_type == RAMFS_MAGIC);
}

Growth::Growth(const std::vector<sandbox::Place>& places, pid_t top)
    : m_top(top)
{
    clock_gettime(CLOCK_REALTIME_COARSE, &m_start); // as file systems have it
    for (const sandbox::Place& place : places) {
        if (place.right == sandbox::Right::Write)
            watchFolder(place);
    }
}

void Growth::watchFolder(const sandbox::Place& place)
{
    Descriptor folder(open(place.path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    struct stat about {};
    if (!folder || fstat(folder.get(), &about) != 0)
        return;
    const auto known = std::ranges::find(m_systems, about.st_dev, &FileSystem::device);
    if (known != m_systems.end()) {
        known->folders.push_back(std::move(folder));
        return;
    }
    FileSystem& system = m_systems.emplace_back();
    system.device = about.st_dev;
    system.inMemory = liesInMemory(folder);
    system.folders.push_back(std::move(folder));
    system.mostFree = freeBytes(system);
}

Grown Growth::look(const Grown& most)
{
    Grown result;
    for (FileSystem& system : m_systems) {
        if (const std::uint64_t matters = system.inMemory ? most.inMemory : most.onDisk; matters != 0)
            (system.inMemory ? result.inMemory : result.onDisk) += look(system, matters);
    }
    return result;
}

std::uint64_t Growth::freeBytes(const FileSystem& system)
{
    constexpr std::uint64_t kFilesWithoutEnd = 1ULL << 32U;
    struct statfs about {};
    if (fstatfs(system.folders.front().get(), &about) != 0)
        return 0;
    return std::uint64_t {about.f_bfree} * static_cast<std::uint64_t>(about.f_bsize)
        + std::min(std::uint64_t {about.f_ffree}, kFilesWithoutEnd) * leastOfFile(system.inMemory);
}

std::uint64_t Growth::look(FileSystem& system, std::uint64_t most) const
{
    constexpr std::uint64_t kSteps = 8;
    const std::uint64_t free = freeBytes(system);
    system.mostFree = std::max(system.mostFree, free);
    const std::uint64_t shrunk = system.mostFree - free;
    if (shrunk < most) {
        system.nextAt = most;
        return system.grown = 0;
    }
    const auto now = std::chrono::steady_clock::now();
    if (shrunk >= system.nextAt || now - system.addedUp >= kAgain) {
        system.grown = addUp(system);
        system.nextAt = shrunk + most / kSteps;
        system.addedUp = now;
    }
    return std::min(system.grown, shrunk);
}

std::uint64_t Growth::addUp(const FileSystem& system) const
{
    Sum sum(system.device, leastOfFile(system.inMemory), m_start);
    for (const Descriptor& folder : system.folders)
        sum.addFolder(folder.get());
    for (const Process& process : below(m_top))
        sum.addNameless(process.pid);
    return sum.bytes();
}

} // namespace bistro::warden
