// Settings that can't be written: a disk that is full, a folder that is read-only. The GUI's thread.
#pragma once

#include <QString>

#include <functional>

namespace bistro::ui {

// Whoever hears of it: once a file, and again after it could be written. The sentence says where and why. What the
// window says of whole folders at its start (workspace/ownfolders.h) is not said again. An empty function: nobody.
void tellOfLostSettings(std::function<void(const QString& sentence)> tell);

} // namespace bistro::ui
