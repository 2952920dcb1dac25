#include "commands/commands.h"

#include "process/output.h"

#include <cerrno>
#include <system_error>
#include <unistd.h>

// No Qt here: this process becomes another one.

namespace bistro::app {

int openWindow(const WindowCommand& command)
{
    if (!command.path.empty() && access(command.path.c_str(), F_OK) != 0)
        return complain("There is no file \"" + command.path.string() + "\". Check the name, or see: bistro help");
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
        return complain("Cannot start \"" + place.string() + "\": " + std::generic_category().message(errno) + '.');
    }
    return complain("Bistro's window is missing: there is no \"" + places[0].string() + "\" and no \""
        + places[1].string() + "\". Install Bistro again.");
}

} // namespace bistro::app
