#include "panels/frameshown.h"

#include "panels/panelwords.h"

#include <algorithm>
#include <span>

namespace bistro::ui {

std::optional<FrameShown> frameShown(const app::Lines& lines, app::Index place, trace::CallId chosen)
{
    const std::vector<app::LineFrame> stack = lines.stackAt(place);
    const app::Index stop = lines.stopAt(place);
    const auto shown = [&](const app::LineFrame& frame) {
        const bool innermost = !stack.empty() && frame.call == stack.front().call;
        return FrameShown {.frame = frame,
            .innermost = innermost,
            .here = innermost && frame.stop != app::kNoEvent && frame.stop == stop};
    };
    if (chosen) {
        if (const auto runs = std::ranges::find(stack, chosen, &app::LineFrame::call); runs != stack.end())
            return shown(*runs);
        const std::vector<app::LineFrame> paused = lines.pausedAt(place);
        if (const auto waits = std::ranges::find(paused, chosen, &app::LineFrame::call); waits != paused.end())
            return shown(*waits);
    }
    return stack.empty() ? std::nullopt : std::optional(shown(stack.front()));
}

namespace {

// Whether a statement is at work there, and neither over nor to come: it prints, or orders something.
bool isWithin(const app::Lines& lines, app::Index place)
{
    const app::Index stop = lines.stopAt(place);
    return stop != app::kNoEvent && place > lines.endOfStop(stop);
}

} // namespace

bool isLeftBehind(const app::Lines& lines, app::Index place, const app::LineFrame& frame)
{
    const std::span<const app::Index> skipped = lines.skipped();
    auto last = std::ranges::lower_bound(skipped, place);
    while (last != skipped.begin() && *--last > frame.stop) {
        if (trace::as<trace::events::LinesSkipped>(lines.log().event(*last)).call == frame.call)
            return true;
    }
    return false;
}

trace::Frame lineOf(const app::Lines& lines, app::Index place, const FrameShown& shown)
{
    if (shown.frame.stop == app::kNoEvent)
        return {};
    const app::Index done = shown.here && !isWithin(lines, place) ? lines.doneAt(place) : app::kNoEvent;
    return lines.placeOf(done != app::kNoEvent ? done : shown.frame.stop);
}

QString whenText(const app::Lines& lines, app::Index place, const FrameShown& shown)
{
    if (shown.frame.stop == app::kNoEvent)
        return Panels::tr("just called");
    const std::uint32_t line = lineOf(lines, place, shown).line;
    if (shown.isPaused())
        return Panels::tr("waits in line %1").arg(line);
    if (!shown.here || isWithin(lines, place))
        return Panels::tr("in line %1").arg(line);
    return (lines.doneAt(place) == app::kNoEvent ? Panels::tr("before line %1") : Panels::tr("after line %1"))
        .arg(line);
}

} // namespace bistro::ui
