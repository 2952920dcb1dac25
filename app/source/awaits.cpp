#include "source/awaits.h"

#include "source/outline.h"

#include <algorithm>
#include <optional>
#include <span>

namespace bistro::app {
namespace {

constexpr std::size_t kLargest = 200'000; // bytes of a source that is looked through

struct Declaration {
    std::span<const Token> binding; // what stands between const and =
    std::span<const Token> all;
};

// The declaration that awaits and has these tokens, those of its line: const …
// = await …;
std::optional<Declaration> declarationOf(std::span<const Token> line)
{
    constexpr std::size_t kShortest = 6; // const a = await b ;
    if (line.size() < kShortest || !line.back().is(";")
        || !(line[0].is("const") || line[0].is("let") || line[0].is("var")))
        return {};
    const auto equals = std::ranges::find_if(line, [](const Token& token) { return token.is("="); });
    if (line.end() - equals < 4 || !(equals + 1)->is("await"))
        return {};
    const std::span<const Token> binding(line.begin() + 1, equals);
    const bool isName = binding.size() == 1 && binding[0].kind == TokenKind::Name;
    const bool isPattern = binding.size() > 1
        && ((binding.front().is("{") && binding.back().is("}")) || (binding.front().is("[") && binding.back().is("]")));
    if (!isName && !isPattern)
        return {};
    return Declaration {.binding = binding, .all = line};
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

bool awaitInTurnForNothing(std::string_view source, std::uint32_t firstLine, std::uint32_t secondLine)
{
    if (firstLine == 0 || firstLine >= secondLine)
        return false;
    const Outline outline(source.substr(0, kLargest));
    const std::span<const Token> tokens(outline.tokens());
    // The first token of a line, or behind it.
    const auto from = [&](std::uint32_t line) {
        std::size_t low = 0;
        std::size_t high = tokens.size();
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (outline.lineOf(middle) < line)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    const auto lineAt = [&](std::uint32_t line) { return tokens.subspan(from(line), from(line + 1) - from(line)); };
    if (from(firstLine + 1) != from(secondLine)) // code in between may be why the second comes later
        return false;
    const auto first = declarationOf(lineAt(firstLine));
    const auto second = declarationOf(lineAt(secondLine));
    if (!first || !second)
        return false;
    return std::ranges::none_of(first->binding, [&](const Token& bound) {
        return bound.kind == TokenKind::Name
            && std::ranges::any_of(second->all, [&](const Token& token) { return names(token, bound.text); });
    });
}

} // namespace bistro::app
