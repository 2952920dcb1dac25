#include "console/consolesearch.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace bistro::ui {

ConsoleSearch::ConsoleSearch(
    QString text, Qt::CaseSensitivity sensitivity, const Start& start, const ConsoleModel& model)
    : m_text(std::move(text))
    , m_sensitivity(sensitivity)
    , m_backward(start.backward)
    , m_row(std::min(start.at.row, model.rowCount() - 1))
    , m_left(qint64 {model.rowCount()} + 1)
    , m_from(start.wholeRow ? -1 : start.at.offset)
{
}

qsizetype ConsoleSearch::offsetIn(const QString& row) const
{
    if (!m_backward)
        return row.indexOf(m_text, m_first ? m_from : 0, m_sensitivity);
    if (!m_first || m_from < 0)
        return row.lastIndexOf(m_text, -1, m_sensitivity);
    return m_from > 0 ? row.left(m_from).lastIndexOf(m_text, -1, m_sensitivity) : -1;
}

bool ConsoleSearch::searchOn(const ConsoleModel& model, std::chrono::nanoseconds budget)
{
    QElapsedTimer clock;
    clock.start();
    while (m_left-- > 0) {
        const qsizetype at = offsetIn(model.textOf(m_row).plain());
        m_first = false;
        if (at >= 0) {
            m_hit = {.row = m_row, .offset = at};
            return true;
        }
        m_row = m_backward ? (m_row == 0 ? model.rowCount() - 1 : m_row - 1) : (m_row + 1) % model.rowCount();
        if (clock.durationElapsed() > budget)
            return false;
    }
    return true;
}

} // namespace bistro::ui
