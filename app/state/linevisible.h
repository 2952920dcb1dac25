// What the events of lines say of variables, read: what a stop can see, and what is told. Any thread.
#pragma once

#include "state/tracelog.h"
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

// The first of that name.
[[nodiscard]] inline std::optional<VisibleName> visibleNamed(std::string_view text, std::string_view name)
{
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (line.ends_with(name)) {
            if (const auto found = visibleName(line); found && found->name == name)
                return found;
        }
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return std::nullopt;
}

// What an event tells of a variable: a variable-set, or the one that a line-reached tells. Nothing for any other.
[[nodiscard]] inline std::optional<trace::events::VariableSet> variableTold(
    const TraceLog& log, const trace::Record& event)
{
    using namespace trace;
    if (is<events::VariableSet>(event))
        return as<events::VariableSet>(event);
    if (!is<events::LineReached>(event))
        return std::nullopt;
    const auto e = as<events::LineReached>(event);
    const auto found = e.changed ? visibleNamed(log.text(e.visible), log.text(e.changed)) : std::nullopt;
    if (!found)
        return std::nullopt;
    events::VariableSet told {.scope = found->scope, .level = found->level, .name = e.changed, .value = e.value};
    told.flags = e.flags;
    told.stack = e.stack;
    told.time = e.time;
    return told;
}

// Its last line: what is outermost.
[[nodiscard]] inline std::string_view outermostVisible(std::string_view text)
{
    return text.substr(text.rfind('\n') + 1); // npos + 1 is 0
}

} // namespace bistro::app
