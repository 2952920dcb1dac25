#include "text.h"

#include <algorithm>
#include <charconv>

namespace bistro::trace {
namespace {

constexpr std::size_t kTextForPeople = 200;

struct Decoded {
    char32_t character = 0xFFFD;
    std::size_t bytes = 1;
    bool valid = false;
};

// The first character of a text that is not empty. What is invalid is taken as browsers take it: the longest prefix of
// a sequence counts as one.
Decoded decode(std::string_view text)
{
    const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = at(0);
    if (first < 0x80)
        return {.character = first, .bytes = 1, .valid = true};
    if (first < 0xC2 || first > 0xF4)
        return {};
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t character = first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        unsigned low = 0x80;
        unsigned high = 0xBF;
        if (i == 1) { // no overlong forms, no surrogates, nothing above U+10FFFF
            low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : low;
            high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : high;
        }
        if (i >= text.size() || at(i) < low || at(i) > high)
            return {.bytes = i};
        character = character << 6 | (at(i) & 0x3Fu);
    }
    return {.character = character, .bytes = length, .valid = true};
}

template <typename Number>
void appendNumber(std::string& out, Number value, int base = 10, std::size_t width = 0)
{
    std::array<char, 24> digits {};
    const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base).ptr;
    const auto length = static_cast<std::size_t>(end - digits.data());
    out.append(width > length ? width - length : 0, base == 16 ? '0' : ' ');
    out.append(digits.data(), length);
}

// Control characters, and those that order, hide or break text without showing.
bool isUnseen(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB)
        || (c >= 0xE0000 && c <= 0xE007F);
}

void appendEscaped(std::string& out, std::string_view text, bool inQuotes)
{
    for (Decoded next; !text.empty(); text.remove_prefix(next.bytes)) {
        next = decode(text);
        if (!next.valid) {
            for (const char byte : text.substr(0, next.bytes)) {
                out += "\\x";
                appendNumber(out, unsigned {static_cast<unsigned char>(byte)}, 16, 2);
            }
        } else if (next.character == '\n') {
            out += "\\n";
        } else if (next.character == '\t') {
            out += "\\t";
        } else if (next.character == '\r') {
            out += "\\r";
        } else if (isUnseen(next.character)) {
            out += "\\u{";
            appendNumber(out, static_cast<std::uint32_t>(next.character), 16);
            out += '}';
        } else {
            if (inQuotes && (next.character == '"' || next.character == '\\'))
                out += '\\';
            out += text.substr(0, next.bytes);
        }
    }
}

