#include "lineobjects.h"

#include "v8debug.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>

namespace bistro {

using namespace v8layout;

struct LineObjects::Heading {
    ObjectKind kind = ObjectKind::Other;
    std::string text;
    std::uint32_t size = 0;
};

LineObjects::LineObjects(v8::Isolate* isolate, Recorder& recorder, const Symbols& symbols)
    : m_isolate(isolate)
    , m_recorder(recorder)
    , m_symbols(symbols)
    , m_text(isolate, symbols)
{
    m_entries.emplace_back(); // there is no object 0
}

// After a collection: who is still there, and where.
void LineObjects::rebuild()
{
    m_numbers.clear();
    m_alive = 0;
    for (std::uint32_t number = 1; number < m_entries.size(); ++number) {
        std::unique_ptr<Entry>& entry = m_entries[number];
        if (!entry)
            continue;
        if (entry->weak.IsEmpty()) {
            entry.reset();
            continue;
        }
        m_numbers.emplace(wordOf(entry->weak.Get(m_isolate)), number);
        ++m_alive;
    }
    m_built = m_generation;
}

LineObjects::Entry* LineObjects::entryOf(Word object, std::uint32_t& number)
{
    if (m_built != m_generation)
        rebuild();
    if (const auto known = m_numbers.find(object); known != m_numbers.end()) {
        number = known->second;
        return m_entries[number].get();
    }
    number = 0;
    if (m_alive >= kMost)
        return nullptr;
    number = static_cast<std::uint32_t>(m_entries.size());
    auto entry = std::make_unique<Entry>();
    entry->weak.Reset(m_isolate, handleOf(m_isolate, object));
    entry->weak.SetWeak();
    m_numbers.emplace(object, number);
    m_entries.push_back(std::move(entry));
    ++m_alive;
    return m_entries.back().get();
}

std::uint32_t LineObjects::numberOf(Word object)
{
    std::uint32_t number = 0;
    (void)entryOf(object, number);
    return number;
}

bool LineObjects::contentOf(Word object, std::vector<Word>& words) const
{
    constexpr std::size_t kMostWords = 256;
    words.clear();
    const Word shape = at(object, heapObject::kMap);
    words.push_back(shape);
    const auto add = [&](Word from, int offset, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const Word word = at(from, offset + static_cast<int>(i * 8));
            words.push_back(word);
            if (!isSmall(word) && typeOf(word) == m_symbols.heapNumber) // changed in its place
                words.push_back(valueAt<Word>(word, number::kValue));
        }
    };
    const std::size_t size = valueAt<std::uint8_t>(shape, map::kInstanceWords);
    const int type = valueAt<std::uint16_t>(shape, map::kInstanceType);
    const bool plain = type > m_symbols.globalProxy;
    if (!plain || size < 3)
        return false;
    // Others hold pointers of C++ among their words.
    const bool tagged = type == m_symbols.object || type == m_symbols.array || type == m_symbols.map
        || type == m_symbols.set || type == m_symbols.promise || type == m_symbols.error;
    add(object, object::kProperties, tagged ? std::min<std::size_t>(size - 1, kNamed + 8) : 2);
    const Word outside = at(object, object::kProperties);
    if (!isSmall(outside)) {
        const Word length = at(outside, array::kLength);
        const std::int32_t count = isSmall(length) ? smallValue(length) : 0;
        const int outsideType = typeOf(outside);
        const bool dictionary = outsideType != m_symbols.fixedArray && count > array::kPropertyLength;
        const auto used = static_cast<std::size_t>(
            outsideType == m_symbols.fixedArray || dictionary ? count : count & array::kPropertyLength);
        if (used > kMostWords)
            return false;
        add(outside, array::kFirst, used);
    }
    const Word elements = at(object, object::kElements);
    const Word length = at(elements, array::kLength);
    if (isSmall(length)) {
        const auto count = static_cast<std::size_t>(std::max(smallValue(length), 0));
        const int elementsType = typeOf(elements);
        if (elementsType == m_symbols.fixedDoubles) {
            for (std::size_t i = 0; i < std::min(count, kElements); ++i)
                words.push_back(valueAt<Word>(elements, array::kFirst + static_cast<int>(i * 8)));
        } else if (elementsType == m_symbols.fixedArray) {
            add(elements, array::kFirst, std::min(count, kElements));
        } else if (type == m_symbols.object || type == m_symbols.array) { // sparse: a table of numbers and values
            if (count > kMostWords)
                return false;
            add(elements, array::kFirst, count);
        }
    }
    if (type == m_symbols.map || type == m_symbols.set) {
        const Word table = at(object, object::kFirstField);
        if (!isSmall(table)) {
            const Word held = at(table, array::kLength);
            if (isSmall(held))
                add(table, array::kFirst,
                    std::min<std::size_t>(static_cast<std::size_t>(smallValue(held)), kMostWords));
        }
    }
    return true;
}

