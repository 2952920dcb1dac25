#include "confine/surroundings.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <pwd.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

// A path that is not absolute counts as not set: https://specifications.freedesktop.org/basedir-spec
fs::path absoluteFrom(const char* variable)
{
    const char* const set = std::getenv(variable);
    return set && set[0] == '/' ? fs::path(set) : fs::path();
}

fs::path homeOfUser()
{
    std::array<char, 4'096> room {};
    passwd entry {};
    passwd* found = nullptr;
    if (getpwuid_r(geteuid(), &entry, room.data(), room.size(), &found) != 0 || !found || !entry.pw_dir)
        return {};
    return entry.pw_dir[0] == '/' ? fs::path(entry.pw_dir) : fs::path();
}

fs::path ownFolder(const char* variable, const fs::path& home, const char* otherwise)
{
    if (const fs::path set = absoluteFrom(variable); !set.empty())
        return resolved(set / "bistro");
    return home.empty() ? fs::path() : resolved(home / otherwise / "bistro");
}

} // namespace

Surroundings surroundings()
{
    Surroundings found;
    const fs::path set = absoluteFrom("HOME");
    const fs::path listed = homeOfUser();
    for (const fs::path& home : {set, listed}) {
        const fs::path real = home.empty() ? fs::path() : resolved(home);
        if (!real.empty() && !std::ranges::contains(found.homes, real))
            found.homes.push_back(real);
    }
    const fs::path& home = set.empty() ? listed : set;
    found.config = ownFolder("XDG_CONFIG_HOME", home, ".config");
    found.state = ownFolder("XDG_STATE_HOME", home, ".local/state");
    found.data = ownFolder("XDG_DATA_HOME", home, ".local/share");

    std::error_code error;
    if (const fs::path temporary = fs::temp_directory_path(error); !error)
        found.temporary = resolved(temporary);
    const fs::path executable = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        found.installation.push_back(executable.parent_path());
        const fs::path helpers = resolved(executable.parent_path() / "../libexec/bistro");
        if (fs::is_directory(helpers, error))
            found.installation.push_back(helpers);
    }
    return found;
}

bool isWithin(const fs::path& path, const fs::path& folder)
{
    if (path.empty() || folder.empty())
        return false;
    return std::ranges::mismatch(folder, path).in1 == folder.end();
}

fs::path resolved(const fs::path& path)
{
    std::error_code error;
    fs::path real = fs::weakly_canonical(fs::absolute(path, error), error);
    if (error || !real.is_absolute())
        return {};
    if (!real.has_filename() && real.has_relative_path())
        real = real.parent_path(); // "/home/" and "/home" are one folder
    return real;
}

} // namespace bistro::app
