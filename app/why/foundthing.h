// A finding that outlives the log it was found in: in the words of both skins, without views into any text.
#pragma once

#include "why/finding.h"
#include "why/rules.h"

#include <array>
#include <string>
#include <vector>

namespace bistro::app {

struct FoundThing {
    struct Words {
        QString what;
        QString since;
        QString waits; // empty: nobody
        std::vector<QString> helps;
        bool operator==(const Words&) const = default;
    };
    FindingKind kind {};
    std::array<Words, 2> words; // as in()
    trace::StackId frame; // of the place in the program; none: not known, or not of a stack
    std::string script;
    std::uint32_t line = 0; // from 1; 0: unknown
    std::uint32_t column = 0;
    std::uint64_t took = 0; // nanoseconds; 0 where that has no meaning
    Index first = 0; // the event that it begins with, and the last one that it follows from
    Index last = 0;
    std::uint64_t time = 0; // of the first
    OrderId order; // who it is about; none: nobody in particular

    [[nodiscard]] const Words& in(Wording wording) const { return words[wording == Wording::Restaurant ? 0 : 1]; }
    // Where it can be seen: what holds others up is at its worst just before it ends.
    [[nodiscard]] Index place() const;
    // Whether that moment is within it.
    [[nodiscard]] bool isAt(Index place) const { return place > first && place <= std::max(last, first + 1); }

    bool operator==(const FoundThing&) const = default;
};

// How much one of this kind matters: 0 most.
[[nodiscard]] int weightOf(FindingKind kind);

// All of a trace (findings.h), the worst first, of the same weight by moment.
[[nodiscard]] std::vector<FoundThing> foundThings(const TraceLog& log, const QString& folder = {});

} // namespace bistro::app
