#include "source/messages.h"

#include "source/variables.h"

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

using namespace std::string_view_literals;

std::string_view trimmed(std::string_view code)
{
    constexpr std::string_view kSpaces = " \t\r\n";
    const std::size_t from = code.find_first_not_of(kSpaces);
    return from == std::string_view::npos ? std::string_view()
                                          : code.substr(from, code.find_last_not_of(kSpaces) - from + 1);
}

bool isName(std::string_view code)
{
    Lexer lexer(code, 0);
    const Token token = lexer.next();
    return token.kind == TokenKind::Name && token.text.size() == code.size();
}

// The words of a string or a template, and what stands in a template's gaps.
struct Piece {
    std::string words;
    std::string_view gap; // code; empty for words
};

std::vector<Piece> piecesOf(const Token& token)
{
    std::string_view inside = token.text.substr(1);
    if (inside.ends_with(token.text.front()))
        inside.remove_suffix(1);
    std::vector<Piece> pieces(1);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        std::string& words = pieces.back().words;
        if (inside[i] == '\\' && i + 1 < inside.size()) {
            const char escaped = inside[++i];
            words += escaped == 'n' || escaped == 't' || escaped == 'r' || escaped == '\n' ? ' ' : escaped;
        } else if (token.kind == TokenKind::Template && inside.substr(i, 2) == "${") {
            const std::size_t begin = i + 2;
            int braces = 0;
            for (; i < inside.size(); ++i) {
                if (inside[i] == '{')
                    ++braces;
                else if (inside[i] == '}' && --braces == 0)
                    break;
            }
            const std::size_t end = std::min(i, inside.size());
            pieces.push_back({.words = {}, .gap = begin < end ? trimmed(inside.substr(begin, end - begin)) : "?"sv});
            pieces.emplace_back();
        } else {
            words += inside[i] == '\n' ? ' ' : inside[i];
        }
    }
    return pieces;
}

std::string simplified(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c != ' ' || (!result.empty() && result.back() != ' '))
            result += c;
    }
    while (result.ends_with(' '))
        result.pop_back();
    return result;
}

// Reads what a callback prints.
class Messages final {
public:
    Messages(std::string_view source, const std::vector<Token>& function)
        : m_source(source)
        , m_tokens(function)
        , m_own(ownNamesIn(function))
    {
    }

    std::vector<MessagePart> first()
    {
        const std::size_t body = beginOfBody();
        if (body >= m_tokens.size())
            return {};
        if (m_tokens[body].is("{"))
            return inBlock(body);
        return at(body);
    }

private:
    [[nodiscard]] bool is(std::size_t i, std::string_view text) const
    {
        return i < m_tokens.size() && m_tokens[i].is(text);
    }

    [[nodiscard]] std::size_t closing(std::size_t open) const
    {
        std::size_t i = open + 1;
        while (
            i < m_tokens.size() && !(m_tokens[i].depth == m_tokens[open].depth && m_tokens[i].kind == TokenKind::Sign))
            ++i;
        return i;
    }

