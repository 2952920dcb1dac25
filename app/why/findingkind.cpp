#include "why/findingkind.h"

namespace bistro::app {

std::string_view findingId(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Blocked: return "blocked";
    case FindingKind::TicksStarve: return "ticks-starve";
    case FindingKind::MicrotasksStarve: return "microtasks-starve";
    case FindingKind::TimerLate: return "timer-late";
    case FindingKind::AwaitsInSeries: return "awaits-in-series";
    case FindingKind::RejectionUnhandled: return "rejection-unhandled";
    case FindingKind::RejectionLate: return "rejection-late";
    case FindingKind::PoolBusy: return "pool-busy";
    case FindingKind::KeepsAlive: return "keeps-alive";
    case FindingKind::AwaitNeverCame: return "await-never-came";
    case FindingKind::TimerNeverRang: return "timer-never-rang";
    case FindingKind::Race: return "race";
    case FindingKind::Refused: return "refused";
    case FindingKind::Limit: return "limit";
    case FindingKind::NotLoaded: return "not-loaded";
    }
    return {};
}

} // namespace bistro::app
