#include "source/statement.h"

#include <algorithm>

namespace bistro::app {
namespace {

bool closes(const Token& token)
{
    return token.kind == TokenKind::Sign && (token.is(")") || token.is("]") || token.is("}"));
}

bool declares(const Token& token)
{
    return token.is("const") || token.is("let") || token.is("var");
}

std::size_t offsetOfToken(const Outline& source, std::size_t token)
{
    return static_cast<std::size_t>(source.at(token).text.data() - source.source().data());
}

// V8 stops at the value of a declaration: from there back to its names.
std::size_t withNames(const Outline& source, std::size_t value)
{
    if (value < 2 || !source.at(value - 1).is("="))
        return value;
    std::size_t name = value - 2;
    if (closes(source.at(name)) && source.partner(name) < name)
        name = source.partner(name);
    else if (source.at(name).kind != TokenKind::Name)
        return value;
    const bool declared = name > 0 && (declares(source.at(name - 1)) || source.at(name - 1).is(","));
    if (!declared || source.lineOf(name) != source.lineOf(value))
        return value;
    return declares(source.at(name - 1)) && source.lineOf(name - 1) == source.lineOf(value) ? name - 1 : name;
}

bool isAnyOf(const Token& token, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
}

// Whether these tokens of a pattern, `{ soup, pie: [first = 1, ...rest] }` or a name, bind the name.
bool bindsName(const Outline& source, std::size_t begin, std::size_t end, std::string_view name)
{
    for (std::size_t i = begin; i < end; ++i) {
        const Token& token = source.at(i);
        if (token.kind != TokenKind::Name || token.text != name || source.at(i + 1).is(":"))
            continue;
        const bool isRest = i >= begin + 2 && source.at(i - 1).is(".") && source.at(i - 2).is(".");
        if (i == begin || isRest || isAnyOf(source.at(i - 1), {"{", "[", ",", ":"}))
            return true;
    }
    return false;
}

// Whether a statement can't begin at the token at which V8 stops: with names that need no work (parameters, locals) it
// stops at the first property or operator that does.
bool isWithinStatement(const Outline& source, std::size_t stopped)
{
    if (stopped == 0)
        return false;
    const Token& token = source.at(stopped);
    const bool isOperator = token.kind == TokenKind::Sign && !isAnyOf(token, {"(", "[", "{", "!", "~", ";"});
    const bool isUnary = isAnyOf(token, {"+", "-", "++", "--"});
    const bool follows = source.at(stopped - 1).kind == TokenKind::Name || closes(source.at(stopped - 1));
    return isAnyOf(source.at(stopped - 1), {".", "?."}) || (isOperator && !closes(token) && (!isUnary || follows));
}

bool opensLiteral(const Outline& source, std::size_t brace)
{
    return brace > 0
        && isAnyOf(source.at(brace - 1),
            {"(", "[", "=", ",", ":", "?", "&&", "||", "??", ".", "return", "throw", "yield", "await"});
}

// Whether the parenthesis there belongs to a word as `if`.
bool isClause(const Outline& source, std::size_t parenthesis)
{
    if (parenthesis == 0)
        return false;
    if (source.at(parenthesis - 1).is("await"))
        return parenthesis > 1 && source.at(parenthesis - 2).is("for");
    return isAnyOf(source.at(parenthesis - 1), {"if", "for", "while", "switch", "with", "catch"});
}

// Where the statement begins that the token is within, as far as it stands in that line.
std::size_t beginOfStatement(const Outline& source, std::size_t stopped)
{
    constexpr std::size_t kLooks = 2000; // a script that was made small is one line
    std::size_t colon = 0; // behind the first of this depth
    std::size_t comma = 0; // behind the last of this depth
    std::size_t at = stopped;
    for (std::size_t looks = kLooks; at > 0 && source.lineOf(at - 1) == source.lineOf(stopped); --looks) {
        if (looks == 0)
            return stopped;
        const std::size_t before = at - 1;
        const Token& token = source.at(before);
        if (isAnyOf(token, {";", "=>", "else", "do", "try", "finally", "of", "default"}))
            break;
        if (token.is("case"))
            return colon != 0 ? colon : at;
        if (token.is("(") && isClause(source, before))
            return isAnyOf(source.at(before - 1), {"if", "switch"}) ? before - 1 : at;
        if (token.is("{") && !opensLiteral(source, before))
            break;
        const bool isBlock = token.is("}") && (source.at(at).kind != TokenKind::Sign || !isWithinStatement(source, at));
        if (isBlock)
            break;
        const std::size_t partner = closes(token) ? source.partner(before) : before;
        if (token.is(")") && partner < before && isClause(source, partner))
            break;
        if (token.kind == TokenKind::Sign && isAnyOf(token, {"(", "[", "{"}))
            colon = comma = 0;
        if (token.is(","))
            comma = comma != 0 ? comma : at;
        if (token.is(":") && before > 0 && source.at(before - 1).is("default"))
            break;
        if (token.is(":"))
            colon = at;
        at = std::min(partner, before);
    }
    return comma != 0 && declares(source.at(at)) ? comma : at;
}

// The first token that no longer belongs to it.
std::size_t endOfStatement(const Outline& source, std::size_t begin, std::size_t stopped)
{
    const std::uint32_t line = source.lineOf(stopped);
    const int depth = source.at(begin).depth;
    const bool declaration = begin != stopped;
    std::size_t at = begin;
    for (; at < source.tokens().size() && source.lineOf(at) == line; ++at) {
        const Token& token = source.at(at);
        if (token.depth < depth)
            return at;
        if (token.depth != depth || at <= stopped)
            continue;
        if (token.is(";"))
            return at + 1;
        if (token.is(",") && (declaration || depth > 0))
            return at;
    }
    return at;
}

std::uint32_t unitsIn(std::string_view text)
{
    std::uint32_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0u) != 0x80u)
            units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

bool isOnOneLine(const Outline& source, std::size_t a, std::size_t b)
{
    return b < source.tokens().size() && source.lineOf(a) == source.lineOf(b);
}

} // namespace

