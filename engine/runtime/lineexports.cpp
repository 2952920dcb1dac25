// What a module's namespace has in it: V8's own properties of it throw while an export is not set.
#include "lineobjects.h"

#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <string>
#include <utility>

namespace bistro {

using namespace v8layout;

std::vector<LineObjects::Export> LineObjects::exportsOf(Word moduleNamespace) const
{
    std::vector<Export> all;
    const Word table = at(at(moduleNamespace, object::kFirstField), module::kNames);
    const Word length = at(table, array::kLength);
    const auto words = isSmall(length) ? static_cast<std::size_t>(std::max(smallValue(length), 0)) : 0;
    for (std::size_t i = hashTable::kFirstEntry; i + 1 < words; i += hashTable::kEntryWords) {
        const int offset = array::kFirst + static_cast<int>(i * 8);
        const Word name = at(table, offset);
        const Word cell = at(table, offset + 8);
        if (isSmall(name) || typeOf(name) >= string::kFirstNonstring || typeOf(cell) != m_symbols.cell)
            continue;
        all.push_back({.name = name, .value = at(cell, cell::kValue)});
    }
    return all;
}

// In the order of their names, as the namespace itself has them.
void LineObjects::exports(v8::Local<v8::Object> moduleNamespace, std::uint32_t number, int deep)
{
    std::vector<std::pair<std::string, v8::Local<v8::Value>>> all; // what is told may move them
    for (const Export& each : exportsOf(wordOf(moduleNamespace))) {
        all.emplace_back(m_text.ofName(each.name).text,
            m_text.isHole(each.value) ? v8::Local<v8::Value>() : handleOf(m_isolate, each.value));
    }
    std::ranges::sort(all, {}, &std::pair<std::string, v8::Local<v8::Value>>::first);
    all.resize(std::min(all.size(), kNamed));
    for (const auto& [name, value] : all) {
        const TextId id = m_recorder.internOften(name);
        if (value.IsEmpty())
            put(number, PropertyKind::Data, id, {.text = m_recorder.internOften("<uninitialized>")});
        else
            property(number, PropertyKind::Data, id, value, deep);
    }
}

} // namespace bistro
