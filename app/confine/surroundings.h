// What lies around a program on this computer and is not its own: the learner's home folder, Bistro's own folders.
// Small on purpose, like process/spawn.h: it is asked before each run. Any thread.
#pragma once

#include <filesystem>
#include <vector>

namespace bistro::app {

// Absolute paths with links resolved as far as they lead somewhere. An empty one is not known.
struct Surroundings {
    std::vector<std::filesystem::path> homes; // by HOME, and by the system's list of users: HOME may be set to anything
    std::filesystem::path config; // $XDG_CONFIG_HOME/bistro, else ~/.config/bistro: what the learner has allowed
    std::filesystem::path state; // $XDG_STATE_HOME/bistro: recorded runs, recovery copies
    std::filesystem::path data; // $XDG_DATA_HOME/bistro: untitled programs, copies of lessons, progress
    std::filesystem::path temporary; // the folder for temporary files, of everybody
    std::vector<std::filesystem::path> installation; // where Bistro's programs are

    bool operator==(const Surroundings&) const = default;
};

// By the environment and the executable of this process.
[[nodiscard]] Surroundings surroundings();

// Whether it is that folder or lies below it. By their names: both absolute, with links resolved.
[[nodiscard]] bool isWithin(const std::filesystem::path& path, const std::filesystem::path& folder);

// Absolute, without "..", with links resolved as far as the path leads somewhere. Empty if that can't be said (a ring
// of links, no current folder).
[[nodiscard]] std::filesystem::path resolved(const std::filesystem::path& path);

} // namespace bistro::app
