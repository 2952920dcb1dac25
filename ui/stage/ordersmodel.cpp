#include "stage/ordersmodel.h"

#include "stage/picturetext.h"

#include <algorithm>

namespace bistro::ui {

namespace {

// What the place does not say: "next", "63 ms left".
QString stateOf(const StageSlip& slip)
{
    if (!slip.aside.isEmpty())
        return slip.aside;
    if (!slip.second.isEmpty() && !slip.second.startsWith(u'#') && !slip.second.startsWith(u'p')) // no number
        return slip.second;
    return {};
}

} // namespace

void OrdersModel::setReason(Reason reason)
{
    m_reason = std::move(reason);
    forgetReasons();
}

void OrdersModel::forgetReasons()
{
    m_reasons.clear();
    if (!m_rows.empty())
        emit dataChanged(index(0, Why), index(rowCount() - 1, Why));
}

void OrdersModel::setPicture(const StagePicture& picture, const StageFacts* facts)
{
    std::vector<Row> rows;
    const auto ready = [](Place place, int serving) {
        return place >= Place::Cook ? QString() : serving == 1 ? tr("next") : tr("ready");
    };
    for (const StageSlip& slip : picture.slips) {
        if (slip.form != SlipForm::Tab) {
            const QString state = stateOf(slip);
            rows.push_back({slip.order, slip.place, slip.meaning, slip.title,
                state.isEmpty() ? ready(slip.place, slip.number) : state, slip.number});
            rows.back().key = picture.keyOf(slip.order);
            continue;
        }
        int serving = slip.range.section(QChar(0x2013), 0, 0).toInt();
        for (const app::OrderId order : picture.hiddenBehind(slip.key)) {
            rows.push_back({order, slip.place, slip.meaning, facts ? facts->title(order) : QString(),
                ready(slip.place, 0), serving});
            rows.back().key = picture.keyOf(order);
            serving = 0; // the range tells the first only
        }
    }
    std::ranges::stable_sort(rows, {}, [](const Row& row) {
        return row.serving == 0 ? INT_MAX - static_cast<int>(kPlaces) + static_cast<int>(*row.place) : row.serving;
    });
    for (const StagePicture::Flow& stream : picture.streams)
        rows.push_back({stream.order, {}, Meaning::PoolIo, stream.title, stream.state, 0, true});
    std::vector<Row> running;
    for (const auto& [order, meaning] : picture.running)
        running.push_back({order, {}, meaning, facts ? facts->title(order) : QString(), {}, 0});
    rows.insert(rows.begin(), running.rbegin(), running.rend()); // the innermost on top
    if (m_skin != picture.skin || m_guessing != picture.guessing) {
        beginResetModel();
        m_guessing = picture.guessing;
        m_skin = picture.skin;
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    // What stayed at both ends stays; between them rows come or go, and the rest changes.
    std::size_t head = 0;
    while (head < rows.size() && head < m_rows.size() && rows[head].order == m_rows[head].order
        && rows[head].place == m_rows[head].place)
        ++head;
    std::size_t tail = 0;
    while (tail < rows.size() - head && tail < m_rows.size() - head
        && rows[rows.size() - 1 - tail].order == m_rows[m_rows.size() - 1 - tail].order
        && rows[rows.size() - 1 - tail].place == m_rows[m_rows.size() - 1 - tail].place)
        ++tail;
    const auto at = static_cast<int>(head);
    if (const auto gone = static_cast<int>(m_rows.size() - head - tail); gone > 0) {
        beginRemoveRows({}, at, at + gone - 1);
        m_rows.erase(m_rows.begin() + at, m_rows.begin() + at + gone);
        endRemoveRows();
    }
    if (const auto come = static_cast<int>(rows.size() - head - tail); come > 0) {
        beginInsertRows({}, at, at + come - 1);
        m_rows.insert(m_rows.begin() + at, rows.begin() + at, rows.begin() + at + come);
        endInsertRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] == m_rows[i])
            continue;
        m_rows[i] = rows[i];
        emit dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), Columns - 1));
    }
}

app::OrderId OrdersModel::orderAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].order : app::OrderId {};
}

int OrdersModel::rowOf(app::OrderId order) const
{
    const auto row = std::ranges::find(m_rows, order, &Row::order);
    return row == m_rows.end() ? -1 : static_cast<int>(row - m_rows.begin());
}

int OrdersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}
int OrdersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

// The row as one says it: "tick, Ticks, next, is number 1 to be served."
QString OrdersModel::sentenceOf(const Row& row) const
{
    QStringList words {row.title};
    words << (row.flows                  ? tr("Open stream")
            : row.place                  ? placeName(*row.place, m_skin)
            : m_skin == Skin::Restaurant ? tr("With the waiter")
                                         : tr("Running"));
    if (!row.state.isEmpty())
        words << row.state;
    const QString where = words.join(QStringLiteral(", "));
    if (row.key > 0)
        return tr("%1. Press %2 if it is next.").arg(where).arg(row.key);
    return row.serving > 0 ? tr("%1. It is number %2 to be served.").arg(where).arg(row.serving) : tr("%1.").arg(where);
}

QVariant OrdersModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == kOrderRole)
        return QVariant::fromValue<quint64>(app::orderKey(row.order));
    if (role == kMeaningRole)
        return static_cast<int>(row.meaning);
    if (role == Qt::AccessibleDescriptionRole)
        return index.column() == Title ? sentenceOf(row) : QString();
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case Title: return row.title;
    case Number: return numberOf(row.order);
    case Where:
        return row.flows                 ? tr("Open stream")
            : row.place                  ? placeName(*row.place, m_skin)
            : m_skin == Skin::Restaurant ? tr("With the waiter")
                                         : tr("Running");
    case State:
        return row.place || row.flows ? row.state : m_skin == Skin::Restaurant ? tr("is being served") : tr("runs");
    case ServingNumber: {
        const int number = m_guessing ? row.key : row.serving;
        return number == 0 ? QVariant() : QVariant(number);
    }
    case Why: {
        if (!m_reason || !row.order)
            return {};
        auto known = m_reasons.constFind(app::orderKey(row.order));
        if (known == m_reasons.constEnd())
            known = m_reasons.insert(app::orderKey(row.order), m_reason(row.order));
        return *known;
    }
    case Columns: break;
    }
    return {};
}

QVariant OrdersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (static_cast<Column>(section)) {
    case Title: return tr("Order");
    case Number: return tr("Number");
    case Where: return tr("Where");
    case State: return tr("State");
    case ServingNumber: return m_guessing ? tr("Key", "that answers: this one is next") : tr("Served");
    case Why: return tr("Why");
    case Columns: break;
    }
    return {};
}

} // namespace bistro::ui
