// A small trace written by hand, opened as the window opens one. Times in microseconds.
#pragma once

#include "state/tracelog.h"
#include "support/tracefile.h"

#include <QTemporaryDir>

#include <fstream>
#include <memory>

namespace bistro::tests {

class HandTrace final {
public:
    HandTrace& at(std::uint64_t microseconds, trace::Record event)
    {
        event.time = microseconds * 1'000;
        m_file.event(event);
        return *this;
    }
    HandTrace& starts(std::uint64_t us, std::uint32_t async)
    {
        return at(us, {.kind = trace::EventKind::CallbackStarted, .a = async});
    }
    HandTrace& ends(std::uint64_t us, std::uint32_t async)
    {
        return at(us, {.kind = trace::EventKind::CallbackFinished, .a = async});
    }
    HandTrace& begun(std::uint64_t us, std::uint32_t job, std::uint32_t worker)
    {
        return at(us, {.kind = trace::EventKind::PoolJobBegun, .a = job, .b = worker});
    }
    HandTrace& done(std::uint64_t us, std::uint32_t job, std::uint32_t worker)
    {
        return at(us, {.kind = trace::EventKind::PoolJobDone, .a = job, .b = worker});
    }
    HandTrace& poll(std::uint64_t us)
    {
        return at(
            us, {.kind = trace::EventKind::PhaseEntered, .small = static_cast<std::uint16_t>(trace::Phase::Poll)});
    }
    HandTrace& pollLeft(std::uint64_t us)
    {
        return at(us, {.kind = trace::EventKind::PhaseLeft, .small = static_cast<std::uint16_t>(trace::Phase::Poll)});
    }
    // A job of the pool with its resource, named, asked for by code at a line of lesson.js.
    HandTrace& asks(
        std::uint64_t us, std::uint32_t async, std::uint32_t job, std::string_view name, std::uint32_t line = 1)
    {
        const std::uint32_t callback = m_file.text(name).value;
        const std::uint32_t type = m_file.text("FSREQCALLBACK").value;
        const std::uint32_t stack = frame(line);
        at(us,
            {.kind = trace::EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(trace::Service::Pool),
                .stack = stack,
                .a = async,
                .b = 1,
                .c = type,
                .d = callback});
        return at(us, {.kind = trace::EventKind::PoolJobSubmitted, .a = job, .b = async});
    }
    std::uint32_t text(std::string_view words) { return m_file.text(words).value; }
    std::uint32_t frameOf(std::string_view script, std::uint32_t line)
    {
        return m_file.frame({.function = {}, .script = m_file.text(script), .line = line, .column = 1, .caller = {}})
            .value;
    }
    std::uint32_t frameOf(std::string_view script, std::string_view function, std::uint32_t caller)
    {
        return m_file
            .frame({.function = m_file.text(function),
                .script = m_file.text(script),
                .line = 1,
                .column = 1,
                .caller = {caller}})
            .value;
    }
    std::uint32_t frame(std::uint32_t line, std::string_view function = {}, std::uint32_t caller = 0)
    {
        const trace::TextId name = function.empty() ? trace::TextId {} : m_file.text(function);
        return m_file
            .frame({.function = name,
                .script = m_file.text("/home/ada/lesson.js"),
                .line = line,
                .column = 1,
                .caller = {caller}})
            .value;
    }

    void save(const std::string& path) const
    {
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(m_file.bytes().data()),
                static_cast<std::streamsize>(m_file.bytes().size()));
    }
    [[nodiscard]] std::unique_ptr<app::TraceLog> open(std::chrono::nanoseconds limit = app::TraceLog::kNoLimit) const
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("hand.bistro")).toStdString();
        save(path);
        return app::TraceLog::open(path, limit).value();
    }

private:
    TraceFile m_file;
};

} // namespace bistro::tests
