// What of the window folds where it is too small for everything: one value, made of the window's size and of what is
// shown. Nothing is drawn smaller than its zoom says: what does not fit folds in this order, and the stage scrolls at
// last. What is folded can be opened (WindowFrame::setOpen). No state, no I/O.
#pragma once

#include <QSizeF>

#include <cstdint>

namespace bistro::ui {

enum class Area : std::uint8_t { Lesson, Editor, Console, Stage, StageText, Narration, Cards, Timeline, CourseList };
inline constexpr Area kLastArea = Area::CourseList;

// Sizes in layout units: px at 100 %.
namespace units {
inline constexpr QSizeF kRoomy {1400, 860}; // a window under this is compact
inline constexpr double kEditor = 416;
inline constexpr double kWideEditor = 640; // of a window with more width than its stage can use
inline constexpr double kWideCards = 352;
inline constexpr double kLeastEditor = 360; // beside a column of cards
inline constexpr double kNarrowEditor = 320; // beside a stage that needs the room
inline constexpr double kCourseList = 152; // from the tool bar to the lower edge
inline constexpr double kListWindow = 1400; // a window under this opens without it
inline constexpr double kRail = 24; // what opens what is folded
inline constexpr double kScrollBar = 10;
inline constexpr double kLanes = 176; // timeline and console
inline constexpr double kBars = 112; // the cooks' lanes are bars; the console has four lines
inline constexpr double kLeastBars = 92; // above them the narration has grown
inline constexpr double kLeastConsole = 56; // its tabs and a line, under a lesson that needs the room
inline constexpr double kWaiterLane = 62;
inline constexpr double kRule = 78; // a sentence and its rule
inline constexpr double kSentence = 56;
inline constexpr double kNarrowSentence = 600; // a column under this is too narrow for one

[[nodiscard]] constexpr QSizeF stage(bool compact)
{
    return compact ? QSizeF {616, 480} : QSizeF {768, 568};
}
[[nodiscard]] constexpr double cards(bool compact)
{
    return compact ? 248 : 256;
}
[[nodiscard]] constexpr double heads(bool compact)
{
    return compact ? 28 + 44 : 30 + 48; // menus and tool bar
}
} // namespace units

// By the user.
struct PanelsShown {
    bool left = true; // editor or console
    bool stage = true;
    bool narration = true;
    bool cards = true;
    bool timeline = true;
    bool courses = false; // their list
    bool coursesOpen = false; // although there is little room
};

// In the order in which they fold. Heads and stage take their compact form under 1400 x 860, whatever else folds: that
// hides nothing.
struct Folds {
    bool compact = false;
    bool courses = false; // their list is not there unless it is opened
    bool narrow = false; // the list stands there: the stage takes its compact width
    bool rule = false; // the narration is its sentence
    bool cooks = false; // their lanes are bars
    bool console = false; // it has four lines
    bool lanes = false; // the timeline has the waiter's lane alone
    bool cards = false; // their column is a drawer
    bool scrolls = false; // the stage is larger than its place
    bool band = false; // the narration stands below everything: the stage's column is too narrow for a sentence
    double left = units::kEditor; // the editor's column, in layout units
    double column = units::cards(false); // that of the cards, also while it is a drawer

    // Whether a narrow bar has what opens them.
    [[nodiscard]] bool rail() const { return lanes || cards; }
    bool operator==(const Folds&) const = default;
};

// `window`: with its menus and its tool bar, in layout units.
[[nodiscard]] Folds foldsFor(const QSizeF& window, const PanelsShown& shown = {});

} // namespace bistro::ui
