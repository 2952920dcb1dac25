// A trace drawn by hand, for one question: texts, places and records in the order in which they are said.
#pragma once

#include "state/tracelog.h"
#include "support/tracefile.h"

#include <QString>
#include <QTemporaryDir>

#include <cstdint>
#include <fstream>
#include <memory>

namespace bistro::tests {

class Drawing final {
public:
    std::uint32_t text(std::string_view text) { return m_file.text(text).value; }
    std::uint32_t place(std::uint32_t line, std::string_view function = {}, std::uint32_t column = 1)
    {
        if (m_script == 0)
            m_script = text("/lesson.js");
        trace::TextId name;
        if (!function.empty())
            name = m_file.text(function);
        return m_file.frame({.function = name, .script = {m_script}, .line = line, .column = column, .caller = {}})
            .value;
    }

    // The record, at the drawing's time; its number.
    app::Index event(trace::Record record)
    {
        record.time = m_time;
        m_file.event(record);
        return m_count++;
    }
    Drawing& wait(std::uint64_t microseconds)
    {
        m_time += microseconds * 1'000;
        return *this;
    }

    app::Index timer(
        std::uint32_t async, std::string_view name, std::uint32_t delay, std::uint32_t clock, std::uint32_t stack = 0)
    {
        event(
            {.kind = trace::EventKind::TimerCreated, .stack = stack, .a = async, .b = 1, .c = text(name), .d = delay});
        return event({.kind = trace::EventKind::TimerStarted, .a = async, .b = delay, .c = clock, .d = clock + delay});
    }
    app::Index immediate(std::uint32_t async, std::string_view name)
    {
        return event({.kind = trace::EventKind::ImmediateCreated, .a = async, .b = 1, .c = text(name)});
    }
    app::Index tick(std::uint32_t async, std::string_view name)
    {
        return event({.kind = trace::EventKind::TickQueued, .a = async, .b = 1, .c = text(name)});
    }
    app::Index microtask(std::uint32_t async, std::string_view name)
    {
        return event({.kind = trace::EventKind::MicrotaskQueued, .a = async, .b = 1, .c = text(name)});
    }
    app::Index work(std::uint32_t async, std::uint32_t job, std::string_view name)
    {
        event({.kind = trace::EventKind::ResourceCreated,
            .small = static_cast<std::uint16_t>(trace::Service::Pool),
            .a = async,
            .b = 1,
            .c = text("FSREQCALLBACK"),
            .d = text(name)});
        return event({.kind = trace::EventKind::PoolJobSubmitted, .a = job, .b = async, .c = text("read")});
    }
    app::Index begun(std::uint32_t job, std::uint32_t worker)
    {
        return event({.kind = trace::EventKind::PoolJobBegun, .a = job, .b = worker});
    }
    app::Index done(std::uint32_t job, std::uint32_t worker)
    {
        return event({.kind = trace::EventKind::PoolJobDone, .a = job, .b = worker});
    }
    app::Index delivered(std::uint32_t job) { return event({.kind = trace::EventKind::PoolJobDelivered, .a = job}); }
    app::Index start(std::uint32_t async) { return event({.kind = trace::EventKind::CallbackStarted, .a = async}); }
    app::Index finish(std::uint32_t async, trace::AfterCallback after = trace::AfterCallback::Drains)
    {
        return event(
            {.kind = trace::EventKind::CallbackFinished, .small = static_cast<std::uint16_t>(after), .a = async});
    }
    app::Index line(std::string_view output)
    {
        return event({.kind = trace::EventKind::Output,
            .small = static_cast<std::uint16_t>(trace::Stream::Output),
            .a = text(output),
            .b = static_cast<std::uint32_t>(output.size())});
    }
    app::Index iteration() { return event({.kind = trace::EventKind::IterationStarted, .a = ++m_iteration}); }
    app::Index enter(trace::Phase phase, trace::PollReason reason = {}, std::uint32_t timeout = 0)
    {
        return event({.kind = trace::EventKind::PhaseEntered,
            .small = static_cast<std::uint16_t>(phase),
            .a = m_iteration,
            .b = static_cast<std::uint32_t>(reason),
            .c = timeout});
    }
    app::Index leave(trace::Phase phase, std::uint32_t arrivals = 0, std::uint32_t held = 0)
    {
        return event({.kind = trace::EventKind::PhaseLeft,
            .small = static_cast<std::uint16_t>(phase),
            .a = m_iteration,
            .b = arrivals,
            .c = held});
    }
    app::Index process(std::uint32_t clock) { return event({.kind = trace::EventKind::TimersProcessed, .a = clock}); }

    [[nodiscard]] std::unique_ptr<app::TraceLog> log() const
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("drawn.bistro")).toStdString();
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(m_file.bytes().data()),
                static_cast<std::streamsize>(m_file.bytes().size()));
        return app::TraceLog::open(path).value();
    }

private:
    TraceFile m_file;
    std::uint64_t m_time = 0;
    app::Index m_count = 0;
    std::uint32_t m_iteration = 0;
    std::uint32_t m_script = 0;
};

} // namespace bistro::tests
