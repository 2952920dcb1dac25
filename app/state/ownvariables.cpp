#include "state/ownvariables.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace bistro::app {

using namespace trace;

namespace {

// The parameters of the function that Node puts around a CommonJS file.
constexpr std::array<std::string_view, 5> kOfEachFile {"exports", "require", "module", "__filename", "__dirname"};

// Whether the call is of a whole file: it has all five.
bool isOfAFile(const std::vector<LineVariable>& variables)
{
    return std::ranges::all_of(kOfEachFile, [&](std::string_view name) {
        return std::ranges::any_of(variables,
            [&](const LineVariable& one) { return one.name == name && one.slot.level < kAroundTheFunction; });
    });
}

// Whether it is the function itself, or one that is declared in it: these are there when the call begins, and the code
// says what they are.
bool isDeclaredFunction(const Lines& lines, CallId call, const LineVariable& variable, Index place)
{
    const auto stops = lines.stopsOf(call);
    return variable.scope != VariableScope::Parameter && !stops.empty()
        && variable.value.told < lines.endOfStop(stops.front())
        && isFunctionNamed(lines.objectAt(variable.value.object, place), variable.name);
}

LineValue propertyNamed(const Lines& lines, ObjectId holder, Index place, std::string_view name)
{
    constexpr std::size_t kAtOnce = 100;
    for (std::size_t from = 0;; from += kAtOnce) {
        const auto properties = lines.propertiesAt(holder, place, from, kAtOnce);
        for (const LineProperty& one : properties) {
            if (one.name == name && one.type != PropertyKind::Key)
                return one.value;
        }
        if (properties.size() < kAtOnce)
            return {};
    }
}

} // namespace

std::vector<LineVariable> ownVariables(const Lines& lines, CallId call, Index place)
{
    const auto visible = lines.variablesAt(call, place);
    const bool ofAFile = isOfAFile(visible);
    std::vector<LineVariable> own;
    for (const LineVariable& one : visible) {
        const bool hidden = std::ranges::contains(own, one.name, &LineVariable::name);
        if (one.slot.level < kAroundTheFunction && one.scope != VariableScope::This && one.value.isKnown()
            && !one.value.isUnset() && !hidden && !(ofAFile && std::ranges::contains(kOfEachFile, one.name))
            && !isDeclaredFunction(lines, call, one, place))
            own.push_back(one);
    }
    return own;
}

LineValue valueNamed(const Lines& lines, CallId call, Index place, std::string_view path)
{
    const std::size_t dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    const auto visible = lines.variablesAt(call, place);
    const auto found = std::ranges::find(visible, name, &LineVariable::name); // the innermost one
    if (found == visible.end())
        return {};
    LineValue value = found->value;
    for (std::string_view rest = dot == std::string_view::npos ? "" : path.substr(dot + 1); !rest.empty();) {
        const std::size_t end = rest.find('.');
        value = value.object ? propertyNamed(lines, value.object, place, rest.substr(0, end)) : LineValue {};
        rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
    }
    return value;
}

std::string valuesText(const Lines& lines, const std::vector<LineVariable>& variables, Index place)
{
    std::string text;
    for (const LineVariable& one : variables) {
        text += text.empty() ? "" : ", ";
        text += one.name;
        text += " = ";
        text += lines.preview(one.value, place);
    }
    return text;
}

std::vector<std::string_view> visibleNames(std::string_view visible)
{
    std::vector<std::string_view> names;
    for (const auto line : std::views::split(visible, '\n')) {
        const std::string_view text(line);
        const std::size_t scope = text.find(' ');
        const std::size_t level = scope == std::string_view::npos ? scope : text.find(' ', scope + 1);
        if (level != std::string_view::npos && level + 1 < text.size())
            names.push_back(text.substr(level + 1));
    }
    return names;
}

} // namespace bistro::app
