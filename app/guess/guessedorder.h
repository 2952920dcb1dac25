// Lines put in order, held against the lines that were printed. Inner to app/guess.
#pragma once

#include "guess/guessed.h"
#include "guess/legalorders.h"
#include "lesson/lesson.h"
#include "why/explanation.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace bistro::app {

// Rows of a question in some order, and what of them was printed.
class PrintedRows final {
public:
    PrintedRows(const TraceLog& log, const PredictOrder& question, const QList<int>& rows);

    [[nodiscard]] const ScreenLines& lines() const { return m_lines; }
    // Of the row at this place: which printed line it is; and which it is of the rows that came, from 0.
    [[nodiscard]] std::optional<std::size_t> line(std::size_t place) const { return m_printings[place]; }
    [[nodiscard]] std::optional<std::size_t> rank(std::size_t place) const;
    [[nodiscard]] std::size_t came() const { return m_came.size(); }
    // Which of those that came are before others for certain. What the author leaves open is so if time decided it.
    [[nodiscard]] const CertainOrder& certain() const { return m_certain; }
    // Lines on standard output that are none of the rows; without blank ones. A stack that Node prints is no guess.
    [[nodiscard]] std::vector<std::size_t> notListed() const;

private:
    const TraceLog& m_log;
    ScreenLines m_lines;
    std::vector<std::optional<std::size_t>> m_printings; // by place
    std::vector<std::size_t> m_came; // printed lines, in order
    CertainOrder m_certain;
};

[[nodiscard]] GuessResult compareOrder(const PredictOrder& question, const GuessedOrder& guess, const TraceLog& log);
[[nodiscard]] Explanation whyThereInOrder(const GuessResult& result, int row, const TraceLog& log, Wording wording);
[[nodiscard]] std::optional<QString> faultOfOrder(const PredictOrder& question, const TraceLog& log);

} // namespace bistro::app
