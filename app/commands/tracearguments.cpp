#include "commands/tracearguments.h"

#include "commands/complaints.h"

#include <algorithm>
#include <charconv>
#include <ranges>

namespace bistro::app {
namespace {

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

// "greet.js:9", also as placeText() and stack traces have it, with a column: "greet.js:9:5".
std::expected<void, std::string> takePlace(const std::string& text, LinesCommand& command)
{
    std::string_view file = text;
    for (int i = 0; i < 2; ++i) {
        const std::size_t colon = file.rfind(':');
        const std::string_view digits = colon == std::string_view::npos ? "" : file.substr(colon + 1);
        std::uint32_t line = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), line);
        if (digits.empty() || end != digits.data() + digits.size() || error == std::errc::invalid_argument)
            break;
        if (error != std::errc {} || line == 0)
            return std::unexpected(said(Complaints::tr("There is no line %1. The first line is 1."), digits));
        command.line = line;
        file = file.substr(0, colon);
    }
    if (file.empty())
        return std::unexpected(
            said(Complaints::tr("\"%1\" names no file. Write the file and the line: greet.js:9"), text));
    command.file = file;
    return {};
}

} // namespace

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
        if (auto value = target ? optionValue(name, arguments, i) : std::nullopt) {
            if (!*value)
                return std::unexpected(value->error());
            const auto parsed = eventNumber(name, **value);
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
        if (auto value = optionsEnded ? std::nullopt : optionValue("--at", arguments, i)) {
            if (!*value)
                return std::unexpected(value->error());
            const auto parsed = eventNumber("--at", **value);
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

std::expected<Command, std::string> parseLines(Arguments arguments)
{
    LinesCommand command;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < arguments.size();) {
        const std::string& argument = arguments[i];
        if (auto value = optionsEnded ? std::nullopt : optionValue("--values", arguments, i)) {
            if (!*value)
                return std::unexpected(value->error());
            for (const auto name : std::views::split(**value, ','))
                command.names.emplace_back(std::string_view(name));
            if (std::ranges::contains(command.names, ""))
                return std::unexpected(said(
                    Complaints::tr("The option --values needs names with a comma between them, not \"%1\"."), **value));
            continue;
        }
        ++i;
        if (!optionsEnded && argument == "--json") {
            command.json = true;
        } else if (!optionsEnded && argument == "--") {
            optionsEnded = true;
        } else if (!optionsEnded && argument.starts_with('-')) {
            return std::unexpected(unknownOption(argument, "lines"));
        } else if (command.trace.empty()) {
            command.trace = argument;
        } else if (command.file.empty()) {
            if (const auto taken = takePlace(argument, command); !taken)
                return std::unexpected(taken.error());
        } else {
            return std::unexpected(
                said(Complaints::tr("lines takes one place, and \"%1\" would be a second one."), argument));
        }
    }
    if (command.trace.empty())
        return std::unexpected(noTrace("lines"));
    return command;
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

std::expected<Command, std::string> parseWhy(Arguments arguments)
{
    WhyCommand command;
    int questions = 0;
    std::optional<std::uint64_t> at;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < arguments.size();) {
        const std::string& argument = arguments[i];
        if (auto value = optionsEnded ? std::nullopt : optionValue("--now", arguments, i)) {
            const auto event = *value ? eventNumber("--now", **value) : std::unexpected(value->error());
            if (!event)
                return std::unexpected(event.error());
            command.question = WhyCommand::Now {*event};
            ++questions;
        } else if (auto order = optionsEnded ? std::nullopt : optionValue("--pending", arguments, i)) {
            if (!*order)
                return std::unexpected(order->error());
            const auto pending = orderNamed(**order);
            if (!pending)
                return std::unexpected(said(Complaints::tr("The option --pending needs an order as bistro state prints "
                                                           "it, \"5\" or \"promise 5\", not \"%1\"."),
                    **order));
            command.question = *pending;
            ++questions;
        } else if (auto event = optionsEnded ? std::nullopt : optionValue("--at", arguments, i)) {
            const auto parsed = *event ? eventNumber("--at", **event) : std::unexpected(event->error());
            if (!parsed)
                return std::unexpected(parsed.error());
            at = *parsed;
        } else if (!optionsEnded && argument == "--before") {
            if (i + 2 >= arguments.size())
                return std::unexpected(
                    said(Complaints::tr("The option --before needs the numbers of two lines of output after it.")));
            const auto one = eventNumber("--before", arguments[i + 1]);
            const auto other = eventNumber("--before", arguments[i + 2]);
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

std::expected<Command, std::string> parseSave(Arguments arguments)
{
    SaveCommand command;
    bool optionsEnded = false;
    for (const std::string& argument : arguments) {
        if (!optionsEnded && argument == "--without-values")
            command.withoutValues = true;
        else if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (!optionsEnded && argument.starts_with('-'))
            return std::unexpected(unknownOption(argument, "save"));
        else if (command.trace.empty())
            command.trace = argument;
        else if (command.file.empty())
            command.file = argument;
        else
            return std::unexpected(
                said(Complaints::tr("save takes a trace and a new name, and \"%1\" would be a third one."), argument));
    }
    if (command.trace.empty())
        return std::unexpected(noTrace("save"));
    if (command.file.empty())
        return std::unexpected(said(Complaints::tr("save needs the name of the copy, too. See: bistro help save")));
    return command;
}

} // namespace bistro::app
