#include "source/callsite.h"

#include "source/variables.h"

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSpaces = " \t\r\n";

std::string_view trimmed(std::string_view code)
{
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

// Its words; empty when some of them are not in the source.
std::string textOf(const Token& token)
{
    const std::vector<Piece> pieces = piecesOf(token);
    return pieces.size() == 1 ? simplified(pieces.front().words) : std::string();
}

bool isText(const Token& token)
{
    return token.kind == TokenKind::String || token.kind == TokenKind::Template;
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
            const bool fits = i % 2 == 0
                ? tokens[i].kind == TokenKind::Name && !std::ranges::contains(kValues, tokens[i].text)
                : tokens[i].is(".") || tokens[i].is("?.");
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
    constexpr std::array<std::string_view, 8> kNames {
        "setTimeout", "setInterval", "setImmediate", "nextTick", "queueMicrotask", "then", "catch", "finally"};
    return std::ranges::contains(kNames, name);
}

// Whether the source says, or the name does, that it is a function: any variable may be the last argument.
bool isFunctionsName(std::string_view source, std::string_view name)
{
    constexpr std::array<std::string_view, 10> kUsual {
        "callback", "cb", "done", "next", "resolve", "reject", "handler", "listener", "fn", "res"};
    if (std::ranges::contains(kUsual, name)
        || (name.size() > 2 && name.starts_with("on") && name[2] >= 'A' && name[2] <= 'Z'))
        return true;
    for (std::size_t at = source.find(name); at != std::string_view::npos; at = source.find(name, at + 1)) {
        const std::string_view before = source.substr(0, at);
        if (const std::string_view trimmedBefore = before.substr(0, before.find_last_not_of(" *\t") + 1);
            trimmedBefore.size() < before.size() && trimmedBefore.ends_with("function"))
            return true;
        Lexer lexer(source, at);
        if (lexer.next().text != name || !lexer.next().is("="))
            continue;
        Token token = lexer.next();
        if (token.is("async") || token.is("function"))
            return true;
        if (token.is("(")) {
            const int depth = token.depth;
            do
                token = lexer.next();
            while (token.kind != TokenKind::End && !(token.is(")") && token.depth == depth));
        }
        if (lexer.next().is("=>"))
            return true;
    }
    return false;
}

const Argument* callbackOf(std::string_view source, const std::vector<Argument>& arguments, std::string_view name)
{
    if (arguments.empty())
        return nullptr;
    if (takesCallbackFirst(name) && (arguments.front().isFunction() || arguments.front().isIdentifier()))
        return &arguments.front();
    for (auto argument = arguments.rbegin(); argument != arguments.rend(); ++argument) {
        if (argument->isFunction())
            return &*argument;
    }
    return !takesCallbackFirst(name) && arguments.back().isIdentifier()
            && isFunctionsName(source, arguments.back().name())
        ? &arguments.back()
        : nullptr;
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
    const bool method = before != std::string_view::npos
        && source.find_last_not_of(spaces, before) != std::string_view::npos
        && source[source.find_last_not_of(spaces, before)] == '.';
    return method ? source.substr(before + 1, last - before) : std::string_view();
}

// The name before the dot that stands before this byte: "response" of response.json. Empty when more than a name does.
std::string_view receiverBefore(std::string_view source, std::size_t at)
{
    const auto skip = [&](std::size_t end) {
        const std::size_t last = end == 0 ? std::string_view::npos : source.find_last_not_of(kSpaces, end - 1);
        return last == std::string_view::npos ? 0 : last + 1;
    };
    std::size_t end = skip(at);
    if (end == 0 || source[end - 1] != '.')
        return {};
    --end;
    if (end > 0 && source[end - 1] == '?')
        --end;
    end = skip(end);
    std::size_t from = end;
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
            || (static_cast<unsigned char>(c) & 0x80u) != 0;
    };
    while (from > 0 && isLetter(source[from - 1]))
        --from;
    return source.substr(from, end - from);
}

// Reads what a callback prints.
class Messages final {
public:
    Messages(std::string_view source, const Argument& callback)
        : m_source(source)
        , m_tokens(callback.tokens)
        , m_own(ownNamesIn(callback.tokens))
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

// An async function, as its promise is made where it begins: at the word async, else at its first bracket.
bool beginsFunctionAt(std::string_view source, std::size_t offset)
{
    Lexer lexer(source, offset);
    Token token = lexer.next();
    const bool word = token.is("async");
    if (word)
        token = lexer.next();
    if (word && (token.is("function") || (token.kind == TokenKind::Name && lexer.next().is("=>"))))
        return true;
    if (!token.is("("))
        return false;
    const int depth = token.depth;
    do
        token = lexer.next();
    while (token.kind != TokenKind::End && !(token.is(")") && token.depth == depth));
    constexpr std::array<std::string_view, 6> kStatements {"if", "for", "while", "switch", "catch", "with"};
    const std::string_view before = trimmed(source.substr(0, offset));
    if (std::ranges::any_of(kStatements, [&](std::string_view each) { return before.ends_with(each); }))
        return false;
    token = lexer.next();
    return word ? token.is("=>") : token.is("{") || token.is("=>");
}

} // namespace

std::optional<CallSite> callSiteAt(std::string_view source, std::uint32_t line, std::uint32_t column)
{
    const auto offset = offsetOf(source, line, column);
    if (!offset)
        return {};
    Lexer lexer(source, *offset);
    CallSite call;
    if (beginsFunctionAt(source, *offset)) {
        call.beginsFunction = true;
        return call;
    }
    Token token = lexer.next();
    if (token.is("("))
        call.name = nameBefore(source, *offset);
    while (token.is("new") || token.is("await") || token.is(".") || token.is("?.")) {
        call.isNew = call.isNew || token.is("new");
        token = lexer.next();
    }
    if (token.kind == TokenKind::Name)
        call.receiver = receiverBefore(source, static_cast<std::size_t>(token.text.data() - source.data()));
    else if (!call.name.empty())
        call.receiver = receiverBefore(source, static_cast<std::size_t>(call.name.data() - source.data()));
    for (; token.kind == TokenKind::Name; token = lexer.next()) {
        if (!call.name.empty())
            call.receiver = call.name;
        call.name = token.text;
        token = lexer.next();
        if (!token.is(".") && !token.is("?."))
            break;
    }
    if (call.name.empty() || !token.is("("))
        return {};
    const std::vector<Argument> arguments = readArguments(lexer);
    if (!arguments.empty()) {
        call.argument = arguments.front().source();
        const std::vector<Token>& tokens = arguments.front().tokens;
        if (tokens.size() == 1 && isText(tokens[0]))
            call.text = textOf(tokens[0]);
        for (const Token& each : tokens) {
            if (!arguments.front().isFunction() && isText(each))
                call.lastText = textOf(each);
        }
    }
    if (arguments.size() > 1)
        call.options = arguments[1].source();
    if (const Argument* const callback = callbackOf(source, arguments, call.name)) {
        call.callback = callback->source();
        call.callbackName = callback->name();
        call.isParameter = callback->isIdentifier() && callback->tokens.size() == 1
            && isParameterAt(source, *offset, call.callbackName);
        if (callback->isFunction())
            call.message = Messages(source, *callback).first();
    }
    return call;
}

std::string messageOf(const CallSite& call, const ValueOf& valueOf)
{
    std::string text;
    for (const MessagePart& part : call.message) {
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
