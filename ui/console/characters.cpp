#include "console/characters.h"

#include <QChar>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

using Blocks = std::pair<char32_t, char32_t>;

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kAsEmoji = 0xFE0F;

bool isIn(char32_t c, const auto& blocks)
{
    return std::ranges::any_of(blocks, [c](const Blocks& block) { return c >= block.first && c <= block.second; });
}

bool isSkin(char32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

bool isRegional(char32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

} // namespace

int cellsOf(char32_t c)
{
    if (c == kJoiner || c == 0x200C)
        return 0;
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing: return 0;
    default: break;
    }
    // East Asian wide, and what is an emoji by itself.
    constexpr std::array<Blocks, 37> wide {{{0x1100, 0x115F}, {0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x23F0, 0x23F0},
        {0x23F3, 0x23F3}, {0x25FD, 0x25FE}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x2693},
        {0x26A1, 0x26A1}, {0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x26C4, 0x26C5}, {0x26CE, 0x26CE}, {0x26D4, 0x26D4},
        {0x26EA, 0x26EA}, {0x26F2, 0x26F5}, {0x26FA, 0x26FD}, {0x2705, 0x2705}, {0x270A, 0x270B}, {0x2728, 0x2728},
        {0x274C, 0x274E}, {0x2753, 0x2757}, {0x2795, 0x2797}, {0x27B0, 0x27BF}, {0x2B1B, 0x2B1C}, {0x2B50, 0x2B55},
        {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE4F}, {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}}};
    return isIn(c, wide) ? 2 : 1;
}

bool needsShaping(char32_t c)
{
    constexpr std::array<Blocks, 9> blocks {{{0x0590, 0x109F}, {0x1780, 0x1AFF}, {0x1B00, 0x1CFF}, {0xA800, 0xA95F},
        {0xA980, 0xABFF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFE}, {0x10800, 0x11FFF}, {0x1E800, 0x1EEFF}}};
    return c >= 0x0590 && isIn(c, blocks);
}

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

Graphemes::Step Graphemes::add(char32_t c)
{
    const char32_t before = std::exchange(m_previous, c);
    const int cells = cellsOf(c);
    const bool half = std::exchange(m_half, false);
    if (before != 0) {
        if (c == kAsEmoji && before >= 0x203C && m_cells == 1) { // a sign that becomes an emoji
            m_cells = 2;
            return {.joins = true, .cells = 1};
        }
        if (cells == 0 || (isSkin(c) && before >= 0x2600) || (before == kJoiner && c >= 0x203C))
            return {.joins = true, .cells = 0};
        if (half && isRegional(c)) {
            m_cells += cells;
            return {.joins = true, .cells = cells};
        }
    }
    m_half = isRegional(c);
    m_cells = std::max(cells, 1);
    return {.joins = false, .cells = m_cells};
}

} // namespace bistro::ui
