// Values as Node prints them, read from V8's memory: no code of the program's runs, and V8's heap stays as it is (but
// for texts of a BigInt or a symbol's name, which V8 makes).
#pragma once

#include "v8layout.h"

#include <v8.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace bistro {

// Letters of a program's text that are told: UTF-16 units.
inline constexpr std::size_t kToldLetters = 200;

struct ShortText {
    std::string_view text; // until the next is asked for
    bool cut = false;
};

class LineText final {
public:
    LineText(v8::Isolate* isolate, const v8layout::Symbols& symbols)
        : m_isolate(isolate)
        , m_symbols(symbols)
    {
    }

    // 18, -0, 5n, 'soup', Symbol(x), true, undefined, null. Nothing for an object, and for what is not set yet (the
    // hole). Within a HandleScope.
    [[nodiscard]] ShortText ofPrimitive(v8layout::Word value);
    // A text without quotes; of a symbol "[Symbol(x)]".
    [[nodiscard]] ShortText ofName(v8layout::Word name);
    [[nodiscard]] ShortText ofNumber(double number);
    [[nodiscard]] ShortText ofLocal(v8::Local<v8::Value> text); // a string without quotes, else as a primitive

    [[nodiscard]] bool isObject(v8layout::Word value) const;
    [[nodiscard]] bool isHole(v8layout::Word value) const;
    // Neither a value of the program's nor the hole: what V8 has optimized away.
    [[nodiscard]] bool isUnknown(v8layout::Word value) const;

private:
    // The first units of a string, at most so many and one more.
    void read(v8layout::Word string, std::size_t most);
    [[nodiscard]] ShortText quoted();
    [[nodiscard]] ShortText plain(std::string_view before = {}, std::string_view after = {});

    v8::Isolate* m_isolate;
    const v8layout::Symbols& m_symbols;
    std::u16string m_units;
    std::string m_text;
};

} // namespace bistro
