#include "source/outline.h"

#include <algorithm>
#include <initializer_list>

namespace bistro::app {
namespace {

// Tokens that are looked at where calls lie within each other: what is a hint need not be found at any price.
constexpr std::size_t kLooks = 1'000'000;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

} // namespace

bool endsStatement(const Token& last, const Token& next)
{
    const bool goesOn = (next.kind == TokenKind::Sign && !isOneOf(next.text, {"{", "}", "++", "--", "!", "~"}))
        || next.kind == TokenKind::Template || isOneOf(next.text, {"instanceof", "in", "of"});
    const bool expectsMore = last.kind == TokenKind::Sign && !isOneOf(last.text, {")", "]", "}", "++", "--"});
    return !goesOn && !expectsMore;
}

Outline::Outline(std::string_view source)
    : m_source(source)
{
    Lexer lexer(m_source, 0);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next())
        m_tokens.push_back(token);
    countLines();
    matchBrackets();
    findFunctions();
    std::ranges::stable_sort(m_functions, {}, &Function::begin);
    nameFunctions();
    findInnermost();
}

const Function* Outline::named(std::string_view name) const
{
    const auto known = m_named.find(name);
    return known == m_named.end() || known->second == m_functions.size() ? nullptr : &m_functions[known->second];
}

const Function* Outline::innermost(std::size_t token) const
{
    const std::size_t f = token < m_inner.size() ? m_inner[token] : m_functions.size();
    return f < m_functions.size() ? &m_functions[f] : nullptr;
}

std::optional<std::size_t> Outline::tokenAt(std::uint32_t line, std::uint32_t column) const
{
    const auto offset = line == 0 ? std::nullopt : offsetOf(m_source, line, std::max<std::uint32_t>(column, 1));
    if (!offset)
        return {};
    const auto token = std::ranges::upper_bound(m_tokens, *offset, {}, [this](const Token& t) { return offsetAt(t); });
    return token == m_tokens.begin() ? 0 : static_cast<std::size_t>(token - m_tokens.begin()) - 1;
}

std::size_t Outline::tokenFrom(std::size_t offset) const
{
    const auto token = std::ranges::lower_bound(m_tokens, offset, {}, [this](const Token& t) { return offsetAt(t); });
    return static_cast<std::size_t>(token - m_tokens.begin());
}

void Outline::countLines()
{
    std::uint32_t line = 1;
    std::size_t at = 0;
    for (const Token& token : m_tokens) {
        const std::size_t offset = offsetAt(token);
        line += static_cast<std::uint32_t>(std::ranges::count(m_source.substr(at, offset - at), '\n'));
        at = offset;
        m_lines.push_back(line);
    }
}

void Outline::matchBrackets()
{
    m_partner.assign(m_tokens.size(), m_tokens.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        if (at(i).kind != TokenKind::Sign)
            continue;
        if (isOneOf(at(i).text, {"(", "[", "{"})) {
            open.push_back(i);
        } else if (isOneOf(at(i).text, {")", "]", "}"}) && !open.empty()) {
            m_partner[i] = open.back();
            m_partner[open.back()] = i;
            open.pop_back();
        }
    }
}

// The name that a function which begins at this token is given: by a declaration, an assignment, or as a property.
std::string_view Outline::givenName(std::size_t head) const
{
    if (head >= 2 && (at(head - 1).is("=") || at(head - 1).is(":")) && at(head - 2).kind == TokenKind::Name)
        return at(head - 2).text;
    return {};
}

void Outline::findFunctions()
{
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        if (at(i).is("=>"))
            addArrow(i);
        else if (at(i).is("{") && i > 0 && at(i - 1).is(")") && m_partner[i - 1] > 0
            && m_partner[i - 1] < m_tokens.size())
            addBody(i);
    }
}

// x => …, (a, b) => { … }
void Outline::addArrow(std::size_t arrow)
{
    Function f;
    const bool brackets = arrow > 0 && at(arrow - 1).is(")");
    f.head = brackets ? m_partner[arrow - 1] : arrow == 0 ? 0 : arrow - 1;
    if (f.head > 0 && at(f.head - 1).is("async"))
        --f.head;
    f.name = givenName(f.head);
    f.begin = arrow + 1;
    if (at(arrow + 1).is("{")) {
        f.end = m_partner[arrow + 1];
    } else { // an expression, to what ends it
        f.end = arrow + 1;
        const int depth = at(arrow).depth;
        while (f.end < m_tokens.size() && at(f.end).depth >= depth
            && !(at(f.end).depth == depth && isOneOf(at(f.end).text, {",", ";", ")", "]", "}"}))
            && !(m_lines[f.end] > m_lines[f.end - 1] && endsStatement(at(f.end - 1), at(f.end)))) {
            if (m_partner[f.end] != m_tokens.size() && m_partner[f.end] > f.end)
                f.end = m_partner[f.end];
            ++f.end;
        }
    }
    add(f);
}

// function name(…) {, name(…) { of a class or an object; no function: if (…) {
void Outline::addBody(std::size_t bracket)
{
    const std::size_t parameters = m_partner[bracket - 1];
    const std::size_t before = parameters - 1;
    Function f {.name = {}, .head = before, .begin = bracket, .end = m_partner[bracket]};
    if (at(before).is("function") || (at(before).is("*") && before > 0 && at(before - 1).is("function"))) {
        f.head = at(before).is("function") ? before : before - 1;
        if (f.head > 0 && at(f.head - 1).is("async"))
            --f.head;
        f.name = givenName(f.head);
    } else if (at(before).kind == TokenKind::Name && !(at(before).is("await") && before > 0 && at(before - 1).is("for"))
        && !isOneOf(at(before).text, {"if", "for", "while", "switch", "catch", "with"})) {
        f.name = at(before).text;
        std::size_t head = before;
        if (head > 0 && at(head - 1).is("*"))
            --head;
        if (head > 0 && at(head - 1).is("function"))
            f.head = head - 1;
        if (f.head > 0 && at(f.head - 1).is("async"))
            --f.head;
    } else {
        return;
    }
    add(f);
}

void Outline::add(Function f)
{
    f.end = std::min(f.end, m_tokens.size());
    // An argument of what calls it at once.
    if (f.head >= 2 && (at(f.head - 1).is("(") || at(f.head - 1).is(","))) {
        std::size_t bracket = f.head - 1;
        while (bracket > 0 && ++m_looks <= kLooks
            && !(at(bracket).is("(") && m_partner[bracket] > f.end - (f.end > 0 ? 1 : 0)))
            --bracket;
        f.inPlace = bracket > 0
            && isOneOf(at(bracket - 1).text,
                {"forEach", "map", "filter", "reduce", "reduceRight", "some", "every", "flatMap", "find", "findIndex",
                    "sort", "toSorted", "replace", "replaceAll", "from"});
    }
    m_functions.push_back(f);
}

void Outline::nameFunctions()
{
    for (std::size_t f = 0; f < m_functions.size(); ++f) {
        const auto [known, isNew] = m_named.try_emplace(m_functions[f].name, f);
        if (!isNew)
            known->second = m_functions.size(); // of several nobody knows which
    }
}

void Outline::findInnermost()
{
    m_inner.assign(m_tokens.size(), m_functions.size());
    std::vector<std::size_t> open; // those that this token is in, innermost last
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        for (; next < m_functions.size() && m_functions[next].begin <= i; ++next) {
            if (!m_functions[next].inPlace)
                open.push_back(next);
        }
        while (!open.empty() && m_functions[open.back()].end <= i)
            open.pop_back();
        if (!open.empty())
            m_inner[i] = open.back();
    }
}

} // namespace bistro::app
