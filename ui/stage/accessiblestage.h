// What assistive technology is told of the stage: its slips and its places. Internal to ui/stage.
#pragma once

#include "stage/picture.h"
#include "stage/stageterms.h"

#include <optional>
#include <vector>

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
    virtual void pressSlip(std::uint64_t key) = 0; // as Enter does: a tab opens its list
    // The same for the places at which the keys stop: they follow the slips in the list.
    [[nodiscard]] virtual std::vector<StageTerm> places() const = 0;
    [[nodiscard]] virtual QRectF rectOf(const StageTerm& place) const = 0;
    [[nodiscard]] virtual std::optional<app::Term> focusedPlace() const = 0;
    virtual void setFocusedPlace(std::optional<app::Term> place) = 0;
};

} // namespace bistro::ui
