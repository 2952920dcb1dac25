// How often a text stands in the lines of the console, counted in slices so that a million lines keep nobody waiting.
// Memory: one number for each kBlock rows. GUI thread.
#pragma once

#include "console/consolemodel.h"

#include <QString>

#include <chrono>
#include <vector>

namespace bistro::ui {

class HitCount final {
public:
    // Counts from the beginning. Nothing is counted of an empty text.
    void start(const QString& text, Qt::CaseSensitivity sensitivity);
    // This row is not what it was: what has been counted of its block is counted again.
    void changed(const ConsoleModel& model, int row);
    // Goes on for so long. False when there is nothing left to do.
    bool countOn(const ConsoleModel& model, std::chrono::nanoseconds budget);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] Qt::CaseSensitivity sensitivity() const { return m_sensitivity; }
    // Of the rows that have been counted so far.
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isDone(const ConsoleModel& model) const { return m_text.isEmpty() || m_row >= model.rowCount(); }
    // Which one it is that begins there, from 1; 0 when its row has not been counted yet, or none begins there.
    [[nodiscard]] qint64 ordinalOf(const ConsoleModel& model, int row, qsizetype offset) const;

private:
    static constexpr int kBlock = 512;
    [[nodiscard]] qint64 hitsIn(const ConsoleModel& model, int row) const;

    QString m_text;
    Qt::CaseSensitivity m_sensitivity = Qt::CaseInsensitive;
    int m_row = 0; // the next to be counted
    qint64 m_total = 0;
    std::vector<qint64> m_before; // hits before each block
};

} // namespace bistro::ui
