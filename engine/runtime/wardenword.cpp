#include "wardenline.h"

#include <algorithm>
#include <charconv>

namespace bistro {
namespace {

using trace::FieldType;

// The text up to the next blank, which is taken away with it.
std::string_view word(std::string_view& text)
{
    const std::string_view found = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), found.size() + 1));
    return found;
}

bool number(std::string_view text, std::uint32_t& value)
{
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && result.ec == std::errc {} && result.ptr == text.data() + text.size();
}

// 0 when it is no word of this type.
std::uint32_t valueOf(FieldType type, std::string_view text)
{
    for (std::uint32_t value = 1; !text.empty() && value < 64; ++value) {
        if (trace::wordFor(type, value) == text)
            return value;
    }
    return 0;
}

} // namespace

std::optional<WardenWord> wardenWord(std::string_view datagram)
{
    const std::string_view verb = word(datagram);
    if (verb == "refused") {
        WardenRefused refused {.access = static_cast<trace::Access>(valueOf(FieldType::AccessName, word(datagram)))};
        if (refused.access == trace::Access {} || !number(word(datagram), refused.error)
            || !number(word(datagram), refused.pid) || datagram.empty())
            return {};
        refused.subject = datagram;
        return refused;
    }
    if (verb == "limit") {
        WardenLimit limit {.limit = static_cast<trace::RunLimit>(valueOf(FieldType::RunLimitName, word(datagram)))};
        if (limit.limit == trace::RunLimit {} || !number(word(datagram), limit.allowed)
            || !number(word(datagram), limit.pid) || !datagram.empty())
            return {};
        return limit;
    }
    return {};
}

} // namespace bistro
