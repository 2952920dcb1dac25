#include "process/launch.h"

#include <chrono>
#include <utility>

namespace bistro::app {

Spawn Launch::spawn(std::vector<std::string> more) const
{
    Spawn start;
    start.program = executable;
    start.directory = directory;
    start.arguments.emplace_back("node");
    start.arguments.insert(start.arguments.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = environment;
    if (recording)
        variables.push_back("BISTRO_TRACE=" + recording->file().string());
    if (recording && lines) {
        variables.emplace_back("BISTRO_LINES=1");
        if (lines->visits)
            variables.push_back("BISTRO_LINES_VISITS=" + std::to_string(*lines->visits));
        if (lines->stops)
            variables.push_back("BISTRO_LINES_LIMIT=" + std::to_string(*lines->stops));
    }
    variables.insert(variables.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    start.environment = environmentWith(std::move(variables));
    return start;
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

std::expected<Launch, std::string> LaunchBuilder::build()
{
    if (m_error)
        return std::unexpected(*m_error);
    return std::move(m_launch);
}

} // namespace bistro::app
