#include "state/lines.h"

#include <algorithm>
#include <charconv>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::string_view kMore = "…";

// Characters, which may be of several bytes each.
std::size_t charactersOf(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// So many characters at most. A string that is cut keeps its quotes.
std::string cutTo(std::string_view text, std::size_t most, bool isCut)
{
    if (!isCut && charactersOf(text) <= most)
        return std::string(text);
    const bool quoted = text.size() > 1 && (text.front() == '\'' || text.front() == '"' || text.front() == '`');
    const std::string_view end = quoted ? text.substr(0, 1) : std::string_view {};
    if (quoted && text.back() == text.front())
        text.remove_suffix(1);
    const std::size_t room = most > 1 + end.size() ? most - 1 - end.size() : 0;
    std::size_t bytes = 0;
    for (std::size_t count = 0; bytes < text.size(); ++bytes) {
        if ((static_cast<unsigned char>(text[bytes]) & 0xC0) != 0x80 && ++count > room)
            break;
    }
    if (room == 0)
        return most == 0 ? std::string() : std::string(kMore);
    return std::string(text.substr(0, bytes)).append(kMore).append(end);
}

std::optional<std::uint32_t> numberOfElement(std::string_view name)
{
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    return error == std::errc {} && end == name.data() + name.size() ? std::optional(number) : std::nullopt;
}

// What Node writes without quotes.
bool isPlainKey(std::string_view name)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto isPart = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9'); };
    return !name.empty() && isLetter(name.front()) && std::ranges::all_of(name, isPart);
}

// What stands between the quotes of a string, in one line.
std::string withoutQuotes(std::string_view text)
{
    const bool quoted = text.size() > 1 && text.front() == text.back();
    if (!quoted)
        return std::string(text);
    std::string plain;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\\' && i + 2 < text.size() && text[i + 1] != 'x' && text[i + 1] != 'u')
            plain += std::string_view("nrtbfv").contains(text[++i]) ? ' ' : text[i];
        else
            plain += text[i];
    }
    return plain;
}

struct Brackets {
    std::string head; // "Map(2) "
    std::string_view open = "{ ";
    std::string_view close = " }";
};

// Behind the class's name: Cache(1) [Map], [Map(1): null prototype].
std::string withSize(std::string text, std::uint32_t size)
{
    const std::size_t behind = std::min(text.find(text.starts_with('[') ? ':' : ' '), text.size());
    return text.contains('(') ? text : text.insert(behind, '(' + std::to_string(size) + ')');
}

Brackets bracketsOf(const LineObject& object)
{
    const std::string text(object.text.substr(0, object.text.find(" (")));
    const std::string sized = withSize(text, object.size) + ' ';
    switch (object.type) {
    case ObjectKind::Array:
        return {.head = text.empty() || text == "Array" || text.starts_with("Array(") ? "" : sized,
            .open = "[ ",
            .close = " ]"};
    case ObjectKind::TypedArray: return {.head = sized, .open = "[ ", .close = " ]"};
    case ObjectKind::Buffer: return {.head = {}, .open = "<Buffer ", .close = ">"};
    case ObjectKind::Map:
    case ObjectKind::Set: return {.head = sized};
    default: return {.head = text.empty() || text == "Object" ? std::string() : text + ' '};
    }
}

// Whether what it is says all that is to be said in few words.
bool saysAll(ObjectKind type)
{
    switch (type) {
    case ObjectKind::Object:
    case ObjectKind::Array:
    case ObjectKind::Map:
    case ObjectKind::Set:
    case ObjectKind::Promise:
    case ObjectKind::Error:
    case ObjectKind::TypedArray:
    case ObjectKind::Buffer:
    case ObjectKind::Arguments: return false;
    case ObjectKind::Function:
    case ObjectKind::Class:
    case ObjectKind::Date:
    case ObjectKind::RegExp:
    case ObjectKind::Generator:
    case ObjectKind::WeakCollection:
    case ObjectKind::Wrapper:
    case ObjectKind::Proxy:
    case ObjectKind::Other: return true;
    }
    return true;
}

