#include "houses/rushlegend.h"

#include "houses/housesink.h"
#include "houses/rushwords.h"
#include "theme/fonts.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace bistro::ui {
namespace {

QFont legendFont(const RushFrame& f)
{
    return uiFont(f.theme, TypeSize::Second);
}

struct LegendWords {
    QString serving = RushLegend::tr("serving");
    QString walking = RushLegend::tr("walking");
    QString rest = RushLegend::tr("rest");
    QString idle = RushLegend::tr("stands at the table, idle");
    QString waits = RushLegend::tr("waits for a core");
};

double aboveWidth(const RushFrame& f)
{
    const LegendWords words;
    const QFontMetricsF metrics(legendFont(f));
    return metrics.horizontalAdvance(words.serving + words.walking + words.rest)
        + f.theme.px(22 + 5 + 12 + 20 + 5 + 12 + 16 + 5);
}

double belowWidth(const RushFrame& f)
{
    const LegendWords words;
    const QFontMetricsF metrics(legendFont(f));
    const double idle = metrics.horizontalAdvance(words.idle) + f.theme.px(16 + 6);
    return f.shown->lower.waitingForCores() == 0
        ? idle
        : idle + metrics.horizontalAdvance(words.waits) + f.theme.px(12 + 16 + 6);
}

// The rightmost place below the waiter's lane where neither a number nor the playhead stands.
std::optional<QRectF> freeUnderLane(const RushFrame& f, double width)
{
    const RushLayout& l = *f.layout;
    const double gap = f.theme.px(6);
    std::vector<std::pair<double, double>> taken; // from the right
    for (const QRectF& number : numbersOf(f))
        taken.emplace_back(number.left() - gap, number.right() + gap);
    if (f.now)
        taken.emplace_back(nowX(f) - gap, nowX(f) + gap);
    std::ranges::sort(taken, std::greater<>());
    double right = l.right;
    taken.emplace_back(l.left, l.left);
    for (const auto& [from, to] : taken) {
        if (right - std::max(to, l.left) >= width)
            return QRectF(right - width, l.under.top(), width, l.under.height());
        right = std::min(right, from);
    }
    return {};
}

} // namespace

RushHead upperHead(const RushFrame& f)
{
    return {.title = RushLegend::tr("One waiter"),
        .tag = upperTag(f.shown->upper.computed),
        .filled = !f.shown->upper.computed,
        .totals = upperTotals(*f.shown)};
}

RushHead lowerHead(const RushFrame& f)
{
    return {.title = RushLegend::tr("One waiter for each table"),
        .tag = lowerTag(),
        .filled = false,
        .totals = lowerTotals(*f.shown)};
}

QString sideTotal(const RushHead& head)
{
    // One within a number has no space.
    return head.totals.sliced(head.totals.lastIndexOf(QStringLiteral(", ")) + 1).trimmed();
}

double endOf(const RushFrame& f, const QRectF& place, const RushHead& head)
{
    const QFontMetricsF bold(uiFont(f.theme, TypeSize::Label, QFont::Bold));
    return place.left() + bold.horizontalAdvance(head.title) + f.theme.px(8) + tagWidth(f.theme, head.tag, head.filled);
}

