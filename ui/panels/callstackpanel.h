// The call stack as plates: the innermost on top, in black. A plate leads to its line. GUI thread; draws what it is
// given.
#pragma once

#include "panels/callstackmodel.h"
#include "panels/richlabel.h"

#include <QWidget>

#include <optional>

class QListView;

namespace bistro::ui {

// What stands on a plate of this width, at its left and its right. The function goes first: all plates may be of one
// file, and of the file's name only its line cannot be done without.
struct PlateWords {
    QString function;
    QString place;
};
[[nodiscard]] PlateWords plateWords(const QString& function, const QFontMetricsF& metrics, const QString& place,
    const QFontMetricsF& placeMetrics, double width, double gap);

class HeadLabel;

class CallStackPanel final : public QWidget {
    Q_OBJECT

public:
    explicit CallStackPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setWording(app::Wording wording);
    void setCompact(bool on);
    // What stands below needs the room: the card above names the order.
    void setBrief(bool on);
    void setContent(const CallStackContent& content);
    // Whose variables are shown; 0: nobody's.
    void setChosen(trace::CallId call);
    [[nodiscard]] CallStackModel& model() { return *m_model; }
    // Those that are set aside at an await.
    [[nodiscard]] CallStackModel& aside() { return *m_asideModel; }
    [[nodiscard]] QListView& asidePlates() const { return *m_aside; }

signals:
    // A line of a script, from 1.
    void placeClicked(const QString& script, int line);
    void orderClicked(bistro::app::OrderId order);
    // A call of a run with lines.
    void callClicked(bistro::trace::CallId call);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();
    void dress(QListView& plates, CallStackModel& model);
    void fit(QListView& plates, const CallStackModel& model);
    void activate(CallStackModel& model, const QModelIndex& index);
    [[nodiscard]] QString countText() const;

    Theme m_theme {Scheme::Light};
    app::Wording m_wording = app::Wording::Restaurant;
    std::optional<app::Wording> m_said; // of the heading's tip
    bool m_compact = false;
    bool m_brief = false;
    CallStackContent m_content;
    CallStackModel* m_model = nullptr;
    QLabel* m_heading = nullptr;
    HeadLabel* m_count = nullptr;
    QListView* m_plates = nullptr;
    CallStackModel* m_asideModel = nullptr;
    QListView* m_aside = nullptr;
    RichLabel* m_caller = nullptr;
};

} // namespace bistro::ui
