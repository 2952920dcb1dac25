#include "usage.h"

#include <algorithm>
#include <dirent.h>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace bistro::tests {

Memory memory()
{
    Memory memory;
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word == "VmRSS:")
            status >> memory.all;
        else if (word == "RssAnon:")
            status >> memory.own;
        else if (word == "RssFile:")
            status >> memory.files;
        else if (word == "RssShmem:")
            status >> memory.shared;
    }
    return memory;
}

std::string inWords(const Memory& memory)
{
    const auto mib = [](std::uint64_t kib) { return std::to_string((kib + 512) / 1024); };
    return mib(memory.all) + " MiB (own " + mib(memory.own) + ", of files " + mib(memory.files) + ", shared "
        + mib(memory.shared) + ")";
}

std::vector<std::string> descriptors()
{
    std::vector<std::string> result;
    DIR* const folder = opendir("/proc/self/fd");
    if (!folder)
        return result;
    const std::string own = std::to_string(dirfd(folder));
    while (const dirent* const entry = readdir(folder)) {
        const std::string name = entry->d_name;
        if (name.starts_with('.') || name == own)
            continue;
        std::error_code error;
        const auto target = std::filesystem::read_symlink("/proc/self/fd/" + name, error);
        result.push_back(name + ' ' + (error ? "?" : target.string()));
    }
    closedir(folder);
    std::ranges::sort(result);
    return result;
}

} // namespace bistro::tests
