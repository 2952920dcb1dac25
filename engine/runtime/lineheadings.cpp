#include "lineobjects.h"

#include "ownproperties.h"
#include "v8handles.h"
#include "v8objects.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <string>
#include <utility>

namespace bistro {

using namespace v8layout;

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

std::string_view nameOfArray(v8::Local<v8::TypedArray> array)
{
    return array->IsUint8Array()       ? "Uint8Array"
        : array->IsUint8ClampedArray() ? "Uint8ClampedArray"
        : array->IsInt8Array()         ? "Int8Array"
        : array->IsUint16Array()       ? "Uint16Array"
        : array->IsInt16Array()        ? "Int16Array"
        : array->IsUint32Array()       ? "Uint32Array"
        : array->IsInt32Array()        ? "Int32Array"
        : array->IsFloat32Array()      ? "Float32Array"
        : array->IsFloat64Array()      ? "Float64Array"
        : array->IsBigInt64Array()     ? "BigInt64Array"
                                       : "BigUint64Array";
}

} // namespace

v8::Local<v8::Value> LineObjects::prototypeOf(v8::Local<v8::Object> object) const
{
    return handleOf(m_isolate, at(at(wordOf(object), heapObject::kMap), map::kPrototype));
}

// Nothing: it has no such property, or an accessor.
LineObjects::Own LineObjects::ownOf(v8::Local<v8::Object> object, v8::Local<v8::Name> name) const
{
    if (!object->HasRealNamedProperty(m_isolate->GetCurrentContext(), name).FromMaybe(false))
        return {};
    OwnProperties all(m_isolate, object, OwnProperties::Which::Hidden);
    for (bool more = all.begin(); more; more = all.next()) {
        v8::debug::PropertyDescriptor descriptor;
        if ((*all).name()->StrictEquals(name))
            return {.isThere = true,
                .isEnumerable = all.isEnumerable(),
                .value = (*all).descriptor().To(&descriptor) ? descriptor.value : v8::Local<v8::Value>()};
    }
    return {.isThere = true};
}

// Of the object or of the first of its prototypes that has one, as far as these can be read.
LineObjects::Own LineObjects::ownOrInherited(
    v8::Local<v8::Object> object, v8::Local<v8::Name> name, bool fromPrototype) const
{
    constexpr int kLevels = 32;
    v8::Local<v8::Value> each = object;
    if (fromPrototype)
        each = prototypeOf(object);
    for (int i = 0; i < kLevels && m_text.isObject(wordOf(each)) && canBeRead(wordOf(each), m_symbols); ++i) {
        const Own own = ownOf(each.As<v8::Object>(), name);
        if (own.isThere)
            return {.isThere = i == 0, .isEnumerable = own.isEnumerable, .value = own.value};
        each = prototypeOf(each.As<v8::Object>());
    }
    return {};
}

// What its text is if it is one, or nothing.
std::string LineObjects::nameOf(v8::Local<v8::Value> function)
{
    if (function.IsEmpty() || !function->IsFunction() || function->IsProxy())
        return {};
    std::string bound;
    v8::Local<v8::Value> each = function;
    while (each.As<v8::Function>()->GetBoundFunction()->IsFunction() && bound.size() < kToldLetters) {
        bound += "bound ";
        each = each.As<v8::Function>()->GetBoundFunction();
    }
    if (each->IsProxy() || typeOf(wordOf(each)) < m_symbols.function)
        return bound;
    return bound.append(m_text.ofLocal(each.As<v8::Function>()->GetDebugName()).text);
}

// The name of its class, as Node prints it before what is in it: "Cache [Map]". `kind` is what V8 has made, and `tag`
// what an object of that kind calls itself.
std::string LineObjects::className(v8::Local<v8::Object> object, std::string_view kind, std::string_view tag)
{
    if (prototypeOf(object)->IsNull())
        return '[' + std::string(kind) + ": null prototype]";
    std::string name(m_text.ofLocal(object->GetConstructorName()).text);
    if (name.empty())
        name = kind;
    return tag.empty() || name == tag ? name : name + " [" + std::string(tag) + ']';
}

