#include "commands/lessoncommands.h"

#include "process/output.h"

namespace bistro::app {

int lessonRun(const LessonRunCommand&)
{
    return kUsage;
}

} // namespace bistro::app
