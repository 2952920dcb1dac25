// A run with lines, drawn as words (support/drawnlines.h), as panels are given it.
#pragma once

#include "moment/moment.h"
#include "moment/tracefacts.h"
#include "panels/scriptoutlines.h"
#include "support/drawnlines.h"

#include <ctime>
#include <memory>
#include <string>

namespace bistro::tests {

// Of this thread's own processor time: what others do on the machine does not count.
inline double milliseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

class DrawnRun final {
public:
    explicit DrawnRun(std::string_view drawing, std::string source = {})
        : m_source(std::move(source))
        , m_log(logOf(drawnLinesFile(drawing, "/home/lea/cafe.js", m_source)))
        , m_lines(*m_log)
        , m_facts(*m_log)
        , m_outlines(*m_log)
    {
        m_lines.refresh();
    }

    [[nodiscard]] const app::TraceLog& log() const { return *m_log; }
    [[nodiscard]] const app::Lines& lines() const { return m_lines; }
    [[nodiscard]] const ui::ScriptOutlines& outlines() const { return m_outlines; }
    [[nodiscard]] app::Place end() const { return m_log->size(); }
    // Of a playhead at the stop in that line: the first of them, or another.
    [[nodiscard]] app::Place at(std::uint32_t line, int visit = 0) const
    {
        for (const app::Index stop : m_lines.stops()) {
            if (m_lines.placeOf(stop).line == line && visit-- == 0)
                return m_lines.endOfStop(stop);
        }
        return app::kNoEvent;
    }
    [[nodiscard]] ui::Moment moment(app::Place place) const
    {
        ui::Moment moment = ui::momentAt(*m_log, m_facts, place, app::Wording::Restaurant);
        moment.lines = &m_lines;
        return moment;
    }

private:
    std::string m_source;
    std::unique_ptr<app::TraceLog> m_log;
    app::Lines m_lines;
    ui::TraceFacts m_facts;
    ui::ScriptOutlines m_outlines;
};

} // namespace bistro::tests