void LineObjects::look(Word value, int levels)
{
    std::uint32_t number = 0;
    Entry* const entry = entryOf(value, number);
    if (!entry || entry->deep == 0 || (entry->stop == m_stop && entry->looked >= levels))
        return;
    entry->stop = m_stop;
    entry->looked = levels;
    const int deep = entry->deep;
    if (contentOf(value, m_scratch)) {
        if (entry->generation != m_generation || m_scratch != entry->content)
            describe(handleOf<v8::Object>(m_isolate, value), number, deep);
    }
    if (std::min(levels, deep) < 2)
        return;
    // The objects in it: their own properties count, too.
    const std::size_t count = std::min(m_entries[number]->properties.size(), kElements);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t child = m_entries[number]->properties[i].value.object.value;
        if (child == 0 || child >= m_entries.size() || !m_entries[child] || m_entries[child]->weak.IsEmpty())
            continue;
        if (m_entries[child]->stop != m_stop && m_entries[child]->deep > 0)
            look(wordOf(m_entries[child]->weak.Get(m_isolate)), levels - 1);
    }
}

v8::Local<v8::Value> LineObjects::objectOf(std::uint32_t number) const
{
    if (number == 0 || number >= m_entries.size() || !m_entries[number] || m_entries[number]->weak.IsEmpty())
        return {};
    return m_entries[number]->weak.Get(m_isolate);
}

ShortText LineObjects::errorText(v8::Local<v8::Value> error)
{
    const Word word = wordOf(error);
    if (!m_text.isObject(word))
        return m_text.ofPrimitive(word);
    if (!error->IsNativeError())
        return {.text = m_errorText = headingOf(error.As<v8::Object>()).text};
    const auto object = error.As<v8::Object>();
    m_errorText = m_text.ofLocal(object->GetConstructorName()).text;
    bool cut = false;
    const auto all = v8::debug::PropertyIterator::Create(m_isolate->GetCurrentContext(), object, true);
    while (all && !all->Done() && all->is_own()) {
        if (m_text.ofName(wordOf(all->name())).text == "message") {
            v8::debug::PropertyDescriptor descriptor;
            if (all->descriptor().To(&descriptor) && !descriptor.value.IsEmpty()) {
                const ShortText message = m_text.ofLocal(descriptor.value);
                m_errorText += ": ";
                m_errorText += message.text;
                cut = message.cut;
            }
            break;
        }
        bool more = false;
        if (!all->Advance().To(&more))
            break;
    }
    return {.text = m_errorText, .cut = cut};
}

ToldValue LineObjects::tell(v8::Local<v8::Value> value, int deep)
{
    const Word word = wordOf(value);
    if (!m_text.isObject(word)) {
        const ShortText text = m_text.ofPrimitive(word);
        return {.text = m_recorder.internOften(text.text), .object = {}, .cut = text.cut};
    }
    std::uint32_t number = 0;
    Entry* const entry = entryOf(word, number);
    if (!entry)
        return {.text = m_recorder.internOften("[Object]"), .object = {}, .cut = true};
    if (!entry->text || (entry->deep < deep && entry->kind != ObjectKind::Function))
        describe(value.As<v8::Object>(), number, deep);
    else
        look(word);
    return {.text = {}, .object = {number}};
}

namespace {

std::string isoDate(double time)
{
    if (!std::isfinite(time))
        return "Invalid Date";
    const auto seconds = static_cast<std::time_t>(std::floor(time / 1000));
    std::tm parts {};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1,
        parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
        static_cast<int>(time - std::floor(time / 1000) * 1000));
    return text;
}

} // namespace

