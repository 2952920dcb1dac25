#include "variables.h"

#include "recordedthread.h"
#include "v8objects.h"

#include <v8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

namespace bistro {
namespace {

using namespace v8layout;

constexpr int kContexts = 6; // looked into, from the callback's own outwards
constexpr std::size_t kNames = 24; // all those names
constexpr int kTold = 4; // variables of one order
constexpr std::size_t kCharacters = 40; // of a string
constexpr std::size_t kTexts = 1024; // remembered

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

const std::uint8_t* charactersOf(Word text)
{
    return reinterpret_cast<const std::uint8_t*>(bytesOf(text, string::kCharacters));
}

// The start of a string whose characters lie in itself; empty for all others (joined, sliced, outside V8's memory).
Words wordsOf(Word text)
{
    const int type = typeOf(text);
    if (type < 0 || type >= string::kFirstNonstring
        || (static_cast<unsigned>(type) & string::kRepresentation) != string::kSequential)
        return {};
    const std::size_t length = lengthOf(text);
    const std::size_t count = std::min(length, kCharacters);
    const std::uint8_t* const characters = charactersOf(text);
    Words words {.text = {}, .cut = length > count};
    if ((static_cast<unsigned>(type) & string::kOneByte) != 0) {
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

// The trace's text for this one.
TextId told(RecordedThread& thread, std::string_view text)
{
    std::vector<ObservedVariables::Text>& texts = thread.variables.texts;
    if (texts.empty())
        texts.resize(kTexts);
    ObservedVariables::Text& entry = texts[std::hash<std::string_view> {}(text) % kTexts];
    if (!entry.id || entry.text != text)
        entry = {.text = std::string(text), .id = thread.recorder.store(text).id};
    return entry.id;
}

unsigned flagsOf(Word scope)
{
    return static_cast<unsigned>(smallValue(at(scope, scope::kFlags)));
}

std::size_t localsOf(Word scope)
{
    return static_cast<std::size_t>(smallValue(at(scope, scope::kLocals)));
}

// Whether this function begins where its script does: the wrapper of a CommonJS module, whose variables are no call's.
bool isModule(Word scope, unsigned flags, std::size_t locals)
{
    std::size_t behind = 2 * locals;
    behind += (flags & scope::kSavedClassVariable) != 0 ? 1 : 0;
    behind += (flags & scope::kFunctionVariable) != 0 ? 2 : 0;
    behind += (flags & scope::kInferredName) != 0 ? 1 : 0;
    return smallValue(at(scope, scope::kNames + 8 * static_cast<int>(behind))) == 0;
}

// Whether a context is that of a block, a caught error or a function's call, and all its names can be known.
bool isOfRoundOrCall(const Symbols& symbols, Word context)
{
    const Word scope = at(context, context::kScope);
    if (typeOf(scope) != symbols.scopeInfo)
        return false;
    const unsigned flags = flagsOf(scope);
    const auto type = static_cast<scope::Type>(flags & scope::kType);
    if ((flags & scope::kSloppyEval) != 0
        || (type != scope::Type::Block && type != scope::Type::Function && type != scope::Type::Catch))
        return false;
    const std::size_t locals = localsOf(scope);
    return locals < scope::kInlinedNames && (type != scope::Type::Function || !isModule(scope, flags, locals));
}

class Teller {
public:
    Teller(RecordedThread& thread, AsyncId async, PromiseId promise)
        : m_thread(thread)
        , m_async(async)
        , m_promise(promise)
    {
    }

    void tell(Word context)
    {
        for (int i = 0; i < kContexts && look(context); ++i)
            context = at(context, context::kOuter);
    }

private:
    // False when what lies around this context is not looked at.
    bool look(Word context)
    {
        if (!isOfRoundOrCall(m_thread.symbols, context))
            return false;
        const Word scope = at(context, context::kScope);
        const unsigned flags = flagsOf(scope);
        const auto type = static_cast<scope::Type>(flags & scope::kType);
        const std::size_t locals = localsOf(scope);
        const std::size_t first = context::kFirstVariable + ((flags & scope::kExtensionSlot) != 0 ? 1 : 0);
        if (first + locals > static_cast<std::size_t>(smallValue(at(context, context::kLength))))
            return false;
        for (std::size_t i = 0; i < locals; ++i) {
            const Word name = at(scope, scope::kNames + 8 * static_cast<int>(i));
            const auto seen = m_names.begin() + static_cast<std::ptrdiff_t>(m_seen);
            if (std::find(m_names.begin(), seen, name) != seen)
                continue; // hidden by one of the same name further within
            if (m_seen == m_names.size())
                return false;
            m_names[m_seen++] = name;
            const auto properties = static_cast<unsigned>(
                smallValue(at(scope, scope::kNames + 8 * static_cast<int>(locals + i))));
            const bool assigned = (properties & scope::kMaybeAssigned) != 0;
            if (type == scope::Type::Catch
                || (assigned && (type == scope::Type::Function || (properties & scope::kMode) != scope::kLet)))
                continue;
            if (!variable(name, at(context, context::kSlots + 8 * static_cast<int>(first + i)), assigned))
                return false;
        }
        return true;
    }

    // False when enough was told.
    bool variable(Word name, Word value, bool assigned)
    {
        const bool isInteger = isSmall(value);
        const int type = typeOf(value);
        const bool isNumber = isInteger || type == m_thread.symbols.heapNumber;
        if (!isNumber && type >= string::kFirstNonstring)
            return true;
        Words words;
        if (isInteger) {
            std::array<char, 12> digits {};
            words.text.assign(
                digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), smallValue(value)).ptr);
        } else if (isNumber) {
            words.text = printed(valueAt<double>(value, number::kValue));
        } else {
            words = wordsOf(value);
        }
        const Words named = wordsOf(name);
        if (words.text.empty() || named.text.empty() || named.cut)
            return true;
        const VariableKind kind = isNumber ? (assigned ? VariableKind::AssignedNumber : VariableKind::Number)
                                           : (assigned ? VariableKind::AssignedString : VariableKind::String);
        const events::VariableCaptured captured {.holds = kind,
            .async = m_async,
            .promise = m_promise,
            .name = told(m_thread, named.text),
            .value = told(m_thread, words.text)};
        m_thread.recorder.variable(captured, words.cut ? unsigned {FlagTruncated} : 0u);
        return ++m_told < kTold;
    }

    RecordedThread& m_thread;
    AsyncId m_async;
    PromiseId m_promise;
    std::array<Word, kNames> m_names {};
    std::size_t m_seen = 0;
    int m_told = 0;
};

// Whether a function's script is the program's own: Node's are called "node:…", and their names lie in themselves.
bool isPrograms(const RecordedThread& thread, Word shared)
{
    constexpr std::string_view nodes = "node:";
    Word script = at(shared, shared::kScript);
    if (typeOf(script) == thread.symbols.debugInfo) // lines are recorded in it
        script = at(script, debugInfo::kScript);
    if (typeOf(script) != thread.symbols.script)
        return false;
    const Word name = at(script, script::kName);
    const int type = typeOf(name);
    const bool plain = type >= 0 && type < string::kFirstNonstring
        && (static_cast<unsigned>(type) & (string::kRepresentation | string::kOneByte))
            == (string::kSequential | string::kOneByte);
    return !plain || lengthOf(name) < nodes.size() || std::memcmp(charactersOf(name), nodes.data(), nodes.size()) != 0;
}

bool isProgramsFunction(const RecordedThread& thread, Word value)
{
    return typeOf(value) == thread.symbols.function && isPrograms(thread, at(value, function::kShared));
}

} // namespace

void startVariables(RecordedThread& thread)
{
    thread.variables.started = kFramesKnown;
}

void tellVariables(RecordedThread& thread, AsyncId async, const v8::Value* callback)
{
    const Word value = thread.variables.started ? *reinterpret_cast<const Word*>(callback) : 0;
    if (typeOf(value) != thread.symbols.function) // 0 is no function
        return;
    const Word context = at(value, function::kContext);
    if (isOfRoundOrCall(thread.symbols, context)
        && isPrograms(thread, at(value, function::kShared))) // most callbacks are a module's: known at once
        Teller(thread, async, {}).tell(context);
}

void tellVariablesOfCall(RecordedThread& thread, AsyncId async)
{
    if (!thread.variables.started)
        return;
    // Node's functions take their callback last.
    const FrameArguments given = argumentsOf(thread, calledFrom(thread, isPrograms));
    for (std::size_t i = given.count; i > 0; --i) {
        const Word value = given.values[i - 1];
        if (isProgramsFunction(thread, value))
            return Teller(thread, async, {}).tell(at(value, function::kContext));
    }
}

void tellVariablesOfReaction(RecordedThread& thread, PromiseId promise, std::uintptr_t called)
{
    if (!thread.variables.started)
        return;
    const FrameArguments given = argumentsOf(thread, called);
    for (std::size_t i = 0; i < given.count; ++i) {
        if (isProgramsFunction(thread, given.values[i]))
            return Teller(thread, {}, promise).tell(at(given.values[i], function::kContext));
    }
}

} // namespace bistro
