#include "source/awaits.h"

#include "source/outline.h"

#include <algorithm>
#include <optional>
#include <span>

namespace bistro::app {
namespace {

constexpr std::size_t kLargest = 200'000; // bytes of a source that is looked through

// A declaration that awaits: const … = await …
struct Declaration {
    std::size_t begin = 0; // its tokens
    std::size_t end = 0; // after the last, a semicolon included
    std::span<const Token> binding; // what stands between const and =
    std::span<const Token> all;
};

// Whether the statement is over before this token, with or without a semicolon.
bool endsBefore(const Outline& outline, std::size_t i, std::size_t begin)
{
    const Token& token = outline.at(i);
    if (token.depth < outline.at(begin).depth || token.kind == TokenKind::End)
        return true;
    if (token.depth > outline.at(begin).depth || i == begin || outline.lineOf(i) == outline.lineOf(i - 1))
        return false;
    const Token& before = outline.at(i - 1);
    const bool isWhole = before.kind != TokenKind::Sign || before.is(")") || before.is("]") || before.is("}");
    return isWhole && token.kind == TokenKind::Name && !before.is("await") && !token.is("in")
        && !token.is("instanceof");
}

// The one that has this token in what it awaits.
std::optional<Declaration> declarationAround(const Outline& outline, std::size_t token)
{
    const int depth = outline.at(token).depth;
    std::size_t begin = token;
    const auto isHead = [&](std::size_t i) {
        const Token& each = outline.at(i);
        return each.depth == depth && (each.is("const") || each.is("let") || each.is("var"));
    };
    while (!isHead(begin)) {
        const Token& each = outline.at(begin);
        if (begin == 0 || each.depth < depth || (each.depth == depth && each.is(";")))
            return {};
        --begin;
    }
    std::size_t equals = begin + 1;
    while (equals < token && !(outline.at(equals).depth == depth && outline.at(equals).is("=")))
        ++equals;
    if (equals + 1 >= token || !outline.at(equals + 1).is("await"))
        return {};
    std::size_t end = token;
    while (!endsBefore(outline, end, begin)) {
        const Token& each = outline.at(end);
        if (each.depth == depth && each.is(",")) // another one is declared with it
            return {};
        ++end;
        if (each.depth == depth && each.is(";"))
            break;
    }
    const std::span<const Token> tokens(outline.tokens());
    const std::span<const Token> binding = tokens.subspan(begin + 1, equals - begin - 1);
    const bool isName = binding.size() == 1 && binding[0].kind == TokenKind::Name;
    const bool isPattern = binding.size() > 1
        && ((binding.front().is("{") && binding.back().is("}")) || (binding.front().is("[") && binding.back().is("]")));
    if (!isName && !isPattern)
        return {};
    return Declaration {.begin = begin, .end = end, .binding = binding, .all = tokens.subspan(begin, end - begin)};
}

bool isOfName(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
        || byte >= 0x80;
}

// Also where it stands in a text: a template may hold it.
bool names(const Token& token, std::string_view name)
{
    for (std::size_t at = token.text.find(name); at != std::string_view::npos; at = token.text.find(name, at + 1)) {
        const std::size_t behind = at + name.size();
        if ((at == 0 || !isOfName(token.text[at - 1]))
            && (behind == token.text.size() || !isOfName(token.text[behind])))
            return true;
    }
    return false;
}

} // namespace

bool awaitInTurnForNothing(std::string_view source, SourcePosition first, SourcePosition second)
{
    const Outline outline(source.substr(0, kLargest));
    const auto one = outline.tokenAt(first.line, first.column);
    const auto two = outline.tokenAt(second.line, second.column);
    if (!first || !second || !one || !two || *one >= *two || *two >= outline.tokens().size())
        return false;
    const auto before = declarationAround(outline, *one);
    const auto after = declarationAround(outline, *two);
    if (!before || !after || before->end != after->begin) // code in between may be why the second comes later
        return false;
    return std::ranges::none_of(before->binding, [&](const Token& bound) {
        return bound.kind == TokenKind::Name
            && std::ranges::any_of(after->all, [&](const Token& token) { return names(token, bound.text); });
    });
}

} // namespace bistro::app
