#include "linescopes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace bistro {
namespace {

std::optional<int> offsetOf(v8::Local<v8::debug::Script> script, std::pair<int, int> place)
{
    int offset = 0;
    return script->GetSourceOffset({place.first, place.second}, v8::debug::Script::GetSourceOffsetMode::kStrict)
               .To(&offset)
        ? std::optional(offset)
        : std::nullopt;
}

// A scope begins or ends by a brace, or without one at these. In a comment or a text they mean nothing, and V8 is asked
// once too often.
bool mayChangeScope(std::u16string_view text)
{
    return text.find_first_of(u"{}") != text.npos || text.contains(u"for") || text.contains(u"with")
        || text.contains(u"=>");
}

} // namespace

const LineScopes::Known* LineScopes::find(const LineScope& scope) const
{
    const auto known = m_known.find(scope);
    return known == m_known.end() ? nullptr : &known->second;
}

const LineScopes::Known& LineScopes::add(const LineScope& scope, Known known)
{
    return m_known.insert_or_assign(scope, std::move(known)).first->second;
}

void LineScopes::addOutermost(std::pair<int, int> place, const LineScope& scope)
{
    m_outermost.insert_or_assign(place, scope);
}

const LineScope* LineScopes::follows(v8::Isolate* isolate, v8::Local<v8::debug::Script> script,
    std::pair<int, int> place, v8::Local<v8::String> source, int contexts) const
{
    constexpr int kFarthest = 2'000; // letters
    auto before = m_outermost.upper_bound(place);
    if (before == m_outermost.begin())
        return nullptr;
    --before;
    const auto from = offsetOf(script, before->first);
    const auto to = offsetOf(script, place);
    if (!from || !to || *to - *from > kFarthest || place >= before->second.end || contexts != before->second.contexts)
        return nullptr;
    std::u16string text(static_cast<std::size_t>(std::max(*to - *from, 0)), u'\0');
    source->Write(isolate, reinterpret_cast<std::uint16_t*>(text.data()), *from, static_cast<int>(text.size()),
        v8::String::NO_NULL_TERMINATION);
    return mayChangeScope(text) ? nullptr : &before->second;
}

} // namespace bistro
