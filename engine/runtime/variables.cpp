#include "variables.h"

#include "recorder.h"
#include "stack.h"

#include <v8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <dlfcn.h>
#include <functional>
#include <string>
#include <string_view>

namespace bistro {
namespace {

// V8 11.3, x86-64, without pointer compression: objects are tagged by 1, small integers have their value in the upper
// half. A context holds its ScopeInfo, the context around it, perhaps an extension, and then the variables that
// closures need, in the order in which the ScopeInfo names them (contexts.tq, scope-info.tq). Each round of a loop that
// declares something by let or const has a context of its own when a closure is made in it, and each call of a
// function.
using Word = std::uintptr_t;
constexpr int kMapType = 12;
constexpr int kFunctionShared = 24;
constexpr int kFunctionContext = 32;
constexpr int kSharedScript = 32;
constexpr int kScriptName = 16;
constexpr int kStringLength = 12;
constexpr int kStringCharacters = 16;
constexpr int kNumberValue = 8;
constexpr int kLength = 8; // of a context, as of any fixed array
constexpr int kSlots = 16;
constexpr int kScopeFlags = 8;
constexpr int kScopeLocals = 24;
constexpr int kScopeNames = 32;
constexpr unsigned kSeq = 0; // StringRepresentation and its mask, and the bit of one byte a character
constexpr unsigned kRepresentation = 7;
constexpr unsigned kOneByte = 8;
constexpr int kFirstNonstring = 128;

// ScopeFlags.
enum class Scope : unsigned { Class, Eval, Function, Module, Script, Catch, Block, With };
constexpr unsigned kScopeType = 15;
constexpr unsigned kSloppyEval = 1 << 4; // names may come to be at any time
constexpr unsigned kSavedClassVariable = 1 << 10;
constexpr unsigned kFunctionVariable = 3 << 12;
constexpr unsigned kInferredName = 1 << 14;
constexpr unsigned kExtensionSlot = 1 << 26;
// VariableProperties.
constexpr unsigned kMode = 15;
constexpr unsigned kLet = 0;
constexpr unsigned kMaybeAssigned = 1 << 5;

constexpr std::size_t kInlinedNames = 75; // with more, a table has them
constexpr int kContexts = 6; // looked into, from the callback's own outwards
constexpr std::size_t kNames = 24; // all those names
constexpr int kTold = 4; // variables of one order
constexpr std::size_t kCharacters = 40; // of a string

bool s_known = false; // this V8 is laid out so
int s_function = 0; // V8's numbers of types
int s_scope = 0;
int s_script = 0;
int s_number = 0;

Word at(Word object, int offset)
{
    Word word = 0;
    std::memcpy(&word, reinterpret_cast<const std::byte*>(object) - 1 + offset, sizeof word);
    return word;
}

std::int32_t small(Word word)
{
    return static_cast<std::int32_t>(word >> 32);
}

int typeOf(Word object)
{
    if ((object & 1) == 0)
        return -1; // a small integer
    std::uint16_t type = 0;
    std::memcpy(&type, reinterpret_cast<const std::byte*>(at(object, 0)) - 1 + kMapType, sizeof type);
    return type;
}

void appendUtf8(std::string& out, std::uint32_t c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    if (c < 0x800) {
        out += static_cast<char>(0xC0u | c >> 6);
    } else {
        if (c < 0x10000) {
            out += static_cast<char>(0xE0u | c >> 12);
        } else {
            out += static_cast<char>(0xF0u | c >> 18);
            out += static_cast<char>(0x80u | (c >> 12 & 0x3Fu));
        }
        out += static_cast<char>(0x80u | (c >> 6 & 0x3Fu));
    }
    out += static_cast<char>(0x80u | (c & 0x3Fu));
}

struct Words {
    std::string text;
    bool cut = false;
};

std::size_t lengthOf(Word string)
{
    std::int32_t length = 0;
    std::memcpy(&length, reinterpret_cast<const std::byte*>(string) - 1 + kStringLength, sizeof length);
    return static_cast<std::size_t>(std::max(length, 0));
}

const std::uint8_t* charactersOf(Word string)
{
    return reinterpret_cast<const std::uint8_t*>(string) - 1 + kStringCharacters;
}

// The start of a string whose characters lie in itself; empty for all others (joined, sliced, outside V8's memory).
Words wordsOf(Word string)
{
    const int type = typeOf(string);
    if (type < 0 || type >= kFirstNonstring || (static_cast<unsigned>(type) & kRepresentation) != kSeq)
        return {};
    const std::size_t length = lengthOf(string);
    const std::size_t count = std::min(length, kCharacters);
    const std::uint8_t* const characters = charactersOf(string);
    Words words {.text = {}, .cut = length > count};
    if ((static_cast<unsigned>(type) & kOneByte) != 0) {
        for (std::size_t i = 0; i < count; ++i)
            appendUtf8(words.text, characters[i]);
        return words;
    }
    const auto unit = [characters](std::size_t i) {
        return static_cast<std::uint32_t>(characters[2 * i] | characters[2 * i + 1] << 8);
    };
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t c = unit(i);
        const bool leads = c >= 0xD800 && c < 0xDC00 && i + 1 < count && unit(i + 1) >= 0xDC00 && unit(i + 1) < 0xE000;
        if (leads)
            appendUtf8(words.text, 0x10000 + ((c - 0xD800) << 10) + (unit(++i) - 0xDC00));
        else if (c < 0xD800 || c >= 0xE000)
            appendUtf8(words.text, c);
        else if (c >= 0xDC00 || i + 1 < length) // half of a pair: the program's own, or cut here
            appendUtf8(words.text, 0xFFFD);
    }
    return words;
}

// As JavaScript prints it.
std::string printed(double number)
{
    if (std::isnan(number))
        return "NaN";
    if (std::isinf(number))
        return number < 0 ? "-Infinity" : "Infinity";
    if (number == 0)
        return "0";
    std::array<char, 40> digits {};
    const double size = std::fabs(number);
    const auto format = size >= 1e21 || size < 1e-6 ? std::chars_format::scientific : std::chars_format::fixed;
    std::string text(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number, format).ptr);
    if (const std::size_t zero = text.find('e'); zero != std::string::npos && text[zero + 2] == '0')
        text.erase(zero + 2, 1); // 1e-07
    return text;
}

