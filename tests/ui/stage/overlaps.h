// What lies over what in a picture's scenery and must not: words, heads, bubbles, plates, badges. For tests.
#pragma once

#include "stage/paint.h"
#include "stage/picture.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace bistro::test {

// A thing that is read or recognized, px at 100 %.
struct Seen {
    enum class Kind : std::uint8_t { Words, Box, Head, Table } kind;
    QRectF rect;
    QString told;
};

inline QRectF placeOf(const ui::TextShape& text)
{
    const double width = std::min(ui::widthOf(text), text.width);
    const double half = static_cast<double>(text.size) * 0.4; // its capitals, and some of what hangs below
    const double left = text.alignment == Qt::AlignLeft ? text.at.x()
        : text.alignment == Qt::AlignRight              ? text.at.x() - width
                                                        : text.at.x() - width / 2;
    return {left, text.at.y() - half, width, half * 2};
}

inline std::vector<Seen> seenIn(const ui::Part& part)
{
    std::vector<Seen> seen;
    for (const ui::Shape& shape : part.shapes) {
        if (const auto* const text = std::get_if<ui::TextShape>(&shape)) {
            QString words;
            for (const ui::TextRun& run : text->runs)
                words += run.text;
            if (!words.isEmpty())
                seen.push_back({Seen::Kind::Words, placeOf(*text), words});
        } else if (const auto* const box = std::get_if<ui::BoxShape>(&shape)) {
            if (box->radius > 0 && box->fill != ui::Ink::None && box->fill != ui::Ink::Floor)
                seen.push_back({Seen::Kind::Box, box->rect,
                    QStringLiteral("box %1x%2").arg(box->rect.width()).arg(box->rect.height())});
        } else if (const auto* const figure = std::get_if<ui::FigureShape>(&shape)) {
            if (figure->figure == ui::Figure::Customer)
                seen.push_back({Seen::Kind::Head, figure->rect.adjusted(-3, -3, 3, 3), QStringLiteral("a head")});
            if (figure->figure == ui::Figure::TableFree && figure->rect.width() < 80)
                seen.push_back({Seen::Kind::Table, figure->rect, QStringLiteral("a free table")});
        }
    }
    return seen;
}

// Words lie in a box that was drawn before, a badge at the foot of its head; all else lies beside each other.
inline bool mayMeet(const Seen& below, const Seen& above)
{
    if (below.kind == Seen::Kind::Box && above.kind == Seen::Kind::Words)
        return below.rect.adjusted(-2, -2, 2, 2).contains(above.rect);
    const auto atItsFoot = [&] {
        return above.rect.height() <= 13.5 && std::abs(above.rect.center().x() - below.rect.center().x()) < 1
            && std::abs(above.rect.center().y() - below.rect.bottom()) < 1.5;
    };
    return below.kind == Seen::Kind::Head && above.kind != Seen::Kind::Head && atItsFoot();
}

// A sentence for each pair; several parts at once: those of the tables, which lie over each other.
inline QStringList overlaps(const std::vector<const ui::Part*>& parts)
{
    std::vector<Seen> seen;
    for (const ui::Part* const part : parts) {
        const auto more = seenIn(*part);
        seen.insert(seen.end(), more.begin(), more.end());
    }
    QStringList found;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        for (std::size_t k = i + 1; k < seen.size(); ++k) {
            const QRectF both = seen[i].rect.intersected(seen[k].rect);
            if (both.width() > 1 && both.height() > 1 && !mayMeet(seen[i], seen[k]))
                found << QStringLiteral("%1 at %2,%3 and %4 at %5,%6")
                             .arg(seen[i].told)
                             .arg(seen[i].rect.left())
                             .arg(seen[i].rect.top())
                             .arg(seen[k].told)
                             .arg(seen[k].rect.left())
                             .arg(seen[k].rect.top());
        }
    }
    return found;
}

// Of the column of the tables: guests, the waiter with what he carries or says, names. In the restaurant alone.
inline QStringList overlapsAtTheTables(const ui::StagePicture& picture)
{
    constexpr std::size_t first = 1; // Guests, Serving, Names
    constexpr std::size_t last = 3;
    std::vector<const ui::Part*> parts;
    for (std::size_t i = first; i <= last && i < picture.parts.size(); ++i)
        parts.push_back(&picture.parts[i]);
    return overlaps(parts);
}

} // namespace bistro::test
