// What stands in the place of the order card: what keeps all others waiting, or an error that nobody has caught.
//
// A value made from the moment that is looked at (which has a log): tested without a widget, drawn by a thin one. Words
// follow the skin. References from TraceLog::stateAt() are no longer valid behind a call.
#pragma once

#include "moment/moment.h"
#include "panels/sentence.h"
#include "why/findingkind.h"

#include <optional>
#include <vector>

namespace bistro::ui {

// In place of the order while one callback keeps others waiting.
struct BlockedContent {
    QString title; // "Blocked"
    QString duration; // "" where that has no meaning
    // "what", "since", "waiting", each with its sentence.
    struct Row {
        QString label;
        Sentence sentence;
        app::CodePlace place; // named in it; or none
        bool operator==(const Row&) const = default;
    };
    std::vector<Row> rows;
    std::vector<std::pair<Meaning, int>> waiting; // how many of each
    std::vector<Sentence> helps; // at most three, cheapest first
    Meaning meaning = Meaning::Error; // its mark and its color
    std::vector<NamedOrder> named;
    std::optional<app::FindingKind> kind; // none: an error that is of no kind of finding

    bool operator==(const BlockedContent&) const = default;
};

// Nothing when nothing blocks.
[[nodiscard]] std::optional<BlockedContent> blockedCard(const Moment& moment);

// The same for what the sandbox has just refused to a call itself, as it does to readFileSync: there is no order of
// which a card could say so. Nothing when it refused an order, or nothing. Looks at the file system.
[[nodiscard]] std::optional<BlockedContent> refusalCard(const Moment& moment);

// The same for an error that nobody has caught; nothing when there is none.
[[nodiscard]] std::optional<BlockedContent> crashCard(const Moment& moment);

} // namespace bistro::ui
