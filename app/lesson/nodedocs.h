// Node's own documentation, as Debian's nodejs-doc has it: offline. Read when it is asked for. Any thread.
#pragma once

#include <QString>

#include <optional>

namespace bistro::app {

struct NodeDoc {
    QString title; // "fs.readFile(path[, options], callback)"
    QString html; // of that section alone; its links are "api:fs.html#class-fsdirent", those elsewhere are text
    QString module; // "fs"
};

// Of "fs.readFile", "process.nextTick", "http" (its introduction), or of a link within the documentation,
// "fs.html#class-fsdirent". None when it has no such section, or is not installed.
[[nodiscard]] std::optional<NodeDoc> nodeDoc(const QString& api);
[[nodiscard]] bool hasNodeDocs();

// As above, with the documentation in this folder.
[[nodiscard]] std::optional<NodeDoc> nodeDocIn(const QString& folder, const QString& api);

} // namespace bistro::app
