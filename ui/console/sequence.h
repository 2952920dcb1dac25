// What a program asks a terminal for, beside showing letters. Internal to ui/console.
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <cstdint>

namespace bistro::ui {

// What a sequence that begins with ESC asks for.
struct Sequence {
    enum class Act : std::uint8_t { Unknown, Color, Nothing, Forward, Back, ToColumn, Erase, Delete, Blank, Sign };
    Act act = Act::Unknown;
    qsizetype length = 0; // bytes
    int amount = 0; // cells, a column from 0, or what part is erased
    QList<int> codes; // of a color
    QString sign; // for what moves about in other rows
};
[[nodiscard]] Sequence sequenceAt(QByteArrayView bytes);

} // namespace bistro::ui
