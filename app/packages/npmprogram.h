// Where npm is on this computer. Any thread.
#pragma once

#include <QString>

#include <expected>
#include <filesystem>

namespace bistro::app {

struct NpmProgram {
    std::filesystem::path script; // npm-cli.js, which node runs
    std::filesystem::path folder; // of npm's package, with links resolved: all that it reads lies there

    bool operator==(const NpmProgram&) const = default;
};

// The one in the folder BISTRO_NPM, else the one that ./run has fetched ($XDG_CACHE_HOME/bistro/npm), else the one in
// PATH. The error is a sentence that says how to get one.
[[nodiscard]] std::expected<NpmProgram, QString> findNpm();

} // namespace bistro::app
