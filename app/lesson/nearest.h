// What a wrong word in a lesson was meant to be. Any thread.
#pragma once

#include <QString>
#include <QStringList>

namespace bistro::app {

// The known word that it differs from by few letters; empty: there is none.
[[nodiscard]] QString nearestTo(const QString& word, const QStringList& known);
// Of a key: "Did you mean "title"?", or which ones there are.
[[nodiscard]] QString nearestOf(const QString& word, const QStringList& known);
// Of a value: which ones there are, in any case.
[[nodiscard]] QString allowedOf(const QString& word, const QStringList& known);

} // namespace bistro::app
