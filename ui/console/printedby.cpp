#include "console/printedby.h"

#include "theme/meaning.h"

#include <algorithm>

namespace bistro::ui {
namespace {

// So far back the start of the innermost call is looked for; further away, the outermost one answers.
constexpr app::Index kFarthest = 5'000;

app::OrderId orderStartedBy(const trace::Record& event)
{
    return event.kind == trace::EventKind::JobStarted ? app::OrderId::promise(event.a) : app::OrderId::async(event.a);
}

} // namespace

app::OrderId callAt(const app::TraceLog& log, app::Index event)
{
    int ended = 0; // calls that are over when we come to their start
    const app::Index last = event - std::min(event, kFarthest);
    for (app::Index i = event + 1; i-- > last;) {
        const trace::Record record = log.event(i);
        switch (record.kind) {
        case trace::EventKind::CallbackFinished:
        case trace::EventKind::JobFinished: ended += i == event ? 0 : 1; break;
        case trace::EventKind::CallbackStarted:
        case trace::EventKind::JobStarted:
            if (ended == 0)
                return orderStartedBy(record);
            --ended;
            break;
        default: break; // any other event says nothing about calls
        }
    }
    const auto starts = log.outermostStarts();
    const auto behind = std::ranges::upper_bound(starts, event);
    return behind == starts.begin() || last == 0 ? app::OrderId {} : orderStartedBy(log.event(*std::prev(behind)));
}

Meaning printedBy(const app::TraceLog& log, app::Index event)
{
    const app::OrderId order = callAt(log, event);
    return order ? meaningOf(log.kindOf(order)) : Meaning::Running;
}

} // namespace bistro::ui
