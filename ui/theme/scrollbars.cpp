#include "theme/scrollbars.h"

using namespace Qt::StringLiterals;

namespace bistro::ui {

QString scrollBarStyle(const Theme& theme)
{
    return u"QScrollBar { background: %1; border: none; margin: 0; } QScrollBar:vertical { width: %2px; } "
           u"QScrollBar:horizontal { height: %2px; }"
           "QScrollBar::handle { background: %3; border: %4px solid %1; border-radius: %5px; }"
           "QScrollBar::handle:vertical { min-height: %6px; } QScrollBar::handle:horizontal { min-width: %6px; } "
           "QScrollBar::handle:hover { background: %7; }"
           "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; } "
           "QScrollBar::add-page, QScrollBar::sub-page { background: none; }"_s.arg(theme.window().name())
               .arg(theme.px(12))
               .arg(theme.border().name())
               .arg(theme.px(3))
               .arg(theme.px(6))
               .arg(theme.px(28))
               .arg(theme.secondary().name());
}

} // namespace bistro::ui
