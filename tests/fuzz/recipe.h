// A trace in few bytes, for a fuzzer to change: definitions, then events field by field, so that whatever the bytes
// are, the reader finds nothing wrong with the events, and any sound trace has its recipe.
//
//   texts: how many, then each: how long, its bytes | frames: how many, then each: function, script, line, column,
//   caller | events, to the end of the bytes: kind, flags, place, time since the last one, its fields
//
// Numbers are bytes up to 0xEF; 0xF0 is followed by four, 0xF1 by eight, little-endian. Kind 0 is no event: it repeats
// the last ones (how many, how often, by how much the ids of each round grow). Words, texts and frames are taken by
// number, modulo how many there are.
#pragma once

#include "support/tracefile.h"
#include "trace/reader.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace bistro::fuzz {

inline constexpr std::size_t kMostEvents = 12'000; // of a recipe

[[nodiscard]] tests::TraceFile traceOf(std::span<const std::uint8_t> recipe);
// The first events of a trace, so many.
[[nodiscard]] std::vector<std::uint8_t> recipeOf(const trace::Reader& reader, std::size_t most);

} // namespace bistro::fuzz
