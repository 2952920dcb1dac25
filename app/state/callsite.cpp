#include "state/callsite.h"

#include <algorithm>
#include <array>
#include <vector>

namespace bistro::app {
namespace {

enum class TokenKind : std::uint8_t { End, Name, Number, String, Template, RegularExpression, Sign };

struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text; // quotes included
    int depth = 0; // of brackets around it; a bracket has that of its outside

    [[nodiscard]] bool is(std::string_view sign) const { return (kind == TokenKind::Sign || kind == TokenKind::Name) && text == sign; }
};

bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '#' || (static_cast<unsigned char>(c) & 0x80u) != 0;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Lexer {
public:
    Lexer(std::string_view source, std::size_t at)
        : m_source(source)
        , m_at(at)
    {
    }

    Token next()
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
            while (m_at < m_source.size() && (startsName(m_source[m_at]) || isDigit(m_source[m_at]) || m_source[m_at] == '.'))
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
        m_expectsValue = expectsValueBehind(token);
        return token;
    }

    [[nodiscard]] std::size_t at() const { return m_at; }

private:
    // Whether a slash behind this token begins a regular expression. Behind ")" and "}" either may follow; a division is likelier.
    static bool expectsValueBehind(const Token& token)
    {
        constexpr std::array<std::string_view, 12> kBeforeValues {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "await", "yield", "else"};
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

    void skipSpace()
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

    void skipQuoted(char quote)
    {
        for (++m_at; m_at < m_source.size() && m_source[m_at] != quote && m_source[m_at] != '\n'; ++m_at) {
            if (m_source[m_at] == '\\')
                ++m_at;
        }
        m_at = std::min(m_at + 1, m_source.size());
    }

    void skipRegularExpression()
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
    void skipTemplate()
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

    std::string_view m_source;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_expectsValue = true;
};

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

std::string textOf(const Token& token)
{
    std::string_view inside = token.text.substr(1);
    if (inside.ends_with(token.text.front()))
        inside.remove_suffix(1);
    std::string text;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] == '\\' && i + 1 < inside.size()) {
            const char escaped = inside[++i];
            text += escaped == 'n' || escaped == 't' || escaped == 'r' || escaped == '\n' ? ' ' : escaped;
        } else if (token.kind == TokenKind::Template && inside.substr(i, 2) == "${") {
            int braces = 0;
            for (; i < inside.size(); ++i) {
                if (inside[i] == '{')
                    ++braces;
                else if (inside[i] == '}' && --braces == 0)
                    break;
            }
            text += "…";
        } else {
            text += inside[i] == '\n' ? ' ' : inside[i];
        }
    }
    while (text.starts_with(' '))
        text.erase(0, 1);
    while (text.ends_with(' '))
        text.pop_back();
    return text;
}

struct Argument {
    std::vector<Token> tokens;

    [[nodiscard]] bool isFunction() const
    {
        if (tokens.empty())
            return false;
        if (tokens[0].is("function") || (tokens[0].is("async") && tokens.size() > 1 && tokens[1].is("function")))
            return true;
        return std::ranges::any_of(tokens, [this](const Token& t) { return t.depth == tokens[0].depth && t.is("=>"); });
    }

    // A name, or names with dots between them.
    [[nodiscard]] bool isIdentifier() const
    {
        constexpr std::array<std::string_view, 6> kValues {"undefined", "null", "true", "false", "NaN", "Infinity"};
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const bool fits = i % 2 == 0 ? tokens[i].kind == TokenKind::Name && !std::ranges::contains(kValues, tokens[i].text) : tokens[i].is(".") || tokens[i].is("?.");
            if (!fits)
                return false;
        }
        return tokens.size() % 2 == 1;
    }

    [[nodiscard]] std::string_view name() const
    {
        if (isIdentifier())
            return tokens.back().text;
        for (std::size_t i = 0; i + 1 < tokens.size() && i < 3; ++i) { // async function * name
            if (tokens[i].is("function"))
                continue;
            if (i > 0 && tokens[i].kind == TokenKind::Name && tokens[i + 1].is("("))
                return tokens[0].is("function") || tokens[1].is("function") ? tokens[i].text : std::string_view {};
        }
        return {};
    }

    [[nodiscard]] std::string_view source() const
    {
        const char* const from = tokens.front().text.data();
        return {from, static_cast<std::size_t>(tokens.back().text.data() + tokens.back().text.size() - from)};
    }
};

