#include "lineplaces.h"

#include "linebytecode.h"
#include "linecases.h"
#include "linesnapshot.h"
#include "recordedthread.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace bistro {
namespace {

using namespace v8layout;
using v8::debug::ScopeIterator;

// What Node hands to each file of CommonJS.
bool isModulesOwn(std::string_view name)
{
    constexpr std::array<std::string_view, 5> names {"exports", "require", "module", "__filename", "__dirname"};
    return std::ranges::find(names, name) != names.end();
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

// Contexts that the frame has, out to the one that its function was made in.
int contextsOf(Word pointer)
{
    constexpr int kMost = 64;
    const Word outermost = at(rawAt(pointer, frame::kFunction), function::kContext);
    int count = 0;
    for (Word one = rawAt(pointer, frame::kContextOrType); one != outermost && !isSmall(one) && count < kMost; ++count)
        one = at(one, context::kOuter);
    return count;
}

// The innermost scope, with how deep it lies in the call's own.
LineScope scopeAt(v8::debug::StackTraceIterator& frame, int contexts)
{
    LineScope scope {.contexts = contexts};
    bool function = false;
    bool isFirst = true;
    std::pair blockEnd(-1, -1);
    for (auto it = frame.GetScopeIterator(); it && !it->Done() && !function; it->Advance()) {
        const auto type = it->GetType();
        function = type == ScopeIterator::ScopeTypeLocal || type == ScopeIterator::ScopeTypeModule;
        if (!function && type != ScopeIterator::ScopeTypeBlock && type != ScopeIterator::ScopeTypeCatch
            && type != ScopeIterator::ScopeTypeWith && type != ScopeIterator::ScopeTypeEval)
            break;
        const std::pair end = it->HasLocationInfo() ? placeOf(it->GetEndLocation()) : std::pair(-1, -1);
        if (std::exchange(isFirst, false) && it->HasLocationInfo()) {
            scope.type = type;
            scope.start = placeOf(it->GetStartLocation());
            scope.end = end;
        }
        scope.hasBody = function && scope.blocks > 0 && end == blockEnd;
        blockEnd = end;
        scope.blocks += function ? 0 : 1;
    }
    return scope;
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

} // namespace

std::size_t LinePlaces::KeyHash::operator()(const Key& key) const
{
    std::uint64_t h = static_cast<std::uint32_t>(key.script);
    for (const auto part : {static_cast<std::uint32_t>(key.literal), static_cast<std::uint32_t>(key.offset)})
        h = (h ^ part) * 0x9E37'79B9'7F4A'7C15;
    return h ^ (h >> 29);
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

bool LinePlaces::hasLines(Word shared) const
{
    return m_scripts.contains(keyOf(shared, 0).script);
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
    findVariables(*place, *it, frame, stackPointer);
    code.places.insert(placeOf(location));
    place->code = &code;
    return place.get();
}

void LinePlaces::findVariables(LinePlace& place, v8::debug::StackTraceIterator& frame, Word pointer, Word stackPointer)
{
    const v8::HandleScope handles(m_isolate);
    const Word shared = at(rawAt(pointer, frame::kFunction), function::kShared);
    const Word debug = at(shared, shared::kScript);
    const Key key = keyOf(shared, 0);
    LineCode& code = *m_codes[key];
    if (!code.firstWrites)
        code.firstWrites = firstWrites(at(debug, debugInfo::kCode));
    const auto script = m_scripts[key.script].script.Get(m_isolate);
    const std::pair position(place.line - 1, place.column - 1);
    if (isBeforeCases(m_isolate, script, {position.first, position.second}, debug, place.offset))
        return; // V8 would take one context for another, and read and set what is no variable
    const Word source = at(at(debug, debugInfo::kScript), script::kSource);
    const bool isText = !isSmall(source) && typeOf(source) < string::kFirstNonstring;
    const int contexts = contextsOf(pointer);
    const LineScope* const same = isText
        ? code.scopes.follows(m_isolate, script, position, handleOf<v8::String>(m_isolate, source), contexts)
        : nullptr;
    const LineScope scope = same ? *same : scopeAt(frame, contexts);
    const LineScopes::Known* known = scope.isKnown() ? code.scopes.find(scope) : nullptr;
    LineScopes::Known asked;
    if (!known) {
        asked = askForVariables(frame, scope, pointer, stackPointer);
        known = scope.isKnown() ? &code.scopes.add(scope, std::move(asked)) : &asked;
    }
    // Where a function returns V8 names its outermost scope, wherever that stands.
    if (scope.isFunctions() && place.point == LinePoint::Statement)
        code.scopes.addOutermost(position, scope);
    place.variables = known->variables;
    place.visible = known->visible;
    for (LineVariable& variable : place.variables)
        variable.isUnset = !(scope.hasBody && !variable.isOuter() && variable.level == 1)
            && isBeforeDeclaration(code, variable, place.offset);
    // An arrow function has none of its own: what lies there is the object that it was called on.
    const std::uint32_t kind = valueAt<std::uint32_t>(shared, shared::kFlags) & shared::kKind;
    place.tellsThis = !code.isTop && kind != shared::kArrow && kind != shared::kAsyncArrow;
}

// What LineReached tells of them.
LineScopes::Known LinePlaces::askForVariables(
    v8::debug::StackTraceIterator& frame, LineScope scope, Word pointer, Word stackPointer)
{
    const v8::Local<v8::Context> context = m_isolate->GetCurrentContext();
    const Word shared = at(rawAt(pointer, frame::kFunction), function::kShared);
    const Key key = keyOf(shared, 0);
    LineCode& code = *m_codes[key];
    // A parameter that nothing is passed for has its place among the arguments, too.
    const Word parameters = valueAt<std::uint16_t>(shared, shared::kParameterCount);
    const Word given = std::max(rawAt(pointer, frame::kArgumentCount), parameters);
    LineSnapshot snapshot(
        m_thread.symbols, pointer, stackPointer, static_cast<std::size_t>(std::max<Word>(given, 1) - 1));
    int blocks = scope.blocks;
    LineScopes::Known known;
    LineText text(m_isolate, m_thread.symbols);
    std::string visible;
    std::unordered_set<std::string> seen;
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
            const auto [of, isNew] = indices.try_emplace(
                {level, spelled}, own ? code.values : static_cast<std::uint32_t>(m_outer.size()));
            variable.index = of->second;
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
            visible += visible.empty() ? "" : "\n";
            visible += wordOfScope(variable.scope);
            visible += ' ' + std::to_string(variable.level) + ' ' + spelled;
            variable.isFirstOfName = seen.insert(spelled).second && visible.size() <= trace::kTextBytes;
            known.variables.push_back(variable);
        }
        if (type == ScopeIterator::ScopeTypeLocal || type == ScopeIterator::ScopeTypeModule)
            own = false;
        blocks -= own ? 1 : 0;
    }
    known.visible = m_thread.recorder.intern(visible);
    return known;
}

} // namespace bistro
