#include "source/lexer.h"

namespace bistro::app {

Token Lexer::next()
{
    Lexeme lexeme = m_scanner.next();
    while (lexeme.kind == LexemeKind::Comment)
        lexeme = m_scanner.next();
    Token token {.text = lexeme.text, .depth = m_depth};
    switch (lexeme.kind) {
    case LexemeKind::End:
    case LexemeKind::Comment: break;
    case LexemeKind::Name: token.kind = TokenKind::Name; break;
    case LexemeKind::Number: token.kind = TokenKind::Number; break;
    case LexemeKind::String: token.kind = TokenKind::String; break;
    case LexemeKind::RegularExpression: token.kind = TokenKind::RegularExpression; break;
    case LexemeKind::TemplateText: {
        // One token with its gaps, whatever is nested in them.
        token.kind = TokenKind::Template;
        const auto start = static_cast<std::size_t>(lexeme.text.data() - m_source.data());
        const std::size_t open = m_scanner.state().open.size();
        while (m_scanner.state().within != ScanState::Within::Code || m_scanner.state().open.size() != open) {
            if (m_scanner.next().kind == LexemeKind::End)
                break;
        }
        token.text = m_source.substr(start, m_scanner.at() - start);
        break;
    }
    case LexemeKind::Sign:
        token.kind = TokenKind::Sign;
        if (const char c = lexeme.text.front(); c == '(' || c == '[' || c == '{')
            ++m_depth;
        else if (c == ')' || c == ']' || c == '}')
            token.depth = --m_depth;
        break;
    }
    return token;
}

std::optional<std::size_t> offsetOf(std::string_view source, std::uint32_t line, std::uint32_t column)
{
    std::size_t at = 0;
    for (std::uint32_t i = 1; i < line; ++i) {
        at = source.find('\n', at);
        if (at == std::string_view::npos)
            return {};
        ++at;
    }
    for (std::uint32_t units = 1; units < column && at < source.size(); ++at) {
        const auto byte = static_cast<unsigned char>(source[at]);
        if (byte == '\n')
            return {};
        if ((byte & 0xC0u) != 0x80u)
            units += byte >= 0xF0 ? 2 : 1; // above U+FFFF: two units
    }
    while (at < source.size() && (static_cast<unsigned char>(source[at]) & 0xC0u) == 0x80u)
        ++at;
    return line == 0 || column == 0 || at >= source.size() ? std::nullopt : std::optional(at);
}

} // namespace bistro::app
