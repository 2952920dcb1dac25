// Returns that have no place in the source: those that a finally block or the end of a for…of puts off, that of a
// generator that is told to return. V8 can't be asked to stop there, so the stops are written into the copy of the
// code that V8 keeps for the others.
#include "linebytecode.h"
#include "lineplaces.h"
#include "recordedthread.h"
#include "v8objects.h"

#include <string_view>
#include <vector>

namespace bistro {

using namespace v8layout;

namespace {

int numberOfInstruction(std::string_view name)
{
    for (std::size_t code = 0; code < kInstructions; ++code) {
        if (nameOfInstruction(static_cast<std::uint8_t>(code)) == name)
            return static_cast<int>(code);
    }
    return -1;
}

std::uint8_t& byteAt(Word code, int offset)
{
    return *reinterpret_cast<std::uint8_t*>(code + static_cast<Word>(offset));
}

} // namespace

void LinePlaces::stopsSet(Word info)
{
    static const int kReturn = numberOfInstruction("Return");
    static const int kStop = numberOfInstruction("DebugBreak0");
    const Word shared = at(info, debugInfo::kShared);
    const Word code = at(info, debugInfo::kCode);
    const Word stops = at(info, debugInfo::kStops);
    if (kReturn < 0 || kStop < 0 || isSmall(code) || isSmall(stops) || typeOf(stops) != typeOf(code)
        || at(stops, array::kLength) != at(code, array::kLength) || !hasLines(shared))
        return;
    bool hasStops = false;
    std::vector<int> returns;
    const bool isRead = eachInstruction(code, [&](const CodeInstruction& one) {
        const bool isOurs = one.code == kReturn && one.operandBytes == 1 && isPlacelessReturn(shared, one.offset);
        if (!isOurs && byteAt(stops, one.offset) != byteAt(code, one.offset))
            hasStops = true;
        else if (one.code == kReturn && one.operandBytes == 1)
            returns.push_back(one.offset);
        return true;
    });
    for (const int offset : returns) {
        if (isRead && hasStops)
            m_returns.insert(keyOf(shared, offset));
        byteAt(stops, offset) = static_cast<std::uint8_t>(isRead && hasStops ? kStop : kReturn);
    }
}

} // namespace bistro
