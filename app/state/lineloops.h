// Part of the index of lines: where the loops of a source stand, told from its tokens, and which part of one a stop is
// in. V8 stops in the head of a loop several times a round: at what sets it up, at the test (or where it takes the next
// element), at the update.
#pragma once

#include "source/outline.h"
#include "trace/ids.h"
#include "trace/layout.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace bistro::app {

struct LineLoop {
    // Tokens. A head without a test has one that is empty; a `do` has no head.
    std::size_t begin = 0;
    std::size_t open = 0;
    std::size_t testBegin = 0;
    std::size_t testEnd = 0;
    std::size_t updateBegin = 0; // up to the head's end; that: there is none
    std::size_t close = 0;
    std::size_t end = 0; // behind its body
    std::uint32_t testLine = 0; // from there
    std::uint32_t testLastLine = 0;
    std::size_t bodyBegin = 0;
    std::size_t bodyEnd = 0;
    bool isInOneLine = false;
    bool isEmpty = false; // nothing in its body stops

    [[nodiscard]] bool has(std::size_t token) const { return begin <= token && token < end; }
    [[nodiscard]] bool isHead(std::size_t token) const { return open < token && token < close; }
    [[nodiscard]] bool isTest(std::size_t token) const { return testBegin <= token && token < testEnd; }
    [[nodiscard]] bool isUpdate(std::size_t token) const { return updateBegin <= token && token < close; }
    [[nodiscard]] bool isSetup(std::size_t token) const { return isHead(token) && !isTest(token) && !isUpdate(token); }
    [[nodiscard]] bool isBody(std::size_t token) const { return bodyBegin <= token && token < bodyEnd; }
};

class LineLoops final {
public:
    struct Stop {
        std::size_t token = 0;
        std::uint32_t line = 0;
        std::uint32_t column = 0;
        const Function* function = nullptr; // its own; null: the top level
        const LineLoop* head = nullptr; // the innermost one, of the stop's own function, in whose head it is
        const LineLoop* inLine = nullptr; // the outermost one that stands in one line, and has it
        const LineLoop* round = nullptr; // the innermost of these, with no other in it, of whose rounds it is a part
    };

    // The source outlives it.
    explicit LineLoops(std::string_view source);

    // Whether stops in the line may be parts of a loop's head.
    [[nodiscard]] bool concern(std::uint32_t line) const { return m_lines.contains(line); }
    // Remembered by the frame's number.
    [[nodiscard]] const Stop& at(trace::StackId id, const trace::Frame& frame);
    [[nodiscard]] const Outline& outline() const { return m_outline; }
    // Where the outermost loop begins, of the stop's own function, that the stop is in; the stop itself: it is in none.
    [[nodiscard]] std::size_t outermostAround(const Stop& stop) const;

private:
    void add(std::size_t keyword);
    void findRound(Stop& stop) const;
    [[nodiscard]] std::size_t behind(std::size_t bracket) const;
    [[nodiscard]] std::size_t statementEnd(std::size_t begin, int within);

    Outline m_outline;
    std::vector<LineLoop> m_loops; // by where they begin
    std::unordered_set<std::uint32_t> m_lines;
    std::unordered_set<std::size_t> m_tails; // `while` of a `do`
    std::unordered_map<std::uint32_t, Stop> m_stops;
    std::size_t m_looks = 1'000'000; // tokens that are looked at for ends of statements: of no source all the time
};

} // namespace bistro::app
