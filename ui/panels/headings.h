// The headings of cards and panels, each with its word of the glossary. Values; any thread.
#pragma once

#include "theme/theme.h"
#include "why/glossary.h"

namespace bistro::ui {

enum class CardHeading : std::uint8_t { Order, Finding, Before, CallStack, Narration };

[[nodiscard]] app::Term termOf(CardHeading heading);
// Of the mark beside an order's title.
[[nodiscard]] app::Term termOf(Meaning meaning);

} // namespace bistro::ui
