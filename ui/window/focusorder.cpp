#include "window/focusorder.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QPainter>
#include <QProxyStyle>
#include <QScrollArea>
#include <QSlider>
#include <QTabBar>

#include <algorithm>

namespace bistro::ui {
namespace {

bool takesTab(const QWidget& widget)
{
    return (widget.focusPolicy() & Qt::TabFocus) != 0 && !widget.focusProxy() && widget.isEnabled()
        && widget.isVisible();
}

QRect placeOf(const QWidget& widget)
{
    return {widget.mapTo(widget.window(), QPoint()), widget.size()};
}

// Side by side: each one's middle is beside the other.
bool inOneRow(const QRect& a, const QRect& b)
{
    return std::abs(a.center().y() - b.center().y()) < std::min(a.height(), b.height()) / 2 + 1;
}

void gather(QWidget& panel, QList<QWidget*>& order)
{
    QList<QWidget*> takers;
    // The outermost: what stands within comes after each.
    const auto look = [&](auto&& self, QWidget& widget) -> void {
        if (!widget.isVisible() || !widget.isEnabled())
            return;
        if (takesTab(widget)) {
            takers.append(&widget);
            return;
        }
        for (QObject* const child : widget.children()) {
            if (child->isWidgetType() && !static_cast<QWidget*>(child)->isWindow())
                self(self, *static_cast<QWidget*>(child));
        }
    };
    look(look, panel);
    std::ranges::stable_sort(takers, {}, [](const QWidget* one) { return placeOf(*one).top(); });
    for (qsizetype first = 0; first < takers.size();) {
        const QRect row = placeOf(*takers[first]);
        qsizetype last = first + 1;
        while (last < takers.size() && inOneRow(row, placeOf(*takers[last])))
            ++last;
        std::stable_sort(takers.begin() + first, takers.begin() + last,
            [](const QWidget* a, const QWidget* b) { return placeOf(*a).left() < placeOf(*b).left(); });
        first = last;
    }
    for (QWidget* const taker : std::as_const(takers)) {
        if (order.contains(taker))
            continue;
        order.append(taker);
        for (QObject* const child : taker->children()) {
            if (child->isWidgetType() && !static_cast<QWidget*>(child)->isWindow())
                gather(*static_cast<QWidget*>(child), order);
        }
    }
}

void bringToSight(QWidget& widget)
{
    for (QWidget* up = widget.parentWidget(); up; up = up->parentWidget()) {
        auto* const area = qobject_cast<QScrollArea*>(up);
        if (area && widget.height() <= area->viewport()->height())
            area->ensureWidgetVisible(&widget);
    }
}

// Whose style draws nothing that can be seen from afar.
bool needsRing(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QSlider*>(widget)
        || qobject_cast<const QTabBar*>(widget) || qobject_cast<const QComboBox*>(widget);
}

// Above all that is beside it, whatever the application's style says.
class RingStyle final : public QProxyStyle {
public:
    int styleHint(
        StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* more) const override
    {
        if (hint == SH_FocusFrame_AboveWidget)
            return 1;
        return hint == SH_FocusFrame_Mask ? 0 : QProxyStyle::styleHint(hint, option, widget, more);
    }
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override
    {
        constexpr int kOutside = 3;
        return metric == PM_FocusFrameHMargin || metric == PM_FocusFrameVMargin
            ? kOutside
            : QProxyStyle::pixelMetric(metric, option, widget);
    }
};

} // namespace

QWidget* takerOfKeys(QWidget& panel)
{
    if (panel.focusPolicy() != Qt::NoFocus || panel.focusProxy())
        return &panel;
    for (QWidget* const within : panel.findChildren<QWidget*>()) {
        if (within->isVisibleTo(&panel) && within->isEnabled() && (within->focusPolicy() & Qt::TabFocus) != 0)
            return within;
    }
    return nullptr;
}

QList<QWidget*> readingOrder(const QList<QWidget*>& panels)
{
    QList<QWidget*> order;
    for (QWidget* const panel : panels) {
        if (panel)
            gather(*panel, order);
    }
    return order;
}

bool goOn(const QList<QWidget*>& order, const QWidget* from, bool forward)
{
    if (order.isEmpty())
        return false;
    qsizetype at = order.indexOf(from);
    for (const QWidget* up = from; at < 0 && up; up = up->parentWidget())
        at = order.indexOf(up);
    const qsizetype count = order.size();
    const qsizetype next = at < 0 ? (forward ? 0 : count - 1) : (at + (forward ? 1 : count - 1)) % count;
    order[next]->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    bringToSight(*order[next]);
    return true;
}

FocusRing::FocusRing(QWidget* window)
    : QFocusFrame(window)
{
    auto* const style = new RingStyle;
    style->setParent(this);
    setStyle(style);
    hide(); // it would come with the window
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusRing::follow(QWidget* widget)
{
    setWidget(widget && widget->window() == parentWidget()->window() && needsRing(widget) ? widget : nullptr);
}

void FocusRing::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::WindowText), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 9, 9);
}

} // namespace bistro::ui
