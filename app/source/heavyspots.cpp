#include "source/heavyspots.h"

#include "source/lexer.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace bistro::app {
namespace {

constexpr std::size_t kLargest = 200'000; // bytes of a source that is looked through
constexpr int kDeepest = 4; // functions that call functions
// Tokens that are looked at for one question where loops and calls lie within each other: what is a hint need not be
// found at any price.
constexpr std::size_t kLooks = 1'000'000;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

// Node's own, of which each has a twin that calls back.
bool hasTwin(std::string_view name)
{
    constexpr std::array<std::string_view, 61> kNames {"accessSync", "appendFileSync", "brotliCompressSync",
        "brotliDecompressSync", "checkPrimeSync", "chmodSync", "chownSync", "closeSync", "copyFileSync", "cpSync",
        "deflateRawSync", "deflateSync", "execFileSync", "execSync", "existsSync", "fchmodSync", "fchownSync",
        "fdatasyncSync", "fstatSync", "fsyncSync", "ftruncateSync", "futimesSync", "generateKeyPairSync",
        "generateKeySync", "generatePrimeSync", "gunzipSync", "gzipSync", "hkdfSync", "inflateRawSync", "inflateSync",
        "lchownSync", "linkSync", "lstatSync", "lutimesSync", "mkdirSync", "mkdtempSync", "openSync", "opendirSync",
        "pbkdf2Sync", "randomFillSync", "readFileSync", "readSync", "readdirSync", "readlinkSync", "readvSync",
        "realpathSync", "renameSync", "rmSync", "rmdirSync", "scryptSync", "spawnSync", "statSync", "statfsSync",
        "symlinkSync", "truncateSync", "unlinkSync", "unzipSync", "utimesSync", "writeFileSync", "writeSync",
        "writevSync"};
    return std::ranges::contains(kNames, name);
}

struct Function {
    std::string_view name; // empty: none
    std::size_t head = 0; // token at which it begins, its parameters included
    std::size_t begin = 0; // first token of its body
    std::size_t end = 0; // behind its body's last
    bool inPlace = false; // it is called where it stands, by forEach and the like
};

// Whether a group of the pattern that repeats is itself repeated: "(a+)+", "(\d+,?)*". Such a pattern tries the ways to
// cut a text one by one when it does not fit.
std::string_view repeatedRepetition(std::string_view pattern)
{
    struct Group {
        std::size_t at = 0;
        bool repeats = false;
    };
    std::vector<Group> open;
    bool inClass = false;
    const auto quantifier = [&](std::size_t i) {
        constexpr std::size_t kLongest = 24; // bytes of a quantifier
        const std::string_view rest = pattern.substr(std::min(i, pattern.size()), kLongest);
        return rest.starts_with('+') || rest.starts_with('*')
            || (rest.starts_with('{') && rest.substr(0, rest.find('}')).ends_with(',')); // {2,}
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\') {
            ++i;
            if (!inClass && quantifier(i + 1) && !open.empty())
                open.back().repeats = true;
        } else if (inClass) {
            inClass = c != ']';
            if (!inClass && quantifier(i + 1) && !open.empty())
                open.back().repeats = true;
        } else if (c == '[') {
            inClass = true;
        } else if (c == '(') {
            open.push_back({.at = i});
        } else if (c == ')' && !open.empty()) {
            const Group group = open.back();
            open.pop_back();
            const bool repeated = quantifier(i + 1);
            if (repeated && group.repeats)
                return pattern.substr(group.at, i + 2 - group.at);
            if (!open.empty() && (repeated || group.repeats))
                open.back().repeats = true;
        } else if (!open.empty() && quantifier(i + 1) && c != '?' && c != '|') {
            open.back().repeats = true;
        }
    }
    return {};
}

