#include "state/loopstate.h"

#include "trace/reader.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

std::size_t LoopState::bytesBeside(const LoopState& other) const
{
    return sizeof(LoopState) + running.size() * sizeof(Running) + ticks.bytesBeside(other.ticks)
        + microtasks.bytesBeside(other.microtasks) + timers.bytesBeside(other.timers)
        + immediates.bytesBeside(other.immediates) + nextImmediates.bytesBeside(other.nextImmediates)
        + pool.bytesBeside(other.pool) + jobs.bytesBeside(other.jobs) + waits.bytesBeside(other.waits)
        + closing.size() * sizeof(Closing) + connections.bytesBeside(other.connections)
        + requests.bytesBeside(other.requests) + resources.bytesBeside(other.resources)
        + promises.bytesBeside(other.promises) + unhandled.bytesBeside(other.unhandled)
        + unreferenced.bytesBeside(other.unreferenced);
}

void learnName(Names& names, const Record& event, const Reader& texts)
{
    if (!is<events::PoolJobSubmitted>(event))
        return;
    const TextId operation = as<events::PoolJobSubmitted>(event).operation;
    if (!operation || operation == names.getaddrinfo || operation == names.getnameinfo)
        return;
    const std::string_view word = texts.text(operation);
    if (word == "getaddrinfo")
        names.getaddrinfo = operation;
    else if (word == "getnameinfo")
        names.getnameinfo = operation;
}

LoopState later(LoopState state, std::uint64_t now)
{
    state.time = std::max(state.time, now);
    return state;
}

} // namespace bistro::app
