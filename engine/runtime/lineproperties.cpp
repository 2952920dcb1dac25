// What an object has in it: how it is described, property by property.
#include "lineobjects.h"

#include "ownproperties.h"
#include "v8debug.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string>

namespace bistro {

using namespace v8layout;

// As many as properties() would tell of if it told all, private fields not among them.
std::uint32_t LineObjects::countOf(v8::Local<v8::Object> object)
{
    if (object->IsModuleNamespaceObject())
        return static_cast<std::uint32_t>(exportsOf(wordOf(object)).size());
    const OwnProperties all(m_isolate, object, OwnProperties::Which::Named);
    if (!object->IsNativeError())
        return all.enumerable();
    // It is told although it is not enumerable.
    const v8::Local<v8::Context> context = m_isolate->GetCurrentContext();
    const auto message = v8::String::NewFromUtf8Literal(m_isolate, "message");
    v8::PropertyAttribute attributes = v8::None;
    const bool isThere = object->HasRealNamedProperty(context, message).FromMaybe(false)
        && object->GetRealNamedPropertyAttributes(context, message).To(&attributes);
    return all.enumerable() + (isThere && (attributes & v8::DontEnum) != 0 ? 1 : 0);
}

std::string LineObjects::textOf(v8::Local<v8::TypedArray> array, std::span<const std::byte> element)
{
    const auto as = [&]<typename Number>(Number number) {
        std::memcpy(&number, element.data(), sizeof number);
        return number;
    };
    if (array->IsFloat32Array())
        return std::string(m_text.ofNumber(double {as(float {})}).text);
    if (array->IsFloat64Array())
        return std::string(m_text.ofNumber(as(double {})).text);
    if (array->IsBigInt64Array())
        return std::to_string(as(std::int64_t {})) + 'n';
    if (array->IsBigUint64Array())
        return std::to_string(as(std::uint64_t {})) + 'n';
    if (array->IsInt8Array())
        return std::to_string(as(std::int8_t {}));
    if (array->IsInt16Array())
        return std::to_string(as(std::int16_t {}));
    if (array->IsInt32Array())
        return std::to_string(as(std::int32_t {}));
    switch (element.size()) {
    case sizeof(std::uint8_t): return std::to_string(as(std::uint8_t {}));
    case sizeof(std::uint16_t): return std::to_string(as(std::uint16_t {}));
    default: return std::to_string(as(std::uint32_t {}));
    }
}

// After each call into V8 that allocates, entries are found anew: a description within may have added some.
void LineObjects::describe(v8::Local<v8::Object> object, std::uint32_t number, int deep)
{
    const v8::HandleScope handles(m_isolate);
    const Reading reading(*this);
    {
        Entry& entry = *m_entries[number];
        entry.deep = std::max(entry.deep, deep); // an object within itself ends here
        for (Property& each : entry.properties)
            each.seen = false;
    }
    const Heading heading = headingOf(object);
    const bool isOpaque = heading.kind == ObjectKind::Proxy || heading.kind == ObjectKind::Function
        || heading.kind == ObjectKind::Other;
    const std::uint32_t count = isOpaque ? 0 : countOf(object);
    Entry& entry = *m_entries[number];
    if (heading.kind == ObjectKind::Function)
        entry.deep = 0; // what hangs on a function hardly ever changes, and there are many
    const TextId text = m_recorder.internOften(heading.text);
    if (entry.text != text || entry.size != heading.size || entry.kind != heading.kind || entry.count != count) {
        entry.text = text;
        entry.size = heading.size;
        entry.kind = heading.kind;
        entry.count = count;
        m_recorder.event(events::ObjectSeen {
            .type = heading.kind, .object = {number}, .text = text, .size = heading.size, .properties = count});
    }
    if (deep > 0 && !isOpaque) {
        elements(object, number, deep - 1);
        properties(object, number, deep - 1);
        for (Property& each : m_entries[number]->properties) {
            if (!each.seen && each.kind != PropertyKind::Deleted) {
                m_recorder.event(
                    events::PropertySet {.type = PropertyKind::Deleted, .holder = {number}, .name = each.name});
                each.kind = PropertyKind::Deleted;
                each.value = {};
            }
        }
    }
    // Last: what was made on the way may have moved it.
    std::vector<Word> content;
    Entry& told = *m_entries[number];
    if (contentOf(wordOf(object), content))
        told.content = std::move(content);
    else
        told.content.clear();
    told.generation = m_generation;
}

void LineObjects::put(std::uint32_t number, PropertyKind kind, TextId name, const ToldValue& value)
{
    std::vector<Property>& known = m_entries[number]->properties;
    const bool element = kind == PropertyKind::Element || kind == PropertyKind::Key || kind == PropertyKind::Value;
    const auto same = [&](const Property& each) {
        if (each.name != name)
            return false;
        const bool eachElement = each.kind == kind || each.kind == PropertyKind::Deleted
            || (!element && each.kind != PropertyKind::Element && each.kind != PropertyKind::Key
                && each.kind != PropertyKind::Value);
        return eachElement;
    };
    auto found = std::ranges::find_if(known, same);
    if (found == known.end()) {
        known.push_back({.name = name, .kind = kind, .value = {}, .seen = true});
        found = std::prev(known.end());
    } else if (found->kind == kind && found->value == value) {
        found->seen = true;
        return;
    }
    found->seen = true;
    found->kind = kind;
    found->value = value;
    m_recorder.event(
        events::PropertySet {
            .type = kind, .holder = {number}, .name = name, .value = value.text, .object = value.object},
        value.cut ? unsigned {FlagTruncated} : 0u);
}

void LineObjects::property(std::uint32_t number, PropertyKind kind, TextId name, v8::Local<v8::Value> value, int deep)
{
    put(number, kind, name, tell(value, deep));
}

// Elements that lie in a plain array, without asking anybody.
void LineObjects::elements(v8::Local<v8::Object> object, std::uint32_t number, int deep)
{
    const auto numbered = [this](std::size_t i) {
        char text[24];
        const auto end = std::to_chars(text, text + sizeof text, i).ptr;
        return m_recorder.internOften({text, static_cast<std::size_t>(end - text)});
    };
    if (object->IsMap())
        return entries(object.As<v8::Map>()->AsArray(), true, number, deep);
    if (object->IsSet())
        return entries(object.As<v8::Set>()->AsArray(), false, number, deep);
    if (object->IsPromise()) {
        const auto promise = object.As<v8::Promise>();
        if (promise->State() != v8::Promise::kPending)
            property(number, PropertyKind::Result, m_recorder.internOften("result"), promise->Result(), deep);
        return;
    }
    if (object->IsTypedArray())
        return bytes(object.As<v8::TypedArray>(), number);
    if (typeOf(wordOf(object)) <= m_symbols.globalProxy)
        return;
    const std::size_t length = object->IsArray() ? object.As<v8::Array>()->Length() : kElements;
    for (std::size_t i = 0; i < std::min(length, kElements); ++i) {
        const Word held = at(wordOf(object), object::kElements);
        const Word size = at(held, array::kLength);
        const int type = typeOf(held);
        if (!isSmall(size) || i >= static_cast<std::size_t>(std::max(smallValue(size), 0)))
            return;
        const int offset = array::kFirst + static_cast<int>(i * 8);
        if (type == m_symbols.fixedDoubles) {
            constexpr Word kHole = 0xFFF7'FFFF'FFF7'FFFF;
            const Word bits = valueAt<Word>(held, offset);
            if (bits == kHole)
                continue;
            double value = 0;
            std::memcpy(&value, &bits, sizeof value);
            put(number, PropertyKind::Element, numbered(i),
                {.text = m_recorder.internOften(m_text.ofNumber(value).text)});
        } else if (type == m_symbols.fixedArray) {
            const Word value = at(held, offset);
            if (m_text.isHole(value) || m_text.isUnknown(value))
                continue;
            property(number, PropertyKind::Element, numbered(i), handleOf(m_isolate, value), deep);
        } else {
            return sparseElements(object, number, deep);
        }
    }
}

// As they lie in memory.
void LineObjects::bytes(v8::Local<v8::TypedArray> array, std::uint32_t number)
{
    std::array<std::byte, kBytes * sizeof(std::uint64_t)> memory;
    const std::size_t length = array->Length();
    const std::size_t size = length == 0 ? 0 : array->ByteLength() / length;
    if (size == 0)
        return;
    const std::size_t copied = array->CopyContents(memory.data(), std::min(kBytes, length) * size);
    for (std::size_t i = 0; (i + 1) * size <= copied; ++i) {
        const std::string text = textOf(array, std::span(memory).subspan(i * size, size));
        put(number, PropertyKind::Element, m_recorder.internOften(std::to_string(i)),
            {.text = m_recorder.internOften(text)});
    }
}

void LineObjects::sparseElements(v8::Local<v8::Object> object, std::uint32_t number, int deep)
{
    OwnProperties all(m_isolate, object, OwnProperties::Which::Numbered);
    std::size_t count = 0;
    for (bool more = all.begin(); more && count < kElements && (*all).is_array_index(); more = all.next(), ++count)
        tellProperty(*all, PropertyKind::Element, m_text.ofName(wordOf((*all).name())).text, number, deep);
}

void LineObjects::tellProperty(
    v8::debug::PropertyIterator& each, PropertyKind kind, std::string_view name, std::uint32_t number, int deep)
{
    v8::debug::PropertyDescriptor descriptor;
    if (each.is_native_accessor() || !each.descriptor().To(&descriptor))
        return;
    const TextId id = m_recorder.internOften(name);
    const auto isGiven = [](v8::Local<v8::Value> function) { return !function.IsEmpty() && function->IsFunction(); };
    const bool gets = isGiven(descriptor.get);
    const bool sets = isGiven(descriptor.set);
    if (!descriptor.get.IsEmpty() || !descriptor.set.IsEmpty())
        put(number, PropertyKind::Accessor, id,
            {.text = m_recorder.internOften(gets && sets ? "[Getter/Setter]"
                     : sets                              ? "[Setter]"
                                                         : "[Getter]")});
    else if (!descriptor.value.IsEmpty())
        property(number, kind, id, descriptor.value, deep);
}

void LineObjects::entries(v8::Local<v8::Array> all, bool pairs, std::uint32_t number, int deep)
{
    const v8::Local<v8::Context> context = m_isolate->GetCurrentContext();
    const std::uint32_t step = pairs ? 2 : 1;
    for (std::uint32_t i = 0; i + step <= all->Length() && i / step < kElements; i += step) {
        const TextId name = m_recorder.internOften(std::to_string(i / step));
        v8::Local<v8::Value> value;
        if (pairs && all->Get(context, i).ToLocal(&value))
            property(number, PropertyKind::Key, name, value, deep);
        if (all->Get(context, i + step - 1).ToLocal(&value))
            property(number, PropertyKind::Value, name, value, deep);
    }
}

void LineObjects::properties(v8::Local<v8::Object> object, std::uint32_t number, int deep)
{
    if (object->IsModuleNamespaceObject())
        return exports(object, number, deep);
    const v8::Local<v8::Context> context = m_isolate->GetCurrentContext();
    const bool error = object->IsNativeError();
    OwnProperties all(m_isolate, object, error ? OwnProperties::Which::Hidden : OwnProperties::Which::Named);
    std::size_t count = 0;
    std::size_t told = 0;
    for (bool more = all.begin(); more && told < kNamed && count < 4 * kNamed; more = all.next(), ++count) {
        const std::string text(m_text.ofName(wordOf((*all).name())).text);
        if (all.isAgain() || (!all.isEnumerable() && !(error && text == "message")))
            continue;
        tellProperty(*all, PropertyKind::Data, text, number, deep);
        ++told;
    }
    std::vector<v8::Local<v8::Value>> names;
    std::vector<v8::Local<v8::Value>> values;
    constexpr int fields = static_cast<int>(v8::debug::PrivateMemberFilter::kPrivateFields);
    if (!v8::debug::GetPrivateMembers(context, object, fields, &names, &values))
        return;
    for (std::size_t i = 0; i < std::min({names.size(), values.size(), kNamed}); ++i)
        property(number, PropertyKind::Private, m_recorder.internOften(m_text.ofLocal(names[i]).text), values[i], deep);
}

} // namespace bistro
