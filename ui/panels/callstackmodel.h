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
        FoldRole,
        ArgumentsRole,
        ChosenRole,
        AsideRole
    }; // "lesson.js:10"; bool; bool; how many lie under this fold; "number = 7"; bool; bool

    // Deeper stacks fold into their last row, unless it was unfolded.
    static constexpr int kNamed = 5;

    explicit CallStackModel(QObject* parent = nullptr);

    void setPlates(std::vector<Plate> plates);
    void setUnfolded(bool on);
    // All of them are set aside: none is on top.
    void setAside(bool on) { m_aside = on; }
    // Whose variables are shown.
    void setChosen(trace::CallId call);
    [[nodiscard]] trace::CallId chosen() const { return m_chosen; }
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
    bool m_aside = false;
    trace::CallId m_chosen;
};

} // namespace bistro::ui
