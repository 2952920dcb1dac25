// The value after the word of an expectation, one reader each; the words themselves: expectationreader.cpp. None when
// something is wrong with it, which is among the faults then. Inner to app/lesson.
#pragma once

#include "lesson/expectation.h"
#include "lesson/fields.h"

#include <optional>

namespace bistro::app {

inline constexpr qsizetype kMostLines = 100;

struct ExpectationPlace {
    const YamlNode& node; // the value after the word
    const QString& folder;
    FaultList& faults;
    QString word;

    std::nullopt_t fault(const QString& sentence) const
    {
        faults.add(node.line, sentence);
        return std::nullopt;
    }
};

using MayBeExpected = std::optional<Expected>;

[[nodiscard]] MayBeExpected readOutput(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readOrder(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readOneOrder(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readRace(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readExit(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readEnds(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readApi(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readBlocked(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readMeasured(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readTogether(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readTimersLeft(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readRejections(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readOverlap(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readPlacedIn(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readFile(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readAnswers(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readBottleneck(const ExpectationPlace& place);
[[nodiscard]] MayBeExpected readScript(const ExpectationPlace& place);

} // namespace bistro::app
