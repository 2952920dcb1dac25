// What tabs are called: a file's name, and where several have the same one, as much of its folder as tells them apart.
#pragma once

#include <QStringList>

namespace bistro::ui {

// For each path, in this order: "menu.js"; "index.js lib" beside "index.js src". An untitled program's folder is called
// by its example, or by the time at which it was made. The same path twice has the same name twice.
[[nodiscard]] QStringList tabNames(const QStringList& paths);

} // namespace bistro::ui
