// The stage for assistive technology: a list whose items are the slips, in the order in which the arrow keys walk them.
// Internal to ui/stage.
#pragma once

#include "stage/picture.h"

class QWidget;

namespace bistro::ui {

// What is asked of the stage; a widget that is one is told of as such a list.
class AccessibleStage {
public:
    virtual ~AccessibleStage() = default;

    [[nodiscard]] virtual const StagePicture& picture() const = 0;
    [[nodiscard]] virtual std::vector<const StageSlip*> walk() const = 0;
    // Where it is drawn, in the widget's px.
    [[nodiscard]] virtual QRectF rectOf(const StageSlip& slip) const = 0;
    [[nodiscard]] virtual std::uint64_t focusedSlip() const = 0;
    virtual void setFocusedSlip(std::uint64_t key) = 0;
    virtual void press(app::OrderId order) = 0;
};

void installStageAccess(); // once for the process
void slipsChanged(QWidget* stage);
void slipFocused(QWidget* stage);

} // namespace bistro::ui
