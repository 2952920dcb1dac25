// The calls of a callback as a tree: who called whom, with which arguments, and what came of it. Asked call by call,
// since a callback may make 100,000. GUI thread; what it is shown outlives it, or clear() comes first.
#pragma once

#include "moment/moment.h"
#include "panels/scriptoutlines.h"

#include <QAbstractItemModel>

#include <deque>
#include <vector>

namespace bistro::ui {

// Of the call into JavaScript around the place, or the last one before it that ran some of the program's functions.
struct CallbackShown {
    app::Index from = app::kNoEvent; // the event that starts it; kNoEvent: there is none
    app::Index until = 0;

    bool operator==(const CallbackShown&) const = default;
};
// The moment has lines.
[[nodiscard]] CallbackShown callbackAt(const Moment& moment);

// How a call ended, as far as that was until the place: "51", "threw Error: no soup", "set aside", "runs".
struct CallEndShown {
    enum class How : std::uint8_t { Returned, Threw, Aside, Runs };
    How how = How::Runs;
    QString text;
    bool isValue = false; // that it gave back

    bool operator==(const CallEndShown&) const = default;
};
[[nodiscard]] CallEndShown endOf(const app::Lines& lines, trace::CallId call, app::Place place);

class CallTreeModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Role { HereRole = Qt::UserRole, ThrewRole };
    enum Column { Called, Gave, Columns };

    using QAbstractItemModel::QAbstractItemModel;

    // Again with each moment; another callback is another tree.
    void show(const Moment& moment, const ScriptOutlines& outlines);
    void clear();
    [[nodiscard]] const CallbackShown& callback() const { return m_callback; }
    [[nodiscard]] trace::CallId callOf(const QModelIndex& index) const;
    // Nothing for a call that is not in this callback.
    [[nodiscard]] QModelIndex indexOf(trace::CallId call) const;
    // The call that runs innermost at the moment.
    [[nodiscard]] trace::CallId current() const { return m_current; }
    // The moment at which it begins, and that before its last statement.
    [[nodiscard]] app::Place placeOf(const QModelIndex& index) const;
    [[nodiscard]] app::Place returnOf(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node {
        trace::CallId call;
        Node* parent = nullptr;
        int row = 0;
        bool asked = false; // its calls are known
        std::vector<Node*> calls;
    };
    [[nodiscard]] const std::vector<Node*>& callsOf(const QModelIndex& parent) const;
    [[nodiscard]] static Node* nodeOf(const QModelIndex& index) { return static_cast<Node*>(index.internalPointer()); }
    [[nodiscard]] Node* made(trace::CallId call, Node* parent, std::size_t row) const;
    [[nodiscard]] QString nameOf(trace::CallId call) const;
    [[nodiscard]] QString spoken(trace::CallId call) const;
    [[nodiscard]] std::vector<trace::CallId> shown(std::vector<trace::CallId> calls) const;

    Moment m_moment; // log, lines and place of it
    const ScriptOutlines* m_outlines = nullptr;
    CallbackShown m_callback;
    trace::CallId m_current;
    mutable std::deque<Node> m_nodes; // a node stays where it is
    std::vector<Node*> m_roots;
};

} // namespace bistro::ui
