// The words of the lesson format: which keys stand where, and which of them have to. The reader reads by this table,
// and FORMAT.md is held against it. Values; any thread.
#pragma once

#include <span>
#include <string_view>

namespace bistro::app {

struct FormatKey {
    std::string_view name;
    bool required = false;
};

// The keys of one place in a lesson's files.
struct FormatKeys {
    std::string_view place; // its name in FORMAT.md
    std::span<const FormatKey> keys;

    [[nodiscard]] bool has(std::string_view key) const;
};

namespace keysof {

extern const FormatKeys frontMatter;
extern const FormatKeys generatedFile;
extern const FormatKeys predictOrder;
extern const FormatKeys orderRow;
extern const FormatKeys predictChoose;
extern const FormatKeys predictNumber;
extern const FormatKeys predictNext;
extern const FormatKeys measure; // in "predict number"
extern const FormatKeys check;
extern const FormatKeys run;
extern const FormatKeys furtherRun;
extern const FormatKeys send;
extern const FormatKeys expectation; // beside the expectation's own word
extern const FormatKeys output;
extern const FormatKeys blocked;
extern const FormatKeys measured; // in an expectation
extern const FormatKeys together;
extern const FormatKeys placedIn;
extern const FormatKeys file;
extern const FormatKeys answers;
extern const FormatKeys oneOrder;
extern const FormatKeys wrongAnswer;
extern const FormatKeys course;
extern const FormatKeys part;
extern const FormatKeys service;
extern const FormatKeys serviceQuestion;

} // namespace keysof

// All of the above, in the order of FORMAT.md.
[[nodiscard]] std::span<const FormatKeys* const> formatVocabulary();
// What may be expected: "output", "order" …
[[nodiscard]] std::span<const std::string_view> expectationWords();
// Questions: "order", "choose" …
[[nodiscard]] std::span<const std::string_view> questionWords();
// What may stand alone as a measure: "cooks-at-once" …
[[nodiscard]] std::span<const std::string_view> measureWords();
// Where links lead: "moment", "run" …
[[nodiscard]] std::span<const std::string_view> linkWords();
// What "scene" may be, and where links of "scene:" lead.
[[nodiscard]] std::span<const std::string_view> sceneWords();

} // namespace bistro::app
