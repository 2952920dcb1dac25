#include "lineobjects.h"

#include "ownproperties.h"
#include "v8debug.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <array>
#include <string>

namespace bistro {

using namespace v8layout;

LineObjects::LineObjects(v8::Isolate* isolate, Recorder& recorder, const Symbols& symbols)
    : m_isolate(isolate)
    , m_recorder(recorder)
    , m_symbols(symbols)
    , m_text(isolate, symbols)
{
    m_entries.emplace_back(); // there is no object 0
}

LineObjects::Reading::Reading(LineObjects& objects)
    : m_caught(objects.m_isolate)
    , m_depth(objects.m_reading)
{
    m_caught.SetCaptureMessage(false);
    ++m_depth;
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
    if (type == m_symbols.moduleNamespace) {
        const std::vector<Export> exports = exportsOf(object);
        if (exports.size() > kMostWords)
            return false;
        for (const Export& each : exports) {
            words.push_back(each.value);
            if (!isSmall(each.value) && typeOf(each.value) == m_symbols.heapNumber)
                words.push_back(valueAt<Word>(each.value, number::kValue));
        }
    }
    if (const auto bytes = handleOf(m_isolate, object); bytes->IsTypedArray()) {
        std::array<Word, kBytes> memory {};
        const auto array = bytes.As<v8::TypedArray>();
        const std::size_t elementSize = array->Length() == 0 ? 0 : array->ByteLength() / array->Length();
        (void)array->CopyContents(memory.data(), std::min(kBytes, array->Length()) * elementSize);
        words.insert(words.end(), memory.begin(), memory.end());
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
    if (entryOf(value, number))
        look(value, number, levels);
}

void LineObjects::look(Word value, std::uint32_t number, int levels)
{
    Entry* const entry = m_entries[number].get();
    if (entry->deep == 0 || (entry->stop == m_stop && entry->looked >= levels))
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
            look(wordOf(m_entries[child]->weak.Get(m_isolate)), child, levels - 1);
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
    const Reading reading(*this);
    const auto object = error.As<v8::Object>();
    m_errorText = m_text.ofLocal(object->GetConstructorName()).text;
    bool cut = false;
    OwnProperties all(m_isolate, object, OwnProperties::Which::Hidden);
    for (bool more = all.begin(); more; more = all.next()) {
        if (m_text.ofName(wordOf((*all).name())).text != "message")
            continue;
        v8::debug::PropertyDescriptor descriptor;
        if ((*all).descriptor().To(&descriptor) && !descriptor.value.IsEmpty()) {
            const ShortText message = m_text.ofLocal(descriptor.value);
            m_errorText += ": ";
            m_errorText += message.text;
            cut = message.cut;
        }
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

} // namespace bistro
