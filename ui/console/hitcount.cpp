#include "console/hitcount.h"

#include <QElapsedTimer>

#include <algorithm>

namespace bistro::ui {

void HitCount::start(const QString& text, Qt::CaseSensitivity sensitivity)
{
    m_text = text;
    m_sensitivity = sensitivity;
    m_row = 0;
    m_total = 0;
    m_before.clear();
}

void HitCount::changed(const ConsoleModel& model, int row)
{
    if (m_text.isEmpty() || row >= m_row)
        return;
    const auto block = static_cast<std::size_t>(row / kBlock);
    const int first = static_cast<int>(block) * kBlock;
    qint64 hits = 0;
    for (int i = first, end = std::min(first + kBlock, m_row); i < end; ++i)
        hits += hitsIn(model, i);
    const qint64 known = (block + 1 < m_before.size() ? m_before[block + 1] : m_total) - m_before[block];
    for (std::size_t i = block + 1; i < m_before.size(); ++i)
        m_before[i] += hits - known;
    m_total += hits - known;
}

qint64 HitCount::hitsIn(const ConsoleModel& model, int row) const
{
    const QString line = model.textOf(row).plain();
    qint64 hits = 0;
    for (qsizetype at = line.indexOf(m_text, 0, m_sensitivity); at >= 0;
        at = line.indexOf(m_text, at + m_text.size(), m_sensitivity))
        ++hits;
    return hits;
}

bool HitCount::countOn(const ConsoleModel& model, std::chrono::nanoseconds budget)
{
    QElapsedTimer clock;
    clock.start();
    while (!isDone(model)) {
        if (m_row % kBlock == 0)
            m_before.push_back(m_total);
        m_total += hitsIn(model, m_row++);
        if (clock.durationElapsed() > budget)
            return !isDone(model);
    }
    return false;
}

qint64 HitCount::ordinalOf(const ConsoleModel& model, int row, qsizetype offset) const
{
    if (m_text.isEmpty() || row < 0 || row >= m_row)
        return 0;
    const int block = row / kBlock;
    qint64 ordinal = m_before[static_cast<std::size_t>(block)];
    for (int i = block * kBlock; i < row; ++i)
        ordinal += hitsIn(model, i);
    const QString line = model.textOf(row).plain();
    for (qsizetype at = line.indexOf(m_text, 0, m_sensitivity); at >= 0 && at <= offset;
        at = line.indexOf(m_text, at + m_text.size(), m_sensitivity)) {
        ++ordinal;
        if (at == offset)
            return ordinal;
    }
    return 0;
}

} // namespace bistro::ui
