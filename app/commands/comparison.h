// What a program did under node against what it did in Bistro.
#pragma once

#include "process/spawn.h"

#include <QByteArray>

#include <span>
#include <string>
#include <variant>

namespace bistro::app {

struct Outcome {
    QByteArray output;
    QByteArray errorOutput;
    Exit exit;

    bool operator==(const Outcome&) const = default;
};

// Without what differs between any two runs: the process id in "(node:1234) Warning".
[[nodiscard]] Outcome normalised(Outcome outcome);

struct Identical {
    bool operator==(const Identical&) const = default;
};
struct Different {
    std::string sentence; // the first difference, in lines
    bool operator==(const Different&) const = default;
};
// node's own runs differ from each other, or Bistro's do.
struct Race {
    std::vector<Outcome> stock; // distinct ones of node
    std::vector<Outcome> foreign; // distinct ones of Bistro that node did not show
    bool operator==(const Race&) const = default;
};
using Verdict = std::variant<Identical, Different, Race>;

// Both normalised, neither empty.
[[nodiscard]] Verdict compare(std::span<const Outcome> stock, std::span<const Outcome> bistro);
// For people; ends with a line end.
[[nodiscard]] std::string describe(const Verdict& verdict, std::size_t runs);

} // namespace bistro::app
