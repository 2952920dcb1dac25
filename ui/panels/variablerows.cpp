#include "panels/variablerows.h"

#include <algorithm>
#include <ranges>

namespace bistro::ui {

// What has come or gone lies together: a group that opens, another call's variables.
void VariableListModel::setRows(std::vector<VariableRow> rows)
{
    const auto keysOf = [](const std::vector<VariableRow>& of) {
        return of | std::views::transform(&VariableRow::key);
    };
    const auto same = std::ranges::mismatch(keysOf(m_rows), keysOf(rows)).in1 - keysOf(m_rows).begin();
    const auto restOfOld = m_rows | std::views::drop(same) | std::views::reverse;
    const auto restOfNew = rows | std::views::drop(same) | std::views::reverse;
    const auto tail = std::ranges::mismatch(restOfOld, restOfNew, {}, &VariableRow::key, &VariableRow::key).in1
        - restOfOld.begin();
    const auto first = static_cast<int>(same);
    const auto old = static_cast<int>(std::ssize(m_rows) - same - tail);
    const auto come = static_cast<int>(std::ssize(rows) - same - tail);
    if (old > 0) {
        beginRemoveRows({}, first, first + old - 1);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + first + old);
        endRemoveRows();
    }
    if (come > 0) {
        beginInsertRows({}, first, first + come - 1);
        m_rows.insert(m_rows.begin() + first, rows.begin() + first, rows.begin() + first + come);
        endInsertRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (m_rows[i] == rows[i])
            continue;
        m_rows[i] = std::move(rows[i]);
        emit dataChanged(index(static_cast<int>(i)), index(static_cast<int>(i)));
    }
}

const VariableRow* VariableListModel::rowAt(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

QModelIndex VariableListModel::indexOf(const QString& key) const
{
    const auto found = std::ranges::find(m_rows, key, &VariableRow::key);
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
}

int VariableListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant VariableListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const VariableRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return row.name.isEmpty() ? row.value.text : row.name;
    case Qt::AccessibleTextRole: return row.spoken;
    case Qt::ToolTipRole:
        if (row.kind != VariableRow::Kind::Value)
            return {};
        return row.before.isEmpty() ? tr("%1 is %2").arg(row.path.text, row.value.text)
                                    : tr("%1 is %2, it was %3").arg(row.path.text, row.value.text, row.before);
    default: return {}; // roles are an open set
    }
}

} // namespace bistro::ui
