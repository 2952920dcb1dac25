#include "houses/rushpaint.h"

#include "houses/housesink.h"
#include "houses/rushlegend.h"
#include "houses/rushwords.h"
#include "theme/fonts.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr double kFuture = 0.4; // of what is still to come

QFont small(const RushFrame& f, QFont::Weight weight = QFont::Normal)
{
    return uiFont(f.theme, TypeSize::Second, weight);
}

// What is still to come, behind the playhead, is pale: a veil in the ground's color.
void veil(QPainter& painter, const RushFrame& f, const QRectF& area, QColor ground)
{
    const double x = std::clamp(nowX(f), area.left(), area.right());
    ground.setAlphaF(static_cast<float>(1 - kFuture));
    painter.fillRect(QRectF(x, area.top(), area.right() - x, area.height()), ground);
}

void fillBar(QPainter& painter, const QRectF& bar, const QColor& color, double radius)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double most = std::min(radius, bar.width() / 2);
    painter.drawRoundedRect(bar, most, most);
}

void paintRing(QPainter& painter, const RushFrame& f, const QRectF& bar)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(f.theme.ink(), f.theme.px(2)));
    const double out = f.theme.px(3);
    painter.drawRoundedRect(bar.adjusted(-out, -out, out, out), f.theme.px(4), f.theme.px(4));
}

void paintGrid(QPainter& painter, const RushFrame& f, double top, double bottom)
{
    painter.setPen(f.theme.border());
    for (const std::uint64_t tick : axisTicks(*f.layout, 100 * f.theme.zoom())) {
        const double x = std::floor(f.layout->xOf(tick)) + 0.5;
        painter.drawLine(QPointF(x, top), QPointF(x, bottom));
    }
}

// Above the axis, and above the words of those that have no lane.
double lanesEnd(const RushFrame& f)
{
    const std::size_t lanes = f.lanes.guests.size();
    return f.lanes.more > 0 && lanes < f.layout->lanes.size() ? f.layout->lanes[lanes].top() : f.layout->axis.top();
}

void paintAxis(QPainter& painter, const RushFrame& f)
{
    const RushLayout& l = *f.layout;
    painter.setFont(small(f));
    painter.setPen(f.theme.secondary());
    const QFontMetricsF metrics(small(f));
    for (const std::uint64_t tick : axisTicks(l, 100 * f.theme.zoom())) {
        const QString text = rushNumber(tick);
        const double width = metrics.horizontalAdvance(text) + 2;
        const double x = std::min(l.xOf(tick) - width / 2, l.above.right() - f.theme.px(6) - width);
        painter.drawText(QRectF(x, l.axis.top(), width, l.axis.height()), Qt::AlignCenter | Qt::TextDontClip, text);
    }
}

// A heading with its tag, and what it comes to at the right: as much of it as there is room for. `hatched`: beside
// those who stand idle is how that is drawn.
void paintHead(
    QPainter& painter, const RushFrame& f, const QRectF& head, const RushHead& words, double taken, bool hatched)
{
    const QFont bold = uiFont(f.theme, TypeSize::Label, QFont::Bold);
    painter.setFont(bold);
    painter.setPen(f.theme.text());
    painter.drawText(head, Qt::AlignVCenter | Qt::TextDontClip, words.title);
    const double x = head.left() + QFontMetricsF(bold).horizontalAdvance(words.title) + f.theme.px(8);
    paintTag(painter, f.theme, {x, head.center().y()}, words.tag, words.filled);
    const double room = head.right() - endOf(f, head, words) - f.theme.px(10) - taken;
    const QString idle = sideTotal(words);
    const double swatch = hatched ? f.theme.px(16 + 6) : 0;
    const double last = widthOfRuns(f.theme, idle, TypeSize::Second) + swatch;
    paintRuns(painter, f.theme, head, Qt::AlignRight, idle, TypeSize::Second, f.theme.secondary());
    if (hatched)
        paintIdleSwatch(painter, f, {head.right() - last, head.center().y()});
    const QString before = words.totals.chopped(idle.size());
    if (widthOfRuns(f.theme, before, TypeSize::Second) + last <= room)
        paintRuns(painter, f.theme, head.adjusted(0, 0, -last, 0), Qt::AlignRight, before, TypeSize::Second,
            f.theme.secondary());
}

