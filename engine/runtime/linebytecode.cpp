#include "linebytecode.h"

#include "libnodenames.h"
#include "v8objects.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <dlfcn.h>

// v8::internal::interpreter::Bytecodes::ToString(Bytecode)
extern "C" const char* v8BytecodeName(std::uint8_t code) __asm__(BISTRO_V8_BYTECODE_NAME);

namespace bistro {
namespace {

using namespace v8layout;

constexpr std::uint8_t kPrefixes = 2; // Wide and ExtraWide

// A number of seven bits a byte, low ones first, in zigzag.
std::int64_t readNumber(const std::uint8_t*& next, const std::uint8_t* end)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; next < end && shift < 64; shift += 7) {
        const std::uint8_t byte = *next++;
        value |= std::uint64_t {byte & 0x7Fu} << shift;
        if ((byte & 0x80) == 0)
            break;
    }
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// How long each instruction is, for operands of 1, 2, 4 bytes; null: another V8.
const std::uint8_t* sizesOfInstructions()
{
    for (std::size_t code = 0; code < kInstructions; ++code) {
        if ((nameOfInstruction(static_cast<std::uint8_t>(code)) == "Illegal")
            != (code + 1 == kInstructions)) // the last
            return nullptr;
    }
    return static_cast<const std::uint8_t*>(dlsym(RTLD_DEFAULT, BISTRO_V8_BYTECODE_SIZES));
}

// Which instructions write a variable's register.
struct RegisterWrites {
    enum class Writes : std::uint8_t { Nothing, First, Second, Short }; // operand; or the register is in its name
    std::array<Writes, kInstructions> writes {};
    std::array<int, kInstructions> shorts {}; // of Star0 and on: the register

    RegisterWrites()
    {
        for (std::size_t code = 0; code < kInstructions; ++code) {
            const std::string_view name = nameOfInstruction(static_cast<std::uint8_t>(code));
            if (name == "Star") {
                writes[code] = Writes::First;
            } else if (name == "Mov") {
                writes[code] = Writes::Second;
            } else if (name.starts_with("Star")) {
                writes[code] = Writes::Short;
                for (const char digit : name.substr(4))
                    shorts[code] = shorts[code] * 10 + (digit - '0');
            }
        }
    }
};

template <typename T>
int operandAs(const std::uint8_t* place)
{
    T value = 0;
    std::memcpy(&value, place, sizeof value);
    return value;
}

int operandAt(const std::uint8_t* place, int bytes)
{
    switch (bytes) {
    case 1: return operandAs<std::int8_t>(place);
    case 2: return operandAs<std::int16_t>(place);
    default: return operandAs<std::int32_t>(place);
    }
}

} // namespace

// By the table of source positions, pairs of numbers: how far it is from the entry before in code (negative, less one:
// no statement) and in the source.
Instruction instructionAt(const Symbols& symbols, Word code, int offset)
{
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(code) + offset;
    Instruction result {.name = nameOfInstruction(bytes[0] < kPrefixes ? bytes[1] : bytes[0])};
    const Word table = at(code, bytecode::kPositions);
    if (isSmall(table) || typeOf(table) == symbols.oddball)
        return result;
    const auto* next = reinterpret_cast<const std::uint8_t*>(bytesOf(table, array::kFirst));
    const auto* const end = next + smallValue(at(table, array::kLength));
    const std::int64_t wanted = offset + 1 - bytecode::kFirst;
    std::int64_t at = 0;
    while (next < end && at <= wanted) {
        const std::int64_t step = readNumber(next, end);
        (void)readNumber(next, end);
        at += step >= 0 ? step : -(step + 1);
        if (at == wanted)
            result.isStatement = result.isStatement || step >= 0;
    }
    return result;
}

std::string_view nameOfInstruction(std::uint8_t code)
{
    return v8BytecodeName(code);
}

std::optional<std::uint8_t> instructionNamed(std::string_view name)
{
    for (std::size_t code = 0; code < kInstructions; ++code) {
        if (nameOfInstruction(static_cast<std::uint8_t>(code)) == name)
            return static_cast<std::uint8_t>(code);
    }
    return std::nullopt;
}

std::optional<std::uint8_t> stopInPlaceOf(std::uint8_t instruction)
{
    const std::uint8_t* const sizes = sizesOfInstructions();
    for (std::size_t code = 0; sizes && code < kInstructions; ++code) {
        const std::string_view name = nameOfInstruction(static_cast<std::uint8_t>(code));
        if (name.starts_with("DebugBreak") && !name.ends_with("Wide") && sizes[code] == sizes[instruction])
            return static_cast<std::uint8_t>(code);
    }
    return std::nullopt;
}

bool eachInstruction(Word code, const std::function<bool(const CodeInstruction&)>& visitor)
{
    static const std::uint8_t* const sizes = sizesOfInstructions();
    if (!sizes)
        return false;
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(code) + bytecode::kFirst;
    const auto* const end = begin + smallValue(at(code, array::kLength));
    for (const auto* next = begin; next < end;) {
        const int offset = static_cast<int>(next - begin) + bytecode::kFirst;
        const std::size_t scale = *next < kPrefixes ? *next + 1u : 0u;
        next += scale > 0 ? 1 : 0;
        if (next >= end || *next >= kInstructions)
            return false;
        if (!visitor({.code = *next, .offset = offset, .operands = next + 1, .operandBytes = 1 << scale}))
            return true;
        next += sizes[scale * kInstructions + *next];
    }
    return true;
}

std::unordered_map<int, int> firstWrites(Word code)
{
    static const RegisterWrites known;
    std::unordered_map<int, int> result;
    const bool isRead = eachInstruction(code, [&](const CodeInstruction& one) {
        using Writes = RegisterWrites::Writes;
        const auto write = [&](int position) { result.try_emplace(position * 8, one.offset); };
        switch (known.writes[one.code]) {
        case Writes::Nothing: break;
        case Writes::First: write(operandAt(one.operands, one.operandBytes)); break;
        case Writes::Second: write(operandAt(one.operands + one.operandBytes, one.operandBytes)); break;
        case Writes::Short: result.try_emplace(frame::kFirstRegister - known.shorts[one.code] * 8, one.offset); break;
        }
        return true;
    });
    return isRead ? result : std::unordered_map<int, int> {};
}

} // namespace bistro
