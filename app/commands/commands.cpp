#include "commands/commands.h"

#include "commands/help.h"
#include "commands/inwords.h"
#include "commands/lessoncommands.h"
#include "process/output.h"
#include "trace/views.h"

namespace bistro::app {
int execute(std::span<const std::string> arguments)
{
    const auto command = parse(arguments);
    if (!command) // read once more, now that there is a catalog to complain with
        return inWords([&] { return complain(parse(arguments).error(), kUsage); });
    return std::visit(trace::Overloaded {
                          [](const WindowCommand& c) { return openWindow(c); },
                          [](const RunCommand& c) { return run(c); },
                          [](const ShowCommand& c) { return inWords([&] { return show(c); }); },
                          [](const StateCommand& c) { return inWords([&] { return state(c); }); },
                          [](const LinesCommand& c) { return inWords([&] { return lines(c); }); },
                          [](const CheckCommand& c) { return inWords([&] { return check(c); }); },
                          [](const WhyCommand& c) { return inWords([&] { return why(c); }); },
                          [](const FindingsCommand& c) { return inWords([&] { return findings(c); }); },
                          [](const GlossaryCommand& c) { return inWords([&] { return glossary(c); }); },
                          [](const SaveCommand& c) { return inWords([&] { return save(c); }); },
                          [](const VerifyCommand& c) { return verify(c); },
                          [](const PredictCommand& c) { return inWords([&] { return predict(c); }); },
                          [](const LessonListCommand& c) { return inWords([&] { return lessonList(c); }); },
                          [](const LessonCheckCommand& c) { return inWords([&] { return lessonCheck(c); }); },
                          [](const LessonNewCommand& c) { return inWords([&] { return lessonNew(c); }); },
                          [](const LessonRunCommand& c) { return inWords([&] { return lessonRun(c); }); },
                          [](const SandboxCommand& c) { return inWords([&] { return sandbox(c); }); },
                          [](const AddCommand& c) { return inWords([&] { return add(c); }); },
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
