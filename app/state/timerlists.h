// Node's timers as Node keeps them (lib/internal/timers.js; the version: runtimerules.h): a list for each duration, in
// the order of insertion, and a binary heap of the lists by expiry. A list's expiry is not renewed when its first timer
// is cleared, so that a timer may run before one that was due earlier; of equal expiries the list goes first that was
// made or put back first. A value; no I/O. Copies share what has not changed since.
#pragma once

#include "state/fifo.h"
#include "state/idtree.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace bistro::app {

class TimerLists final {
public:
    using Async = std::uint32_t; // the timer's async id
    using Milliseconds = std::uint32_t; // of the loop's clock
    using Event = std::uint32_t; // an EventIndex
    using Time
        = std::uint64_t; // the same where it is added up: a trace may say what no clock shows, and that must not wrap

    struct Timer {
        Async id = 0;
        Milliseconds start = 0;

        explicit operator bool() const { return id != 0; }
        bool operator==(const Timer&) const = default;
    };

    // Appended to the list of its duration, taken off the one where it was. `by`: the event that says so.
    void start(Async id, Milliseconds duration, Milliseconds start, Event by = 0);
    // clearTimeout and the like: a list that this empties goes only when the timer is referenced.
    void clear(Async id, bool referenced);
    // processTimers(now) begins, anew after an error.
    void process(Time now);
    // It came to its end: a list that was found not to be due was put back.
    void processed();
    // The timer's callback starts, and is over.
    void called(Async id);
    void returned();

    // While timers are processed: whom the next call is for, if no other code intervenes.
    [[nodiscard]] std::optional<Async> next() const;
    // All that wait, in the order in which they would run if the loop looked at them at `now`, its clock then jumped
    // from one due time to the next, and nothing else happened; at most `limit`.
    [[nodiscard]] std::vector<Async> inOrder(Time now, std::size_t limit) const;
    // The same, of those due at `now` only.
    [[nodiscard]] std::vector<Async> dueAt(Time now, std::size_t limit) const;
    // How many that would be without a limit. Looks at no more lists and timers than `looks`: beyond them it is at
    // least so many.
    [[nodiscard]] std::size_t dueBy(Time now, std::size_t looks) const;

    // True: none of them is due by then. Looks at one list only, and so may be false although none is.
    [[nodiscard]] bool noneDueBy(Time now) const { return !m_processing && (m_heap.empty() || first().expiry > now); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] bool contains(Async id) const { return m_entries.find(id) != nullptr; }
    [[nodiscard]] bool isProcessing() const { return m_processing; }
    // When the timer is due, by the last that the clock can show at most; nothing when it is not waiting.
    [[nodiscard]] std::optional<Milliseconds> dueOf(Async id) const;
    // The event that started it last; nothing when it is not waiting.
    [[nodiscard]] std::optional<Event> startedBy(Async id) const;

    // On the heap, beside what it shares with the other, about.
    [[nodiscard]] std::size_t bytesBeside(const TimerLists& other) const;

    bool operator==(const TimerLists&) const = default;

private:
    using Slot = std::uint32_t; // of m_lists, from 1

    struct List {
        Milliseconds duration = 0;
        Slot nextFree = 0; // of a free one: the next; 0 for none
        Fifo<Timer> timers;

        bool operator==(const List&) const = default;
    };
    // A list's place in the heap has all that is compared, so that a look at the heap asks no list.
    struct Due {
        Time expiry = 0;
        std::uint64_t turn = 0; // decides between equal expiries
        Slot list = 0;

        bool operator==(const Due&) const = default;
    };
    struct Entry {
        Slot list = 0;
        Fifo<Timer>::Position position = 0;
        Milliseconds start = 0;
        Event by = 0;

        bool operator==(const Entry&) const = default;
    };

    // Valid until the next change; edit() only to change it, since it makes a copy of what others hold, too.
    [[nodiscard]] const List& list(Slot slot) const { return *m_lists.find(slot); }
    [[nodiscard]] List& edit(Slot slot) { return *m_lists.edit(slot); }
    [[nodiscard]] const Due& first() const { return *m_heap.find(1); }
    // In the heap, from 1; 0: it is not in it, and free for another.
    [[nodiscard]] std::uint32_t placeOf(Slot slot) const
    {
        const std::uint32_t* const place = m_places.find(slot);
        return place ? *place : 0;
    }
    [[nodiscard]] static std::uint32_t keyOf(Milliseconds duration) { return std::min(duration, UINT32_MAX - 1) + 1; }
    void leave(Async id);
    [[nodiscard]] Slot newList(Milliseconds duration, Time expiry);
    void dropList(Slot slot);
    void choose();
    [[nodiscard]] bool isDue(const Timer& timer, Milliseconds duration) const
    {
        return m_now >= timer.start && m_now - timer.start >= duration;
    }

    [[nodiscard]] static bool before(const Due& a, const Due& b)
    {
        return a.expiry != b.expiry ? a.expiry < b.expiry : a.turn < b.turn;
    }
    void put(const Due& due, std::uint32_t place);
    void heapInsert(const Due& due);
    void heapRemoveAt(std::uint32_t place);
    void percolateUp(std::uint32_t place, Due due);
    void percolateDown(std::uint32_t place, Due due);

    IdTree<List> m_lists; // by slot, none of which is ever missing
    Slot m_free = 0; // the first of those that hold no list; 0 for none
    IdTree<Due> m_heap; // by place
    IdTree<std::uint32_t> m_places; // by slot, of lists that are in the heap
    IdTree<Slot> m_byDuration; // keyOf() -> list
    IdTree<Entry> m_entries; // timer -> where it waits
    std::uint64_t m_turns = 0;
    bool m_processing = false;
    Time m_now = 0;
    Slot m_serving = 0; // the list being served; 0: the heap's first comes next
    Async m_calling = 0; // whose callback runs
    Async m_chosen = 0; // already taken for the next call, before the ticks in between
};

} // namespace bistro::app
