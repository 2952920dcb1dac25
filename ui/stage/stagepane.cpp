#include "stage/stagepane.h"

#include "stage/stageview.h"
#include "theme/scrollbars.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

StagePane::StagePane(StageView* stage)
    : m_stage(stage)
{
    setWidget(stage);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // the stage has the keys, and hands on those that it does not use
    connect(stage, &StageView::happenedAt, this, &StagePane::bringToSight);
}

void StagePane::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (QScrollBar* const bar : {verticalScrollBar(), horizontalScrollBar()}) {
        bar->setStyleSheet(scrollBarStyle(theme));
        bar->setSingleStep(theme.px(24));
    }
    updateGeometry();
    setLeast();
}

void StagePane::setLeast()
{
    QSize least = m_stage->minimumSizeHint();
    const QSize room = maximumViewportSize(); // without bars
    const bool low = room.height() < least.height();
    const bool narrow = room.width() < least.width();
    if (low && !narrow)
        least.setWidth(std::min(least.width(), room.width() - verticalScrollBar()->sizeHint().width()));
    else if (narrow && !low)
        least.setHeight(std::min(least.height(), room.height() - horizontalScrollBar()->sizeHint().height()));
    m_stage->setMinimumSize(least);
}

// The stage may need another size, or is shown with one that changed unseen.
bool StagePane::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::StyleChange || event->type() == QEvent::Show)
        setLeast();
    return QScrollArea::event(event);
}

void StagePane::resizeEvent(QResizeEvent* event)
{
    setLeast();
    QScrollArea::resizeEvent(event);
}

void StagePane::bringToSight(const QRectF& place)
{
    const auto bring = [](QScrollBar& bar, double from, double length, int room) {
        constexpr double kAround = 8;
        const double first = from - kAround;
        const double last = from + length + kAround;
        if (first < bar.value() || last - first > room)
            bar.setValue(static_cast<int>(first));
        else if (last > bar.value() + room)
            bar.setValue(static_cast<int>(std::ceil(last - room)));
    };
    bring(*horizontalScrollBar(), place.left(), place.width(), viewport()->width());
    bring(*verticalScrollBar(), place.top(), place.height(), viewport()->height());
}

QSize StagePane::sizeHint() const
{
    return m_stage->sizeHint();
}
QSize StagePane::minimumSizeHint() const
{
    return {m_theme.px(120), m_theme.px(80)};
}

} // namespace bistro::ui