// The trace's text for this one. The last ones are remembered: most come again, and a map of all that a program counts
// through would grow without end.
std::uint32_t told(std::string_view text)
{
    struct Entry {
        std::string text;
        std::uint32_t id = 0;
    };
    static std::array<Entry, 1024> s_texts;
    Entry& entry = s_texts[std::hash<std::string_view> {}(text) % s_texts.size()];
    if (entry.id == 0 || entry.text != text)
        entry = {.text = std::string(text), .id = recorder()->store(text).id.value};
    return entry.id;
}

unsigned flagsOf(Word scope)
{
    return static_cast<unsigned>(small(at(scope, kScopeFlags)));
}

std::size_t localsOf(Word scope)
{
    return static_cast<std::size_t>(small(at(scope, kScopeLocals)));
}

// Whether this function begins where its script does: the wrapper of a CommonJS module, whose variables are no call's.
bool isModule(Word scope, unsigned flags, std::size_t locals)
{
    std::size_t behind = 2 * locals;
    behind += (flags & kSavedClassVariable) != 0 ? 1 : 0;
    behind += (flags & kFunctionVariable) != 0 ? 2 : 0;
    behind += (flags & kInferredName) != 0 ? 1 : 0;
    return small(at(scope, kScopeNames + 8 * static_cast<int>(behind))) == 0;
}

// Whether a context is that of a block, a caught error or a function's call, and all its names can be known.
bool isOfRoundOrCall(Word context)
{
    const Word scope = at(context, kSlots);
    if (typeOf(scope) != s_scope)
        return false;
    const unsigned flags = flagsOf(scope);
    const auto type = static_cast<Scope>(flags & kScopeType);
    if ((flags & kSloppyEval) != 0 || (type != Scope::Block && type != Scope::Function && type != Scope::Catch))
        return false;
    const std::size_t locals = localsOf(scope);
    return locals < kInlinedNames && (type != Scope::Function || !isModule(scope, flags, locals));
}

