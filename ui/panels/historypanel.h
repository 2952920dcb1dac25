// All values of the chosen variable, each with its moment: the newest first, those of numbers with a small plot, and a
// field that asks when it was so. Draws what it is given. GUI thread.
#pragma once

#include "panels/historymodel.h"
#include "theme/theme.h"

#include <QListView>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace bistro::ui {

class HeadLabel;
class HistoryList;
class PlotView;

class HistoryPanel final : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setCompact(bool on);
    // The values of what is called so; again with each moment.
    void showValues(const QString& name, const Moment& moment, const app::LineSlot& slot);
    // Nothing is chosen: a sentence says what to do.
    void showNothing();
    [[nodiscard]] HistoryModel& model() const { return *m_model; }
    [[nodiscard]] QListView& list() const;
    [[nodiscard]] QLineEdit& field() const { return *m_field; }
    // Shows the field and gives it the keyboard; hides it, and shows all values again.
    void setFinding(bool on);
    [[nodiscard]] bool isFinding() const;
    // What is written beside the name: "6 values; click goes there"; where that has no room, the count alone.
    [[nodiscard]] QString remark() const;
    // To the value after the moment's own, or before it, of those that are shown. False: there is none.
    bool step(bool forward);

signals:
    // Somebody wants to see that moment.
    void placeAsked(bistro::app::Place place);
    // A sentence for who can't see.
    void said(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void restyle();
    void fill();
    void fillRemark();
    void search();
    void go(int row);

    Theme m_theme {Scheme::Light};
    bool m_compact = false;
    QString m_name;
    QString m_wrong; // what is typed is no condition: why
    HistoryModel* m_model = nullptr;
    HeadLabel* m_heading = nullptr;
    HeadLabel* m_remark = nullptr;
    QToolButton* m_find = nullptr;
    QWidget* m_row = nullptr; // of the field
    QLineEdit* m_field = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    PlotView* m_plot = nullptr;
    HistoryList* m_list = nullptr;
};

} // namespace bistro::ui
