#include "window/panelswitches.h"

#include "window/focusorder.h"
#include "window/foldrail.h"

#include <QApplication>
#include <QScopedValueRollback>

#include <utility>

namespace bistro::ui {
namespace {

using Id = ActionId;

// The pages below the code see to theirs themselves (lowerleft.h).
constexpr std::pair<ActionId, Area> kPanels[] {{Id::ShowEditor, Area::Editor}, {Id::ShowStage, Area::Stage},
    {Id::ShowNarration, Area::Narration}, {Id::ShowCards, Area::Cards}, {Id::ShowTimeline, Area::Timeline}};

} // namespace

PanelSwitches::PanelSwitches(WindowFrame& frame, Settings& settings, const Actions& actions)
    : m_frame(frame)
    , m_settings(settings)
    , m_actions(actions)
{
    for (const auto& [id, area] : kPanels) {
        actions[id]->setChecked(true);
        m_frame.rail().setKey(area, actions.keyOf(id));
        actions.onToggled(id, this, [this, area](bool on) { toggle(area, on); });
    }
    m_frame.rail().setKey(Area::Console, actions.keyOf(Id::ShowConsole));
    // A timeline that has folded opens first; the next time it goes.
    connect(actions[Id::ShowTimeline], &QAction::triggered, this, [this](bool on) {
        if (!on && m_wasFolded) {
            m_actions[Id::ShowTimeline]->setChecked(true);
            m_frame.setOpen(Area::Timeline, true);
        }
    });
    actions.on(Id::ResetLayout, this, [this] {
        for (const auto& [id, area] : kPanels)
            m_actions[id]->setChecked(true);
        m_actions[Id::ShowConsole]->setChecked(true);
        m_frame.resetLayout();
    });
    actions.on(Id::NextPanel, this, [this] { focusNext(1); });
    actions.on(Id::PreviousPanel, this, [this] { focusNext(-1); });
}

// The cards' switch opens and closes their drawer where they have folded into one.
void PanelSwitches::toggle(Area area, bool on)
{
    if (m_updating)
        return;
    m_wasFolded = m_frame.isFolded(area);
    if (area == Area::Cards && m_frame.folds().cards) {
        m_frame.setOpen(area, on);
        return;
    }
    m_frame.setShown(area, on);
    if (area == Area::Narration && std::exchange(m_settings.narration, on) != on)
        m_settings.save(); // the menu and the settings tell of one thing
}

void PanelSwitches::update()
{
    m_frame.setShown(Area::Narration, m_settings.narration); // the setting is what counts, whatever a layout says
    follow();
}

void PanelSwitches::follow()
{
    const QScopedValueRollback updating(m_updating, true);
    for (const auto& [id, area] : kPanels)
        m_actions[id]->setChecked(m_frame.isShown(area) && !(area == Area::Cards && m_frame.isFolded(area)));
}

void PanelSwitches::focusNext(int direction)
{
    const QWidget* const focused = QApplication::focusWidget();
    qsizetype current = 0;
    for (qsizetype i = 0; i < m_walk.size(); ++i) {
        if (focused && (focused == m_walk[i] || m_walk[i]->isAncestorOf(focused)))
            current = i;
    }
    for (qsizetype n = 1; n <= m_walk.size(); ++n) {
        QWidget* const next = m_walk[(current + direction * n + m_walk.size() * 2) % m_walk.size()];
        if (!next->isVisible())
            continue;
        if (QWidget* const taker = takerOfKeys(*next)) {
            taker->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

} // namespace bistro::ui
