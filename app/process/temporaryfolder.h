// A folder of one's own for what nobody needs afterwards: recordings to look at once, copies of programs for further
// runs. It goes with all that is in it, also when this process is killed: a process of its own keeps it
// (warden/folderkeeper.h). Any thread; making and removing it waits for the disk.
#pragma once

#include "process/spawn.h"

#include <QString>

#include <expected>
#include <filesystem>
#include <string>

namespace bistro::app {

class TemporaryFolder final {
public:
    // Among the folders for temporary files, for its owner alone. `engine` says which installation keeps it. The error
    // is a sentence.
    [[nodiscard]] static std::expected<TemporaryFolder, std::string> make(const std::filesystem::path& engine);

    TemporaryFolder() = default; // none
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
    ~TemporaryFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; } // empty: none
    [[nodiscard]] QString filePath(const QString& name) const; // of what is in it

private:
    std::filesystem::path m_path;
    Descriptor m_held; // whose end tells the keeper
    pid_t m_keeper = -1;
};

} // namespace bistro::app
