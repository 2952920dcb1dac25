// What each place of the picture is called: rails, stations and lanes, hub, door, kitchen, shelf, titles. Values made
// from the picture; any thread.
#pragma once

#include "stage/picture.h"
#include "why/glossary.h"

#include <optional>
#include <vector>

namespace bistro::ui {

struct StageTerm {
    app::Term term {};
    QRectF area; // px at 100 %, as the picture's
    bool walked = false; // the keys stop there; at most one has a term, else it is what lies around places

    bool operator==(const StageTerm&) const = default;
};

[[nodiscard]] app::Term termOf(Place place);
[[nodiscard]] app::Wording wordingOf(Skin skin);

// From the smallest areas to the largest: the first one that holds a point is what lies there.
[[nodiscard]] std::vector<StageTerm> termsOf(const StagePicture& picture);
[[nodiscard]] std::optional<StageTerm> termAt(const StagePicture& picture, const QPointF& point);
// Those at which the keys stop, in the order of reading: as the places are served.
[[nodiscard]] std::vector<StageTerm> placesOf(const StagePicture& picture);

} // namespace bistro::ui
