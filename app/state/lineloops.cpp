#include "state/lineloops.h"

#include "source/statement.h"

#include <algorithm>

namespace bistro::app {

namespace {

constexpr int kStatements = 50; // statements within each other without brackets

bool isOneOf(const Token& token, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
}

} // namespace

LineLoops::LineLoops(std::string_view source)
    : m_outline(source)
{
    for (std::size_t i = 0; i < m_outline.tokens().size(); ++i) {
        const bool isMember = i > 0 && isOneOf(m_outline.at(i - 1), {".", "?."});
        if (!isMember && isOneOf(m_outline.at(i), {"for", "while", "do"}))
            add(i);
    }
}

// What comes behind these brackets; the number of tokens: there are none.
std::size_t LineLoops::behind(std::size_t bracket) const
{
    const std::size_t all = m_outline.tokens().size();
    return bracket < all && m_outline.partner(bracket) < all ? m_outline.partner(bracket) + 1 : all;
}

void LineLoops::add(std::size_t keyword)
{
    const std::size_t all = m_outline.tokens().size();
    LineLoop loop {.begin = keyword, .end = statementEnd(keyword, 0)};
    std::size_t tail = loop.end; // behind its body
    if (m_outline.at(keyword).is("do")) {
        tail = statementEnd(keyword + 1, 0);
        if (!m_outline.at(tail).is("while"))
            return; // a property's name
        m_tails.insert(tail);
    } else {
        loop.open = keyword + (m_outline.at(keyword + 1).is("await") ? 2 : 1);
        if (m_tails.contains(keyword) || !m_outline.at(loop.open).is("(") || behind(loop.open) >= all)
            return;
        loop.close = m_outline.partner(loop.open);
        loop.testBegin = loop.open + 1;
        loop.testEnd = loop.updateBegin = loop.close;
        const int depth = m_outline.at(loop.open).depth + 1;
        std::vector<std::size_t> semicolons;
        std::size_t of = loop.close;
        for (std::size_t i = loop.open + 1; i < loop.close; ++i) {
            if (m_outline.at(i).depth != depth)
                continue;
            if (m_outline.at(i).is(";"))
                semicolons.push_back(i);
            else if (of == loop.close && i > loop.open + 1 && isOneOf(m_outline.at(i), {"of", "in"}))
                of = i;
        }
        if (m_outline.at(keyword).is("for") && semicolons.size() == 2) {
            loop.testBegin = semicolons[0] + 1;
            loop.testEnd = semicolons[1];
            loop.updateBegin = semicolons[1] + 1;
        } else if (m_outline.at(keyword).is("for")) {
            loop.testEnd = of;
        }
        if (loop.testBegin < loop.testEnd) {
            loop.testLine = m_outline.lineOf(loop.testBegin);
            loop.testLastLine = m_outline.lineOf(loop.testEnd - 1);
        }
    }
    if (loop.end <= keyword || loop.end > all)
        return;
    loop.bodyBegin = std::max(loop.close, keyword) + 1;
    loop.bodyEnd = tail;
    loop.isEmpty = true;
    for (std::size_t i = loop.bodyBegin; i < loop.bodyEnd; ++i)
        loop.isEmpty = loop.isEmpty && isOneOf(m_outline.at(i), {"{", "}", ";"});
    const std::uint32_t line = m_outline.lineOf(keyword);
    loop.isInOneLine = m_outline.lineOf(loop.end - 1) == line;
    if (loop.isInOneLine)
        m_lines.insert(line);
    constexpr std::uint32_t kLines = 100; // of a head
    for (std::uint32_t i = loop.testLine; loop.testLine > 0 && i <= std::min(loop.testLastLine, loop.testLine + kLines);
        ++i)
        m_lines.insert(i);
    m_loops.push_back(loop);
}

std::size_t LineLoops::statementEnd(std::size_t begin, int within)
{
    const std::size_t all = m_outline.tokens().size();
    const Token& first = m_outline.at(begin);
    if (begin >= all || within > kStatements)
        return all;
    if (first.is("{"))
        return behind(begin);
    if (isOneOf(first, {"for", "while", "if"})) {
        const std::size_t body = behind(begin + (m_outline.at(begin + 1).is("await") ? 2 : 1));
        const std::size_t end = statementEnd(body, within + 1);
        return first.is("if") && m_outline.at(end).is("else") ? statementEnd(end + 1, within + 1) : end;
    }
    if (first.is("do")) {
        const std::size_t tail = statementEnd(begin + 1, within + 1);
        const std::size_t end = m_outline.at(tail).is("while") ? behind(tail + 1) : tail;
        return m_outline.at(end).is(";") ? end + 1 : end;
    }
    if (first.is("switch"))
        return behind(behind(begin + 1));
    if (first.is("try")) {
        std::size_t end = behind(begin + 1);
        if (m_outline.at(end).is("catch"))
            end = m_outline.at(end + 1).is("(") ? behind(behind(end + 1)) : behind(end + 1);
        return m_outline.at(end).is("finally") ? behind(end + 1) : end;
    }
    return endOfExpression(m_outline, begin, m_looks);
}

const LineLoops::Stop& LineLoops::at(trace::StackId id, const trace::Frame& frame)
{
    const auto [known, isNew] = m_stops.try_emplace(id.value, Stop {.line = frame.line, .column = frame.column});
    Stop& stop = known->second;
    const auto token = isNew ? m_outline.tokenAt(frame.line, frame.column) : std::nullopt;
    if (!token)
        return stop;
    stop.token = *token;
    stop.function = functionAtStop(m_outline, frame.line, frame.column);
    for (const LineLoop& loop : m_loops) {
        if (loop.isInOneLine && loop.has(stop.token) && !stop.inLine)
            stop.inLine = &loop;
        if (loop.isHead(stop.token) && functionAround(m_outline, loop.begin) == stop.function)
            stop.head = &loop;
    }
    findRound(stop);
    return stop;
}

void LineLoops::findRound(Stop& stop) const
{
    if (!stop.inLine)
        return;
    for (std::size_t i = 0; i < m_loops.size() && m_loops[i].begin <= stop.token; ++i) {
        const LineLoop& loop = m_loops[i];
        const bool has = loop.isInOneLine && (loop.isBody(stop.token) || (loop.isEmpty && loop.isTest(stop.token)));
        if (!has || functionAround(m_outline, loop.begin) != stop.function)
            continue;
        bool isInnermost = true;
        for (std::size_t k = i + 1; isInnermost && k < m_loops.size() && m_loops[k].begin < loop.bodyEnd; ++k)
            isInnermost = functionAround(m_outline, m_loops[k].begin) != stop.function;
        stop.round = isInnermost ? &loop : nullptr;
    }
}

std::size_t LineLoops::outermostAround(const Stop& stop) const
{
    for (const LineLoop& loop : m_loops) {
        if (loop.has(stop.token) && functionAround(m_outline, loop.begin) == stop.function)
            return loop.begin;
    }
    return stop.token;
}

} // namespace bistro::app
