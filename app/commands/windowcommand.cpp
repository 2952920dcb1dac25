#include "commands/commands.h"

#include "commands/complaints.h"
#include "commands/inwords.h"
#include "process/output.h"

#include <cerrno>
#include <system_error>
#include <unistd.h>

// Qt is not started here before there is something to complain of: this process becomes another one.

namespace bistro::app {

int openWindow(const WindowCommand& command)
{
    if (!command.path.empty() && access(command.path.c_str(), F_OK) != 0)
        return inWords([&] {
            return complain(said(
                Complaints::tr("There is no file \"%1\". Check the name, or see: bistro help"), command.path.string()));
        });
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    const std::filesystem::path places[] {
        own / "bistro-window", (own / "../libexec/bistro/bistro-window").lexically_normal()};
    for (const auto& place : places) {
        if (access(place.c_str(), X_OK) != 0)
            continue;
        std::string name = "bistro";
        std::string path = command.path.string();
        char* const arguments[] {name.data(), command.path.empty() ? nullptr : path.data(), nullptr};
        execv(place.c_str(), arguments);
        return inWords([&, why = std::generic_category().message(errno)] {
            return complain(said(Complaints::tr("Bistro can't start \"%1\": %2."), place.string(), why));
        });
    }
    return inWords([&] {
        return complain(
            said(Complaints::tr("Bistro's window is missing: there is no \"%1\" and no \"%2\". Install Bistro again."),
                places[0].string(), places[1].string()));
    });
}

} // namespace bistro::app
