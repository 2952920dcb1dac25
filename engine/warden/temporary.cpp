#include "warden/temporary.h"

#include <filesystem>
#include <system_error>

namespace bistro::warden {
namespace {

using namespace std::filesystem;

// What is in a folder that may not be written stays: first each of them may be.
void permitAll(const path& folder)
{
    std::error_code error;
    permissions(folder, perms::owner_all, perm_options::add | perm_options::nofollow, error);
    for (directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code unknown;
        if (at->symlink_status(unknown).type() == file_type::directory)
            permitAll(at->path());
    }
}

} // namespace

void removeFolder(const std::string& folder)
{
    if (folder.empty())
        return;
    std::error_code error;
    remove_all(folder, error);
    if (!error)
        return;
    permitAll(folder);
    remove_all(folder, error);
}

} // namespace bistro::warden
