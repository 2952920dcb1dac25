// What has which color, size and mark: the one place that knows visual.md's table. A value: build one for a scheme and
// a zoom, and hand it to whatever paints. GUI thread; no state, no I/O.
#pragma once

#include <QColor>
#include <QPainter>
#include <QString>

namespace bistro::ui {

// What a slip, a lane, a gutter tick or a block of the timeline stands for.
enum class Meaning : std::uint8_t { Running, Tick, Promise, Timer, PoolIo, KernelIo, Immediate, Closing, Error };
inline constexpr std::size_t kMeanings = static_cast<std::size_t>(Meaning::Error) + 1;

enum class Scheme : std::uint8_t { Light, Dark };

// Type sizes in px at 100 %.
enum class TypeSize : std::uint8_t { Second = 11, Label = 13, Heading = 15, Title = 20, Display = 28 };

class Theme final {
public:
    explicit Theme(Scheme scheme, double zoom = 1.0);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    [[nodiscard]] bool isDark() const { return m_scheme == Scheme::Dark; }
    [[nodiscard]] double zoom() const { return m_zoom; }
    [[nodiscard]] int px(double at100) const { return qRound(at100 * m_zoom); }
    [[nodiscard]] int px(TypeSize size) const { return px(static_cast<int>(size)); }

    [[nodiscard]] QColor color(Meaning meaning) const;
    // The same color thin enough to write on: backgrounds of cards, lines and consequences.
    [[nodiscard]] QColor tint(Meaning meaning) const;

    // Surfaces and texts.
    [[nodiscard]] QColor window() const; // behind everything
    [[nodiscard]] QColor raised() const; // cards, buttons
    [[nodiscard]] QColor sunken() const; // lesson, hover
    [[nodiscard]] QColor border() const;
    [[nodiscard]] QColor text() const;
    [[nodiscard]] QColor secondary() const; // readable at 11 px: contrast 4.5 or better on window()
    // Words of what is still to come: paler than others, and readable (4.5) on window(), raised() and sunken().
    [[nodiscard]] QColor later() const;
    [[nodiscard]] QColor ink() const; // what runs: full black, white in dark
    [[nodiscard]] QColor onInk() const;
    [[nodiscard]] QColor inkHovered() const;
    [[nodiscard]] QColor onError() const; // on color(Meaning::Error)
    [[nodiscard]] QColor currentLine() const;
    [[nodiscard]] QColor literal() const; // texts and numbers in code
    [[nodiscard]] QColor selection() const; // behind selected text, which keeps its colors
    // The band of the presentation's sentence: dark in both schemes, for the back row.
    [[nodiscard]] QColor band() const;
    [[nodiscard]] QColor onBand() const;
    [[nodiscard]] QColor secondaryOnBand() const;

    bool operator==(const Theme&) const = default;

private:
    Scheme m_scheme;
    double m_zoom;
};

// How well a text reads on a ground, as WCAG measures it: 1 to 21; 4.5 is the least for what is to be read.
[[nodiscard]] double contrastOf(const QColor& text, const QColor& ground);
// Black or white, whichever reads better on that ground.
[[nodiscard]] QColor readableOn(const QColor& ground);

// The mandatory mark beside a color: a triangle, a diamond, a clock …; drawn within the square.
void paintMark(QPainter& painter, Meaning meaning, const QRectF& square, const QColor& color);
// The same as a character, for plain text ("▲").
[[nodiscard]] QChar markOf(Meaning meaning);

} // namespace bistro::ui
