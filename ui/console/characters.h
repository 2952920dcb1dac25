// Characters of what a program printed: how many cells each takes, which ones make one letter together, and what is
// shown for those that cannot be seen. Internal to ui/console.
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <utility>

namespace bistro::ui {

// ASCII that can be seen, and the blank: a cell each.
[[nodiscard]] constexpr bool isPlain(uchar c)
{
    return c >= 0x20 && c < 0x7F;
}
// 0 for marks that sit on the character before.
[[nodiscard]] int cellsOf(char32_t c);
// Written from the right, or in letters whose form depends on their neighbors: drawn as a whole, not cell by cell.
[[nodiscard]] bool needsShaping(char32_t c);
// What is shown in place of a character that would act on the text around it, or cannot be seen; else empty.
[[nodiscard]] QString escapeOf(char32_t c);
// One character of UTF-8 at the start, and its length; none: these bytes are none.
[[nodiscard]] std::optional<std::pair<char32_t, qsizetype>> utf8(QByteArrayView bytes);

// Which characters make one letter with those before: accents, and the parts of a joined emoji. Told every character.
class Graphemes final {
public:
    // What comes next begins anew, whatever it is.
    void stop() { m_previous = 0; }
    void passed(char c) { m_previous = static_cast<uchar>(c); }
    // Whether an invisible joiner means something here.
    [[nodiscard]] bool mayJoin() const { return m_previous > 0x7F; }
    struct Step {
        bool joins = false;
        int cells = 0; // more than before
    };
    [[nodiscard]] Step add(char32_t c);

private:
    char32_t m_previous = 0; // 0: none
    int m_cells = 0; // of the letter so far
    bool m_half = false; // it is half a flag
};

} // namespace bistro::ui
