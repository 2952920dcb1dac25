#include "houses/rushframe.h"

#include "theme/fonts.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace bistro::ui {
namespace {

QRectF barBetween(const RushLayout& l, std::uint64_t from, std::uint64_t to, double top, double height)
{
    const double left = l.xOf(from);
    return {left, top, std::max(1.5 * l.zoom, l.xOf(to) - left - 0.5), height};
}

} // namespace

double nowX(const RushFrame& f)
{
    return f.now ? std::round(f.layout->xOf(std::min(*f.now, f.layout->end))) : f.layout->left - 1;
}

QRectF upperBar(const RushLayout& l, const app::ServedPiece& piece)
{
    return barBetween(l, piece.from, piece.to, l.waiter.top(), l.waiter.height());
}

QRectF lowerBar(const RushLayout& l, std::size_t lane, const app::ServedPiece& piece)
{
    const double height = std::min(l.lanes[lane].height() - 2, std::round(12 * l.zoom));
    return barBetween(l, piece.from, piece.to, std::round(l.lanes[lane].center().y() - height / 2), height);
}

std::vector<QRectF> numbersOf(const RushFrame& f)
{
    std::vector<QRectF> numbers;
    if (!f.selected)
        return numbers;
    const double width = QFontMetricsF(uiFont(f.theme, TypeSize::Second, QFont::Bold))
                             .horizontalAdvance(QString::number(f.shown->upper.guests[*f.selected].table))
        + 2;
    for (const app::ServedPiece& piece : f.shown->upper.guests[*f.selected].pieces) {
        const double x = upperBar(*f.layout, piece).center().x() - width / 2;
        if (numbers.empty() || x > numbers.back().right() + f.theme.px(2))
            numbers.emplace_back(x, f.layout->under.top(), width, f.layout->under.height());
    }
    return numbers;
}

} // namespace bistro::ui
