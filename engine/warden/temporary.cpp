#include "warden/temporary.h"

#include "warden/descriptor.h"

#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace bistro::warden {
namespace {

constexpr int kFolder = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

// The way down to the folder that is being emptied. However deep that is, it takes no more than a few descriptors.
struct Level {
    std::string name; // in the folder above
    dev_t device = 0;
    ino_t number = 0;
    std::vector<std::string> folders; // in it, still to be removed
};

// To be read and emptied, also where its owner had no right to.
Descriptor openedFolder(int above, const std::string& name)
{
    const Descriptor folder(openat(above, name.c_str(), O_PATH | kFolder));
    struct stat about {};
    if (!folder || fstat(folder.get(), &about) != 0)
        return {};
    if ((about.st_mode & S_IRWXU) != S_IRWXU)
        chmod(("/proc/self/fd/" + std::to_string(folder.get())).c_str(), about.st_mode | S_IRWXU);
    return Descriptor(openat(folder.get(), ".", O_RDONLY | kFolder));
}

// Removes what is no folder. Which folders there are.
std::vector<std::string> emptied(const Descriptor& folder)
{
    std::vector<std::string> names;
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(folder.get())), closedir);
    while (const dirent* const entry = entries ? readdir(entries.get()) : nullptr) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
    }
    std::erase_if(names,
        [&](const std::string& name) { return unlinkat(folder.get(), name.c_str(), 0) == 0 || errno != EISDIR; });
    return names;
}

Level levelOf(std::string name, const Descriptor& folder)
{
    struct stat about {};
    fstat(folder.get(), &about);
    return {.name = std::move(name), .device = about.st_dev, .number = about.st_ino, .folders = emptied(folder)};
}

// The folder above is the one that we have come from, unless somebody has moved this one.
Descriptor folderAbove(const Descriptor& folder, const Level& above)
{
    Descriptor result(openat(folder.get(), "..", O_RDONLY | kFolder));
    struct stat about {};
    const bool isSame = result && fstat(result.get(), &about) == 0 && about.st_dev == above.device
        && about.st_ino == above.number;
    return isSame ? std::move(result) : Descriptor();
}

} // namespace

void removeFolder(const std::string& folder)
{
    if (folder.empty())
        return;
    Descriptor here = openedFolder(AT_FDCWD, folder);
    if (!here) {
        unlink(folder.c_str());
        return;
    }
    std::vector<Level> levels {levelOf(folder, here)};
    while (here && (levels.size() > 1 || !levels.front().folders.empty())) {
        if (!levels.back().folders.empty()) {
            std::string name = std::move(levels.back().folders.back());
            levels.back().folders.pop_back();
            if (Descriptor below = openedFolder(here.get(), name)) {
                levels.push_back(levelOf(std::move(name), below));
                here = std::move(below);
            }
            continue;
        }
        const std::string name = std::move(levels.back().name);
        levels.pop_back();
        here = folderAbove(here, levels.back());
        if (here)
            unlinkat(here.get(), name.c_str(), AT_REMOVEDIR);
    }
    rmdir(folder.c_str());
}

} // namespace bistro::warden
