#include "source/heavyspots.h"

#include "source/outline.h"
#include "source/patterns.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace bistro::app {
namespace {

constexpr std::size_t kLargest = 200'000; // bytes of a source that is looked through
constexpr int kDeepest = 4; // functions that call functions
// Tokens that are looked at for one question where loops lie within each other: what is a hint need not be found at
// any price.
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

class Text final {
public:
    explicit Text(std::string_view source)
        : m_outline(source.substr(0, kLargest))
    {
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
        std::size_t end = around ? around->end : size();
        // What is handed to the call that is seen was worked out before it.
        const auto after = [this](std::size_t call) {
            return at(call + 1).is("(") && partner(call + 1) > call ? std::min(partner(call + 1) + 1, size())
                                                                    : call + 1;
        };
        if (first && last) {
            if (innermost(*last) == around && *last > *first) {
                begin = *first;
                end = after(*last);
            }
        } else if (first) {
            begin = *first;
        } else {
            end = after(*last);
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
        const std::string_view source = m_outline.source();
        if (function.data() < source.data() || function.data() >= source.data() + source.size())
            return {};
        const std::size_t first = m_outline.tokenFrom(static_cast<std::size_t>(function.data() - source.data()));
        for (const Function& each : m_outline.functions()) {
            if (each.head == first) {
                scan(each.begin, each.end, 0);
                return take();
            }
        }
        if (at(first).kind == TokenKind::Name)
            call(at(first).text, 0);
        return take();
    }

    [[nodiscard]] std::vector<HeavySpot> ofArgument(std::string_view called)
    {
        for (std::size_t i = 0; i + 1 < size(); ++i) {
            if (!at(i).is(called) || at(i).kind != TokenKind::Name || !at(i + 1).is("("))
                continue;
            for (const Function& each : m_outline.functions()) {
                if (each.head > i + 1 && each.head < partner(i + 1)) {
                    scan(each.begin, each.end, 0);
                    return take();
                }
            }
            for (std::size_t argument = i + 2; argument < std::min(partner(i + 1), size()); ++argument) {
                if (at(argument).kind == TokenKind::Name && at(argument).depth == at(i + 1).depth + 1)
                    call(at(argument).text, 0);
            }
            return take();
        }
        return {};
    }

private:
    // Whether one more token may be looked at.
    [[nodiscard]] bool mayLook() const { return ++m_looks <= kLooks; }
    [[nodiscard]] const Token& at(std::size_t i) const { return m_outline.at(i); }
    [[nodiscard]] std::size_t size() const { return m_outline.tokens().size(); }
    [[nodiscard]] std::size_t partner(std::size_t i) const { return m_outline.partner(i); }
    [[nodiscard]] std::optional<std::size_t> tokenAt(SourcePosition position) const
    {
        return m_outline.tokenAt(position.line, position.column);
    }
    [[nodiscard]] const Function* innermost(std::size_t token) const { return m_outline.innermost(token); }

    void findPatterns()
    {
        for (std::size_t i = 0; i + 2 < size(); ++i) {
            if (at(i).kind == TokenKind::Name && at(i + 1).is("=") && at(i + 2).kind == TokenKind::RegularExpression)
                m_patterns.try_emplace(at(i).text, at(i + 2).text);
        }
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
            const std::size_t body = partner(i + 1);
            if (body >= size() || !at(body + 1).is("while") || !at(body + 2).is("("))
                return {};
            loop.end = std::min(partner(body + 2) + 1, size());
            loop.endless = isOneOf(at(body + 3).text, {"true", "1"}) && at(body + 4).is(")");
            return loop;
        }
        if (!at(i).is("for") && !at(i).is("while"))
            return {};
        std::size_t head = i + 1;
        if (at(i).is("for") && at(head).is("await")) // waits in each round
            return {};
        if (!at(head).is("(") || partner(head) >= size())
            return {};
        const std::size_t close = partner(head);
        if (at(i).is("while")) {
            // The end of a do is no loop of its own.
            if (i > 0 && at(i - 1).is("}") && partner(i - 1) > 0 && partner(i - 1) < size()
                && at(partner(i - 1) - 1).is("do"))
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
            loop.end = std::min(partner(close + 1) + 1, size());
        } else { // one statement
            loop.end = close + 1;
            const int depth = at(i).depth;
            while (loop.end < size() && mayLook() && at(loop.end).depth >= depth
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
        for (std::size_t i = begin; i < std::min(end, size()); ++i) {
            // What is called later is not part of this.
            const std::vector<Function>& functions = m_outline.functions();
            auto nested = std::ranges::lower_bound(functions, i, {}, &Function::begin);
            while (nested != functions.end() && nested->begin == i && nested->inPlace)
                ++nested;
            if (i > begin && nested != functions.end() && nested->begin == i && nested->end > i) {
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
            // What is kept under a name takes its time where it is used.
            if (i >= 2 && at(i - 1).is("=") && at(i - 2).kind == TokenKind::Name)
                m_kept.push_back(i);
            else
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
        if (called && hasTwin(token.text) && !m_outline.hasNamed(token.text)) {
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
        const Function* const f = m_outline.named(name);
        if (depth < kDeepest && f && m_called.insert(f->begin).second)
            scan(f->begin, f->end, depth + 1);
    }

    void pattern(std::size_t i, std::string_view text)
    {
        const std::string_view repeated = repeatedRepetition(text);
        if (!repeated.empty())
            found(HeavyKind::Pattern, i, repeated);
    }

    void found(HeavyKind kind, std::size_t i, std::string_view name)
    {
        const std::string_view source = m_outline.source();
        const auto offset = static_cast<std::size_t>(at(i).text.data() - source.data());
        const std::size_t newLine = offset == 0 ? std::string_view::npos : source.rfind('\n', offset - 1);
        const std::size_t begin = newLine == std::string_view::npos ? 0 : newLine + 1;
        HeavySpot spot {.kind = kind,
            .line = m_outline.lineOf(i),
            .column = static_cast<std::uint32_t>(offset - begin + 1),
            .name = std::string(name)};
        const auto isSame = [&spot](const HeavySpot& known) {
            return known.kind == spot.kind && known.line == spot.line && known.name == spot.name;
        };
        if (std::ranges::none_of(m_spots, isSame))
            m_spots.push_back(std::move(spot));
    }

    [[nodiscard]] std::vector<HeavySpot> take()
    {
        for (const std::size_t i : m_kept) {
            const std::string_view repeated = repeatedRepetition(at(i).text);
            const auto isUsed = [repeated](const HeavySpot& spot) {
                return spot.kind == HeavyKind::Pattern && spot.name == repeated;
            };
            if (std::ranges::none_of(m_spots, isUsed))
                pattern(i, at(i).text);
        }
        std::ranges::stable_sort(m_spots, {}, &HeavySpot::line);
        return std::move(m_spots);
    }

    Outline m_outline;
    std::unordered_map<std::string_view, std::string_view>
        m_patterns; // by the names that they are kept under: the first
    std::vector<std::size_t> m_kept; // patterns that were seen where they get a name
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

std::vector<HeavySpot> heavySpotsOfArgument(std::string_view source, std::string_view called)
{
    return Text(source).ofArgument(called);
}

} // namespace bistro::app
