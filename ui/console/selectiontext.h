// The text between two places in the console. It may be a gigabyte: it is gathered in slices. GUI thread.
#pragma once

#include "console/consolemodel.h"

#include <chrono>

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
    SelectionText(const ConsolePosition& from, const ConsolePosition& to)
        : m_from(from)
        , m_to(to)
        , m_row(from.row)
    {
    }
    // Goes on for so long. Whether that is all, or as much as is copied.
    bool gatherOn(const ConsoleModel& model, std::chrono::nanoseconds budget);
    [[nodiscard]] const QString& text() const { return m_text; }

private:
    ConsolePosition m_from;
    ConsolePosition m_to;
    int m_row = 0; // the next
    QString m_text;
};

} // namespace bistro::ui