class Text final {
public:
    explicit Text(std::string_view source)
        : m_source(source.substr(0, kLargest))
    {
        Lexer lexer(m_source, 0);
        for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next())
            m_tokens.push_back(token);
        std::uint32_t line = 1;
        std::size_t at = 0;
        for (const Token& token : m_tokens) {
            const std::size_t offset = offsetAt(token);
            line += static_cast<std::uint32_t>(std::ranges::count(m_source.substr(at, offset - at), '\n'));
            at = offset;
            m_lines.push_back(line);
        }
        matchBrackets();
        findFunctions();
        std::ranges::stable_sort(m_functions, {}, &Function::begin);
        m_inner.assign(m_tokens.size(), m_functions.size());
        for (std::size_t f = 0; f < m_functions.size(); ++f) {
            const auto [known, isNew] = m_named.try_emplace(m_functions[f].name, f);
            if (!isNew)
                known->second = m_functions.size(); // of several nobody knows which
        }
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
        findPatterns();
    }

    [[nodiscard]] std::vector<HeavySpot> between(SourcePosition from, SourcePosition until)
    {
        const std::optional<std::size_t> first = tokenAt(from);
        const std::optional<std::size_t> last = tokenAt(until);
        if (!first && !last)
            return {};
        const Function* const around = innermost(first ? *first : *last);
        std::size_t begin = around ? around->begin : 0;
        std::size_t end = around ? around->end : m_tokens.size();
        if (first && last) {
            if (innermost(*last) == around && *last > *first) {
                begin = *first;
                end = *last + 1;
            }
        } else if (first) {
            begin = *first;
        } else {
            end = *last + 1;
        }
        // A loop around both has gone round: it is part of what has run.
        if (begin > 0) {
            if (const auto loop = loopAround(begin, around ? around->begin : 0))
                begin = *loop;
        }
        scan(begin, end, 0);
        return take();
    }

    [[nodiscard]] std::vector<HeavySpot> of(std::string_view function)
    {
        if (function.data() < m_source.data() || function.data() >= m_source.data() + m_source.size())
            return {};
        const auto at = static_cast<std::size_t>(function.data() - m_source.data());
        const auto token = std::ranges::lower_bound(m_tokens, at, {}, [this](const Token& t) { return offsetAt(t); });
        const auto first = static_cast<std::size_t>(token - m_tokens.begin());
        for (const Function& each : m_functions) {
            if (each.head == first) {
                scan(each.begin, each.end, 0);
                return take();
            }
        }
        if (token != m_tokens.end() && token->kind == TokenKind::Name)
            call(token->text, 0);
        return take();
    }

