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
    } else if (!canBeRead(wordOf(object), m_symbols)) {
        heading.kind = ObjectKind::Other;
        heading.text = '[' + constructor() + ']';
    } else if (object->IsFunction()) {
        const auto function = object.As<v8::Function>();
        const std::string called = name(function->GetDebugName());
        const Word code = at(wordOf(object), function::kShared);
        const bool isClass = typeOf(wordOf(object)) >= m_symbols.function // else a bound one, or one of C++
            && (valueAt<std::uint32_t>(code, shared::kFlags) & shared::kIsClass) != 0;
        const bool isAsync = object->IsAsyncFunction();
        const bool isGenerator = object->IsGeneratorFunction();
        const std::string_view kind = isClass ? "class"
            : isAsync && isGenerator          ? "AsyncGeneratorFunction"
            : isAsync                         ? "AsyncFunction"
            : isGenerator                     ? "GeneratorFunction"
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
        const bool isAsync = typeOf(wordOf(object)) == m_symbols.asyncGenerator;
        heading.text = isAsync ? "Object [AsyncGenerator]" : "Object [Generator]";
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
    } else if (object->IsModuleNamespaceObject()) {
        heading.kind = ObjectKind::Object;
        heading.text = "[Module: null prototype]";
    } else {
        heading.kind = ObjectKind::Object;
        heading.text = constructor();
    }
    if (heading.text.empty())
        heading.text = "Object";
    return heading;
}

} // namespace bistro
