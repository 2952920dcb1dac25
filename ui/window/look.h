// How the whole window looks: light or dark, and its zoom. A whole window takes a new look in a tenth of a second and
// more: in parts between events, and one picture of it at the end. GUI thread; window and settings outlive it.
#pragma once

#include "theme/theme.h"
#include "window/actions.h"
#include "window/settings.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

namespace bistro::ui {

class Look final : public QObject {
    Q_OBJECT

public:
    Look(QWidget& window, Settings& settings, const Actions& actions);

    // What takes a new look in one turn; in the order of these calls, the application itself before all.
    void addPart(std::function<void(const Theme&)> part) { m_parts.push_back(std::move(part)); }
    // By the settings. At once while the window is not shown.
    void apply();
    // The same look, for panels that have lost it: the last part, which is theirs.
    void applyAnew();
    // Magnifies all, beyond the settings' own zoom.
    void setPresentation(bool on) { m_presentation = on; }
    void setZoom(double zoom);

signals:
    void zoomed(double zoom);

private:
    void begin(std::size_t first);
    bool some(); // false once all is done

    QWidget& m_window;
    Settings& m_settings;
    std::vector<std::function<void(const Theme&)>> m_parts;
    Theme m_theme {Scheme::Light};
    bool m_presentation = false;
    QTimer m_next; // the next part
    bool m_goesOn = false;
    std::size_t m_done = 0; // the application itself, then parts
    std::optional<std::size_t> m_again; // another one was asked for meanwhile: from here on
};

// The action that stands for it.
[[nodiscard]] ActionId actionOf(SchemeChoice scheme);

} // namespace bistro::ui
