#include "commands/arguments.h"

#include "commands/complaints.h"
#include "commands/help.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string_view>

namespace bistro::app {
namespace {

using Arguments = std::span<const std::string>;
using std::string_literals::operator""s;

std::string unknownOption(const std::string& option, std::string_view command)
{
    return command.empty() ? said(Complaints::tr("There is no option \"%1\". See: bistro help"), option)
                           : said(Complaints::tr("There is no option \"%1\". See: bistro help %2"), option, command);
}

std::string secondTrace(std::string_view command, std::string_view argument)
{
    return said(Complaints::tr("%1 takes one trace, and \"%2\" would be a second one."), command, argument);
}

std::string noTrace(std::string_view command)
{
    return said(Complaints::tr("%1 needs the name of a trace. See: bistro help %1"), command);
}

// Takes the value of `name VALUE` or `name=VALUE` at position i, which moves to what follows.
std::optional<std::expected<std::string, std::string>> valueOf(
    std::string_view name, Arguments arguments, std::size_t& i)
{
    const std::string& argument = arguments[i];
    const auto missing = [name] {
        return std::unexpected(said(Complaints::tr("The option %1 needs a value after it."), name));
    };
    if (argument.starts_with(name) && argument.size() > name.size() && argument[name.size()] == '=') {
        ++i;
        if (argument.size() == name.size() + 1)
            return missing();
        return argument.substr(name.size() + 1);
    }
    if (argument != name)
        return {};
    if (i + 1 == arguments.size() || arguments[i + 1].empty())
        return missing();
    i += 2;
    return arguments[i - 1];
}

std::expected<Command, std::string> parseRun(Arguments arguments)
{
    RunCommand command;
    std::size_t i = 0;
    while (i < arguments.size()) {
        if (arguments[i] == "--no-record") {
            command.record = false;
            ++i;
        } else if (auto value = valueOf("--trace", arguments, i)) {
            if (!*value)
                return std::unexpected(value->error());
            command.trace = **value;
        } else {
            break;
        }
    }
    if (!command.record && command.trace)
        return std::unexpected(
            said(Complaints::tr("--trace and --no-record exclude each other. Leave one of them out.")));
    command.node.assign(arguments.begin() + static_cast<std::ptrdiff_t>(i), arguments.end());
    return command;
}

std::expected<std::uint64_t, std::string> number(std::string_view option, const std::string& text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc {} || end != text.data() + text.size())
        return std::unexpected(
            said(Complaints::tr("The option %1 needs the number of an event, not \"%2\"."), option, text));
    return value;
}

std::expected<Command, std::string> parseShow(Arguments arguments)
{
    ShowCommand command;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < arguments.size();) {
        const std::string& argument = arguments[i];
        const std::size_t at = i;
        std::uint64_t* const target = optionsEnded ? nullptr
            : argument.starts_with("--from")       ? &command.from
            : argument.starts_with("--to")         ? &command.to
                                                   : nullptr;
        const std::string_view name = target == &command.from ? "--from" : "--to";
        if (auto value = target ? valueOf(name, arguments, i) : std::nullopt) {
            if (!*value)
                return std::unexpected(value->error());
            const auto parsed = number(name, **value);
            if (!parsed)
                return std::unexpected(parsed.error());
            *target = *parsed;
            continue;
        }
        ++i;
        if (!optionsEnded && argument == "--json")
            command.json = true;
        else if (!optionsEnded && argument == "--internals")
            command.internals = true;
        else if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (!optionsEnded && argument.starts_with('-'))
            return std::unexpected(unknownOption(argument, "show"));
        else if (command.trace.empty())
            command.trace = arguments[at];
        else
            return std::unexpected(secondTrace("show", argument));
    }
    if (command.trace.empty())
        return std::unexpected(noTrace("show"));
    if (command.from > command.to)
        return std::unexpected(
            said(Complaints::tr("--from comes after --to, so there is nothing between. Swap them.")));
    return command;
}

std::expected<Command, std::string> parseState(Arguments arguments)
{
    StateCommand command;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < arguments.size();) {
        const std::string& argument = arguments[i];
        if (auto value = optionsEnded ? std::nullopt : valueOf("--at", arguments, i)) {
            if (!*value)
                return std::unexpected(value->error());
            const auto parsed = number("--at", **value);
            if (!parsed)
                return std::unexpected(parsed.error());
            command.at = *parsed;
            continue;
        }
        ++i;
        if (!optionsEnded && argument == "--json")
            command.json = true;
        else if (!optionsEnded && argument == "--internals")
            command.internals = true;
        else if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (!optionsEnded && argument.starts_with('-'))
            return std::unexpected(unknownOption(argument, "state"));
        else if (command.trace.empty())
            command.trace = argument;
        else
            return std::unexpected(secondTrace("state", argument));
    }
    if (command.trace.empty())
        return std::unexpected(noTrace("state"));
    return command;
}

struct Switch {
    std::string_view name;
    bool* value;
};

// A command of one trace and switches without values. The error is a sentence; none: all is read.
std::optional<std::string> parseTraceAndSwitches(Arguments arguments, const std::string& command,
    std::filesystem::path& trace, std::initializer_list<Switch> switches)
{
    bool optionsEnded = false;
    for (const std::string& argument : arguments) {
        const auto known = std::ranges::find(switches, std::string_view(argument), &Switch::name);
        if (!optionsEnded && known != switches.end())
            *known->value = true;
        else if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (!optionsEnded && argument.starts_with('-'))
            return unknownOption(argument, command);
        else if (trace.empty())
            trace = argument;
        else
            return secondTrace(command, argument);
    }
    if (trace.empty())
        return noTrace(command);
    return {};
}

