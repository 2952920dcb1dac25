#include "timeline/lane.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace bistro::ui {
namespace {

void add(LaneSums& sums, const Span& span, std::uint64_t busy)
{
    const auto meaning = static_cast<std::size_t>(span.meaning);
    sums.busy[meaning] += busy;
    ++sums.count[meaning];
}

} // namespace

std::uint64_t LaneSums::totalBusy() const
{
    return std::reduce(busy.begin(), busy.end());
}
std::uint32_t LaneSums::totalCount() const
{
    return std::reduce(count.begin(), count.end());
}

void Lane::begin(std::uint64_t time, app::OrderId order, app::Index at, Meaning meaning)
{
    end(time);
    assert(m_spans.empty() || m_spans.back().end <= time);
    if (m_spans.size() % kBlock == 0)
        m_blocks.push_back(m_sums);
    m_spans.push_back({.begin = time, .end = Span::kOpen, .order = order, .at = at, .meaning = meaning});
}

void Lane::end(std::uint64_t time, Meaning meaning)
{
    if (hasOpen())
        m_spans.back().meaning = meaning;
    end(time);
}

void Lane::end(std::uint64_t time)
{
    if (!hasOpen())
        return;
    Span& last = m_spans.back();
    last.end = std::max(time, last.begin);
    add(m_sums, last, last.end - last.begin);
}

void Lane::moment(std::uint64_t time, app::OrderId order, app::Index at, Meaning meaning)
{
    begin(time, order, at, meaning);
    end(time);
}

std::size_t Lane::firstAt(std::uint64_t time) const
{
    return static_cast<std::size_t>(std::ranges::lower_bound(m_spans, time, {}, &Span::end) - m_spans.begin());
}

std::span<const Span> Lane::within(std::uint64_t from, std::uint64_t to) const
{
    const std::size_t first = firstAt(from);
    const Span* const last = std::upper_bound(
        m_spans.begin() + first, m_spans.end(), to, [](std::uint64_t t, const Span& s) { return t < s.begin; });
    return {m_spans.begin() + first, last};
}

LaneSums Lane::before(std::size_t index) const
{
    if (index == m_spans.size() && !hasOpen())
        return m_sums;
    const std::size_t block = std::min(index / kBlock, m_blocks.size() - 1);
    LaneSums sums = m_blocks[block];
    for (std::size_t i = block * kBlock; i < index; ++i)
        add(sums, m_spans[i], m_spans[i].end - m_spans[i].begin);
    return sums;
}

std::vector<LaneSums> Lane::sums(std::span<const std::uint64_t> edges) const
{
    if (edges.size() < 2)
        return {};
    std::vector<LaneSums> stretches(edges.size() - 1);
    if (m_spans.empty())
        return stretches;

    // Up to an edge: the whole spans that begin before it, but of the last of them only what lies before the edge.
    std::size_t index = 0;
    const auto upTo = [&](std::uint64_t edge) {
        // The next edge is near: gallop from the last one.
        std::size_t step = 1;
        std::size_t low = index;
        while (low + step < m_spans.size() && m_spans[low + step].begin < edge) {
            low += step;
            step *= 2;
        }
        const Span* const from = m_spans.begin() + low;
        const Span* const to = m_spans.begin() + std::min(low + step + 1, m_spans.size());
        index = static_cast<std::size_t>(std::lower_bound(from, to, edge, [](const Span& s, std::uint64_t t) {
            return s.begin < t;
        }) - m_spans.begin());
        if (index == 0)
            return LaneSums {};
        LaneSums sums = before(index - 1);
        add(sums, m_spans[index - 1], m_spans[index - 1].until(edge));
        return sums;
    };

    LaneSums left = upTo(edges[0]);
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        // One that began before the stretch and reaches into it touches it, too.
        const Span* const reaching = index > 0 && m_spans[index - 1].end > edges[i] ? &m_spans[index - 1] : nullptr;
        LaneSums right = upTo(edges[i + 1]);
        LaneSums& stretch = stretches[i];
        for (std::size_t m = 0; m < kMeanings; ++m) {
            stretch.busy[m] = right.busy[m] - left.busy[m];
            stretch.count[m] = right.count[m] - left.count[m];
        }
        if (reaching)
            ++stretch.count[static_cast<std::size_t>(reaching->meaning)];
        left = right;
    }
    return stretches;
}

} // namespace bistro::ui
