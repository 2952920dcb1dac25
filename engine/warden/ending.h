// How the warden and its guard end: with nobody left below them, and as the program has ended. Of the main thread.
#pragma once

#include <functional>
#include <sys/types.h>

namespace bistro::warden {

// Who has ended, and how, as waitpid has it.
using Ended = std::function<void(pid_t process, int status)>;

// Without waiting. False: there is nobody below any more.
bool reap(const Ended& ended);
// Kills all below, until nobody is left, or some seconds have passed. `signals` as heardSignals gives it; what comes
// meanwhile is not heard.
void endAllBelow(int signals, const Ended& ended);
// By the same code, or the same signal, without a core file. Threads of ours are not waited for.
[[noreturn]] void endAs(int status);

// What is held of the program's input and output, others would wait for: the end of its output, somebody who reads its
// input.
void letGoOfStreams();

} // namespace bistro::warden
