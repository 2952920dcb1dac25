// A folder for temporary files that one run has for itself, and that goes with it. Any thread.
#pragma once

#include "confine/surroundings.h"

#include <expected>
#include <filesystem>
#include <string>
#include <utility>

namespace bistro::app {

class PrivateFolder final {
public:
    // In the folder for temporary files, for its owner alone (0700). The error is a sentence.
    [[nodiscard]] static std::expected<PrivateFolder, std::string> make(const Surroundings& around);

    PrivateFolder() = default; // none
    PrivateFolder(PrivateFolder&& other) noexcept
        : m_path(std::exchange(other.m_path, {}))
    {
    }
    PrivateFolder& operator=(PrivateFolder&& other) noexcept
    {
        std::swap(m_path, other.m_path);
        return *this;
    }
    ~PrivateFolder(); // removes it, if nobody else has

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

// Removes a folder with all that is in it, whatever a program has made there: folders in folders without end, and such
// as nobody may enter. Follows no link. For when nobody writes there any more. False: something is left.
bool removeWhole(const std::filesystem::path& folder);

} // namespace bistro::app
