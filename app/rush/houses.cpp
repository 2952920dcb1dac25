// The same rush under other assumptions, and in a house with a waiter for each guest.
#include "rush/rush.h"

#include "rush/simulation.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace bistro::app {
namespace {

std::uint64_t sumOf(const std::vector<Guest>& guests, std::uint64_t (Guest::*time)() const)
{
    return std::accumulate(guests.begin(), guests.end(), std::uint64_t {0},
        [time](std::uint64_t sum, const Guest& guest) { return sum + (guest.*time)(); });
}

std::uint64_t longestWaitOf(const std::vector<Guest>& guests)
{
    std::uint64_t longest = 0;
    for (const Guest& guest : guests)
        longest = std::max(longest, guest.waitedForWaiter());
    return longest;
}

std::uint64_t lastServed(const std::vector<Guest>& guests)
{
    std::uint64_t last = 0;
    for (const Guest& guest : guests)
        last = std::max(last, guest.served);
    return last;
}

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// So many guests: the first of those that came, or they come again, in the same rhythm, at tables of their own.
std::vector<Guest> guestsOf(const std::vector<Guest>& came, int count)
{
    const auto wanted = count > 0 ? static_cast<std::size_t>(count) : came.size();
    std::vector<Guest> guests(came.begin(), came.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, came.size())));
    if (came.size() < 2)
        return guests;
    const std::uint64_t all = came.back().came - came.front().came;
    const std::uint64_t period = all + all / (came.size() - 1);
    std::uint32_t table = 0;
    for (const Guest& guest : came)
        table = std::max(table, guest.table);
    while (guests.size() < wanted) {
        Guest again = came[guests.size() % came.size()];
        const std::uint64_t later = period * (guests.size() / came.size());
        again.table = ++table;
        again.event = kNoEvent;
        again.came += later;
        again.served += later;
        for (ServedPiece& piece : again.pieces) {
            piece.begin = kNoEvent;
            piece.from += later;
            piece.to += later;
            piece.ready += later;
            piece.placed += later;
        }
        guests.push_back(std::move(again));
    }
    return guests;
}

// How long the waiter was on his way to each piece, by guest and piece: since it was ready and the piece before it,
// whoever's, was over.
std::vector<std::vector<std::uint64_t>> walksOf(const std::vector<Guest>& guests)
{
    std::vector<std::vector<std::uint64_t>> walks;
    std::vector<std::pair<std::size_t, std::size_t>> all;
    for (std::size_t i = 0; i < guests.size(); ++i) {
        walks.emplace_back(guests[i].pieces.size());
        for (std::size_t k = 0; k < guests[i].pieces.size(); ++k)
            all.emplace_back(i, k);
    }
    const auto piece = [&](const auto& at) -> const ServedPiece& { return guests[at.first].pieces[at.second]; };
    std::ranges::sort(all, {}, [&](const auto& at) { return piece(at).from; });
    std::uint64_t before = 0;
    for (const auto& at : all) {
        const std::uint64_t could = std::max(before, piece(at).ready);
        walks[at.first][at.second] = piece(at).from - std::min(piece(at).from, could);
        before = std::max(before, piece(at).to);
    }
    return walks;
}

// While nothing is ready and nobody works.
std::vector<RushSpan> restsOf(const std::vector<Guest>& guests, std::uint64_t end)
{
    std::vector<RushSpan> busy; // he serves, or is on his way
    for (const Guest& guest : guests) {
        for (const ServedPiece& piece : guest.pieces)
            busy.push_back({.from = piece.ready, .to = piece.to});
    }
    std::ranges::sort(busy, {}, &RushSpan::from);
    std::vector<RushSpan> rests;
    std::uint64_t until = 0;
    for (const RushSpan& span : busy) {
        if (span.from > until)
            rests.push_back({.from = until, .to = span.from});
        until = std::max(until, span.to);
    }
    if (until < end)
        rests.push_back({.from = until, .to = end});
    return rests;
}

} // namespace

std::uint64_t Guest::left() const
{
    return std::max(served, pieces.empty() ? 0 : pieces.back().to);
}

std::uint64_t Guest::worked() const
{
    std::uint64_t sum = 0;
    for (const ServedPiece& piece : pieces)
        sum += piece.to - piece.from;
    return sum;
}

std::vector<RushSpan> Guest::waits() const
{
    // Between two pieces: from when on any of those to come is ready.
    std::vector<RushSpan> spans;
    std::uint64_t ready = UINT64_MAX;
    for (std::size_t k = pieces.size(); k-- > 0;) {
        ready = std::min(ready, pieces[k].ready);
        const std::uint64_t free = std::max(k == 0 ? came : pieces[k - 1].to, ready);
        if (free < pieces[k].from)
            spans.push_back({.from = free, .to = pieces[k].from});
    }
    std::ranges::reverse(spans);
    return spans;
}

