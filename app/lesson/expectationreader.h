// Reads what a lesson expects of a run: an item of "expect" in check.yaml, or of "proof" in a question. The words that
// there are, and how each is read, are one table (expectationWords()). Any thread.
#pragma once

#include "lesson/expectation.h"
#include "lesson/fields.h"

#include <optional>

namespace bistro::app {

// None when something is wrong with it, which is among the faults then. `folder` is the lesson's.
[[nodiscard]] std::optional<Expectation> readExpectation(
    const YamlNode& node, const QString& folder, FaultList& faults);
// "proof" or "expect": a list of them.
[[nodiscard]] QList<Expectation> readExpectations(const YamlNode& node, const QString& folder, FaultList& faults);
// The measure of "predict number": a word, or one with its lines.
[[nodiscard]] Measure readMeasure(const YamlNode& node, FaultList& faults);
// "run" of check.yaml, and "with" of an expectation, which has a name.
[[nodiscard]] RunWith readRunWith(const YamlNode& node, bool named, FaultList& faults);

} // namespace bistro::app
