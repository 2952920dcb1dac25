// Places in the program's source, or in Node's, as frames of the trace tell them. Free functions; the log's thread.
#pragma once

#include "state/tracelog.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace bistro::app {

// One frame of a stack, in the program or in Node.
struct CodePlace {
    trace::StackId frame; // none: of no stack that the trace has
    std::string_view function; // empty: the top level of a script, or no name
    std::string_view script; // URL or path, as V8 names it
    std::uint32_t line = 0; // from 1; 0: unknown
    std::uint32_t column = 0;

    explicit operator bool() const { return static_cast<bool>(frame) || line != 0; }
    bool operator==(const CodePlace&) const = default;
};

[[nodiscard]] CodePlace placeOfFrame(const TraceLog& log, trace::StackId frame);
// The innermost frame of a stack that is the program's own JavaScript: not of Node, a package or WebAssembly; none if
// there is none.
[[nodiscard]] CodePlace learnersPlace(const TraceLog& log, trace::StackId stack);

// "lesson.js" of a path or URL; "lesson.js:4:1" of a place, empty for none.
[[nodiscard]] std::string_view fileName(std::string_view script);
[[nodiscard]] std::string placeText(const CodePlace& place);

} // namespace bistro::app
