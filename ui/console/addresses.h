// Addresses of files ("file:///home/ada/a%20b.mjs"), of which the letters are shown. Internal to ui/console.
#pragma once

#include <QByteArrayView>

#include <optional>
#include <utility>

namespace bistro::ui {

[[nodiscard]] bool hasAddress(QByteArrayView line);
// The letter that stands as "%C3%B6" at the start, and the length of that; none: it stands for none that can be shown.
[[nodiscard]] std::optional<std::pair<char32_t, qsizetype>> percent(QByteArrayView bytes);
// Where the next such letter of an address stands, else `end`.
[[nodiscard]] qsizetype nextPercent(QByteArrayView bytes, qsizetype from, qsizetype end);

} // namespace bistro::ui
