// How StageView says what its places are: to the pointer, to the keys that walk them.
#include "stage/stageview.h"
#include "theme/focustip.h"

#include <QGuiApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace bistro::ui {
namespace {

using namespace Qt::StringLiterals;

// Around the place that has the keyboard, over Qt Quick's picture.
class PlaceRing final : public QWidget {
public:
    explicit PlaceRing(QWidget* over)
        : QWidget(over)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setAttribute(Qt::WA_NoSystemBackground);
        setObjectName(u"placering"_s);
        hide();
    }
    void setInk(const QColor& ink, int width)
    {
        m_ink = ink;
        m_width = width;
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_ink, m_width));
        const double half = m_width / 2.0;
        painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), 8, 8);
    }

private:
    QColor m_ink;
    int m_width = 2;
};

} // namespace

std::vector<StageTerm> StageView::places() const
{
    return placesOf(picture());
}

QRectF StageView::rectOf(const StageTerm& place) const
{
    return {m_fit.origin + place.area.topLeft() * m_fit.scale, place.area.size() * m_fit.scale};
}

std::optional<app::Term> StageView::termThere() const
{
    if (m_focusedPlace)
        return m_focusedPlace;
    for (const StageSlip& slip : picture().slips) {
        if (slip.key == m_focused)
            return termOf(slip.place);
    }
    return {};
}

// What is said of a slip: itself, and the place where it lies.
QString StageView::tipOf(const StageSlip& slip) const
{
    return u"<qt>%1</qt>"_s.arg(slip.name.toHtmlEscaped() + u"<br><br>"_s
        + app::termTip(termOf(slip.place), wordingOf(m_options.skin)).remove(u"<qt>"_s).remove(u"</qt>"_s));
}

void StageView::showTip(const QHelpEvent& help)
{
    if (const StageSlip* const slip = slipUnder(help.pos())) {
        QToolTip::showText(help.globalPos(), tipOf(*slip), this, rectOf(*slip).toRect());
        return;
    }
    const auto place = termAt(picture(), (QPointF(help.pos()) - m_fit.origin) / m_fit.scale);
    if (place)
        QToolTip::showText(
            help.globalPos(), app::termTip(place->term, wordingOf(m_options.skin)), this, rectOf(*place).toRect());
    else
        QToolTip::hideText();
}

void StageView::setFocusedPlace(std::optional<app::Term> place)
{
    if (m_focusedPlace == place)
        return;
    m_focusedPlace = place;
    if (place) {
        setFocusedSlip(0);
        placeFocused(this);
    }
    showFocusedPlace();
}

void StageView::walkPlaces(int step)
{
    const auto all = places();
    if (all.empty())
        return;
    const auto at = m_focusedPlace ? std::ranges::find(all, *m_focusedPlace, &StageTerm::term) : all.end();
    const auto last = static_cast<int>(all.size()) - 1;
    const int next = at == all.end() ? (step > 0 ? 0 : last)
                                     : std::clamp(static_cast<int>(at - all.begin()) + step, 0, last);
    setFocusedPlace(all[static_cast<std::size_t>(next)].term);
}

// Ring and tip of what has the keyboard now: a place has a ring of its own, a slip's is the scene's.
void StageView::showFocusedPlace()
{
    if (!m_ring)
        m_ring = new PlaceRing(this);
    if (!m_focusTip)
        m_focusTip = new FocusTip(this);
    m_focusTip->withdraw();
    const auto all = places();
    const auto at = m_focusedPlace ? std::ranges::find(all, *m_focusedPlace, &StageTerm::term) : all.end();
    m_ring->setVisible(at != all.end() && hasFocus());
    if (!hasFocus())
        return;
    if (at != all.end()) {
        const QRect part = rectOf(*at).toAlignedRect();
        emit happenedAt(rectOf(*at)); // a pane that scrolls brings it to sight
        static_cast<PlaceRing*>(m_ring)->setInk(m_theme.ink(), m_theme.px(2));
        m_ring->setGeometry(part);
        m_ring->raise();
        m_focusTip->offer(app::termTip(at->term, wordingOf(m_options.skin)), part);
        return;
    }
    if (QGuiApplication::mouseButtons() != Qt::NoButton)
        return; // the pointer has a tip of its own
    for (const StageSlip& slip : picture().slips) {
        if (slip.key == m_focused && m_focused != 0)
            m_focusTip->offer(tipOf(slip), rectOf(slip).toRect());
    }
}

} // namespace bistro::ui
