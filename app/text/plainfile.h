// Files that somebody else has named or made: a program may put a pipe where a file was, a trace may name a device. Any
// thread; never waits for anybody.
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace bistro::app {

// The first bytes of an ordinary file, `most` of them. Nothing: it is none, or can't be read.
[[nodiscard]] std::optional<QByteArray> plainFile(const QString& path, qint64 most);

} // namespace bistro::app
