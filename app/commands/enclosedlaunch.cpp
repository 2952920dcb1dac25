#include "commands/enclosedlaunch.h"

#include "confine/enclosing.h"

#include <cstdlib>
#include <system_error>

namespace bistro::app {

namespace {

// Whoever types has set them for node.
std::vector<std::string> ownOptions()
{
    const char* const options = std::getenv("NODE_OPTIONS");
    return options ? std::vector {std::string("NODE_OPTIONS=") + options} : std::vector<std::string> {};
}

} // namespace

std::expected<LaunchBuilder, std::string> enclosedLaunch(
    const std::filesystem::path& engine, const std::filesystem::path& executable, const Entry& entry)
{
    std::error_code error;
    auto enclosed = enclose({.place = {.file = entry.kind == Entry::Kind::File ? entry.file : std::string {},
                                 .current = std::filesystem::current_path(error)},
        .engine = engine,
        .executable = executable,
        .given = ownOptions()});
    if (!enclosed)
        return std::unexpected(enclosed.error());
    LaunchBuilder builder(executable);
    builder.within(std::move(enclosed->enclosure));
    return builder;
}

} // namespace bistro::app
