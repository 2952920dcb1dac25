#include "commands/options.h"

#include "commands/complaints.h"

#include <algorithm>
#include <charconv>

namespace bistro::app {

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

std::optional<std::expected<std::string, std::string>> optionValue(
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

std::expected<std::uint64_t, std::string> eventNumber(std::string_view option, const std::string& text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc {} || end != text.data() + text.size())
        return std::unexpected(
            said(Complaints::tr("The option %1 needs the number of an event, not \"%2\"."), option, text));
    return value;
}

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

} // namespace bistro::app
