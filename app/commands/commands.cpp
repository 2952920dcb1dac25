#include "commands/commands.h"

#include "commands/help.h"
#include "process/output.h"

namespace bistro::app {
namespace {

template <typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

} // namespace

int execute(std::span<const std::string> arguments)
{
    const auto command = parse(arguments);
    if (!command)
        return complain(command.error(), kUsage);
    return std::visit(Overloaded {
                          [](const WindowCommand& c) { return openWindow(c); },
                          [](const RunCommand& c) { return run(c); },
                          [](const ShowCommand& c) { return show(c); },
                          [](const StateCommand& c) { return state(c); },
                          [](const CheckCommand& c) { return check(c); },
                          [](const WhyCommand& c) { return why(c); },
                          [](const FindingsCommand& c) { return findings(c); },
                          [](const VerifyCommand& c) { return verify(c); },
                          [](const VersionCommand&) { return printVersions(); },
                          [](const HelpCommand& c) {
                              Output out;
                              out.buffer() = helpPage(c.topic);
                              return out.finish();
                          },
                      },
        *command);
}

} // namespace bistro::app
