// What keeps a program alive that only waits, as one sentence; whether it waits for its input.
#pragma once

#include "state/tracelog.h"

#include <QString>

namespace bistro::app {

// "Your program stays alive for the server on port 8080 in line 3 and 2 open connections." Empty when it does something
// else than wait, or has ended. From state/keepsalive.h.
[[nodiscard]] QString keptAliveSentence(const TraceLog& log, const LoopState& state);

// Whether the program reads its standard input at this state: it waits for a line.
[[nodiscard]] bool readsStandardInput(const TraceLog& log, const LoopState& state);
// Whether a thread of the pool reads something (fs.read). The trace does not name the descriptor; that such a job takes
// long says that it is a pipe: in practice standard input.
[[nodiscard]] bool maySitInARead(const TraceLog& log, const LoopState& state);

} // namespace bistro::app
