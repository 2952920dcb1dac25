// bistro-engine: behaves as node does, and records what its event loop does when the application asks for it.

#include "confinement.h"
#include "control.h"
#include "environment.h"
#include "inspector.h"
#include "interpose.h"
#include "memorylimit.h"
#include "nodeinternals.h"
#include "recordedthread.h"
#include "uvinternals.h"
#include "v8symbols.h"
#include "wardenline.h"

#include <node.h>
#include <uv.h>
#include <v8.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <sys/prctl.h>
#include <unistd.h>

using namespace bistro;

// process.execPath, the names and children made from it, and the places where modules are looked for, are stock node's.
extern "C" int uv_exepath(char* buffer, std::size_t* size)
{
    static const auto real = next<int (*)(char*, std::size_t*)>("uv_exepath");
    constexpr std::string_view stock = BISTRO_NODE;
    if (access(BISTRO_NODE, X_OK) != 0 || !buffer || !size || *size <= stock.size())
        return real(buffer, size);
    std::memcpy(buffer, stock.data(), stock.size() + 1);
    *size = stock.size();
    return 0;
}

namespace {

std::string json(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            constexpr std::string_view digits = "0123456789abcdef";
            out += "\\u00";
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15u];
        } else {
            out += c;
        }
    }
    return out + '"';
}

void noteStart(Recorder& recorder, int argc, char** argv)
{
    std::string arguments = "[";
    for (int i = 1; i < argc; ++i)
        arguments += (i > 1 ? "," : "") + json(argv[i]);
    arguments += "]";
    const std::string versions = std::string(R"({"node":")") + (NODE_VERSION + 1) + R"(","v8":")" + v8::V8::GetVersion()
        + R"(","uv":")" + uv_version_string() + R"("})";
    char directory[4096] = "";
    if (!getcwd(directory, sizeof directory))
        directory[0] = '\0';
    recorder.event(events::RunStarted {.workers = poolSize(),
        .pid = static_cast<std::uint32_t>(getpid()),
        .arguments = recorder.intern(arguments),
        .versions = recorder.intern(versions),
        .directory = recorder.intern(directory)});
}

void noteEnd(int code)
{
    RecordedThread* const thread = thisThread();
    if (!thread)
        return;
    linesCounted(*thread);
    leavePhase(*thread);
    thread->recorder.runEnded(stopAsked() ? EndKind::Stopped : EndKind::ExitCode, static_cast<std::uint32_t>(code));
    thread->recorder.finish();
}

void leave(node::Environment* environment, int code)
{
    noteEnd(code);
    node::DefaultProcessExitHandler(environment, code);
}

// False, with a sentence on standard error, when Node, V8 or libuv are not those that the engine was written for.
bool fits(const std::vector<Requirement>& requirements)
{
    const std::string sentence = misfit(requirements);
    if (!sentence.empty())
        std::fprintf(stderr, "%s\n", sentence.c_str());
    return sentence.empty();
}

int runProgram(node::MultiIsolatePlatform* platform, const node::InitializationResult& init, const Orders& orders)
{
    RecordedThread* const thread = thisThread();
    if (thread) {
        expectLoop(*thread);
        expectEnvironment(*thread);
    }
    std::vector<std::string> errors;
    const auto setup = node::CommonEnvironmentSetup::Create(platform, &errors, init.args(), init.exec_args());
    if (!setup) {
        for (const std::string& error : errors)
            std::fprintf(stderr, "%s: %s\n", init.args().front().c_str(), error.c_str());
        return 1;
    }
    uv_loop_configure(
        setup->event_loop(), UV_METRICS_IDLE_TIME); // as node's own main does, for performance.eventLoopUtilization
    v8::Isolate* const isolate = setup->isolate();
    const v8::Locker locker(isolate);
    const v8::Isolate::Scope isolateScope(isolate);
    const v8::HandleScope handles(isolate);
    const v8::Context::Scope contextScope(setup->context());
    node::SetProcessExitHandler(setup->env(), leave);
    if (thread) {
        if (!fits({nodeinternals::nodeRequirement(isolate)})) {
            noteEnd(1);
            return 1;
        }
        startStacks(*thread, isolate);
        startVariables(*thread);
        thread->recorder.stackNow = stackNow;
        observePromises(*thread, isolate);
        observeNode(*thread, isolate);
        startLines(*thread, isolate, orders.lines);
    }
    if (orders.control >= 0)
        startControl(orders.control, setup->env());
    if (orders.confinement.warden >= 0)
        startWarden(orders.confinement.warden);
    flagsAreRead();
    // A null callback: from here on everything is what node itself does with its arguments. Its result does not matter,
    // as in node: the main script may have thrown an error that the program then handled.
    (void)node::LoadEnvironment(setup->env(), node::StartExecutionCallback {});
    const int code = node::SpinEventLoop(setup->env()).FromMaybe(1);
    endControl();
    noteEnd(code);
    node::Stop(setup->env());
    return code;
}

} // namespace

int main(int argc, char** argv)
{
    const Orders orders = takeOrders();
    if (!orders.trace.empty()) {
        v8layout::Found v8 = v8layout::readV8(
            v8::V8::GetVersion(), [](const char* symbol) { return dlsym(RTLD_DEFAULT, symbol); });
        v8.requirements.push_back(uvRequirement());
        if (!fits(v8.requirements))
            return 1;
        auto writer = Writer::attach(orders.trace, orders.limits, orders.traceDescriptor);
        if (!writer) {
            std::fprintf(stderr, "bistro-engine: %s\n", writer.error().c_str());
            return 1;
        }
        noteStart(startRecording(std::move(*writer), v8.symbols).recorder, argc, argv);
        registerProbe();
    }
    startConfinement(orders.confinement, thisThread() ? &thisThread()->recorder : nullptr);
    watchMemory();
    prctl(PR_SET_NAME, "node");
    argv = uv_setup_args(argc, argv);
    const auto init = node::InitializeOncePerProcess({argv, argv + argc});
    for (const std::string& error : init->errors())
        std::fprintf(stderr, "%s: %s\n", init->args().front().c_str(), error.c_str());
    if (init->early_return()) {
        noteEnd(init->exit_code());
        return init->exit_code();
    }
    const int code = runProgram(init->platform(), *init, orders);
    node::TearDownOncePerProcess();
    return code;
}