void paintArrivals(QPainter& painter, const RushFrame& f)
{
    const RushLayout& l = *f.layout;
    painter.setPen(Qt::NoPen);
    const auto dot = [&](std::size_t i, double radius) {
        const app::Guest& guest = f.shown->upper.guests[i];
        const auto kind = guest.pieces.empty() ? app::OrderKind::KernelIo : guest.pieces.front().kind;
        painter.setBrush(pieceColor(f.theme, kind, f.selected == i));
        painter.drawEllipse(QPointF(l.xOf(guest.came), l.guests.center().y()), radius, radius);
    };
    for (std::size_t i = 0; i < f.shown->upper.guests.size(); ++i)
        dot(i, 3 * f.theme.zoom());
    if (f.selected)
        dot(*f.selected, 4 * f.theme.zoom());
    veil(painter, f, l.guests.adjusted(-f.theme.px(5), 0, f.theme.px(5), 0), f.theme.raised());
}

void paintWaiter(QPainter& painter, const RushFrame& f)
{
    const RushLayout& l = *f.layout;
    const double y = std::round(l.waiter.center().y());
    // He walks where he neither serves nor rests.
    painter.setPen(Qt::NoPen);
    painter.setBrush(walkColor(f.theme));
    const double walk = std::max(2., 4 * f.theme.zoom());
    painter.drawRect(QRectF(QPointF(l.xOf(0), y - walk / 2), QPointF(l.xOf(f.shown->upper.end), y + walk / 2)));
    for (const app::RushSpan& rest : f.shown->upper.rests) {
        const QRectF gap(QPointF(l.xOf(rest.from), l.waiter.top()), QPointF(l.xOf(rest.to), l.waiter.bottom()));
        if (gap.width() < 1)
            continue;
        painter.fillRect(gap, f.theme.raised());
        painter.setPen(QPen(walkColor(f.theme), 1, Qt::DotLine));
        painter.drawLine(QPointF(gap.left(), y + 0.5), QPointF(gap.right(), y + 0.5));
        painter.setPen(Qt::NoPen);
    }
    double drawn = -1;
    for (std::size_t i = 0; i < f.shown->upper.guests.size(); ++i) {
        for (const app::ServedPiece& piece : f.shown->upper.guests[i].pieces) {
            const QRectF bar = upperBar(l, piece);
            if (bar.right() - drawn < 0.3 && bar.right() >= drawn && f.selected != i)
                continue; // of many thousand, what another covers
            drawn = bar.right();
            fillBar(painter, bar, pieceColor(f.theme, piece.kind, f.selected == i), f.theme.px(2));
        }
    }
    veil(painter, f, l.waiter.adjusted(0, 0, f.theme.px(14), 0), f.theme.raised());

    const QSize pixels = (l.figure.size() * f.pixelRatio).toSize();
    painter.drawImage(l.figure, waiterImage(f.theme, pixels, false));
    painter.setFont(small(f));
    painter.setPen(f.theme.secondary());
    const QRectF labels(l.figure.right(), 0, l.left - 10 * f.theme.zoom() - l.figure.right(), f.theme.px(14));
    const auto label = [&](double center, const QString& text) {
        painter.drawText(QRectF(labels.left(), center - labels.height() / 2, labels.width(), labels.height()),
            Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, text);
    };
    label(l.guests.center().y(), RushLegend::tr("guests"));
    label(y + f.theme.px(7), waitersTables(f.shown->upper));
    painter.setFont(small(f, QFont::Bold));
    painter.setPen(f.theme.text());
    label(y - f.theme.px(7), RushLegend::tr("the waiter"));
}

