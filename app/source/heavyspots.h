// What in a program's text can hold up one call for long: synchronous calls that have an asynchronous twin, patterns
// that try without end, JSON, loops. Read from the source alone: that it is there is sure, that it is the cause is not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

enum class HeavyKind : std::uint8_t {
    SyncCall, // fs.readFileSync and the like
    EndlessLoop, // it has no condition, and no break, return, throw or await
    Pattern, // a regular expression that repeats what repeats already
    Json, // JSON.parse, JSON.stringify
    Loop,
};

struct HeavySpot {
    HeavyKind kind {};
    std::uint32_t line = 0; // from 1
    std::uint32_t column = 0; // in bytes
    std::string name; // as written: "pbkdf2Sync", "JSON.parse", "for", "(a+)+"
};

struct SourcePosition {
    std::uint32_t line = 0; // from 1; 0: none
    std::uint32_t column = 0;

    explicit operator bool() const { return line != 0; }
};

// A stretch of a function that has run: behind `from` to `until` when both are in it and in that order, to its end
// without `until`, all of it else. Without `from`: the innermost function around `until`. Functions of the same source
// that it calls by a name that only one of them has are part of it; those that it only passes on to be called later are
// not. In the order of the text.
[[nodiscard]] std::vector<HeavySpot> heavySpots(std::string_view source, SourcePosition from, SourcePosition until);

// The same for a whole function that stands there in the source, as the argument of a call does: "() => sort(rows)", or
// the name of one.
[[nodiscard]] std::vector<HeavySpot> heavySpotsOf(std::string_view source, std::string_view function);
// The same for the function that is handed to the first call of that name: createServer(… (request, response) => …).
[[nodiscard]] std::vector<HeavySpot> heavySpotsOfArgument(std::string_view source, std::string_view called);

} // namespace bistro::app
