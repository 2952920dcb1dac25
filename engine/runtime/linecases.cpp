#include "linecases.h"

#include "linebytecode.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bistro {
namespace {

using namespace v8layout;

// What each instruction means to a context that has just been pushed.
struct ContextUses {
    enum class Kind : std::uint8_t { Other, Creates, Pushes, Fills };
    std::array<Kind, kInstructions> kinds {};

    ContextUses()
    {
        for (std::size_t code = 0; code < kInstructions; ++code) {
            const std::string_view name = nameOfInstruction(static_cast<std::uint8_t>(code));
            if (name == "CreateBlockContext")
                kinds[code] = Kind::Creates;
            else if (name == "PushContext")
                kinds[code] = Kind::Pushes;
            else if (name == "LdaTheHole" || name == "StaCurrentContextSlot" || name == "CreateClosure"
                || name.starts_with("Star"))
                kinds[code] = Kind::Fills;
        }
    }
};

// Since a block's context was made and pushed, there have been only the holes and the functions that it begins with.
bool isContextNew(Word code, int offset)
{
    static const ContextUses known;
    bool isMade = false;
    bool isNew = false;
    const bool isRead = eachInstruction(code, [&](const CodeInstruction& one) {
        if (one.offset >= offset)
            return false;
        using Kind = ContextUses::Kind;
        const Kind kind = known.kinds[one.code];
        isNew = (isMade && kind == Kind::Pushes) || (isNew && kind == Kind::Fills);
        isMade = kind == Kind::Creates;
        return true;
    });
    return isRead && isNew;
}

} // namespace

bool isBeforeCases(v8::Isolate* isolate, v8::Local<v8::debug::Script> script, const v8::debug::Location& location,
    Word debug, int offset)
{
    if (!isContextNew(at(debug, debugInfo::kCode), offset))
        return false;
    constexpr std::string_view kWord = "switch";
    const Word source = at(at(debug, debugInfo::kScript), script::kSource);
    int position = 0;
    if (isSmall(source) || typeOf(source) >= string::kFirstNonstring
        || !script->GetSourceOffset(location, v8::debug::Script::GetSourceOffsetMode::kStrict).To(&position))
        return false;
    std::array<std::uint16_t, kWord.size()> letters {};
    const int count = handleOf<v8::String>(isolate, source)
                          ->Write(isolate, letters.data(), position, static_cast<int>(kWord.size()),
                              v8::String::NO_NULL_TERMINATION);
    return count == static_cast<int>(kWord.size()) && std::ranges::equal(letters, kWord);
}

} // namespace bistro
