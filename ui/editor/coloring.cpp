#include "editor/coloring.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

namespace bistro::ui {
namespace {

using app::LexemeKind;
using app::ScanState;

constexpr std::size_t kDeepest = 200; // brackets around a line that its state keeps
constexpr int kCommentRegion = 1;

// A byte a letter, so that places in the one are places in the other. To the lexer other letters than ASCII are all
// alike.
std::string bytesOf(QStringView line)
{
    constexpr char kOtherLetter = '\x80';
    std::string bytes(static_cast<std::size_t>(line.size()), kOtherLetter);
    std::ranges::transform(line, bytes.begin(), [](QChar c) {
        return c.unicode() < 0x80 ? static_cast<char>(c.unicode()) : c.isSpace() ? ' ' : kOtherLetter;
    });
    return bytes;
}

bool isKeyword(std::string_view word, bool typeScript)
{
    static const std::unordered_set<std::string_view> always {"break", "case", "catch", "class", "const", "continue",
        "debugger", "default", "delete", "do", "else", "export", "extends", "false", "finally", "for", "function", "if",
        "import", "in", "instanceof", "let", "new", "null", "return", "super", "switch", "this", "throw", "true", "try",
        "typeof", "var", "void", "while", "with", "yield", "await"};
    static const std::unordered_set<std::string_view> inTypeScript {"enum", "implements", "interface", "private",
        "protected", "public", "readonly", "abstract", "declare", "keyof", "namespace", "satisfies", "infer"};
    return always.contains(word) || (typeScript && inTypeScript.contains(word));
}

// Words that are names as well: keywords only where another word, a text or a bracket follows after a space.
bool isKeywordBefore(std::string_view word, std::string_view rest, bool typeScript)
{
    constexpr std::array<std::string_view, 7> kWords {"of", "from", "as", "get", "set", "static", "async"};
    if (!std::ranges::contains(kWords, word) && !(typeScript && (word == "type" || word == "is")))
        return false;
    const std::size_t at = rest.find_first_not_of(" \t");
    if (at == std::string_view::npos || (at == 0 && rest.front() != '{'))
        return false;
    const char next = rest[at];
    return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '_' || next == '$' || next == '#'
        || next == '\'' || next == '"' || next == '`' || next == '[' || next == '{' || (next == '(' && word == "async")
        || static_cast<unsigned char>(next) >= 0x80;
}

CodeToken tokenOf(const app::Lexeme& lexeme, const ScanState& before, std::string_view rest, bool typeScript)
{
    switch (lexeme.kind) {
    case LexemeKind::Name:
        return !before.afterDot
                && (isKeyword(lexeme.text, typeScript) || isKeywordBefore(lexeme.text, rest, typeScript))
            ? CodeToken::Keyword
            : CodeToken::Code;
    case LexemeKind::Number: return CodeToken::Number;
    case LexemeKind::String:
    case LexemeKind::TemplateText:
    case LexemeKind::RegularExpression: return CodeToken::Text;
    case LexemeKind::Comment: return CodeToken::Comment;
    case LexemeKind::Sign: return CodeToken::Sign;
    case LexemeKind::End: break;
    }
    return CodeToken::Code;
}

// What begins and ends within the line is gone again.
void addEdge(QList<FoldEdge>& edges, int region, bool begins)
{
    if (!begins && !edges.isEmpty() && edges.back() == FoldEdge {.region = region, .begins = true})
        edges.removeLast();
    else
        edges.append({.region = region, .begins = begins});
}

void addEdges(QList<FoldEdge>& edges, const app::Lexeme& lexeme, const ScanState& before)
{
    if (lexeme.kind == LexemeKind::Comment) {
        if (before.within == ScanState::Within::Comment && !lexeme.isOpen)
            addEdge(edges, kCommentRegion, false);
        else if (lexeme.isOpen && lexeme.text.starts_with("/*"))
            addEdge(edges, kCommentRegion, true);
        return;
    }
    if (lexeme.kind != LexemeKind::Sign)
        return;
    switch (lexeme.text.back()) { // of ${ it is the brace
    case '(': addEdge(edges, ')', true); break;
    case '[': addEdge(edges, ']', true); break;
    case '{': addEdge(edges, '}', true); break;
    case ')':
    case ']':
    case '}': addEdge(edges, lexeme.text.back(), false); break;
    default: break;
    }
}

} // namespace

ColoredLine colored(QStringView line, const ScanState& before, bool typeScript)
{
    const std::string bytes = bytesOf(line);
    ColoredLine result;
    app::Scanner scanner(bytes, 0, before);
    for (;;) {
        // A keyword depends on what stands before it: two marks of the state, kept before the next lexeme is read.
        const bool afterDot = scanner.state().afterDot;
        const ScanState::Within within = scanner.state().within;
        const app::Lexeme lexeme = scanner.next();
        if (lexeme.kind == LexemeKind::End)
            break;
        const ScanState marks {.within = within, .afterDot = afterDot, .open = {}};
        const auto start = static_cast<int>(lexeme.text.data() - bytes.data());
        const CodeToken token = tokenOf(lexeme, marks, std::string_view(bytes).substr(scanner.at()), typeScript);
        addEdges(result.edges, lexeme, marks);
        if (token != CodeToken::Code)
            result.parts.append({.start = start, .length = static_cast<int>(lexeme.text.size()), .token = token});
    }
    result.after = scanner.state();
    if (auto& open = result.after.open; open.size() > kDeepest)
        open.erase(0, open.size() - kDeepest);
    return result;
}

app::LexemeKind kindAt(QStringView line, qsizetype column, const ScanState& before)
{
    return app::kindAtEnd(bytesOf(line.first(column)), before);
}

} // namespace bistro::ui
