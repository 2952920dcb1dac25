// What the panels beside the stage say, as values made from the moment that is looked at (which has a log): tested
// without a widget, drawn by thin ones.
//
// Words follow the skin. Functions look at states of the log: references from TraceLog::stateAt() are no longer valid
// behind a call.
#pragma once

#include "moment/moment.h"
#include "panels/richlabel.h"
#include "why/explanation.h"

#include <optional>
#include <vector>

namespace bistro::ui {

// One step in the life of an order.
struct CardStep {
    enum class Stage : std::uint8_t { Past, Now, Future };

    Stage stage = Stage::Past;
    QString text; // "placed by"
    app::CodePlace
        place; // follows the text as a link; or none. A view into the log, as every place here: it goes with the log
    QString when; // at the right: a time, a length, a place in line

    bool operator==(const CardStep&) const = default;
};

struct OrderCardContent {
    NamedOrder name;
    QString kind; // "I/O callback"
    std::vector<CardStep> steps;
    // Who caused it, nearest first, to the root: a link each.
    std::vector<NamedOrder> triggers;
    bool moreTriggers = false; // the chain goes on, or comes back to itself
    enum class Where : std::uint8_t { Unknown, Future, Waiting, Ready, Running, Served, Gone };
    Where where = Where::Unknown;

    // The answer, below the steps; put there by who asks app/why.
    QString question;
    std::vector<Sentence> reasons;
    std::vector<NamedOrder> named; // whom the reasons name

    bool operator==(const OrderCardContent&) const = default;
};

[[nodiscard]] OrderCardContent orderCard(const Moment& moment, app::OrderId order);
// Only where it is: what orderCard() says of that, without its words.
[[nodiscard]] OrderCardContent::Where whereIs(const Moment& moment, app::OrderId order);

// Puts an answer of app/why below the card's steps.
void explain(OrderCardContent& card, const app::Explanation& answer, const app::TraceLog& log);

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
    std::vector<NamedOrder> named;

    bool operator==(const BlockedContent&) const = default;
};

// Nothing when nothing blocks.
[[nodiscard]] std::optional<BlockedContent> blockedCard(const Moment& moment);

// The same for an error that nobody has caught; nothing when there is none.
[[nodiscard]] std::optional<BlockedContent> crashCard(const Moment& moment);

// The stack of what runs, and who called it.
struct Plate {
    QString function;
    app::CodePlace place;
    bool guilty = false; // keeps others waiting, or has thrown what nobody caught

    bool operator==(const Plate&) const = default;
};
struct CallStackContent {
    std::vector<Plate> plates; // innermost first: the top plate
    QString calledBy; // "called by the poll phase, round 6"
    std::optional<NamedOrder> forOrder;
    app::CodePlace placedAt;

    bool operator==(const CallStackContent&) const = default;
};
[[nodiscard]] CallStackContent callStackContent(const Moment& moment);

// One sentence for the step that was just made.
struct NarrationContent {
    enum class Action : std::uint8_t { None, WhyNotYet, WhyNow, ShowCause };

    Meaning mark = Meaning::Running;
    Sentence headline;
    QString rule;
    Action action = Action::None;
    app::OrderId about; // whom the action asks about

    bool operator==(const NarrationContent&) const = default;
};

// What has just happened there, or, while something blocks, that.
[[nodiscard]] NarrationContent narrationContent(const Moment& moment);

// "1st", "2nd" …
[[nodiscard]] QString ordinal(std::size_t number);

} // namespace bistro::ui
