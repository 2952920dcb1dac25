// Where the functions of a JavaScript source begin and end, told from its tokens: no grammar, and the best is made of
// source that is cut. A value; any thread. The source outlives it.
#pragma once

#include "source/lexer.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bistro::app {

struct Function {
    std::string_view name; // empty: none
    std::size_t head = 0; // token at which it begins, its parameters included
    std::size_t begin = 0; // first token of its body
    std::size_t end = 0; // behind its body's last
    bool inPlace = false; // it is called where it stands, by forEach and the like
};

// Whether a line ends a statement, or an expression, that has no semicolon: between its last token and the first of the
// next.
[[nodiscard]] bool endsStatement(const Token& last, const Token& next);

class Outline final {
public:
    explicit Outline(std::string_view source);

    // By their place in the source.
    [[nodiscard]] const std::vector<Token>& tokens() const { return m_tokens; }
    // Token `i`; of kind End behind the last.
    [[nodiscard]] const Token& at(std::size_t i) const
    {
        static const Token none;
        return i < m_tokens.size() ? m_tokens[i] : none;
    }
    // From 1; 0 behind the last.
    [[nodiscard]] std::uint32_t lineOf(std::size_t i) const { return i < m_lines.size() ? m_lines[i] : 0; }
    // Of a bracket, the one that belongs to it; the number of tokens: it has none, or lies behind the last.
    [[nodiscard]] std::size_t partner(std::size_t i) const
    {
        return i < m_partner.size() ? m_partner[i] : m_partner.size();
    }
    // By where their bodies begin.
    [[nodiscard]] const std::vector<Function>& functions() const { return m_functions; }
    // The function of that name; null when there is none, or several of which nobody knows which is meant.
    [[nodiscard]] const Function* named(std::string_view name) const;
    // Whether there is any of that name.
    [[nodiscard]] bool hasNamed(std::string_view name) const { return m_named.contains(name); }
    // The innermost that the token is in, but for those that are called in place; null when it is in none.
    [[nodiscard]] const Function* innermost(std::size_t token) const;
    // The token at that position, lines and columns from 1; nothing when there is no such position, or it is not known.
    [[nodiscard]] std::optional<std::size_t> tokenAt(std::uint32_t line, std::uint32_t column) const;
    // The first token that begins at this byte or later.
    [[nodiscard]] std::size_t tokenFrom(std::size_t offset) const;
    [[nodiscard]] std::string_view source() const { return m_source; }

private:
    [[nodiscard]] std::size_t offsetAt(const Token& token) const
    {
        return static_cast<std::size_t>(token.text.data() - m_source.data());
    }
    void countLines();
    void matchBrackets();
    [[nodiscard]] std::string_view givenName(std::size_t head) const;
    void findFunctions();
    void addArrow(std::size_t arrow);
    void addBody(std::size_t bracket);
    void add(Function f);
    void nameFunctions();
    void findInnermost();

    std::string_view m_source;
    std::vector<Token> m_tokens;
    std::vector<std::uint32_t> m_lines; // of each token
    std::vector<std::size_t> m_partner;
    std::vector<Function> m_functions;
    std::vector<std::size_t> m_inner; // of each token, its place in m_functions; their number: none
    std::unordered_map<std::string_view, std::size_t> m_named; // likewise, by name; their number: several have it
    std::size_t m_looks = 0;
};

} // namespace bistro::app
