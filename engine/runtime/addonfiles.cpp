// Which files native code may be loaded from. Code that is loaded can do no more than the process may, but it can undo
// what this process itself refuses, and forge what is recorded: so it is asked about.

#include "confinement.h"
#include "interpose.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace bistro {
namespace {

thread_local std::string t_refusal; // for dlerror, once
thread_local std::string t_told;

// Looked up before it is needed: to look up a name makes the C library forget what it has to tell.
char* (*s_dlerror)() = next<char* (*)()>("dlerror");

// The file, when it is not the system's own and must not be loaded.
std::string refusedAddon(const char* file)
{
    if (!file || !std::strchr(file, '/') || mayLoadAddons())
        return {};
    const std::unique_ptr<char, decltype(&std::free)> whole(realpath(file, nullptr), std::free);
    if (!whole || std::string_view(whole.get()).starts_with("/usr/"))
        return {};
    return whole.get();
}

} // namespace
} // namespace bistro

using namespace bistro;

extern "C" {

void* dlopen(const char* file, int flags) noexcept
{
    static const auto real = next<void* (*)(const char*, int)>("dlopen");
    const std::string refused = refusedAddon(file);
    if (refused.empty()) {
        t_refusal.clear();
        return real(file, flags);
    }
    tellRefused(trace::Access::Addon, refused, EACCES);
    t_refusal = std::string(file) + ": cannot open shared object file: " + std::strerror(EACCES);
    return nullptr;
}

char* dlerror() noexcept
{
    if (t_refusal.empty()) {
        if (!s_dlerror) // a library that starts before us
            s_dlerror = next<char* (*)()>("dlerror");
        return s_dlerror();
    }
    t_told = std::exchange(t_refusal, {});
    return t_told.data();
}

} // extern "C"
