#include "drawnlog.h"

#include "tracefile.h"

#include <QTemporaryDir>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <ranges>
#include <vector>

namespace bistro::tests {

using namespace bistro::trace;

namespace {

std::uint32_t numberIn(std::string_view word)
{
    const std::size_t at = word.find_first_of("0123456789");
    std::uint32_t number = 0;
    if (at != std::string_view::npos)
        std::from_chars(word.data() + at, word.data() + word.size(), number);
    return number;
}

} // namespace

std::unique_ptr<app::TraceLog> drawnLog(std::string_view drawing)
{
    TraceFile file;
    const std::uint32_t line = file.text("a line\n").value;
    std::vector<Record> open;
    std::uint32_t rounds = 0;
    for (const auto range : std::views::split(drawing, ' ')) {
        const std::string_view word(range.begin(), range.end());
        const std::uint32_t number = numberIn(word);
        if (word.empty()) {
            continue;
        } else if (word == "run") {
            file.event({.kind = EventKind::RunStarted});
        } else if (word == "round") {
            file.event({.kind = EventKind::IterationStarted, .a = ++rounds});
        } else if (word == "poll") {
            file.event(
                {.kind = EventKind::PhaseEntered, .small = static_cast<std::uint16_t>(Phase::Poll), .a = rounds});
        } else if (word == "out") {
            file.event(
                {.kind = EventKind::Output, .small = static_cast<std::uint16_t>(Stream::Output), .a = line, .b = 7});
        } else if (word.starts_with("new")) {
            file.event({.kind = EventKind::TimerCreated, .a = number, .d = 1});
        } else if (word.starts_with("await")) {
            file.event({.kind = EventKind::PromiseCreated,
                .small = static_cast<std::uint16_t>(PromiseOrigin::Await),
                .a = number});
        } else if (word.starts_with("then")) {
            file.event({.kind = EventKind::PromiseCreated,
                .small = static_cast<std::uint16_t>(PromiseOrigin::Derived),
                .a = number});
        } else if (word.ends_with('(')) {
            const bool job = word.starts_with("job");
            const auto small = static_cast<std::uint16_t>(job ? JobKind::Reaction : JobKind {});
            file.event({.kind = job ? EventKind::JobStarted : EventKind::CallbackStarted, .small = small, .a = number});
            open.push_back(
                {.kind = job ? EventKind::JobFinished : EventKind::CallbackFinished, .small = small, .a = number});
        } else if (word == ")" && !open.empty()) {
            file.event(open.back());
            open.pop_back();
        } else {
            std::cerr << "drawnLog: \"" << word << "\" is no word of a drawing\n";
            std::abort();
        }
    }
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("drawn.bistro")).toStdString();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(file.bytes().data()), static_cast<std::streamsize>(file.bytes().size()));
    return app::TraceLog::open(path).value();
}

} // namespace bistro::tests
