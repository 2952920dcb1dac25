// Where a time lies on the timeline, and back. Long sleeps of the loop are folded: a sleep takes at most a fixed width,
// however long it lasted; every other time takes width by its length.
//
// A value; times in nanoseconds since the start of the run, x in px from where time 0 lies.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace bistro::ui {

// The loop slept from one time to another.
struct Sleep {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    [[nodiscard]] std::uint64_t length() const { return end - begin; }
    bool operator==(const Sleep&) const = default;
};

class TimeAxis final {
public:
    // A sleep that takes less width than its time would.
    struct Fold {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        double x = 0;

        [[nodiscard]] std::uint64_t length() const { return end - begin; }
        bool operator==(const Fold&) const = default;
    };

    TimeAxis() = default;
    // Sleeps: ascending, apart from each other. scale: px a nanosecond, above 0; foldWidth: px, above 0.
    TimeAxis(std::span<const Sleep> sleeps, double scale, double foldWidth);
    // The axis on which [0, end] takes this width, with folds as wide as there is room for, between `narrow` and
    // `wide`.
    [[nodiscard]] static TimeAxis fitting(
        std::span<const Sleep> sleeps, std::uint64_t end, double width, double narrow, double wide);
    // The same run magnified: folds grow with the square root, up to `wide`, so that a picture of many sleeps keeps
    // room for what was done between them and their lengths can be read as soon as few are seen.
    [[nodiscard]] TimeAxis scaled(std::span<const Sleep> sleeps, double scale, double wide) const;

    [[nodiscard]] double scale() const { return m_scale; }
    [[nodiscard]] double foldWidth() const { return m_foldWidth; }
    [[nodiscard]] std::span<const Fold> folds() const { return m_folds; }

    // Both ascend; each other's inverse, to a nanosecond or a rounding.
    [[nodiscard]] double xOf(std::uint64_t time) const;
    [[nodiscard]] std::uint64_t timeAt(double x) const; // 0 left of 0

    // Times to write below the axis, the round ones that are at least `spacing` px apart, none within a fold.
    [[nodiscard]] std::vector<std::uint64_t> ticks(double fromX, double toX, double spacing) const;

    bool operator==(const TimeAxis&) const = default;

private:
    double m_scale = 1e-6;
    double m_foldWidth = 64;
    std::vector<Fold> m_folds;
};

} // namespace bistro::ui
