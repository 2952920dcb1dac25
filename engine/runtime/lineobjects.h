// The objects that a run's lines tell of: each has a number of its own, and what was told of it is remembered, so that
// only what has changed is told again. Nothing here runs code of the program's: getters are named and not called,
// proxies are not looked into.
//
// The recorded thread's, within a HandleScope. Objects are remembered weakly.
#pragma once

#include "linetext.h"
#include "recorder.h"

#include <v8.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace v8::debug {
class PropertyIterator;
}

namespace bistro {

// What a variable, a property or a result holds, as it is told.
struct ToldValue {
    TextId text;
    ObjectId object;
    bool cut = false;

    bool operator==(const ToldValue&) const = default;
};

class LineObjects final {
public:
    // Objects that are numbered at a time; more are told by their text alone.
    static constexpr std::size_t kMost = 200'000;
    static constexpr std::size_t kElements = 100; // of each object that are told: elements, entries
    static constexpr std::size_t kNamed = 50; // and named properties
    static constexpr std::size_t kBytes = 50; // elements of a typed array, as many as Node prints of a Buffer
    static constexpr int kDeep = 2; // properties of a variable's object, and of the objects in these

    LineObjects(v8::Isolate* isolate, Recorder& recorder, const v8layout::Symbols& symbols);
    LineObjects(const LineObjects&) = delete;
    LineObjects& operator=(const LineObjects&) = delete;

    // A collection may have moved everything.
    void collected() { ++m_generation; }
    [[nodiscard]] std::uint32_t generation() const { return m_generation; }

    // A value to be told; its object is described first, when there is something new to tell of it.
    [[nodiscard]] ToldValue tell(v8::Local<v8::Value> value, int deep = kDeep);
    // What of this object has changed since it was told is told. Quick when nothing has.
    void look(v8layout::Word value, int levels = kDeep);
    // A new stop: each object is looked at once in it.
    void beginStop() { ++m_stop; }
    // The number of an object that nothing is told of, for our own use; 0: there are too many.
    [[nodiscard]] std::uint32_t numberOf(v8layout::Word object);

    // The object of that number; empty when it is gone.
    [[nodiscard]] v8::Local<v8::Value> objectOf(std::uint32_t number) const;
    // What was thrown, in a line.
    [[nodiscard]] ShortText errorText(v8::Local<v8::Value> error);

    [[nodiscard]] LineText& text() { return m_text; }

    // While an object is looked into: what V8 throws then is no error of the program's.
    [[nodiscard]] bool isReading() const { return m_reading > 0; }

private:
    // Around calls of V8's that may throw, whatever they are said to do: the program goes on as if they had not.
    class Reading final {
    public:
        explicit Reading(LineObjects& objects);
        Reading(const Reading&) = delete;
        Reading& operator=(const Reading&) = delete;
        ~Reading() { --m_depth; }

    private:
        v8::TryCatch m_caught;
        int& m_depth;
    };
    struct Property {
        TextId name;
        PropertyKind kind = PropertyKind::Data;
        ToldValue value;
        bool seen = false;
    };
    struct Entry {
        v8::Global<v8::Value> weak;
        ObjectKind kind = ObjectKind::Other;
        TextId text;
        std::uint32_t size = 0;
        std::uint32_t count = 0;
        int deep = 0; // properties were told for so many levels
        std::vector<Property> properties;
        std::vector<v8layout::Word> content; // as it was when it was told: see contentOf
        std::uint32_t generation = 0; // of that
        std::uint64_t stop = 0; // looked at then, for so many levels
        int looked = 0;
    };

    void look(v8layout::Word value, std::uint32_t number, int levels);
    [[nodiscard]] Entry* entryOf(v8layout::Word object, std::uint32_t& number);
    void rebuild();
    // The names that a module's namespace has, and what they hold: the hole where it is not set yet.
    struct Export {
        v8layout::Word name;
        v8layout::Word value;
    };
    [[nodiscard]] std::vector<Export> exportsOf(v8layout::Word moduleNamespace) const;
    // The words that an object's told properties lie in; false when they are too many to be looked at each time.
    [[nodiscard]] bool contentOf(v8layout::Word object, std::vector<v8layout::Word>& words) const;
    void describe(v8::Local<v8::Object> object, std::uint32_t number, int deep);
    struct Heading {
        ObjectKind kind = ObjectKind::Other;
        std::string text;
        std::uint32_t size = 0;
    };
    // A property of the object itself: its value, unless it is an accessor's.
    struct Own {
        bool isThere = false;
        bool isEnumerable = false;
        v8::Local<v8::Value> value;
    };
    [[nodiscard]] Own ownOf(v8::Local<v8::Object> object, v8::Local<v8::Name> name) const;
    [[nodiscard]] Own ownOrInherited(v8::Local<v8::Object> object, v8::Local<v8::Name> name, bool fromPrototype) const;
    [[nodiscard]] v8::Local<v8::Value> prototypeOf(v8::Local<v8::Object> object) const; // not of a proxy
    [[nodiscard]] std::string nameOf(v8::Local<v8::Value> function);
    [[nodiscard]] std::string className(v8::Local<v8::Object> object, std::string_view kind, std::string_view tag);
    [[nodiscard]] std::string classNameOfPlain(v8::Local<v8::Object> object);
    [[nodiscard]] std::string functionText(v8::Local<v8::Object> function, bool isClass);
    [[nodiscard]] Heading headingOf(v8::Local<v8::Object> object);
    [[nodiscard]] std::uint32_t countOf(v8::Local<v8::Object> object);
    void properties(v8::Local<v8::Object> object, std::uint32_t number, int deep);
    void elements(v8::Local<v8::Object> object, std::uint32_t number, int deep);
    void bytes(v8::Local<v8::TypedArray> array, std::uint32_t number);
    [[nodiscard]] std::string textOf(v8::Local<v8::TypedArray> array, std::span<const std::byte> element);
    void sparseElements(v8::Local<v8::Object> object, std::uint32_t number, int deep);
    void tellProperty(
        v8::debug::PropertyIterator& each, PropertyKind kind, std::string_view name, std::uint32_t number, int deep);
    void exports(v8::Local<v8::Object> moduleNamespace, std::uint32_t number, int deep);
    void entries(v8::Local<v8::Array> keysAndValues, bool pairs, std::uint32_t number, int deep);
    void property(std::uint32_t number, PropertyKind kind, TextId name, v8::Local<v8::Value> value, int deep);
    void put(std::uint32_t number, PropertyKind kind, TextId name, const ToldValue& value);

    v8::Isolate* m_isolate;
    Recorder& m_recorder;
    const v8layout::Symbols& m_symbols;
    LineText m_text;
    std::uint32_t m_generation = 1;
    std::uint32_t m_built = 1; // the generation that m_numbers holds for
    std::uint64_t m_stop = 0;
    std::vector<std::unique_ptr<Entry>> m_entries; // by number; null: gone
    std::unordered_map<v8layout::Word, std::uint32_t> m_numbers;
    std::size_t m_alive = 0;
    std::vector<v8layout::Word> m_scratch;
    std::string m_errorText;
    int m_reading = 0;
};

} // namespace bistro
