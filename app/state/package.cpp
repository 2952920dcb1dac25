#include "state/package.h"

#include <array>

namespace bistro::app {
namespace {

// The part of a path from the package's name on; empty when it is in no package.
std::string_view inPackage(std::string_view script)
{
    constexpr std::array<std::string_view, 3> kFolders {"/node_modules/", "/usr/share/nodejs/", "/nodejs/"};
    if (const std::size_t found = script.rfind(kFolders[0]); found != std::string_view::npos)
        return script.substr(found + kFolders[0].size());
    if (const std::size_t found = script.find(kFolders[1]); found != std::string_view::npos)
        return script.substr(found + kFolders[1].size());
    if (const std::size_t found = script.find(kFolders[2]);
        found != std::string_view::npos && script.find("/usr/lib/") != std::string_view::npos)
        return script.substr(found + kFolders[2].size());
    return {};
}

std::string_view nameIn(std::string_view path)
{
    std::size_t end = path.find('/');
    if (path.starts_with('@') && end != std::string_view::npos)
        end = path.find('/', end + 1);
    return path.substr(0, end);
}

} // namespace

bool isNodesScript(std::string_view script)
{
    return script.empty() || script.starts_with("node:");
}

std::string_view packageOf(const TraceLog& log, std::string_view script)
{
    const std::string_view path = inPackage(script);
    if (path.empty())
        return {};
    const std::string_view name = nameIn(path);
    const std::string_view entry = inPackage(log.entryFile());
    return !entry.empty() && nameIn(entry) == name ? std::string_view() : name;
}

} // namespace bistro::app
