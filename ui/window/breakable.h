// Paths and names without blanks, where a line has to be broken in them. Pure.
#pragma once

#include <QString>

namespace bistro::ui {

// It breaks after its folders, and after each so many letters that stand together. What is seen stays the same.
[[nodiscard]] QString breakable(const QString& text, int most);

} // namespace bistro::ui
