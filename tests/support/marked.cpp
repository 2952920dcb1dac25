#include "marked.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace bistro::tests {
namespace {

namespace fs = std::filesystem;

std::string bytesOf(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

std::vector<std::string> processesWith(std::string_view variable)
{
    const std::string wanted = '\0' + std::string(variable) + '\0';
    std::vector<std::string> found;
    std::error_code error;
    for (fs::directory_iterator at("/proc", error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        if (!('\0' + bytesOf(at->path() / "environ")).contains(wanted)) // of a dead one it is empty
            continue;
        std::string command = bytesOf(at->path() / "cmdline").substr(0, 200);
        std::ranges::replace(command, '\0', ' ');
        found.push_back(name + ' ' + command);
    }
    return found;
}

pid_t childOf(pid_t process)
{
    const std::string number = std::to_string(process);
    std::ifstream children("/proc/" + number + "/task/" + number + "/children");
    pid_t first = 0;
    children >> first;
    return first;
}

} // namespace bistro::tests
