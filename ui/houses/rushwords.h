// The sentences of the scene. Times are in ms, or in seconds when it takes long. GUI thread.
#pragma once

#include "houses/rushshown.h"

#include <QString>
#include <QStringList>

namespace bistro::ui {

// "0 ms", "9.2 ms", "103 ms", "12.4 s".
[[nodiscard]] QString rushTime(std::uint64_t nanoseconds);
[[nodiscard]] QString rushNumber(std::uint64_t nanoseconds); // of milliseconds, without the unit: "50", "0.5"
[[nodiscard]] QString stackSize(std::uint64_t bytes); // "96 MiB", "1.5 GiB"
[[nodiscard]] QString factorText(double factor); // "×1", "×1.4"
[[nodiscard]] QString shareText(double share); // "36 %"

[[nodiscard]] QString rushTitle();
// "12 requests to server.js, recorded from 1.30 s on; times in ms since the first guest"; when there is no room for all
// of that, the shorter ones behind.
[[nodiscard]] QStringList rushSubtitles(const RushShown& shown, const QString& program);
[[nodiscard]] QString upperTotals(const RushShown& shown); // with <b>
[[nodiscard]] QString lowerTotals(const RushShown& shown);
[[nodiscard]] QString upperTag(bool computed);
[[nodiscard]] QString lowerTag();
[[nodiscard]] QString waitersTables(const app::Rush& rush); // "tables 2–13"
[[nodiscard]] QString laneLabel(std::uint32_t table);
[[nodiscard]] QString moreGuests(std::size_t count);
[[nodiscard]] QString nothingToShow(bool ran); // what is missing
// "Assumed: …"; the first is the longest.
[[nodiscard]] QStringList assumedTexts(const RushShown& shown);
// When the waiter is the bottleneck, and from how many guests on. Empty: he is not.
[[nodiscard]] QStringList bottleneckTexts(const RushShown& shown);
// "Table 7: with one waiter served after 78 ms, 9 waiting for him; with its own after 69 ms, that waiter idle for 61."
[[nodiscard]] QString guestSentence(const RushShown& shown, std::size_t guest);
// A piece of a guest's: "from 25 to 27 ms, timer".
[[nodiscard]] QString pieceSentence(const app::ServedPiece& piece);
// What the whole scene says: both houses' totals.
[[nodiscard]] QString sceneSentence(const RushShown& shown);
[[nodiscard]] QString kindOfPiece(app::OrderKind kind);

struct TotalsRow {
    QString name;
    QStringList cells; // waiters, idle share, stacks, longest wait, last guest
};
[[nodiscard]] QStringList totalsHeads();
[[nodiscard]] std::vector<TotalsRow> totalsRows(const RushShown& shown);
inline constexpr int kLongestWaitColumn = 3;

} // namespace bistro::ui
