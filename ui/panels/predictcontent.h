// What the card of the predictions says: who is asked for, what came of the answer, and the score. Values, in the words
// of the skin; tested without a widget.
#pragma once

#include "moment/facts.h"
#include "panels/sentence.h"
#include "why/explanation.h"

#include <vector>

namespace bistro::ui {

// Where the game is.
enum class PredictPhase : std::uint8_t {
    NoRun, // nothing is recorded
    Running, // the program goes on, and nothing is asked yet
    Reading, // the trace is still read
    NothingToAsk, // of this run
    Asking,
    Away, // it asks at a later moment than the one that is looked at
    Answered,
    GoingOn, // the playhead is on its way to the next question
    Over // there is no more
};

struct PredictRow {
    int key = 0; // its place on the stage
    NamedOrder name;
    QString kind; // "timer callback, line 5"
    qsizetype uncut = 0; // of that, the end that stays where there is little room: ", line 5"
    bool chosen = false;
    bool came = false; // known once it is answered

    bool operator==(const PredictRow&) const = default;
};

struct PredictScore {
    std::size_t right = 0;
    std::size_t asked = 0;
    bool operator==(const PredictScore&) const = default;
};

struct PredictContent {
    PredictPhase phase = PredictPhase::NoRun;
    QString headline;
    QString sentence; // below it; may be empty
    std::vector<PredictRow> rows; // as their keys go
    bool right = false; // the answer
    std::vector<Sentence> reasons; // why that one came
    std::vector<NamedOrder> named; // whom they name
    QString score; // "5 of 7 right"; empty: nothing has been asked
    QString goOn; // the word on the button; empty: there is nothing to go on to

    [[nodiscard]] QString asText() const;
    bool operator==(const PredictContent&) const = default;
};

// Of these orders, in the order of their keys.
[[nodiscard]] PredictContent predictQuestion(const app::TraceLog& log, const StageFacts& facts,
    const std::vector<app::OrderId>& candidates, app::Wording wording);
// The same with its answer.
void tellAnswer(PredictContent& content, const app::TraceLog& log, const StageFacts& facts, app::OrderId chosen,
    app::OrderId next, const app::Explanation& why, bool last);
// Of the other phases.
[[nodiscard]] PredictContent predictState(PredictPhase phase);
void tellScore(PredictContent& content, const PredictScore& score);

} // namespace bistro::ui