void paintAbove(QPainter& painter, const RushFrame& f)
{
    const RushLayout& l = *f.layout;
    paintHouseCard(painter, f.theme, l.above);
    paintGrid(painter, f, l.pills.bottom(), l.under.bottom());
    const RushLegends legends = legendsOf(f);
    const bool inHead = legends.above && legends.above->top() < l.guests.top();
    paintHead(painter, f, l.aboveHead, upperHead(f), inHead ? legends.above->width() + f.theme.px(12) : 0, false);
    paintArrivals(painter, f);
    paintWaiter(painter, f);
    painter.setFont(small(f, QFont::Bold));
    painter.setPen(f.theme.text());
    for (const QRectF& number : numbersOf(f))
        painter.drawText(
            number, Qt::AlignCenter | Qt::TextDontClip, QString::number(f.shown->upper.guests[*f.selected].table));
    if (legends.above)
        paintLegendAbove(painter, f, *legends.above);
}

void paintLane(QPainter& painter, const RushFrame& f, std::size_t lane)
{
    const RushLayout& l = *f.layout;
    const std::size_t index = f.lanes.guests[lane];
    const app::Guest& guest = f.shown->lower.guests[index];
    const bool selected = f.selected == index;
    const QRectF& row = l.lanes[lane];
    if (selected) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(f.theme.currentLine());
        painter.drawRoundedRect(row.adjusted(f.theme.px(4), 0, -f.theme.px(4), 0), f.theme.px(4), f.theme.px(4));
    }
    const QRectF head = l.headOf(lane);
    painter.drawImage(head, waiterImage(f.theme, (head.size() * f.pixelRatio).toSize(), true));
    const bool beside = lane > 0 && f.selected == f.lanes.guests[lane - 1];
    const bool next = lane + 1 < f.lanes.guests.size() && f.selected == f.lanes.guests[lane + 1];
    if (selected || !l.compact || (lane % 2 == 0 && !beside && !next)) {
        painter.setFont(small(f, selected ? QFont::Bold : QFont::Normal));
        painter.setPen(selected ? f.theme.text() : f.theme.secondary());
        painter.drawText(l.labelOf(lane), Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, laneLabel(guest.table));
    }
    const double idle = f.theme.px(8);
    paintHatch(painter, f.theme,
        QRectF(QPointF(l.xOf(guest.came), std::round(row.center().y() - idle / 2)),
            QSizeF(l.xOf(guest.left()) - l.xOf(guest.came), idle)));
    for (const app::RushSpan& wait : guest.waits())
        paintDots(painter, f.theme,
            QRectF(QPointF(l.xOf(wait.from), std::round(row.center().y() - idle / 2)),
                QSizeF(l.xOf(wait.to) - l.xOf(wait.from), idle)));
    for (const app::ServedPiece& piece : guest.pieces)
        fillBar(painter, lowerBar(l, lane, piece), pieceColor(f.theme, piece.kind, selected), f.theme.px(2));
}

void paintBelow(QPainter& painter, const RushFrame& f)
{
    const RushLayout& l = *f.layout;
    paintHouseCard(painter, f.theme, l.below);
    if (!l.lanes.empty())
        paintGrid(painter, f, l.lanes.front().top(), lanesEnd(f));
    const RushLegends legends = legendsOf(f);
    paintHead(painter, f, l.belowHead, lowerHead(f), 0, !legends.below);
    for (std::size_t lane = 0; lane < f.lanes.guests.size() && lane < l.lanes.size(); ++lane) {
        paintLane(painter, f, lane);
        const QRectF& row = l.lanes[lane];
        veil(painter, f, {l.left - 1, row.top(), row.right() - l.left - f.theme.px(8), row.height()},
            f.selected == f.lanes.guests[lane] ? f.theme.currentLine() : f.theme.raised());
    }
    if (f.lanes.more > 0 && f.lanes.guests.size() < l.lanes.size()) {
        const std::size_t lane = f.lanes.guests.size();
        painter.setFont(small(f));
        painter.setPen(f.theme.secondary());
        painter.drawText(
            l.labelOf(lane), Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, u"+%1"_s.arg(f.lanes.more));
        painter.drawText(QRectF(l.left, l.lanes[lane].top(), l.right - l.left, l.lanes[lane].height()),
            Qt::AlignVCenter | Qt::TextDontClip, moreGuests(f.lanes.more));
    }
    paintAxis(painter, f);
    if (legends.below)
        paintLegendBelow(painter, f, *legends.below);
}

