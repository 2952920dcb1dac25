// The engine's end of the line to the application (control/messages.h). Lives on a thread of its own, so that it is
// heard while JavaScript is busy.
#pragma once

namespace node {
class Environment;
}

namespace bistro {

// `descriptor` is a connected socket of which this takes ownership: the process's own table of descriptors has it no
// more when this returns (ownthread.h). Each request is answered once it is passed on:
// Stop asks the isolate to stop. When the other side closes, the application is gone and the engine leaves at once.
void startControl(int descriptor, node::Environment* environment);
// Whether a stop was asked for.
[[nodiscard]] bool stopAsked();
// The environment is about to be freed: commands are no longer carried out.
void endControl();

} // namespace bistro
