#include "console/printedby.h"

#include "state/loopevents.h"
#include "theme/meaning.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::ui {
namespace {

using trace::events::CallbackFinished;
using trace::events::CallbackStarted;
using trace::events::JobFinished;
using trace::events::JobStarted;

// So far back the start of the innermost call is looked for; further away, the outermost one answers.
constexpr app::Index kFarthest = 5'000;

} // namespace

app::OrderId callAt(const app::TraceLog& log, app::Index event)
{
    int ended = 0; // calls that are over when we come to their start
    for (const app::Index i : app::eventsBefore(log, event + 1, kFarthest + 1)) {
        const trace::Record record = log.event(i);
        if (app::endsCall(record)) {
            ended += i == event ? 0 : 1;
        } else if (app::startsCall(record)) {
            if (ended == 0)
                return app::orderStartedBy(record);
            --ended;
        }
    }
    const bool isAll = log.countWithoutLines(event) <= kFarthest; // that was looked at
    const auto starts = log.outermostStarts();
    const auto behind = std::ranges::upper_bound(starts, event);
    return behind == starts.begin() || isAll ? app::OrderId {} : app::orderStartedBy(log.event(*std::prev(behind)));
}

Meaning printedBy(const app::TraceLog& log, app::Index event)
{
    const app::OrderId order = callAt(log, event);
    return order ? meaningOf(log.kindOf(order)) : Meaning::Running;
}

} // namespace bistro::ui
