// What may come next at a place of a program. Free functions on plain values.
#pragma once

#include "editor/names.h"
#include "editor/nodeapi.h"

#include <QString>
#include <QStringList>

namespace bistro::ui {

struct Completion {
    enum class Kind : std::uint8_t { Value, Function, Class, Module, Keyword, Word };

    int prefix = 0; // so many letters before the cursor belong to the word
    struct Candidate {
        QString text;
        Kind kind = Kind::Word;
        QString about; // "function", "class", "module", "word": in plain words, translated
        bool operator==(const Candidate&) const = default;
    };
    bool isWord = false; // what stands before the cursor is one of the words, or a new name, already
    QList<Candidate> candidates; // the likeliest first; all begin with the prefix
};

// `before` is the text up to the cursor (its last few hundred lines are enough), `words` what else stands in the
// program. Without `asked` the popup comes by itself: after a dot, in the quotes of require, and from the second
// letter of a word on.
[[nodiscard]] Completion completionsAt(
    QStringView before, const Names& names, const QStringList& words, const NodeApi& api, bool asked);

// Whether the text has this word as a whole one.
[[nodiscard]] bool hasWord(QStringView text, QStringView word);

// The distinct names in a text, of three letters and more; at most that many.
[[nodiscard]] QStringList wordsOf(QStringView text, int most = 5'000);

} // namespace bistro::ui