// An object may call itself by a symbol: Node prints this unless it is there among the properties.
std::string LineObjects::classNameOfPlain(v8::Local<v8::Object> object)
{
    const Own own = ownOrInherited(object, v8::Symbol::GetToStringTag(m_isolate), false);
    if (own.value.IsEmpty() || !own.value->IsString() || own.value.As<v8::String>()->Length() == 0)
        return className(object, "Object", {});
    const std::string tag(m_text.ofLocal(own.value).text);
    const auto key = v8::String::NewFromUtf8Literal(m_isolate, "constructor", v8::NewStringType::kInternalized);
    std::string name = nameOf(ownOrInherited(object, key, true).value);
    if (name.empty())
        name = "Object";
    return name == tag || (own.isThere && own.isEnumerable) ? name : name + " [" + tag + ']';
}

std::string LineObjects::functionText(v8::Local<v8::Object> function, bool isClass)
{
    const std::string called = nameOf(function);
    const bool isBare = prototypeOf(function)->IsNull();
    if (isClass) {
        const std::string super = nameOf(prototypeOf(function));
        return "[class " + (called.empty() ? "(anonymous)" : called)
            + (isBare               ? " extends null"
                    : super.empty() ? ""
                                    : " extends " + super)
            + ']';
    }
    const bool isAsync = function->IsAsyncFunction();
    const bool isGenerator = function->IsGeneratorFunction();
    const std::string_view kind = isAsync && isGenerator ? "AsyncGeneratorFunction"
        : isAsync                                        ? "AsyncFunction"
        : isGenerator                                    ? "GeneratorFunction"
                                                         : "Function";
    return '[' + std::string(kind) + (isBare ? " (null prototype)" : "")
        + (called.empty() ? " (anonymous)" : ": " + called) + ']';
}

