#include "state/timerlists.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace bistro::app {

void TimerLists::start(Async id, Milliseconds duration, Milliseconds startTime, Event by)
{
    if (id == 0)
        return; // one of Node's own that cannot be told from others
    leave(id);
    const Slot* const known = m_byDuration.find(keyOf(duration));
    const Slot slot = known ? *known : newList(duration, Time {startTime} + duration);
    m_entries.at(id) = {
        .list = slot, .position = edit(slot).timers.push({.id = id, .start = startTime}), .start = startTime, .by = by};
}

void TimerLists::leave(Async id)
{
    if (const Entry* const entry = m_entries.find(id)) {
        edit(entry->list).timers.erase(entry->position);
        m_entries.erase(id);
    }
}

void TimerLists::clear(Async id, bool referenced)
{
    const Entry* const entry = m_entries.find(id);
    if (!entry) { // its own callback clears it: it stands in no list, but its list may go
        if (id == m_calling && referenced && m_serving != 0 && list(m_serving).timers.empty())
            dropList(m_serving);
        return;
    }
    const Slot slot = entry->list;
    leave(id);
    if (referenced && list(slot).timers.empty())
        dropList(slot);
}

void TimerLists::process(Time now)
{
    m_processing = true;
    m_now = now;
    m_serving = 0;
    m_chosen = 0;
    choose();
}

void TimerLists::processed()
{
    while (m_processing) {
        choose();
        if (m_chosen != 0) // it was not the end: an error, or a trace that lies
            m_processing = false;
    }
    m_serving = 0;
    m_chosen = 0;
}

void TimerLists::called(Async id)
{
    if (const Entry* const entry = m_entries.find(id); entry && m_processing) {
        const Slot slot = entry->list;
        while (m_processing && m_serving != slot) { // Node has passed the lists before it, and put them back
            choose();
            if (m_chosen != 0)
                break; // not what Node does: another one was due
        }
        m_processing = true;
        m_serving = slot;
    }
    leave(id);
    m_calling = id;
    m_chosen = 0;
}

void TimerLists::returned()
{
    m_calling = 0;
    if (m_processing)
        choose();
}

// What listOnTimeout and processTimers do between two calls: the next timer of this list is taken before the ticks run;
// when the list is done, the next list is.
void TimerLists::choose()
{
    m_chosen = 0;
    while (true) {
        if (m_serving == 0) {
            if (m_heap.empty() || first().expiry > m_now) {
                m_processing = false;
                return;
            }
            m_serving = first().list;
            return; // its first timer is looked at only after the ticks
        }
        const List& served = list(m_serving);
        if (served.timers.empty()) {
            dropList(m_serving);
        } else if (const Timer& head = served.timers.front(); !isDue(head, served.duration)) {
            const Time expiry = std::max(Time {head.start} + served.duration, m_now + 1);
            ++m_turns;
            if (const std::uint32_t place = placeOf(m_serving); place != 0)
                percolateDown(place, {.expiry = expiry, .turn = m_turns, .list = m_serving});
        } else {
            m_chosen = head.id;
            return;
        }
        m_serving = 0;
    }
}

std::optional<TimerLists::Async> TimerLists::next() const
{
    if (!m_processing)
        return {};
    if (m_chosen != 0 && contains(m_chosen))
        return m_chosen;
    if (m_serving != 0 && !list(m_serving).timers.empty()) {
        const Timer& head = list(m_serving).timers.front();
        if (isDue(head, list(m_serving).duration))
            return head.id;
    }
    // The list that was taken has nothing (any more): go on as Node will, on a copy.
    TimerLists ahead = *this;
    while (ahead.m_processing) {
        ahead.choose();
        if (ahead.m_processing && ahead.m_chosen == 0 && !ahead.list(ahead.m_serving).timers.empty()
            && ahead.isDue(ahead.list(ahead.m_serving).timers.front(), ahead.list(ahead.m_serving).duration))
            ahead.m_chosen = ahead.list(ahead.m_serving).timers.front().id;
        if (ahead.m_chosen != 0)
            return ahead.m_chosen;
    }
    return {};
}

std::vector<TimerLists::Async> TimerLists::inOrder(Time now, std::size_t limit) const
{
    std::vector<Async> order;
    TimerLists ahead = *this;
    while (order.size() < limit) {
        if (!ahead.m_processing) {
            if (ahead.m_heap.empty())
                break;
            ahead.process(std::max({now, ahead.m_now, ahead.first().expiry}));
        }
        const std::optional<Async> id = ahead.next();
        if (!id) { // next() has looked through to the end
            while (ahead.m_processing)
                ahead.choose();
            continue;
        }
        order.push_back(*id);
        if (order.size() == limit)
            break; // a call would only be made to know the next
        ahead.called(*id);
        ahead.returned();
    }
    return order;
}

