#include "rush/simulation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <tuple>

namespace bistro::app {
namespace {

std::uint64_t times(std::uint64_t duration, double factor)
{
    return factor == 1 ? duration : static_cast<std::uint64_t>(std::llround(static_cast<double>(duration) * factor));
}

// Of the pieces before this one, the last that had begun when this was placed; none: it begins with the guest.
std::optional<std::size_t> placedIn(const Guest& guest, std::size_t piece)
{
    for (std::size_t i = piece; i-- > 0;) {
        if (guest.pieces[i].from <= guest.pieces[piece].placed)
            return i;
    }
    return {};
}

class Simulation final {
public:
    Simulation(const std::vector<Guest>& guests, const Service& service)
        : m_before(guests)
        , m_after(guests)
        , m_service(service)
        , m_free(static_cast<std::size_t>(std::max(1, service.walks ? 1 : service.cores)), 0)
        , m_heirs(guests.size())
    {
        for (std::size_t i = 0; i < guests.size(); ++i) {
            m_heirs[i].resize(guests[i].pieces.size());
            m_own.push_back(guests[i].came);
            for (std::size_t k = 0; k < guests[i].pieces.size(); ++k) {
                if (const auto by = placedIn(guests[i], k))
                    m_heirs[i][*by].push_back(k);
                else
                    getReady(i, k, guests[i].came, guests[i].came);
            }
        }
    }

    std::vector<Guest> run()
    {
        while (!m_line.empty()) {
            const auto [ready, guest, piece] = m_line.top();
            m_line.pop();
            // A guest's own waiter is at work for it: it is his turn again when that is over.
            if (!m_service.walks && m_own[guest] > ready) {
                m_line.emplace(m_own[guest], guest, piece);
                continue;
            }
            serve(guest, piece, ready);
        }
        for (std::size_t i = 0; i < m_after.size(); ++i)
            settle(m_before[i], m_after[i]);
        return std::move(m_after);
    }

private:
    // What this piece waits for was placed at `was`; now that is `now`.
    void getReady(std::size_t guest, std::size_t piece, std::uint64_t was, std::uint64_t now)
    {
        const ServedPiece& before = m_before[guest].pieces[piece];
        ServedPiece& after = m_after[guest].pieces[piece];
        after.placed = now;
        after.ready = now + times(before.ready - std::min(before.ready, was), m_service.cooking);
        m_line.emplace(after.ready, guest, piece);
    }

    void serve(std::size_t guest, std::size_t piece, std::uint64_t ready)
    {
        const ServedPiece& before = m_before[guest].pieces[piece];
        ServedPiece& after = m_after[guest].pieces[piece];
        const auto hand = std::ranges::min_element(m_free);
        const std::uint64_t walk = m_service.walks ? (*m_service.walks)[guest][piece] : 0;
        after.ready = ready;
        after.from = std::max(ready, *hand) + walk;
        after.to = after.from + times(before.to - before.from, m_service.computing);
        *hand = after.to;
        m_own[guest] = after.to;
        for (const std::size_t heir : m_heirs[guest][piece]) {
            const std::uint64_t placed = m_before[guest].pieces[heir].placed;
            const std::uint64_t within = std::min(placed, before.to) - before.from;
            const std::uint64_t behind = placed - std::min(placed, before.to);
            getReady(guest, heir, placed, after.from + times(within, m_service.computing) + behind);
        }
    }

    // In order again, and the answer where it was given: in that piece, or so long after it.
    void settle(const Guest& before, Guest& after) const
    {
        after.served = after.came;
        for (std::size_t k = 0; k < before.pieces.size(); ++k) {
            const ServedPiece& was = before.pieces[k];
            if (was.from > before.served)
                break;
            const std::uint64_t within = std::min(before.served, was.to) - was.from;
            const std::uint64_t behind = before.served - std::min(before.served, was.to);
            after.served = after.pieces[k].from + times(within, m_service.computing) + behind;
        }
        std::ranges::stable_sort(after.pieces, {}, &ServedPiece::from);
    }

    const std::vector<Guest>& m_before;
    std::vector<Guest> m_after;
    const Service& m_service;
    std::vector<std::uint64_t> m_free; // from when on each hand has nothing to do
    std::vector<std::uint64_t> m_own; // from when on each guest's own waiter has
    std::vector<std::vector<std::vector<std::size_t>>> m_heirs; // of a guest's piece: those that were placed in it
    using Turn = std::tuple<std::uint64_t, std::size_t, std::size_t>; // ready, guest, piece
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> m_line;
};

} // namespace

std::vector<Guest> served(const std::vector<Guest>& guests, const Service& service)
{
    return Simulation(guests, service).run();
}

} // namespace bistro::app
