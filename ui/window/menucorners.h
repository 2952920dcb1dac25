// What stands beside the menus: the name of the house before them, what is looked at after them. GUI thread.
#pragma once

#include "theme/theme.h"
#include "window/status.h"

#include <QLabel>
#include <QMenuBar>
#include <QObject>
#include <QTimer>

namespace bistro::ui {

class MenuCorners final : public QObject {
    Q_OBJECT

public:
    explicit MenuCorners(QMenuBar& bar);

    void setTheme(const Theme& theme);
    void setStatus(const StatusLine& status);
    [[nodiscard]] const StatusLine& status() const { return m_said; }
    // In its place for some seconds.
    void mention(const QString& sentence);
    [[nodiscard]] QString text() const { return m_status->text(); } // what stands there now
    // The bar has another width.
    void arrange();
    // It has another look: set again, a corner is laid out again.
    void arrangeAnew();

private:
    QMenuBar& m_bar;
    QWidget* m_house = nullptr; // its sign and name
    QLabel* m_logo = nullptr;
    QLabel* m_status = nullptr;
    StatusLine m_said;
    QString m_mentioned; // empty: nothing is at the moment
    QTimer m_mention;
};

} // namespace bistro::ui
