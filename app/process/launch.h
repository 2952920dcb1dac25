// How an engine or stock node is started: one value, put together in one place for the command line and the window.
// Small on purpose, like spawn.h.
#pragma once

#include "process/recording.h"
#include "process/spawn.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

// How much is recorded line by line; what is not said is for the engine to decide.
struct LineLimits {
    std::optional<std::uint64_t> visits; // stops that are recorded in full, at one place in one callback
    std::optional<std::uint64_t> stops; // of the whole run
    bool packages = false; // those of packages (node_modules), too
    bool counts = false; // how often each place runs in all, told at the end; slower

    bool operator==(const LineLimits&) const = default;
};

// What keeps a program in: who starts it, and what it is told. Made by confine/.
struct Enclosure {
    std::filesystem::path warden; // starts the executable within
    std::string policy; // as the warden reads it
    std::vector<std::string> environment; // NAME=value: all that the program gets of ours
    std::vector<std::string> leftOut; // names of our variables that it does not get
    std::string places; // that it may use, one a line: what is refused elsewhere is told in the trace
    std::filesystem::path workspace; // empty: none
    std::filesystem::path folder; // what is allowed is kept for it, also when it is no workspace
    std::filesystem::path temporary; // its own; whoever is last removes it
    bool addons = false; // native code may be loaded
    std::shared_ptr<const void> lasting; // for as long as the run does: the temporary folder
};

struct Launch {
    std::filesystem::path executable; // the engine, or stock node
    std::vector<std::string> arguments; // without argv[0], which is "node"
    std::vector<std::string> environment; // NAME=value, beside ours or in its place
    std::filesystem::path directory; // empty: ours
    bool controlled = false; // has a line to be stopped by: for the engine only
    std::optional<Recording> recording; // who starts it completes it at the end
    std::optional<LineLimits> lines; // where it is recorded: the lines of the learner's own files, too
    std::optional<Enclosure> enclosure; // none: it may do what we may
    std::string notRecorded; // why not, although it was to be; a sentence

    // What the new process is to be, with these variables too; its streams and signals are the caller's matter.
    [[nodiscard]] Spawn spawn(std::vector<std::string> more = {}) const;
};

// Whether this flag of node's has it measure time or memory, or show what V8 makes of the code: lines, which are stops
// in the code, would be measured, too.
[[nodiscard]] bool isMeasuringFlag(std::string_view flag);

// A launch step by step; what is not said stays as it is by default.
class LaunchBuilder final {
public:
    explicit LaunchBuilder(std::filesystem::path executable);

    LaunchBuilder& with(std::vector<std::string> arguments);
    LaunchBuilder& environment(std::vector<std::string> variables);
    LaunchBuilder& in(std::filesystem::path directory);
    LaunchBuilder& controlled();
    // Among the recent runs, under the program's name. If that cannot be, it runs all the same: see notRecorded.
    LaunchBuilder& recordedAs(std::string_view program);
    // Into a file that was named. If that cannot be, there is no launch.
    LaunchBuilder& recordedInto(const std::filesystem::path& file);
    // What is recorded has lines, too. Not for what is measured: time and memory are not the program's own then.
    LaunchBuilder& withLines(LineLimits limits = {});
    // Kept in. A launch that is recorded and not kept in says so in its trace.
    LaunchBuilder& within(Enclosure enclosure);

    // Once. The error is a sentence.
    [[nodiscard]] std::expected<Launch, std::string> build();

private:
    Launch m_launch;
    std::optional<std::string> m_error;
};

} // namespace bistro::app
