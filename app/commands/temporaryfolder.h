// A folder of one's own for traces that nobody needs afterwards; it goes with all that is in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace bistro::app {

class TemporaryFolder final {
public:
    // `name` says who made it. The path is empty if there is no folder for temporary files.
    explicit TemporaryFolder(std::string_view name)
    {
        std::error_code error;
        std::string pattern = (std::filesystem::temp_directory_path(error) / name).string() + "-XXXXXX";
        if (!error && mkdtemp(pattern.data()))
            m_path = pattern;
    }
    ~TemporaryFolder()
    {
        std::error_code error;
        if (!m_path.empty())
            std::filesystem::remove_all(m_path, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace bistro::app
