// Which names of a program stand for Node's modules and their members, read from its text without running it: what
// completion offers and which calls place an order. Values and free functions.
#pragma once

#include "editor/blockdata.h"

#include <QHash>
#include <QString>

#include <functional>
#include <optional>

namespace bistro::ui {

struct Imported {
    QString module; // "fs", without "node:"
    QString member; // empty: the module itself
    bool operator==(const Imported&) const = default;
};
using Names = QHash<QString, Imported>;

// Of a name in a program.
[[nodiscard]] inline bool isWordLetter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

// From `const fs = require('node:fs')`, `const { stat, exec: run } = require(…)`, `require('fs').promises`,
// `import … from …`.
[[nodiscard]] Names importedNames(const QString& text);

// The queue in which the callback (or continuation) of such a call waits; none for calls that place no order.
[[nodiscard]] std::optional<Meaning> scheduledBy(const Imported& what);

// The calls of a line that place an order, in order. `isCode(column)` is false within texts and comments.
[[nodiscard]] QList<ScheduledCall> scheduledCalls(
    const QString& line, const Names& names, const std::function<bool(int)>& isCode);

} // namespace bistro::ui
