#include "console/ansi.h"

#include <QList>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kTab = 8;

bool isPlain(uchar c)
{
    return c >= 0x20 && c < 0x7F;
}

// Cells that a character takes; 0 for marks that sit on the one before.
int cellsOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing: return 0;
    default: break;
    }
    // East Asian wide and emoji, by their blocks.
    constexpr std::array<std::pair<char32_t, char32_t>, 14> wide {{{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF},
        {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE4F},
        {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}}};
    return std::ranges::any_of(wide, [c](const auto& block) { return c >= block.first && c <= block.second; }) ? 2 : 1;
}

// What is shown in place of a character that would act on the text around it or cannot be seen.
QString escapeOf(char32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
        switch (c) {
        case '\r': return u"\\r"_s;
        case '\b': return u"\\b"_s;
        case '\a': return u"\\a"_s;
        case '\v': return u"\\v"_s;
        case '\f': return u"\\f"_s;
        default: return u"\\x%1"_s.arg(static_cast<uint>(c), 2, 16, QLatin1Char('0'));
        }
    }
    const bool bidi = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
    const bool unseen = c == 0x00AD || (c >= 0x200B && c <= 0x200D) || c == 0x2028 || c == 0x2029
        || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB)
        || (c >= 0xE0000 && c <= 0xE007F);
    if (!bidi && !unseen)
        return {};
    return c > 0xFFFF ? u"\\u{%1}"_s.arg(static_cast<uint>(c), 0, 16)
                      : u"\\u%1"_s.arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'));
}

// One character of UTF-8 at the start; its length, or nothing.
std::optional<std::pair<char32_t, qsizetype>> utf8(QByteArrayView bytes)
{
    const auto at = [&](qsizetype i) { return static_cast<uchar>(bytes[i]); };
    const uchar first = at(0);
    const qsizetype length = first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (first > 0xF4 || length == 0 || length > bytes.size())
        return {};
    char32_t c = first & (0xFFu >> (length + 1));
    for (qsizetype i = 1; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80)
            return {};
        c = (c << 6) | (at(i) & 0x3Fu);
    }
    constexpr std::array<char32_t, 5> least {0, 0, 0x80, 0x800, 0x10000};
    if (c < least[static_cast<std::size_t>(length)] || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF)
        return {};
    return std::pair {c, length};
}

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

