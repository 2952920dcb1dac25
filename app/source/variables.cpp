#include "source/variables.h"

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

bool isOfName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
        || c == '.' || (static_cast<unsigned char>(c) & 0x80u) != 0;
}

// Whether the name at this place is given a value there; a sum of signs is taken for it, too.
bool isAssigned(const std::vector<Token>& tokens, std::size_t at)
{
    const auto is = [&tokens](std::size_t i, std::string_view sign) { return i < tokens.size() && tokens[i].is(sign); };
    if ((is(at + 1, "+") && is(at + 2, "+")) || (is(at + 1, "-") && is(at + 2, "-"))
        || (at >= 2 && ((is(at - 1, "+") && is(at - 2, "+")) || (is(at - 1, "-") && is(at - 2, "-")))))
        return true;
    std::size_t equals = at + 1;
    for (constexpr std::array<std::string_view, 8> kBefore {"+", "-", "*", "/", "%", "&", "|", "^"};
        equals < tokens.size() && equals < at + 3 && std::ranges::contains(kBefore, tokens[equals].text);)
        ++equals;
    return is(equals, "=") && !is(equals + 1, "=");
}

// The tokens before a byte.
std::vector<Token> tokensBefore(std::string_view source, std::size_t place)
{
    std::vector<Token> tokens;
    Lexer lexer(source, 0);
    for (Token token = lexer.next(); token.kind != TokenKind::End && lexer.at() <= place; token = lexer.next())
        tokens.push_back(token);
    return tokens;
}

// The bracket that the one at `closing` closes; 0 when there is none.
std::size_t openingOf(const std::vector<Token>& tokens, std::size_t closing)
{
    std::size_t i = closing;
    while (i > 0
        && !(i != closing && tokens[i].depth == tokens[closing].depth && tokens[i].kind == TokenKind::Sign
            && (tokens[i].is("(") || tokens[i].is("[") || tokens[i].is("{"))))
        --i;
    return i;
}

bool declares(const std::vector<Token>& tokens, std::size_t from, std::size_t to, std::string_view name)
{
    for (std::size_t i = from; i < to && i < tokens.size(); ++i) {
        if (tokens[i].kind == TokenKind::Name && tokens[i].text == name)
            return true;
    }
    return false;
}

bool isLoop(const Token& token)
{
    return token.is("for") || token.is("while") || token.is("do") || token.is("await");
}

enum class Found { No, Parameter, Round, Shadowed };

// Goes outwards from a place through the functions and loops around it.
class Outwards final {
public:
    Outwards(std::string_view source, std::size_t place, std::string_view name)
        : m_tokens(tokensBefore(source, place))
        , m_name(name)
    {
    }

    Found find(bool throughNamed)
    {
        if (m_tokens.empty())
            return Found::No;
        int depth = m_tokens.back().depth + (opens(m_tokens.back()) ? 1 : 0);
        bool here = true; // still in the expression, or the statement, in which the place is
        for (std::size_t i = m_tokens.size(); i-- > 0;) {
            const Token& token = m_tokens[i];
            if (token.depth > depth || (closes(token) && token.depth == depth)) {
                if (token.is("}") && token.depth == depth)
                    here = false;
                if (here && token.is(")") && token.depth == depth)
                    if (const Found found = afterBrackets(i); found != Found::No)
                        return found;
                continue;
            }
            if (opens(token) && token.depth < depth) {
                depth = token.depth;
                here = true;
                if (token.is("{") && i > 0) {
                    if (const Found found = block(i, throughNamed); found != Found::No)
                        return found == Found::Shadowed ? Found::No : found;
                }
                continue;
            }
            if (token.is(";") || token.is(","))
                here = false;
            if (here && token.is("=>")) {
                if (parameters(i, m_name))
                    return Found::Parameter;
            }
        }
        return Found::No;
    }

private:
    static bool opens(const Token& t) { return t.is("(") || t.is("[") || t.is("{"); }
    static bool closes(const Token& t) { return t.is(")") || t.is("]") || t.is("}"); }

    // Of the arrow at `arrow`.
    bool parameters(std::size_t arrow, std::string_view name) const
    {
        if (arrow == 0)
            return false;
        const std::size_t from = m_tokens[arrow - 1].is(")") ? openingOf(m_tokens, arrow - 1) : arrow - 1;
        return declares(m_tokens, from, arrow, name);
    }

    // for (let i …) statement: the place is in the statement.
    Found afterBrackets(std::size_t closing) const
    {
        const std::size_t open = openingOf(m_tokens, closing);
        if (open == 0 || !isLoop(m_tokens[open - 1]))
            return Found::No;
        return declaresInHead(open, closing) ? Found::Round : Found::No;
    }

    bool declaresInHead(std::size_t open, std::size_t closing) const
    {
        return open + 1 < closing
            && (m_tokens[open + 1].is("let") || m_tokens[open + 1].is("const") || m_tokens[open + 1].is("var"))
            && declares(m_tokens, open + 1, closing, m_name);
    }

