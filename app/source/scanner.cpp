#include "source/scanner.h"

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

// In ScanState::open.
constexpr char kCondition = 'c'; // the parenthesis of if, for, while, with: a statement follows
constexpr char kParenthesis = '(';
constexpr char kBracket = '[';
constexpr char kBlock = 'b';
constexpr char kObject = 'o';
constexpr char kGap = '$'; // of a template

bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '#'
        || (static_cast<unsigned char>(c) & 0x80u) != 0;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

} // namespace

Lexeme Scanner::lexeme(LexemeKind kind, std::size_t start, bool isOpen) const
{
    return {.kind = kind, .text = m_source.substr(start, m_at - start), .isOpen = isOpen};
}

void Scanner::expect(bool value, bool statement)
{
    m_state.expectsValue = value;
    m_state.beginsStatement = statement;
    m_state.afterDot = false;
    m_state.afterCondition = false;
}

Lexeme Scanner::next()
{
    if (m_state.within == ScanState::Within::Code) {
        while (m_at < m_source.size() && isSpace(m_source[m_at]))
            ++m_at;
    }
    const std::size_t start = m_at;
    if (start >= m_source.size())
        return {};
    switch (m_state.within) {
    case ScanState::Within::Comment: return comment(start);
    case ScanState::Within::TemplateText: return templateText(start);
    case ScanState::Within::SingleQuotes: return quoted(start, '\'');
    case ScanState::Within::DoubleQuotes: return quoted(start, '"');
    case ScanState::Within::Code: break;
    }
    const char c = m_source[start];
    const char after = start + 1 < m_source.size() ? m_source[start + 1] : '\0';
    if ((c == '/' && (after == '/' || after == '*')) || (c == '#' && after == '!' && start == 0))
        return comment(start);
    if (startsName(c))
        return name(start);
    if (isDigit(c)) {
        while (
            m_at < m_source.size() && (startsName(m_source[m_at]) || isDigit(m_source[m_at]) || m_source[m_at] == '.'))
            ++m_at;
        expect(false);
        return lexeme(LexemeKind::Number, start);
    }
    if (c == '"' || c == '\'') {
        ++m_at;
        return quoted(start, c);
    }
    if (c == '`') {
        ++m_at;
        return templateText(start);
    }
    return c == '/' && m_state.expectsValue ? regularExpression(start) : sign(start);
}

Lexeme Scanner::comment(std::size_t start)
{
    const bool goesOn = m_state.within == ScanState::Within::Comment;
    if (!goesOn && m_source[start + 1] != '*') {
        m_at = std::min(m_source.find('\n', start), m_source.size());
        return lexeme(LexemeKind::Comment, start, m_at == m_source.size());
    }
    const std::size_t end = m_source.find("*/", goesOn ? start : start + 2);
    const bool isOpen = end == std::string_view::npos;
    m_at = isOpen ? m_source.size() : end + 2;
    m_state.within = isOpen ? ScanState::Within::Comment : ScanState::Within::Code;
    return lexeme(LexemeKind::Comment, start, isOpen);
}

// Ends with its line, unless a backslash stands there.
Lexeme Scanner::quoted(std::size_t start, char quote)
{
    m_state.within = ScanState::Within::Code;
    bool goesOn = false;
    for (; m_at < m_source.size() && m_source[m_at] != quote && m_source[m_at] != '\n'; ++m_at) {
        if (m_source[m_at] == '\\') {
            ++m_at;
            goesOn = m_at >= m_source.size();
        }
    }
    expect(false);
    const bool isOpen = m_at >= m_source.size();
    if (goesOn)
        m_state.within = quote == '"' ? ScanState::Within::DoubleQuotes : ScanState::Within::SingleQuotes;
    if (!isOpen && m_source[m_at] == quote)
        ++m_at;
    m_at = std::min(m_at, m_source.size());
    return lexeme(LexemeKind::String, start, isOpen);
}

Lexeme Scanner::regularExpression(std::size_t start)
{
    bool inClass = false;
    for (++m_at; m_at < m_source.size() && m_source[m_at] != '\n' && (inClass || m_source[m_at] != '/'); ++m_at) {
        if (m_source[m_at] == '\\')
            ++m_at;
        else if (m_source[m_at] == '[')
            inClass = true;
        else if (m_source[m_at] == ']')
            inClass = false;
    }
    const bool isOpen = m_at >= m_source.size();
    m_at = std::min(m_at, m_source.size());
    if (!isOpen && m_source[m_at] == '/') {
        ++m_at;
        while (m_at < m_source.size() && startsName(m_source[m_at]))
            ++m_at;
    }
    expect(false);
    return lexeme(LexemeKind::RegularExpression, start, isOpen);
}

