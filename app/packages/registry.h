// Where packages come from: what the learner has set for npm, as far as it can be handed to a program without giving a
// secret away. Any thread.
#pragma once

#include "sandbox/policy.h"

#include <QString>
#include <QStringList>

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace bistro::app {

struct Registry {
    QString host; // where packages come from, for people
    std::vector<sandbox::Host> hosts; // that npm has to reach: registries and proxies
    std::vector<std::filesystem::path> files; // that it has to read: certificates
    QString settings; // lines of an .npmrc, without logins
    QStringList names; // of hosts, as they are named in addresses: what npm says of others is not its business here
};

// `environment`: NAME=value; `home`: whose .npmrc counts, empty: nobody's. What is set in the environment wins.
[[nodiscard]] Registry registryFrom(std::span<const std::string> environment, const std::filesystem::path& home);

} // namespace bistro::app
