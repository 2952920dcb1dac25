// The command line as a value.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace bistro::app {

enum class PermissionKind : std::uint8_t; // confine/permission.h

// What of a run is recorded: also each line of the learner's own files; what the event loop does; nothing.
enum class RunDetail : std::uint8_t { Packages, Lines, Events, Off }; // Packages: lines of node_modules, too

struct RunCommand {
    std::optional<std::filesystem::path> trace; // else a recent run
    bool counts = false; // how often each line ran, exactly
    std::optional<std::uint64_t>
        visits; // of one place in one callback that are recorded in full; else as the engine has it
    std::optional<RunDetail> detail; // as asked for; else lines, or events where node measures
    bool unconfined = false; // without walls: it may do whatever the learner may
    std::vector<std::string> node; // passed on as they are

    bool operator==(const RunCommand&) const = default;
};

struct ShowCommand {
    std::filesystem::path trace;
    bool json = false;
    bool internals = false; // each event, with Node's own names; else the program's steps in words
    std::uint64_t from = 0;
    std::uint64_t to = std::numeric_limits<std::uint64_t>::max(); // inclusive

    bool operator==(const ShowCommand&) const = default;
};

struct StateCommand {
    std::filesystem::path trace;
    std::optional<std::uint64_t> at; // the event after which; else the last
    bool json = false;
    bool internals = false; // with Node's own orders

    bool operator==(const StateCommand&) const = default;
};

// The lines of a run, in order: all, those of a file, or each time that one line ran.
struct LinesCommand {
    std::filesystem::path trace;
    std::string file; // as one names it: a path or the end of one; empty: all
    std::optional<std::uint32_t> line; // of the file
    std::vector<std::string> names; // of variables, and of their properties ("bill.total"); none: what is visible
    bool json = false;

    bool operator==(const LinesCommand&) const = default;
};

struct CheckCommand {
    std::filesystem::path trace;
    bool json = false;

    bool operator==(const CheckCommand&) const = default;
};

// Events are numbered from 0 as bistro show does, lines of output from 1.
struct WhyCommand {
    struct Now {
        std::uint64_t event = 0;

        bool operator==(const Now&) const = default;
    };
    struct Pending {
        bool promise = false; // else an async id
        std::uint32_t order = 0;
        std::optional<std::uint64_t> at; // the event after which; else the last

        bool operator==(const Pending&) const = default;
    };
    struct Before {
        std::uint64_t one = 0;
        std::uint64_t other = 0;

        bool operator==(const Before&) const = default;
    };

    std::filesystem::path trace;
    std::variant<Now, Pending, Before> question;
    bool runtime = false; // in the runtime's words; else in the restaurant's
    bool json = false;

    bool operator==(const WhyCommand&) const = default;
};

struct FindingsCommand {
    std::filesystem::path trace;
    bool runtime = false;
    bool json = false;

    bool operator==(const FindingsCommand&) const = default;
};

struct GlossaryCommand {
    std::string word; // empty: all of them
    bool runtime = false; // as FindingsCommand

    bool operator==(const GlossaryCommand&) const = default;
};

// A copy of a trace under another name.
struct SaveCommand {
    std::filesystem::path trace;
    std::filesystem::path file;
    bool withoutValues = false;

    bool operator==(const SaveCommand&) const = default;
};

struct VerifyCommand {
    std::string stock = "node"; // looked up in PATH
    std::vector<std::string> node;

    bool operator==(const VerifyCommand&) const = default;
};

// Guess who is served next, in the terminal.
struct PredictCommand {
    std::vector<std::string> node; // passed on as they are

    bool operator==(const PredictCommand&) const = default;
};

struct LessonListCommand {
    std::filesystem::path folder; // of lessons; empty: Bistro's own course

    bool operator==(const LessonListCommand&) const = default;
};

struct LessonCheckCommand {
    std::vector<std::filesystem::path> folders; // each of lessons, or of one lesson; none: Bistro's own course

    bool operator==(const LessonCheckCommand&) const = default;
};

struct LessonNewCommand {
    std::filesystem::path folder; // that is made; its last name is the lesson's

    bool operator==(const LessonNewCommand&) const = default;
};

struct LessonRunCommand {
    std::string lesson; // "4", "04-what-blocks-the-waiter", or a lesson's folder

    bool operator==(const LessonRunCommand&) const = default;
};

// What keeps programs in, and what is allowed for those of a workspace.
struct SandboxCommand {
    enum class Act : std::uint8_t { Tell, Allow, Forget, List };

    Act act = Act::Tell;
    std::optional<PermissionKind> kind; // that is allowed or forgotten; none: everything is forgotten
    std::string subject; // a host, a folder or a number, where the kind has one
    std::filesystem::path folder; // of the workspace; empty: the current one
    bool all = false; // of List: every workspace
    bool json = false;

    bool operator==(const SandboxCommand&) const = default;
};

// Packages for the programs of a workspace.
struct AddCommand {
    std::vector<std::string> packages; // as typed; none: those that its package.json names
    std::filesystem::path folder; // in the workspace; empty: the current one
    bool json = false;

    bool operator==(const AddCommand&) const = default;
};

struct WindowCommand {
    std::filesystem::path path; // a source file, a folder or a trace to open; empty: none

    bool operator==(const WindowCommand&) const = default;
};

struct VersionCommand {
    bool operator==(const VersionCommand&) const = default;
};

struct HelpCommand {
    std::string topic; // a command's name; empty: all of them

    bool operator==(const HelpCommand&) const = default;
};

using Command = std::variant<WindowCommand, RunCommand, ShowCommand, StateCommand, LinesCommand, CheckCommand,
    WhyCommand, FindingsCommand, GlossaryCommand, SaveCommand, VerifyCommand, PredictCommand, LessonListCommand,
    LessonCheckCommand, LessonNewCommand, LessonRunCommand, SandboxCommand, AddCommand, VersionCommand, HelpCommand>;

// The arguments after the program's name. The error is a sentence: what is wrong, and what to write instead.
[[nodiscard]] std::expected<Command, std::string> parse(std::span<const std::string> arguments);

} // namespace bistro::app
