#include "state/runtimerules.h"

#include "trace/reader.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {
namespace {

// The engine writes an object of strings without escapes; of any other text nothing is found.
std::string_view valueOf(std::string_view object, std::string_view quotedKey)
{
    const std::size_t key = object.find(quotedKey);
    if (key == std::string_view::npos)
        return {};
    object.remove_prefix(key + quotedKey.size());
    const std::size_t begin = object.find_first_not_of(" :");
    if (begin == std::string_view::npos || object[begin] != '"')
        return {};
    object.remove_prefix(begin + 1);
    const std::size_t end = object.find('"');
    return end == std::string_view::npos ? std::string_view() : object.substr(0, end);
}

// "20" of "20.19.2", "1.50" of "1.50.0": not "200.1", not "1.5".
bool isOf(std::string_view version, std::string_view release)
{
    return version.starts_with(release) && (version.size() == release.size() || version[release.size()] == '.');
}

} // namespace

RuntimeVersions runtimeVersions(std::string_view versions)
{
    return {.node = valueOf(versions, "\"node\""), .libuv = valueOf(versions, "\"uv\"")};
}

RuntimeVersions runtimeVersions(const trace::Reader& reader)
{
    constexpr std::size_t kFirst = 16; // events: a run begins with its start
    for (std::size_t i = 0; i < std::min(reader.size(), kFirst); ++i) {
        const trace::Record event = reader.event({i});
        if (trace::is<trace::events::RunStarted>(event))
            return runtimeVersions(reader.text(trace::as<trace::events::RunStarted>(event).versions));
    }
    return {};
}

RulesFit rulesFit(const RuntimeVersions& made)
{
    if (made.node.empty() && made.libuv.empty())
        return RulesFit::Unknown;
    const bool node = made.node.empty() || isOf(made.node, kNodeOfRules);
    const bool libuv = made.libuv.empty() || isOf(made.libuv, kLibuvOfRules);
    if (node)
        return libuv ? RulesFit::Same : RulesFit::OtherLibuv;
    return libuv ? RulesFit::OtherNode : RulesFit::OtherBoth;
}

} // namespace bistro::app
