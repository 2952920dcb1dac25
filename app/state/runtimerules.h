// The runtimes whose rules the model repeats: Node's lists of timers (timerlists), libuv's thread pool (poolline), the
// order of phases and queues (prediction), and the rules by which answers are given (why/rules). A trace that another
// version has made may follow others; whoever shows such a trace says so. Any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace bistro::trace {
class Reader;
}

namespace bistro::app {

inline constexpr std::string_view kNodeOfRules = "20"; // the major version
inline constexpr std::string_view kLibuvOfRules = "1.50"; // major and minor version

enum class RulesFit : std::uint8_t {
    Unknown, // the trace does not say what made it
    Same,
    OtherNode,
    OtherLibuv,
    OtherBoth,
};

// What made a trace, by its versions as RunStarted has them: {"node":"20.19.2","v8":"…","uv":"1.50.0"}. Views into that
// text; empty what it does not name.
struct RuntimeVersions {
    std::string_view node;
    std::string_view libuv;
};
[[nodiscard]] RuntimeVersions runtimeVersions(std::string_view versions);
// The same, of a trace whose log is not made; none when it does not begin with a run.
[[nodiscard]] RuntimeVersions runtimeVersions(const trace::Reader& reader);

// Whether the model's rules are those of that runtime. What is not named counts as the same, as long as the other is.
[[nodiscard]] RulesFit rulesFit(const RuntimeVersions& made);

} // namespace bistro::app
