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

bool isIdentifier(std::string_view name)
{
    const auto isPart = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
            || c == '#' || static_cast<unsigned char>(c) >= 0x80;
    };
    return !name.empty() && std::ranges::all_of(name, isPart);
}

struct Brackets {
    std::string head; // "Map(2) "
    std::string_view open = "{ ";
    std::string_view close = " }";
};

Brackets bracketsOf(const LineObject& object)
{
    const std::string text(object.text);
    const bool hasSize = text.find('(') != std::string::npos;
    const std::string sized = text + (hasSize ? "" : '(' + std::to_string(object.size) + ')') + ' ';
    switch (object.type) {
    case ObjectKind::Array:
        return {.head = text.empty() || text == "Array" || text.starts_with("Array(") ? "" : sized,
            .open = "[ ",
            .close = " ]"};
    case ObjectKind::TypedArray:
    case ObjectKind::Arguments: return {.head = sized, .open = "[ ", .close = " ]"};
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
    case ObjectKind::TypedArray:
    case ObjectKind::Arguments: return false;
    case ObjectKind::Function:
    case ObjectKind::Class:
    case ObjectKind::Error:
    case ObjectKind::Date:
    case ObjectKind::RegExp:
    case ObjectKind::Buffer:
    case ObjectKind::Generator:
    case ObjectKind::WeakCollection:
    case ObjectKind::Wrapper:
    case ObjectKind::Proxy:
    case ObjectKind::Other: return true;
    }
    return true;
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
            return cutTo("[Circular]", most, false);
        const LineObject object = m_lines.objectAt(value.object, m_place);
        if (object.told == kNoEvent || saysAll(object.type))
            return cutTo(object.text.empty() ? kMore : object.text, most, false);
        const Brackets brackets = bracketsOf(object);
        m_around.push_back(value.object);
        std::string text = m_around.size() > kDeepest ? std::string() : filled(value.object, object, brackets, most);
        m_around.pop_back();
        if (!text.empty())
            return text;
        text = brackets.head + brackets.open.front() + std::string(kMore) + brackets.close.back();
        return cutTo(text, most, false);
    }

private:
    static constexpr std::size_t kDeepest = 2; // objects within each other that are written out
    static constexpr std::size_t kFewest = 3; // characters that a value is written with

    struct Item {
        std::string key; // "total: "
        LineValue value;
        bool isAccessor = false;
    };

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
            if (each.type == PropertyKind::Key && number) {
                keys.emplace_back(*number, each);
            } else if (isElement && number) {
                numbered.emplace_back(*number, each);
            } else {
                const bool isResult = each.type == PropertyKind::Result;
                others += isResult || each.type == PropertyKind::Private ? 1 : 0;
                named.push_back({.key = isResult ? std::string() : keyOf(each.name),
                    .value = each.value,
                    .isAccessor = each.type == PropertyKind::Accessor});
            }
        }
        std::ranges::sort(numbered, {}, &std::pair<std::uint32_t, LineProperty>::first);
        std::ranges::sort(keys, {}, &std::pair<std::uint32_t, LineProperty>::first);
        const bool isList = object.type == ObjectKind::Array || object.type == ObjectKind::TypedArray
            || object.type == ObjectKind::Arguments;
        for (const auto& [number, each] : numbered) {
            if (isList && number != items.size())
                break; // a hole, or one that is not told
            std::string key = object.type == ObjectKind::Object ? keyOf(each.name) : std::string();
            const auto entry = std::ranges::lower_bound(
                keys, number, {}, &std::pair<std::uint32_t, LineProperty>::first);
            if (entry != keys.end() && entry->first == number)
                key = of(entry->second.value, kOfKey) + " => ";
            items.push_back({.key = std::move(key), .value = each.value});
        }
        all = std::max<std::size_t>(object.size, items.size())
            + std::max<std::size_t>(object.properties + others, named.size());
        if (items.size() >= object.size) // else those that are missing come first
            std::ranges::move(named, std::back_inserter(items));
        return items;
    }

    [[nodiscard]] static std::string keyOf(std::string_view name)
    {
        const bool plain = isIdentifier(name) || name.starts_with("[Symbol(");
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
        if (all == 0) {
            const std::string empty = brackets.head + brackets.open.front() + brackets.close.back();
            return charactersOf(empty) <= most ? empty : std::string();
        }
        const auto rest = [&](std::size_t shown) {
            return shown == all ? std::string()
                                : (shown > 0 ? ", " : "") + std::string(kMore) + ' ' + std::to_string(all - shown);
        };
        std::string inside;
        std::size_t shown = 0;
        for (const Item& item : items) {
            const std::string before = (shown > 0 ? ", " : "") + item.key;
            const std::size_t taken = charactersOf(inside) + charactersOf(before) + charactersOf(rest(shown + 1));
            const std::size_t left = room > taken ? room - taken : 0;
            if (left < kFewest && (item.value.object || charactersOf(item.value.text) > left))
                break;
            if (shown > 0 && !item.value.object && charactersOf(item.value.text) > left)
                break;
            inside += before + (item.isAccessor ? cutTo("(…)", left, false) : of(item.value, left));
            ++shown;
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
};

} // namespace

std::string Lines::preview(const LineValue& value, Index place, std::size_t most) const
{
    std::string text = Previewer(*this, place).of(value, most);
    std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    return text;
}

} // namespace bistro::app
