// The rows of the Variables panel as a list. Tells the smallest change, so that what has the keyboard stays.
#pragma once

#include "panels/variablescontent.h"

#include <QAbstractListModel>

#include <vector>

namespace bistro::ui {

class VariableListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<VariableRow> rows);
    // Null when there is no such row.
    [[nodiscard]] const VariableRow* rowAt(int row) const;
    [[nodiscard]] QModelIndex indexOf(const QString& key) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<VariableRow> m_rows;
};

} // namespace bistro::ui
