// A copy of a trace to be given away: what happened, line by line, without what variables and properties held, and
// without what calls got, gave back and threw. Their texts are not in the copy.
//
// What stays is what was there before there were lines: the program's text, what it printed, the command line, names of
// files, requests, and errors that reached the runtime.
#pragma once

#include "reader.h"

#include <expected>

namespace bistro::trace {

// The record with empty texts where it tells values. The flag truncated says that there was something. Names of
// properties may be values as well (of an object that is used as a table), so properties are nobody's there.
[[nodiscard]] Record withoutValues(const Record& record);

// Into an empty file, open for writing, from its beginning: all events that the reader has taken in, each with its
// number. Look at the reader afterwards: a file that somebody has changed meanwhile reads as nothing. The error is an
// errno.
[[nodiscard]] std::expected<void, int> writeWithoutValues(const Reader& trace, int fd);

} // namespace bistro::trace
