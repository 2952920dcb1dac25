// What a call looks like in JavaScript source: its name, and the argument that will be called back. A tokenizer, not a parser:
// it knows strings, templates, comments, regular expressions and brackets, and makes the best of source that is cut.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bistro::app {

struct CallSite {
    std::string_view name; // as written, without what stands before the last dot: "readFile"
    std::string_view callback; // source of the argument that is the callback; empty when none looks like one
    std::string_view callbackName; // of a named function or an identifier; empty for an anonymous one
    std::string firstText; // of the first string literal in the callback that is not empty; a template's gaps are "…"
};

// The call at this position of a source, as V8 gives it in a frame: line and column from 1, columns in UTF-16 units. Nothing when
// no call stands there.
[[nodiscard]] std::optional<CallSite> callAt(std::string_view source, std::uint32_t line, std::uint32_t column);

} // namespace bistro::app
