// What WindowFrame opens over the picture while the window is for a room full of people: console and cards, which have
// no place of their own there. What they cover is not laid out anew.
#include "window/frame.h"

#include "window/focusorder.h"
#include "window/overlay.h"

#include <QScrollArea>

namespace bistro::ui {

bool WindowFrame::opensOver(Area area) const
{
    return m_presentation && (area == Area::Console || area == Area::Cards);
}

QWidget* WindowFrame::panelOf(Area area) const
{
    return area == Area::Cards ? m_cards : m_widgets.value(area);
}

void WindowFrame::setOver(Area area, bool open)
{
    QWidget* const panel = panelOf(area);
    if (open == m_over.contains(area) || !panel)
        return;
    QSplitter& home = area == Area::Cards ? *m_top : *m_left;
    if (open) {
        if (m_over.isEmpty())
            m_focusBefore = window()->focusWidget();
        m_over.append(area);
        Overlay*& overlay = m_overlays[area];
        if (!overlay) {
            overlay = new Overlay(area == Area::Cards ? Overlay::Side::Right : Overlay::Side::LowerLeft, this);
            overlay->setTheme(m_theme);
            overlay->watch(m_stageSide);
            connect(overlay, &Overlay::pictureMoved, this, &WindowFrame::placeOverlays);
        }
        m_sizesAtHome[area] = home.saveState();
        overlay->take(panel);
        update(area);
        placeOverlays();
        overlay->show();
        if (QWidget* const taker = takerOfKeys(*panel))
            taker->setFocus(Qt::ShortcutFocusReason);
    } else {
        const bool hadKeys = panel->isAncestorOf(window()->focusWidget());
        m_over.removeOne(area);
        m_overlays[area]->hide();
        home.addWidget(panel);
        update(area); // it has no place here, and its part of the splitter none either
        panel->hide();
        home.restoreState(m_sizesAtHome.take(area)); // as the learner has dragged them
        home.setHandleWidth(1);
        placeOverlays();
        QWidget* const next = m_over.isEmpty() ? m_focusBefore.data() : takerOfKeys(*panelOf(m_over.last()));
        if (hadKeys && next)
            next->setFocus(Qt::ShortcutFocusReason);
    }
    emit panelMoved();
    emit overlaysChanged();
}

bool WindowFrame::closeOverlay()
{
    if (m_over.isEmpty())
        return false;
    setOver(m_over.last(), false);
    return true;
}

void WindowFrame::placeOverlays()
{
    const QRect picture(m_stageSide->mapTo(this, QPoint(0, 0)), m_stageSide->size());
    const bool cards = m_over.contains(Area::Cards);
    if (cards)
        m_overlays[Area::Cards]->cover(picture);
    if (m_over.contains(Area::Console))
        m_overlays[Area::Console]->cover(picture, cards ? m_overlays[Area::Cards]->width() : 0);
}

} // namespace bistro::ui
