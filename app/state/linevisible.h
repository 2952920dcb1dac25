// Part of the index of lines: what trace::events::LineReached says of the variables that are visible, read.
#pragma once

#include "trace/views.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bistro::app {

struct VisibleName {
    trace::VariableScope scope = trace::VariableScope::Local;
    std::uint32_t level = 0;
    std::string_view name;
};

// "block 1 name"; nothing for what is no such line.
[[nodiscard]] inline std::optional<VisibleName> visibleName(std::string_view line)
{
    using trace::VariableScope;
    const std::size_t first = line.find(' ');
    const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos || second + 1 >= line.size())
        return std::nullopt;
    VisibleName name {.level = 0, .name = line.substr(second + 1)};
    const char* const end = line.data() + second;
    const auto [read, error] = std::from_chars(line.data() + first + 1, end, name.level);
    if (error != std::errc {} || read != end)
        return std::nullopt;
    constexpr auto kLast = static_cast<std::uint32_t>(VariableScope::Script);
    for (std::uint32_t scope = 1; scope <= kLast; ++scope) {
        if (trace::wordFor(trace::FieldType::ScopeName, scope) == line.substr(0, first)) {
            name.scope = static_cast<VariableScope>(scope);
            return name;
        }
    }
    return std::nullopt;
}

// Each line of it.
template <typename Visitor>
void eachVisible(std::string_view text, Visitor visitor)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        visitor(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// Its last line: what is outermost.
[[nodiscard]] inline std::string_view outermostVisible(std::string_view text)
{
    return text.substr(text.rfind('\n') + 1); // npos + 1 is 0
}

} // namespace bistro::app
