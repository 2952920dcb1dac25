// Where a link in a lesson's text leads: "moment:line 3", "run:pool=2", "scene:loop", "api:fs.readFile". A value and
// its grammar; any thread.
#pragma once

#include "lesson/momentlink.h"

#include <QString>
#include <QStringList>

#include <expected>
#include <optional>

namespace bistro::app {

struct LessonLink {
    enum class Kind : std::uint8_t {
        None,
        Moment,
        Run, // the program, once more: poolSize, arguments
        Scene, // text: "loop", "restaurant", "waiter-per-table"
        Order, // text: its title, as the picture calls it
        Api, // text: "fs.readFile"
        Term, // text: a word of the glossary
        Web, // text: the whole address; shown, never fetched
    };
    Kind kind = Kind::None;
    MomentLink moment;
    QString text;
    std::optional<int> poolSize;
    std::optional<QStringList> arguments;

    bool operator==(const LessonLink&) const = default;
};

inline constexpr int kMostCooks = 64; // of a lesson

// The target of a link as Markdown has it: blanks may be percent-encoded. The error is a sentence.
[[nodiscard]] std::expected<LessonLink, QString> parseLink(const QString& target);

} // namespace bistro::app
