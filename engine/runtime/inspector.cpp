#include "inspector.h"

#include "confinement.h"
#include "interpose.h"
#include "libnodenames.h"

#include <v8.h>

#include <atomic>
#include <cerrno>

namespace bistro {
namespace {

std::atomic<bool> s_isPrograms = false; // the process's: any thread may ask for a port

bool isRefused()
{
    return isConfined() && s_isPrograms.load(std::memory_order_relaxed);
}

// Node's own words for a build without an inspector. Its binding gives nothing back, so this is how the program learns.
void throwNotAvailable()
{
    v8::Isolate* const isolate = v8::Isolate::TryGetCurrent();
    if (!isolate || !isolate->InContext())
        return;
    const v8::HandleScope handles(isolate);
    const auto error = v8::Exception::Error(v8::String::NewFromUtf8Literal(isolate, "Inspector is not available"))
                           .As<v8::Object>();
    const auto code = v8::String::NewFromUtf8Literal(isolate, "ERR_INSPECTOR_NOT_AVAILABLE");
    static_cast<void>(
        error->CreateDataProperty(isolate->GetCurrentContext(), v8::String::NewFromUtf8Literal(isolate, "code"), code)
            .FromMaybe(false));
    isolate->ThrowException(error);
}

} // namespace

void flagsAreRead()
{
    s_isPrograms = true;
}

} // namespace bistro

using namespace bistro;

// bool node::inspector::Agent::StartIoThread(): false when there is no port.
extern "C" [[gnu::used]] bool bistroStartInspector(void* agent) __asm__(BISTRO_NODE_START_INSPECTOR);
bool bistroStartInspector(void* agent)
{
    static const auto real = next<bool (*)(void*)>(BISTRO_NODE_START_INSPECTOR);
    if (!isRefused())
        return real(agent);
    tellRefused(trace::Access::Inspect, "inspector.open", EPERM);
    throwNotAvailable();
    return false;
}

// void node::inspector::Agent::RequestIoThreadStart(): in the thread that waits for SIGUSR1.
extern "C" [[gnu::used]] void bistroRequestInspector(void* agent) __asm__(BISTRO_NODE_REQUEST_INSPECTOR);
void bistroRequestInspector(void* agent)
{
    static const auto real = next<void (*)(void*)>(BISTRO_NODE_REQUEST_INSPECTOR);
    if (!isRefused())
        real(agent);
    else
        tellRefused(trace::Access::Inspect, "SIGUSR1", EPERM);
}