std::vector<TimerLists::Async> TimerLists::dueAt(Time now, std::size_t limit) const
{
    std::vector<Async> order;
    TimerLists ahead = *this;
    if (!ahead.m_processing)
        ahead.process(now);
    while (order.size() < limit) {
        const std::optional<Async> id = ahead.next();
        if (!id)
            break;
        order.push_back(*id);
        if (order.size() == limit)
            break; // a call would only be made to know the next
        ahead.called(*id);
        ahead.returned();
    }
    return order;
}

std::size_t TimerLists::dueBy(Time now, std::size_t looks) const
{
    now = m_processing ? m_now : now; // what becomes due meanwhile is of the next time
    std::size_t due = 0;
    std::vector<std::uint32_t> places {1};
    while (!places.empty() && looks > 0) {
        const std::uint32_t place = places.back();
        places.pop_back();
        const Due* const next = m_heap.find(place);
        if (!next || next->expiry > now) // so are those below it
            continue;
        --looks;
        const List& each = list(next->list);
        const auto isDue = [&](const Timer& timer) { return now >= timer.start && now - timer.start >= each.duration; };
        if (const Timer* const last = each.timers.back(); last && isDue(*last)) {
            due += each.timers.size(); // who came later is due later
        } else {
            each.timers.visit([&](const Timer& timer) {
                if (looks == 0 || !isDue(timer))
                    return false;
                --looks;
                ++due;
                return true;
            });
        }
        places.push_back(place * 2 + 1);
        places.push_back(place * 2);
    }
    return due;
}

std::optional<TimerLists::Milliseconds> TimerLists::dueOf(Async id) const
{
    const Entry* const entry = m_entries.find(id);
    if (!entry)
        return {};
    return static_cast<Milliseconds>(std::min<Time>(Time {entry->start} + list(entry->list).duration, UINT32_MAX));
}

std::optional<TimerLists::Event> TimerLists::startedBy(Async id) const
{
    const Entry* const entry = m_entries.find(id);
    return entry ? std::optional(entry->by) : std::nullopt;
}

std::size_t TimerLists::bytesBeside(const TimerLists& other) const
{
    const auto queue = [](const List& one, const List& there) { return one.timers.bytesBeside(there.timers); };
    return m_lists.bytesBeside(other.m_lists, queue) + m_heap.bytesBeside(other.m_heap)
        + m_places.bytesBeside(other.m_places) + m_byDuration.bytesBeside(other.m_byDuration)
        + m_entries.bytesBeside(other.m_entries);
}

TimerLists::Slot TimerLists::newList(Milliseconds duration, Time expiry)
{
    Slot slot = m_free;
    if (slot != 0)
        m_free = list(slot).nextFree;
    else
        slot = static_cast<Slot>(m_lists.size() + 1);
    m_lists.at(slot) = {.duration = duration, .nextFree = 0, .timers = {}};
    m_byDuration.at(keyOf(duration)) = slot;
    heapInsert({.expiry = expiry, .turn = ++m_turns, .list = slot});
    return slot;
}

void TimerLists::dropList(Slot slot)
{
    const std::uint32_t place = placeOf(slot);
    if (place == 0)
        return; // it has gone already
    m_byDuration.erase(keyOf(list(slot).duration));
    heapRemoveAt(place);
    edit(slot) = {.nextFree = m_free, .timers = {}};
    m_free = slot;
    if (m_serving == slot)
        m_serving = 0;
}

void TimerLists::put(const Due& due, std::uint32_t place)
{
    m_heap.at(place) = due;
    m_places.at(due.list) = place;
}

void TimerLists::heapInsert(const Due& due)
{
    percolateUp(static_cast<std::uint32_t>(m_heap.size() + 1), due);
}

void TimerLists::heapRemoveAt(std::uint32_t place)
{
    assert(place > 0 && place <= m_heap.size());
    m_places.erase(m_heap.find(place)->list);
    const auto end = static_cast<std::uint32_t>(m_heap.size());
    const Due last = *m_heap.find(end);
    m_heap.erase(end);
    if (place == end)
        return;
    if (place > 1 && before(last, *m_heap.find(place / 2)))
        percolateUp(place, last);
    else
        percolateDown(place, last);
}

// From the place, which is free or about to be taken by this one.
void TimerLists::percolateUp(std::uint32_t place, Due due)
{
    while (place > 1) {
        const Due parent = *m_heap.find(place / 2);
        if (before(parent, due))
            break;
        put(parent, place);
        place /= 2;
    }
    put(due, place);
}

void TimerLists::percolateDown(std::uint32_t place, Due due)
{
    const auto size = static_cast<std::uint32_t>(m_heap.size());
    while (place * 2 <= size) {
        std::uint32_t child = place * 2;
        const Due* least = m_heap.find(child);
        if (child < size) {
            if (const Due* const right = m_heap.find(child + 1); !before(*least, *right)) {
                least = right;
                ++child;
            }
        }
        if (before(due, *least))
            break;
        put(Due(*least), place);
        place = child;
    }
    put(due, place);
}

} // namespace bistro::app