// Whose callback comes first; the others take it last.
bool takesCallbackFirst(std::string_view name)
{
    constexpr std::array<std::string_view, 8> kNames {"setTimeout", "setInterval", "setImmediate", "nextTick", "queueMicrotask", "then", "catch", "finally"};
    return std::ranges::contains(kNames, name);
}

const Argument* callbackOf(const std::vector<Argument>& arguments, std::string_view name)
{
    if (arguments.empty())
        return nullptr;
    if (takesCallbackFirst(name) && (arguments.front().isFunction() || arguments.front().isIdentifier()))
        return &arguments.front();
    for (auto argument = arguments.rbegin(); argument != arguments.rend(); ++argument) {
        if (argument->isFunction())
            return &*argument;
    }
    return arguments.back().isIdentifier() && !takesCallbackFirst(name) ? &arguments.back() : nullptr;
}

// What lies between the bracket that was just read and its partner, or the source's end.
std::vector<Argument> readArguments(Lexer& lexer)
{
    std::vector<Argument> arguments;
    Argument current;
    for (Token token = lexer.next(); token.kind != TokenKind::End && token.depth >= 1; token = lexer.next()) {
        if (token.depth == 1 && token.is(",")) {
            if (!current.tokens.empty())
                arguments.push_back(std::move(current));
            current = {};
        } else {
            current.tokens.push_back(token);
        }
    }
    if (!current.tokens.empty())
        arguments.push_back(std::move(current));
    return arguments;
}

// V8 gives the bracket as the place of a call when a keyword is the method's name: catch, finally, delete.
std::string_view nameBefore(std::string_view source, std::size_t bracket)
{
    constexpr std::string_view spaces = " \t\r\n";
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    const std::size_t last = bracket == 0 ? std::string_view::npos : source.find_last_not_of(spaces, bracket - 1);
    if (last == std::string_view::npos || letters.find(source[last]) == std::string_view::npos)
        return {};
    const std::size_t before = source.find_last_not_of(letters, last);
    const bool method = before != std::string_view::npos && source.find_last_not_of(spaces, before) != std::string_view::npos && source[source.find_last_not_of(spaces, before)] == '.';
    return method ? source.substr(before + 1, last - before) : std::string_view();
}

} // namespace

std::optional<CallSite> callAt(std::string_view source, std::uint32_t line, std::uint32_t column)
{
    const auto offset = offsetOf(source, line, column);
    if (!offset)
        return {};
    Lexer lexer(source, *offset);
    CallSite call;
    Token token = lexer.next();
    if (token.is("("))
        call.name = nameBefore(source, *offset);
    while (token.is("new") || token.is("await") || token.is(".") || token.is("?."))
        token = lexer.next();
    for (; token.kind == TokenKind::Name; token = lexer.next()) {
        call.name = token.text;
        token = lexer.next();
        if (!token.is(".") && !token.is("?."))
            break;
    }
    if (call.name.empty() || !token.is("("))
        return {};
    const std::vector<Argument> arguments = readArguments(lexer);
    if (const Argument* const callback = callbackOf(arguments, call.name)) {
        call.callback = callback->source();
        call.callbackName = callback->name();
        for (const Token& inside : callback->tokens) {
            if (inside.kind == TokenKind::String || inside.kind == TokenKind::Template)
                call.firstText = textOf(inside);
            if (!call.firstText.empty())
                break;
        }
    }
    return call;
}

} // namespace bistro::app
