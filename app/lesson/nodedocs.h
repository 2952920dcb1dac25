// Node's own documentation, as Debian's nodejs-doc has it: offline. Read when it is asked for. Any thread.
#pragma once

#include <QString>

#include <optional>

namespace bistro::app {

struct NodeDoc {
    QString title; // "fs.readFile(path[, options], callback)"
    QString html; // of that section alone
    QString module; // "fs"
};

// Of "fs.readFile", "process.nextTick", "http"; none when there is none such, or the documentation is not installed.
[[nodiscard]] std::optional<NodeDoc> nodeDoc(const QString& api);
[[nodiscard]] bool hasNodeDocs();

} // namespace bistro::app
