// The slips of a picture as rows for QML. A row is a slip for as long as its key is in the pictures, so that the item
// that draws it lives on and travels; rows keep the order in which they came, the smallest change is reported.
#pragma once

#include "stage/picture.h"

#include <QAbstractListModel>

namespace bistro::ui {

class SlipModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { SlipRole = Qt::UserRole + 1, FromRole, LeavingRole, OrderRole };
    using QAbstractListModel::QAbstractListModel;

    // New slips start at `origin`; those that are gone travel to `hand` and stay until dropLeaving(), or go at once.
    void setSlips(const std::vector<StageSlip>& slips, const QPointF& origin, const QPointF& hand, bool travel);
    void dropLeaving();
    [[nodiscard]] bool isAnyLeaving() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    struct Row {
        StageSlip slip;
        QPointF from;
        bool leaving = false;
        int layer = 0; // in the picture's order
    };
    std::vector<Row> m_rows;
};

} // namespace bistro::ui

Q_DECLARE_METATYPE(bistro::ui::StageSlip)
