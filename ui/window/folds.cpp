#include "window/folds.h"

#include <algorithm>
#include <array>

namespace bistro::ui {
namespace {

// What menus, tool bar, stage, narration and timeline take, from top to bottom.
double rowsOf(const Folds& folds, const PanelsShown& shown)
{
    const double narration = !shown.narration ? 0 : folds.rule ? units::kSentence : units::kRule;
    const double timeline = !shown.timeline ? 0
        : folds.lanes                       ? units::kWaiterLane
        : folds.cooks                       ? units::kBars
                                            : units::kLanes;
    return units::heads(folds.compact) + (shown.stage ? units::stage(folds.compact).height() : 0) + narration
        + timeline;
}

// The stage grows as far as its height lets it. What a wide window has beyond that goes to the code and to the cards,
// two parts and one: there it is read.
void shareWidth(Folds& folds, const QSizeF& window, const PanelsShown& shown)
{
    if (!shown.stage || !shown.left || folds.compact || folds.cards)
        return;
    const QSizeF least = units::stage(false);
    const double height = std::max(window.height() - rowsOf(folds, shown) + least.height(), least.height());
    const double stage = least.width() * height / least.height();
    const double taken = (folds.narrow ? units::kCourseList : 0) + folds.left + stage
        + (shown.cards ? folds.column : 0);
    const double spare = std::max(window.width() - taken, 0.);
    folds.left = std::min(folds.left + spare * (shown.cards ? 2. / 3 : 1), units::kWideEditor);
    if (shown.cards)
        folds.column = std::min(folds.column + spare / 3, units::kWideCards);
}

} // namespace

Folds foldsFor(const QSizeF& window, const PanelsShown& shown)
{
    // Dividers of a px are the margins' of the stage.
    Folds folds;
    folds.compact = window.width() < units::kRoomy.width() || window.height() < units::kRoomy.height();
    const auto fits = [&] { return rowsOf(folds, shown) <= window.height(); };
    constexpr std::array rows {&Folds::rule, &Folds::cooks, &Folds::lanes};
    for (bool Folds::* const row : rows) {
        if (!fits())
            folds.*row = true;
    }
    // The last one may have made more room than was needed: what is missed most comes back first.
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (!(folds.*(*row)))
            continue;
        folds.*(*row) = false;
        if (!fits())
            folds.*(*row) = true;
    }
    folds.rule = folds.rule && shown.narration;
    folds.lanes = folds.lanes && shown.timeline;
    folds.cooks = shown.timeline && (folds.cooks || folds.lanes);
    folds.console = shown.timeline ? folds.cooks : window.height() < units::kRoomy.height();
    folds.scrolls = shown.stage && !fits();

    folds.courses = shown.courses && window.width() < units::kListWindow;
    folds.narrow = shown.courses && (!folds.courses || shown.coursesOpen);
    const double width = window.width() - (folds.narrow ? units::kCourseList : 0);
    const double stage = (shown.stage ? units::stage(folds.compact || folds.narrow).width() : 0)
        + (folds.scrolls ? units::kScrollBar : 0);
    const double column = folds.column = units::cards(folds.compact);
    const auto rail = [&] { return folds.rail() ? units::kRail : 0; };
    const double least = shown.left ? units::kLeastEditor : 0;
    folds.cards = shown.cards && width - rail() - stage - column < least;
    const double right = rail() + stage + (shown.cards && !folds.cards ? column : 0);
    folds.left = shown.left
        ? std::clamp(width - right, std::min(units::kNarrowEditor, (width - rail()) / 2), units::kEditor)
        : 0;
    folds.scrolls = folds.scrolls || (shown.stage && width < folds.left + right);
    shareWidth(folds, window, shown);
    folds.band = shown.narration && shown.left && width - folds.left - (right - stage) < units::kNarrowSentence;
    return folds;
}

} // namespace bistro::ui