RushLegends legendsOf(const RushFrame& f)
{
    const RushLayout& l = *f.layout;
    RushLegends legends;
    const double above = aboveWidth(f);
    legends.above = freeUnderLane(f, above);
    if (!legends.above) {
        const RushHead head = upperHead(f);
        const QString least = sideTotal(head);
        const double left = endOf(f, l.aboveHead, head) + f.theme.px(12);
        const double right = l.aboveHead.right() - widthOfRuns(f.theme, least, TypeSize::Second) - f.theme.px(12);
        if (right - left >= above)
            legends.above = QRectF(left, l.aboveHead.top(), above, l.aboveHead.height());
    }
    // Behind the first lanes, or before the last ones.
    const double below = belowWidth(f);
    const double gap = f.theme.px(8);
    const auto isFree = [&](const QRectF& box) {
        for (std::size_t lane = 0; lane < f.lanes.guests.size() && lane < l.lanes.size(); ++lane) {
            const app::Guest& guest = f.shown->lower.guests[f.lanes.guests[lane]];
            const QRectF bars(
                QPointF(l.xOf(guest.came), l.lanes[lane].top()), QPointF(l.xOf(guest.left()), l.lanes[lane].bottom()));
            if (bars.adjusted(-gap, 0, gap, 0).intersects(box))
                return false;
            if (f.selected == f.lanes.guests[lane] && l.lanes[lane].intersects(box))
                return false;
        }
        return !f.now || !box.adjusted(-gap, 0, gap, 0).contains(nowX(f), box.center().y());
    };
    const auto boxIn = [&](std::size_t lane, double x) {
        return QRectF(x, l.lanes[lane].top(), below, l.lanes[lane].height());
    };
    for (std::size_t i = 0; i < std::min<std::size_t>(3, f.lanes.guests.size()) && !legends.below; ++i) {
        if (const QRectF box = boxIn(i, l.right - below); isFree(box))
            legends.below = box;
        else if (const QRectF left = boxIn(f.lanes.guests.size() - 1 - i, l.left + gap); isFree(left))
            legends.below = left;
    }
    return legends;
}

void paintLegendAbove(QPainter& painter, const RushFrame& f, const QRectF& box)
{
    const LegendWords words;
    const QFontMetricsF metrics(legendFont(f));
    const double y = box.center().y();
    double x = box.left();
    const auto word = [&](const QString& text) {
        painter.setFont(legendFont(f));
        painter.setPen(f.theme.secondary());
        const double width = metrics.horizontalAdvance(text);
        painter.drawText(QRectF(x, box.top(), width + 1, box.height()), Qt::AlignVCenter | Qt::TextDontClip, text);
        x += width + f.theme.px(12);
    };
    const double side = f.theme.px(10);
    painter.setPen(Qt::NoPen);
    for (const Meaning meaning : {Meaning::KernelIo, Meaning::PoolIo}) {
        painter.setBrush(f.theme.color(meaning));
        painter.drawRoundedRect(QRectF(x, y - side / 2, side, side), f.theme.px(2), f.theme.px(2));
        x += f.theme.px(12);
    }
    x += f.theme.px(22 + 5) - 2 * f.theme.px(12);
    word(words.serving);
    const double walk = std::max(2., 4 * f.theme.zoom());
    painter.fillRect(QRectF(x, y - walk / 2, f.theme.px(20), walk), walkColor(f.theme));
    x += f.theme.px(20 + 5);
    word(words.walking);
    painter.setPen(QPen(walkColor(f.theme), 1, Qt::DotLine));
    painter.drawLine(QPointF(x, std::floor(y) + 0.5), QPointF(x + f.theme.px(16), std::floor(y) + 0.5));
    x += f.theme.px(16 + 5);
    word(words.rest);
}

void paintLegendBelow(QPainter& painter, const RushFrame& f, const QRectF& box)
{
    paintIdleSwatch(painter, f, {box.left(), box.center().y()});
    painter.setFont(legendFont(f));
    painter.setPen(f.theme.secondary());
    const LegendWords words;
    painter.drawText(box.adjusted(f.theme.px(22), 0, 1, 0), Qt::AlignVCenter | Qt::TextDontClip, words.idle);
    if (f.shown->lower.waitingForCores() == 0)
        return;
    const double x = box.left() + f.theme.px(22) + QFontMetricsF(legendFont(f)).horizontalAdvance(words.idle)
        + f.theme.px(12);
    const double height = f.theme.px(8);
    paintDots(
        painter, f.theme, {x, std::round(box.center().y() - height / 2), static_cast<double>(f.theme.px(16)), height});
    painter.setPen(f.theme.secondary());
    painter.drawText(QRectF(x + f.theme.px(22), box.top(), box.right() + 1 - x - f.theme.px(22), box.height()),
        Qt::AlignVCenter | Qt::TextDontClip, words.waits);
}

void paintIdleSwatch(QPainter& painter, const RushFrame& f, const QPointF& leftCenter)
{
    const double height = f.theme.px(8);
    paintHatch(painter, f.theme,
        {leftCenter.x(), std::round(leftCenter.y() - height / 2), static_cast<double>(f.theme.px(16)), height});
}

} // namespace bistro::ui
