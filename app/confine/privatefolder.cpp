#include "confine/privatefolder.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace bistro::app {
namespace {

struct PrivateFolderWords {
    Q_DECLARE_TR_FUNCTIONS(PrivateFolderWords)
};

struct CloseFolder {
    void operator()(DIR* folder) const { closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

// To read and to write, also where its owner took that from himself. Null: it is no folder.
OpenFolder openFolder(int at, const char* name)
{
    constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    const int seen = openat(at, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (seen < 0)
        return nullptr;
    // By the descriptor: by its name it could be another one's by now.
    chmod(("/proc/self/fd/" + std::to_string(seen)).c_str(), S_IRWXU);
    const int opened = openat(seen, ".", kFlags);
    close(seen);
    if (opened < 0)
        return nullptr;
    DIR* const folder = fdopendir(opened);
    if (!folder)
        close(opened);
    return OpenFolder(folder);
}

std::vector<std::string> namesIn(DIR* folder)
{
    std::vector<std::string> names;
    rewinddir(folder);
    while (const dirent* const entry = readdir(folder)) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
    }
    return names;
}

// Empties a folder. Folders in it are emptied into it first, a level at a time: so two descriptors do for any depth.
bool empty(DIR* top)
{
    const int at = dirfd(top);
    std::uint64_t moved = 0;
    bool whole = true;
    for (std::vector<std::string> names = namesIn(top); !names.empty() && whole; names = namesIn(top)) {
        for (const std::string& name : names) {
            if (unlinkat(at, name.c_str(), 0) == 0 || errno == ENOENT)
                continue;
            const OpenFolder folder = openFolder(at, name.c_str());
            if (!folder) {
                whole = false;
                continue;
            }
            for (const std::string& inner : namesIn(folder.get())) {
                if (unlinkat(dirfd(folder.get()), inner.c_str(), 0) == 0)
                    continue;
                openFolder(dirfd(folder.get()), inner.c_str()); // a folder that is moved has to be writable, too
                // No name of a program's own is like this one: if it is, the next round has another number.
                const std::string above = "bistro-moved-" + std::to_string(moved++);
                if (renameat(dirfd(folder.get()), inner.c_str(), at, above.c_str()) != 0 && errno != EEXIST
                    && errno != ENOTEMPTY && errno != ENOTDIR)
                    whole = false;
            }
            if (unlinkat(at, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOTEMPTY && errno != EEXIST)
                whole = false;
        }
    }
    return whole;
}

} // namespace

std::expected<PrivateFolder, std::string> PrivateFolder::make(const Surroundings& around)
{
    std::string pattern = (around.temporary / "bistro-run-XXXXXX").string();
    if (around.temporary.empty() || !mkdtemp(pattern.data())) {
        const std::string why = std::generic_category().message(around.temporary.empty() ? ENOENT : errno);
        return std::unexpected(
            PrivateFolderWords::tr("Bistro can't make a folder for temporary files in \"%1\": %2. Set TMPDIR to a "
                                   "folder that you may write.")
                .arg(QString::fromStdString(around.temporary.string()), QString::fromStdString(why))
                .toStdString());
    }
    PrivateFolder folder;
    folder.m_path = pattern;
    return folder;
}

PrivateFolder::~PrivateFolder()
{
    if (!m_path.empty())
        removeWhole(m_path);
}

bool removeWhole(const std::filesystem::path& folder)
{
    if (const OpenFolder top = openFolder(AT_FDCWD, folder.c_str()); top && !empty(top.get()))
        return false;
    return rmdir(folder.c_str()) == 0 || errno == ENOENT;
}

} // namespace bistro::app