class Teller {
public:
    Teller(std::uint32_t async, std::uint32_t promise)
        : m_async(async)
        , m_promise(promise)
    {
    }

    void tell(Word context)
    {
        for (int i = 0; i < kContexts && look(context); ++i)
            context = at(context, kSlots + 8);
    }

private:
    // False when what lies around this context is not looked at.
    bool look(Word context)
    {
        if (!isOfRoundOrCall(context))
            return false;
        const Word scope = at(context, kSlots);
        const unsigned flags = flagsOf(scope);
        const auto type = static_cast<Scope>(flags & kScopeType);
        const std::size_t locals = localsOf(scope);
        const std::size_t first = (flags & kExtensionSlot) != 0 ? 3 : 2;
        if (first + locals > static_cast<std::size_t>(small(at(context, kLength))))
            return false;
        for (std::size_t i = 0; i < locals; ++i) {
            const Word name = at(scope, kScopeNames + 8 * static_cast<int>(i));
            const auto seen = m_names.begin() + static_cast<std::ptrdiff_t>(m_seen);
            if (std::find(m_names.begin(), seen, name) != seen)
                continue; // hidden by one of the same name further within
            if (m_seen == m_names.size())
                return false;
            m_names[m_seen++] = name;
            const auto properties = static_cast<unsigned>(
                small(at(scope, kScopeNames + 8 * static_cast<int>(locals + i))));
            const bool assigned = (properties & kMaybeAssigned) != 0;
            if (type == Scope::Catch || (assigned && (type == Scope::Function || (properties & kMode) != kLet)))
                continue;
            if (!variable(name, at(context, kSlots + 8 * static_cast<int>(first + i)), assigned))
                return false;
        }
        return true;
    }

    // False when enough was told.
    bool variable(Word name, Word value, bool assigned)
    {
        const bool isSmall = (value & 1) == 0;
        const int type = typeOf(value);
        const bool isNumber = isSmall || type == s_number;
        if (!isNumber && type >= kFirstNonstring)
            return true;
        Words words;
        if (isSmall) {
            std::array<char, 12> digits {};
            words.text.assign(
                digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), small(value)).ptr);
        } else if (isNumber) {
            double number = 0;
            std::memcpy(&number, reinterpret_cast<const std::byte*>(value) - 1 + kNumberValue, sizeof number);
            words.text = printed(number);
        } else {
            words = wordsOf(value);
        }
        const Words named = wordsOf(name);
        if (words.text.empty() || named.text.empty() || named.cut)
            return true;
        const VariableKind kind = isNumber ? (assigned ? VariableKind::AssignedNumber : VariableKind::Number)
                                           : (assigned ? VariableKind::AssignedString : VariableKind::String);
        recorder()->variable({.kind = EventKind::VariableCaptured,
            .flags = static_cast<std::uint8_t>(words.cut ? FlagTruncated : 0),
            .small = static_cast<std::uint16_t>(kind),
            .a = m_async,
            .b = m_promise,
            .c = told(named.text),
            .d = told(words.text)});
        return ++m_told < kTold;
    }

    std::uint32_t m_async;
    std::uint32_t m_promise;
    std::array<Word, kNames> m_names {};
    std::size_t m_seen = 0;
    int m_told = 0;
};

// Whether a function's script is the program's own: Node's are called "node:…", and their names lie in themselves.
bool isPrograms(Word shared)
{
    constexpr std::string_view nodes = "node:";
    const Word script = at(shared, kSharedScript);
    if (typeOf(script) != s_script)
        return false;
    const Word name = at(script, kScriptName);
    const int type = typeOf(name);
    const bool plain = type >= 0 && type < kFirstNonstring
        && (static_cast<unsigned>(type) & (kRepresentation | kOneByte)) == (kSeq | kOneByte);
    return !plain || lengthOf(name) < nodes.size() || std::memcmp(charactersOf(name), nodes.data(), nodes.size()) != 0;
}

