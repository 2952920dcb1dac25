// How lessons name a moment of a run: "line 3", "line "bread"", "when "bill" starts". A value and its grammar; who has
// a trace resolves it (guess/momentplace.h).
#pragma once

#include <QString>

#include <expected>

namespace bistro::app {

struct MomentLink {
    enum class Kind : std::uint8_t {
        None,
        Begin, // of the run
        End,
        PrintedLine, // number: from 1
        PrintedText, // text: a whole printed line
        Starts, // text: title of an order
        Ends,
        Ready, // it is put on its rail
        Placed,
        Blocked, // the longest block, just before its end
    };
    Kind kind = Kind::None;
    int number = 0;
    QString text;

    explicit operator bool() const { return kind != Kind::None; }
    bool operator==(const MomentLink&) const = default;
};

// start | end | blocked | line N | line "TEXT" | when "TITLE" starts|ends|is ready|is placed. The error is a sentence.
[[nodiscard]] std::expected<MomentLink, QString> parseMoment(const QString& text);
[[nodiscard]] QString momentText(const MomentLink& moment); // what parseMoment() reads

} // namespace bistro::app
