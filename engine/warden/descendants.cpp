#include "warden/descendants.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace bistro::warden {
namespace {

constexpr int kDeepest = 10'000; // of a chain of parents that changes while it is walked

std::string contents(const std::string& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string folderOf(pid_t pid)
{
    return "/proc/" + std::to_string(pid);
}

pid_t numberOf(const std::string& text)
{
    pid_t result = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
    return error == std::errc {} && end == text.data() + text.size() ? result : 0;
}

std::vector<pid_t> numbersIn(const std::string& folder)
{
    std::vector<pid_t> result;
    std::error_code gone;
    for (std::filesystem::directory_iterator at(folder, gone), end; !gone && at != end; at.increment(gone)) {
        if (const pid_t number = numberOf(at->path().filename().string()); number > 0)
            result.push_back(number);
    }
    return result;
}

// Kernels may be built without these lists.
bool kernelListsChildren()
{
    static const bool lists = access(("/proc/self/task/" + std::to_string(getpid()) + "/children").c_str(), R_OK) == 0;
    return lists;
}

std::vector<pid_t> childrenOf(pid_t pid)
{
    std::vector<pid_t> result;
    for (const pid_t thread : numbersIn(folderOf(pid) + "/task")) {
        std::istringstream list(contents(folderOf(pid) + "/task/" + std::to_string(thread) + "/children"));
        for (pid_t child = 0; list >> child;)
            result.push_back(child);
    }
    return result;
}

std::vector<Process> everybody()
{
    std::vector<Process> result;
    for (const pid_t pid : numbersIn("/proc")) {
        if (const auto process = processNamed(pid))
            result.push_back(*process);
    }
    return result;
}

std::optional<int> statusOf(pid_t pid, std::string_view key)
{
    std::istringstream lines(contents(folderOf(pid) + "/status"));
    for (std::string word; lines >> word;) {
        int result = 0;
        if (word == key && lines >> result)
            return result;
    }
    return {};
}

} // namespace

std::expected<Process, int> processNamed(pid_t pid)
{
    const std::string line = contents(folderOf(pid) + "/stat");
    // The name stands in parentheses and may have any letters, also these.
    const std::size_t end = line.rfind(')');
    if (end == std::string::npos)
        return std::unexpected(ESRCH);
    std::istringstream rest(line.substr(end + 1));
    std::string state;
    Process result {.pid = pid};
    rest >> state >> result.parent >> result.group;
    return result;
}

std::expected<pid_t, int> processOf(pid_t thread)
{
    const auto result = statusOf(thread, "Tgid:");
    return result ? std::expected<pid_t, int>(*result) : std::unexpected(ESRCH);
}

int threadsOf(pid_t process)
{
    return statusOf(process, "Threads:").value_or(0);
}

std::vector<Process> below(pid_t top)
{
    std::vector<Process> result;
    const bool lists = kernelListsChildren();
    const std::vector<Process> all = lists ? std::vector<Process> {} : everybody();
    std::vector<pid_t> open {top};
    while (!open.empty()) {
        const pid_t parent = open.back();
        open.pop_back();
        std::vector<Process> children;
        if (lists) {
            for (const pid_t pid : childrenOf(parent)) {
                if (const auto process = processNamed(pid))
                    children.push_back(*process);
            }
        } else {
            std::ranges::copy_if(all, std::back_inserter(children),
                [parent](const Process& process) { return process.parent == parent; });
        }
        for (const Process& child : children) {
            // Adopted while the lists were read, it stands in two of them.
            if (child.pid == top || std::ranges::contains(result, child.pid, &Process::pid))
                continue;
            result.push_back(child);
            open.push_back(child.pid);
        }
    }
    return result;
}

bool isBelow(pid_t pid, pid_t top)
{
    pid_t at = processOf(pid).value_or(0);
    if (at == top)
        return false;
    for (int depth = 0; at > 1 && depth < kDeepest; ++depth) {
        const auto process = processNamed(at);
        if (!process)
            return false;
        if (process->parent == top)
            return true;
        at = process->parent;
    }
    return false;
}

} // namespace bistro::warden
