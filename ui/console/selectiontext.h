// What was printed between two places in the console, without its colors. It may be a gigabyte: it is gathered in
// slices. GUI thread.
#pragma once

#include "console/consolemodel.h"

#include <chrono>
#include <functional>
#include <utility>

namespace bistro::ui {

// A row, and an offset in what is shown of it.
struct ConsolePosition {
    int row = 0;
    qsizetype offset = 0;
    auto operator<=>(const ConsolePosition&) const = default;
};

class SelectionText final {
public:
    // Longer ones are cut, with a sentence.
    static constexpr qsizetype kLongest = 64 * 1024 * 1024;

    // `from` does not lie after `to`.
    // `leftOut`: rows of which nothing is copied; empty: none.
    SelectionText(const ConsolePosition& from, const ConsolePosition& to, std::function<bool(int row)> leftOut = {})
        : m_from(from)
        , m_to(to)
        , m_leftOut(std::move(leftOut))
        , m_row(from.row)
    {
    }
    // Goes on for so long. Whether that is all, or as much as is copied.
    bool gatherOn(const ConsoleModel& model, std::chrono::nanoseconds budget);
    [[nodiscard]] const QString& text() const { return m_text; }

private:
    ConsolePosition m_from;
    ConsolePosition m_to;
    std::function<bool(int row)> m_leftOut;
    bool m_any = false;
    int m_row = 0; // the next
    QString m_text;
};

} // namespace bistro::ui
