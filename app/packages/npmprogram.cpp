#include "packages/npmprogram.h"

#include "confine/surroundings.h"

#include <QCoreApplication>

#include <cstdlib>
#include <optional>
#include <ranges>
#include <string_view>
#include <system_error>

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

struct NpmProgramWords {
    Q_DECLARE_TR_FUNCTIONS(NpmProgram)
};

fs::path fromEnvironment(const char* variable)
{
    const char* const set = std::getenv(variable);
    return set && set[0] == '/' ? fs::path(set) : fs::path();
}

std::optional<NpmProgram> inFolder(const fs::path& folder)
{
    std::error_code error;
    const fs::path real = folder.empty() ? fs::path() : resolved(folder);
    if (real.empty() || !fs::is_regular_file(real / "bin/npm-cli.js", error))
        return {};
    return NpmProgram {.script = real / "bin/npm-cli.js", .folder = real};
}

fs::path cacheFolder()
{
    if (const fs::path set = fromEnvironment("XDG_CACHE_HOME"); !set.empty())
        return set / "bistro/npm";
    const fs::path home = fromEnvironment("HOME");
    return home.empty() ? fs::path() : home / ".cache/bistro/npm";
}

// A link to npm's own script, or a small program beside it.
std::optional<NpmProgram> inPath()
{
    const char* const path = std::getenv("PATH");
    for (const auto folder : std::views::split(std::string_view(path ? path : ""), ':')) {
        std::error_code error;
        const fs::path command = fs::path(std::string_view(folder)) / "npm";
        if (!command.is_absolute() || !fs::is_regular_file(command, error))
            continue;
        if (auto found = inFolder(resolved(command).parent_path().parent_path()))
            return found;
    }
    return {};
}

} // namespace

std::expected<NpmProgram, QString> findNpm()
{
    for (const auto& found : {inFolder(fromEnvironment("BISTRO_NPM")), inFolder(cacheFolder()), inPath()}) {
        if (found)
            return *found;
    }
    return std::unexpected(NpmProgramWords::tr("There is no npm on this computer to add packages with. Connect to the "
                                               "network, then start Bistro with ./run: it "
                                               "fetches one."));
}

} // namespace bistro::app
