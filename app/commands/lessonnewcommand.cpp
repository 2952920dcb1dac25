#include "commands/lessoncommands.h"

#include "process/output.h"

namespace bistro::app {

int lessonNew(const LessonNewCommand&)
{
    return kUsage;
}

} // namespace bistro::app