std::uint64_t Guest::waitedForWaiter() const
{
    std::uint64_t waited = 0;
    for (const RushSpan& span : waits())
        waited += span.to - span.from;
    return waited;
}

std::uint64_t Guest::waitedForOthers() const
{
    const std::uint64_t there = left() - std::min(left(), came);
    return there - std::min(there, worked() + waitedForWaiter());
}

std::uint64_t Rush::serving() const
{
    return sumOf(guests, &Guest::worked);
}

std::uint64_t Rush::longestWait() const
{
    return longestWaitOf(guests);
}

double Rush::idleShare() const
{
    return 1 - std::min(1., share(serving(), end));
}

std::uint64_t HouseOfMany::serving() const
{
    return sumOf(guests, &Guest::worked);
}

std::uint64_t HouseOfMany::waitingForCores() const
{
    return sumOf(guests, &Guest::waitedForWaiter);
}

std::uint64_t HouseOfMany::idle() const
{
    std::uint64_t sum = 0;
    for (const Guest& guest : guests)
        sum += idleBeside(guest);
    return sum;
}

std::uint64_t HouseOfMany::longestWait() const
{
    return longestWaitOf(guests);
}

double HouseOfMany::idleShare() const
{
    return share(idle(), idle() + waitingForCores() + serving());
}

std::uint64_t idleBeside(const Guest& guest)
{
    return guest.waitedForOthers();
}

Rush withAssumptions(const Rush& measured, const RushAssumptions& assumptions)
{
    if (!assumptions.moved())
        return measured;
    const std::vector<Guest> guests = guestsOf(measured.guests, assumptions.guests);
    Rush rush {.start = measured.start, .computed = true};
    const auto walks = walksOf(measured.guests);
    std::vector<std::vector<std::uint64_t>> each;
    for (std::size_t i = 0; i < guests.size(); ++i)
        each.push_back(walks[i % walks.size()]);
    rush.guests = served(guests,
        {.cooking = std::max(0., assumptions.cooking),
            .computing = std::max(0., assumptions.computing),
            .walks = std::move(each)});
    rush.end = lastServed(rush.guests);
    rush.rests = restsOf(rush.guests, rush.end);
    return rush;
}

HouseOfMany oneForEach(const Rush& rush, const RushAssumptions& assumptions)
{
    HouseOfMany house {.guests = served(rush.guests, {.walks = {}, .cores = std::max(1, assumptions.cores)})};
    house.end = lastServed(house.guests);
    return house;
}

int idleWaiters(const HouseOfMany& house)
{
    struct Change {
        int there = 0;
        int busy = 0;
    };
    std::map<std::uint64_t, Change> changes;
    for (const Guest& guest : house.guests) {
        ++changes[guest.came].there;
        --changes[guest.left()].there;
        for (const ServedPiece& piece : guest.pieces) {
            ++changes[piece.from].busy;
            --changes[piece.to].busy;
        }
        for (const RushSpan& wait : guest.waits()) {
            ++changes[wait.from].busy;
            --changes[wait.to].busy;
        }
    }
    int most = 0;
    int there = 0;
    int busy = 0;
    std::map<int, std::uint64_t> held; // so long so many stand idle, while most are there
    for (auto at = changes.begin(); at != changes.end() && std::next(at) != changes.end(); ++at) {
        there += at->second.there;
        busy += at->second.busy;
        if (there < most)
            continue;
        if (there > most)
            held.clear();
        most = there;
        held[there - busy] += std::next(at)->first - at->first;
    }
    int idle = 0;
    std::uint64_t longest = 0;
    for (const auto& [count, time] : held) {
        if (time > longest) {
            idle = count;
            longest = time;
        }
    }
    return std::max(0, idle);
}

bool waiterIsTheBottleneck(const Rush& rush)
{
    return sumOf(rush.guests, &Guest::waitedForWaiter) > sumOf(rush.guests, &Guest::waitedForOthers);
}

std::optional<int> bottleneckFrom(const Rush& measured, const RushAssumptions& assumptions)
{
    const int most = assumptions.guests > 0 ? assumptions.guests : static_cast<int>(measured.guests.size());
    const int step = std::max(1, most / 64); // of very many, about
    for (int guests = 2; guests <= most; guests += step) {
        RushAssumptions fewer = assumptions;
        fewer.guests = guests;
        if (guests == static_cast<int>(measured.guests.size()) && !assumptions.moved())
            fewer.guests = 0;
        if (waiterIsTheBottleneck(withAssumptions(measured, fewer)))
            return guests;
    }
    return {};
}

} // namespace bistro::app
