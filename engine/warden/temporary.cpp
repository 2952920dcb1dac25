#include "warden/temporary.h"

#include <filesystem>
#include <system_error>

namespace bistro::warden {
namespace {

namespace fs = std::filesystem;

// What is in a folder that may not be written stays: first each of them may be.
void permitAll(const fs::path& folder)
{
    std::error_code error;
    fs::permissions(folder, fs::perms::owner_all, fs::perm_options::add | fs::perm_options::nofollow, error);
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code unknown;
        if (at->symlink_status(unknown).type() == fs::file_type::directory)
            permitAll(at->path());
    }
}

} // namespace

void removeFolder(const std::string& folder)
{
    if (folder.empty())
        return;
    std::error_code error;
    fs::remove_all(folder, error);
    if (!error)
        return;
    permitAll(folder);
    fs::remove_all(folder, error);
}

} // namespace bistro::warden
