// What each kind of event demands of its fields, as tables made from the schema: for the reader, which checks every
// record of a file.
#pragma once

#include "event.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace bistro::trace {

// What has to be known of a field to check it, without walking the schema's sentences for each record.
enum class Demand : std::uint8_t { Anything, Zero, Text, Word, WordOrZero };
using Demands = std::array<Demand, 5>;

[[nodiscard]] const std::array<Demands, kEventKinds>& demands();

// The same for who only asks whether a record is sound, as nearly all are.
struct Sound {
    struct Words {
        std::uint32_t field = 0;
        std::uint64_t known = 0; // a bit for each value below 64 that has a meaning
    };
    std::array<std::uint32_t, 5> unused {}; // all bits of fields that must be zero
    std::array<std::uint32_t, 5> texts {}; // all bits of fields that name a text
    std::array<Words, 5> words;
    std::uint32_t wordFields = 0;
};

[[nodiscard]] const std::array<Sound, kEventKinds>& soundness();

// Whether nothing is wrong with its fields; false also where only the demands can tell.
[[nodiscard]] inline bool isSound(const Record& record, const Sound& sound, std::size_t texts, std::size_t frames)
{
    const std::array<std::uint32_t, 5> fields {record.small, record.a, record.b, record.c, record.d};
    std::uint32_t unused = 0;
    std::uint32_t text = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        unused |= fields[i] & sound.unused[i];
        text = std::max(text, fields[i] & sound.texts[i]);
    }
    if (unused != 0 || text > texts || record.stack > frames)
        return false;
    for (std::uint32_t i = 0; i < sound.wordFields; ++i) {
        const std::uint32_t value = fields[sound.words[i].field];
        if (value >= 64 || (sound.words[i].known >> value & 1) == 0)
            return false;
    }
    return true;
}

} // namespace bistro::trace
