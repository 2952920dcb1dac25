// What Node's own JavaScript tells: one line added to the functions that queue ticks, timers, immediates and requests
// calls straight into the engine. Depends on Node 20 (node_patches.cpp names each line).
#pragma once

#include "trace/ids.h"

#include <v8.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bistro {

struct RecordedThread;

// What the probe remembers of one thread.
struct ProbeState {
    std::uint32_t requests = 0; // HTTP: the last one's number
    std::vector<std::uint8_t> internal; // by script, whether it is Node's own: 0 not asked yet, 1 no, 2 yes
};

// Whether a function is of Node's own library.
[[nodiscard]] bool isNodesFunction(RecordedThread& thread, v8::Local<v8::Function> function);
// The debugger's name of a function, which runs none of the program's code; none when it has none.
[[nodiscard]] trace::TextId nameOfFunction(RecordedThread& thread, v8::Local<v8::Function> function);

// Before node::InitializeOncePerProcess.
void registerProbe();
// The name under which the patched sources find the probe: unguessable, and gone once they have.
[[nodiscard]] const std::string& probeName();

// Adds our lines to a source of Node's (id as in "internal/timers"). False when a line to add to was not found.
[[nodiscard]] bool patchBuiltin(std::string_view id, std::string& source);
[[nodiscard]] bool isPatched(std::string_view id);
// Takes our lines out again, for Function.prototype.toString. False when there are none in it.
[[nodiscard]] bool unpatch(std::string& source);

} // namespace bistro
