#include "commands/lessoncommands.h"

#include "process/output.h"

namespace bistro::app {

int lessonCheck(const LessonCheckCommand&)
{
    return kUsage;
}

} // namespace bistro::app