    [[nodiscard]] std::size_t beginOfBody() const
    {
        const int depth = m_tokens.front().depth;
        const bool function = is(0, "function") || (is(0, "async") && is(1, "function"));
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            if (m_tokens[i].depth == depth && (function ? m_tokens[i].is("{") : m_tokens[i].is("=>")))
                return function ? i : i + 1;
        }
        return m_tokens.size();
    }

    std::vector<MessagePart> inBlock(std::size_t open)
    {
        const std::size_t end = closing(open);
        const int depth = m_tokens[open].depth + 1;
        for (std::size_t i = open + 1; i < end; ++i) {
            if (m_tokens[i].depth != depth)
                continue;
            if (m_tokens[i].is("try") && is(i + 1, "{")) {
                if (auto message = inBlock(i + 1); !message.empty())
                    return message;
            }
            if (m_tokens[i].is("console") || m_tokens[i].is("process")) {
                if (!beginsStatement(i, open))
                    continue;
                if (auto message = at(i); !message.empty())
                    return message;
            }
        }
        return {};
    }

    [[nodiscard]] bool newLineBefore(std::size_t i) const
    {
        const char* const from = m_tokens[i - 1].text.data() + m_tokens[i - 1].text.size();
        return std::string_view(from, static_cast<std::size_t>(m_tokens[i].text.data() - from)).contains('\n');
    }

    // Not what a condition decides.
    [[nodiscard]] bool beginsStatement(std::size_t i, std::size_t open) const
    {
        const Token& before = m_tokens[i - 1];
        if (i - 1 == open || before.is(";") || before.is("}"))
            return true;
        if (before.is("else") || before.is("do") || before.is("=>"))
            return false;
        if (before.is("return") || before.is("await") || before.is("void"))
            return beginsStatement(i - 1, open);
        if (before.is(")")) {
            std::size_t bracket = i - 1;
            while (bracket > open && !(m_tokens[bracket].is("(") && m_tokens[bracket].depth == before.depth))
                --bracket;
            const Token& head = m_tokens[bracket - 1];
            return newLineBefore(i) && !head.is("if") && !head.is("for") && !head.is("while") && !head.is("await");
        }
        return newLineBefore(i) && (before.kind != TokenKind::Sign || before.is("]"));
    }

    // console.log(…) at this token.
    std::vector<MessagePart> at(std::size_t i)
    {
        constexpr std::array<std::string_view, 5> kPrints {"log", "info", "warn", "error", "debug"};
        std::size_t open = i + 3;
        if (is(i, "process") && is(i + 1, ".") && is(i + 2, "stdout") && is(i + 3, ".") && is(i + 4, "write"))
            open = i + 5;
        else if (!is(i, "console") || !is(i + 1, ".") || i + 2 >= m_tokens.size()
            || !std::ranges::contains(kPrints, m_tokens[i + 2].text))
            return {};
        if (!is(open, "("))
            return {};
        std::vector<MessagePart> message;
        const std::size_t end = closing(open);
        bool expected = true; // a value
        for (std::size_t at = open + 1; at < end; ++at) {
            const Token& token = m_tokens[at];
            if (token.depth != m_tokens[open].depth + 1)
                return {};
            if (expected ? !take(token, message) : !token.is(",") && !token.is("+"))
                return {};
            if (!expected && token.is(","))
                message.push_back({.words = " "});
            expected = !expected;
        }
        if (expected || message.empty() || std::ranges::none_of(message, [](const MessagePart& p) {
                return p.words.find_first_not_of(' ') < p.words.size();
            }))
            return {};
        return message;
    }

    bool take(const Token& token, std::vector<MessagePart>& message)
    {
        if (token.kind == TokenKind::Number) {
            message.push_back({.words = std::string(token.text)});
            return true;
        }
        if (token.kind == TokenKind::Name)
            return takeVariable(token.text, message);
        if (!isText(token))
            return false;
        for (Piece& piece : piecesOf(token)) {
            if (piece.gap.empty())
                message.push_back({.words = std::move(piece.words)});
            else if (!isNumber(piece.gap) && (!isName(piece.gap) || !takeVariable(piece.gap, message)))
                return false;
            else if (isNumber(piece.gap))
                message.push_back({.words = std::string(piece.gap)});
        }
        return true;
    }

    static bool isNumber(std::string_view code)
    {
        return !code.empty() && code.find_first_not_of("0123456789.") == std::string_view::npos;
    }

    bool takeVariable(std::string_view name, std::vector<MessagePart>& message) const
    {
        if (std::ranges::contains(m_own, name))
            return false;
        const auto place = static_cast<std::size_t>(m_tokens.front().text.data() - m_source.data());
        message.push_back({.words = {},
            .variable = name,
            .isOfRound = isOfRoundOrCall(m_source, place, name),
            .isNewEachRound = isOfEachRound(m_source, place, name)});
        return true;
    }

    std::string_view m_source;
    const std::vector<Token>& m_tokens;
    std::vector<std::string_view> m_own;
};

} // namespace

std::string textOf(const Token& token)
{
    const std::vector<Piece> pieces = piecesOf(token);
    return pieces.size() == 1 ? simplified(pieces.front().words) : std::string();
}

bool isText(const Token& token)
{
    return token.kind == TokenKind::String || token.kind == TokenKind::Template;
}

std::vector<MessagePart> messageOfFunction(std::string_view source, const std::vector<Token>& function)
{
    return Messages(source, function).first();
}

std::string messageOf(const std::vector<MessagePart>& message, const ValueOf& valueOf)
{
    std::string text;
    for (const MessagePart& part : message) {
        if (part.variable.empty()) {
            text += part.words;
            continue;
        }
        const std::string value = valueOf ? valueOf(part) : std::string();
        if (value.empty())
            return {};
        text += value;
    }
    return simplified(text);
}

} // namespace bistro::app
