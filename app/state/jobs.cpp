#include "state/jobs.h"

namespace bistro::app {

using namespace trace;

OrderId orderOfJob(const TraceLog& log, std::uint32_t job)
{
    const Index submitted = log.submittedAt(job);
    if (submitted == kNoEvent)
        return {};
    if (const AsyncId async = as<events::PoolJobSubmitted>(log.event(submitted)).async)
        return OrderId::async(async);
    const Index call = log.callAround(submitted);
    return call == kNoEvent ? OrderId {} : orderStartedBy(log.event(call));
}

} // namespace bistro::app
