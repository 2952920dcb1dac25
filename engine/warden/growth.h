// How much the files have grown that the program may write: what no account of a process has. Pages of a file system
// in memory (tmpfs) are none, nor what children wrote whose parent does not wait for them, nor empty files. Of the
// warden's main thread.
//
// The room that a file system has left is cheap to ask for, but it is everybody's. Only where it has shrunk by as much
// as matters, the program's own files are added up: those that have changed since it started, and those without a name
// that it has open. Never more than the room has shrunk. However small a file or folder is, it counts: room is that for
// files, too, where the file system tells it (Btrfs does not).
#pragma once

#include "sandbox/policy.h"
#include "warden/descriptor.h"

#include <chrono>
#include <cstdint>
#include <ctime>
#include <sys/types.h>
#include <vector>

namespace bistro::warden {

struct Grown { // bytes
    std::uint64_t onDisk = 0;
    std::uint64_t inMemory = 0;
};

// Whether a file or folder lies in a file system that is memory.
[[nodiscard]] bool liesInMemory(const Descriptor& file);

class Growth final {
public:
    // From now on. `top`: the processes below are looked through for files without a name.
    Growth(const std::vector<sandbox::Place>& places, pid_t top);

    // `most`: what matters, in bytes. 0: nothing does.
    [[nodiscard]] Grown look(const Grown& most);

private:
    struct FileSystem {
        std::vector<Descriptor> folders;
        dev_t device = 0;
        bool inMemory = false;
        std::uint64_t mostFree = 0; // since the start; with what as many files would take as there may be
        std::uint64_t grown = 0; // when it was last added up
        std::uint64_t nextAt = 0; // shrunk by so much it is added up again
        std::chrono::steady_clock::time_point addedUp;
    };

    void watchFolder(const sandbox::Place& place);
    [[nodiscard]] static std::uint64_t freeBytes(const FileSystem& system);
    std::uint64_t look(FileSystem& system, std::uint64_t most) const;
    [[nodiscard]] std::uint64_t addUp(const FileSystem& system) const;

    pid_t m_top;
    timespec m_start {};
    std::vector<FileSystem> m_systems;
};

} // namespace bistro::warden
