#include "lineplaces.h"

#include "linebytecode.h"
#include "recordedthread.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <array>

namespace bistro {
namespace {

using namespace v8layout;
using v8::debug::ScopeIterator;

bool isPackage(std::string_view path)
{
    return path.find("/node_modules/") != std::string_view::npos || path.starts_with("/usr/share/nodejs/")
        || path.starts_with("/usr/lib/");
}

// The learner's own files, by path or URL: nothing of Node's, and no package, except where these are asked for.
bool isRecorded(std::string_view name, bool packages)
{
    if (name.starts_with("file://"))
        name.remove_prefix(7);
    return name.starts_with('/') && (packages || !isPackage(name));
}

// What Node hands to each file of CommonJS.
bool isModulesOwn(std::string_view name)
{
    constexpr std::array<std::string_view, 5> names {"exports", "require", "module", "__filename", "__dirname"};
    return std::ranges::find(names, name) != names.end();
}

std::pair<int, int> placeOf(const v8::debug::Location& location)
{
    return {location.GetLineNumber(), location.GetColumnNumber()};
}

VariableScope scopeOf(ScopeIterator::ScopeType type, bool own)
{
    switch (type) {
    case ScopeIterator::ScopeTypeLocal: return own ? VariableScope::Local : VariableScope::Closure;
    case ScopeIterator::ScopeTypeCatch: return VariableScope::Catch;
    case ScopeIterator::ScopeTypeBlock: return own ? VariableScope::Block : VariableScope::Closure;
    case ScopeIterator::ScopeTypeModule: return VariableScope::Module;
    case ScopeIterator::ScopeTypeScript: return VariableScope::Script;
    default: return VariableScope::Closure;
    }
}

std::string_view wordOfScope(VariableScope scope)
{
    return wordFor(FieldType::ScopeName, static_cast<std::uint32_t>(scope));
}

// Before its declaration a block's variable is not set. V8 says so only when somebody may look at it too early; else
// its register holds what it held in the round before, or what V8 has put there for a call's beginning.
bool isBeforeDeclaration(const LineCode& code, const LineVariable& variable, int offset)
{
    if (variable.scope != VariableScope::Block || variable.where != LineVariable::Where::Frame || variable.offset > 0)
        return false;
    const auto write = code.firstWrites->find(variable.offset);
    return !code.firstWrites->empty() && (write == code.firstWrites->end() || write->second >= offset);
}

constexpr int kContexts = 32; // looked into, from the frame's own outwards
constexpr std::size_t kSlots = 512; // of each of them, and cells of a module

// A frame with the contexts around it, word by word, for finding what changes in it.
class Snapshot final {
public:
    Snapshot(const Symbols& symbols, Word frame, Word stackPointer, std::size_t arguments)
        : m_symbols(symbols)
        , m_frame(frame)
        , m_low(static_cast<int>(std::max<std::int64_t>(
              static_cast<std::int64_t>(stackPointer) - static_cast<std::int64_t>(frame), -65536)))
        , m_high(frame::kFirstArgument + static_cast<int>(arguments * 8))
    {
    }

