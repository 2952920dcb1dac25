#include "panels/historymodel.h"

#include "panels/panelwords.h"
#include "state/linevisible.h"
#include "trace/views.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kPreviewed = 40; // characters of an object

// What the program did that set it, as far as the lines tell: the statement that was over when it was told. Of a value
// that a call began with there is none.
app::Index setBy(const app::Lines& lines, app::Index told)
{
    const app::Index stop = lines.stopAt(told + 1);
    return stop == app::kNoEvent ? app::kNoEvent : lines.doneAt(lines.endOfStop(stop));
}

bool isParameter(const app::TraceLog& log, app::Index told)
{
    const auto variable = app::variableTold(log, log.event(told));
    return variable && variable->scope == trace::VariableScope::Parameter;
}

QString changeOf(const Moment& moment, std::span<const app::Index> history, std::size_t i, const app::LineValue& value)
{
    const app::Lines& lines = *moment.lines;
    const app::Index by = setBy(lines, history[i]);
    const QString line = by == app::kNoEvent ? QString() : Panels::tr("line %1").arg(lines.placeOf(by).line);
    QString what;
    if (i > 0)
        what = differenceText(lines.valueTold(history[i - 1]), value);
    else if (line.isEmpty() && isParameter(*moment.log, history[i]))
        return Panels::tr("passed");
    else if (!value.isUnset())
        what = Panels::tr("made");
    if (what.isEmpty() || line.isEmpty())
        return what.isEmpty() ? line : what;
    return Panels::tr("%1, %2", "what a value changed by, and the line that did it").arg(what, line);
}

} // namespace

HistoryRow historyRow(const Moment& moment, const app::LineSlot& slot, std::size_t i)
{
    const app::Lines& lines = *moment.lines;
    const std::span<const app::Index> history = lines.history(slot);
    HistoryRow row;
    if (i >= history.size())
        return row;
    const app::Index told = history[i];
    const app::LineValue value = lines.valueTold(told);
    row.value = shownValue(lines, value, told + 1, kPreviewed);
    row.change = changeOf(moment, history, i, value);
    const app::Index stop = lines.stopAt(told + 1);
    row.goes = stop == app::kNoEvent ? told + 1 : std::max<app::Place>(lines.endOfStop(stop), told + 1);
    row.later = told >= moment.place;
    row.now = !row.later && (i + 1 == history.size() || history[i + 1] >= moment.place);
    const std::uint64_t time = moment.log->event(told).time;
    row.when = row.now ? Panels::tr("now") : momentText(time);
    row.spoken = Panels::tr("value %1 of %2: %3", "which of several, and the value")
                     .arg(i + 1)
                     .arg(history.size())
                     .arg(row.value.text);
    if (!row.change.isEmpty())
        row.spoken = Panels::tr("%1, %2").arg(row.spoken, row.change);
    row.spoken = Panels::tr("%1, %2").arg(row.spoken, row.now ? row.when : spokenMoment(time));
    return row;
}

HistoryPlot plotOf(const std::vector<double>& numbers, std::size_t columns, std::optional<std::size_t> now)
{
    HistoryPlot plot;
    if (numbers.size() < 3 || columns == 0)
        return plot;
    const std::size_t count = std::min(columns, numbers.size());
    bool any = false;
    for (std::size_t c = 0; c < count; ++c) {
        HistoryPlot::Column column {.low = HUGE_VAL, .high = -HUGE_VAL};
        for (std::size_t i = c * numbers.size() / count; i < (c + 1) * numbers.size() / count; ++i) {
            if (!std::isfinite(numbers[i]))
                continue;
            column.low = std::min(column.low, numbers[i]);
            column.high = std::max(column.high, numbers[i]);
        }
        if (column.low <= column.high) {
            plot.low = any ? std::min(plot.low, column.low) : column.low;
            plot.high = any ? std::max(plot.high, column.high) : column.high;
            any = true;
        }
        plot.columns.push_back(column);
    }
    if (!any)
        return {};
    if (now)
        plot.now = numbers.size() > 1 ? static_cast<double>(*now) / static_cast<double>(numbers.size() - 1) : 0;
    return plot;
}

void HistoryModel::show(const Moment& moment, const app::LineSlot& slot)
{
    const bool other = !m_slot || *m_slot != slot || m_moment.lines != moment.lines;
    if (other)
        clear();
    m_slot = slot;
    m_moment.log = moment.log;
    m_moment.lines = moment.lines;
    m_moment.place = moment.place;
    m_moment.hidden = moment.hidden;
    look();
}

void HistoryModel::clear()
{
    if (!m_slot)
        return;
    beginResetModel();
    m_slot.reset();
    m_moment = {};
    m_count = 0;
    m_matches.clear();
    m_numbers.clear();
    m_isNumber = true;
    endResetModel();
}

