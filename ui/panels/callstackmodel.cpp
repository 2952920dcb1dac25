#include "panels/callstackmodel.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace bistro::ui {

CallStackModel::CallStackModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void CallStackModel::setPlates(std::vector<Plate> plates)
{
    if (plates == m_plates)
        return;
    const auto after = static_cast<int>(plates.size());
    const bool folds = foldsAt(after);
    if (folds && m_fold) {
        m_plates = std::move(plates);
        emit dataChanged(index(0), index(m_rows - 1));
        return;
    }
    if (folds || m_fold) {
        beginResetModel();
        m_plates = std::move(plates);
        m_fold = folds;
        m_rows = folds ? kNamed : after;
        endResetModel();
        return;
    }
    const auto common = static_cast<int>(
        std::ranges::mismatch(m_plates | std::views::reverse, plates | std::views::reverse).in1 - m_plates.rbegin());
    if (m_rows > common) {
        beginRemoveRows({}, 0, m_rows - common - 1);
        m_plates.erase(m_plates.begin(), m_plates.end() - common);
        m_rows = common;
        endRemoveRows();
    }
    if (after > common) {
        beginInsertRows({}, 0, after - common - 1);
        m_plates = std::move(plates);
        m_rows = after;
        endInsertRows();
    }
    // Who is on top has changed.
    if (common > 0) {
        const QModelIndex seam = index(after - common);
        emit dataChanged(seam, seam);
    }
}

void CallStackModel::setUnfolded(bool on)
{
    if (on == m_unfolded)
        return;
    m_unfolded = on;
    const bool folds = foldsAt(depth());
    if (folds == m_fold)
        return;
    // The fold's row goes and its plates come, or the other way round.
    beginRemoveRows({}, kNamed - 1, m_rows - 1);
    m_rows = kNamed - 1;
    m_fold = false;
    endRemoveRows();
    const int rows = folds ? kNamed : depth();
    beginInsertRows({}, kNamed - 1, rows - 1);
    m_rows = rows;
    m_fold = folds;
    endInsertRows();
}

void CallStackModel::setChosen(trace::CallId call)
{
    if (std::exchange(m_chosen, call) != call && m_rows > 0)
        emit dataChanged(index(0), index(m_rows - 1));
}

const Plate* CallStackModel::plateAt(int row) const
{
    if (row < 0 || row >= m_rows || (m_fold && row == m_rows - 1))
        return nullptr;
    return &m_plates[static_cast<std::size_t>(row)];
}

int CallStackModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant CallStackModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Plate* const plate = plateAt(index.row());
    const QString place = plate ? placeName(plate->place) : QString();
    switch (role) {
    case Qt::DisplayRole: return plate ? plate->function : tr("%1 more").arg(hidden());
    case Qt::AccessibleTextRole: {
        if (!plate)
            return tr("%1 more, Enter unfolds them").arg(hidden());
        QString said = place.isEmpty() ? plate->function : tr("%1, %2").arg(plate->function, place);
        if (!plate->arguments.isEmpty())
            said = tr("%1, with %2", "a function, and its arguments").arg(said, plate->arguments);
        if (m_chosen && plate->call == m_chosen)
            said = tr("%1, its variables are shown").arg(said);
        return plate->guilty ? tr("%1, the cause").arg(said) : said;
    }
    case Qt::ToolTipRole:
        if (!plate || !plate->place)
            return {};
        return (plate->call ? tr("%1\nEnter: show its variables and its line") : tr("%1\nEnter: go to that line"))
            .arg(QString::fromStdString(app::placeText(plate->place)));
    case PlaceRole: return place;
    case TopRole: return index.row() == 0 && !m_aside;
    case ArgumentsRole: return plate ? plate->arguments : QString();
    case ChosenRole: return plate && m_chosen && plate->call == m_chosen;
    case AsideRole: return m_aside;
    case GuiltyRole: return plate && plate->guilty;
    case FoldRole: return plate ? 0 : hidden();
    default: return {}; // roles are an open set
    }
}

} // namespace bistro::ui
