// Every order of a picture as a table, for who cannot or will not look at the drawing: also those that the drawing folds.
#pragma once

#include "stage/picture.h"

#include <QAbstractTableModel>

namespace bistro::ui {

class OrdersModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Title, Number, Where, Details, ServingNumber, Columns };
    static constexpr int kOrderRole = Qt::UserRole + 1; // quint64: space << 32 | value
    using QAbstractTableModel::QAbstractTableModel;

    // The rows are in serving order, then kitchen, timers, door.
    void setPicture(const StagePicture& picture, const StageFacts* facts);
    [[nodiscard]] app::OrderId orderAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        app::OrderId order;
        Place place = Place::Ticks;
        QString title;
        QString details;
        int serving = 0;
        bool operator==(const Row&) const = default;
    };
    std::vector<Row> m_rows;
    Skin m_skin = Skin::Restaurant;
};

// The place's name in the skin's words.
[[nodiscard]] QString placeName(Place place, Skin skin);

} // namespace bistro::ui
