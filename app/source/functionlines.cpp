#include "source/functionlines.h"

#include <algorithm>
#include <initializer_list>
#include <ranges>

namespace bistro::app {
namespace {

bool isAnyOf(const Token& token, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
}

// Words that stand before a function's head.
bool isModifier(const Token& token)
{
    return isAnyOf(token, {"export", "default", "static", "async", "get", "set"});
}

// Tokens of a source, of which some are none of a function's own statements.
class OwnTokens final {
public:
    OwnTokens(const Outline& source, const Function* function)
        : m_source(source)
        , m_isBody(function && source.at(function->begin).is("{"))
        , m_begin(!function ? 0 : function->begin + (m_isBody ? 1 : 0))
        , m_end(
              std::min(!function ? source.tokens().size() : function->end + (m_isBody ? 1 : 0), source.tokens().size()))
        , m_covered(m_end > m_begin ? m_end - m_begin : 0)
    {
        coverFunctions(function);
        for (std::size_t i = m_begin; i < m_end; ++i)
            coverFrom(i);
    }

    [[nodiscard]] std::vector<LineOfCode> lines() const
    {
        std::vector<LineOfCode> lines;
        for (std::size_t i = m_begin; i < m_end; ++i) {
            if (!isCode(i))
                continue;
            const std::uint32_t line = m_source.lineOf(i);
            if (lines.empty() || lines.back().line != line)
                lines.push_back({.line = line, .last = i});
            lines.back().last = i;
        }
        return lines;
    }

private:
    void cover(std::size_t from, std::size_t to)
    {
        for (std::size_t i = std::max(from, m_begin); i < std::min(to, m_end); ++i)
            m_covered[i - m_begin] = true;
    }

    void coverFunctions(const Function* function)
    {
        std::size_t behind = m_begin; // the last of them: what lies in one is covered
        for (const Function& f : m_source.functions()) { // by where their bodies begin
            if (&f == function || f.head < m_begin || f.begin >= m_end || f.begin < behind)
                continue;
            behind = f.end + (m_source.at(f.begin).is("{") ? 1 : 0);
            cover(f.head, behind);
        }
    }

    // What stands there with a word of its own, and stops nobody.
    void coverFrom(std::size_t i)
    {
        const Token& word = m_source.at(i);
        if (m_covered[i - m_begin] || word.kind != TokenKind::Name
            || (i > 0 && isAnyOf(m_source.at(i - 1), {".", "?."})))
            return;
        const Token& next = m_source.at(i + 1);
        if (word.is("catch") && next.is("("))
            cover(i, m_source.partner(i + 1) + 1);
        else if (word.is("class"))
            cover(i, endOfBody(i));
        else if ((word.is("import") && !isAnyOf(next, {"(", "."})) || (word.is("export") && next.is("*")))
            cover(i, behindText(i));
        else if (word.is("export") && next.is("{"))
            cover(i, m_source.partner(i + 1) + 1);
    }
    [[nodiscard]] std::size_t endOfBody(std::size_t word) const
    {
        const int depth = m_source.at(word).depth;
        std::size_t i = word + 1;
        while (i < m_end && m_source.at(i).depth >= depth && !(m_source.at(i).depth == depth && m_source.at(i).is("{")))
            ++i;
        return i < m_end ? std::min(m_source.partner(i) + 1, m_end) : m_end;
    }
    [[nodiscard]] std::size_t behindText(std::size_t i) const
    {
        while (i < m_end && m_source.at(i).kind != TokenKind::String)
            ++i;
        return i + 1;
    }

    [[nodiscard]] bool isCovered(std::size_t i) const { return i < m_end && m_covered[i - m_begin]; }
    [[nodiscard]] bool isCode(std::size_t i) const
    {
        const Token& token = m_source.at(i);
        if (m_covered[i - m_begin])
            return false;
        if (token.kind == TokenKind::Sign)
            return m_isBody && i + 1 == m_end; // where it returns
        return !isAnyOf(token, {"else", "try", "finally", "do", "export"})
            && !(isModifier(token) && isCovered(i + (m_source.at(i + 1).is("*") ? 2 : 1)));
    }

    const Outline& m_source;
    bool m_isBody;
    std::size_t m_begin;
    std::size_t m_end;
    std::vector<bool> m_covered;
};

} // namespace

std::vector<LineOfCode> linesOfCode(const Outline& source, const Function* function)
{
    return OwnTokens(source, function).lines();
}

bool holdsCode(const Outline& source, std::uint32_t line)
{
    const auto has = [&](const Function* function) {
        return std::ranges::contains(linesOfCode(source, function), line, &LineOfCode::line);
    };
    return has(nullptr) || std::ranges::any_of(source.functions(), [&](const Function& f) {
        const bool isNear = source.lineOf(f.head) <= line
            && (f.end >= source.tokens().size() || source.lineOf(f.end) >= line);
        return isNear && has(&f);
    });
}

LineBegins beginsIn(const Outline& source, std::uint32_t line)
{
    const auto lineOf = [&](std::size_t i) { return source.lineOf(i); };
    const auto all = std::views::iota(std::size_t {0}, source.tokens().size());
    const auto its = std::ranges::equal_range(all, line, {}, lineOf);
    if (its.empty())
        return LineBegins::Nothing;
    std::size_t first = its.front();
    const std::size_t last = its.back();
    while (first < last && (isModifier(source.at(first)) || source.at(first).is("*")) && !source.at(first + 1).is("("))
        ++first;
    if (source.at(first).is("class") && source.at(last).is("{"))
        return LineBegins::Class;
    const bool isHead = std::ranges::any_of(source.functions(),
        [&](const Function& f) { return f.head <= first && last <= f.begin && source.at(f.begin).is("{"); });
    return isHead ? LineBegins::Function : LineBegins::Nothing;
}

} // namespace bistro::app
