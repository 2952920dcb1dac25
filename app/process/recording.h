// The file that a run is recorded into: made ready before the engine starts, locked and grown while it runs, completed
// afterwards.
#pragma once

#include "process/spawn.h"
#include "trace/room.h"

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bistro::app {

inline constexpr std::size_t kRunsKept = 20;

class Recording final {
public:
    // For a file that the user named. A trace that is there is replaced (not overwritten: somebody may look at it),
    // anything else is left alone. The error is a sentence.
    [[nodiscard]] static std::expected<Recording, std::string> named(const std::filesystem::path& file);
    // A new file in the folder, named after time and program; beyond kRunsKept the oldest that are not running are
    // deleted.
    [[nodiscard]] static std::expected<Recording, std::string> recent(
        const std::filesystem::path& folder, std::string_view program, std::chrono::system_clock::time_point now);

    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }

    // Call when the engine is gone. Writes the run's end if the engine could not; deletes the file if nothing was
    // recorded. A sentence when the recording is not complete for a reason that the user should know.
    std::optional<std::string> finish(Exit exit, bool stopped);

private:
    Recording(std::filesystem::path file, Descriptor lock, std::unique_ptr<trace::Room> room);

    std::filesystem::path m_file;
    Descriptor m_lock;
    std::unique_ptr<trace::Room> m_room;
};

// Whether a run is being recorded into the file at this moment, by whomever.
[[nodiscard]] bool isBeingRecorded(const std::filesystem::path& file);

// Where recent runs are: $XDG_STATE_HOME/bistro/runs, else ~/.local/state/bistro/runs. The error is a sentence.
[[nodiscard]] std::expected<std::filesystem::path, std::string> runsFolder();

} // namespace bistro::app
