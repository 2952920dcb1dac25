// Which panels are shown, and which of them has the keyboard. GUI thread; what it is made with outlives it.
#pragma once

#include "window/actions.h"
#include "window/frame.h"
#include "window/settings.h"

namespace bistro::ui {

class PanelSwitches final : public QObject {
    Q_OBJECT

public:
    PanelSwitches(WindowFrame& frame, Settings& settings, const Actions& actions);

    // In the order in which a key walks them.
    void setWalk(const QList<QWidget*>& panels) { m_walk = panels; }
    // The actions as the frame is, whatever was restored into it.
    void update();
    // The same, where something has folded or was opened.
    void follow();

private:
    void focusNext(int direction);
    void toggle(Area area, bool on);

    WindowFrame& m_frame;
    Settings& m_settings;
    const Actions& m_actions;
    QList<QWidget*> m_walk;
    bool m_updating = false;
    bool m_wasFolded = false; // before it was toggled
};

} // namespace bistro::ui