LineObjects::Heading LineObjects::headingOf(v8::Local<v8::Object> object)
{
    Heading heading;
    const auto name = [this](v8::Local<v8::Value> value) { return std::string(m_text.ofLocal(value).text); };
    const auto constructor = [&] { return name(object->GetConstructorName()); };
    const auto sized = [&](ObjectKind kind, std::size_t size) {
        heading.kind = kind;
        heading.size = static_cast<std::uint32_t>(std::min<std::size_t>(size, UINT32_MAX));
        heading.text = constructor();
    };
    if (object->IsProxy()) {
        heading.kind = ObjectKind::Proxy;
        heading.text = "Proxy";
    } else if (object->IsFunction()) {
        const auto function = object.As<v8::Function>();
        const std::string called = name(function->GetDebugName());
        const Word code = at(wordOf(object), function::kShared);
        const bool isClass = typeOf(wordOf(object)) >= m_symbols.function - 20
            && (valueAt<std::uint32_t>(code, shared::kFlags) & shared::kIsClass) != 0;
        const std::string_view kind = isClass ? "class"
            : object->IsAsyncFunction()       ? "AsyncFunction"
            : object->IsGeneratorFunction()   ? "GeneratorFunction"
                                              : "Function";
        heading.kind = isClass ? ObjectKind::Class : ObjectKind::Function;
        heading.text = "[" + std::string(kind)
            + (isClass               ? " "
                    : called.empty() ? " "
                                     : ": ")
            + (called.empty() ? "(anonymous)" : called) + "]";
    } else if (object->IsArray()) {
        sized(ObjectKind::Array, object.As<v8::Array>()->Length());
    } else if (object->IsMap()) {
        sized(ObjectKind::Map, object.As<v8::Map>()->Size());
    } else if (object->IsSet()) {
        sized(ObjectKind::Set, object.As<v8::Set>()->Size());
    } else if (object->IsPromise()) {
        heading.kind = ObjectKind::Promise;
        switch (object.As<v8::Promise>()->State()) {
        case v8::Promise::kPending: heading.text = "Promise (pending)"; break;
        case v8::Promise::kFulfilled: heading.text = "Promise (fulfilled)"; break;
        case v8::Promise::kRejected: heading.text = "Promise (rejected)"; break;
        }
    } else if (object->IsNativeError()) {
        heading.kind = ObjectKind::Error;
        heading.text = constructor();
    } else if (object->IsDate()) {
        heading.kind = ObjectKind::Date;
        heading.text = isoDate(object.As<v8::Date>()->ValueOf());
    } else if (object->IsRegExp()) {
        heading.kind = ObjectKind::RegExp;
        const auto expression = object.As<v8::RegExp>();
        heading.text = '/' + name(expression->GetSource()) + '/';
        constexpr std::pair<v8::RegExp::Flags, char> flags[] = {{v8::RegExp::kHasIndices, 'd'},
            {v8::RegExp::kGlobal, 'g'}, {v8::RegExp::kIgnoreCase, 'i'}, {v8::RegExp::kMultiline, 'm'},
            {v8::RegExp::kDotAll, 's'}, {v8::RegExp::kUnicode, 'u'}, {v8::RegExp::kSticky, 'y'}};
        for (const auto& [flag, letter] : flags) {
            if (expression->GetFlags() & flag)
                heading.text += letter;
        }
    } else if (object->IsTypedArray()) {
        const auto array = object.As<v8::TypedArray>();
        sized(constructor() == "Buffer" ? ObjectKind::Buffer : ObjectKind::TypedArray, array->Length());
    } else if (object->IsArrayBuffer()) {
        sized(ObjectKind::TypedArray, object.As<v8::ArrayBuffer>()->ByteLength());
    } else if (object->IsSharedArrayBuffer()) {
        sized(ObjectKind::TypedArray, object.As<v8::SharedArrayBuffer>()->ByteLength());
    } else if (object->IsGeneratorObject()) {
        heading.kind = ObjectKind::Generator;
        heading.text = "Object [Generator]";
    } else if (object->IsWeakMap() || object->IsWeakSet() || object->IsWeakRef()) {
        heading.kind = ObjectKind::WeakCollection;
        heading.text = constructor();
    } else if (object->IsArgumentsObject()) {
        heading.kind = ObjectKind::Arguments;
        heading.text = "[Arguments]";
    } else if (object->IsNumberObject()) {
        heading.kind = ObjectKind::Wrapper;
        heading.text = "[Number: " + std::string(m_text.ofNumber(object.As<v8::NumberObject>()->ValueOf()).text) + "]";
    } else if (object->IsStringObject()) {
        heading.kind = ObjectKind::Wrapper;
        heading.text = "[String: "
            + std::string(m_text.ofPrimitive(wordOf(object.As<v8::StringObject>()->ValueOf())).text) + "]";
    } else if (object->IsBooleanObject()) {
        heading.kind = ObjectKind::Wrapper;
        heading.text = object.As<v8::BooleanObject>()->ValueOf() ? "[Boolean: true]" : "[Boolean: false]";
    } else {
        heading.kind = ObjectKind::Object;
        heading.text = constructor();
    }
    if (heading.text.empty())
        heading.text = "Object";
    return heading;
}

