// Traces as no engine records them, made from a good one: cut, with bits flipped, or with records that are each
// possible and together are not. The same trace and seed give the same bytes. What is forged follows schema(), so new
// kinds are forged without a change here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::tests {

enum class Mutation : std::uint8_t {
    Truncated, // at any byte, most often among what is defined and recorded
    Flipped, // 1 to 64 bits, most often of the header, the table of segments, the definitions and the published records
    Forged, // records replaced, inserted, repeated, taken out, moved: the reader finds nothing wrong with any of them
};
inline constexpr std::array kMutations {Mutation::Truncated, Mutation::Flipped, Mutation::Forged};

struct Mutant {
    Mutation family {};
    std::vector<std::byte> bytes;
    std::string told; // what was done, for people: "forged: a ring of 3 triggers, 40 records shuffled"
};

// One of the families, by seed: half of them forged. The trace must be one that a Reader opens without damage.
[[nodiscard]] Mutant mutated(std::span<const std::byte> trace, std::uint64_t seed);
[[nodiscard]] Mutant mutated(std::span<const std::byte> trace, std::uint64_t seed, Mutation family);

// The bytes alone.
[[nodiscard]] inline std::vector<std::byte> mutate(std::span<const std::byte> trace, std::uint64_t seed)
{
    return mutated(trace, seed).bytes;
}

[[nodiscard]] std::string_view wordFor(Mutation family);

} // namespace bistro::tests
