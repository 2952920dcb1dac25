// All values that a variable or a property had in the run, the newest first: a list that is asked row by row, since
// there may be 100,000. GUI thread; what it is shown outlives it, or clear() comes first.
#pragma once

#include "moment/moment.h"
#include "panels/valuequery.h"
#include "panels/valuewords.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace bistro::ui {

struct HistoryRow {
    ShownValue value;
    QString change; // "+18, line 10", "made, line 5"
    QString when; // "139.85 ms", or "now"
    app::Place goes = 0; // the moment that it leads to
    bool now = false; // it is the value at the moment that is looked at
    bool later = false; // it comes after that
    QString spoken;

    bool operator==(const HistoryRow&) const = default;
};

// The value number `i`, from 0, of those that the slot had; the moment has lines.
[[nodiscard]] HistoryRow historyRow(const Moment& moment, const app::LineSlot& slot, std::size_t i);

// Numbers over their order, made narrow: of each column the lowest and the highest.
struct HistoryPlot {
    struct Column {
        double low = 0;
        double high = 0;
        bool operator==(const Column&) const = default;
    };
    std::vector<Column> columns; // none: there is nothing to draw
    double low = 0;
    double high = 0;
    std::optional<double> now; // where the moment's value is, from 0 to 1 of the width

    bool operator==(const HistoryPlot&) const = default;
};
[[nodiscard]] HistoryPlot plotOf(
    const std::vector<double>& numbers, std::size_t columns, std::optional<std::size_t> now);

class HistoryModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { ChangeRole = Qt::UserRole, WhenRole, NowRole, LaterRole, ToneRole };

    using QAbstractListModel::QAbstractListModel;

    // Again with each moment; another slot is another list. Which row is the moment's own is not told as a change of
    // rows, since a list lays out all of them anew then: who shows them paints.
    void show(const Moment& moment, const app::LineSlot& slot);
    void clear();
    [[nodiscard]] const std::optional<app::LineSlot>& slot() const { return m_slot; }
    // Only those for which it holds; nothing: all.
    void setQuery(const std::optional<ValueQuery>& query);
    [[nodiscard]] bool isFiltered() const { return m_query.has_value(); }

    // Of all, whatever is asked for.
    [[nodiscard]] std::size_t total() const { return m_count; }
    [[nodiscard]] HistoryRow rowAt(int row) const;
    // The row of the value at the moment; of those that are shown the last before it. -1: none.
    [[nodiscard]] int currentRow() const;
    // The row of the next value after the moment's own, or of the one before it; -1: there is none.
    [[nodiscard]] int rowFrom(bool forward) const;
    // Of numbers, from three on.
    [[nodiscard]] HistoryPlot plot(std::size_t columns) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] std::size_t shownCount() const { return m_query ? m_matches.size() : m_count; }
    // Of a row, its place among all values; how many of those lie before the moment.
    [[nodiscard]] std::size_t valueOfRow(int row) const;
    [[nodiscard]] std::size_t valuesUntilNow() const;
    void look();
    [[nodiscard]] std::vector<std::uint32_t> matchesFrom(std::size_t first, std::size_t count) const;

    Moment m_moment; // log, lines and place of it
    std::optional<app::LineSlot> m_slot;
    std::optional<ValueQuery> m_query;
    std::size_t m_count = 0; // values, as the views know
    std::vector<std::uint32_t> m_matches; // those for which the query holds, oldest first
    std::vector<double> m_numbers; // as long as all of them are some
    bool m_isNumber = true;
};

} // namespace bistro::ui
