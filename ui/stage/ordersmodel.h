// Every order of a picture as a table, for who cannot or will not look at the drawing: also those that the drawing
// folds.
#pragma once

#include "stage/picture.h"

#include <QAbstractTableModel>
#include <QHash>

#include <functional>

namespace bistro::ui {

class OrdersModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Title, Number, Where, State, ServingNumber, Why, Columns };
    static constexpr int kOrderRole = Qt::UserRole + 1; // quint64: app::orderKey()
    static constexpr int kMeaningRole = Qt::UserRole + 2; // int
    // Why an order is where it is, in a sentence.
    using Reason = std::function<QString(app::OrderId order)>;
    using QAbstractTableModel::QAbstractTableModel;

    // Asked for the rows that are looked at, once each until forgetReasons().
    void setReason(Reason reason);
    void forgetReasons();
    // The rows: what runs, then the rest in serving order, then kitchen, timers, door.
    void setPicture(const StagePicture& picture, const StageFacts* facts);
    [[nodiscard]] app::OrderId orderAt(int row) const; // none where no row is
    [[nodiscard]] int rowOf(app::OrderId order) const; // -1: it has none

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        app::OrderId order;
        std::optional<Place> place; // none: it runs, or it is a stream
        Meaning meaning = Meaning::Running;
        QString title;
        QString state;
        int serving = 0;
        bool flows = false; // a stream
        int key = 0; // that says "it is next"; 0: it is not asked
        bool operator==(const Row&) const = default;
    };
    [[nodiscard]] QString sentenceOf(const Row& row) const;

    std::vector<Row> m_rows;
    Reason m_reason;
    mutable QHash<quint64, QString> m_reasons; // by order
    Skin m_skin = Skin::Restaurant;
    bool m_guessing = false; // the serving numbers are hidden
};

} // namespace bistro::ui