std::expected<Command, std::string> parseCheck(Arguments arguments)
{
    CheckCommand command;
    if (const auto wrong = parseTraceAndSwitches(arguments, "check", command.trace, {{"--json", &command.json}}))
        return std::unexpected(*wrong);
    return command;
}

std::expected<Command, std::string> parseFindings(Arguments arguments)
{
    FindingsCommand command;
    if (const auto wrong = parseTraceAndSwitches(
            arguments, "findings", command.trace, {{"--json", &command.json}, {"--runtime", &command.runtime}}))
        return std::unexpected(*wrong);
    return command;
}

// "5" and "async 5" are async ids, "promise 5" is a promise.
std::optional<WhyCommand::Pending> orderNamed(std::string_view text)
{
    WhyCommand::Pending pending;
    if (text.starts_with("promise ")) {
        pending.promise = true;
        text.remove_prefix(8);
    } else if (text.starts_with("async ")) {
        text.remove_prefix(6);
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), pending.order);
    if (error != std::errc {} || end != text.data() + text.size() || pending.order == 0)
        return std::nullopt;
    return pending;
}

std::expected<Command, std::string> parseWhy(Arguments arguments)
{
    WhyCommand command;
    int questions = 0;
    std::optional<std::uint64_t> at;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < arguments.size();) {
        const std::string& argument = arguments[i];
        if (auto value = optionsEnded ? std::nullopt : valueOf("--now", arguments, i)) {
            const auto event = *value ? number("--now", **value) : std::unexpected(value->error());
            if (!event)
                return std::unexpected(event.error());
            command.question = WhyCommand::Now {*event};
            ++questions;
        } else if (auto order = optionsEnded ? std::nullopt : valueOf("--pending", arguments, i)) {
            if (!*order)
                return std::unexpected(order->error());
            const auto pending = orderNamed(**order);
            if (!pending)
                return std::unexpected(said(Complaints::tr("The option --pending needs an order as bistro state prints "
                                                           "it, \"5\" or \"promise 5\", not \"%1\"."),
                    **order));
            command.question = *pending;
            ++questions;
        } else if (auto event = optionsEnded ? std::nullopt : valueOf("--at", arguments, i)) {
            const auto parsed = *event ? number("--at", **event) : std::unexpected(event->error());
            if (!parsed)
                return std::unexpected(parsed.error());
            at = *parsed;
        } else if (!optionsEnded && argument == "--before") {
            if (i + 2 >= arguments.size())
                return std::unexpected(
                    said(Complaints::tr("The option --before needs the numbers of two lines of output after it.")));
            const auto one = number("--before", arguments[i + 1]);
            const auto other = number("--before", arguments[i + 2]);
            if (!one || !other || *one == 0 || *other == 0)
                return std::unexpected(
                    said(Complaints::tr("The option --before needs the numbers of two lines of output, counted from 1, "
                                        "not \"%1\" and \"%2\"."),
                        arguments[i + 1], arguments[i + 2]));
            command.question = WhyCommand::Before {.one = *one, .other = *other};
            ++questions;
            i += 3;
        } else {
            ++i;
            if (!optionsEnded && argument == "--json")
                command.json = true;
            else if (!optionsEnded && argument == "--runtime")
                command.runtime = true;
            else if (!optionsEnded && argument == "--")
                optionsEnded = true;
            else if (!optionsEnded && argument.starts_with('-'))
                return std::unexpected(unknownOption(argument, "why"));
            else if (command.trace.empty())
                command.trace = argument;
            else
                return std::unexpected(secondTrace("why", argument));
        }
    }
    if (command.trace.empty())
        return std::unexpected(noTrace("why"));
    if (questions != 1)
        return std::unexpected(said(Complaints::tr(
            "why needs one question: --now N, --pending ORDER or --before LINE LINE. See: bistro help why")));
    auto* const pending = std::get_if<WhyCommand::Pending>(&command.question);
    if (at && !pending)
        return std::unexpected(
            said(Complaints::tr("--at belongs to --pending: --now has its event already, and --before needs none.")));
    if (pending)
        pending->at = at;
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
        auto value = valueOf("--node", arguments, i);
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

// The names after a command that has no options. The error is a sentence.
std::expected<std::vector<std::string>, std::string> onlyNames(Arguments arguments, std::string_view command)
{
    std::vector<std::string> names;
    bool optionsEnded = false;
    for (const std::string& argument : arguments) {
        if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (!optionsEnded && argument.starts_with('-'))
            return std::unexpected(unknownOption(argument, command));
        else if (argument.empty())
            return std::unexpected(said(Complaints::tr("A name after %1 is empty. Leave it out."), command));
        else
            names.push_back(argument);
    }
    return names;
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

} // namespace

std::expected<Command, std::string> parse(Arguments arguments)
{
    if (arguments.empty())
        return WindowCommand {};
    const std::string& first = arguments[0];
    const Arguments rest = arguments.subspan(1);
    if (first == "run")
        return parseRun(rest);
    if (first == "show")
        return parseShow(rest);
    if (first == "state")
        return parseState(rest);
    if (first == "check")
        return parseCheck(rest);
    if (first == "why")
        return parseWhy(rest);
    if (first == "findings")
        return parseFindings(rest);
    if (first == "glossary")
        return parseGlossary(rest);
    if (first == "verify")
        return parseVerify(rest);
    if (first == "predict")
        return parsePredict(rest);
    if (first == "lesson")
        return parseLesson(rest);
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
