// Where V8 can't be asked to stop, since these have no place in the source: returns that a finally block or the end of
// a for…of puts off, that of a generator that is told to return, and where a generator pauses. The stops are written
// into the copy of the code that V8 keeps for the others.
#include "linebytecode.h"
#include "lineplaces.h"
#include "recordedthread.h"
#include "v8objects.h"

#include <vector>

namespace bistro {

using namespace v8layout;

namespace {

std::uint8_t& byteAt(Word code, int offset)
{
    return *reinterpret_cast<std::uint8_t*>(code + static_cast<Word>(offset));
}

bool isGenerator(Word shared)
{
    const std::uint32_t kind = valueAt<std::uint32_t>(shared, shared::kFlags) & shared::kKind;
    return kind >= shared::kFirstGenerator && kind <= shared::kLastGenerator;
}

// An instruction that V8 has no stop for, and what stops in its place.
struct Stoppable {
    std::optional<std::uint8_t> code;
    std::optional<std::uint8_t> stop;

    explicit Stoppable(std::string_view name)
        : code(instructionNamed(name))
        , stop(code ? stopInPlaceOf(*code) : std::nullopt)
    {
    }
};

} // namespace

void LinePlaces::stopsSet(Word info)
{
    static const Stoppable returns("Return");
    static const Stoppable pauses("SuspendGenerator");
    const Word shared = at(info, debugInfo::kShared);
    const Word code = at(info, debugInfo::kCode);
    const Word stops = at(info, debugInfo::kStops);
    // A function whose stops were all taken has no copy any more: V8 has undefined there.
    if (!returns.stop || !pauses.stop || isSmall(code) || isSmall(stops) || typeOf(code) == m_thread.symbols.oddball
        || typeOf(stops) != typeOf(code) || at(stops, array::kLength) != at(code, array::kLength) || !hasLines(shared))
        return;
    const bool yields = isGenerator(shared);
    bool hasStops = false;
    std::vector<std::pair<int, Placeless>> ours;
    const bool isRead = eachInstruction(code, [&](const CodeInstruction& one) {
        const bool isPause = yields && one.code == *pauses.code;
        const bool isStoppable = one.operandBytes == 1 && (one.code == *returns.code || isPause);
        if (byteAt(stops, one.offset) != byteAt(code, one.offset) && !placelessAt(shared, one.offset))
            hasStops = true;
        else if (isStoppable)
            ours.emplace_back(one.offset, isPause ? Placeless::Yield : Placeless::Return);
        return true;
    });
    for (const auto& [offset, what] : ours) {
        const Stoppable& one = what == Placeless::Yield ? pauses : returns;
        if (isRead && hasStops)
            m_placeless.insert_or_assign(keyOf(shared, offset), what);
        const std::uint8_t wanted = isRead && hasStops ? *one.stop : *one.code;
        if (byteAt(stops, offset) != wanted)
            byteAt(stops, offset) = wanted;
    }
}

} // namespace bistro