bool isMemory(const LineObject& object)
{
    return object.type == ObjectKind::TypedArray
        && (object.text.ends_with("ArrayBuffer") || object.text.ends_with("ArrayBuffer]"));
}

// Of one that says all: a word for what is in it and cannot be told.
std::string_view afterWords(const LineObject& object)
{
    if (object.type == ObjectKind::WeakCollection)
        return object.text.contains("WeakRef") ? " {}" : " { <items unknown> }";
    if (object.type == ObjectKind::Generator)
        return object.text.ends_with("Iterator]") ? " {…}" : " {}";
    return "";
}

enum class Settled : std::uint8_t { Unknown, Pending, Fulfilled, Rejected };

// By what the engine says of a promise: "Promise (pending)".
Settled settledOf(const LineObject& object)
{
    if (object.type != ObjectKind::Promise)
        return Settled::Unknown;
    return object.text.ends_with("(pending)")  ? Settled::Pending
        : object.text.ends_with("(rejected)")  ? Settled::Rejected
        : object.text.ends_with("(fulfilled)") ? Settled::Fulfilled
                                               : Settled::Unknown;
}

class Previewer final {
public:
    Previewer(const Lines& lines, Index place)
        : m_lines(lines)
        , m_place(place)
    {
    }

    [[nodiscard]] std::string of(const LineValue& value, std::size_t most)
    {
        if (!value.object)
            return cutTo(value.text, most, value.cut);
        if (std::ranges::contains(m_around, value.object))
            return cutTo("[Circular *" + std::to_string(referenceOf(value.object)) + ']', most, false);
        const LineObject object = m_lines.objectAt(value.object, m_place);
        if (object.told == kNoEvent || saysAll(object.type)) {
            std::string text(object.text.empty() ? kMore : object.text);
            return cutTo(text.append(afterWords(object)), most, false);
        }
        if (isMemory(object)) // of which only the size is told
            return cutTo(
                std::string(object.text) + " { …, byteLength: " + std::to_string(object.size) + " }", most, false);
        if (settledOf(object) == Settled::Pending)
            return cutTo(bracketsOf(object).head + "{ <pending> }", most, false);
        if (object.type == ObjectKind::Error)
            return errorOf(value.object, object, most);
        Brackets brackets = bracketsOf(object);
        std::string text = around(value.object, object, brackets, most);
        if (const auto known = std::ranges::find(m_referenced, value.object); known != m_referenced.end()) {
            const auto number = known - m_referenced.begin() + 1; // it is found within itself
            brackets.head.insert(0, "<ref *" + std::to_string(number) + "> ");
            text = around(value.object, object, brackets, most);
        }
        if (!text.empty())
            return text;
        text = brackets.head + std::string(brackets.open.front() == '<' ? brackets.open : brackets.open.substr(0, 1))
            + std::string(kMore) + brackets.close.back();
        return cutTo(text, most, false);
    }

private:
    static constexpr std::size_t kDeepest = 2; // objects within each other that are written out
    static constexpr std::size_t kFewest = 3; // characters that a value is written with
    static constexpr std::size_t kTold = 100; // elements that the engine tells of

    struct Item {
        std::string key; // "total: "
        LineValue value;
        bool isAccessor = false;
        std::string fixed; // in the value's place
        std::size_t stands = 1; // for so many
    };

    // Within it, what leads back to it is seen. Empty when there is no room.
    [[nodiscard]] std::string around(ObjectId id, const LineObject& object, const Brackets& brackets, std::size_t most)
    {
        m_around.push_back(id);
        std::string text = m_around.size() > kDeepest ? std::string() : filled(id, object, brackets, most);
        m_around.pop_back();
        return text;
    }

    // Which of those that are found within themselves it is, from 1, in the order in which they are found.
    [[nodiscard]] std::size_t referenceOf(ObjectId id)
    {
        auto known = std::ranges::find(m_referenced, id);
        if (known == m_referenced.end())
            known = m_referenced.insert(known, id);
        return static_cast<std::size_t>(known - m_referenced.begin()) + 1;
    }

