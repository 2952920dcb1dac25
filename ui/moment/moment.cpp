#include "moment/moment.h"

#include <algorithm>

namespace bistro::ui {

Moment momentAt(const app::TraceLog& log, const StageFacts& facts, app::Place place, app::Wording wording,
    std::uint64_t now, std::chrono::nanoseconds blockedAfter)
{
    Moment moment;
    moment.log = &log;
    moment.facts = &facts;
    moment.place = std::min<app::Place>(place, log.size());
    moment.until = log.size();
    moment.steps = log.size();
    moment.now = std::max(now, log.stateAt(moment.place).time);
    moment.blockedAfter = blockedAfter;
    moment.hold = app::holdAt(log, moment.place, std::chrono::nanoseconds(moment.now), blockedAfter);
    moment.crash = app::crashAt(log, moment.place);
    moment.wording = wording;
    return moment;
}

} // namespace bistro::ui
