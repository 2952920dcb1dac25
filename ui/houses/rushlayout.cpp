#include "houses/rushlayout.h"

#include <algorithm>
#include <cmath>

namespace bistro::ui {
namespace {

constexpr std::size_t kLanes = 12;

// At 100 %.
struct Measures {
    double head; // title and sub-title
    double above;
    double laneTop; // within the card below
    double pitch;
    double laneEnd; // axis and edge
    double totals;
    double gap;
    double line; // of what is assumed
    double controls;
};
constexpr Measures kNormal {.head = 52,
    .above = 122,
    .laneTop = 33,
    .pitch = 18,
    .laneEnd = 25,
    .totals = 62,
    .gap = 6,
    .line = 16,
    .controls = 26};
constexpr Measures kCompact {.head = 44,
    .above = 106,
    .laneTop = 28,
    .pitch = 14,
    .laneEnd = 22,
    .totals = 56,
    .gap = 5,
    .line = 16,
    .controls = 26};

constexpr double kMargin = 16;
constexpr double kCompactMargin = 12;
constexpr double kLabels = 116;

double withoutLanes(const Measures& m)
{
    return m.head + m.above + m.laneTop + m.laneEnd + m.totals + 2 * m.gap + m.line + m.controls + 2;
}

} // namespace

double RushLayout::xOf(std::uint64_t time) const
{
    const double part = static_cast<double>(time) / static_cast<double>(std::max<std::uint64_t>(1, end));
    return left + part * (right - left);
}

std::uint64_t RushLayout::timeAt(double x) const
{
    const double part = std::clamp((x - left) / std::max(1., right - left), 0., 1.);
    return static_cast<std::uint64_t>(part * static_cast<double>(end));
}

QRectF RushLayout::labelOf(std::size_t lane) const
{
    const QRectF head = headOf(lane);
    return {head.right(), lanes[lane].top(), left - 10 * zoom - head.right(), lanes[lane].height()};
}

QRectF RushLayout::headOf(std::size_t lane) const
{
    const double side = std::min(lanes[lane].height(), 16 * zoom);
    return {below.left() + 14 * zoom, lanes[lane].center().y() - side / 2, side, side};
}

std::size_t lanesIn(const QSizeF& size, double zoom, bool compact)
{
    const Measures& m = compact ? kCompact : kNormal;
    const double room = (size.height() / zoom - withoutLanes(m)) / m.pitch;
    return static_cast<std::size_t>(std::clamp(std::floor(room + 0.01), 3., static_cast<double>(kLanes)));
}

RushLayout rushLayout(const QSizeF& size, double zoom, bool compact, std::size_t lanes, std::uint64_t end)
{
    const Measures& m = compact ? kCompact : kNormal;
    const auto px = [zoom](double at100) { return std::round(at100 * zoom); };
    const double margin = px(compact ? kCompactMargin : kMargin);
    const double width = std::max(px(300), size.width() - 2 * margin);
    RushLayout l {.zoom = zoom, .compact = compact, .end = std::max<std::uint64_t>(1, end)};

    const double buttonWidth = px(compact ? 136 : 148);
    l.back = {margin + width - buttonWidth, px(compact ? 8 : 12), buttonWidth, px(28)};
    const double texts = l.back.left() - margin - px(12);
    l.title = {margin, px(compact ? 4 : 9), texts, px(20)};
    l.subtitle = {margin, l.title.bottom(), texts, px(16)};

    // What is left over gives the lanes air.
    const double spare = size.height() - px(withoutLanes(m) + static_cast<double>(lanes) * m.pitch);
    const double air = lanes == 0 ? 0 : std::clamp(std::floor(spare / static_cast<double>(lanes)), 0., px(8));
    const double pitch = std::floor(m.pitch * zoom + 0.01) + air;

    l.above = {margin, px(m.head), width, px(m.above)};
    l.aboveHead = l.above.adjusted(px(12), px(compact ? 5 : 8), -px(12), 0);
    l.aboveHead.setHeight(px(20));
    l.left = margin + px(kLabels);
    l.right = margin + width - px(16);
    const auto row = [&](const QRectF& card, double top, double height) {
        return QRectF(l.left, card.top() + px(top), l.right - l.left, px(height));
    };
    l.pills = row(l.above, compact ? 26 : 32, 18);
    l.guests = row(l.above, compact ? 45 : 51, 12);
    l.waiter = row(l.above, compact ? 58 : 66, compact ? 26 : 28);
    l.under = row(l.above, compact ? 87 : 99, 16);
    const double figure = px(compact ? 56 : 64);
    l.figure = {margin + px(9), l.under.bottom() - figure, figure * 140 / 240, figure};

    l.below = {margin, l.above.bottom() + px(m.gap), width,
        px(m.laneTop) + static_cast<double>(lanes) * pitch + px(m.laneEnd)};
    l.belowHead = l.below.adjusted(px(12), px(compact ? 4 : 8), -px(12), 0);
    l.belowHead.setHeight(px(20));
    for (std::size_t i = 0; i < lanes; ++i)
        l.lanes.emplace_back(margin, l.below.top() + px(m.laneTop) + static_cast<double>(i) * pitch, width, pitch);
    l.axis = {l.left, l.below.bottom() - px(m.laneEnd - 3), l.right - l.left, px(18)};

    l.totals = {margin, l.below.bottom() + px(m.gap), width, px(m.totals)};
    l.assumed = {margin + px(12), l.totals.bottom() + px(2), width - px(24), px(m.line)};
    l.controls = {margin, l.assumed.bottom(), width, px(m.controls)};
    return l;
}

std::vector<std::uint64_t> axisTicks(const RushLayout& layout, double apart)
{
    constexpr std::uint64_t kFinest = 100'000; // 0.1 ms
    const double most = std::max(1., (layout.right - layout.left) / std::max(1., apart));
    std::uint64_t step = kFinest;
    for (std::uint64_t decade = kFinest; static_cast<double>(layout.end) / static_cast<double>(step) > most;
        decade *= 10) {
        for (const std::uint64_t factor : {1, 2, 5}) {
            step = decade * factor;
            if (static_cast<double>(layout.end) / static_cast<double>(step) <= most)
                break;
        }
        if (decade > UINT64_MAX / 100)
            break;
    }
    std::vector<std::uint64_t> ticks;
    for (std::uint64_t tick = 0; tick <= layout.end && ticks.size() < 1'000; tick += step)
        ticks.push_back(tick);
    return ticks;
}

} // namespace bistro::ui
