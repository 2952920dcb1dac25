#include "source/callsite.h"

#include "source/lexer.h"

#include <algorithm>
#include <array>
#include <vector>

namespace bistro::app {
namespace {

bool isOfName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
        || c == '.' || (static_cast<unsigned char>(c) & 0x80u) != 0;
}

std::string_view trimmed(std::string_view code)
{
    constexpr std::string_view spaces = " \t\r\n";
    const std::size_t from = code.find_first_not_of(spaces);
    return from == std::string_view::npos ? std::string_view()
                                          : code.substr(from, code.find_last_not_of(spaces) - from + 1);
}

// The words of a string or a template. Gaps are "…" where they hold no name with a value.
std::string textOf(const Token& token, const ValueOf& valueOf = {})
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
            const std::size_t begin = i + 2;
            int braces = 0;
            for (; i < inside.size(); ++i) {
                if (inside[i] == '{')
                    ++braces;
                else if (inside[i] == '}' && --braces == 0)
                    break;
            }
            std::string value;
            if (valueOf && begin <= i && i < inside.size())
                value = valueOf(trimmed(inside.substr(begin, i - begin)));
            text += value.empty() ? "…" : value;
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

// Names that a function's code declares or assigns: parameters, its own and those of functions in it, and variables.
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
    const bool method = before != std::string_view::npos
        && source.find_last_not_of(spaces, before) != std::string_view::npos
        && source[source.find_last_not_of(spaces, before)] == '.';
    return method ? source.substr(before + 1, last - before) : std::string_view();
}

} // namespace

std::optional<CallSite> callSiteAt(std::string_view source, std::uint32_t line, std::uint32_t column)
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
        const std::vector<Token>& tokens = callback->tokens;
        std::size_t at = 0;
        for (; at < tokens.size() && call.firstText.empty(); ++at) {
            if (tokens[at].kind == TokenKind::String || tokens[at].kind == TokenKind::Template)
                call.firstText = textOf(tokens[at]);
            if (!call.firstText.empty())
                call.literal = tokens[at].text;
        }
        if (call.firstText.empty())
            return call;
        call.ownNames = ownNamesIn(tokens);
        for (; at < tokens.size(); ++at) {
            const bool member = tokens[at - 1].is(".") || tokens[at - 1].is("?.");
            const bool key = at + 1 < tokens.size() && tokens[at + 1].is(":")
                && (tokens[at - 1].is("{") || tokens[at - 1].is(","));
            if (tokens[at].kind == TokenKind::Name && !member && !key
                && !std::ranges::contains(call.ownNames, tokens[at].text))
                call.names.push_back(tokens[at].text);
        }
    }
    return call;
}

std::string textWithValues(const CallSite& call, const ValueOf& valueOf)
{
    if (call.literal.empty())
        return {};
    bool filled = false;
    const auto inGap = [&](std::string_view code) {
        std::string value = std::ranges::contains(call.ownNames, code) ? std::string() : valueOf(code);
        filled = filled || !value.empty();
        return value;
    };
    const std::string text = textOf(
        {.kind = call.literal.front() == '`' ? TokenKind::Template : TokenKind::String, .text = call.literal}, inGap);
    if (filled)
        return text;
    for (const std::string_view name : call.names) {
        if (const std::string value = valueOf(name); !value.empty())
            return text + ' ' + value;
    }
    return {};
}

bool isOfEachRound(std::string_view source, std::uint32_t line, std::uint32_t column, std::string_view name)
{
    constexpr int kLoops = 64; // looked at, backwards from the place
    const auto place = offsetOf(source, line, column);
    if (!place)
        return false;
    std::size_t at = source.rfind("for", *place);
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
        if (!declares || lexer.at() > *place)
            continue;
        std::vector<Token> body;
        const bool block = (token = lexer.next()).is("{");
        for (; token.kind != TokenKind::End && token.depth >= 0; token = lexer.next()) {
            body.push_back(token);
            if (token.depth == 0 && (block ? token.is("}") : token.is(";")))
                break;
        }
        if (lexer.at() <= *place)
            continue; // the loop is over before the place
        for (std::size_t j = 0; j < body.size(); ++j) {
            if (body[j].text == name && isAssigned(body, j))
                return false;
        }
        return true;
    }
    return false;
}

} // namespace bistro::app
