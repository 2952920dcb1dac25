// A frame with the contexts around it, word by word, for finding where a variable lies in it: what changes when V8 is
// asked to set it. The recorded thread's, within a stop.
#pragma once

#include "linevariable.h"
#include "v8layout.h"

#include <cstddef>
#include <vector>

namespace bistro {

class LineSnapshot final {
public:
    LineSnapshot(
        const v8layout::Symbols& symbols, v8layout::Word frame, v8layout::Word stackPointer, std::size_t arguments);

    void take();
    // Where a word is another one than it was, and is `mark`.
    [[nodiscard]] bool find(v8layout::Word mark, LineVariable& variable, v8layout::Word& before) const;
    // Where a module holds what it imports by this name: that V8 lets nobody set.
    [[nodiscard]] bool findImport(v8layout::Word name, LineVariable& variable) const;
    // The place that `find` has found.
    [[nodiscard]] v8layout::Word* placeOf(const LineVariable& variable) const;

private:
    // Calls with where it is, and the word, until it answers false.
    template <typename Call>
    void each(Call call) const;

    const v8layout::Symbols& m_symbols;
    v8layout::Word m_frame;
    int m_low;
    int m_high;
    std::vector<v8layout::Word> m_words;
};

} // namespace bistro
