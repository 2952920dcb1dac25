// The own properties of an object, in their order, by V8's iterator over properties. That one goes on to the
// prototypes, and asks a proxy among them for its keys, as soon as it has gone past the object's last: so they are
// counted before, and it never goes there. The isolate's thread; values, within a HandleScope.
#pragma once

#include "v8debug.h"
#include "v8layout.h"

#include <v8.h>

#include <cstdint>
#include <memory>

namespace bistro {

// Whether V8 tells its own properties without asking the program. A proxy asks its handler, and the global object of a
// vm context an object of the program's. process.env asks the environment.
[[nodiscard]] bool canBeRead(v8layout::Word object, const v8layout::Symbols& symbols);

class OwnProperties final {
public:
    // Named: the enumerable ones, and symbols after all others. Hidden: then the rest, too. Numbered: its elements,
    // and then names.
    enum class Which : std::uint8_t { Named, Hidden, Numbered };

    // Of an object that can be read.
    OwnProperties(v8::Isolate* isolate, v8::Local<v8::Object> object, Which which);

    // Of those that are enumerable; with Numbered also elements, and no symbols.
    [[nodiscard]] std::uint32_t enumerable() const { return m_enumerable; }

    // At the first one, before which nothing can be asked. False: there is none.
    [[nodiscard]] bool begin();
    [[nodiscard]] bool next();
    [[nodiscard]] v8::debug::PropertyIterator& operator*() const { return *m_each; }
    [[nodiscard]] bool isEnumerable() const;
    // V8 names all of them once more, after those that are enumerable and no symbols.
    [[nodiscard]] bool isAgain() const;

private:
    [[nodiscard]] v8::Local<v8::Array> namesOf(v8::PropertyFilter filter) const;

    v8::Isolate* m_isolate;
    v8::Local<v8::Object> m_object;
    Which m_which;
    std::uint32_t m_enumerable = 0;
    std::uint32_t m_first = 0; // enumerable and no symbols
    std::uint32_t m_at = 0;
    std::uint32_t m_end = 0;
    std::unique_ptr<v8::debug::PropertyIterator> m_each;
};

} // namespace bistro
