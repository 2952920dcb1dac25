// What V8's bytecode says of a place: what its instruction is, whether a statement begins there, and from where on a
// block's variable is set. Read from memory; the recorded thread's.
#pragma once

#include "v8layout.h"

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

// Where each register is first written, in the order of the source: by the register's offset in a frame. Empty when
// this V8 has other instructions than those known here.
[[nodiscard]] std::unordered_map<int, int> firstWrites(v8layout::Word code);

} // namespace bistro
