#include "commands/arguments.h"

#include "commands/addarguments.h"
#include "commands/complaints.h"
#include "commands/help.h"
#include "commands/options.h"
#include "commands/sandboxarguments.h"
#include "commands/tracearguments.h"

#include <charconv>
#include <string_view>

namespace bistro::app {
namespace {

using std::string_literals::operator""s;

std::optional<RunDetail> detailNamed(std::string_view word)
{
    return word == "packages" ? std::optional(RunDetail::Packages)
        : word == "lines"     ? std::optional(RunDetail::Lines)
        : word == "events"    ? std::optional(RunDetail::Events)
        : word == "off"       ? std::optional(RunDetail::Off)
                              : std::nullopt;
}

// A whole number from 1 on.
std::optional<std::uint64_t> countOf(std::string_view text)
{
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool isWhole = error == std::errc {} && end == text.data() + text.size() && count > 0;
    return isWhole ? std::optional(count) : std::nullopt;
}

std::expected<Command, std::string> parseRun(Arguments arguments)
{
    RunCommand command;
    bool recordsNothing = false; // by --no-record
    std::size_t i = 0;
    while (i < arguments.size()) {
        if (arguments[i] == "--no-record") {
            recordsNothing = true;
            ++i;
        } else if (arguments[i] == "--counts") {
            command.counts = true;
            ++i;
        } else if (arguments[i] == "--unconfined") {
            command.unconfined = true;
            ++i;
        } else if (auto value = optionValue("--trace", arguments, i)) {
            if (!*value)
                return std::unexpected(value->error());
            command.trace = **value;
        } else if (auto word = optionValue("--detail", arguments, i)) {
            if (!*word)
                return std::unexpected(word->error());
            command.detail = detailNamed(**word);
            if (!command.detail)
                return std::unexpected(said(
                    Complaints::tr("--detail has no \"%1\", but packages, lines, events and off. See: bistro help run"),
                    **word));
        } else if (auto visits = optionValue("--visits", arguments, i)) {
            if (!*visits)
                return std::unexpected(visits->error());
            command.visits = countOf(**visits);
            if (!command.visits)
                return std::unexpected(
                    said(Complaints::tr("--visits needs a whole number from 1 on, and not \"%1\"."), **visits));
        } else {
            break;
        }
    }
    if (recordsNothing && command.trace)
        return std::unexpected(
            said(Complaints::tr("--trace and --no-record exclude each other. Leave one of them out.")));
    if (recordsNothing && command.detail)
        return std::unexpected(
            said(Complaints::tr("--detail and --no-record exclude each other. Leave one of them out.")));
    if (recordsNothing)
        command.detail = RunDetail::Off;
    if (command.counts && (command.detail == RunDetail::Off || command.detail == RunDetail::Events))
        return std::unexpected(said(Complaints::tr("--counts counts lines, and this run records none.")));
    if (command.visits && (command.detail == RunDetail::Off || command.detail == RunDetail::Events))
        return std::unexpected(said(Complaints::tr("--visits limits lines, and this run records none.")));
    if (command.detail == RunDetail::Off && command.trace)
        return std::unexpected(
            said(Complaints::tr("--trace and --detail off exclude each other. Leave one of them out.")));
    command.node.assign(arguments.begin() + static_cast<std::ptrdiff_t>(i), arguments.end());
    return command;
}

// A word of two, as "call stack", needs no quotes.
std::expected<Command, std::string> parseGlossary(Arguments arguments)
{
    GlossaryCommand command;
    bool optionsEnded = false;
    for (const std::string& argument : arguments) {
        if (!optionsEnded && argument == "--runtime")
            command.runtime = true;
        else if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (!optionsEnded && argument.starts_with('-'))
            return std::unexpected(unknownOption(argument, "glossary"));
        else
            command.word += (command.word.empty() ? "" : " ") + argument;
    }
    return command;
}

std::expected<Command, std::string> parseVerify(Arguments arguments)
{
    VerifyCommand command;
    std::size_t i = 0;
    while (i < arguments.size()) {
        auto value = optionValue("--node", arguments, i);
        if (!value)
            break;
        if (!*value)
            return std::unexpected(value->error());
        command.stock = **value;
    }
    command.node.assign(arguments.begin() + static_cast<std::ptrdiff_t>(i), arguments.end());
    if (command.node.empty())
        return std::unexpected(said(Complaints::tr("verify needs a program. See: bistro help verify")));
    return command;
}

// Node says what is wrong with its own flags.
std::expected<Command, std::string> parsePredict(Arguments arguments)
{
    if (arguments.empty())
        return std::unexpected(said(Complaints::tr("predict needs a program. See: bistro help predict")));
    return PredictCommand {.node = {arguments.begin(), arguments.end()}};
}

std::expected<Command, std::string> parseLesson(Arguments arguments)
{
    const std::string what = arguments.empty() ? ""s : arguments[0];
    if (what != "list" && what != "check" && what != "new" && what != "run")
        return std::unexpected(what.empty()
                ? said(Complaints::tr("lesson needs list, check, new or run. See: bistro help lesson"))
                : said(Complaints::tr("lesson has no \"%1\", but list, check, new and run. See: bistro help lesson"),
                      what));
    const auto names = onlyNames(arguments.subspan(1), "lesson");
    if (!names)
        return std::unexpected(names.error());
    if (what == "check")
        return LessonCheckCommand {.folders = {names->begin(), names->end()}};
    if (names->size() > 1)
        return std::unexpected(
            said(Complaints::tr("lesson %1 takes one name, and \"%2\" would be a second one."), what, (*names)[1]));
    if (what == "list")
        return LessonListCommand {.folder = names->empty() ? ""s : names->front()};
    if (names->empty())
        return std::unexpected(said(Complaints::tr("lesson %1 needs a name. See: bistro help lesson"), what));
    if (what == "new")
        return LessonNewCommand {.folder = names->front()};
    return LessonRunCommand {.lesson = names->front()};
}

bool asksForHelp(Arguments rest)
{
    return !rest.empty() && (rest[0] == "--help" || rest[0] == "-h");
}

bool isOfTwoWords(std::string_view command)
{
    return command == "lesson" || command == "sandbox";
}

} // namespace

std::expected<Command, std::string> parse(Arguments arguments)
{
    if (arguments.empty())
        return WindowCommand {};
    const std::string& first = arguments[0];
    const Arguments rest = arguments.subspan(1);
    const bool second = isOfTwoWords(first) && !rest.empty() && asksForHelp(rest.subspan(1));
    if ((asksForHelp(rest) || second) && isHelpTopic(first))
        return HelpCommand {.topic = first};
    if (first == "run")
        return parseRun(rest);
    if (first == "show")
        return parseShow(rest);
    if (first == "state")
        return parseState(rest);
    if (first == "lines")
        return parseLines(rest);
    if (first == "check")
        return parseCheck(rest);
    if (first == "why")
        return parseWhy(rest);
    if (first == "findings")
        return parseFindings(rest);
    if (first == "glossary")
        return parseGlossary(rest);
    if (first == "save")
        return parseSave(rest);
    if (first == "verify")
        return parseVerify(rest);
    if (first == "predict")
        return parsePredict(rest);
    if (first == "lesson")
        return parseLesson(rest);
    if (first == "sandbox")
        return parseSandbox(rest);
    if (first == "add")
        return parseAdd(rest);
    if (first == "--version" || first == "-v") {
        if (!rest.empty())
            return std::unexpected(said(Complaints::tr("--version takes nothing after it.")));
        return VersionCommand {};
    }
    if (first == "help" || first == "--help" || first == "-h") {
        if (rest.size() > 1)
            return std::unexpected(said(Complaints::tr("help takes the name of one command.")));
        if (!rest.empty() && !isHelpTopic(rest[0]))
            return std::unexpected(
                said(Complaints::tr("There is no command \"%1\" to help with. See: bistro help"), rest[0]));
        return HelpCommand {.topic = rest.empty() ? ""s : rest[0]};
    }
    if (first.starts_with('-'))
        return std::unexpected(unknownOption(first, ""));
    // A file to open in the window: anything that looks like a path, or is there. A misspelt command is neither.
    std::error_code error;
    if (first.find_first_of("./") == std::string::npos && !std::filesystem::exists(first, error))
        return std::unexpected(said(Complaints::tr("There is no command and no file \"%1\". See: bistro help"), first));
    if (!rest.empty())
        return std::unexpected(
            said(Complaints::tr("The window opens one file. To run a program with arguments, write: bistro run %1 %2"),
                first, rest[0]));
    return WindowCommand {.path = first};
}

} // namespace bistro::app
