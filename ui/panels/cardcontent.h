// What the order card says: what has become of an order, who caused it, why it has not run yet.
//
// A value made from the moment that is looked at (which has a log): tested without a widget, drawn by a thin one. Words
// follow the skin. References from TraceLog::stateAt() are no longer valid behind a call.
#pragma once

#include "moment/moment.h"
#include "panels/orderstanding.h"
#include "panels/sentence.h"
#include "why/explanation.h"

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
    QString hover {}; // more exactly, for who points at that
    bool refused = false; // by the sandbox

    bool operator==(const CardStep&) const = default;
};

struct OrderCardContent {
    NamedOrder name;
    QString kind; // "I/O callback"
    std::vector<CardStep> steps;
    // Who caused it, nearest first, to the root: a link each.
    std::vector<NamedOrder> triggers;
    bool moreTriggers = false; // the chain goes on, or comes back to itself
    int foldedTriggers = 0; // between them: orders of Node's own and of packages'
    using Where = Whereabouts;
    Where where = Where::Unknown;
    app::Index refusal = app::kNoEvent; // by which the sandbox had refused it until then; kNoEvent: it had not

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

// The same for an order that the sandbox has refused: what it refused, and what one can do. Looks at the file system.
void explainRefusal(OrderCardContent& card, const app::TraceLog& log, app::Wording wording);

// Why Node calls the program's listeners of this event: "called by Node: the program ends".
[[nodiscard]] QString calledFor(std::string_view event);

// "1st", "2nd" …
[[nodiscard]] QString ordinal(std::size_t number);

} // namespace bistro::ui
