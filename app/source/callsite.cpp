#include "source/callsite.h"

#include "source/variables.h"

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

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
    const std::string_view before = source.substr(0, source.substr(0, offset).find_last_not_of(kSpaces) + 1);
    if (std::ranges::any_of(kStatements, [&](std::string_view each) { return before.ends_with(each); }))
        return false;
    token = lexer.next();
    return word ? token.is("=>") : token.is("{") || token.is("=>");
}

bool isInForAwaitAt(std::string_view source, std::size_t at)
{
    constexpr std::string_view kHead = "for await";
    const std::size_t line = source.rfind('\n', at);
    std::string_view before = source.substr(0, at).substr(line == std::string_view::npos || line >= at ? 0 : line);
    const std::size_t head = before.rfind(kHead);
    if (head == std::string_view::npos)
        return false;
    before.remove_prefix(head + kHead.size());
    return before.empty() || std::ranges::count(before, '(') > std::ranges::count(before, ')');
}

std::optional<CallSite> callSiteFrom(std::string_view source, std::size_t offset)
{
    Lexer lexer(source, offset);
    CallSite call;
    if (beginsFunctionAt(source, offset)) {
        call.beginsFunction = true;
        return call;
    }
    Token token = lexer.next();
    if (token.is("("))
        call.name = nameBefore(source, offset);
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
    call.isInForAwait = isInForAwaitAt(source, offset);
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
            && isParameterAt(source, offset, call.callbackName);
        if (callback->isFunction())
            call.message = messageOfFunction(source, callback->tokens);
    }
    return call;
}

} // namespace

std::optional<CallSite> callSiteAt(std::string_view source, std::uint32_t line, std::uint32_t column)
{
    const auto offset = offsetOf(source, line, column);
    return offset ? callSiteFrom(source, *offset) : std::nullopt;
}

bool isInForAwait(std::string_view source, std::uint32_t line, std::uint32_t column)
{
    const auto offset = offsetOf(source, line, column);
    return offset && isInForAwaitAt(source, *offset);
}

std::optional<CallAround> callAroundFunction(std::string_view source, std::uint32_t line, std::uint32_t column)
{
    struct Open {
        std::string_view name; // before a bracket of arguments
        bool isBody = false;
        bool hasArrow = false; // in the argument that is being read
    };
    constexpr std::array<std::string_view, 7> kStatements {"if", "for", "while", "switch", "catch", "with", "function"};
    const auto offset = offsetOf(source, line, column);
    if (!offset)
        return {};
    std::vector<Open> open;
    Token before;
    Lexer lexer(source, 0);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (static_cast<std::size_t>(token.text.data() - source.data()) >= *offset)
            break;
        if (token.is("(") || token.is("[") || token.is("{")) {
            const bool call = token.is("(") && before.kind == TokenKind::Name
                && !std::ranges::contains(kStatements, before.text);
            open.push_back({.name = call ? before.text : std::string_view(),
                .isBody = token.is("{") && (before.is(")") || before.is("=>"))});
        } else if (!open.empty()) {
            if (token.is(")") || token.is("]") || token.is("}"))
                open.pop_back();
            else if (token.is("=>"))
                open.back().hasArrow = true;
            else if (token.is(","))
                open.back().hasArrow = false;
        }
        before = token;
    }
    for (std::size_t i = open.size(); i-- > 0;) {
        if (open[i].name.empty() || !(open[i].hasArrow || (i + 1 < open.size() && open[i + 1].isBody)))
            continue;
        const auto at = static_cast<std::size_t>(open[i].name.data() - source.data());
        auto call = callSiteFrom(source, at);
        if (!call)
            return {};
        const std::size_t newline = at == 0 ? std::string_view::npos : source.rfind('\n', at - 1);
        return CallAround {.call = std::move(*call),
            .line = static_cast<std::uint32_t>(std::ranges::count(source.substr(0, at), '\n') + 1),
            .column = static_cast<std::uint32_t>(newline == std::string_view::npos ? at + 1 : at - newline)};
    }
    return {};
}

} // namespace bistro::app
