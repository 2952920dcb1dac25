// What the lines of a function hold, told from tokens: where a statement of its own may stand, and which are nothing
// but the beginning of a function or a class.
#pragma once

#include "source/outline.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bistro::app {

struct LineOfCode {
    std::uint32_t line = 0;
    std::size_t last = 0; // token of the function's own in it

    bool operator==(const LineOfCode&) const = default;
};

// The lines in which the function itself (null: the file) may run something, by number: its statements, or parts of
// them, and its last brace. No lines of the functions and classes in it, of their heads, nor of brackets alone.
[[nodiscard]] std::vector<LineOfCode> linesOfCode(const Outline& source, const Function* function);

// Whether the line is one of those of the file or of any function.
[[nodiscard]] bool holdsCode(const Outline& source, std::uint32_t line);

// What begins in the line and is all of it: nothing there runs by itself.
enum class LineBegins : std::uint8_t { Nothing, Function, Class };
[[nodiscard]] LineBegins beginsIn(const Outline& source, std::uint32_t line);

} // namespace bistro::app
