// Mutated traces as files, some of them always ready: made in a thread of its own, so that nobody waits for one.
#pragma once

#include "support/mutation.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace bistro::ui {

class Kitchen final {
public:
    struct Dish {
        std::filesystem::path file;
        std::string told; // of which trace, by which seed, and what was done to it
    };

    // The n-th dish is made from one of these traces, by seed and n. Files that were taken are removed when `kept` more
    // have been.
    Kitchen(std::vector<std::vector<std::byte>> traces, std::filesystem::path folder, std::uint64_t seed,
        std::size_t kept = 30);
    ~Kitchen();

    // None when the next one is not ready yet.
    [[nodiscard]] std::optional<Dish> take();

private:
    void cook();

    const std::vector<std::vector<std::byte>> m_traces;
    const std::filesystem::path m_folder;
    const std::uint64_t m_seed;
    const std::size_t m_kept;

    std::mutex m_lock;
    std::condition_variable m_wanted;
    bool m_end = false;
    std::deque<Dish> m_ready;
    std::deque<std::filesystem::path> m_taken;

    std::thread m_thread; // last: it uses all of the above
};

} // namespace bistro::ui