void appendQuoted(std::string& out, std::string_view text)
{
    std::size_t end = std::min(text.size(), kTextForPeople);
    while (end < text.size() && end > kTextForPeople - 4 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    out += '"';
    appendEscaped(out, text.substr(0, end), true);
    out += end < text.size() ? "…\"" : "\"";
}

void appendJsonString(std::string& out, std::string_view text)
{
    out += '"';
    for (Decoded next; !text.empty(); text.remove_prefix(next.bytes)) {
        next = decode(text);
        if (!next.valid) {
            out += "\uFFFD";
        } else if (next.character == '"' || next.character == '\\') {
            out += '\\';
            out += text.front();
        } else if (next.character == '\n') {
            out += "\\n";
        } else if (next.character < 0x20) {
            out += "\\u";
            appendNumber(out, static_cast<std::uint32_t>(next.character), 16, 4);
        } else {
            out += text.substr(0, next.bytes);
        }
    }
    out += '"';
}

std::uint64_t wide(const Record& record, std::size_t field)
{
    return fieldValue(record, field) | std::uint64_t {field < 4 ? fieldValue(record, field + 1) : 0} << 32;
}

struct NamedFlag {
    Flag flag;
    std::string_view name;
};
constexpr std::array<NamedFlag, 7> kFlagNames {{
    {FlagInferred, "inferred"},
    {FlagRepeat, "repeat"},
    {FlagUnreferenced, "unreferenced"},
    {FlagTruncated, "truncated"},
    {FlagUnrecorded, "unrecorded"},
    {FlagCancelled, "cancelled"},
    {FlagInternal, "internal"},
}};

// What says nothing is left out of the line for people: nobody, no text, and what only poll has.
constexpr std::size_t kLineVisible = 2; // which field of LineReached

bool isTold(const Record& record, std::size_t field, FieldType type)
{
    const bool phase = record.kind == EventKind::PhaseEntered || record.kind == EventKind::PhaseLeft;
    if (phase && field >= 2 && record.small != static_cast<std::uint16_t>(Phase::Poll))
        return false;
    if ((record.kind == EventKind::CallbackFinished || record.kind == EventKind::HandlerFinished) && field == 0)
        return record.small != 0;
    if (record.kind == EventKind::LineReached && field >= kLineVisible + 1)
        return record.c != 0;
    switch (type) {
    case FieldType::Unused: return false;
    case FieldType::Async:
    case FieldType::Promise:
    case FieldType::Job:
    case FieldType::Worker:
    case FieldType::Handler:
    case FieldType::Call:
    case FieldType::Object:
    case FieldType::Text:
    case FieldType::PollReasonName: return fieldValue(record, field) != 0;
    default: return true;
    }
}

// Of the variables that a line can see only the names, with spaces between: where each is, JSON has.
void appendVisible(std::string& out, std::string_view visible)
{
    std::string names;
    while (!visible.empty() && names.size() <= kTextForPeople) {
        const std::string_view line = visible.substr(0, visible.find('\n'));
        const std::size_t name = line.rfind(' ') + 1;
        names += names.empty() ? "" : " ";
        names += line.substr(name);
        visible.remove_prefix(std::min(line.size() + 1, visible.size()));
    }
    appendQuoted(out, names);
}

void appendValue(
    std::string& out, const Reader& reader, const Record& record, std::size_t field, FieldType type, bool json)
{
    const std::uint32_t value = fieldValue(record, field);
    switch (type) {
    case FieldType::Unused: return;
    case FieldType::Async:
    case FieldType::Promise:
    case FieldType::Job:
    case FieldType::Worker:
    case FieldType::Handler:
    case FieldType::Call:
    case FieldType::Object:
    case FieldType::Number: return appendNumber(out, value);
    case FieldType::Signed: return appendNumber(out, static_cast<std::int32_t>(value));
    case FieldType::Wide: return appendNumber(out, wide(record, field));
    case FieldType::Text:
        if (json)
            return appendJsonString(out, reader.text({value}));
        return record.kind == EventKind::LineReached && field == kLineVisible ? appendVisible(out, reader.text({value}))
                                                                              : appendQuoted(out, reader.text({value}));
    default: break;
    }
    if (json)
        appendJsonString(out, wordFor(type, value));
    else
        out += wordFor(type, value);
}

// As short as it is clear: below the directory in which the program was started, the directory is left out.
std::string_view shortened(std::string_view script, std::string_view directory)
{
    if (script.starts_with("file://"))
        script.remove_prefix(7);
    if (!directory.empty() && script.starts_with(directory) && script.substr(directory.size()).starts_with('/'))
        script.remove_prefix(directory.size() + 1);
    return script;
}

void appendPlace(std::string& out, const Reader& reader, StackId stack)
{
    Frame frame = reader.frame(stack);
    for (std::size_t depth = 0; stack && reader.text(frame.script).starts_with("node:"); ++depth) {
        stack = depth < kDeepestStack ? frame.caller : StackId {};
        frame = reader.frame(stack);
    }
    if (!stack)
        return;
    std::string_view directory;
    if (const Record first = reader.event({0}); first.kind == EventKind::RunStarted)
        directory = reader.text({first.d});
    const std::string_view function = reader.text(frame.function);
    const std::string_view script = shortened(reader.text(frame.script), directory);
    out += "  at ";
    if (!function.empty()) {
        appendEscaped(out, function, false);
        out += " (";
    }
    appendEscaped(out, script.empty() ? "<anonymous>" : script, false);
    if (frame.line != 0) {
        out += ':';
        appendNumber(out, frame.line);
        out += ':';
        appendNumber(out, frame.column);
    }
    if (!function.empty())
        out += ')';
}

} // namespace

