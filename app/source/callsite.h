// What a call looks like in JavaScript source: its name, and the argument that will be called back. A tokenizer, not a
// parser: it knows strings, templates, comments, regular expressions and brackets, and makes the best of source that is
// cut.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

struct CallSite {
    std::string_view name; // as written, without what stands before the last dot: "readFile"
    std::string_view callback; // source of the argument that is the callback; empty when none looks like one
    std::string_view callbackName; // of a named function or an identifier; empty for an anonymous one
    std::string firstText; // of the first string literal in the callback that is not empty; a template's gaps are "…"
    std::string_view literal; // the same as it is written, quotes included
    std::vector<std::string_view>
        names; // behind it in the callback, in order: names that the callback does not declare or assign itself
    std::vector<std::string_view> ownNames; // those that it does
};

// A value by its variable's name; empty for what has none.
using ValueOf = std::function<std::string(std::string_view name)>;
// The call's first text with values: in the gaps of a template that hold nothing but a name, else behind it that of the
// first name that has one. Empty when no name has.
[[nodiscard]] std::string textWithValues(const CallSite& call, const ValueOf& valueOf);
// Whether a loop around this place makes the name new for each round, for (let name …), and its body never assigns it.
[[nodiscard]] bool isOfEachRound(
    std::string_view source, std::uint32_t line, std::uint32_t column, std::string_view name);

// The call at this position of a source, as V8 gives it in a frame: line and column from 1, columns in UTF-16 units.
// Nothing when no call stands there.
[[nodiscard]] std::optional<CallSite> callSiteAt(std::string_view source, std::uint32_t line, std::uint32_t column);

} // namespace bistro::app
