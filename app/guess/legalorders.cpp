#include "guess/legalorders.h"

#include "why/why.h"

#include <QHash>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>

namespace bistro::app {

QString lineText(const QString& text)
{
    return text.trimmed();
}

QString lineText(const ScreenLines::Line& line)
{
    return QString::fromUtf8(line.text.data(), static_cast<qsizetype>(line.text.size())).trimmed();
}

std::vector<std::optional<std::size_t>> printingsOf(const QStringList& texts, const ScreenLines& lines)
{
    QHash<QString, std::vector<std::size_t>> printed;
    for (const QString& text : texts)
        printed.insert(lineText(text), {});
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (const auto found = printed.find(lineText(lines[i])); found != printed.end())
            found->push_back(i);
    }
    std::vector<std::optional<std::size_t>> printings;
    QHash<QString, std::size_t> taken;
    for (const QString& text : texts) {
        const std::vector<std::size_t>& all = printed[lineText(text)];
        const std::size_t number = taken[lineText(text)]++;
        printings.push_back(number < all.size() ? std::optional(all[number]) : std::nullopt);
    }
    return printings;
}

bool mayComeInEitherOrder(const TraceLog& log, std::size_t one, std::size_t other)
{
    return whyBefore(log, OutputLine {one}, OutputLine {other}, Wording::Runtime).race;
}

bool isDecidedByTime(const TraceLog& log, std::size_t one, std::size_t other)
{
    return whyBefore(log, OutputLine {one}, OutputLine {other}, Wording::Runtime).byTime;
}

LegalOrders legalOrders(const TraceLog& log, const std::vector<std::size_t>& lines, const LinePairs& leftOpen)
{
    std::vector<std::size_t> sorted = lines;
    std::ranges::sort(sorted);
    sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
    if (sorted.size() > CertainOrder::kMost)
        return {}; // that many pairs take too long
    std::vector<std::pair<std::size_t, std::size_t>> races; // as places in `sorted`
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        for (std::size_t j = i + 1; j < sorted.size(); ++j) {
            const bool isOpen = std::ranges::contains(leftOpen, std::pair(sorted[i], sorted[j]));
            if (isOpen ? isDecidedByTime(log, sorted[i], sorted[j]) : mayComeInEitherOrder(log, sorted[i], sorted[j]))
                races.emplace_back(i, j);
        }
    }
    const CertainOrder certain(sorted.size(), races);
    LegalOrders legal;
    for (const auto& [one, other] : races) {
        if (!certain.isBefore(one, other))
            legal.either.emplace_back(sorted[one], sorted[other]);
    }
    return legal;
}

CertainOrder::CertainOrder(std::size_t count, const std::vector<std::pair<std::size_t, std::size_t>>& either)
    : m_count(count)
    , m_before(count * count)
{
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = i + 1; j < count; ++j)
            m_before[i * count + j] = std::ranges::find(either, std::pair(i, j)) == either.end();
    }
    for (std::size_t k = 0; k < count; ++k) {
        for (std::size_t i = 0; i < k; ++i) {
            for (std::size_t j = k + 1; j < count && isBefore(i, k); ++j)
                m_before[i * count + j] = m_before[i * count + j] || isBefore(k, j);
        }
    }
}

bool CertainOrder::hasRace() const
{
    for (std::size_t i = 0; i < m_count; ++i) {
        for (std::size_t j = i + 1; j < m_count; ++j) {
            if (!isBefore(i, j))
                return true;
        }
    }
    return false;
}

bool CertainOrder::allows(const std::vector<std::size_t>& order) const
{
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            if (isBefore(order[j], order[i]))
                return false;
        }
    }
    return true;
}

std::size_t CertainOrder::earliest(std::size_t one) const
{
    std::size_t before = 0;
    for (std::size_t i = 0; i < one; ++i)
        before += isBefore(i, one) ? 1 : 0;
    return before;
}

std::size_t CertainOrder::latest(std::size_t one) const
{
    std::size_t after = 0;
    for (std::size_t i = one + 1; i < m_count; ++i)
        after += isBefore(one, i) ? 1 : 0;
    return m_count - 1 - after;
}

// For each set of things that come first: how many of them can be where they were guessed, and which one is last then.
std::vector<std::size_t> CertainOrder::nearest(const std::vector<std::optional<std::size_t>>& guess) const
{
    std::vector<std::size_t> order(m_count);
    std::iota(order.begin(), order.end(), std::size_t {0});
    if (m_count == 0 || m_count > kMost)
        return order;
    struct Best {
        int hits = -1;
        std::size_t last = 0;
    };
    const std::uint32_t all = (1u << m_count) - 1;
    std::vector<Best> best(all + 1);
    best[0].hits = 0;
    const auto guessed = [&](std::size_t place) { return place < guess.size() ? guess[place] : std::nullopt; };
    for (std::uint32_t set = 0; set < all; ++set) {
        if (best[set].hits < 0)
            continue;
        const auto place = static_cast<std::size_t>(std::popcount(set));
        const bool stays = guessed(place) == place;
        for (std::size_t i = 0; i < m_count; ++i) {
            const auto comes = [&](std::size_t before) { return (set >> before & 1) != 0; };
            bool legal = !comes(i) && (!stays || i == place);
            for (std::size_t before = 0; before < i && legal; ++before)
                legal = comes(before) || !isBefore(before, i);
            const int hits = best[set].hits + (guessed(place) == i ? 1 : 0);
            Best& next = best[set | 1u << i];
            if (legal && hits > next.hits)
                next = {.hits = hits, .last = i};
        }
    }
    for (std::uint32_t set = all, place = static_cast<std::uint32_t>(m_count); set != 0; set &= ~(1u << order[place])) {
        --place;
        order[place] = best[set].last;
    }
    return order;
}

} // namespace bistro::app
