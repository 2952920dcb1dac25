// Where a program's files stop: the breakpoints of their scripts.
#include "lineplaces.h"

#include "linebreaks.h"
#include "recordedthread.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace bistro {

using namespace v8layout;

namespace {

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

} // namespace

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
    const Word source = at(wordOf(script), script::kSource);
    if (!isSmall(source) && typeOf(source) < string::kFirstNonstring)
        tellScript(m_thread, script->Id(), lines.name, handleOf<v8::String>(m_isolate, source));
    const BreaksTogether together(m_isolate);
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

// Not one by one: until then a stop there costs next to nothing, and each time V8 goes through all of the function's.
void LinePlaces::removeNeedless()
{
    constexpr std::size_t kFew = 32;
    if (m_needless.size() < kFew || m_needless.size() < m_scripts[m_needless.back().first].breakpoints.size() / 8)
        return;
    const v8::HandleScope handles(m_isolate);
    const BreaksTogether together(m_isolate);
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
    const BreaksTogether together(m_isolate);
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
    const v8::HandleScope handles(m_isolate);
    const BreaksTogether together(m_isolate);
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
    const BreaksTogether together(m_isolate);
    ScriptLines& lines = m_scripts[code.script];
    for (const std::pair<int, int>& place : std::exchange(code.takenPlaces, {}))
        set(lines, place);
    code.armed = true;
}

void LinePlaces::disarmAll()
{
    const v8::HandleScope handles(m_isolate);
    const BreaksTogether together(m_isolate);
    for (auto& [id, lines] : m_scripts) {
        for (const auto& [place, breakpoint] : lines.breakpoints)
            v8::debug::RemoveBreakpoint(m_isolate, breakpoint);
        lines.breakpoints.clear();
    }
}

} // namespace bistro
