// What is said of what the sandbox refused, and of the limits of a run: the same in the narration, among the findings
// and at the card. Any thread.
#pragma once

#include "state/crash.h"
#include "state/place.h"
#include "trace/event.h"
#include "why/words.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace bistro::app {

// A sentence each; %1 is the subject, or what is allowed.
[[nodiscard]] Words wordsOf(trace::Access access);
[[nodiscard]] Words wordsOf(trace::RunLimit limit);
// With what is allowed.
[[nodiscard]] QString limitSentence(const trace::events::LimitReached& reached, Wording wording);

// Where the program asked for it (AccessRefused): a line of its own, also where Node asks a tick later in the name of
// an order that this line has placed. None when a child of it asked.
[[nodiscard]] CodePlace placeOfRefusal(const TraceLog& log, Index refusal);

// In a terminal one types, in the window one opens programsMay().
enum class ReadIn : std::uint8_t { Terminal, Window };
// What the window calls it, as it stands in the sentences below: "What Programs May Do".
[[nodiscard]] QString programsMay();
// What one can do: what to type to have it allowed for the program's folder ("bistro sandbox allow host
// example.org:443") or what to open, or why nobody can allow it. A sentence or two. `error` is the number that the
// program got. `folder` is the program's, which the command names where it would hold for another one; empty: it is not
// known. Looks at the file system.
[[nodiscard]] QString helpAgainst(trace::Access access, const QString& subject, int error,
    ReadIn where = ReadIn::Terminal, const QString& folder = {});
[[nodiscard]] QString helpAgainst(trace::RunLimit limit);
// How one allows more of it for the program's folder, a sentence; empty for what nobody can set.
[[nodiscard]] QString helpToAllowMore(
    trace::RunLimit limit, std::uint32_t allowed, ReadIn where = ReadIn::Terminal, const QString& folder = {});

// All that of a refusal or a limit of the log's (AccessRefused, LimitReached), cheapest first.
[[nodiscard]] std::vector<QString> helpsAgainst(
    const TraceLog& log, Index refusalOrLimit, ReadIn where = ReadIn::Terminal);

// What the error tells of that nobody has caught: the refusal or the limit, as both have it (AccessRefused,
// LimitReached); kNoEvent: neither.
[[nodiscard]] Index keptFrom(const TraceLog& log, const Crash& crash);

} // namespace bistro::app
