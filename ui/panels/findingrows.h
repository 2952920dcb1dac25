// The findings of a run as rows of a list, and each as a card: values, in the words of the skin.
#pragma once

#include "moment/moment.h"
#include "panels/findingcontent.h"
#include "panels/rowlist.h"
#include "why/foundthing.h"

#include <vector>

namespace bistro::ui {

[[nodiscard]] Meaning meaningOf(app::FindingKind kind);
// "Kitchen full": what stands above the card.
[[nodiscard]] QString titleOf(app::FindingKind kind, app::Wording wording);

// In their order; the key of each is its place in it, from 1. `place`: the moment that is looked at.
[[nodiscard]] std::vector<NoteRow> findingRows(
    const std::vector<app::FoundThing>& found, app::Wording wording, app::Index place);

// As the card shows it. Its places are views into this moment's log, and go with it.
[[nodiscard]] BlockedContent findingCard(const app::FoundThing& finding, const Moment& moment);

// All that is said of it, as text to copy.
[[nodiscard]] QString findingText(const app::FoundThing& finding, app::Wording wording);

} // namespace bistro::ui
