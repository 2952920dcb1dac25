#include "state/callsite.h"

#include "state/lexer.h"

#include <algorithm>
#include <array>
#include <vector>

namespace bistro::app {
namespace {

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
