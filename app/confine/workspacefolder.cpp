#include "confine/workspacefolder.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <system_error>

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

// Neither these nor what lies in them.
constexpr std::array kOfTheSystem {"/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32",
    "/lost+found", "/nix", "/proc", "/run", "/sbin", "/snap", "/sys", "/usr", "/var"};
// What lies in these belongs to people.
constexpr std::array kOfPeople {"/run/media", "/var/tmp", "/var/www"};
// Not these themselves, but what lies in them.
constexpr std::array kOfEverybody {"/media", "/mnt", "/opt", "/run/media", "/srv", "/tmp", "/var/tmp", "/var/www"};
constexpr std::array kFoldersOfHomes {"/home", "/var/home"};

bool isHidden(const fs::path& name)
{
    return name.native().starts_with('.');
}

// Untitled programs and copies of lessons, which lie in Bistro's data folder and are a learner's own all the same:
// untitled/NAME, course/NAME/lessons/NAME, course/NAME/guess/NAME, and what lies in them.
bool isKeptProgram(const fs::path& path, const Surroundings& around)
{
    if (!isWithin(path, around.data))
        return false;
    const fs::path within = path.lexically_relative(around.data);
    const std::vector<fs::path> names(within.begin(), within.end());
    if (std::ranges::any_of(names, isHidden))
        return false;
    if (names.size() >= 2 && names[0] == "untitled")
        return true;
    return names.size() >= 4 && names[0] == "course" && (names[2] == "lessons" || names[2] == "guess");
}

bool touches(const fs::path& path, const fs::path& folder)
{
    return isWithin(path, folder) || isWithin(folder, path);
}

bool isBistros(const fs::path& path, const Surroundings& around)
{
    return touches(path, around.config) || touches(path, around.state) || touches(path, around.data)
        || std::ranges::any_of(around.installation, [&](const fs::path& folder) { return touches(path, folder); });
}

bool isSystems(const fs::path& path, const Surroundings& around)
{
    const auto is = [](const fs::path& one) { return [&one](const fs::path& folder) { return one == folder; }; };
    const auto within = [&path](const fs::path& folder) { return isWithin(path, folder); };
    if (std::ranges::any_of(kOfEverybody, is(path)) || path == around.temporary)
        return true;
    const bool temporary = within(around.temporary) && around.temporary.has_relative_path()
        && std::ranges::none_of(kOfTheSystem, is(around.temporary)); // TMPDIR=/usr gives nobody the system
    return std::ranges::any_of(kOfTheSystem, within) && std::ranges::none_of(kOfPeople, within) && !temporary;
}

// Where node looks for a program of this name.
fs::path fileOf(const fs::path& named)
{
    std::error_code error;
    for (const char* const ending : {"", ".js", ".json", ".node"}) {
        fs::path path = named;
        path += ending;
        if (fs::is_regular_file(path, error))
            return resolved(path);
    }
    return {};
}

fs::path nearestPackage(const fs::path& from, const Surroundings& around)
{
    std::error_code error;
    for (fs::path folder = from; folder.has_relative_path(); folder = folder.parent_path()) {
        if (fs::is_regular_file(folder / "package.json", error) && !whyNotOwn(folder, around))
            return folder;
    }
    return {};
}

} // namespace

std::optional<NotOwn> whyNotOwn(const fs::path& path, const Surroundings& around)
{
    if (!path.has_relative_path())
        return NotOwn::Home; // "/", which all homes lie in
    const auto isHome = [&path](const fs::path& home) { return isWithin(home, path); };
    if (std::ranges::any_of(around.homes, isHome) || std::ranges::any_of(kFoldersOfHomes, [&path](const fs::path& all) {
            return isWithin(all, path) || path.parent_path() == all;
        }))
        return NotOwn::Home;
    if (isKeptProgram(path, around))
        return {};
    if (isBistros(path, around))
        return NotOwn::Bistro;
    if (isHidden(path.filename()))
        return NotOwn::Hidden;
    bool atHome = false;
    for (const fs::path& home : around.homes) {
        if (!home.has_relative_path() || !isWithin(path, home))
            continue; // a user whose home is "/" has all of the system below it
        atHome = true;
        if (std::ranges::any_of(path.lexically_relative(home), isHidden))
            return NotOwn::Hidden;
    }
    if (!atHome && isSystems(path, around))
        return NotOwn::System;
    return {};
}

WorkspaceFolder workspaceOf(const ProgramPlace& place, const Surroundings& around)
{
    WorkspaceFolder found;
    std::error_code error;
    const fs::path current = place.current.empty() ? fs::path() : resolved(place.current);
    fs::path own = current;
    if (!place.file.empty() && fs::is_directory(place.file, error)) {
        own = resolved(place.file);
    } else if (!place.file.empty()) {
        found.program = fileOf(place.file);
        const fs::path named = found.program.empty() ? resolved(place.file) : found.program;
        own = named.has_relative_path() ? named.parent_path() : fs::path();
    }
    if (own.empty())
        return found;
    found.folder = nearestPackage(own, around);
    if (found.folder.empty())
        found.folder = own;
    found.whyNot = whyNotOwn(found.folder, around);
    if (!found.whyNot)
        found.writable.push_back(found.folder);
    if (current.empty() || whyNotOwn(current, around))
        return found;
    if (std::ranges::none_of(found.writable, [&](const fs::path& folder) { return isWithin(current, folder); })) {
        std::erase_if(found.writable, [&](const fs::path& folder) { return isWithin(folder, current); });
        found.writable.push_back(current);
    }
    return found;
}

} // namespace bistro::app
