// The call stack as a list: the innermost call first. Tells the smallest change: stacks grow and shrink at their top.
#pragma once

#include "panels/stackcontent.h"

#include <QAbstractListModel>

namespace bistro::ui {

class CallStackModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        PlaceRole = Qt::UserRole,
        TopRole,
        GuiltyRole,
        FoldRole
    }; // "lesson.js:10"; bool; bool; how many lie under this fold

    // Deeper stacks fold into their last row, unless it was unfolded.
    static constexpr int kNamed = 5;

    explicit CallStackModel(QObject* parent = nullptr);

    void setPlates(std::vector<Plate> plates);
    void setUnfolded(bool on);
    [[nodiscard]] bool isUnfolded() const { return m_unfolded; }
    [[nodiscard]] int depth() const { return static_cast<int>(m_plates.size()); }
    // Nothing for the fold.
    [[nodiscard]] const Plate* plateAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] bool foldsAt(int depth) const { return !m_unfolded && depth > kNamed; }
    [[nodiscard]] int hidden() const { return m_fold ? depth() - m_rows + 1 : 0; }

    std::vector<Plate> m_plates;
    bool m_unfolded = false;
    int m_rows = 0;
    bool m_fold = false; // the last row stands for several plates
};

} // namespace bistro::ui