// Up to its end, or to a gap, which is code: `a ${b} c`.
Lexeme Scanner::templateText(std::size_t start)
{
    if (m_state.within == ScanState::Within::TemplateText && m_source.substr(start, 2) == "${") {
        m_at += 2;
        m_state.within = ScanState::Within::Code;
        m_state.open.push_back(kGap);
        expect(true);
        return lexeme(LexemeKind::Sign, start);
    }
    m_state.within = ScanState::Within::TemplateText;
    for (; m_at < m_source.size(); ++m_at) {
        if (m_source[m_at] == '\\') {
            ++m_at;
        } else if (m_source[m_at] == '`') {
            ++m_at;
            m_state.within = ScanState::Within::Code;
            expect(false);
            return lexeme(LexemeKind::TemplateText, start);
        } else if (m_source.substr(m_at, 2) == "${") {
            return lexeme(LexemeKind::TemplateText, start);
        }
    }
    m_at = m_source.size();
    return lexeme(LexemeKind::TemplateText, start, true);
}

Lexeme Scanner::name(std::size_t start)
{
    constexpr std::array<std::string_view, 16> kBeforeValues {"return", "typeof", "case", "in", "of", "delete", "void",
        "throw", "new", "await", "yield", "else", "do", "instanceof", "default", "extends"};
    constexpr std::array<std::string_view, 4> kBeforeBlocks {"else", "do", "try", "finally"};
    constexpr std::array<std::string_view, 4> kConditions {"if", "for", "while", "with"};
    while (m_at < m_source.size() && (startsName(m_source[m_at]) || isDigit(m_source[m_at])))
        ++m_at;
    const Lexeme name = lexeme(LexemeKind::Name, start);
    const bool member = m_state.afterDot;
    const bool forAwait = m_state.afterCondition && name.text == "await";
    expect(!member && std::ranges::contains(kBeforeValues, name.text),
        !member && std::ranges::contains(kBeforeBlocks, name.text));
    m_state.afterCondition = !member && (forAwait || std::ranges::contains(kConditions, name.text));
    return name;
}

Lexeme Scanner::sign(std::size_t start)
{
    const std::string_view two = m_source.substr(start, 2);
    const char c = m_source[start];
    // 1 > 2 ? .5 : .7 has no optional chain.
    const bool chain = two == "?." && (start + 2 >= m_source.size() || !isDigit(m_source[start + 2]));
    m_at += two == "=>" || chain ? 2 : 1;
    switch (c) {
    case '(':
    case '[':
    case '{': opens(c); break;
    case ')':
    case ']':
    case '}': closes(c); break;
    case ';': expect(true, true); break;
    case ':': expect(true, m_state.open.empty() || m_state.open.back() == kBlock); break; // a label, or a property
    case '+':
    case '-':
        // After a value x++ is one, too: each of the two signs looks whether the other stands beside it.
        if (!m_state.expectsValue && two.size() == 2 && two[1] == c)
            break;
        if (!m_state.expectsValue && start > 0 && m_source[start - 1] == c)
            break;
        expect(true);
        break;
    case '!':
        if (m_state.expectsValue || (two.size() == 2 && two[1] == '='))
            expect(true); // else TypeScript's: there is a value
        break;
    case '.': {
        const bool spread = m_source.substr(start, 3) == "..." || (start > 0 && m_source[start - 1] == '.');
        expect(spread);
        m_state.afterDot = !spread;
        break;
    }
    default:
        expect(!chain, two == "=>");
        m_state.afterDot = chain;
        break;
    }
    return lexeme(LexemeKind::Sign, start);
}

void Scanner::opens(char bracket)
{
    char kind = bracket;
    if (bracket == '(' && m_state.afterCondition)
        kind = kCondition;
    else if (bracket == '{')
        kind = m_state.expectsValue && !m_state.beginsStatement ? kObject : kBlock;
    m_state.open.push_back(kind);
    expect(true, kind == kBlock);
}

// A bracket that nobody opened closes nothing, and one that is missing ends with what is around it.
void Scanner::closes(char bracket)
{
    auto& open = m_state.open;
    const auto fits = [bracket](char kind) {
        return bracket == ')' ? kind == kParenthesis || kind == kCondition
            : bracket == ']'  ? kind == kBracket
                              : kind == kBlock || kind == kObject || kind == kGap;
    };
    const auto isBrace = [](char kind) { return kind == kBlock || kind == kObject || kind == kGap; };
    std::size_t at = open.size();
    while (at > 0 && !fits(open[at - 1]) && !isBrace(open[at - 1]))
        --at;
    if (at == 0 || !fits(open[at - 1])) {
        expect(bracket == '}', bracket == '}');
        return;
    }
    const char kind = open[at - 1];
    open.resize(at - 1);
    const bool statement = kind == kBlock || kind == kCondition;
    expect(statement, statement);
    if (kind == kGap)
        m_state.within = ScanState::Within::TemplateText;
}

LexemeKind kindAtEnd(std::string_view source, const ScanState& state)
{
    Scanner scanner(source, 0, state);
    Lexeme last;
    for (Lexeme lexeme = scanner.next(); lexeme.kind != LexemeKind::End; lexeme = scanner.next())
        last = lexeme;
    if (last.isOpen)
        return last.kind;
    switch (scanner.state().within) { // nothing of it stands in this source
    case ScanState::Within::Comment: return LexemeKind::Comment;
    case ScanState::Within::TemplateText: return LexemeKind::TemplateText;
    case ScanState::Within::SingleQuotes:
    case ScanState::Within::DoubleQuotes: return LexemeKind::String;
    case ScanState::Within::Code: break;
    }
    return LexemeKind::End;
}

} // namespace bistro::app
