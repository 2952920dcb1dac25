#include "stage/slipmodel.h"

#include <algorithm>
#include <unordered_map>

namespace bistro::ui {

void SlipModel::setSlips(const std::vector<StageSlip>& slips, const QPointF& origin, const QPointF& hand, bool travel)
{
    std::unordered_map<std::uint64_t, int> wanted;
    for (std::size_t i = 0; i < slips.size(); ++i)
        wanted.emplace(slips[i].key, static_cast<int>(i));
    for (int row = rowCount(); row-- > 0;) {
        Row& r = m_rows[static_cast<std::size_t>(row)];
        if (wanted.contains(r.slip.key))
            continue;
        if (travel && r.slip.form != SlipForm::Tab && !r.leaving) {
            r.leaving = true;
            r.slip.rect.moveCenter(hand);
            r.slip.number = 0;
            r.slip.asked = 0;
            r.slip.range.clear();
            emit dataChanged(index(row), index(row));
        } else if (!travel || !r.leaving) { // a tab does not travel
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        Row& r = m_rows[row];
        const auto found = wanted.find(r.slip.key);
        if (found == wanted.end())
            continue;
        const StageSlip& slip = slips[static_cast<std::size_t>(found->second)];
        if (r.slip != slip || r.leaving || r.layer != found->second) {
            r.slip = slip;
            r.leaving = false;
            r.layer = found->second;
            emit dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
        }
        wanted.erase(found);
    }
    if (wanted.empty())
        return;
    std::vector<int> added;
    for (const auto& [key, i] : wanted)
        added.push_back(i);
    std::ranges::sort(added);
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    for (const int i : added) {
        const StageSlip& slip = slips[static_cast<std::size_t>(i)];
        const QPointF from = travel && slip.form != SlipForm::Tab
            ? origin - QPointF(slip.rect.width() / 2, slip.rect.height() / 2)
            : slip.rect.topLeft();
        m_rows.push_back({.slip = slip, .from = from, .leaving = false, .layer = i});
    }
    endInsertRows();
}

void SlipModel::dropLeaving()
{
    for (int row = rowCount(); row-- > 0;) {
        if (!m_rows[static_cast<std::size_t>(row)].leaving && m_rows[static_cast<std::size_t>(row)].slip.key != 0)
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

bool SlipModel::isAnyLeaving() const
{
    return std::ranges::any_of(m_rows, &Row::leaving);
}

int SlipModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SlipModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case SlipRole: return QVariant::fromValue(row.slip);
    case FromRole: return row.from;
    case LeavingRole: return row.leaving;
    case OrderRole: return row.layer;
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return row.slip.name;
    default: return {};
    }
}

QHash<int, QByteArray> SlipModel::roleNames() const
{
    return {{SlipRole, "slip"}, {FromRole, "from"}, {LeavingRole, "leaving"}, {OrderRole, "layer"}};
}

} // namespace bistro::ui