    void take()
    {
        m_words.clear();
        each([this](LineVariable::Where, int, int, Word word) {
            m_words.push_back(word);
            return true;
        });
    }
    // Where a word is another one than it was, and is `mark`.
    [[nodiscard]] bool find(Word mark, LineVariable& variable, Word& before) const
    {
        std::size_t i = 0;
        bool found = false;
        each([&](LineVariable::Where where, int offset, int hops, Word word) {
            if (i < m_words.size() && word == mark && m_words[i] != mark) {
                variable.where = where;
                variable.offset = offset;
                variable.hops = hops;
                before = m_words[i];
                found = true;
                return false;
            }
            ++i;
            return true;
        });
        return found;
    }
    // Where a module holds what it imports by this name: that V8 lets nobody set. The scope of a module has behind all
    // else the name, the cell's number and a word of flags of each; an import's number is below 0.
    [[nodiscard]] bool findImport(Word name, LineVariable& variable) const
    {
        Word context = rawAt(m_frame, frame::kContextOrType);
        for (int hops = 0; hops < kContexts && !isSmall(context); ++hops, context = at(context, context::kOuter)) {
            const Word scope = at(context, context::kScope);
            if (isSmall(scope) || typeOf(scope) != m_symbols.scopeInfo)
                return false;
            const auto flags = static_cast<unsigned>(smallValue(at(scope, scope::kFlags)));
            if (static_cast<scope::Type>(flags & scope::kType) != scope::Type::Module)
                continue;
            const auto locals = static_cast<std::size_t>(smallValue(at(scope, scope::kLocals)));
            const auto variables = static_cast<std::size_t>(smallValue(at(scope, scope::kNames)));
            // Names and flags of locals, where the scope is, and what it imports from: so many there are at least.
            const std::size_t words = (locals < scope::kInlinedNames ? locals : 1) + locals + 3 + variables * 3;
            for (std::size_t i = 1; i < words; ++i) {
                const int offset = scope::kNames + static_cast<int>(i * 8);
                const Word number = at(scope, offset + 8);
                if (at(scope, offset) == name && isSmall(number) && smallValue(number) < 0) {
                    variable.where = LineVariable::Where::Cell;
                    variable.offset = smallValue(number);
                    variable.hops = hops;
                    return true;
                }
            }
            return false;
        }
        return false;
    }
    // The place that `find` has found.
    [[nodiscard]] Word* placeOf(const LineVariable& variable) const
    {
        if (variable.where == LineVariable::Where::Frame)
            return reinterpret_cast<Word*>(m_frame + static_cast<Word>(variable.offset));
        Word context = rawAt(m_frame, frame::kContextOrType);
        for (int i = 0; i < variable.hops; ++i)
            context = at(context, context::kOuter);
        if (variable.where == LineVariable::Where::Context)
            return const_cast<Word*>(slotAt(context, variable.offset));
        const Word exports = at(moduleOf(context), module::kExports);
        return const_cast<Word*>(slotAt(at(exports, array::kFirst + variable.offset * 8), cell::kValue));
    }

private:
    [[nodiscard]] static Word moduleOf(Word context) { return at(context, context::kSlots + 2 * 8); }

    template <typename Call>
    void each(Call call) const
    {
        for (int offset = m_low; offset < m_high; offset += 8) {
            if (offset >= -40 && offset < frame::kReceiver)
                continue; // the frame's own
            if (!call(LineVariable::Where::Frame, offset, 0, rawAt(m_frame, offset)))
                return;
        }
        Word context = rawAt(m_frame, frame::kContextOrType);
        for (int hops = 0; hops < kContexts && !isSmall(context); ++hops) {
            const Word scope = at(context, context::kScope);
            if (isSmall(scope) || typeOf(scope) != m_symbols.scopeInfo)
                return;
            const auto type = static_cast<scope::Type>(
                static_cast<unsigned>(smallValue(at(scope, scope::kFlags))) & scope::kType);
            if (type == scope::Type::Script)
                return; // what is declared by scripts for all is nobody's own
            const auto length = static_cast<std::size_t>(smallValue(at(context, context::kLength)));
            for (std::size_t i = context::kFirstVariable; i < std::min(length, kSlots); ++i) {
                const int offset = context::kSlots + static_cast<int>(i * 8);
                if (!call(LineVariable::Where::Context, offset, hops, at(context, offset)))
                    return;
            }
            if (type == scope::Type::Module && length > 2) {
                const Word module = moduleOf(context);
                if (!isSmall(module) && typeOf(module) == m_symbols.module) {
                    const Word exports = at(module, module::kExports);
                    const auto cells = static_cast<std::size_t>(smallValue(at(exports, array::kLength)));
                    for (std::size_t i = 0; i < std::min(cells, kSlots); ++i) {
                        const Word cell = at(exports, array::kFirst + static_cast<int>(i * 8));
                        const Word value = isSmall(cell) ? 0 : at(cell, cell::kValue);
                        if (!call(LineVariable::Where::Cell, static_cast<int>(i), hops, value))
                            return;
                    }
                }
            }
            context = at(context, context::kOuter);
        }
    }

