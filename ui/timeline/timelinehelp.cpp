// How TimelineView says what its lanes are: to the pointer, to the keys that walk them.
#include "theme/focustip.h"
#include "timeline/timelineview.h"

#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>

namespace bistro::ui {

using app::Term;

Term termOf(LaneKind lane)
{
    switch (lane) {
    case LaneKind::Waiter: return Term::JavaScriptThread;
    case LaneKind::Lines: return Term::JavaScriptThread;
    case LaneKind::Notes: return Term::Drain;
    case LaneKind::Cook: return Term::PoolThread;
    case LaneKind::Kernel: return Term::Kernel;
    case LaneKind::Timers: return Term::Timer;
    }
    Q_UNREACHABLE_RETURN(Term::Timeline);
}

std::optional<Term> TimelineView::termAt(const QPointF& position) const
{
    if (position.x() >= m_layout.plot.left())
        return {};
    if (position.y() < m_layout.header.bottom())
        return Term::Timeline;
    const LaneRow* const row = m_layout.rowAt(position.y());
    return row ? std::optional(termOf(row->lane)) : std::nullopt;
}

bool TimelineView::showTip(const QHelpEvent& help)
{
    if (const auto term = termAt(help.pos())) {
        QToolTip::showText(help.globalPos(), app::termTip(*term, m_wording), this);
        return true;
    }
    const QString text = textAt(help.pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(
            help.globalPos(), text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")), this);
    return true;
}

QString TimelineView::focusedHelp() const
{
    return app::termDescription(termOf(m_focused.lane), m_wording);
}

// Of the lane to which the keys have come, over its name.
void TimelineView::showFocusedTip()
{
    if (!m_focusTip)
        m_focusTip = new FocusTip(this);
    const auto row = std::ranges::find_if(m_layout.rows, [&](const LaneRow& one) {
        return one.lane == m_focused.lane && (one.lane != LaneKind::Cook || one.cook == m_focused.cook);
    });
    if (!hasFocus() || row == m_layout.rows.end())
        return m_focusTip->withdraw();
    const QRectF label(m_layout.labels.left(), row->row.top(), m_layout.labels.width(), row->row.height());
    m_focusTip->offer(app::termTip(termOf(m_focused.lane), m_wording), label.toAlignedRect());
}

} // namespace bistro::ui
