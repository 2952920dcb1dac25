// What the source of a recorded program says of a place in it: the functions around it, and what a line assigns. Read
// once for each script. GUI thread; lives no longer than the log.
#pragma once

#include "source/outline.h"
#include "state/tracelog.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace bistro::ui {

class ScriptOutlines final {
public:
    explicit ScriptOutlines(const app::TraceLog& log)
        : m_log(log)
    {
    }

    // The function around the one of this frame that declares one of these names: "table".
    struct Declared {
        std::string_view function; // empty: it has no name, or nobody knows
        bool isTop = false; // no function does: the file itself
    };
    [[nodiscard]] Declared declaredAround(const trace::Frame& frame, const std::vector<std::string_view>& names) const;
    // Whether no function is around the place, as far as the source is known.
    [[nodiscard]] bool isTopLevel(const trace::Frame& frame) const;
    // Whether the function of this frame takes its last parameter so: ...names.
    [[nodiscard]] bool isRest(const trace::Frame& frame, std::string_view parameter) const;
    // What the line sets, as it is written there: "price", "bill.total"; what it names.
    struct LineNames {
        std::vector<std::string> assigned;
        std::vector<std::string> named;
    };
    [[nodiscard]] LineNames namesIn(trace::TextId script, std::uint32_t line) const;

private:
    [[nodiscard]] const app::Outline* of(trace::TextId script) const;

    const app::TraceLog& m_log;
    mutable std::unordered_map<std::uint32_t, std::unique_ptr<app::Outline>> m_outlines;
};

} // namespace bistro::ui
