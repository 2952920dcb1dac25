// Finds what is worth knowing about a run: by finding in the files of this folder. Inner to app/why.
#pragma once

#include "state/blocked.h"
#include "text/amounts.h"
#include "trace/views.h"
#include "why/finding.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>

namespace bistro::app {

class Finder final {
    Q_DECLARE_TR_FUNCTIONS(Finder)

public:
    Finder(const TraceLog& log, Wording wording, std::chrono::nanoseconds worth, const QString& folder)
        : m_log(log)
        , m_wording(wording)
        , m_worth(static_cast<std::uint64_t>(worth.count()))
        , m_folder(folder)
    {
    }

    [[nodiscard]] std::vector<Finding> make();

private:
    static constexpr std::size_t kOfOneKind = 20; // more of one kind tell nothing new
    static constexpr std::size_t kRow = 100; // calls that starve the loop by their number

    [[nodiscard]] QString text(const Words& words, std::initializer_list<QString> parts = {}) const
    {
        return say(words, m_wording, parts);
    }
    // What it must take to be worth a finding. Of a script, and of the first call that prints, more is needed.
    [[nodiscard]] std::uint64_t worthOf(const OutermostCall& call) const;
    // From that of the call that begins with this event to the one that ends with that.
    [[nodiscard]] std::span<const OutermostCall> callsIn(Index begin, Index end) const
    {
        const auto first = std::ranges::lower_bound(m_calls, begin, {}, &OutermostCall::begin);
        const auto last = std::ranges::upper_bound(first, m_calls.end(), end, {}, &OutermostCall::end);
        return {first, last};
    }
    [[nodiscard]] QString name(OrderId order) const { return named(m_log, order); }
    [[nodiscard]] QString moment(std::uint64_t time) const
    {
        return text({tr("%1 after opening"), tr("%1 after the start of the run")}, {timeText(time)});
    }
    [[nodiscard]] std::size_t found(FindingKind kind) const
    {
        return static_cast<std::size_t>(std::ranges::count(m_found, kind, &Finding::kind));
    }

    // More of a kind than are told one by one: the last one says how many.
    void countMore(FindingKind kind) { ++m_more[static_cast<std::size_t>(kind)]; }
    void tellMore();

    void calls();
    void blocked(); // blocks.cpp
    void blockedBy(const OutermostCall& call, bool atTheDoor);
    [[nodiscard]] bool isSmallInARow(const OutermostCall& call) const;
    [[nodiscard]] bool wasStoppedIn(const OutermostCall& call) const;
    void starved();
    void lateTimers(); // latetimers.cpp
    void rejections(); // rejections.cpp
    void pool(); // pool.cpp
    void race(); // orders.cpp
    void awaits(); // awaits.cpp
    void keepsAlive(); // alive.cpp
    void neverCame(); // never.cpp
    void refusals(); // refusals.cpp
    void notLoaded();
    [[nodiscard]] trace::StackId placeOfLimit(const trace::events::LimitReached& event, Index at) const;

    // Those of the loop's own rails that have been ready for so long in this state.
    [[nodiscard]] std::vector<OrderId> waitingFor(const LoopState& state, std::uint64_t atLeast) const;
    struct Busy {
        CodePlace before; // the last place before it, in the call; none: it was the first that is known
        CodePlace behind; // the first after it
    };
    [[nodiscard]] Busy longest(const OutermostCall& call) const;
    void tellPaused(const std::vector<OrderId>& orders, const CodePlace& place, const CodePlace& made,
        const std::vector<OrderId>& others);
    void tellNeverRang(const std::vector<OrderId>& orders, const CodePlace& place);
    [[nodiscard]] bool areInSeriesForNothing(const CodePlace& first, const CodePlace& second) const;

    const TraceLog& m_log;
    const Wording m_wording;
    const std::uint64_t m_worth;
    const QString m_folder; // whose files may be read; empty: none
    std::array<Index, 2> m_firstOutputs {kNoEvent, kNoEvent}; // on each stream
    std::vector<OutermostCall> m_calls;
    std::vector<Block> m_blocks;
    std::vector<Finding> m_found;
    std::array<int, kFindingKinds> m_more {};
};

} // namespace bistro::app
