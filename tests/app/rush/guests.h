// Guests made by hand, in milliseconds, for tests of what is computed from them.
#pragma once

#include "rush/rush.h"

#include <initializer_list>

namespace bistro::tests {

inline constexpr std::uint64_t kMs = 1'000'000;

struct HandPiece {
    std::uint64_t ready = 0;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    app::OrderKind kind = app::OrderKind::Timer;
};

// Each piece but the first is placed as the piece before it begins; the answer is given as the last ends.
[[nodiscard]] inline app::Guest guestOf(
    std::uint32_t table, std::uint64_t came, std::initializer_list<HandPiece> pieces)
{
    app::Guest guest {.table = table, .title = QStringLiteral("GET /menu"), .came = came * kMs};
    for (const HandPiece& piece : pieces) {
        guest.pieces.push_back({.from = piece.from * kMs,
            .to = piece.to * kMs,
            .kind = piece.kind,
            .begin = table * 100 + static_cast<app::Index>(guest.pieces.size()),
            .ready = piece.ready * kMs,
            .placed = guest.pieces.empty() ? guest.came : guest.pieces.back().from});
    }
    guest.served = guest.pieces.empty() ? guest.came : guest.pieces.back().to;
    guest.answered = true;
    guest.event = table;
    return guest;
}

[[nodiscard]] inline app::Rush rushOfGuests(std::vector<app::Guest> guests)
{
    app::Rush rush {.guests = std::move(guests), .start = 1'300 * kMs};
    for (const app::Guest& guest : rush.guests)
        rush.end = std::max(rush.end, guest.served);
    return rush;
}

// Three guests 10 ms apart; each is asked for 4 ms, waits 40 ms for the database, and is served for 6 ms. Nobody waits
// for the waiter but the last, 2 ms.
[[nodiscard]] inline app::Rush calmRush()
{
    using enum app::OrderKind;
    return rushOfGuests({guestOf(2, 0, {{0, 0, 4, KernelIo}, {44, 44, 50, PoolIo}}),
        guestOf(3, 10, {{10, 10, 14, KernelIo}, {54, 54, 60, PoolIo}}),
        guestOf(4, 14, {{14, 14, 18, KernelIo}, {58, 60, 66, PoolIo}})});
}

// Twelve guests 5 ms apart, as in the picture: 3 pieces each, one waiter who takes who has been ready longest.
[[nodiscard]] inline app::Rush busyRush()
{
    std::vector<app::Guest> guests;
    for (std::uint32_t i = 0; i < 12; ++i) {
        const std::uint64_t came = i * 5;
        guests.push_back(guestOf(i + 2, came,
            {{came, came, came + 2, app::OrderKind::KernelIo}, {came + 42, came + 42, came + 45, app::OrderKind::Timer},
                {came + 62, came + 62, came + 64, app::OrderKind::PoolIo}}));
    }
    // A wait for the waiter's sake: computed, so that pieces do not overlap.
    const app::Rush alone = rushOfGuests(std::move(guests));
    app::Rush rush = app::withAssumptions(alone, {.guests = 12});
    rush.start = 1'300 * kMs;
    rush.computed = false;
    return rush;
}

} // namespace bistro::tests
