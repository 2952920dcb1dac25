// Whose insides the engine knows. It reads V8's memory (v8layout.h), repeats libuv's rules (uvinternals.h) and adds
// lines to Node's own JavaScript (nodeinternals.h, node_patches.cpp): each holds for one version. They are named here
// and compared with what is there before the first event is recorded: with another one a run would be told wrongly, or
// the program's memory be written to.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bistro {

// V8's own number. What follows it in V8::GetVersion() counts Node's patches, which may not change any layout.
inline constexpr std::string_view kV8Version = "11.3.244.8";
inline constexpr std::string_view kUvVersion = "1.50";
inline constexpr std::string_view kNodeVersion = "20";

// One thing that must be as it was when the engine was written.
struct Requirement {
    std::string what;
    std::string expected;
    std::string found;
};

// Whether a version is that one, or says more of it: 1.50.0 is a 1.50, 1.5 and 1.501 are none.
[[nodiscard]] bool isVersion(std::string_view version, std::string_view expected);
[[nodiscard]] Requirement versionRequirement(std::string what, std::string_view expected, std::string_view found);

// Empty when all is as required; else a sentence for standard error about the first that is not: what is expected, what
// is there, what to do.
[[nodiscard]] std::string misfit(std::span<const Requirement> requirements);

} // namespace bistro
