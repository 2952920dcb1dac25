// What the scene is painted from, and where its bars and numbers lie. Values and free functions; GUI thread.
#pragma once

#include "houses/rushlayout.h"
#include "houses/rushshown.h"

#include <optional>
#include <vector>

namespace bistro::ui {

struct RushFrame {
    const RushShown* shown = nullptr; // not null
    const RushLayout* layout = nullptr; // not null
    RushLanes lanes;
    Theme theme {Scheme::Light};
    QString program;
    std::optional<std::uint64_t> now; // since the first guest; none: before
    std::optional<std::size_t> selected; // guest
    std::optional<std::size_t> piece; // of the selected guest, that the keys are at
    bool focused = false;
    double pixelRatio = 1;
};

// Below the waiter's lane: the selected table's number at its pieces.
[[nodiscard]] std::vector<QRectF> numbersOf(const RushFrame& frame);

// Bars, px of the widget.
[[nodiscard]] QRectF upperBar(const RushLayout& layout, const app::ServedPiece& piece);
[[nodiscard]] QRectF lowerBar(const RushLayout& layout, std::size_t lane, const app::ServedPiece& piece);
[[nodiscard]] double nowX(const RushFrame& frame); // of the playhead

} // namespace bistro::ui
