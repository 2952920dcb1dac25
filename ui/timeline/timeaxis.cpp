#include "timeline/timeaxis.h"

#include <algorithm>
#include <cmath>

namespace bistro::ui {
namespace {

double widthOf(std::span<const Sleep> sleeps, std::uint64_t end, double scale, double foldWidth)
{
    double width = static_cast<double>(end) * scale;
    for (const Sleep& sleep : sleeps)
        width -= std::max(0.0, static_cast<double>(sleep.length()) * scale - foldWidth);
    return width;
}

// What a trace says of times may be anything: sums end at the last one that there is.
constexpr std::uint64_t kLast = UINT64_MAX;
std::uint64_t sum(std::uint64_t a, std::uint64_t b)
{
    return a > kLast - b ? kLast : a + b;
}
std::uint64_t nanoseconds(double length)
{
    if (!(length > 0))
        return 0;
    return length >= static_cast<double>(kLast) ? kLast : static_cast<std::uint64_t>(std::round(length));
}
// The first multiple of it at this time or later; the last time that there is when there is none.
std::uint64_t roundUp(std::uint64_t time, std::uint64_t step)
{
    const std::uint64_t over = time % step;
    return over == 0 ? time : sum(time, step - over);
}

// The largest of 1, 2, 5 times a power of ten that is at least this many nanoseconds.
std::uint64_t roundStep(double nanoseconds)
{
    std::uint64_t power = 1;
    while (static_cast<double>(power) * 10 < nanoseconds && power < 1'000'000'000'000'000'000)
        power *= 10;
    for (const std::uint64_t factor : {1, 2, 5}) {
        if (static_cast<double>(power * factor) >= nanoseconds)
            return power * factor;
    }
    return power * 10;
}

} // namespace

TimeAxis::TimeAxis(std::span<const Sleep> sleeps, double scale, double foldWidth)
    : m_scale(scale)
    , m_foldWidth(foldWidth)
{
    double saved = 0;
    for (const Sleep& sleep : sleeps) {
        const double width = static_cast<double>(sleep.length()) * scale;
        if (width <= foldWidth)
            continue;
        m_folds.push_back(
            {.begin = sleep.begin, .end = sleep.end, .x = static_cast<double>(sleep.begin) * scale - saved});
        saved += width - foldWidth;
    }
}

TimeAxis TimeAxis::fitting(std::span<const Sleep> sleeps, std::uint64_t end, double width, double narrow, double wide)
{
    // Sleeps may take a third of the room.
    const double fold = std::clamp(
        sleeps.empty() ? wide : width / 3 / static_cast<double>(sleeps.size()), narrow, wide);
    double low = width / static_cast<double>(std::max<std::uint64_t>(end, 1));
    double high = low;
    while (widthOf(sleeps, end, high, fold) < width && high < 1e3)
        high *= 2;
    for (int i = 0; i < 60 && high - low > low * 1e-12; ++i) {
        const double middle = (low + high) / 2;
        (widthOf(sleeps, end, middle, fold) < width ? low : high) = middle;
    }
    return TimeAxis(sleeps, low, fold);
}

TimeAxis TimeAxis::scaled(std::span<const Sleep> sleeps, double scale, double wide) const
{
    return TimeAxis(sleeps, scale, std::min(wide, m_foldWidth * std::sqrt(std::max(1.0, scale / m_scale))));
}

double TimeAxis::xOf(std::uint64_t time) const
{
    const auto after = std::ranges::upper_bound(m_folds, time, {}, &Fold::begin);
    if (after == m_folds.begin())
        return static_cast<double>(time) * m_scale;
    const Fold& fold = *std::prev(after);
    if (time >= fold.end)
        return fold.x + m_foldWidth + static_cast<double>(time - fold.end) * m_scale;
    return fold.x + m_foldWidth * static_cast<double>(time - fold.begin) / static_cast<double>(fold.length());
}

std::uint64_t TimeAxis::timeAt(double x) const
{
    if (x <= 0)
        return 0;
    const auto after = std::ranges::upper_bound(m_folds, x, {}, &Fold::x);
    if (after == m_folds.begin())
        return nanoseconds(x / m_scale);
    const Fold& fold = *std::prev(after);
    if (x >= fold.x + m_foldWidth)
        return sum(fold.end, nanoseconds((x - fold.x - m_foldWidth) / m_scale));
    return sum(fold.begin, nanoseconds((x - fold.x) / m_foldWidth * static_cast<double>(fold.length())));
}

std::vector<std::uint64_t> TimeAxis::ticks(double fromX, double toX, double spacing) const
{
    std::vector<std::uint64_t> times;
    const std::uint64_t step = roundStep(spacing / m_scale);
    double room = std::max(fromX, 0.0); // where the next may lie
    std::uint64_t time = roundUp(timeAt(room), step);
    // What was done between two folds may be shorter than a step: then it gets the roundest time within it, if it is
    // wide enough to carry one.
    auto fold = std::ranges::upper_bound(m_folds, time, {}, &Fold::end);
    while (true) {
        if (fold != m_folds.end() && time > fold->begin) {
            if (time < fold->end) {
                const auto next = std::next(fold);
                time = roundUp(fold->end, step);
                if (next != m_folds.end() && time >= next->begin)
                    time = roundUp(fold->end, std::max<std::uint64_t>(1, roundStep(spacing / 6 / m_scale)));
            }
            ++fold;
            continue;
        }
        const double x = xOf(time);
        if (x > toX)
            break;
        if (x >= room) {
            times.push_back(time);
            room = x + spacing;
        }
        const std::uint64_t next = sum(time, step - time % step);
        if (next <= time)
            break;
        time = next;
    }
    return times;
}

} // namespace bistro::ui
