#include "versions.h"

#include <algorithm>

namespace bistro {

bool isVersion(std::string_view version, std::string_view expected)
{
    if (!version.starts_with(expected))
        return false;
    return version.size() == expected.size() || version[expected.size()] == '.' || version[expected.size()] == '-';
}

Requirement versionRequirement(std::string what, std::string_view expected, std::string_view found)
{
    return {.what = std::move(what),
        .expected = std::string(expected),
        .found = std::string(isVersion(found, expected) ? expected : found)};
}

std::string misfit(std::span<const Requirement> requirements)
{
    const auto differs = [](const Requirement& each) { return each.found != each.expected; };
    const auto found = std::ranges::find_if(requirements, differs);
    if (found == requirements.end())
        return {};
    std::string sentence = "bistro-engine: ";
    sentence += found->what + " is " + found->found + " here, not " + found->expected;
    sentence += ", and nothing can be recorded with it; install Node " + std::string(kNodeVersion)
        + " as a library, with V8 " + std::string(kV8Version) + ", and libuv " + std::string(kUvVersion)
        + ", as Debian 13 has them (libnode115, libuv1t64).";
    return sentence;
}

} // namespace bistro
