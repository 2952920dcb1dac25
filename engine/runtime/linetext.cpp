#include "linetext.h"

#include "v8debug.h"
#include "v8handles.h"
#include "v8objects.h"

#include <array>
#include <charconv>
#include <cmath>

namespace bistro {
namespace {

using namespace v8layout;

void appendUtf8(std::string& out, char32_t letter)
{
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (letter < 0x80) {
        put(letter);
    } else if (letter < 0x800) {
        put(0xC0 | letter >> 6);
        put(0x80 | (letter & 0x3F));
    } else if (letter < 0x10000) {
        put(0xE0 | letter >> 12);
        put(0x80 | (letter >> 6 & 0x3F));
        put(0x80 | (letter & 0x3F));
    } else {
        put(0xF0 | letter >> 18);
        put(0x80 | (letter >> 12 & 0x3F));
        put(0x80 | (letter >> 6 & 0x3F));
        put(0x80 | (letter & 0x3F));
    }
}

constexpr bool isHigh(char16_t unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}
constexpr bool isLow(char16_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

// Calls with each letter; a half of a pair alone comes as itself.
template <typename Call>
void forEachLetter(std::u16string_view units, Call call)
{
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (isHigh(units[i]) && i + 1 < units.size() && isLow(units[i + 1])) {
            call(0x10000 + (static_cast<char32_t>(units[i] - 0xD800) << 10 | (units[i + 1] - 0xDC00)));
            ++i;
        } else {
            call(static_cast<char32_t>(units[i]));
        }
    }
}

void appendHex(std::string& out, std::string_view begin, char32_t value, int digits, std::string_view letters)
{
    out += begin;
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += letters[value >> shift & 15];
}

// One letter as util.inspect writes it between quotes.
void appendInQuotes(std::string& out, char32_t letter, char quote)
{
    switch (letter) {
    case U'\n': out += "\\n"; return;
    case U'\t': out += "\\t"; return;
    case U'\r': out += "\\r"; return;
    case U'\b': out += "\\b"; return;
    case U'\f': out += "\\f"; return;
    case U'\v': out += "\\v"; return;
    case U'\\': out += "\\\\"; return;
    default: break;
    }
    if (letter == static_cast<char32_t>(quote)) {
        out += '\\';
        out += quote;
    } else if (letter < 0x20 || (letter >= 0x7F && letter <= 0x9F)) {
        appendHex(out, "\\x", letter, 2, "0123456789ABCDEF");
    } else if (letter >= 0xD800 && letter < 0xE000) {
        appendHex(out, "\\u", letter, 4, "0123456789abcdef");
    } else {
        appendUtf8(out, letter);
    }
}

} // namespace

bool LineText::isObject(Word value) const
{
    return !isSmall(value) && typeOf(value) >= m_symbols.firstReceiver;
}

bool LineText::isHole(Word value) const
{
    return typeOf(value) == m_symbols.oddball && smallValue(at(value, oddball::kKind)) == oddball::kHole;
}

bool LineText::isUnknown(Word value) const
{
    if (isSmall(value))
        return false;
    const int type = typeOf(value);
    if (type == m_symbols.oddball)
        return smallValue(at(value, oddball::kKind)) > oddball::kUndefined;
    return type > m_symbols.heapNumber && type < m_symbols.firstReceiver && type != m_symbols.bigInt()
        && type != m_symbols.symbol;
}

// A string's parts lie in a tree (v8layout.h): from the left, until there are enough.
void LineText::read(Word string, std::size_t most)
{
    constexpr std::size_t kParts = 64; // that wait to the right
    m_units.clear();
    std::array<Word, kParts> right;
    std::size_t waiting = 0;
    std::size_t skip = 0; // of a slice: before its first unit
    std::size_t length = lengthOf(string);
    Word part = string;
    while (true) {
        const auto type = static_cast<unsigned>(typeOf(part));
        const bool oneByte = (type & string::kOneByte) != 0;
        switch (type & string::kRepresentation) {
        case string::kCons:
            if (skip == 0) {
                if (waiting < kParts)
                    right[waiting++] = at(part, string::kSecond);
                part = at(part, string::kFirst);
                length = lengthOf(part);
                continue;
            }
            return; // a slice is of a flat string
        case string::kThin: part = at(part, string::kActual); continue;
        case string::kSliced:
            skip += static_cast<std::size_t>(smallValue(at(part, string::kOffset)));
            part = at(part, string::kParent);
            continue;
        default: break;
        }
        const bool external = (type & string::kRepresentation) == string::kExternal;
        if (external && (type & string::kUncached) != 0)
            return;
        const void* const characters = external ? reinterpret_cast<const void*>(at(part, string::kResourceData))
                                                : static_cast<const void*>(bytesOf(part, string::kCharacters));
        for (std::size_t i = 0; i < length && m_units.size() <= most; ++i) {
            m_units += oneByte ? static_cast<char16_t>(static_cast<const unsigned char*>(characters)[skip + i])
                               : static_cast<const char16_t*>(characters)[skip + i];
        }
        if (m_units.size() > most || waiting == 0)
            return;
        part = right[--waiting];
        length = lengthOf(part);
        skip = 0;
    }
}

ShortText LineText::quoted()
{
    const bool cut = m_units.size() > kToldLetters;
    if (cut)
        m_units.resize(kToldLetters);
    const auto has = [this](std::u16string_view what) { return m_units.find(what) != std::u16string::npos; };
    char quote = '\'';
    if (has(u"'") && !has(u"\""))
        quote = '"';
    else if (has(u"'") && !has(u"`") && !has(u"${"))
        quote = '`';
    m_text.assign(1, quote);
    forEachLetter(m_units, [&](char32_t letter) { appendInQuotes(m_text, letter, quote); });
    m_text += quote;
    return {.text = m_text, .cut = cut};
}

ShortText LineText::plain(std::string_view before, std::string_view after)
{
    const bool cut = m_units.size() > kToldLetters;
    if (cut)
        m_units.resize(kToldLetters);
    m_text = before;
    forEachLetter(m_units,
        [this](char32_t letter) { appendUtf8(m_text, letter >= 0xD800 && letter < 0xE000 ? U'\uFFFD' : letter); });
    m_text += after;
    return {.text = m_text, .cut = cut};
}

// Number::toString of the standard, from the shortest digits that mean the number.
ShortText LineText::ofNumber(double number)
{
    if (std::isnan(number))
        return {.text = "NaN"};
    if (std::isinf(number))
        return {.text = number > 0 ? "Infinity" : "-Infinity"};
    if (number == 0)
        return {.text = std::signbit(number) ? "-0" : "0"};
    std::array<char, 40> buffer;
    const auto written = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), std::abs(number), std::chars_format::scientific);
    const std::string_view all(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    const std::size_t e = all.find('e');
    std::string digits(1, all[0]);
    if (e > 2)
        digits += all.substr(2, e - 2);
    int exponent = 0;
    const std::size_t sign = all[e + 1] == '+' ? 2 : 1; // from_chars takes no plus
    std::from_chars(all.data() + e + sign, all.data() + all.size(), exponent);
    const int count = static_cast<int>(digits.size());
    const int point = exponent + 1; // digits before the point
    m_text.assign(number < 0 ? "-" : "");
    if (count <= point && point <= 21) {
        m_text += digits;
        m_text.append(static_cast<std::size_t>(point - count), '0');
    } else if (0 < point && point <= 21) {
        m_text += digits.substr(0, static_cast<std::size_t>(point)) + '.'
            + digits.substr(static_cast<std::size_t>(point));
    } else if (-6 < point && point <= 0) {
        m_text += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else {
        m_text += digits[0];
        if (count > 1)
            m_text += '.' + digits.substr(1);
        m_text += (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
    }
    return {.text = m_text};
}

ShortText LineText::ofPrimitive(Word value)
{
    if (isSmall(value)) {
        std::array<char, 16> buffer;
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), smallValue(value)).ptr;
        m_text.assign(buffer.data(), end);
        return {.text = m_text};
    }
    const int type = typeOf(value);
    if (type < string::kFirstNonstring) {
        read(value, kToldLetters);
        return quoted();
    }
    if (type == m_symbols.heapNumber)
        return ofNumber(valueAt<double>(value, number::kValue));
    if (type == m_symbols.oddball) {
        switch (smallValue(at(value, oddball::kKind))) {
        case oddball::kFalse: return {.text = "false"};
        case oddball::kTrue: return {.text = "true"};
        case oddball::kNull: return {.text = "null"};
        case oddball::kUndefined: return {.text = "undefined"};
        default: return {};
        }
    }
    if (type == m_symbols.symbol) {
        const Word description = at(value, symbol::kDescription);
        if (isSmall(description) || typeOf(description) >= string::kFirstNonstring)
            return {.text = "Symbol()"};
        read(description, kToldLetters);
        return plain("Symbol(", ")");
    }
    if (type == m_symbols.bigInt()) {
        constexpr int kMost = 64; // words of 64 bits: more are not written out
        const auto bigInt = handleOf<v8::BigInt>(m_isolate, value);
        if (bigInt->WordCount() > kMost)
            return {.text = "BigInt", .cut = true};
        read(wordOf(v8::debug::GetBigIntDescription(m_isolate, bigInt)), kToldLetters);
        return plain();
    }
    return {};
}

ShortText LineText::ofName(Word name)
{
    if (isSmall(name))
        return ofPrimitive(name);
    const int type = typeOf(name);
    if (type < string::kFirstNonstring) {
        read(name, kToldLetters);
        return plain();
    }
    if (type != m_symbols.symbol)
        return {};
    const Word description = at(name, symbol::kDescription);
    if (isSmall(description) || typeOf(description) >= string::kFirstNonstring)
        return {.text = "[Symbol()]"};
    read(description, kToldLetters);
    return plain("[Symbol(", ")]");
}

ShortText LineText::ofLocal(v8::Local<v8::Value> text)
{
    if (text.IsEmpty())
        return {};
    return text->IsString() ? ofName(wordOf(text)) : ofPrimitive(wordOf(text));
}

} // namespace bistro
