// The line from the application to a running engine: one byte a command. Lives on a thread of its own, so that it is
// heard while JavaScript is busy.
#pragma once

namespace node {
class Environment;
}

namespace bistro {

// `descriptor` is a connected socket of which this takes ownership. 'S' asks the isolate to stop; when the other side
// closes, the application is gone and the engine leaves at once.
void startControl(int descriptor, node::Environment* environment);
// Whether a stop was asked for.
[[nodiscard]] bool stopAsked();
// The environment is about to be freed: commands are no longer carried out.
void endControl();

} // namespace bistro
