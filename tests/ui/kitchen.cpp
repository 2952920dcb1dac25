#include "kitchen.h"

#include <fstream>
#include <system_error>

namespace bistro::ui {

namespace {

constexpr std::size_t kReady = 8;

} // namespace

Kitchen::Kitchen(
    std::vector<std::vector<std::byte>> traces, std::filesystem::path folder, std::uint64_t seed, std::size_t kept)
    : m_traces(std::move(traces))
    , m_folder(std::move(folder))
    , m_seed(seed)
    , m_kept(kept)
    , m_thread([this] { cook(); })
{
}

Kitchen::~Kitchen()
{
    {
        const std::lock_guard lock(m_lock);
        m_end = true;
    }
    m_wanted.notify_all();
    m_thread.join();
}

std::optional<Kitchen::Dish> Kitchen::take()
{
    std::optional<Dish> dish;
    {
        const std::lock_guard lock(m_lock);
        if (m_ready.empty())
            return {};
        dish = std::move(m_ready.front());
        m_ready.pop_front();
        m_taken.push_back(dish->file);
    }
    m_wanted.notify_all();
    return dish;
}

void Kitchen::cook()
{
    for (std::uint64_t number = 0; !m_traces.empty(); ++number) {
        const std::size_t which = number % m_traces.size();
        const std::uint64_t seed = m_seed * 1'000'003 + number;
        const tests::Mutant mutant = tests::mutated(m_traces[which], seed);
        const auto file = m_folder / ("mutant-" + std::to_string(number) + ".bistro");
        std::ofstream out(file, std::ios::binary);
        out.write(
            reinterpret_cast<const char*>(mutant.bytes.data()), static_cast<std::streamsize>(mutant.bytes.size()));
        out.close();

        std::unique_lock lock(m_lock);
        m_ready.push_back({file,
            file.filename().string() + " of trace " + std::to_string(which) + " by seed " + std::to_string(seed) + ", "
                + mutant.told});
        while (m_taken.size() > m_kept) {
            std::error_code error;
            std::filesystem::remove(m_taken.front(), error);
            m_taken.pop_front();
        }
        m_wanted.wait(lock, [this] { return m_end || m_ready.size() < kReady; });
        if (m_end)
            return;
    }
}

} // namespace bistro::ui
