// JavaScript source in lexemes, from a state that can be kept: the rules by which texts, templates, comments and
// regular expressions begin and end. Lexer makes tokens of them. The editor colors each line by them, from the state at
// the line's beginning. Not a grammar: it makes the best of source that is cut. JSX is not known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace bistro::app {

enum class LexemeKind : std::uint8_t { End, Name, Number, String, TemplateText, Comment, RegularExpression, Sign };

struct Lexeme {
    LexemeKind kind = LexemeKind::End;
    std::string_view text; // quotes included; of a template what stands between its gaps
    bool isOpen = false; // a text, template, comment or regular expression that goes on where the source is cut
};

// Where a scanner stands: all that decides what follows. A value.
struct ScanState {
    enum class Within : std::uint8_t { Code, Comment, TemplateText, SingleQuotes, DoubleQuotes };
    Within within = Within::Code;
    bool expectsValue = true; // a slash begins a regular expression; after a value it divides
    bool beginsStatement = true; // a brace begins a block and no object
    bool afterDot = false; // a name is a member and no keyword
    bool afterCondition = false; // a parenthesis is that of if, for, while or with
    std::string open; // brackets, the outermost first; one letter each

    bool operator==(const ScanState&) const = default;
};

class Scanner final {
public:
    // From the source's byte `at`. The source outlives its lexemes.
    explicit Scanner(std::string_view source, std::size_t at = 0, ScanState state = {})
        : m_source(source)
        , m_at(at)
        , m_state(std::move(state))
    {
    }

    // End after the last. Space is skipped.
    Lexeme next();
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] const ScanState& state() const { return m_state; }

private:
    Lexeme lexeme(LexemeKind kind, std::size_t start, bool isOpen = false) const;
    Lexeme comment(std::size_t start);
    Lexeme quoted(std::size_t start, char quote);
    Lexeme regularExpression(std::size_t start);
    Lexeme templateText(std::size_t start);
    Lexeme name(std::size_t start);
    Lexeme sign(std::size_t start);
    void opens(char bracket);
    void closes(char bracket);
    void expect(bool value, bool statement = false);

    std::string_view m_source;
    std::size_t m_at = 0;
    ScanState m_state;
};

// What a place is within: a text, a comment …, or End where it is code. `source` begins in `state` and ends there.
[[nodiscard]] LexemeKind kindAtEnd(std::string_view source, const ScanState& state);

} // namespace bistro::app