std::optional<LineSpan> statementAt(const Outline& source, std::uint32_t line, std::uint32_t column)
{
    const auto stopped = source.tokenAt(line, column);
    if (!stopped || *stopped >= source.tokens().size() || source.lineOf(*stopped) != line)
        return {};
    const bool inTemplate = offsetOf(source.source(), line, column) > offsetOfToken(source, *stopped);
    const bool within = inTemplate || isWithinStatement(source, *stopped);
    const std::size_t begin = withNames(source, within ? beginOfStatement(source, *stopped) : *stopped);
    const std::size_t end = endOfStatement(source, begin, *stopped);
    const bool first = begin == 0 || !isOnOneLine(source, begin - 1, begin);
    const bool last = end >= source.tokens().size() || source.lineOf(end) != line;
    if ((first && last) || end <= begin)
        return {};
    const std::string_view text = source.source();
    const std::size_t from = offsetOfToken(source, begin);
    const Token& closing = source.at(end - 1);
    std::size_t to = offsetOfToken(source, end - 1) + closing.text.size();
    to = std::min(to, text.find('\n', from)); // a template goes on below
    const std::size_t lineStart = from == 0 ? 0 : text.rfind('\n', from - 1) + 1; // npos + 1 is 0
    return LineSpan {.column = 1 + unitsIn(text.substr(lineStart, from - lineStart)),
        .length = unitsIn(text.substr(from, to - from))};
}

const Function* functionAround(const Outline& source, std::size_t token, Head head)
{
    const Function* found = nullptr;
    for (const Function& f : source.functions()) { // by where their bodies begin
        const std::size_t from = head == Head::Within ? f.head : f.begin;
        const bool within = from <= token && (token < f.end || (token == f.end && source.partner(token) == f.begin));
        if (within && (!found || f.end <= found->end))
            found = &f;
    }
    return found;
}

std::vector<const Function*> functionsAtStop(const Outline& source, std::uint32_t line, std::uint32_t column)
{
    std::vector<const Function*> found;
    const auto token = source.tokenAt(line, column);
    if (!token || *token >= source.tokens().size())
        return found;
    const bool isAtIt = offsetOf(source.source(), line, column) == offsetOfToken(source, *token);
    for (const Function& f : source.functions()) {
        const bool isExpression = !source.at(f.begin).is("{");
        const bool isEnd = isExpression ? isAnyOf(source.at(f.end), {",", ";", ")", "]", "}"}) // none: a line ends it
                                        : source.partner(f.end) == f.begin;
        const bool returns = isAtIt && *token == f.end && isEnd;
        if (f.head < *token && (*token < f.end || returns))
            found.push_back(&f);
    }
    // One in the parameters of another ends, and begins, before that one's body.
    std::ranges::sort(found,
        [](const Function* a, const Function* b) { return a->end != b->end ? a->end < b->end : a->begin > b->begin; });
    return found;
}

