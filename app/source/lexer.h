// JavaScript source as tokens. Not a grammar: it knows strings, templates, comments, regular expressions and brackets,
// and makes the best of source that is cut.
#pragma once

#include "source/scanner.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bistro::app {

enum class TokenKind : std::uint8_t { End, Name, Number, String, Template, RegularExpression, Sign };

struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text; // quotes included
    int depth = 0; // of brackets around it; a bracket has that of its outside

    [[nodiscard]] bool is(std::string_view sign) const
    {
        return (kind == TokenKind::Sign || kind == TokenKind::Name) && text == sign;
    }
};

class Lexer final {
public:
    // Of a part of the source, from its byte `at`. The source outlives its tokens.
    Lexer(std::string_view source, std::size_t at)
        : m_source(source)
        , m_scanner(source, at)
    {
    }

    // End after the last.
    Token next();
    // Where the next one is looked for.
    [[nodiscard]] std::size_t at() const { return m_scanner.at(); }

private:
    std::string_view m_source;
    Scanner m_scanner;
    int m_depth = 0;
};

// The byte of a position as V8 gives it: line and column from 1, columns in UTF-16 units; nothing where the source has
// none.
[[nodiscard]] std::optional<std::size_t> offsetOf(std::string_view source, std::uint32_t line, std::uint32_t column);

} // namespace bistro::app
