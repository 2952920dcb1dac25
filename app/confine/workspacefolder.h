// Which folder is a program's own, to read and write: its workspace. Any thread.
#pragma once

#include "confine/surroundings.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace bistro::app {

// Why a folder is nobody's workspace: what lies in it is more than a program's own.
enum class NotOwn : std::uint8_t {
    Home, // somebody's home folder, or one that such a folder lies in
    Hidden, // its name begins with a dot, or it lies in such a folder below home: keys, settings
    System, // the system's, or everybody's, as /tmp
    Bistro // Bistro's settings, recordings and programs, or a folder that these lie in
};

// Of a folder or a file, by its path with links resolved. Nothing: a program may have it as its own.
[[nodiscard]] std::optional<NotOwn> whyNotOwn(const std::filesystem::path& path, const Surroundings& around);

// What is about to run.
struct ProgramPlace {
    std::filesystem::path file; // a file, or a folder with a program in it; empty: code, or standard input
    std::filesystem::path current; // of a terminal, where programs are used to what lies there; empty: a window
};

struct WorkspaceFolder {
    // The folder of the nearest package.json, else the program's own. What the learner allows is kept for it, also when
    // it is no workspace.
    std::filesystem::path folder;
    std::optional<NotOwn> whyNot; // it is no workspace, but the place of the program
    std::vector<std::filesystem::path> writable; // the workspace, and the current folder; none within another
    std::filesystem::path program; // the file itself; empty if there is none

    bool operator==(const WorkspaceFolder&) const = default;
};

// All paths have their links resolved. A package.json counts in a folder only that may be a workspace: one in the home
// folder makes no workspace of it. `folder` is empty when there is no such place.
[[nodiscard]] WorkspaceFolder workspaceOf(const ProgramPlace& place, const Surroundings& around);

} // namespace bistro::app