const Function* functionAtStop(const Outline& source, std::uint32_t line, std::uint32_t column)
{
    const auto functions = functionsAtStop(source, line, column);
    return functions.empty() ? nullptr : functions.front();
}

std::size_t endOfExpression(const Outline& source, std::size_t begin, std::size_t& looks)
{
    const std::size_t all = source.tokens().size();
    const int depth = source.at(begin).depth;
    for (std::size_t i = begin; i < all && looks > 0; ++i, --looks) {
        if (source.at(i).depth < depth)
            return i;
        if (source.at(i).is(";"))
            return i + 1;
        if (source.partner(i) < all && source.partner(i) > i)
            i = source.partner(i);
        if (i + 1 < all && source.lineOf(i + 1) > source.lineOf(i) && endsStatement(source.at(i), source.at(i + 1)))
            return i + 1;
    }
    return all;
}

std::size_t endOfDeclaration(const Outline& source, const Function* function, std::string_view name)
{
    std::size_t begin = function ? function->begin : 0;
    const std::size_t end = function ? function->end : source.tokens().size();
    if (function && !source.at(begin).is("{"))
        return 0; // an arrow function's expression
    begin += function ? 1 : 0;
    std::size_t looks = end - begin;
    for (std::size_t i = begin; i < end; ++i) {
        if (source.partner(i) < end && source.partner(i) > i) {
            i = source.partner(i);
            continue;
        }
        const Token& word = source.at(i);
        const bool isMember = i > 0 && isAnyOf(source.at(i - 1), {".", "?."});
        if (isMember || source.at(i + 1).is(":") || !isAnyOf(word, {"let", "const", "class"}))
            continue;
        if (word.is("class")) {
            std::size_t body = i + 1;
            while (body < end && !source.at(body).is("{"))
                ++body;
            if (source.at(i + 1).text == name)
                return std::min(source.partner(body) + 1, end);
            continue;
        }
        const std::size_t last = endOfExpression(source, i, looks);
        for (std::size_t declarator = i + 1; declarator < last;) {
            const Token& first = source.at(declarator);
            const bool isPattern = isAnyOf(first, {"{", "["}) && source.partner(declarator) < last;
            const std::size_t names = isPattern ? source.partner(declarator) : declarator + 1;
            std::size_t next = names;
            while (next < last && !(source.at(next).is(",") && source.at(next).depth == word.depth))
                next = source.partner(next) < last && source.partner(next) > next ? source.partner(next) + 1 : next + 1;
            if (bindsName(source, declarator, names, name))
                return next;
            declarator = next + 1;
        }
        i = std::max(i, last - 1);
    }
    return 0;
}

bool hasPlainParameters(const Outline& source, const Function& function)
{
    for (std::size_t i = function.head; i < function.begin; ++i) {
        if (isAnyOf(source.at(i), {".", "=", "{", "["}))
            return false;
    }
    return true;
}

std::vector<std::string_view> dottedNameAt(const Outline& source, std::uint32_t line, std::uint32_t column)
{
    const auto under = source.tokenAt(line, column);
    const auto offset = offsetOf(source.source(), line, column);
    if (!under || !offset || source.at(*under).kind != TokenKind::Name)
        return {};
    std::size_t at = *under;
    if (*offset >= offsetOfToken(source, at) + source.at(at).text.size())
        return {}; // behind it
    if (at >= 1 && source.at(at + 1).is(":") && (source.at(at - 1).is("{") || source.at(at - 1).is(",")))
        return {}; // what an object calls it
    std::vector<std::string_view> names {source.at(at).text};
    while (at >= 1 && (source.at(at - 1).is(".") || source.at(at - 1).is("?."))) {
        if (at < 2 || source.at(at - 2).kind != TokenKind::Name)
            return {};
        at -= 2;
        names.insert(names.begin(), source.at(at).text);
    }
    return names;
}

} // namespace bistro::app