    // The block that opens at `open`, and what it is the body of.
    Found block(std::size_t open, bool throughNamed) const
    {
        const Token& before = m_tokens[open - 1];
        if (before.is("=>"))
            return parameters(open - 1, m_name) ? Found::Parameter : Found::No;
        bool loop = before.is("do");
        if (before.is(")")) {
            const std::size_t brackets = openingOf(m_tokens, open - 1);
            if (brackets == 0)
                return Found::No;
            const Token& head = m_tokens[brackets - 1];
            loop = isLoop(head);
            if (loop && declaresInHead(brackets, open - 1))
                return Found::Round;
            const bool statement = head.is("if") || head.is("switch") || head.is("with") || head.is("catch");
            if (!loop && !statement) { // a function
                if (declares(m_tokens, brackets, open, m_name))
                    return Found::Parameter;
                if (!throughNamed && !head.is("function"))
                    return Found::Shadowed;
            }
        }
        if (loop && declaredIn(open))
            return Found::Round;
        return Found::No;
    }

    bool declaredIn(std::size_t open) const
    {
        const int depth = m_tokens[open].depth + 1;
        for (std::size_t i = open + 1; i + 1 < m_tokens.size(); ++i) {
            if (m_tokens[i].depth != depth || !(m_tokens[i].is("let") || m_tokens[i].is("const")))
                continue;
            std::size_t end = i + 1;
            while (end < m_tokens.size() && !m_tokens[end].is("=") && !m_tokens[end].is(";"))
                ++end;
            if (declares(m_tokens, i + 1, end, m_name))
                return true;
        }
        return false;
    }

    std::vector<Token> m_tokens;
    std::string_view m_name;
};

} // namespace

std::vector<std::string_view> ownNamesIn(const std::vector<Token>& tokens)
{
    constexpr std::size_t kLongest = 64; // tokens of one declaration
    std::vector<std::string_view> own;
    const auto takeBetween = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to && i < tokens.size(); ++i) {
            if (tokens[i].kind == TokenKind::Name)
                own.push_back(tokens[i].text);
        }
    };
    const auto closing = [&](std::size_t open) {
        std::size_t i = open + 1;
        while (i < tokens.size() && !(tokens[i].is(")") && tokens[i].depth == tokens[open].depth))
            ++i;
        return i;
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (token.is("=>") && i > 0) {
            std::size_t open = i - 1;
            while (tokens[i - 1].is(")") && open > 0
                && !(tokens[open].is("(") && tokens[open].depth == tokens[i - 1].depth))
                --open;
            takeBetween(open, i);
        } else if (token.is("function") || token.is("catch")) {
            std::size_t open = i + 1;
            while (open < tokens.size() && open < i + 4 && !tokens[open].is("("))
                ++open;
            if (open < tokens.size() && tokens[open].is("("))
                takeBetween(i + 1, closing(open));
        } else if (token.is("let") || token.is("const") || token.is("var") || token.is("class")) {
            std::size_t end = i + 1;
            while (end < tokens.size() && end < i + kLongest && !tokens[end].is("=") && !tokens[end].is(";")
                && !tokens[end].is("of") && !tokens[end].is("in"))
                ++end;
            takeBetween(i + 1, end);
        } else if (token.kind == TokenKind::Name && isAssigned(tokens, i)) {
            own.push_back(token.text);
        }
    }
    return own;
}

bool isOfEachRound(std::string_view source, std::size_t place, std::string_view name)
{
    constexpr int kLoops = 64; // looked at, backwards from the place
    std::size_t at = source.rfind("for", place);
    for (int i = 0; i < kLoops && at != std::string_view::npos;
        ++i, at = at == 0 ? std::string_view::npos : source.rfind("for", at - 1)) {
        Lexer lexer(source, at);
        if ((at > 0 && isOfName(source[at - 1])) || !lexer.next().is("for") || !lexer.next().is("(")
            || !lexer.next().is("let"))
            continue;
        bool declares = false;
        bool expected = true; // a name that is declared
        Token token = lexer.next();
        for (; token.kind != TokenKind::End && token.depth >= 1; token = lexer.next()) {
            if (token.depth == 1 && (token.is(";") || token.is("of") || token.is("in")))
                break;
            declares = declares || (expected && token.text == name);
            expected = token.depth == 1 && token.is(",");
        }
        while (token.kind != TokenKind::End && token.depth >= 1)
            token = lexer.next();
        if (!declares || lexer.at() > place)
            continue;
        std::vector<Token> body;
        const bool block = (token = lexer.next()).is("{");
        for (; token.kind != TokenKind::End && token.depth >= 0; token = lexer.next()) {
            body.push_back(token);
            if (token.depth == 0 && (block ? token.is("}") : token.is(";")))
                break;
        }
        if (lexer.at() <= place)
            continue; // the loop is over before the place
        for (std::size_t j = 0; j < body.size(); ++j) {
            if (body[j].text == name && isAssigned(body, j))
                return false;
        }
        return true;
    }
    return false;
}

bool isOfRoundOrCall(std::string_view source, std::size_t place, std::string_view name)
{
    return Outwards(source, place, name).find(true) != Found::No;
}

bool isParameterAt(std::string_view source, std::size_t place, std::string_view name)
{
    return Outwards(source, place, name).find(false) == Found::Parameter;
}

} // namespace bistro::app
