#include "state/steps.h"

#include "state/describe.h"
#include "trace/views.h"

namespace bistro::app {

using namespace trace;

bool isOfProgram(const TraceLog& log, Index index)
{
    const Record event = log.event(index);
    if (startsCall(event))
        return !isNodesOwnCall(log, index);
    if (kindOfCreated(event) != OrderKind::None && is<events::ResourceCreated>(event))
        return ownerOf(log, OrderId::async(as<events::ResourceCreated>(event).async)) == Owner::Program;
    return true;
}

} // namespace bistro::app
