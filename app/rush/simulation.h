// Pieces of work that get ready one after the other, served by so many hands. A value and a free function; any thread.
#pragma once

#include "rush/rush.h"

#include <optional>
#include <vector>

namespace bistro::app {

struct Service {
    double cooking = 1; // of what is waited for
    double computing = 1; // of the pieces
    // One waiter: who walks between the pieces as long as given here, by guest and piece. None: each guest has its own
    // waiter, who needs a core to work.
    std::optional<std::vector<std::vector<std::uint64_t>>> walks;
    int cores = 1;
};

// The same guests with other times. In the order of getting ready; of several at once, in that of `guests`.
[[nodiscard]] std::vector<Guest> served(const std::vector<Guest>& guests, const Service& service);

} // namespace bistro::app
