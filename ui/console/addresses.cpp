#include "console/addresses.h"

#include "console/characters.h"

#include <QByteArray>

#include <algorithm>

namespace bistro::ui {
namespace {

// Whether this place is within the address of a file.
bool isInAddress(QByteArrayView bytes, qsizetype place)
{
    const qsizetype from = bytes.first(place).lastIndexOf("file://");
    return from >= 0 && std::ranges::none_of(bytes.sliced(from, place - from), [](char c) {
        return c == ' ' || c == '"' || c == '\'' || c == '<';
    });
}

} // namespace

std::optional<std::pair<char32_t, qsizetype>> percent(QByteArrayView bytes)
{
    QByteArray letter;
    for (qsizetype i = 0; i + 2 < bytes.size() && bytes[i] == '%' && letter.size() < 4; i += 3) {
        letter += QByteArray::fromHex(bytes.sliced(i + 1, 2).toByteArray());
        if (letter.size() * 3 != i + 3)
            return {}; // no digits
        const auto c = static_cast<uchar>(letter[0]);
        if (c < 0x80 && !isPlain(c))
            return {};
        if (c < 0x80)
            return std::pair {char32_t {c}, qsizetype {3}};
        if (const auto whole = utf8(letter); whole && whole->second == letter.size())
            return escapeOf(whole->first).isEmpty() ? std::optional(std::pair {whole->first, i + 3}) : std::nullopt;
    }
    return {};
}

qsizetype nextPercent(QByteArrayView bytes, qsizetype from, qsizetype end)
{
    for (qsizetype at = bytes.indexOf('%', from); at >= 0 && at < end; at = bytes.indexOf('%', at + 1)) {
        if (isInAddress(bytes, at) && percent(bytes.sliced(at)))
            return at;
    }
    return end;
}

bool hasAddress(QByteArrayView bytes)
{
    return bytes.contains('%') && bytes.contains("file://");
}

} // namespace bistro::ui
