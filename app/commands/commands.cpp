#include "commands/commands.h"

#include "commands/help.h"
#include "process/output.h"
#include "text/catalogue.h"
#include "trace/views.h"

#include <QCoreApplication>

#include <clocale>
#include <cstdlib>
#include <langinfo.h>
#include <string_view>

namespace bistro::app {
namespace {

// What is put into words asks an application for them. One is not made for run, which is measured against node.
template <typename Answer>
int inWords(const Answer& answer)
{
    // Where the terminal's letters are no UTF-8, Qt takes this one, and says so on standard error.
    std::setlocale(LC_CTYPE, "");
    if (nl_langinfo(CODESET) != std::string_view("UTF-8"))
        setenv("LC_ALL", "C.UTF-8", 1);
    int count = 1;
    char name[] = "bistro";
    char* arguments[] {name, nullptr};
    const QCoreApplication application(count, arguments);
    std::setlocale(LC_NUMERIC, "C"); // figures are written the same everywhere
    installCatalogues();
    return answer();
}

} // namespace

int execute(std::span<const std::string> arguments)
{
    const auto command = parse(arguments);
    if (!command)
        return complain(command.error(), kUsage);
    return std::visit(trace::Overloaded {
                          [](const WindowCommand& c) { return openWindow(c); },
                          [](const RunCommand& c) { return run(c); },
                          [](const ShowCommand& c) { return show(c); },
                          [](const StateCommand& c) { return inWords([&] { return state(c); }); },
                          [](const CheckCommand& c) { return inWords([&] { return check(c); }); },
                          [](const WhyCommand& c) { return inWords([&] { return why(c); }); },
                          [](const FindingsCommand& c) { return inWords([&] { return findings(c); }); },
                          [](const VerifyCommand& c) { return verify(c); },
                          [](const VersionCommand&) { return printVersions(); },
                          [](const HelpCommand& c) {
                              return inWords([&] {
                                  Output out;
                                  out.buffer() = helpPage(c.topic);
                                  return out.finish();
                              });
                          },
                      },
        *command);
}

} // namespace bistro::app