void paintPlayhead(QPainter& painter, const RushFrame& f)
{
    const RushLayout& l = *f.layout;
    if (!f.now)
        return;
    const double x = nowX(f);
    const double width = f.theme.px(2);
    painter.fillRect(
        QRectF(x - width / 2, l.pills.center().y(), width, l.under.bottom() - l.pills.center().y()), f.theme.ink());
    if (!l.lanes.empty())
        painter.fillRect(
            QRectF(x - width / 2, l.lanes.front().top(), width, lanesEnd(f) - l.lanes.front().top()), f.theme.ink());
    const QString text = rushTime(*f.now);
    const QFont font = small(f, QFont::Bold);
    const double pill = QFontMetricsF(font).horizontalAdvance(text) + f.theme.px(18);
    const double left = std::clamp(
        x - pill / 2, l.above.left() + f.theme.px(4), l.above.right() - f.theme.px(4) - pill);
    fillBar(painter, {left, l.pills.top(), pill, l.pills.height()}, f.theme.ink(), l.pills.height() / 2);
    painter.setFont(font);
    painter.setPen(f.theme.onInk());
    painter.drawText(QRectF(left, l.pills.top(), pill, l.pills.height()), Qt::AlignCenter, text);
}

void paintFocus(QPainter& painter, const RushFrame& f)
{
    if (!f.focused || !f.selected)
        return;
    const auto at = std::ranges::find(f.lanes.guests, *f.selected);
    if (at == f.lanes.guests.end())
        return;
    const auto lane = static_cast<std::size_t>(at - f.lanes.guests.begin());
    const auto& upper = f.shown->upper.guests[*f.selected].pieces;
    const auto& lower = f.shown->lower.guests[*f.selected].pieces;
    if (f.piece && *f.piece < upper.size() && *f.piece < lower.size()) {
        paintRing(painter, f, upperBar(*f.layout, upper[*f.piece]));
        paintRing(painter, f, lowerBar(*f.layout, lane, lower[*f.piece]));
    } else {
        const double in = f.theme.px(5);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(f.theme.ink(), f.theme.px(2)));
        painter.drawRoundedRect(f.layout->lanes[lane].adjusted(in, 1, -in, -1), f.theme.px(4), f.theme.px(4));
    }
}

} // namespace

void paintHeading(QPainter& painter, const RushLayout& layout, const Theme& theme, const QStringList& subtitles)
{
    painter.setFont(uiFont(theme, TypeSize::Heading, QFont::DemiBold));
    painter.setPen(theme.text());
    painter.drawText(layout.title, Qt::AlignVCenter | Qt::TextDontClip, rushTitle());
    const QFont font = uiFont(theme, TypeSize::Second);
    painter.setFont(font);
    painter.setPen(onFloor(theme));
    painter.drawText(layout.subtitle, Qt::AlignVCenter, fitting(subtitles, font, layout.subtitle.width()));
}

void paintRush(QPainter& painter, const RushFrame& f)
{
    painter.setRenderHint(QPainter::Antialiasing);
    paintHeading(painter, *f.layout, f.theme, rushSubtitles(*f.shown, f.program));
    paintAbove(painter, f);
    paintBelow(painter, f);
    paintPlayhead(painter, f);
    paintFocus(painter, f);
    paintTotals(painter, f);
}

} // namespace bistro::ui