private:
    // Whether one more token may be looked at.
    [[nodiscard]] bool mayLook() const { return ++m_looks <= kLooks; }
    [[nodiscard]] std::size_t offsetAt(const Token& token) const
    {
        return static_cast<std::size_t>(token.text.data() - m_source.data());
    }
    [[nodiscard]] const Token& at(std::size_t i) const
    {
        static const Token none;
        return i < m_tokens.size() ? m_tokens[i] : none;
    }

    void matchBrackets()
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
    [[nodiscard]] std::string_view givenName(std::size_t head) const
    {
        if (head >= 2 && (at(head - 1).is("=") || at(head - 1).is(":")) && at(head - 2).kind == TokenKind::Name)
            return at(head - 2).text;
        return {};
    }

    void findFunctions()
    {
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            if (at(i).is("=>")) {
                Function f;
                const bool brackets = i > 0 && at(i - 1).is(")");
                f.head = brackets ? m_partner[i - 1] : i == 0 ? 0 : i - 1;
                if (f.head > 0 && at(f.head - 1).is("async"))
                    --f.head;
                f.name = givenName(f.head);
                f.begin = i + 1;
                if (at(i + 1).is("{")) {
                    f.end = m_partner[i + 1];
                } else { // an expression, to the next comma, semicolon or closing bracket of its depth
                    f.end = i + 1;
                    const int depth = at(i).depth;
                    while (f.end < m_tokens.size() && at(f.end).depth >= depth
                        && !(at(f.end).depth == depth && isOneOf(at(f.end).text, {",", ";", ")", "]", "}"}))) {
                        if (m_partner[f.end] != m_tokens.size() && m_partner[f.end] > f.end)
                            f.end = m_partner[f.end];
                        ++f.end;
                    }
                }
                add(f);
            } else if (at(i).is("{") && i > 0 && at(i - 1).is(")") && m_partner[i - 1] > 0
                && m_partner[i - 1] < m_tokens.size()) {
                const std::size_t parameters = m_partner[i - 1];
                const std::size_t before = parameters - 1;
                Function f {.name = {}, .head = before, .begin = i, .end = m_partner[i]};
                if (at(before).is("function") || (at(before).is("*") && before > 0 && at(before - 1).is("function"))) {
                    f.head = at(before).is("function") ? before : before - 1;
                    if (f.head > 0 && at(f.head - 1).is("async"))
                        --f.head;
                    f.name = givenName(f.head);
                } else if (at(before).kind == TokenKind::Name
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
                    continue;
                }
                add(f);
            }
        }
    }

    void add(Function f)
    {
        f.end = std::min(f.end, m_tokens.size());
        // An argument of what calls it at once.
        if (f.head >= 2 && (at(f.head - 1).is("(") || at(f.head - 1).is(","))) {
            std::size_t bracket = f.head - 1;
            while (
                bracket > 0 && mayLook() && !(at(bracket).is("(") && m_partner[bracket] > f.end - (f.end > 0 ? 1 : 0)))
                --bracket;
            f.inPlace = bracket > 0
                && isOneOf(at(bracket - 1).text,
                    {"forEach", "map", "filter", "reduce", "reduceRight", "some", "every", "flatMap", "find",
                        "findIndex", "sort", "toSorted", "replace", "replaceAll", "from"});
        }
        m_functions.push_back(f);
    }

    void findPatterns()
    {
        for (std::size_t i = 0; i + 2 < m_tokens.size(); ++i) {
            if (at(i).kind == TokenKind::Name && at(i + 1).is("=") && at(i + 2).kind == TokenKind::RegularExpression)
                m_patterns.try_emplace(at(i).text, at(i + 2).text);
        }
    }

    [[nodiscard]] std::optional<std::size_t> tokenAt(SourcePosition position) const
    {
        const auto offset = position ? offsetOf(m_source, position.line, std::max<std::uint32_t>(position.column, 1))
                                     : std::nullopt;
        if (!offset)
            return {};
        const auto token = std::ranges::upper_bound(
            m_tokens, *offset, {}, [this](const Token& t) { return offsetAt(t); });
        return token == m_tokens.begin() ? 0 : static_cast<std::size_t>(token - m_tokens.begin()) - 1;
    }

    [[nodiscard]] const Function* innermost(std::size_t token) const
    {
        const std::size_t f = token < m_inner.size() ? m_inner[token] : m_functions.size();
        return f < m_functions.size() ? &m_functions[f] : nullptr;
    }

    // What a loop at this token goes over again: its head and its body; nothing when no loop stands there.
    struct Loop {
        std::size_t begin = 0;
        std::size_t end = 0;
        bool endless = false;
    };
    [[nodiscard]] std::optional<Loop> loopAt(std::size_t i) const
    {
        if (i > 0 && at(i - 1).is("."))
            return {};
        Loop loop {.begin = i};
        if (at(i).is("do") && at(i + 1).is("{")) {
            const std::size_t body = m_partner[i + 1];
            if (body >= m_tokens.size() || !at(body + 1).is("while") || !at(body + 2).is("("))
                return {};
            loop.end = std::min(m_partner[body + 2] + 1, m_tokens.size());
            loop.endless = isOneOf(at(body + 3).text, {"true", "1"}) && at(body + 4).is(")");
            return loop;
        }
        if (!at(i).is("for") && !at(i).is("while"))
            return {};
        std::size_t head = i + 1;
        if (at(i).is("for") && at(head).is("await")) // waits in each round
            return {};
        if (!at(head).is("(") || m_partner[head] >= m_tokens.size())
            return {};
        const std::size_t close = m_partner[head];
        if (at(i).is("while")) {
            // The end of a do is no loop of its own.
            if (i > 0 && at(i - 1).is("}") && m_partner[i - 1] > 0 && m_partner[i - 1] < m_tokens.size()
                && at(m_partner[i - 1] - 1).is("do"))
                return {};
            loop.endless = isOneOf(at(head + 1).text, {"true", "1"}) && close == head + 2;
        } else {
            int parts = 0;
            bool condition = false;
            for (std::size_t t = head + 1; t < close; ++t) {
                if (at(t).is(";") && at(t).depth == at(head).depth + 1)
                    ++parts;
                else if (parts == 1)
                    condition = true;
            }
            loop.endless = parts == 2 && !condition;
        }
        if (at(close + 1).is("{")) {
            loop.end = std::min(m_partner[close + 1] + 1, m_tokens.size());
        } else { // one statement
            loop.end = close + 1;
            const int depth = at(i).depth;
            while (loop.end < m_tokens.size() && mayLook() && at(loop.end).depth >= depth
                && !(at(loop.end).depth == depth && (at(loop.end).is(";") || at(loop.end).is("}"))))
                ++loop.end;
        }
        // A way out, or a pause, of its own.
        for (std::size_t t = loop.begin; t < loop.end; ++t) {
            if (!mayLook())
                return {};
            const Function* const inner = innermost(t);
            if (inner && inner->begin > loop.begin)
                continue;
            if (at(t).is("await") || at(t).is("yield"))
                return {};
            if (isOneOf(at(t).text, {"break", "return", "throw", "exit", "abort"}) && at(t).kind == TokenKind::Name)
                loop.endless = false;
        }
        return loop;
    }

    // The outermost loop of the function that goes round this token.
    [[nodiscard]] std::optional<std::size_t> loopAround(std::size_t token, std::size_t from) const
    {
        for (std::size_t i = from; i < token; ++i) {
            if (const auto loop = loopAt(i); loop && loop->end > token)
                return i;
        }
        return {};
    }

    void scan(std::size_t begin, std::size_t end, int depth)
    {
        for (std::size_t i = begin; i < std::min(end, m_tokens.size()); ++i) {
            // What is called later is not part of this.
            auto nested = std::ranges::lower_bound(m_functions, i, {}, &Function::begin);
            while (nested != m_functions.end() && nested->begin == i && nested->inPlace)
                ++nested;
            if (i > begin && nested != m_functions.end() && nested->begin == i && nested->end > i) {
                i = nested->end - 1;
                continue;
            }
            look(i, depth);
        }
    }

    void look(std::size_t i, int depth)
    {
        const Token& token = at(i);
        if (token.kind == TokenKind::RegularExpression) {
            pattern(i, token.text);
            return;
        }
        if (token.kind != TokenKind::Name)
            return;
        if (const auto loop = loopAt(i)) {
            found(loop->endless ? HeavyKind::EndlessLoop : HeavyKind::Loop, i, token.text);
            return;
        }
        const bool called = at(i + 1).is("(");
        if (called && hasTwin(token.text) && !m_named.contains(token.text)) {
            found(HeavyKind::SyncCall, i, token.text);
        } else if (called && i >= 2 && at(i - 1).is(".") && at(i - 2).is("JSON")
            && isOneOf(token.text, {"parse", "stringify"})) {
            found(HeavyKind::Json, i, std::string("JSON.") + std::string(token.text));
        } else if (called && i >= 2 && at(i - 1).is(".") && at(i - 2).is("Atomics") && token.text == "wait") {
            found(HeavyKind::SyncCall, i, "Atomics.wait");
        } else if (const auto known = m_patterns.find(token.text); known != m_patterns.end() && !at(i + 1).is("=")) {
            pattern(i, known->second);
        } else if (called && (i == 0 || !at(i - 1).is(".")) && (i == 0 || !at(i - 1).is("function"))) {
            call(token.text, depth);
        }
    }

    void call(std::string_view name, int depth)
    {
        const auto named = m_named.find(name);
        if (depth >= kDeepest || named == m_named.end() || named->second == m_functions.size())
            return;
        const Function f = m_functions[named->second];
        if (m_called.insert(f.begin).second)
            scan(f.begin, f.end, depth + 1);
    }

    void pattern(std::size_t i, std::string_view text)
    {
        const std::string_view repeated = repeatedRepetition(text);
        if (!repeated.empty())
            found(HeavyKind::Pattern, i, repeated);
    }

    void found(HeavyKind kind, std::size_t i, std::string_view name)
    {
        HeavySpot spot {.kind = kind, .line = m_lines[i], .name = std::string(name)};
        if (!std::ranges::contains(m_spots, spot))
            m_spots.push_back(std::move(spot));
    }

    [[nodiscard]] std::vector<HeavySpot> take()
    {
        std::ranges::stable_sort(m_spots, {}, &HeavySpot::line);
        return std::move(m_spots);
    }

    std::string_view m_source;
    std::vector<Token> m_tokens;
    std::vector<std::uint32_t> m_lines; // of each token
    std::vector<std::size_t> m_partner; // of each bracket; the number of tokens: it has none
    std::vector<Function> m_functions; // by where they begin
    std::vector<std::size_t>
        m_inner; // of each token: the innermost function that it is in, but for those that are called in place
    std::unordered_map<std::string_view, std::size_t>
        m_named; // functions by name; as many as there are: several have it
    std::unordered_map<std::string_view, std::string_view>
        m_patterns; // by the names that they are kept under: the first
    mutable std::size_t m_looks = 0;
    std::set<std::size_t> m_called;
    std::vector<HeavySpot> m_spots;
};

} // namespace

std::vector<HeavySpot> heavySpots(std::string_view source, SourcePosition from, SourcePosition until)
{
    return Text(source).between(from, until);
}

std::vector<HeavySpot> heavySpotsOf(std::string_view source, std::string_view function)
{
    return Text(source).of(function);
}

} // namespace bistro::app
