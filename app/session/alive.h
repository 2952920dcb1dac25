// What keeps a program alive that has nothing to do: its timers, servers, sockets, children, jobs.
#pragma once

#include "state/tracelog.h"

#include <QString>
#include <QStringList>

namespace bistro::app {

// One phrase for each group ("the timer tick, every 1 s", "a server that listens", "2 open connections"), what matters
// most first. Empty when nothing does, when the loop is not asleep, or when the program has ended.
[[nodiscard]] QStringList keptAliveBy(const TraceLog& log, const LoopState& state);
// The same as one sentence; empty when keptAliveBy() is.
[[nodiscard]] QString keptAliveSentence(const TraceLog& log, const LoopState& state);

// Whether the program reads its standard input at this state: it waits for a line.
[[nodiscard]] bool readsStandardInput(const TraceLog& log, const LoopState& state);
// Whether a thread of the pool reads something (fs.read). The trace does not name the descriptor; that such a job takes
// long says that it is a pipe: in practice standard input.
[[nodiscard]] bool maySitInARead(const TraceLog& log, const LoopState& state);

} // namespace bistro::app
