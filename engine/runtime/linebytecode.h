// What V8's bytecode says of a place: what its instruction is, whether a statement begins there, and from where on a
// block's variable is set. Read from memory; the recorded thread's.
#pragma once

#include "v8layout.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace bistro {

// Offsets as a frame has them (frame::kBytecodeOffset).
struct Instruction {
    std::string_view name;
    bool isStatement = false;
};
// `code` is a function's bytecode without stops.
[[nodiscard]] Instruction instructionAt(const v8layout::Symbols& symbols, v8layout::Word code, int offset);

// As it lies in the code: its number and its operands, behind what makes these wide.
struct CodeInstruction {
    std::uint8_t code = 0;
    int offset = 0;
    const std::uint8_t* operands = nullptr;
    int operandBytes = 1; // of each: 1, 2 or 4
};
inline constexpr std::size_t kInstructions = 198; // of V8 11.3
[[nodiscard]] std::string_view nameOfInstruction(std::uint8_t code);
// The instruction of that name; and the one by which V8 stops in its place, as long as it is. Nothing: this V8 has
// none.
[[nodiscard]] std::optional<std::uint8_t> instructionNamed(std::string_view name);
[[nodiscard]] std::optional<std::uint8_t> stopInPlaceOf(std::uint8_t code);
// Each in order, until the visitor returns false. False: this V8 has others than those known here, or the code is not
// to be read.
bool eachInstruction(v8layout::Word code, const std::function<bool(const CodeInstruction&)>& visitor);

// Where each register is first written, in the order of the source: by the register's offset in a frame. Empty when
// this V8 has other instructions than those known here.
[[nodiscard]] std::unordered_map<int, int> firstWrites(v8layout::Word code);

} // namespace bistro