// As many as properties() would tell of if it told all, private fields not among them.
std::uint32_t LineObjects::countOf(v8::Local<v8::Object> object)
{
    const v8::Local<v8::Context> context = m_isolate->GetCurrentContext();
    v8::Local<v8::Array> names;
    if (!object
            ->GetPropertyNames(
                context, v8::KeyCollectionMode::kOwnOnly, v8::ONLY_ENUMERABLE, v8::IndexFilter::kSkipIndices)
            .ToLocal(&names))
        return 0;
    std::uint32_t count = names->Length();
    if (object->IsNativeError()) { // it is told although it is not enumerable
        const auto message = v8::String::NewFromUtf8Literal(m_isolate, "message");
        v8::PropertyAttribute attributes = v8::None;
        const bool isThere = object->HasRealNamedProperty(context, message).FromMaybe(false)
            && object->GetRealNamedPropertyAttributes(context, message).To(&attributes);
        count += isThere && (attributes & v8::DontEnum) != 0 ? 1 : 0;
    }
    return count;
}

// After each call into V8 that allocates, entries are found anew: a description within may have added some.
void LineObjects::describe(v8::Local<v8::Object> object, std::uint32_t number, int deep)
{
    const v8::HandleScope handles(m_isolate);
    {
        Entry& entry = *m_entries[number];
        entry.deep = std::max(entry.deep, deep); // an object within itself ends here
        for (Property& each : entry.properties)
            each.seen = false;
    }
    const Heading heading = headingOf(object);
    const bool isOpaque = heading.kind == ObjectKind::Proxy || heading.kind == ObjectKind::Function;
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
    if (typeOf(wordOf(object)) <= m_symbols.globalProxy || object->IsTypedArray())
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

void LineObjects::sparseElements(v8::Local<v8::Object> object, std::uint32_t number, int deep)
{
    const auto all = v8::debug::PropertyIterator::Create(m_isolate->GetCurrentContext(), object, false);
    for (std::size_t count = 0; all && !all->Done() && count < kElements && all->is_array_index(); ++count) {
        tellProperty(*all, PropertyKind::Element, m_text.ofName(wordOf(all->name())).text, number, deep);
        bool more = false;
        if (!all->Advance().To(&more))
            break;
    }
}

void LineObjects::tellProperty(
    v8::debug::PropertyIterator& each, PropertyKind kind, std::string_view name, std::uint32_t number, int deep)
{
    v8::debug::PropertyDescriptor descriptor;
    if (each.is_native_accessor() || !each.descriptor().To(&descriptor))
        return;
    const TextId id = m_recorder.internOften(name);
    if (!descriptor.get.IsEmpty() || !descriptor.set.IsEmpty())
        put(number, PropertyKind::Accessor, id, {});
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
    const v8::Local<v8::Context> context = m_isolate->GetCurrentContext();
    const bool error = object->IsNativeError();
    const auto all = v8::debug::PropertyIterator::Create(context, object, true);
    std::size_t count = 0;
    for (; all && !all->Done() && count < kNamed; ++count) {
        if (!all->is_own())
            break;
        const v8::Local<v8::Name> name = all->name();
        v8::PropertyAttribute attributes = v8::None;
        const std::string text(m_text.ofName(wordOf(name)).text);
        const bool hidden = !all->attributes().To(&attributes) || (attributes & v8::DontEnum) != 0;
        const bool told = !hidden || (error && text == "message");
        if (told)
            tellProperty(*all, PropertyKind::Data, text, number, deep);
        bool more = false;
        if (!all->Advance().To(&more))
            break;
    }
    if (object->IsProxy() || object->IsFunction())
        return;
    std::vector<v8::Local<v8::Value>> names;
    std::vector<v8::Local<v8::Value>> values;
    constexpr int fields = static_cast<int>(v8::debug::PrivateMemberFilter::kPrivateFields);
    if (!v8::debug::GetPrivateMembers(context, object, fields, &names, &values))
        return;
    for (std::size_t i = 0; i < std::min({names.size(), values.size(), kNamed}); ++i)
        property(number, PropertyKind::Private, m_recorder.internOften(m_text.ofLocal(names[i]).text), values[i], deep);
}

} // namespace bistro
