#include "process/launch.h"

#include "control/messages.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

namespace bistro::app {

namespace {

// What the warden and the engine are told, and the program's own variables: ours as they were cleaned, and this
// launch's.
std::vector<std::string> environmentWithin(
    const Enclosure& enclosure, std::vector<std::string> variables, bool isRecorded)
{
    variables.push_back("BISTRO_POLICY=" + enclosure.policy);
    variables.push_back("BISTRO_TEMPORARY=" + enclosure.temporary.string());
    if (isRecorded) {
        variables.emplace_back("BISTRO_CONFINED=1");
        variables.emplace_back("BISTRO_WARDEN=1");
        variables.push_back("BISTRO_WORKSPACE=" + enclosure.workspace.string());
        variables.push_back("BISTRO_PLACES=" + enclosure.places);
        if (enclosure.addons)
            variables.emplace_back("BISTRO_ADDONS=1");
    }
    return environmentFrom(enclosure.environment, std::move(variables));
}

} // namespace

Spawn Launch::spawn(std::vector<std::string> more) const
{
    Spawn start;
    start.program = enclosure ? enclosure->warden : executable;
    start.directory = directory;
    if (enclosure) {
        start.deathSignal = control::kKillAll; // a warden that is killed leaves others behind
        start.arguments = {"bistro-warden", "--", executable.string()};
    }
    start.arguments.emplace_back("node");
    start.arguments.insert(start.arguments.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = environment;
    if (recording)
        variables.push_back("BISTRO_TRACE=" + recording->file().string());
    if (recording && lines) {
        variables.emplace_back(lines->packages ? "BISTRO_LINES=packages" : "BISTRO_LINES=1");
        if (lines->visits)
            variables.push_back("BISTRO_LINES_VISITS=" + std::to_string(*lines->visits));
        if (lines->counts)
            variables.emplace_back("BISTRO_LINES_COUNTS=1");
        if (lines->stops)
            variables.push_back("BISTRO_LINES_LIMIT=" + std::to_string(*lines->stops));
    }
    variables.insert(variables.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    if (!enclosure && recording)
        variables.emplace_back("BISTRO_CONFINED=0");
    if (enclosure)
        start.environment = environmentWithin(*enclosure, std::move(variables), recording.has_value());
    else
        start.environment = environmentWith(std::move(variables));
    return start;
}

bool isMeasuringFlag(std::string_view flag)
{
    constexpr std::array<std::string_view, 11> kMeasuring {"--cpu-prof", "--heap-prof", "--prof", "--perf-basic-prof",
        "--perf-prof", "--interpreted-frames-native-stack", "--heapsnapshot-near-heap-limit", "--heapsnapshot-signal",
        "--track-heap-objects", "--trace-gc", "--trace-events-enabled"};
    constexpr std::array<std::string_view, 3> kOfCode {"--print-", "--trace-opt", "--trace-deopt"};
    const std::string_view name = flag.substr(0, flag.find('='));
    return std::ranges::contains(kMeasuring, name)
        || std::ranges::any_of(kOfCode, [&](std::string_view start) { return name.starts_with(start); });
}

LaunchBuilder::LaunchBuilder(std::filesystem::path executable)
{
    m_launch.executable = std::move(executable);
}

LaunchBuilder& LaunchBuilder::with(std::vector<std::string> arguments)
{
    m_launch.arguments = std::move(arguments);
    return *this;
}

LaunchBuilder& LaunchBuilder::environment(std::vector<std::string> variables)
{
    m_launch.environment = std::move(variables);
    return *this;
}

LaunchBuilder& LaunchBuilder::in(std::filesystem::path directory)
{
    m_launch.directory = std::move(directory);
    return *this;
}

LaunchBuilder& LaunchBuilder::controlled()
{
    m_launch.controlled = true;
    return *this;
}

LaunchBuilder& LaunchBuilder::recordedAs(std::string_view program)
{
    auto recording = runsFolder().and_then([program](const std::filesystem::path& folder) {
        return Recording::recent(folder, program, std::chrono::system_clock::now());
    });
    if (recording)
        m_launch.recording = std::move(*recording);
    else
        m_launch.notRecorded = recording.error();
    return *this;
}

LaunchBuilder& LaunchBuilder::recordedInto(const std::filesystem::path& file)
{
    auto recording = Recording::named(file);
    if (recording)
        m_launch.recording = std::move(*recording);
    else
        m_error = recording.error();
    return *this;
}

LaunchBuilder& LaunchBuilder::withLines(LineLimits limits)
{
    m_launch.lines = limits;
    return *this;
}

LaunchBuilder& LaunchBuilder::within(Enclosure enclosure)
{
    m_launch.enclosure = std::move(enclosure);
    return *this;
}

std::expected<Launch, std::string> LaunchBuilder::build()
{
    if (m_error)
        return std::unexpected(*m_error);
    return std::move(m_launch);
}

} // namespace bistro::app
