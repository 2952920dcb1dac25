// An answer in words: a headline, the reasons for it, and the rules behind them. A value; it says only what the trace
// holds.
//
// Every sentence exists for two readers (Wording) and goes through translation. Sentences are plain text that may hold
// whatever the program's source holds (titles of orders); who shows them escapes them.
#pragma once

#include "state/describe.h"
#include "state/loopstate.h"
#include "why/rules.h"

#include <QString>

#include <vector>

namespace bistro::app {

enum class Tense : std::uint8_t { Present, Past };

// Where something was filled into a sentence, such as a name.
struct FilledIn {
    qsizetype from = 0;
    qsizetype size = 0;

    bool operator==(const FilledIn&) const = default;
};

struct Reason {
    Rule rule {}; // what makes it so
    QString sentence;
    std::vector<Index> events; // what it follows from, in the order of the trace
    std::vector<OrderId> orders; // those that the sentence names, in its order
    std::vector<FilledIn> parts {}; // of the sentence, from left to right; empty: not known

    bool operator==(const Reason&) const = default;
};

struct Explanation {
    QString headline; // one sentence or two; empty: there is nothing to explain
    std::vector<Reason> reasons; // numbered from 1 for people; may be empty
    Rule rule {}; // behind the headline
    QString ruleText; // that rule in the runtime's words, for both readers
    std::vector<Index> events; // what the headline follows from
    std::vector<OrderId> orders; // those that the headline names, in its order
    std::vector<FilledIn> parts; // of the headline, from left to right; empty: not known
    bool race = false; // another run of the same program may answer otherwise
    bool byTime = false; // of two: the clock, a cook or the kernel decided, however far apart they were; of a race, too

    explicit operator bool() const { return !headline.isEmpty(); }
    bool operator==(const Explanation&) const = default;
};

} // namespace bistro::app
