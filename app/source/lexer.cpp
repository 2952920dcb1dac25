#include "source/lexer.h"

#include <algorithm>
#include <array>
#include <vector>

namespace bistro::app {
namespace {

bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '#'
        || (static_cast<unsigned char>(c) & 0x80u) != 0;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

Token Lexer::next()
{
    skipSpace();
    Token token {.depth = m_depth};
    const std::size_t start = m_at;
    if (m_at >= m_source.size())
        return token;
    const char c = m_source[m_at];
    if (startsName(c)) {
        token.kind = TokenKind::Name;
        while (m_at < m_source.size() && (startsName(m_source[m_at]) || isDigit(m_source[m_at])))
            ++m_at;
    } else if (isDigit(c)) {
        token.kind = TokenKind::Number;
        while (
            m_at < m_source.size() && (startsName(m_source[m_at]) || isDigit(m_source[m_at]) || m_source[m_at] == '.'))
            ++m_at;
    } else if (c == '"' || c == '\'') {
        token.kind = TokenKind::String;
        skipQuoted(c);
    } else if (c == '`') {
        token.kind = TokenKind::Template;
        skipTemplate();
    } else if (c == '/' && m_expectsValue) {
        token.kind = TokenKind::RegularExpression;
        skipRegularExpression();
    } else {
        token.kind = TokenKind::Sign;
        if (m_source.substr(m_at, 2) == "=>" || m_source.substr(m_at, 2) == "?.")
            m_at += 2;
        else
            ++m_at;
        if (c == '(' || c == '[' || c == '{')
            ++m_depth;
        else if (c == ')' || c == ']' || c == '}')
            token.depth = --m_depth;
    }
    token.text = m_source.substr(start, m_at - start);
    m_expectsValue = expectsValueAfter(token);
    return token;
}

// Whether a slash after this token begins a regular expression. After ")" and "}" either may follow; a division is
// likelier.
bool Lexer::expectsValueAfter(const Token& token)
{
    constexpr std::array<std::string_view, 12> kBeforeValues {
        "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "await", "yield", "else"};
    switch (token.kind) {
    case TokenKind::Name: return std::ranges::contains(kBeforeValues, token.text);
    case TokenKind::Sign: return token.text != ")" && token.text != "]" && token.text != "}";
    case TokenKind::End:
    case TokenKind::Number:
    case TokenKind::String:
    case TokenKind::Template:
    case TokenKind::RegularExpression: return false;
    }
    return false;
}

void Lexer::skipSpace()
{
    while (m_at < m_source.size()) {
        const std::string_view two = m_source.substr(m_at, 2);
        if (two == "//") {
            m_at = std::min(m_source.find('\n', m_at), m_source.size());
        } else if (two == "/*") {
            const std::size_t end = m_source.find("*/", m_at + 2);
            m_at = end == std::string_view::npos ? m_source.size() : end + 2;
        } else if (m_source[m_at] == ' ' || (m_source[m_at] >= '\t' && m_source[m_at] <= '\r')) {
            ++m_at;
        } else {
            return;
        }
    }
}

void Lexer::skipQuoted(char quote)
{
    for (++m_at; m_at < m_source.size() && m_source[m_at] != quote && m_source[m_at] != '\n'; ++m_at) {
        if (m_source[m_at] == '\\')
            ++m_at;
    }
    m_at = std::min(m_at + 1, m_source.size());
}

void Lexer::skipRegularExpression()
{
    bool inClass = false;
    for (++m_at; m_at < m_source.size() && m_source[m_at] != '\n' && (inClass || m_source[m_at] != '/'); ++m_at) {
        if (m_source[m_at] == '\\')
            ++m_at;
        else if (m_source[m_at] == '[')
            inClass = true;
        else if (m_source[m_at] == ']')
            inClass = false;
    }
    for (m_at = std::min(m_at + 1, m_source.size()); m_at < m_source.size() && startsName(m_source[m_at]);)
        ++m_at;
}

// Its gaps hold code, with strings and templates of their own: walked with a stack, not by calls, whatever the nesting.
void Lexer::skipTemplate()
{
    std::vector<int> open {-1}; // -1: in a template's text; else braces open in a gap
    for (++m_at; m_at < m_source.size() && !open.empty();) {
        const char c = m_source[m_at];
        if (open.back() < 0) {
            if (c == '\\') {
                m_at += 2;
            } else if (c == '`') {
                open.pop_back();
                ++m_at;
            } else if (m_source.substr(m_at, 2) == "${") {
                open.push_back(0);
                m_at += 2;
            } else {
                ++m_at;
            }
            continue;
        }
        skipSpace();
        if (m_at >= m_source.size())
            break;
        switch (const char inner = m_source[m_at]; inner) {
        case '"':
        case '\'': skipQuoted(inner); continue;
        case '`': open.push_back(-1); break;
        case '{': ++open.back(); break;
        case '}':
            if (open.back()-- == 0)
                open.pop_back();
            break;
        default: break; // any other character of code
        }
        ++m_at;
    }
    m_at = std::min(m_at, m_source.size());
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