    const Symbols& m_symbols;
    Word m_frame;
    int m_low;
    int m_high;
    std::vector<Word> m_words;
};

} // namespace

std::size_t LinePlaces::KeyHash::operator()(const Key& key) const
{
    std::uint64_t h = static_cast<std::uint32_t>(key.script);
    for (const auto part : {static_cast<std::uint32_t>(key.literal), static_cast<std::uint32_t>(key.offset)})
        h = (h ^ part) * 0x9E37'79B9'7F4A'7C15;
    return h ^ (h >> 29);
}

void LinePlaces::add(v8::Local<v8::debug::Script> script)
{
    v8::Local<v8::String> name;
    if (!script->Name().ToLocal(&name))
        return;
    LineText text(m_isolate, m_thread.symbols);
    const v8::String::Utf8Value utf8(m_isolate, name);
    const std::string_view file(*utf8 ? *utf8 : "", static_cast<std::size_t>(utf8.length()));
    if (!isRecorded(file, m_packages) || m_scripts.contains(script->Id()))
        return;
    std::vector<v8::debug::BreakLocation> all;
    if (!script->GetPossibleBreakpoints({0, 0}, {}, false, &all))
        return;
    ScriptLines& lines = m_scripts[script->Id()];
    lines.script.Reset(m_isolate, script);
    lines.name = m_thread.recorder.intern(file);
    lines.isModule = script->IsModule();
    for (const v8::debug::BreakLocation& each : all)
        set(lines, placeOf(each));
}

// A place where a call is told may be a statement, too: V8 names a place once. Which it is, its code says when it is
// reached.
void LinePlaces::set(ScriptLines& lines, std::pair<int, int> place)
{
    if (lines.breakpoints.contains(place) || lines.calls.contains(place))
        return;
    v8::debug::Location location(place.first, place.second);
    v8::debug::BreakpointId id = 0;
    if (lines.script.Get(m_isolate)->SetBreakpoint(v8::String::Empty(m_isolate), &location, &id))
        lines.breakpoints.emplace(place, id);
}

LinePlaces::Key LinePlaces::keyOf(Word shared, int offset) const
{
    Word script = at(shared, shared::kScript);
    if (typeOf(script) == m_thread.symbols.debugInfo)
        script = at(script, debugInfo::kScript);
    const int id = typeOf(script) == m_thread.symbols.script ? smallValue(at(script, script::kId)) : 0;
    return {.script = id, .literal = valueAt<std::int32_t>(shared, shared::kLiteral), .offset = offset};
}

LinePlace* LinePlaces::find(Word shared, int offset)
{
    Quick& quick = m_quick[(shared >> 3 ^ static_cast<Word>(offset) * 0x9E37) % kQuick];
    if (quick.shared == shared && quick.offset == offset)
        return quick.place;
    const auto known = m_places.find(keyOf(shared, offset));
    if (known == m_places.end())
        return nullptr;
    quick = {.shared = shared, .offset = offset, .place = known->second.get()};
    return quick.place;
}

LineCode* LinePlaces::codeOf(Word shared) const
{
    const auto known = m_codes.find(keyOf(shared, 0));
    return known == m_codes.end() ? nullptr : known->second.get();
}

void LinePlaces::collected()
{
    std::ranges::fill(m_quick, Quick {});
}

LineCode& LinePlaces::codeOf(const Key& key, v8::debug::StackTraceIterator& frame)
{
    std::unique_ptr<LineCode>& code = m_codes[{.script = key.script, .literal = key.literal, .offset = 0}];
    if (!code) {
        code = std::make_unique<LineCode>();
        code->script = key.script;
        code->start = frame.GetFunctionLocation();
        LineText text(m_isolate, m_thread.symbols);
        code->name = m_thread.recorder.intern(text.ofLocal(frame.GetFunctionDebugName()).text);
        const v8::Local<v8::Function> function = frame.GetFunction();
        code->isTop = placeOf(code->start) == std::pair(0, 0) && key.literal <= 1;
        code->isModule = code->isTop && m_scripts[key.script].isModule;
        code->isAsync = function->IsAsyncFunction();
        code->isGenerator = function->IsGeneratorFunction();
        code->isResumable = code->isAsync || code->isGenerator || m_scripts[key.script].isModule;
    }
    return *code;
}

std::uint32_t LinePlaces::outerLevel(const Key& scope)
{
    const std::tuple key(scope.script, scope.literal, scope.offset);
    return m_levels.try_emplace(key, static_cast<std::uint32_t>(100 + m_levels.size())).first->second;
}

LinePlace* LinePlaces::resolve(Word frame, Word stackPointer, Word shared, int offset)
{
    const Key key = keyOf(shared, offset);
    std::unique_ptr<LinePlace>& place = m_places[key];
    if (place)
        return place.get();
    place = std::make_unique<LinePlace>();
    const auto it = v8::debug::StackTraceIterator::Create(m_isolate, 0);
    const auto script = m_scripts.find(key.script);
    if (!it || it->Done() || script == m_scripts.end())
        return place.get();
    const auto location = it->GetSourceLocation();
    const Word debug = at(shared, shared::kScript);
    const Instruction instruction = typeOf(debug) == m_thread.symbols.debugInfo
        ? instructionAt(m_thread.symbols, at(debug, debugInfo::kCode), offset)
        : Instruction {};
    const bool returns = instruction.name == "Return";
    const bool asks = instruction.name == "Debugger";
    if (!instruction.isStatement && !returns && !asks) { // a call: nothing stops here again
        script->second.calls.insert(placeOf(location));
        m_needless.push_back({key.script, placeOf(location)});
        return place.get();
    }
    LineCode& code = codeOf(key, *it);
    place->offset = offset;
    place->line = location.GetLineNumber() + 1;
    place->column = location.GetColumnNumber() + 1;
    if (returns)
        place->point = LinePoint::Return;
    else if (asks)
        place->point = LinePoint::DebuggerStatement;
    place->stack = m_thread.recorder.frame({.function = code.name,
        .script = script->second.name,
        .line = static_cast<std::uint32_t>(place->line),
        .column = static_cast<std::uint32_t>(place->column),
        .caller = {}});
    place->visible = m_thread.recorder.intern(findVariables(*place, *it, frame, stackPointer));
    code.places.insert(placeOf(location));
    place->code = &code;
    return place.get();
}

// What LineReached tells of them.
std::string LinePlaces::findVariables(
    LinePlace& place, v8::debug::StackTraceIterator& frame, Word pointer, Word stackPointer)
{
    const v8::HandleScope handles(m_isolate);
    const v8::Local<v8::Context> context = m_isolate->GetCurrentContext();
    const Key key = keyOf(at(rawAt(pointer, frame::kFunction), function::kShared), 0);
    LineCode& code = *m_codes[key];
    // A parameter that nothing is passed for has its place among the arguments, too.
    const Word shared = at(rawAt(pointer, frame::kFunction), function::kShared);
    if (!code.firstWrites)
        code.firstWrites = firstWrites(at(at(shared, shared::kScript), debugInfo::kCode));
    const Word parameters = valueAt<std::uint16_t>(shared, shared::kParameterCount);
    const Word given = std::max(rawAt(pointer, frame::kArgumentCount), parameters);
    Snapshot snapshot(m_thread.symbols, pointer, stackPointer, static_cast<std::size_t>(std::max<Word>(given, 1) - 1));
    // First how deep the function's own scopes are.
    int blocks = 0;
    bool function = false;
    for (auto it = frame.GetScopeIterator(); it && !it->Done() && !function; it->Advance()) {
        const auto type = it->GetType();
        function = type == ScopeIterator::ScopeTypeLocal || type == ScopeIterator::ScopeTypeModule;
        if (!function && type != ScopeIterator::ScopeTypeBlock && type != ScopeIterator::ScopeTypeCatch
            && type != ScopeIterator::ScopeTypeWith && type != ScopeIterator::ScopeTypeEval)
            break;
        blocks += function ? 0 : 1;
    }
    LineText text(m_isolate, m_thread.symbols);
    std::string visible;
    bool own = true;
    std::int32_t mark = 0x2B15'7207;
    for (auto it = frame.GetScopeIterator(); it && !it->Done(); it->Advance()) {
        const auto type = it->GetType();
        if (type == ScopeIterator::ScopeTypeScript || type == ScopeIterator::ScopeTypeGlobal)
            break;
        if (type == ScopeIterator::ScopeTypeWith || type == ScopeIterator::ScopeTypeEval) {
            blocks -= own ? 1 : 0;
            continue;
        }
        const std::pair start = it->HasLocationInfo() ? placeOf(it->GetStartLocation()) : std::pair(-1, -1);
        const std::uint32_t level = own
            ? static_cast<std::uint32_t>(blocks)
            : outerLevel(
                  {.script = key.script, .literal = start.first * 8 + static_cast<int>(type), .offset = start.second});
        const v8::Local<v8::Object> object = it->GetObject();
        v8::Local<v8::Array> names;
        if (!object->GetOwnPropertyNames(context).ToLocal(&names))
            continue;
        for (std::uint32_t i = 0; i < names->Length(); ++i) {
            v8::Local<v8::Value> name;
            v8::Local<v8::Value> value;
            if (!names->Get(context, i).ToLocal(&name) || !name->IsString())
                continue;
            const std::string spelled(text.ofLocal(name).text);
            if (spelled.empty() || spelled[0] == '.' || spelled == "this")
                continue;
            const bool modules = isModulesOwn(spelled)
                && ((own && code.isTop) || (!own && start.first <= 0 && start.second <= 0));
            if (modules)
                continue;
            LineVariable variable {
                .name = m_thread.recorder.intern(spelled), .scope = scopeOf(type, own), .level = level};
            auto& indices = own ? code.indices : m_outer;
            const auto [known, isNew] = indices.try_emplace(
                {level, spelled}, own ? code.values : static_cast<std::uint32_t>(m_outer.size()));
            variable.index = known->second;
            if (isNew && own)
                ++code.values;
            {
                const v8::TryCatch unavailable(m_isolate); // V8 has optimized it away
                if (!object->Get(context, name).ToLocal(&value))
                    value = {};
            }
            mark += 2;
            const Word marked = smallFrom(static_cast<Word>(static_cast<std::uint32_t>(mark)));
            snapshot.take();
            Word before = 0;
            const bool isSet = it->SetVariableValue(name.As<v8::String>(), v8::Integer::New(m_isolate, mark));
            if (isSet && !snapshot.find(marked, variable, before)) {
                if (!value.IsEmpty())
                    (void)it->SetVariableValue(name.As<v8::String>(), value);
            } else if (isSet) {
                // Put back before anything else may run, or look at it. A word of V8's own heap needs its barrier.
                if (isSmall(before) || variable.where == LineVariable::Where::Frame
                    || typeOf(before) == m_thread.symbols.oddball)
                    *snapshot.placeOf(variable) = before;
                else
                    (void)it->SetVariableValue(name.As<v8::String>(), handleOf(m_isolate, before));
            } else if (!isSet && own && !value.IsEmpty() && wordOf(value) == rawAt(pointer, frame::kFunction)) {
                variable.where = LineVariable::Where::Frame; // the name of a function expression: nobody can set it
                variable.offset = frame::kFunction;
            } else if (!isSet && type == ScopeIterator::ScopeTypeModule) {
                (void)snapshot.findImport(wordOf(name), variable);
            }
            if (variable.where == LineVariable::Where::Nowhere)
                continue; // optimized away, or added by an eval in another call
            if (variable.where == LineVariable::Where::Frame && variable.offset > 0)
                variable.scope = VariableScope::Parameter;
            variable.isUnset = isBeforeDeclaration(code, variable, place.offset);
            place.variables.push_back(variable);
            visible += visible.empty() ? "" : "\n";
            visible += wordOfScope(variable.scope);
            visible += ' ' + std::to_string(variable.level) + ' ' + spelled;
        }
        if (type == ScopeIterator::ScopeTypeLocal || type == ScopeIterator::ScopeTypeModule)
            own = false;
        blocks -= own ? 1 : 0;
    }
    place.tellsThis = !code.isTop;
    return visible;
}

// V8 looks for the innermost function around a place, and that may be one that begins there. So it is asked at each
// place that is known of this one, until the answer has all of those behind it.
std::vector<v8::debug::BreakLocation> LinePlaces::locations(const LineCode& code)
{
    const auto script = m_scripts.find(code.script);
    if (script == m_scripts.end())
        return {};
    const v8::Local<v8::debug::Script> local = script->second.script.Get(m_isolate);
    std::set<std::pair<int, int>> candidates = code.places;
    candidates.insert(placeOf(code.start));
    for (const auto& [line, column] : candidates) {
        std::vector<v8::debug::BreakLocation> all;
        if (!local->GetPossibleBreakpoints({line, column}, {}, true, &all))
            continue;
        std::set<std::pair<int, int>> found;
        for (const v8::debug::BreakLocation& each : all)
            found.insert(placeOf(each));
        const auto behind = code.places.lower_bound({line, column});
        if (std::includes(found.begin(), found.end(), behind, code.places.end()))
            return all;
    }
    return {};
}

void LinePlaces::removeNeedless()
{
    for (const auto& [script, place] : std::exchange(m_needless, {})) {
        ScriptLines& lines = m_scripts[script];
        const auto known = lines.breakpoints.find(place);
        if (known == lines.breakpoints.end())
            continue;
        v8::debug::RemoveBreakpoint(m_isolate, known->second);
        lines.breakpoints.erase(known);
    }
}

void LinePlaces::disarm(LineCode& code)
{
    const v8::HandleScope handles(m_isolate);
    ScriptLines& lines = m_scripts[code.script];
    std::set<std::pair<int, int>> places = code.places;
    for (const v8::debug::BreakLocation& each : locations(code))
        places.insert(placeOf(each));
    for (const std::pair<int, int>& place : places) {
        const auto known = lines.breakpoints.find(place);
        if (known == lines.breakpoints.end())
            continue;
        v8::debug::RemoveBreakpoint(m_isolate, known->second);
        lines.breakpoints.erase(known);
        code.takenPlaces.insert(place);
    }
    code.armed = false;
    ++code.takenAway;
}

void LinePlaces::takeAway(LineCode& code, const std::vector<v8::debug::BreakpointId>& hit)
{
    ScriptLines& lines = m_scripts[code.script];
    for (const v8::debug::BreakpointId id : hit) {
        const auto known = std::ranges::find(lines.breakpoints, id, [](const auto& each) { return each.second; });
        v8::debug::RemoveBreakpoint(m_isolate, id);
        if (known == lines.breakpoints.end())
            continue;
        code.takenPlaces.insert(known->first);
        lines.breakpoints.erase(known);
    }
}

void LinePlaces::arm(LineCode& code)
{
    const v8::HandleScope handles(m_isolate);
    ScriptLines& lines = m_scripts[code.script];
    for (const std::pair<int, int>& place : std::exchange(code.takenPlaces, {}))
        set(lines, place);
    code.armed = true;
}

void LinePlaces::disarmAll()
{
    for (auto& [id, lines] : m_scripts) {
        for (const auto& [place, breakpoint] : lines.breakpoints)
            v8::debug::RemoveBreakpoint(m_isolate, breakpoint);
        lines.breakpoints.clear();
    }
}

} // namespace bistro
