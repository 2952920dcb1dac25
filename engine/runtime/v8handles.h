// Handles of V8 made from words that lie in its frames and objects. The isolate's thread, within a HandleScope.
#pragma once

#include "v8layout.h"

#include <v8.h>

namespace bistro {

// HandleScope::CreateHandle is protected.
struct HandleMaker final : v8::HandleScope {
    [[nodiscard]] static v8::internal::Address* make(v8::Isolate* isolate, v8layout::Word word)
    {
        return CreateHandle(reinterpret_cast<v8::internal::Isolate*>(isolate), word);
    }
};

template <typename T = v8::Value>
[[nodiscard]] v8::Local<T> handleOf(v8::Isolate* isolate, v8layout::Word word)
{
    v8::Local<T> local;
    T* const place = reinterpret_cast<T*>(HandleMaker::make(isolate, word));
    static_assert(sizeof local == sizeof place);
    std::memcpy(static_cast<void*>(&local), &place, sizeof place);
    return local;
}

template <typename T>
[[nodiscard]] v8layout::Word wordOf(v8::Local<T> local)
{
    return *reinterpret_cast<v8layout::Slot>(*local);
}

} // namespace bistro
