// The words of the window, each with a sentence or two for both readers: what stands in a picture, a lane or a heading
// has one of these terms, and the glossary has them all. Values; any thread (but for translation: the GUI's).
#pragma once

#include "state/describe.h"
#include "trace/views.h"
#include "why/term.h"

#include <QString>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bistro::app {

// Its id in the terminal, and of a test: "call-stack".
[[nodiscard]] std::string_view termId(Term term);
// "egg timer", "timer".
[[nodiscard]] QString termName(Term term, Wording wording);
// A sentence or two, in plain text.
[[nodiscard]] QString termText(Term term, Wording wording);
[[nodiscard]] std::span<const Term> seeAlso(Term term);
// The slug of the example that shows it best; empty: none does.
[[nodiscard]] std::string_view exampleOf(Term term);

// Name and sentences, as a tooltip and as the description of what cannot be seen.
[[nodiscard]] QString termTip(Term term, Wording wording);
[[nodiscard]] QString termDescription(Term term, Wording wording);

// The term of this id or name, in either skin, one of it or several: "Ticks". None: there is no such word.
[[nodiscard]] std::optional<Term> termNamed(const QString& word);
// All terms that a search finds, by name: those first whose name begins so, then those whose name or sentences hold it.
// Empty: all of them.
[[nodiscard]] std::vector<Term> termsLike(const QString& search, Wording wording);

// What has a word of its own.
[[nodiscard]] Term termOf(trace::Phase phase);

} // namespace bistro::app
