#include "window/presentation.h"

#include <QMenuBar>

namespace bistro::ui {

Presentation::Presentation(QMainWindow& window, const Actions& actions)
    : QObject(&window)
    , m_window(window)
    , m_actions(actions)
    , m_halo(new PointerHalo(&window))
{
    actions.onToggled(ActionId::Presentation, this, [this](bool on) { set(on); });
}

void Presentation::set(bool on)
{
    if (m_on == on)
        return;
    m_on = on;
    m_actions[ActionId::Presentation]->setChecked(on);
    if (on) {
        m_wasMaximized = m_window.isMaximized();
        m_window.showFullScreen();
    } else if (m_wasMaximized) {
        m_window.showMaximized();
    } else {
        m_window.showNormal();
    }
    m_window.menuBar()->setVisible(!on);
    m_halo->setOn(on);
    emit changed(on);
}

void Presentation::windowStateChanged()
{
    if (m_on && !m_window.isFullScreen() && m_window.isVisible() && !m_window.isMinimized())
        set(false);
}

} // namespace bistro::ui
