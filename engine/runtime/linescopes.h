// What is known of the scopes of one function: places of the same scope have the same variables, which lie where they
// lie. So V8, which parses the function's source anew for each place that it is asked about, need not be asked about
// most. A value; the recorded thread's.
#pragma once

#include "linevariable.h"
#include "trace/ids.h"
#include "v8debug.h"

#include <compare>
#include <map>
#include <utility>
#include <vector>

namespace bistro {

// A scope of a function, by where it stands in the source; lines and columns from 0.
struct LineScope {
    int type = 0; // v8::debug::ScopeIterator::ScopeType
    std::pair<int, int> start;
    std::pair<int, int> end {-1, -1};
    int blocks = 0; // so many scopes of the same call are around it
    // Of the same call, so many contexts: a block's and a class's is not there yet where it begins.
    int contexts = 0;
    // Behind parameters that are reckoned with, V8 has a block for the whole body: its "var" are the function's.
    bool hasBody = false;

    // Where V8 does not say where it stands, nobody can tell it from another.
    [[nodiscard]] bool isKnown() const { return end.first >= 0; }
    // The function's outermost.
    [[nodiscard]] bool isFunctions() const
    {
        using v8::debug::ScopeIterator;
        return isKnown() && (type == ScopeIterator::ScopeTypeLocal || type == ScopeIterator::ScopeTypeModule);
    }

    [[nodiscard]] auto operator<=>(const LineScope&) const = default;
};

class LineScopes final {
public:
    struct Known {
        std::vector<LineVariable> variables;
        trace::TextId visible;
    };

    // Null when no place of that scope was asked about.
    [[nodiscard]] const Known* find(const LineScope& scope) const;
    const Known& add(const LineScope& scope, Known known);

    // A place that lies in the function's outermost scope.
    void addOutermost(std::pair<int, int> place, const LineScope& scope);
    // The scope of a place that follows such a one, when nothing stands between them by which another scope may begin
    // or end; null: V8 has to be asked.
    [[nodiscard]] const LineScope* follows(v8::Isolate* isolate, v8::Local<v8::debug::Script> script,
        std::pair<int, int> place, v8::Local<v8::String> source, int contexts) const;

private:
    std::map<LineScope, Known> m_known;
    std::map<std::pair<int, int>, LineScope> m_outermost; // by place
};

} // namespace bistro
