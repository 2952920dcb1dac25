#include "commands/addarguments.h"

#include "commands/complaints.h"

namespace bistro::app {

std::expected<Command, std::string> parseAdd(Arguments arguments)
{
    AddCommand command;
    bool optionsEnded = false;
    std::size_t i = 0;
    while (i < arguments.size()) {
        if (!optionsEnded) {
            if (auto value = optionValue("--for", arguments, i)) {
                if (!*value)
                    return std::unexpected(value->error());
                command.folder = **value;
                continue;
            }
        }
        const std::string& argument = arguments[i++];
        if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (!optionsEnded && argument == "--json")
            command.json = true;
        else if (!optionsEnded && argument.starts_with('-'))
            return std::unexpected(unknownOption(argument, "add"));
        else if (argument.empty())
            return std::unexpected(said(Complaints::tr("A name after add is empty. Leave it out.")));
        else
            command.packages.push_back(argument);
    }
    return command;
}

} // namespace bistro::app
