#include "commands/sandboxarguments.h"

#include "commands/complaints.h"
#include "confine/limits.h"

#include <algorithm>
#include <string>

namespace bistro::app {
namespace {

using Act = SandboxCommand::Act;

std::optional<Act> actNamed(std::string_view word)
{
    return word == "allow" ? std::optional(Act::Allow)
        : word == "forget" ? std::optional(Act::Forget)
        : word == "list"   ? std::optional(Act::List)
                           : std::nullopt;
}

// Nothing: it has none, and needs none.
const char* subjectNeeded(PermissionKind kind)
{
    switch (kind) {
    case PermissionKind::Host: return "host";
    case PermissionKind::Read:
    case PermissionKind::Write: return "folder";
    case PermissionKind::Internet:
    case PermissionKind::Programs:
    case PermissionKind::Addons:
    case PermissionKind::Npm: break;
    case PermissionKind::Memory:
    case PermissionKind::Processes:
    case PermissionKind::FileSize:
    case PermissionKind::Written:
    case PermissionKind::OpenFiles:
    case PermissionKind::Seconds: return "number";
    }
    return nullptr;
}

// The names after allow or forget: what, and of what. The error is a sentence; none: all is read.
std::optional<std::string> takeWhat(
    const std::vector<std::string>& names, const std::string& act, SandboxCommand& command)
{
    if (names.empty())
        return said(Complaints::tr("sandbox %1 needs to know what. See: bistro help sandbox"), act);
    const std::string& what = names[0];
    const bool everything = command.act == Act::Forget && what == "all";
    command.kind = everything ? std::nullopt : kindNamed(what);
    if (!everything && !command.kind)
        return said(Complaints::tr("sandbox %1 has no \"%2\", but host, internet, read, write, programs, addons, "
                                   "npm, memory, processes, file-size, written, open-files and seconds."),
            act, what);
    const bool isLimitLess = !everything && command.act == Act::Forget && isLimit(*command.kind);
    const char* const needed = everything || isLimitLess ? nullptr : subjectNeeded(*command.kind);
    if (needed && names.size() < 2 && isLimit(*command.kind))
        return said(Complaints::tr("sandbox %1 %2 needs a number after it, such as %3."), act, what,
            std::to_string(std::max(amountIn({}, *command.kind), 60u)));
    if (needed && names.size() < 2)
        return std::string_view(needed) == "host"
            ? said(Complaints::tr("sandbox %1 host needs a host after it, such as example.org:443."), act)
            : said(Complaints::tr("sandbox %1 %2 needs a folder after it."), act, what);
    const std::size_t most = needed ? 2 : 1;
    if (names.size() > most)
        return said(Complaints::tr("sandbox %1 %2 ends before \"%3\". Leave that out."), act, what, names[most]);
    if (needed)
        command.subject = names[1];
    return {};
}

} // namespace

std::expected<Command, std::string> parseSandbox(Arguments arguments)
{
    SandboxCommand command;
    if (arguments.empty())
        return command;
    const std::string& act = arguments[0];
    const auto known = actNamed(act);
    if (!known)
        return std::unexpected(act.starts_with('-')
                ? unknownOption(act, "sandbox")
                : said(Complaints::tr("sandbox has no \"%1\", but allow, forget and list. See: bistro help sandbox"),
                      act));
    command.act = *known;
    std::vector<std::string> names;
    bool optionsEnded = false;
    std::size_t i = 1;
    while (i < arguments.size()) {
        const std::string& argument = arguments[i];
        if (!optionsEnded) {
            if (auto value = optionValue("--for", arguments, i)) {
                if (!*value)
                    return std::unexpected(value->error());
                command.folder = **value;
                continue;
            }
        }
        ++i;
        if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (!optionsEnded && command.act == Act::List && argument == "--all")
            command.all = true;
        else if (!optionsEnded && command.act == Act::List && argument == "--json")
            command.json = true;
        else if (!optionsEnded && argument.starts_with('-'))
            return std::unexpected(unknownOption(argument, "sandbox"));
        else if (argument.empty())
            return std::unexpected(said(Complaints::tr("A name after sandbox is empty. Leave it out.")));
        else
            names.push_back(argument);
    }
    if (command.act == Act::List) {
        if (!names.empty())
            return std::unexpected(
                said(Complaints::tr("sandbox list takes no name. To name a folder, write: --for %1"), names[0]));
        if (command.all && !command.folder.empty())
            return std::unexpected(said(Complaints::tr("--all and --for exclude each other. Leave one of them out.")));
        return command;
    }
    if (const auto wrong = takeWhat(names, act, command))
        return std::unexpected(*wrong);
    return command;
}

} // namespace bistro::app
