// Lines that a run printed, as guesses name them, and which of them may come in another order. Values and free
// functions; the log's thread.
#pragma once

#include "state/tracelog.h"
#include "why/screenlines.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace bistro::app {

// A line as it is told from others.
[[nodiscard]] QString lineText(const QString& text);
[[nodiscard]] QString lineText(const ScreenLines::Line& line);

// For each text the printed line that it stands for: where a text comes several times, the n-th is its n-th printing.
// None: it was not printed so often.
[[nodiscard]] std::vector<std::optional<std::size_t>> printingsOf(const QStringList& texts, const ScreenLines& lines);

// Whether the trace says that both orders of two printed lines are possible.
[[nodiscard]] bool mayComeInEitherOrder(const TraceLog& log, std::size_t one, std::size_t other);

// Whether time decided between them, however far apart they were: a busier computer may turn them round.
[[nodiscard]] bool isDecidedByTime(const TraceLog& log, std::size_t one, std::size_t other);

// Which pairs of printed lines (numbers of ScreenLines) may come in either order; the smaller number first.
struct LegalOrders {
    std::vector<std::pair<std::size_t, std::size_t>> either;
};
// Of the pairs in `leftOpen`, smaller number first, it is enough that time decided.
using LinePairs = std::vector<std::pair<std::size_t, std::size_t>>;
[[nodiscard]] LegalOrders legalOrders(
    const TraceLog& log, const std::vector<std::size_t>& lines, const LinePairs& leftOpen = {});

// Of so many things, numbered in the order in which they came, those that come before others for certain; closed: what
// is before one that is before a third is before the third.
class CertainOrder final {
public:
    CertainOrder(std::size_t count, const std::vector<std::pair<std::size_t, std::size_t>>& either);

    [[nodiscard]] std::size_t size() const { return m_count; }
    [[nodiscard]] bool isBefore(std::size_t one, std::size_t other) const { return m_before[one * m_count + other]; }
    [[nodiscard]] bool hasRace() const;
    [[nodiscard]] bool allows(const std::vector<std::size_t>& order) const;
    // Places from 0 at which it may come.
    [[nodiscard]] std::size_t earliest(std::size_t one) const;
    [[nodiscard]] std::size_t latest(std::size_t one) const;
    // The legal order that has most in common with a guess: at each place from 0 the thing that was guessed there, or
    // none. What came where it was guessed stays there. Of more than kMost things it is the order in which they came.
    static constexpr std::size_t kMost = 12;
    [[nodiscard]] std::vector<std::size_t> nearest(const std::vector<std::optional<std::size_t>>& guess) const;

private:
    std::size_t m_count;
    std::vector<bool> m_before;
};

} // namespace bistro::app
