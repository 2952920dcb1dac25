#include "ownproperties.h"

#include "v8handles.h"
#include "v8objects.h"

namespace bistro {

using namespace v8layout;

bool canBeRead(Word object, const Symbols& symbols)
{
    const auto has = [](Word of, unsigned flags) {
        return (valueAt<std::uint8_t>(at(of, heapObject::kMap), map::kFlags) & flags) != 0;
    };
    const int type = typeOf(object);
    if (type == symbols.firstReceiver)
        return false;
    if (type > symbols.globalProxy)
        return !has(object, map::kAsksForAccess);
    // A proxy of V8's own stands before the global object; before none when its context is gone.
    const Word global = type < symbols.globalProxy ? object : at(at(object, heapObject::kMap), map::kPrototype);
    return typeOf(global) == symbols.globalProxy - 1 && !has(global, map::kIntercepts);
}

OwnProperties::OwnProperties(v8::Isolate* isolate, v8::Local<v8::Object> object, Which which)
    : m_isolate(isolate)
    , m_object(object)
    , m_which(which)
{
    if (which == Which::Numbered) {
        m_enumerable = namesOf(static_cast<v8::PropertyFilter>(v8::ONLY_ENUMERABLE | v8::SKIP_SYMBOLS))->Length();
        m_first = m_enumerable;
        return;
    }
    const v8::Local<v8::Array> names = namesOf(v8::ONLY_ENUMERABLE);
    m_enumerable = names->Length();
    const v8::Local<v8::Context> context = isolate->GetCurrentContext();
    v8::Local<v8::Value> last;
    for (m_first = m_enumerable; m_first > 0; --m_first) {
        if (names->Get(context, m_first - 1).ToLocal(&last) && last->IsString())
            break;
    }
}

v8::Local<v8::Array> OwnProperties::namesOf(v8::PropertyFilter filter) const
{
    v8::Local<v8::Array> names;
    const auto indices = m_which == Which::Numbered ? v8::IndexFilter::kIncludeIndices : v8::IndexFilter::kSkipIndices;
    return m_object->GetPropertyNames(m_isolate->GetCurrentContext(), v8::KeyCollectionMode::kOwnOnly, filter, indices)
               .ToLocal(&names)
        ? names
        : v8::Array::New(m_isolate);
}

bool OwnProperties::begin()
{
    m_at = 0;
    m_end = m_first;
    if (m_which == Which::Hidden || (m_which == Which::Named && m_first < m_enumerable))
        m_end += namesOf(v8::ALL_PROPERTIES)->Length();
    if (m_end == 0)
        return false;
    m_each = v8::debug::PropertyIterator::Create(m_isolate->GetCurrentContext(), m_object, m_which != Which::Numbered);
    return m_each && !m_each->Done();
}

bool OwnProperties::next()
{
    return ++m_at < m_end && m_each->Advance().FromMaybe(false) && !m_each->Done();
}

bool OwnProperties::isEnumerable() const
{
    if (m_at < m_first)
        return true;
    v8::PropertyAttribute attributes = v8::None;
    return m_each->attributes().To(&attributes) && (attributes & v8::DontEnum) == 0;
}

bool OwnProperties::isAgain() const
{
    return m_at >= m_first && m_each->name()->IsString() && isEnumerable();
}

} // namespace bistro
