// How the engine observes libnode, V8 and libuv without changing them: the linker resolves a symbol to the executable
// first, so that a function of the same name here is called in their place, by themselves too (Debian builds them with
// interposable symbols). Each such function tells the recorder and calls the one it stands for, found by next().
#pragma once

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

namespace bistro {

// The library's own function behind the one defined here. Its absence is a wrong libnode or libuv: nothing could run.
template <typename Function>
[[nodiscard]] Function next(const char* symbol)
{
    void* const found = dlsym(RTLD_NEXT, symbol);
    if (!found) {
        std::fprintf(stderr,
            "bistro-engine: this libnode or libuv has no %s; it is not the version that the engine was built for.\n",
            symbol);
        std::abort();
    }
    return reinterpret_cast<Function>(found);
}

} // namespace bistro