// Length of the color sequence at the start, obeyed; 0 when it is something else.
qsizetype takeSgr(QByteArrayView bytes, Sgr& sgr)
{
    constexpr qsizetype longest = 64;
    if (bytes.size() < 3 || bytes[0] != '\x1b' || bytes[1] != '[')
        return 0;
    QList<int> codes {0};
    for (qsizetype i = 2; i < std::min(bytes.size(), longest); ++i) {
        const char c = bytes[i];
        if (c >= '0' && c <= '9') {
            codes.last() = std::min(codes.last() * 10 + (c - '0'), 9999);
        } else if (c == ';' || c == ':') {
            codes.append(0);
        } else if (c == 'm') {
            obey(sgr, codes);
            return i + 1;
        } else {
            return 0;
        }
    }
    return 0;
}

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
    for (int i = 0; i < 12; ++i) {
        const double own = luminance(color);
        if ((std::max(own, base) + 0.05) / (std::min(own, base) + 0.05) >= 4.0)
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

class Builder {
public:
    explicit Builder(const Sgr& before)
        : m_sgr(before)
    {
    }

    void plain(QByteArrayView bytes)
    {
        ConsoleRun& run = runFor(false, true);
        run.text += QLatin1StringView(bytes);
        grow(run, static_cast<int>(bytes.size()));
    }
    void character(char32_t c)
    {
        const int cells = cellsOf(c);
        const QString text = QString::fromUcs4(&c, 1);
        if (cells == 0 && !m_result.runs.isEmpty()) {
            m_result.runs.last().text += text;
            m_result.runs.last().grid = false;
            return;
        }
        // A cluster of its own, so that what another font draws stays in its cells.
        m_result.runs.append(
            {.text = text, .column = m_result.columns, .columns = 0, .sgr = m_sgr, .escaped = false, .grid = false});
        grow(m_result.runs.last(), std::max(cells, 1));
        m_open = false;
    }
    void escaped(const QString& text)
    {
        ConsoleRun& run = runFor(true, true);
        run.text += text;
        grow(run, static_cast<int>(text.size()));
    }
    void tab() { plain(QByteArray(kTab - m_result.columns % kTab, ' ')); }
    [[nodiscard]] Sgr& sgr() { return m_sgr; }
    void sgrChanged() { m_open = false; }
    [[nodiscard]] ConsoleText take()
    {
        m_result.after = m_sgr;
        return std::move(m_result);
    }

private:
    ConsoleRun& runFor(bool escapedText, bool grid)
    {
        if (!m_open || m_result.runs.last().escaped != escapedText) {
            m_result.runs.append({.text = {},
                .column = m_result.columns,
                .columns = 0,
                .sgr = m_sgr,
                .escaped = escapedText,
                .grid = grid});
            m_open = true;
        }
        return m_result.runs.last();
    }
    void grow(ConsoleRun& run, int cells)
    {
        run.columns += cells;
        m_result.columns += cells;
    }

    ConsoleText m_result;
    Sgr m_sgr;
    bool m_open = false;
};

template <typename Sink>
void scan(QByteArrayView bytes, Sink& sink)
{
    for (qsizetype i = 0; i < bytes.size();) {
        const auto c = static_cast<uchar>(bytes[i]);
        if (isPlain(c)) {
            qsizetype end = i + 1;
            while (end < bytes.size() && isPlain(static_cast<uchar>(bytes[end])))
                ++end;
            sink.plain(bytes.sliced(i, end - i));
            i = end;
        } else if (c == '\t') {
            sink.tab();
            ++i;
        } else if (c == 0x1B) {
            if (const qsizetype length = takeSgr(bytes.sliced(i), sink.sgr()); length > 0) {
                sink.sgrChanged();
                i += length;
            } else {
                sink.escaped(u"\\x1b"_s);
                ++i;
            }
        } else if (c < 0x80) {
            sink.escaped(escapeOf(c));
            ++i;
        } else if (const auto character = utf8(bytes.sliced(i))) {
            const QString escape = escapeOf(character->first);
            if (escape.isEmpty())
                sink.character(character->first);
            else
                sink.escaped(escape);
            i += character->second;
        } else {
            sink.escaped(u"\\x%1"_s.arg(c, 2, 16, QLatin1Char('0')));
            ++i;
        }
    }
}

class Counter {
public:
    explicit Counter(const Sgr& before) { m_result.after = before; }
    void plain(QByteArrayView bytes) { m_result.columns += static_cast<int>(bytes.size()); }
    void character(char32_t c)
    {
        const int cells = cellsOf(c);
        m_result.columns += cells == 0 && m_result.columns > 0 ? 0 : std::max(cells, 1);
    }
    void escaped(const QString& text) { m_result.columns += static_cast<int>(text.size()); }
    void tab() { m_result.columns += kTab - m_result.columns % kTab; }
    [[nodiscard]] Sgr& sgr() { return m_result.after; }
    void sgrChanged() { }
    [[nodiscard]] Measured take() const { return m_result; }

private:
    Measured m_result;
};

} // namespace

QColor foregroundOf(const Sgr& sgr, const Theme& theme)
{
    const QColor ground = backgroundOf(sgr, theme).isValid() ? backgroundOf(sgr, theme) : theme.window();
    QColor color = colorOf(sgr.inverse ? sgr.background : sgr.foreground, theme);
    if (!color.isValid())
        color = sgr.inverse ? theme.window() : sgr.background != 0 || sgr.faint ? theme.text() : QColor();
    if (color.isValid())
        color = readable(color, ground);
    if (color.isValid() && sgr.faint)
        color = QColor::fromRgbF(color.redF() * 0.6f + ground.redF() * 0.4f,
            color.greenF() * 0.6f + ground.greenF() * 0.4f, color.blueF() * 0.6f + ground.blueF() * 0.4f);
    return color;
}

QColor backgroundOf(const Sgr& sgr, const Theme& theme)
{
    if (!sgr.inverse)
        return colorOf(sgr.background, theme);
    const QColor color = colorOf(sgr.foreground, theme);
    return color.isValid() ? color : theme.text();
}

QString ConsoleText::plain() const
{
    QString text;
    for (const ConsoleRun& run : runs)
        text += run.text;
    return text;
}

qsizetype ConsoleText::offsetAt(int column) const
{
    qsizetype offset = 0;
    for (const ConsoleRun& run : runs) {
        if (column < run.column + run.columns)
            return offset + (run.grid ? std::max(column - run.column, 0) : 0);
        offset += run.text.size();
    }
    return offset;
}

int ConsoleText::columnOf(qsizetype offset) const
{
    for (const ConsoleRun& run : runs) {
        if (offset < run.text.size())
            return run.column + (run.grid ? static_cast<int>(offset) : 0);
        offset -= run.text.size();
    }
    return columns;
}

ConsoleText decodeLine(QByteArrayView bytes, const Sgr& before)
{
    Builder builder(before);
    scan(bytes, builder);
    return builder.take();
}

Measured measureLine(QByteArrayView bytes, const Sgr& before)
{
    Counter counter(before);
    scan(bytes, counter);
    return counter.take();
}

} // namespace bistro::ui