AsyncId Execution::advance(const Record& record)
{
    if (record.kind == EventKind::CallbackStarted)
        m_running.push_back({record.a});
    const AsyncId current = m_running.empty() ? AsyncId {} : m_running.back();
    if (record.kind == EventKind::CallbackFinished) {
        const auto searched = m_running.rbegin()
            + static_cast<std::ptrdiff_t>(std::min(m_running.size(), kDeepestStack));
        const auto started = std::ranges::find(m_running.rbegin(), searched, AsyncId {record.a});
        if (started != searched) {
            m_running.erase(std::prev(started.base()), m_running.end()); // an error may have left several at once
            return {record.a};
        }
    }
    return current;
}

void appendLine(std::string& out, const Reader& reader, EventIndex index, const Record& record)
{
    const KindSchema& kind = schemaOf(record.kind);
    appendNumber(out, index.value, 10, 7);
    out += ' ';
    appendNumber(out, record.time / 1'000'000, 10, 8);
    out += '.';
    const std::uint64_t microseconds = record.time / 1'000 % 1'000;
    out += static_cast<char>('0' + microseconds / 100);
    out += static_cast<char>('0' + microseconds / 10 % 10);
    out += static_cast<char>('0' + microseconds % 10);
    out += " ms  ";
    out += (record.flags & FlagInferred) != 0 ? '~' : ' ';
    out += kind.name;
    std::string_view separator = "  ";
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        const Field& field = kind.fields[i];
        if (!isTold(record, i, field.type))
            continue;
        out += separator;
        out += field.name;
        out += ' ';
        appendValue(out, reader, record, i, field.type, false);
        separator = ", ";
    }
    for (const NamedFlag& flag : kFlagNames) {
        if (flag.flag == FlagInferred || (record.flags & flag.flag) == 0)
            continue;
        out += separator;
        out += flag.name;
        separator = ", ";
    }
    appendPlace(out, reader, {record.stack});
}

void appendJson(std::string& out, const Reader& reader, EventIndex index, const Record& record, AsyncId execution)
{
    const KindSchema& kind = schemaOf(record.kind);
    out += "{\"index\":";
    appendNumber(out, index.value);
    out += ",\"time\":";
    appendNumber(out, record.time);
    out += ",\"event\":\"";
    out += kind.name;
    out += '"';
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        const Field& field = kind.fields[i];
        if (field.type == FieldType::Unused)
            continue;
        out += ",\"";
        out += field.name;
        out += "\":";
        appendValue(out, reader, record, i, field.type, true);
    }
    for (const NamedFlag& flag : kFlagNames) {
        if ((record.flags & flag.flag) == 0)
            continue;
        out += ",\"";
        out += flag.name;
        out += "\":true";
    }
    out += ",\"execution\":";
    appendNumber(out, execution.value);
    out += ",\"stack\":[";
    StackId stack {record.stack};
    for (std::size_t depth = 0; stack && depth < kDeepestStack; ++depth) {
        const Frame frame = reader.frame(stack);
        out += depth == 0 ? "{\"function\":" : ",{\"function\":";
        appendJsonString(out, reader.text(frame.function));
        out += ",\"script\":";
        appendJsonString(out, reader.text(frame.script));
        out += ",\"line\":";
        appendNumber(out, frame.line);
        out += ",\"column\":";
        appendNumber(out, frame.column);
        out += '}';
        stack = frame.caller;
    }
    out += "]}";
}

} // namespace bistro::trace
