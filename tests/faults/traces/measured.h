// A command, and what it took: to hold it to a bound.
#pragma once

#include <QByteArray>
#include <QStringList>

#include <cstdint>

namespace bistro::tests {

struct Measured {
    int code = -1; // of its end; -1: it was killed
    std::int64_t peak = 0; // most resident memory at once, bytes (VmHWM): with what it has mapped of files
    double seconds = 0; // of the processor
    QByteArray said; // the first 64 KB of what it printed
};

// One that takes over five minutes of the processor, or 6 GB beside files, is ended.
[[nodiscard]] Measured measured(const QStringList& command);

} // namespace bistro::tests
