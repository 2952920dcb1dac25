// Where the timeline's rows lie. A value; px of the widget.
#pragma once

#include "theme/theme.h"

#include <QFontMetricsF>
#include <QRectF>
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace bistro::ui {

enum class LaneKind : std::uint8_t { Waiter, Lines, Notes, Cook, Kernel, Timers };

struct LaneRow {
    LaneKind lane = LaneKind::Waiter;
    std::size_t cook = 0; // of lanes of cooks: which, from 0
    QRectF row; // from one separator to the next, as wide as the plot
    QRectF bar; // what is drawn lies in this height

    bool operator==(const LaneRow&) const = default;
};

struct TimelineLayout {
    QRectF header; // the title's line; the playhead's pill is in it, too
    QRectF labels; // left of the plot
    QRectF plot; // where the rows are
    QRectF axis; // the times below
    std::vector<LaneRow> rows;
    bool cooksTogether = false; // thin bars under one label
    std::size_t cooks = 0; // that are shown; further ones are not
    // Where lines are drawn: in a row of their own, or along the lower edge of the waiter's; nothing: nowhere.
    std::optional<QRectF> lines;

    [[nodiscard]] const LaneRow* rowAt(double y) const;
    // All rows of the cooks; nothing when there are none.
    [[nodiscard]] std::optional<QRectF> cooksRect() const;

    // What there is follows from the height, whatever size the window has. Where not every row has room for its word,
    // rows fold in this order: the lines go into the waiter's, the cooks become thin bars under one label, the timers
    // go, all but the waiter go.
    enum class Lines : bool { None, Recorded };
    [[nodiscard]] static TimelineLayout of(
        const QSizeF& size, const Theme& theme, std::size_t cooks, Lines lines = Lines::None);
};

// As much of a name as is worth reading in this width: whole, or cut behind three letters or more; else nothing.
[[nodiscard]] QString fittedName(const QString& name, const QFontMetricsF& metrics, double width);

} // namespace bistro::ui
