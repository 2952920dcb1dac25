// Which letters the window is set in: the desktop's own fonts, or Inter and JetBrains Mono where no desktop names any.
// Values; GUI thread; a QGuiApplication must exist. The size comes from the theme, so zoom scales every text.
#pragma once

#include "theme/theme.h"

#include <QFont>

namespace bistro::ui {

// For labels, headings, sentences.
[[nodiscard]] QFont uiFont(const Theme& theme, TypeSize size, QFont::Weight weight = QFont::Normal);
// For code and what a program prints. Every letter equally wide, no ligatures: `=>` and `!==` stay what was typed.
[[nodiscard]] QFont codeFont(const Theme& theme, TypeSize size = TypeSize::Label, QFont::Weight weight = QFont::Normal);

// The distance of two lines of code, in px: 23 where letters are 13.
[[nodiscard]] int codeLineHeight(const Theme& theme);

} // namespace bistro::ui