    // As the first line of its stack has it, and what else it has.
    [[nodiscard]] std::string errorOf(ObjectId id, const LineObject& object, std::size_t most)
    {
        std::string name(object.text);
        std::string message;
        bool cut = false;
        for (const LineProperty& each : m_lines.propertiesAt(id, m_place)) {
            if (each.type != PropertyKind::Data || each.value.object)
                continue;
            if (each.name == "name")
                name = withoutQuotes(each.value.text);
            if (each.name == "message") {
                message = withoutQuotes(each.value.text);
                cut = each.value.cut;
            }
        }
        std::string text = name + (name.empty() || message.empty() ? "" : ": ") + message;
        if (cut)
            text += kMore;
        const std::string whole = around(id, object, {.head = text + ' '}, most);
        return whole.empty() ? cutTo(text, most, false) : whole;
    }

    // What it has in it, as it is written; `all` is how many there are.
    [[nodiscard]] std::vector<Item> itemsOf(ObjectId id, const LineObject& object, std::size_t most, std::size_t& all)
    {
        std::vector<LineProperty> told = m_lines.propertiesAt(id, m_place, 0, most);
        std::vector<Item> items;
        std::vector<Item> named;
        std::vector<std::pair<std::uint32_t, LineProperty>> numbered;
        std::vector<std::pair<std::uint32_t, LineProperty>> keys;
        std::size_t others = 0; // that are no properties of its own
        for (const LineProperty& each : told) {
            const auto number = numberOfElement(each.name);
            const bool isElement = each.type == PropertyKind::Element || each.type == PropertyKind::Value;
            const bool isSaid = object.type == ObjectKind::Error
                && (each.name == "message" || each.name == "name" || each.name == "stack");
            if (isSaid || each.type == PropertyKind::Private) // Node prints no private ones
                continue;
            if (each.type == PropertyKind::Key && number) {
                keys.emplace_back(*number, each);
            } else if (isElement && number) {
                numbered.emplace_back(*number, each);
            } else {
                const bool isResult = each.type == PropertyKind::Result;
                others += isResult ? 1 : 0;
                const bool isReason = isResult && settledOf(object) == Settled::Rejected;
                named.push_back({.key = isReason ? "<rejected> "
                        : isResult               ? std::string()
                                                 : keyOf(each.name),
                    .value = each.value,
                    .isAccessor = each.type == PropertyKind::Accessor});
            }
        }
        std::ranges::sort(numbered, {}, &std::pair<std::uint32_t, LineProperty>::first);
        std::ranges::sort(keys, {}, &std::pair<std::uint32_t, LineProperty>::first);
        const bool isArray = object.type == ObjectKind::Array;
        const bool isBytes = object.type == ObjectKind::Buffer;
        const bool isList = isArray || isBytes || object.type == ObjectKind::TypedArray;
        const bool areAllTold = told.size() < most && !numbered.empty() && object.size <= kTold;
        std::size_t next = 0; // of a list: the number of the element that comes next
        const auto skipTo = [&](std::size_t number) {
            if (number > next)
                items.push_back({.key = {}, .value = {}, .fixed = emptyItems(number - next), .stands = number - next});
            next = number;
        };
        for (const auto& [number, each] : numbered) {
            if (isList && number != next) {
                if (!isArray || !areAllTold || number < next)
                    break; // one that is not told
                skipTo(number);
            }
            ++next;
            std::string key = isList || hasEntries(object.type) ? std::string() : keyOf(each.name);
            const auto entry = std::ranges::lower_bound(
                keys, number, {}, &std::pair<std::uint32_t, LineProperty>::first);
            if (entry != keys.end() && entry->first == number)
                key = of(entry->second.value, kOfKey) + " => ";
            items.push_back(
                {.key = std::move(key), .value = each.value, .fixed = isBytes ? byteOf(each.value.text) : ""});
        }
        if (isArray && areAllTold)
            skipTo(object.size);
        std::size_t elements = 0;
        for (const Item& item : items)
            elements += item.stands;
        // How many there are besides is known of no collection.
        const bool isCounted = !isList && !hasEntries(object.type) && object.type != ObjectKind::Error;
        all = std::max<std::size_t>(object.size, elements)
            + (isCounted ? std::max<std::size_t>(object.properties + others, named.size()) : named.size());
        if (elements >= object.size) // else those that are missing come first
            std::ranges::move(named, std::back_inserter(items));
        return items;
    }

