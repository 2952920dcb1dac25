// Why one line on the screen came before another: the answer as the card shows it. A value made from an answer of
// app/why and the log that it is about (the places in it are views into that), tested without a widget.
#pragma once

#include "moment/facts.h"
#include "panels/sentence.h"
#include "why/explanation.h"

#include <vector>

namespace bistro::ui {

inline constexpr std::size_t kMostReasons = 5;

struct BeforeReason {
    Sentence sentence;
    QString rule; // in words of its own; empty: that of the next one
    std::vector<app::Index> moments; // that it follows from: the first, and the last if that is another one
    std::vector<app::CodePlace> places; // where those that it names were placed

    bool operator==(const BeforeReason&) const = default;
};

struct BeforeContent {
    struct Line {
        QString text; // in quotes
        app::Index event = app::kNoEvent; // that printed it

        bool operator==(const Line&) const = default;
    };
    Line first; // on the screen
    Line second;
    bool race = false;
    std::vector<BeforeReason> reasons; // kMostReasons at most
    std::vector<NamedOrder> named;

    [[nodiscard]] QString heading() const; // "Why “A” before “B”"
    [[nodiscard]] QString raceSentence() const; // empty: it is none
    // All of it, to be copied and to be heard.
    [[nodiscard]] QString asText() const;
    bool operator==(const BeforeContent&) const = default;
};

// `first` and `second`: what the lines say, without quotes, in the order of the screen.
[[nodiscard]] BeforeContent beforeContent(const app::TraceLog& log, const app::Explanation& told,
    const std::string& first, const std::string& second, app::Wording wording);

} // namespace bistro::ui
