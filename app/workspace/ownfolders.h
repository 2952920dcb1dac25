// Whether Bistro can keep what is its own: settings, progress, copies of what one types. Looks at the disk; any thread.
#pragma once

#include <QString>
#include <QStringList>

namespace bistro::app {

// Why nothing can be written into the folder, which is made if it is not there: what the system says of it. Empty:
// something can. Nothing is left in it.
[[nodiscard]] QString whyNotWritable(const QString& folder);

// For each of Bistro's own folders that it can't write to, a sentence or two: where, why, and what is not kept. Then
// one that says what to do. Empty: all is kept.
[[nodiscard]] QStringList whatIsNotKept();

} // namespace bistro::app
