#include "console/ansi.h"

#include <QList>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

QColor palette(std::uint32_t index, const Theme& theme)
{
    // The first sixteen so that each can be read on the theme's ground; "white" is readable on light, "black" on dark.
    constexpr std::array<QRgb, 16> light {0x111827, 0xB91C1C, 0x15803D, 0x8A5A00, 0x1D4ED8, 0x9D2C83, 0x0E7490,
        0x6B7280, 0x4B5563, 0xDC2626, 0x16803C, 0x936100, 0x2563EB, 0xB83280, 0x0C7792, 0x374151};
    constexpr std::array<QRgb, 16> dark {0x9CA3AF, 0xF87171, 0x4ADE80, 0xFACC15, 0x7AA9FF, 0xE58AD0, 0x4FD1E8, 0xE5E7EB,
        0x9CA3AF, 0xFCA5A5, 0x86EFAC, 0xFDE047, 0xA5C4FF, 0xF0ABFC, 0x8BE9F7, 0xFFFFFF};
    if (index < 16)
        return QColor::fromRgb(theme.isDark() ? dark[index] : light[index]);
    if (index < 232) {
        const auto level = [](std::uint32_t n) { return static_cast<int>(n == 0 ? 0 : 55 + 40 * n); };
        return {level((index - 16) / 36), level((index - 16) / 6 % 6), level((index - 16) % 6)};
    }
    const int grey = static_cast<int>(8 + 10 * (index - 232));
    return {grey, grey, grey};
}

double luminance(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

// A color that the program chose for a ground that it does not know, moved until it can be read on ours.
QColor readable(QColor color, const QColor& ground)
{
    const double base = luminance(ground);
    for (int i = 0; i < 20; ++i) {
        const double own = luminance(color);
        if ((std::max(own, base) + 0.05) / (std::min(own, base) + 0.05) >= 4.55)
            break;
        color = base > 0.4 ? color.darker(118)
                           : QColor::fromHslF(std::max(0.0f, color.hslHueF()), color.hslSaturationF(),
                                 std::min(1.0f, color.lightnessF() + 0.07f));
    }
    return color;
}

QColor colorOf(std::uint32_t value, const Theme& theme)
{
    if (value == 0)
        return {};
    return (value & Sgr::kTrueColor) != 0 ? QColor::fromRgb(value & 0xFFFFFF) : palette(value - 1, theme);
}

} // namespace

void obey(Sgr& sgr, const QList<int>& codes)
{
    for (qsizetype i = 0; i < codes.size(); ++i) {
        const int code = codes[i];
        const auto extended = [&](std::uint32_t& color) {
            if (i + 2 < codes.size() && codes[i + 1] == 5) {
                color = 1 + static_cast<std::uint32_t>(std::clamp(codes[i + 2], 0, 255));
                i += 2;
            } else if (i + 4 < codes.size() && codes[i + 1] == 2) {
                const auto part = [&](qsizetype n) {
                    return static_cast<std::uint32_t>(std::clamp(codes[i + n], 0, 255));
                };
                color = Sgr::kTrueColor | part(2) << 16 | part(3) << 8 | part(4);
                i += 4;
            } else {
                i = codes.size();
            }
        };
        switch (code) {
        case 0: sgr = {}; break;
        case 1: sgr.bold = true; break;
        case 2: sgr.faint = true; break;
        case 3: sgr.italic = true; break;
        case 4:
        case 21: sgr.underline = true; break;
        case 7: sgr.inverse = true; break;
        case 9: sgr.strike = true; break;
        case 22: sgr.bold = sgr.faint = false; break;
        case 23: sgr.italic = false; break;
        case 24: sgr.underline = false; break;
        case 27: sgr.inverse = false; break;
        case 29: sgr.strike = false; break;
        case 38: extended(sgr.foreground); break;
        case 39: sgr.foreground = 0; break;
        case 48: extended(sgr.background); break;
        case 49: sgr.background = 0; break;
        default:
            if (code >= 30 && code <= 37)
                sgr.foreground = static_cast<std::uint32_t>(code - 29);
            else if (code >= 40 && code <= 47)
                sgr.background = static_cast<std::uint32_t>(code - 39);
            else if (code >= 90 && code <= 97)
                sgr.foreground = static_cast<std::uint32_t>(code - 81);
            else if (code >= 100 && code <= 107)
                sgr.background = static_cast<std::uint32_t>(code - 91);
        }
    }
}

QColor foregroundOf(const Sgr& sgr, const Theme& theme)
{
    const QColor ground = backgroundOf(sgr, theme).isValid() ? backgroundOf(sgr, theme) : theme.window();
    QColor color = colorOf(sgr.inverse ? sgr.background : sgr.foreground, theme);
    if (!color.isValid())
        color = sgr.inverse ? theme.window() : sgr.background != 0 || sgr.faint ? theme.text() : QColor();
    if (color.isValid())
        color = readable(color, ground);
    if (color.isValid() && sgr.faint)
        color = readable(
            QColor::fromRgbF(color.redF() * 0.6f + ground.redF() * 0.4f, color.greenF() * 0.6f + ground.greenF() * 0.4f,
                color.blueF() * 0.6f + ground.blueF() * 0.4f),
            ground);
    return color;
}

QColor backgroundOf(const Sgr& sgr, const Theme& theme)
{
    if (!sgr.inverse)
        return colorOf(sgr.background, theme);
    const QColor color = colorOf(sgr.foreground, theme);
    return color.isValid() ? color : theme.text();
}

} // namespace bistro::ui
