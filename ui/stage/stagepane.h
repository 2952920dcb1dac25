// The stage's place in the window: where it is smaller than the drawing, the stage scrolls in it, and what has just
// happened comes to sight with each step. GUI thread; owns the stage.
#pragma once

#include "theme/theme.h"

#include <QScrollArea>

namespace bistro::ui {

class StageView;

class StagePane final : public QScrollArea {
    Q_OBJECT

public:
    explicit StagePane(StageView* stage);

    void setTheme(const Theme& theme);
    // In the stage's px: as much of it as there is room for, its top left first.
    void bringToSight(const QRectF& place);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    Theme m_theme {Scheme::Light};
    StageView* m_stage = nullptr;
};

} // namespace bistro::ui
