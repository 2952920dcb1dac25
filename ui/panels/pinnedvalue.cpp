#include "panels/pinnedvalue.h"

#include <algorithm>

namespace bistro::ui {

namespace {

// Of a value that was told with the stop at the place.
app::LineValue beforeThis(const Moment& moment, const FoundValue& found)
{
    const app::Index stop = moment.lines->stopAt(moment.place);
    if (stop == app::kNoEvent || !found.value.isKnown() || found.value.told < stop)
        return {};
    const std::span<const app::Index> history = moment.lines->history(found.slot);
    const auto now = std::ranges::lower_bound(history, found.value.told);
    return now == history.begin() ? app::LineValue {} : moment.lines->valueTold(*std::prev(now));
}

} // namespace

std::optional<PinnedValue> pinFor(const Moment& moment, trace::CallId call, const ValuePath& path)
{
    const std::span<const app::Index> stops = moment.lines->stopsOf(call);
    if (stops.empty())
        return {};
    const trace::Frame begin = moment.lines->placeOf(stops.front());
    return PinnedValue {.script = std::string(moment.log->text(begin.script)),
        .function = std::string(moment.lines->frameAt(call, moment.place).function),
        .line = begin.line,
        .column = begin.column,
        .path = path};
}

std::optional<PinFound> pinnedAt(const Moment& moment, const PinnedValue& pin)
{
    constexpr int kVisits = 1'000; // of the function's first line that are looked at
    constexpr int kCalls = 32;
    const app::Lines& lines = *moment.lines;
    const auto in = [&](trace::CallId call) -> std::optional<PinFound> {
        const auto own = pinFor(moment, call, pin.path);
        if (!own || *own != pin)
            return {};
        const auto found = valueOf(lines, call, moment.place, pin.path);
        return found ? std::optional(PinFound {.call = call, .found = *found, .before = beforeThis(moment, *found)})
                     : std::nullopt;
    };
    for (const app::LineFrame& frame : lines.stackAt(moment.place)) {
        if (auto found = frame.function == pin.function ? in(frame.call) : std::nullopt)
            return found;
    }
    for (const trace::TextId script : lines.scripts()) {
        if (moment.log->text(script) != pin.script)
            continue;
        const std::span<const app::Index> visits = lines.visits(script, pin.line);
        auto visit = std::ranges::lower_bound(visits, moment.place);
        trace::CallId last;
        for (int looked = 0, calls = 0; visit != visits.begin() && looked < kVisits && calls < kCalls; ++looked) {
            const trace::CallId call = lines.callOf(*--visit);
            if (call == last)
                continue;
            last = call;
            ++calls;
            if (auto found = in(call))
                return found;
        }
    }
    return {};
}

} // namespace bistro::ui
