#include "state/owner.h"

#include "state/chain.h"
#include "state/describe.h"

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

using namespace trace;

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

std::string_view packageOf(const TraceLog& log, std::string_view script)
{
    const std::string_view path = inPackage(script);
    if (path.empty())
        return {};
    const std::string_view name = nameIn(path);
    const std::string_view entry = inPackage(log.entryFile());
    return !entry.empty() && nameIn(entry) == name ? std::string_view() : name;
}

Owner ownerOf(const TraceLog& log, OrderId order)
{
    if (isNodesOwn(log, order))
        return Owner::Node;
    return packageOf(log, order).empty() ? Owner::Program : Owner::Package;
}

std::string_view packageOf(const TraceLog& log, OrderId order)
{
    return packageOf(log, placeOf(log, order).script);
}

OrderId learnersOrder(const TraceLog& log, OrderId order)
{
    if (ownerOf(log, order) == Owner::Program)
        return order;
    Causes causes(log, order);
    for (OrderId cause = causes.next(); cause; cause = causes.next()) {
        if (ownerOf(log, cause) == Owner::Program)
            return cause;
    }
    return {};
}

} // namespace bistro::app
