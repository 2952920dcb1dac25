#include "commands/commands.h"

#include "process/output.h"

namespace bistro::app {

int predict(const PredictCommand&)
{
    return kUsage;
}

} // namespace bistro::app
