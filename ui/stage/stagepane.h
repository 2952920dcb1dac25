// The stage's place in the window: where it is smaller than the drawing, the stage scrolls in it, and what has just
// happened comes to sight with each step. A scroll bar that is needed in one direction asks for none in the other: the
// stage has the bar's width less. GUI thread; owns the stage.
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

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setLeast();

    Theme m_theme {Scheme::Light};
    StageView* m_stage = nullptr;
};

} // namespace bistro::ui
