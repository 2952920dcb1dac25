// The table of totals, and the line below it.
#include "houses/housesink.h"
#include "houses/rushpaint.h"
#include "houses/rushwords.h"
#include "theme/fonts.h"

#include <QFontMetricsF>

#include <algorithm>

namespace bistro::ui {
namespace {

void paintLine(QPainter& painter, const RushFrame& f)
{
    const QStringList bottleneck = bottleneckTexts(*f.shown);
    const QFont font = uiFont(f.theme, TypeSize::Second, bottleneck.isEmpty() ? QFont::Normal : QFont::Bold);
    painter.setFont(font);
    painter.setPen(bottleneck.isEmpty() ? onFloor(f.theme) : f.theme.text());
    const QStringList texts = bottleneck.isEmpty() ? assumedTexts(*f.shown) : bottleneck;
    painter.drawText(f.layout->assumed, Qt::AlignVCenter, fitting(texts, font, f.layout->assumed.width()));
}

} // namespace

void paintTotals(QPainter& painter, const RushFrame& f)
{
    const RushLayout& l = *f.layout;
    paintHouseCard(painter, f.theme, l.totals);
    const QStringList heads = totalsHeads();
    const std::vector<TotalsRow> rows = totalsRows(*f.shown);
    const QRectF inner = l.totals.adjusted(f.theme.px(12), f.theme.px(3), -f.theme.px(12), -f.theme.px(4));
    const double height = inner.height() / static_cast<double>(rows.size() + 1);
    const QFont small = uiFont(f.theme, TypeSize::Second);
    const QFont bold = uiFont(f.theme, TypeSize::Label, QFont::DemiBold);
    const QFont plain = uiFont(f.theme, TypeSize::Label);

    double names = 0;
    for (const TotalsRow& row : rows)
        names = std::max(names, QFontMetricsF(bold).horizontalAdvance(row.name));
    std::vector<double> widths;
    double all = names;
    for (int i = 0; i < heads.size(); ++i) {
        double width = QFontMetricsF(small).horizontalAdvance(heads[i]);
        for (const TotalsRow& row : rows)
            width = std::max(width, QFontMetricsF(bold).horizontalAdvance(row.cells[i]));
        if (l.compact && i == kLongestWaitColumn)
            width = -1;
        widths.push_back(width);
        all += std::max(0., width);
    }
    const auto columns = static_cast<double>(std::ranges::count_if(widths, [](double width) { return width >= 0; }));
    const double gap = std::max<double>(f.theme.px(6), (inner.width() - all) / columns);

    double right = inner.left() + names;
    const auto line = [&](std::size_t row) {
        return QRectF(inner.left(), inner.top() + static_cast<double>(row) * height, inner.width(), height);
    };
    for (std::size_t r = 0; r < rows.size(); ++r) {
        painter.setFont(bold);
        painter.setPen(f.theme.text());
        painter.drawText(line(r + 1), Qt::AlignVCenter, rows[r].name);
    }
    for (int i = 0; i < heads.size(); ++i) {
        const double width = widths[static_cast<std::size_t>(i)];
        if (width < 0)
            continue;
        right += gap + width;
        const auto cell = [&](std::size_t row) { return QRectF(right - width, line(row).top(), width, height); };
        painter.setFont(small);
        painter.setPen(f.theme.secondary());
        painter.drawText(cell(0), Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, heads[i]);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            // What the many cost stands out.
            painter.setFont(r == 1 && i < kLongestWaitColumn ? bold : plain);
            painter.setPen(f.theme.text());
            painter.drawText(cell(r + 1), Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, rows[r].cells[i]);
        }
    }
    painter.setPen(f.theme.border());
    painter.drawLine(QPointF(inner.left(), line(1).top() + 0.5), QPointF(inner.right(), line(1).top() + 0.5));
    paintLine(painter, f);
}

} // namespace bistro::ui
