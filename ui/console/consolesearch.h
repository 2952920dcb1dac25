// Looks for a text in the lines of the console, round the end, in slices so that a million lines keep nobody waiting.
// GUI thread.
#pragma once

#include "console/selectiontext.h"

#include <chrono>
#include <optional>

namespace bistro::ui {

class ConsoleSearch final {
public:
    struct Start {
        ConsolePosition at;
        bool backward = false;
        bool wholeRow = false; // backward: the row's last hit, too
    };
    // In a model that has rows; the text is not empty.
    ConsoleSearch(QString text, Qt::CaseSensitivity sensitivity, const Start& start, const ConsoleModel& model);

    // Goes on for so long. True when it has ended: hit() says how.
    bool searchOn(const ConsoleModel& model, std::chrono::nanoseconds budget);
    // Where the text begins; nothing: it is nowhere.
    [[nodiscard]] const std::optional<ConsolePosition>& hit() const { return m_hit; }
    [[nodiscard]] const QString& text() const { return m_text; }

private:
    [[nodiscard]] qsizetype offsetIn(const QString& row) const;

    QString m_text;
    Qt::CaseSensitivity m_sensitivity = Qt::CaseInsensitive;
    bool m_backward = false;
    int m_row = 0;
    qint64 m_left = 0; // rows still to be looked at
    qsizetype m_from = 0; // in the first row; -1: from its end
    bool m_first = true;
    std::optional<ConsolePosition> m_hit;
};

} // namespace bistro::ui
