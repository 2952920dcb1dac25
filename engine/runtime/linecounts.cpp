// How often each place ran, recorded or not: from V8's own counts of blocks.
#include "linerecorder.h"

#include "recordedthread.h"

#include <algorithm>

namespace bistro {

namespace {

using v8::debug::Coverage;

// Of the innermost function and block around the place. A function that was collected, or never ran, has none.
std::optional<std::uint32_t> countAt(const Coverage::ScriptData& script, int offset)
{
    std::optional<std::uint32_t> count;
    int length = INT32_MAX;
    const auto consider = [&](const auto& range) {
        const int size = range.EndOffset() - range.StartOffset();
        if (range.StartOffset() <= offset && offset < range.EndOffset() && size <= length) {
            length = size;
            count = range.Count();
        }
    };
    for (std::size_t i = 0; i < script.FunctionCount(); ++i) {
        const Coverage::FunctionData function = script.GetFunctionData(i);
        consider(function);
        if (function.StartOffset() > offset || offset >= function.EndOffset())
            continue;
        for (std::size_t block = 0; block < function.BlockCount(); ++block)
            consider(function.GetBlockData(block));
    }
    return count;
}

} // namespace

std::vector<LinePlaces::Counted> LinePlaces::counts() const
{
    struct Known {
        int script = 0;
        int line = 0;
        int column = 0;
        StackId place;

        auto operator<=>(const Known&) const = default;
    };
    std::vector<Known> places;
    for (const auto& [key, place] : m_places) {
        if (place && place->code && place->point == LinePoint::Statement)
            places.push_back(
                {.script = key.script, .line = place->line, .column = place->column, .place = place->stack});
    }
    std::ranges::sort(places);
    const auto twice = std::ranges::unique(places);
    places.erase(twice.begin(), twice.end());
    std::vector<Counted> counted;
    const v8::HandleScope handles(m_isolate);
    const Coverage coverage = Coverage::CollectPrecise(m_isolate);
    for (std::size_t i = 0; i < coverage.ScriptCount(); ++i) {
        const Coverage::ScriptData data = coverage.GetScriptData(i);
        const v8::Local<v8::debug::Script> script = data.GetScript();
        for (const Known& known : std::ranges::equal_range(places, script->Id(), {}, &Known::script)) {
            const v8::debug::Location at(known.line - 1, known.column - 1);
            const v8::Maybe<int> offset = script->GetSourceOffset(at, v8::debug::Script::GetSourceOffsetMode::kClamp);
            if (const auto count = offset.IsJust() ? countAt(data, offset.FromJust()) : std::nullopt)
                counted.push_back({.place = known.place, .visits = *count});
        }
    }
    return counted;
}

void LineRecorder::tellCounts()
{
    if (!m_orders.counts || m_thread.recorder.ended())
        return;
    for (const LinePlaces::Counted& one : m_places.counts()) {
        events::PlaceCounted counted {.visits = one.visits};
        counted.stack = one.place;
        m_recorder.event(counted);
    }
}

} // namespace bistro
