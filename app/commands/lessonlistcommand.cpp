#include "commands/lessoncommands.h"

#include "process/output.h"

namespace bistro::app {

int lessonList(const LessonListCommand&)
{
    return kUsage;
}

} // namespace bistro::app
