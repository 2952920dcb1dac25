// The calls of a callback: a click or Enter goes to where a call begins, a double click or Ctrl+Enter to its return.
// Values in, signals out; draws what it is given. GUI thread.
#pragma once

#include "panels/calltreemodel.h"
#include "theme/theme.h"

#include <QTreeView>

namespace bistro::ui {

class CallTreeView final : public QTreeView {
    Q_OBJECT

public:
    explicit CallTreeView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] CallTreeModel& calls() const { return *m_calls; }
    // Again with each moment: the call that runs is in sight.
    void showMoment(const Moment& moment, const ScriptOutlines& outlines);
    void showNothing(const QString& why);
    [[nodiscard]] const QString& emptyText() const { return m_empty; }
    void copyCurrent() const;

signals:
    // Somebody wants to see that moment.
    void placeAsked(bistro::app::Place place);
    void menuAsked(const QModelIndex& index, const QPoint& globalPosition);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
    Theme m_theme {Scheme::Light};
    CallTreeModel* m_calls = nullptr;
    trace::CallId m_followed;
    QString m_empty;
};

} // namespace bistro::ui