bool isProgramsFunction(Word value)
{
    return typeOf(value) == s_function && isPrograms(at(value, kFunctionShared));
}

int read(const char* symbol)
{
    const void* const found = dlsym(RTLD_NEXT, symbol);
    return found ? *static_cast<const int*>(found) : -1;
}

} // namespace

void startVariables()
{
#if defined(__x86_64__) && V8_MAJOR_VERSION == 11 && V8_MINOR_VERSION == 3
    struct Expected {
        const char* symbol;
        int value;
    };
    static constexpr std::array<Expected, 17> expected {{
        {"v8dbg_SmiShiftSize", 31},
        {"v8dbg_class_Map__instance_type__uint16_t", kMapType},
        {"v8dbg_class_JSFunction__shared__SharedFunctionInfo", kFunctionShared},
        {"v8dbg_class_JSFunction__context__Context", kFunctionContext},
        {"v8dbg_class_SharedFunctionInfo__script_or_debug_info__HeapObject", kSharedScript},
        {"v8dbg_class_Script__name__Object", kScriptName},
        {"v8dbg_class_String__length__int32_t", kStringLength},
        {"v8dbg_class_SeqOneByteString__chars__char", kStringCharacters},
        {"v8dbg_class_SeqTwoByteString__chars__char", kStringCharacters},
        {"v8dbg_class_HeapNumber__value__double", kNumberValue},
        {"v8dbg_class_FixedArray__data__uintptr_t", kSlots},
        {"v8dbg_context_idx_prev", 1},
        {"v8dbg_context_min_slots", 2},
        {"v8dbg_scopeinfo_idx_ncontextlocals", (kScopeLocals - 8) / 8},
        {"v8dbg_scopeinfo_idx_first_vars", (kScopeNames - 8) / 8},
        {"v8dbg_StringRepresentationMask", kRepresentation},
        {"v8dbg_FirstNonstringType", kFirstNonstring},
    }};
    s_function = read("v8dbg_type_JSFunction__JS_FUNCTION_TYPE");
    s_scope = read("v8dbg_type_ScopeInfo__SCOPE_INFO_TYPE");
    s_script = read("v8dbg_type_Script__SCRIPT_TYPE");
    s_number = read("v8dbg_type_HeapNumber__HEAP_NUMBER_TYPE");
    s_known = std::ranges::all_of(expected, [](const Expected& each) { return read(each.symbol) == each.value; })
        && std::min({s_function, s_scope, s_script, s_number}) > 0;
#endif
}

void tellVariables(std::uint32_t async, const v8::Value* callback)
{
    const Word value = s_known ? *reinterpret_cast<const Word*>(callback) : 0;
    if (typeOf(value) != s_function) // 0 is no function
        return;
    const Word context = at(value, kFunctionContext);
    if (isOfRoundOrCall(context)
        && isPrograms(at(value, kFunctionShared))) // most callbacks are a module's: known at once
        Teller(async, 0).tell(context);
}

void tellVariablesOfCall(std::uint32_t async)
{
    if (!s_known)
        return;
    // Node's functions take their callback last.
    const FrameArguments given = argumentsOf(calledFrom(isPrograms));
    for (std::size_t i = given.count; i > 0; --i) {
        const Word value = given.values[i - 1];
        if (isProgramsFunction(value))
            return Teller(async, 0).tell(at(value, kFunctionContext));
    }
}

void tellVariablesOfReaction(std::uint32_t promise, std::uintptr_t called)
{
    if (!s_known)
        return;
    const FrameArguments given = argumentsOf(called);
    for (std::size_t i = 0; i < given.count; ++i) {
        if (isProgramsFunction(given.values[i]))
            return Teller(0, promise).tell(at(given.values[i], kFunctionContext));
    }
}

} // namespace bistro
