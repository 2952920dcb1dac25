#include "linecases.h"

#include "libnodenames.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <dlfcn.h>
#include <string_view>

// v8::internal::interpreter::Bytecodes::ToString(Bytecode)
extern "C" const char* v8BytecodeName(std::uint8_t code) __asm__(BISTRO_V8_BYTECODE_NAME);

namespace bistro {
namespace {

using namespace v8layout;

constexpr std::uint8_t kPrefixes = 2; // Wide and ExtraWide
constexpr std::size_t kBytecodes = 198; // of V8 11.3

// What each instruction means to a context that has just been pushed; and how long each is.
struct Instructions {
    enum class Kind : std::uint8_t { Other, Pushes, Fills };
    std::array<Kind, kBytecodes> kinds {};
    const std::uint8_t* sizes = nullptr; // for operands of 1, 2, 4 bytes; null: another V8

    Instructions()
    {
        for (std::size_t code = 0; code < kBytecodes; ++code) {
            const std::string_view name = v8BytecodeName(static_cast<std::uint8_t>(code));
            if ((name == "Illegal") != (code + 1 == kBytecodes)) // the last one
                return;
            if (name == "PushContext")
                kinds[code] = Kind::Pushes;
            else if (name == "LdaTheHole" || name == "StaCurrentContextSlot" || name == "CreateClosure"
                || name.starts_with("Star"))
                kinds[code] = Kind::Fills;
        }
        sizes = static_cast<const std::uint8_t*>(dlsym(RTLD_DEFAULT, BISTRO_V8_BYTECODE_SIZES));
    }
};

// Since a context was pushed, there have been only the holes and the functions that it begins with.
bool isContextNew(Word code, int offset)
{
    static const Instructions known;
    if (!known.sizes)
        return false;
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(code);
    bool isNew = false;
    for (int at = bytecode::kFirst - 1; at < offset;) {
        const std::size_t scale = begin[at] < kPrefixes ? begin[at] + 1u : 0u;
        at += scale > 0 ? 1 : 0;
        const std::uint8_t instruction = begin[at];
        if (instruction >= kBytecodes)
            return false;
        using Kind = Instructions::Kind;
        isNew = known.kinds[instruction] == Kind::Pushes || (isNew && known.kinds[instruction] == Kind::Fills);
        at += known.sizes[scale * kBytecodes + instruction];
    }
    return isNew;
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

OuterContext::OuterContext(v8::Isolate* isolate, Word frame)
    : m_frame(frame)
    , m_context(handleOf(isolate, rawAt(frame, frame::kContextOrType)))
{
    *reinterpret_cast<Word*>(m_frame + static_cast<Word>(frame::kContextOrType)) = at(
        wordOf(m_context), context::kOuter);
}

OuterContext::~OuterContext()
{
    *reinterpret_cast<Word*>(m_frame + static_cast<Word>(frame::kContextOrType)) = wordOf(
        m_context); // it may have moved
}

} // namespace bistro
