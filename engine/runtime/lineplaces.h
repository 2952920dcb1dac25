// The places where lines stop, and what is known of each: found by asking V8 once, at the first stop there.
//
// Where a variable lies, V8 does not say in so many words. But it lets a debugger set one: a word that is nowhere else
// is set, the frame and the contexts around it are looked through for it, and what was there is put back.
#pragma once

#include "lineobjects.h"
#include "linescopes.h"
#include "linevariable.h"
#include "trace/ids.h"
#include "v8debug.h"
#include "v8layout.h"

#include <v8.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bistro {

struct RecordedThread;

// Line and column, from 0.
[[nodiscard]] inline std::pair<int, int> placeOf(const v8::debug::Location& location)
{
    return {location.GetLineNumber(), location.GetColumnNumber()};
}

// A function's code.
struct LineCode {
    int script = 0;
    v8::debug::Location start {0, 0};
    TextId name;
    bool isTop = false; // of a file
    bool isModule = false; // the top of a module
    bool isResumable = false; // an async function, a generator, a module
    bool isAsync = false;
    bool isGenerator = false;
    int generator = 0; // where in the frame its generator object lies; 0: not known yet
    std::uint32_t values = 0; // variables of its own, at all its places
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> indices; // level and name
    std::optional<std::unordered_map<int, int>> firstWrites; // of its registers (linebytecode.h)
    std::set<std::pair<int, int>> places; // where it has stopped, by line and column from 0
    LineScopes scopes;
    bool armed = true;
    int takenAway = 0;
    std::uint64_t takenIn = 0; // the callback
    std::set<std::pair<int, int>> takenPlaces; // where it would stop if it were armed
};

struct LinePlace {
    LineCode* code = nullptr; // null: nothing is recorded here
    LinePoint point = LinePoint::Statement;
    StackId stack;
    TextId visible;
    int line = 0;
    int column = 0;
    int offset = 0; // of its bytecode
    bool tellsThis = false;
    std::vector<LineVariable> variables;
    std::uint64_t callback = 0; // in which it was reached last
    std::uint32_t visits = 0; // in that
};

class LinePlaces final {
public:
    // Packages: their files are the program's, too.
    LinePlaces(RecordedThread& thread, v8::Isolate* isolate, bool packages)
        : m_thread(thread)
        , m_isolate(isolate)
        , m_packages(packages)
    {
    }

    // A script was compiled: of one of the program's files each place gets a breakpoint.
    void add(v8::Local<v8::debug::Script> script);
    // Null when it is not known. Quick.
    [[nodiscard]] LinePlace* find(v8layout::Word shared, int offset);
    // A function's code, when a place of it is known.
    [[nodiscard]] LineCode* codeOf(v8layout::Word shared) const;
    // Whether it is of a file whose lines are recorded.
    [[nodiscard]] bool hasLines(v8layout::Word shared) const;
    // Asks V8, within a stop of its own, about the place where the program stands in this frame.
    LinePlace* resolve(v8layout::Word frame, v8layout::Word stackPointer, v8layout::Word shared, int offset);
    // Functions and their scripts may have moved.
    void collected();

    // The function's stops are taken away, so that V8 can optimise it; and set again.
    void disarm(LineCode& code);
    void arm(LineCode& code);
    void disarmAll();
    // Of a function without stops, one that was left.
    void takeAway(LineCode& code, const std::vector<v8::debug::BreakpointId>& hit);
    // V8 has put a function's stops into its code, by that v8::internal::DebugInfo: what has no place in the source
    // stops as well, returns behind a finally block or out of a for…of, and a generator where it pauses.
    void stopsSet(v8layout::Word info);
    enum class Placeless : std::uint8_t { Return, Yield };
    [[nodiscard]] std::optional<Placeless> placelessAt(v8layout::Word shared, int offset) const
    {
        const auto known = m_placeless.find(keyOf(shared, offset));
        return known == m_placeless.end() ? std::nullopt : std::optional(known->second);
    }
    // After resolve(): breakpoints that have turned out to stand at no statement. Outside of V8's own stop.
    void removeNeedless();

    // How often V8 has seen each place that is known run, in the order of their scripts and lines.
    struct Counted {
        StackId place;
        std::uint32_t visits = 0;
    };
    [[nodiscard]] std::vector<Counted> counts() const;

    [[nodiscard]] std::uint32_t outerValues() const { return static_cast<std::uint32_t>(m_outer.size()); }

private:
    struct ScriptLines {
        v8::Global<v8::debug::Script> script;
        TextId name;
        bool isModule = false;
        std::map<std::pair<int, int>, int> breakpoints; // by line and column
        std::set<std::pair<int, int>> calls; // places of calls that are no statements
    };
    struct Key {
        int script;
        std::int32_t literal;
        int offset;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const;
    };
    struct Quick {
        v8layout::Word shared = 0;
        int offset = 0;
        LinePlace* place = nullptr;
    };
    static constexpr std::size_t kQuick = 4096;
    [[nodiscard]] Key keyOf(v8layout::Word shared, int offset) const;
    [[nodiscard]] LineCode& codeOf(const Key& key, v8::debug::StackTraceIterator& frame);
    void findVariables(
        LinePlace& place, v8::debug::StackTraceIterator& frame, v8layout::Word pointer, v8layout::Word stackPointer);
    [[nodiscard]] LineScopes::Known askForVariables(
        v8::debug::StackTraceIterator& frame, LineScope scope, v8layout::Word pointer, v8layout::Word stackPointer);
    [[nodiscard]] std::vector<v8::debug::BreakLocation> locations(const LineCode& code);
    void set(ScriptLines& lines, std::pair<int, int> place);
    [[nodiscard]] std::uint32_t outerLevel(const Key& scope);

    RecordedThread& m_thread;
    v8::Isolate* m_isolate;
    bool m_packages;
    std::unordered_map<int, ScriptLines> m_scripts;
    std::unordered_map<Key, std::unique_ptr<LinePlace>, KeyHash> m_places;
    std::unordered_map<Key, std::unique_ptr<LineCode>, KeyHash> m_codes; // offset 0
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> m_outer; // level and name: the number of its value
    std::map<std::tuple<int, int, int>, std::uint32_t> m_levels; // script, line, column of a scope's start
    std::unordered_map<Key, Placeless, KeyHash> m_placeless;
    std::vector<std::pair<int, std::pair<int, int>>> m_needless; // breakpoints, by script and place
    std::vector<Quick> m_quick {kQuick};
};

} // namespace bistro
