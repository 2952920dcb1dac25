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
constexpr std::size_t kBytecodes = 198; // of V8 11.3

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

// Which instructions write a variable's register, and how long each is.
struct Instructions {
    enum class Writes : std::uint8_t { Nothing, First, Second, Short }; // operand; or the register is in its name
    std::array<Writes, kBytecodes> writes {};
    std::array<int, kBytecodes> shorts {}; // of Star0 and on: the register
    const std::uint8_t* sizes = nullptr; // for operands of 1, 2, 4 bytes; null: another V8

    Instructions()
    {
        for (std::size_t code = 0; code < kBytecodes; ++code) {
            const std::string_view name = v8BytecodeName(static_cast<std::uint8_t>(code));
            if ((name == "Illegal") != (code + 1 == kBytecodes)) // the last one
                return;
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
        sizes = static_cast<const std::uint8_t*>(dlsym(RTLD_DEFAULT, BISTRO_V8_BYTECODE_SIZES));
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
    Instruction result {.name = v8BytecodeName(bytes[0] < kPrefixes ? bytes[1] : bytes[0])};
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

std::unordered_map<int, int> firstWrites(Word code)
{
    static const Instructions known;
    std::unordered_map<int, int> result;
    if (!known.sizes)
        return result;
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(code) + bytecode::kFirst;
    const auto* const end = begin + smallValue(at(code, array::kLength));
    for (const auto* next = begin; next < end;) {
        const int offset = static_cast<int>(next - begin) + bytecode::kFirst;
        const std::size_t scale = *next < kPrefixes ? *next + 1u : 0u;
        next += scale > 0 ? 1 : 0;
        if (next >= end || *next >= kBytecodes)
            return {};
        const int bytes = 1 << scale;
        using Writes = Instructions::Writes;
        switch (known.writes[*next]) {
        case Writes::Nothing: break;
        case Writes::First: result.try_emplace(operandAt(next + 1, bytes) * 8, offset); break;
        case Writes::Second: result.try_emplace(operandAt(next + 1 + bytes, bytes) * 8, offset); break;
        case Writes::Short: result.try_emplace(frame::kFirstRegister - known.shorts[*next] * 8, offset); break;
        }
        next += known.sizes[scale * kBytecodes + *next];
    }
    return result;
}

} // namespace bistro