    [[nodiscard]] static bool hasEntries(ObjectKind type) { return type == ObjectKind::Map || type == ObjectKind::Set; }
    [[nodiscard]] static std::string emptyItems(std::size_t count)
    {
        return count == 1 ? "<1 empty item>" : '<' + std::to_string(count) + " empty items>";
    }
    // 61 of 97.
    [[nodiscard]] static std::string byteOf(std::string_view number)
    {
        constexpr std::string_view kDigits = "0123456789abcdef";
        const auto byte = numberOfElement(number);
        return byte && *byte < 256 ? std::string {kDigits[*byte / 16], kDigits[*byte % 16]} : std::string(number);
    }

    [[nodiscard]] static std::string keyOf(std::string_view name)
    {
        const bool plain = isPlainKey(name) || name.starts_with("[Symbol(");
        return plain ? std::string(name) + ": " : '\'' + std::string(name) + "': ";
    }

    // Empty when there is no room for anything of it.
    [[nodiscard]] std::string filled(ObjectId id, const LineObject& object, const Brackets& brackets, std::size_t most)
    {
        std::size_t all = 0;
        const std::vector<Item> items = itemsOf(id, object, most / 2 + 1, all);
        const std::size_t room = [&] {
            const std::size_t around = charactersOf(brackets.head) + brackets.open.size() + brackets.close.size();
            return most > around ? most - around : 0;
        }();
        if (all == 0 && object.type == ObjectKind::Error)
            return {};
        if (all == 0 && settledOf(object) != Settled::Unknown) // what it is settled with is not told
            all = 1;
        if (all == 0) {
            const std::string empty = brackets.head
                + std::string(object.type == ObjectKind::Buffer ? brackets.open : brackets.open.substr(0, 1))
                + brackets.close.back();
            return charactersOf(empty) <= most ? empty : std::string();
        }
        const std::string_view comma = object.type == ObjectKind::Buffer ? " " : ", ";
        const auto rest = [&](std::size_t shown) {
            return shown == all
                ? std::string()
                : std::string(shown > 0 ? comma : "") + std::string(kMore) + ' ' + std::to_string(all - shown);
        };
        std::string inside;
        std::size_t shown = 0;
        for (const Item& item : items) {
            const std::string before = std::string(shown > 0 ? comma : "") + item.key;
            const std::size_t taken = charactersOf(inside) + charactersOf(before)
                + charactersOf(rest(shown + item.stands));
            const std::size_t left = room > taken ? room - taken : 0;
            const std::size_t width = charactersOf(item.fixed.empty() ? item.value.text : std::string_view(item.fixed));
            const bool isWhole = !item.fixed.empty() || (shown > 0 && !item.value.object);
            if ((left < kFewest && (item.value.object || width > left)) || (isWhole && width > left))
                break;
            inside += before;
            inside += !item.fixed.empty() ? item.fixed
                : item.isAccessor         ? cutTo(item.value.text.empty() ? "[Getter]" : item.value.text, left, false)
                                          : of(item.value, left);
            shown += item.stands;
        }
        inside += rest(shown);
        if (charactersOf(inside) > room)
            return {};
        return brackets.head + std::string(brackets.open) + inside + std::string(brackets.close);
    }

    static constexpr std::size_t kOfKey = 20; // characters of a Map's key

    const Lines& m_lines;
    Index m_place;
    std::vector<ObjectId> m_around; // that are being written
    std::vector<ObjectId> m_referenced; // that are found within themselves
};

} // namespace

std::string Lines::preview(const LineValue& value, Index place, std::size_t most) const
{
    std::string text = Previewer(*this, place).of(value, most);
    std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    return text;
}

} // namespace bistro::app
