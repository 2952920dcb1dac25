// Each time that a line ran, with the values of some variables after it, and what its call gave back if it ended there:
// as if the line had a console.log, added after the run. A table that is asked cell by cell, since a line may run
// 100,000 times. GUI thread; what it is shown outlives it, or clear() comes first.
#pragma once

#include "moment/moment.h"
#include "panels/scriptoutlines.h"
#include "panels/valuepath.h"
#include "panels/valuewords.h"

#include <QAbstractTableModel>

#include <vector>

namespace bistro::ui {

struct LineAsked {
    trace::TextId script;
    std::uint32_t line = 0; // from 1; 0: none

    explicit operator bool() const { return line != 0; }
    bool operator==(const LineAsked&) const = default;
};

// The place after the line that this stop begins: the call's next stop in another line, also after an await; else the
// end of the call, or of the run.
[[nodiscard]] app::Place afterLine(const app::Lines& lines, app::Index stop);
// What a value is after the line; not known when the call has no such variable there.
[[nodiscard]] app::LineValue valueAfter(const app::Lines& lines, app::Index stop, const ValuePath& path);

// What the line sets; where it sets nothing, what it names, at most four.
[[nodiscard]] std::vector<ValuePath> columnsByThemselves(
    const Moment& moment, const ScriptOutlines& outlines, const LineAsked& line);
// All variables that the line can see.
[[nodiscard]] std::vector<ValuePath> columnsThere(const Moment& moment, const LineAsked& line);

class VisitsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { HereRole = Qt::UserRole, LaterRole, ToneRole };
    enum Column { Number, When, Call, FirstValue };

    using QAbstractTableModel::QAbstractTableModel;

    // Again with each moment; another line is another table.
    void show(const Moment& moment, const ScriptOutlines& outlines, const LineAsked& line);
    void clear();
    [[nodiscard]] const LineAsked& line() const { return m_line; }
    void setValues(const std::vector<ValuePath>& values);
    [[nodiscard]] const std::vector<ValuePath>& values() const { return m_values; }
    // The moment after the line that time.
    [[nodiscard]] app::Place placeOf(int row) const;
    // The last time that it ran before the moment; -1: it has not.
    [[nodiscard]] int currentRow() const;
    // These rows, from one to another, with their heads; a tab between cells.
    [[nodiscard]] QString asText(int first, int last) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] app::Index stopOf(int row) const;
    [[nodiscard]] int rowsThere() const;
    [[nodiscard]] bool givesBack() const;
    [[nodiscard]] bool isGiven(int column) const
    {
        return m_gives && column == FirstValue + static_cast<int>(m_values.size());
    }
    [[nodiscard]] QString cell(int row, int column, ShownValue::Tone* tone = nullptr) const;
    [[nodiscard]] QString spoken(int row, int column) const;

    Moment m_moment; // log, lines and place of it
    const ScriptOutlines* m_outlines = nullptr;
    LineAsked m_line;
    std::vector<ValuePath> m_values;
    bool m_gives = false; // its call ends with this line: a last column says what it gave back
    int m_rows = 0; // as the views know
};

} // namespace bistro::ui
