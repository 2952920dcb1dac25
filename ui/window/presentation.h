// The window for a room full of people: the whole screen, without what nobody needs there. GUI thread.
#pragma once

#include "window/actions.h"
#include "window/halo.h"

#include <QMainWindow>

namespace bistro::ui {

class Presentation final : public QObject {
    Q_OBJECT

public:
    Presentation(QMainWindow& window, const Actions& actions);

    [[nodiscard]] bool isOn() const { return m_on; }
    void set(bool on);
    // The window's state has changed: who leaves the whole screen otherwise leaves this too.
    void windowStateChanged();
    [[nodiscard]] PointerHalo& halo() const { return *m_halo; }

signals:
    void changed(bool on);

private:
    QMainWindow& m_window;
    const Actions& m_actions;
    PointerHalo* m_halo = nullptr;
    bool m_on = false;
    bool m_wasMaximized = false;
};

} // namespace bistro::ui
