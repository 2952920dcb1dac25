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

struct Addon {
    std::string path; // without links; empty: as it is given
    int error = 0; // it must not be loaded (EACCES), or could not be
};

Addon addonAt(const char* file)
{
    if (!file || !std::strchr(file, '/') || mayLoadAddons())
        return {};
    const std::unique_ptr<char, decltype(&std::free)> whole(realpath(file, nullptr), std::free);
    if (!whole)
        return {.path = file, .error = errno}; // another thread may make it at any moment
    const std::string_view path = whole.get();
    const bool isSystems = path.starts_with("/usr/") && !reachable().mayWrite(path);
    return {.path = whole.get(), .error = isSystems ? 0 : EACCES};
}

} // namespace
} // namespace bistro

using namespace bistro;

extern "C" {

void* dlopen(const char* file, int flags) noexcept
{
    static const auto real = next<void* (*)(const char*, int)>("dlopen");
    const Addon addon = addonAt(file);
    if (addon.error == 0) {
        t_refusal.clear();
        // What was looked at is what is loaded: a link may lead elsewhere by now.
        return real(addon.path.empty() ? file : addon.path.c_str(), flags);
    }
    if (addon.error == EACCES)
        tellRefused(trace::Access::Addon, addon.path, EACCES);
    t_refusal = std::string(file) + ": cannot open shared object file: " + std::strerror(addon.error);
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
