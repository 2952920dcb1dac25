// The sliders of what is assumed: cooking time, computing time, guests; and a button that takes all back. Internal to
// ui/houses.
#pragma once

#include "rush/rush.h"
#include "theme/theme.h"

#include <QWidget>

#include <array>

class QLabel;
class QPushButton;
class QSlider;

namespace bistro::ui {

class RushControls final : public QWidget {
    Q_OBJECT

public:
    explicit RushControls(QWidget* parent = nullptr);

    // `came`: so many guests were measured.
    void setAssumptions(const app::RushAssumptions& assumptions, int came);
    [[nodiscard]] const app::RushAssumptions& assumptions() const { return m_assumptions; }
    void setTheme(const Theme& theme);
    void setCompact(bool on);

signals:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Which : std::uint8_t { Cooking, Computing, Guests };
    struct Knob {
        QLabel* label = nullptr;
        QSlider* slider = nullptr;
        QLabel* value = nullptr;
    };
    void take(Which which, int position);
    void showValues();
    void place();
    [[nodiscard]] QString valueOf(Which which) const;

    Theme m_theme {Scheme::Light};
    bool m_compact = false;
    app::RushAssumptions m_assumptions;
    int m_came = 0;
    std::array<Knob, 3> m_knobs;
    QPushButton* m_reset = nullptr;
};

} // namespace bistro::ui