// Takes in what there is more, or less: of a run that goes on, or while somebody predicts.
void HistoryModel::look()
{
    const std::span<const app::Index> history = m_moment.lines->history(*m_slot);
    const std::size_t count = m_moment.hidden ? valuesUntilNow() : history.size();
    if (count < m_count) {
        const auto left = std::ranges::lower_bound(m_matches, count);
        const auto gone = static_cast<int>(
            m_query ? m_matches.end() - left : static_cast<std::ptrdiff_t>(m_count - count));
        if (gone > 0)
            beginRemoveRows({}, 0, gone - 1);
        m_count = count;
        m_matches.erase(left, m_matches.end());
        m_numbers.resize(std::min(m_numbers.size(), count));
        if (gone > 0)
            endRemoveRows();
    } else if (count > m_count) {
        const std::vector<std::uint32_t> come = matchesFrom(m_count, count);
        const auto rows = static_cast<int>(m_query ? come.size() : count - m_count);
        if (rows > 0)
            beginInsertRows({}, 0, rows - 1);
        m_count = count;
        m_matches.insert(m_matches.end(), come.begin(), come.end());
        if (rows > 0)
            endInsertRows();
    }
    while (m_isNumber && m_numbers.size() < m_count) {
        const app::LineValue value = m_moment.lines->valueTold(history[m_numbers.size()]);
        const auto number = value.isUnset() ? std::optional(std::nan("")) : numberOf(value);
        m_isNumber = number.has_value();
        m_numbers.push_back(number.value_or(0));
    }
}

std::vector<std::uint32_t> HistoryModel::matchesFrom(std::size_t first, std::size_t count) const
{
    std::vector<std::uint32_t> matches;
    if (!m_query)
        return matches;
    const std::span<const app::Index> history = m_moment.lines->history(*m_slot);
    for (std::size_t i = first; i < count; ++i) {
        const app::LineValue value = m_moment.lines->valueTold(history[i]);
        if (m_query->holds(value, shownValue(*m_moment.lines, value, history[i] + 1, kPreviewed).text))
            matches.push_back(static_cast<std::uint32_t>(i));
    }
    return matches;
}

void HistoryModel::setQuery(const std::optional<ValueQuery>& query)
{
    if (query == m_query)
        return;
    beginResetModel();
    m_query = query;
    m_matches = m_slot ? matchesFrom(0, m_count) : std::vector<std::uint32_t>();
    endResetModel();
}

std::size_t HistoryModel::valueOfRow(int row) const
{
    const std::size_t i = shownCount() - 1 - static_cast<std::size_t>(row);
    return m_query ? m_matches[i] : i;
}

std::size_t HistoryModel::valuesUntilNow() const
{
    const std::span<const app::Index> history = m_moment.lines->history(*m_slot);
    return static_cast<std::size_t>(std::ranges::lower_bound(history, m_moment.place) - history.begin());
}

HistoryRow HistoryModel::rowAt(int row) const
{
    return row < 0 || row >= rowCount() ? HistoryRow {} : historyRow(m_moment, *m_slot, valueOfRow(row));
}

int HistoryModel::currentRow() const
{
    if (!m_slot)
        return -1;
    std::size_t until = std::min(valuesUntilNow(), m_count);
    if (m_query)
        until = static_cast<std::size_t>(std::ranges::lower_bound(m_matches, until) - m_matches.begin());
    return until == 0 ? -1 : static_cast<int>(shownCount() - until);
}

int HistoryModel::rowFrom(bool forward) const
{
    const int current = currentRow();
    if (forward) {
        const int next = (current < 0 ? rowCount() : current) - 1;
        return next;
    }
    // Of those that are asked for, the last before may be an older value than the moment's own.
    const bool itself = current >= 0 && valueOfRow(current) + 1 == valuesUntilNow();
    const int before = itself ? current + 1 : current;
    return before < rowCount() ? before : -1;
}

HistoryPlot HistoryModel::plot(std::size_t columns) const
{
    if (!m_isNumber || !m_slot)
        return {};
    const std::size_t until = valuesUntilNow();
    return plotOf(m_numbers, columns, until == 0 ? std::nullopt : std::optional(std::min(until, m_count) - 1));
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_slot ? 0 : static_cast<int>(shownCount());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HistoryRow row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole: return row.value.text;
    case Qt::AccessibleTextRole: return row.spoken;
    case ChangeRole: return row.change;
    case WhenRole: return row.when;
    case NowRole: return row.now;
    case LaterRole: return row.later;
    case ToneRole: return static_cast<int>(row.value.tone);
    default: return {}; // roles are an open set
    }
}

} // namespace bistro::ui