LineObjects::Heading LineObjects::headingOf(v8::Local<v8::Object> object)
{
    Heading heading;
    const auto name = [this](v8::Local<v8::Value> value) { return std::string(m_text.ofLocal(value).text); };
    const auto constructor = [&] { return name(object->GetConstructorName()); };
    const auto sized = [&](ObjectKind kind, std::size_t size, std::string_view made, std::string_view tag) {
        heading.kind = kind;
        heading.size = static_cast<std::uint32_t>(std::min<std::size_t>(size, UINT32_MAX));
        heading.text = className(object, made, tag);
    };
    const auto said = [&](ObjectKind kind, std::string_view made, std::string text) {
        heading.kind = kind;
        const std::string of = className(object, made, {});
        heading.text = of == made ? std::move(text) : of + ' ' + text;
    };
    const auto wrapped = [&](std::string_view made, v8::Local<v8::Value> value) {
        heading.kind = ObjectKind::Wrapper;
        const std::string of = prototypeOf(object)->IsNull() ? "null prototype" : constructor();
        heading.text = '[' + std::string(made) + (of == made ? "" : " (" + of + ')') + ": "
            + std::string(m_text.ofPrimitive(wordOf(value)).text) + ']';
    };
    if (object->IsProxy()) {
        heading.kind = ObjectKind::Proxy;
        heading.text = "Proxy";
    } else if (!canBeRead(wordOf(object), m_symbols)) {
        heading.kind = ObjectKind::Other;
        heading.text = '[' + constructor() + ']';
    } else if (object->IsFunction()) {
        const Word code = at(wordOf(object), function::kShared);
        const bool isClass = typeOf(wordOf(object)) >= m_symbols.function // else a bound one, or one of C++
            && (valueAt<std::uint32_t>(code, shared::kFlags) & shared::kIsClass) != 0;
        heading.kind = isClass ? ObjectKind::Class : ObjectKind::Function;
        heading.text = functionText(object, isClass);
    } else if (object->IsArray()) {
        sized(ObjectKind::Array, object.As<v8::Array>()->Length(), "Array", {});
    } else if (object->IsMap()) {
        sized(ObjectKind::Map, object.As<v8::Map>()->Size(), "Map", "Map");
    } else if (object->IsSet()) {
        sized(ObjectKind::Set, object.As<v8::Set>()->Size(), "Set", "Set");
    } else if (object->IsPromise()) {
        heading.kind = ObjectKind::Promise;
        heading.text = className(object, "Promise", "Promise");
        switch (object.As<v8::Promise>()->State()) {
        case v8::Promise::kPending: heading.text += " (pending)"; break;
        case v8::Promise::kFulfilled: heading.text += " (fulfilled)"; break;
        case v8::Promise::kRejected: heading.text += " (rejected)"; break;
        }
    } else if (object->IsNativeError()) {
        heading.kind = ObjectKind::Error;
        heading.text = constructor();
    } else if (object->IsDate()) {
        said(ObjectKind::Date, "Date", isoDate(object.As<v8::Date>()->ValueOf()));
    } else if (object->IsRegExp()) {
        const auto expression = object.As<v8::RegExp>();
        std::string text = '/' + name(expression->GetSource()) + '/';
        constexpr std::pair<v8::RegExp::Flags, char> flags[] = {{v8::RegExp::kHasIndices, 'd'},
            {v8::RegExp::kGlobal, 'g'}, {v8::RegExp::kIgnoreCase, 'i'}, {v8::RegExp::kMultiline, 'm'},
            {v8::RegExp::kDotAll, 's'}, {v8::RegExp::kUnicode, 'u'}, {v8::RegExp::kSticky, 'y'}};
        for (const auto& [flag, letter] : flags) {
            if (expression->GetFlags() & flag)
                text += letter;
        }
        said(ObjectKind::RegExp, "RegExp", std::move(text));
    } else if (object->IsTypedArray()) {
        const auto array = object.As<v8::TypedArray>();
        const bool isBuffer = constructor() == "Buffer";
        const std::string_view made = nameOfArray(array);
        sized(isBuffer ? ObjectKind::Buffer : ObjectKind::TypedArray, array->Length(), made,
            isBuffer ? std::string_view {} : made);
    } else if (object->IsArrayBuffer()) {
        sized(ObjectKind::TypedArray, object.As<v8::ArrayBuffer>()->ByteLength(), "ArrayBuffer", "ArrayBuffer");
    } else if (object->IsSharedArrayBuffer()) {
        sized(ObjectKind::TypedArray, object.As<v8::SharedArrayBuffer>()->ByteLength(), "SharedArrayBuffer",
            "SharedArrayBuffer");
    } else if (object->IsGeneratorObject()) {
        heading.kind = ObjectKind::Generator;
        const bool isAsync = typeOf(wordOf(object)) == m_symbols.asyncGenerator;
        heading.text = isAsync ? "Object [AsyncGenerator]" : "Object [Generator]";
    } else if (object->IsWeakMap() || object->IsWeakSet() || object->IsWeakRef()) {
        heading.kind = ObjectKind::WeakCollection;
        const std::string_view made = object->IsWeakMap() ? "WeakMap" : object->IsWeakSet() ? "WeakSet" : "WeakRef";
        heading.text = className(object, made, made);
    } else if (object->IsMapIterator() || object->IsSetIterator()) {
        heading.kind = ObjectKind::Generator;
        heading.text = object->IsMapIterator() ? "[Map Iterator]" : "[Set Iterator]";
    } else if (object->IsArgumentsObject()) {
        heading.kind = ObjectKind::Arguments;
        heading.text = "[Arguments]";
    } else if (object->IsNumberObject()) {
        wrapped("Number", v8::Number::New(m_isolate, object.As<v8::NumberObject>()->ValueOf()));
    } else if (object->IsStringObject()) {
        wrapped("String", object.As<v8::StringObject>()->ValueOf());
    } else if (object->IsBooleanObject()) {
        wrapped("Boolean", v8::Boolean::New(m_isolate, object.As<v8::BooleanObject>()->ValueOf()));
    } else if (object->IsBigIntObject()) {
        wrapped("BigInt", object.As<v8::BigIntObject>()->ValueOf());
    } else if (object->IsSymbolObject()) {
        wrapped("Symbol", object.As<v8::SymbolObject>()->ValueOf());
    } else if (object->IsModuleNamespaceObject()) {
        heading.kind = ObjectKind::Object;
        heading.text = "[Module: null prototype]";
    } else {
        heading.kind = ObjectKind::Object;
        heading.text = classNameOfPlain(object);
    }
    if (heading.text.empty())
        heading.text = "Object";
    return heading;
}

} // namespace bistro
