#include "stage/stagewords.h"

#include <algorithm>

namespace bistro::ui {

QString isolated(const QString& name)
{
    constexpr QChar kIsolate(0x2068);
    constexpr QChar kEnd(0x2069);
    const bool fromTheRight = std::ranges::any_of(name.toUcs4(), [](uint letter) {
        const QChar::Direction direction = QChar::direction(letter);
        return direction == QChar::DirR || direction == QChar::DirAL;
    });
    return fromTheRight ? kIsolate + name + kEnd : name;
}

} // namespace bistro::ui
