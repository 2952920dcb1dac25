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

void HitCount::changedFrom(int row)
{
    if (row >= m_row)
        return;
    const auto block = static_cast<std::size_t>(std::max(row, 0) / kBlock);
    m_total = m_before[block];
    m_before.resize(block);
    m_row = static_cast<int>(block) * kBlock;
}

qint64 HitCount::hitsIn(const ConsoleModel& model, int row) const
{
    const QString line = model.textOf(row).plain();
    qint64 hits = 0;
    for (qsizetype at = line.indexOf(m_text, 0, m_sensitivity); at >= 0; at = line.indexOf(m_text, at + m_text.size(), m_sensitivity))
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
    for (qsizetype at = line.indexOf(m_text, 0, m_sensitivity); at >= 0 && at <= offset; at = line.indexOf(m_text, at + m_text.size(), m_sensitivity)) {
        ++ordinal;
        if (at == offset)
            return ordinal;
    }
    return 0;
}

} // namespace bistro::ui
