#include "codecache.h"

#include "interpose.h"
#include "libnodenames.h"
#include "programclock.h"
#include "recordedthread.h"

#include <v8.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace bistro {
namespace {

using Save = void (*)(void*, const char*, v8::Local<v8::Function>);

struct Module {
    void* loader;
    std::string id;
    v8::Eternal<v8::Function> function;
};

// Of the process, since the cache is: of the first realm of the thread that runs the program, until the first worker.
// A ShadowRealm ends before its isolate does, and must not be kept by its functions.
struct Postponed {
    std::atomic<bool> isOver = false;
    std::thread::id owner;
    void* realm = nullptr;
    std::vector<Module> modules; // the owner's only
};
Postponed& postponed()
{
    static auto* const one = new Postponed; // never destroyed: threads may outlive main
    return *one;
}

// For which realm a module is compiled; null for a new context, whose loader is one for the moment.
thread_local void* t_realm = nullptr;

Save realSave()
{
    static const auto real = next<Save>(BISTRO_NODE_SAVE_CODE_CACHE);
    return real;
}

} // namespace

extern "C" [[gnu::used]] void* bistroCompileBuiltin(void* loader, void* context, const char* id, void* realm) __asm__(
    BISTRO_NODE_COMPILE_BUILTIN);
void* bistroCompileBuiltin(void* loader, void* context, const char* id, void* realm)
{
    static const auto real = next<void* (*)(void*, void*, const char*, void*)>(BISTRO_NODE_COMPILE_BUILTIN);
    t_realm = realm;
    return real(loader, context, id, realm);
}

extern "C" [[gnu::used]] void bistroSaveCodeCache(
    void* loader, const char* id, v8::Local<v8::Function> function) __asm__(BISTRO_NODE_SAVE_CODE_CACHE);
void bistroSaveCodeCache(void* loader, const char* id, v8::Local<v8::Function> function)
{
    Postponed& rest = postponed();
    if (!t_realm || rest.isOver)
        return realSave()(loader, id, function);
    if (!rest.realm) {
        rest.realm = t_realm;
        rest.owner = std::this_thread::get_id();
    }
    if (rest.realm != t_realm || rest.owner != std::this_thread::get_id())
        return realSave()(loader, id, function);
    Module& module = rest.modules.emplace_back(loader, id);
    module.function.Set(v8::Isolate::GetCurrent(), function);
}

void fillCodeCache()
{
    Postponed& rest = postponed();
    if (rest.owner != std::this_thread::get_id() || rest.isOver.exchange(true))
        return;
    RecordedThread* const thread = thisThread();
    const auto fill = [&] {
        v8::Isolate* const isolate = v8::Isolate::GetCurrent();
        const v8::HandleScope handles(isolate);
        for (const Module& module : rest.modules)
            realSave()(module.loader, module.id.c_str(), module.function.Get(isolate));
        rest.modules.clear();
    };
    if (!thread)
        return fill();
    const HeldClock held(*thread);
    fill();
}

} // namespace bistro
