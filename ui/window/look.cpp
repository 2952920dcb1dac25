#include "window/look.h"

#include "theme/fonts.h"
#include "window/style.h"

#include <QApplication>
#include <QStyleHints>

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

constexpr double kPresentationZoom = 1.5;

Scheme schemeOf(SchemeChoice choice)
{
    switch (choice) {
    case SchemeChoice::Light: return Scheme::Light;
    case SchemeChoice::Dark: return Scheme::Dark;
    case SchemeChoice::System: break;
    }
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark ? Scheme::Dark : Scheme::Light;
}

} // namespace

ActionId actionOf(SchemeChoice scheme)
{
    switch (scheme) {
    case SchemeChoice::System: return ActionId::ThemeSystem;
    case SchemeChoice::Light: return ActionId::ThemeLight;
    case SchemeChoice::Dark: return ActionId::ThemeDark;
    }
    Q_UNREACHABLE_RETURN(ActionId::ThemeSystem);
}

Look::Look(QWidget& window, Settings& settings, const Actions& actions)
    : m_window(window)
    , m_settings(settings)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, [this] {
        if (some())
            m_next.start();
    });
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Look::apply);
    actions[actionOf(settings.scheme)]->setChecked(true);
    for (const SchemeChoice choice : {SchemeChoice::System, SchemeChoice::Light, SchemeChoice::Dark})
        actions.onToggled(actionOf(choice), this, [this, choice](bool on) {
            if (!on || m_settings.scheme == choice)
                return;
            m_settings.scheme = choice;
            m_settings.save();
            apply();
        });
    actions.on(ActionId::ZoomIn, this, [this] { setZoom(zoomStep(m_settings.zoom, 1)); });
    actions.on(ActionId::ZoomOut, this, [this] { setZoom(zoomStep(m_settings.zoom, -1)); });
    actions.on(ActionId::ZoomReset, this, [this] { setZoom(1); });
}

void Look::setZoom(double zoom)
{
    m_settings.zoom = zoom;
    m_settings.save();
    apply();
    emit zoomed(zoom);
}

void Look::apply()
{
    begin(0);
}

void Look::applyAnew()
{
    begin(m_parts.size());
}

void Look::begin(std::size_t first)
{
    if (m_goesOn) { // what goes on is not begun anew, or a wheel that turns would never see its end
        m_again = std::min(m_again.value_or(first), first);
        return;
    }
    m_goesOn = true;
    m_done = first;
    if (m_window.isVisible()) {
        m_window.setUpdatesEnabled(false);
        m_next.start();
    } else {
        while (some()) { }
    }
}

bool Look::some()
{
    if (m_done == 0) {
        m_theme = Theme(schemeOf(m_settings.scheme), m_settings.zoom * (m_presentation ? kPresentationZoom : 1));
        // The whole application's: dialogs and menus are windows of their own, and a style sheet resolves its fonts
        // from there.
        QApplication::setFont(uiFont(m_theme, TypeSize::Label));
        QApplication::setPalette(paletteOf(m_theme));
        m_window.setStyleSheet(styleSheetOf(m_theme));
    } else {
        m_parts[m_done - 1](m_theme);
    }
    if (++m_done <= m_parts.size())
        return true;
    if (const auto from = std::exchange(m_again, {})) {
        m_done = *from;
        return true;
    }
    m_goesOn = false;
    m_window.setUpdatesEnabled(true);
    // Where the window was resized or uncovered meanwhile, all of it is dirty already, and for that Qt believes to have
    // asked to be painted: it would never ask again.
    QCoreApplication::postEvent(&m_window, new QEvent(QEvent::UpdateRequest), Qt::LowEventPriority);
    return false;
}

} // namespace bistro::ui
