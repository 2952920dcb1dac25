// What processes hold in memory that they share and that no page table has at the moment (MADV_DONTNEED): it is in no
// account of a process. Of the warden's main thread.
//
// What all of this computer share so is cheap to ask for. Only when that has grown by as much as matters, the mappings
// of the run are added up, each of them as if it were full. Never more than it has grown.
#pragma once

#include "warden/descendants.h"

#include <cstdint>
#include <span>

namespace bistro::warden {

class SharedMemory final {
public:
    SharedMemory(); // from now on

    // Bytes, with those that page tables have.
    [[nodiscard]] std::uint64_t look(std::span<const Process> processes);

private:
    std::uint64_t m_least; // bytes, of the whole computer since the start
};

} // namespace bistro::warden
