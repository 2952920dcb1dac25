#include "checks/look.h"

namespace bistro::app {
namespace {

// Whether it is answered without a trace.
bool isAnsweredWithout(const Expected& what)
{
    return std::holds_alternative<expect::Printed>(what) || std::holds_alternative<expect::ExitCode>(what)
        || std::holds_alternative<expect::Ends>(what) || std::holds_alternative<expect::File>(what)
        || std::holds_alternative<expect::Answers>(what);
}

} // namespace

CheckAnswer evaluate(const Expectation& expectation, const Lesson& lesson, const FinishedRun& run)
{
    const Look at {.expectation = expectation, .lesson = lesson, .run = run};
    if (!run.log && !isAnsweredWithout(expectation.what))
        return unknownAnswer(at, CheckWords::tr("this run was not recorded, so nobody can say."));
    return std::visit([&at](const auto& what) { return look(what, at); }, expectation.what);
}

std::optional<CheckAnswer> whatWentWrong(const Lesson& lesson, const FinishedRun& run)
{
    return failureOf(lesson, lesson.check.run, run);
}

} // namespace bistro::app
