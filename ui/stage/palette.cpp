#include "stage/palette.h"

namespace bistro::ui {

QColor colorOf(Ink ink, const Theme& theme)
{
    const bool dark = theme.isDark();
    const auto either = [dark](QRgb light, QRgb night) { return QColor::fromRgb(dark ? night : light); };
    switch (ink) {
    case Ink::Running:
    case Ink::Tick:
    case Ink::Promise:
    case Ink::Timer:
    case Ink::PoolIo:
    case Ink::KernelIo:
    case Ink::Immediate:
    case Ink::Closing:
    case Ink::Error: return theme.color(static_cast<Meaning>(ink));
    case Ink::None: return Qt::transparent;
    case Ink::Text: return theme.text();
    case Ink::Secondary: return either(0x4B5563, 0xA8B1BF); // readable on every ground of the stage
    case Ink::OnInk: return theme.onInk();
    case Ink::OnError: return theme.onError();
    case Ink::Border: return either(0xE5E1DA, 0x2C3541);
    case Ink::Wall: return either(0xFBF6EC, 0x14181E);
    case Ink::WallLine: return either(0xF3EBDB, 0x1B2027);
    case Ink::Counter: return either(0xE9DCC5, 0x24211D);
    case Ink::CounterEdge: return either(0xD3BF9B, 0x4A4132);
    case Ink::Panel: return either(0xF5EDDD, 0x1C1B1A);
    case Ink::PanelNow: return either(0xFDFBF7, 0x2C2A27);
    case Ink::Rail:
    case Ink::Clip: return either(0xA39882, 0x8A7F6A);
    case Ink::RailEmpty: return either(0xCBC2B0, 0x463F34);
    case Ink::Tile: return either(0xEAF1F0, 0x161C21);
    case Ink::TileOther: return either(0xE4ECEB, 0x1A2127);
    case Ink::Shelf: return either(0xD3BF9B, 0x4A4132);
    case Ink::Paper: return either(0xFFFFFF, 0x1E2631);
    case Ink::PaperEdge: return either(0xD6CFC2, 0x3A4553);
    case Ink::Plate: return either(0xD6CFC2, 0x8B97A5);
    case Ink::Floor: return either(0xEECEC6, 0x43242A);
    case Ink::Night: return either(0xFBFAF8, 0x0C1015);
    case Ink::Hub: return either(0xFFFFFF, 0x151B23);
    case Ink::Track: return either(0xE3E0DA, 0x2C3541);
    case Ink::TrackLine: return either(0x6B7280, 0xB8C1CE);
    case Ink::Faint: return either(0xC4BFB6, 0x3A4553);
    case Ink::Sand: return either(0xD3CABB, 0x4A4F58);
    case Ink::TimerFace: return either(0xFFFFFF, 0x151B23);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace bistro::ui
