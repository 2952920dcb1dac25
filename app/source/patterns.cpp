#include "source/patterns.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bistro::app {

std::string_view repeatedRepetition(std::string_view pattern)
{
    struct Group {
        std::size_t at = 0;
        bool repeats = false;
    };
    std::vector<Group> open;
    bool inClass = false;
    const auto quantifier = [&](std::size_t i) {
        constexpr std::size_t kLongest = 24; // bytes of a quantifier
        const std::string_view rest = pattern.substr(std::min(i, pattern.size()), kLongest);
        return rest.starts_with('+') || rest.starts_with('*')
            || (rest.starts_with('{') && rest.substr(0, rest.find('}')).ends_with(',')); // {2,}
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\') {
            ++i;
            if (!inClass && quantifier(i + 1) && !open.empty())
                open.back().repeats = true;
        } else if (inClass) {
            inClass = c != ']';
            if (!inClass && quantifier(i + 1) && !open.empty())
                open.back().repeats = true;
        } else if (c == '[') {
            inClass = true;
        } else if (c == '(') {
            open.push_back({.at = i});
        } else if (c == ')' && !open.empty()) {
            const Group group = open.back();
            open.pop_back();
            const bool repeated = quantifier(i + 1);
            if (repeated && group.repeats)
                return pattern.substr(group.at, i + 2 - group.at);
            if (!open.empty() && (repeated || group.repeats))
                open.back().repeats = true;
        } else if (!open.empty() && quantifier(i + 1) && c != '?' && c != '|') {
            open.back().repeats = true;
        }
    }
    return {};
}

} // namespace bistro::app
