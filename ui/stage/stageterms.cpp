#include "stage/stageterms.h"

#include "stage/loopparts.h"
#include "stage/restaurantparts.h"

#include <algorithm>
#include <ranges>

namespace bistro::ui {
namespace {

using app::Term;

// The whole of a part, where nothing more exact lies. None: it is scenery.
std::optional<Term> termOf(RestaurantPart part)
{
    switch (part) {
    case RestaurantPart::Ground: return {};
    case RestaurantPart::Guests: return Term::Table;
    case RestaurantPart::Serving: return Term::JavaScriptThread;
    case RestaurantPart::Names: return Term::Order;
    case RestaurantPart::Pass: return Term::Pass;
    case RestaurantPart::Cooks: return Term::ThreadPool;
    case RestaurantPart::Eggs: return Term::Timer;
    case RestaurantPart::Door: return Term::Kernel;
    case RestaurantPart::Tower: return Term::Poll;
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<Term> termOf(LoopPart part)
{
    switch (part) {
    case LoopPart::Ground: return {};
    case LoopPart::Ring: return Term::EventLoop;
    case LoopPart::Hub: return Term::Tray;
    case LoopPart::Lanes: return {}; // all over the picture: each lane is a term of its own
    case LoopPart::Timers: return Term::Timer;
    case LoopPart::Pool: return Term::ThreadPool;
    case LoopPart::Kernel: return Term::Kernel;
    case LoopPart::Words: return {}; // as the lanes
    }
    Q_UNREACHABLE_RETURN({});
}

QRectF between(double left, double top, double right, double bottom)
{
    return {QPointF(left, top), QPointF(right, bottom)};
}

class Terms final {
public:
    void whole(Term term, const QRectF& area) { m_terms.push_back({.term = term, .area = area}); }
    void place(Term term, const QRectF& area) { m_terms.push_back({.term = term, .area = area, .walked = true}); }
    template <typename Which>
    void parts(const StagePicture& picture)
    {
        for (std::size_t i = picture.parts.size(); i-- > 0;) {
            if (const auto term = termOf(static_cast<Which>(i)))
                whole(*term, picture.parts[i].area);
        }
    }
    [[nodiscard]] std::vector<StageTerm> take() { return std::move(m_terms); }

private:
    std::vector<StageTerm> m_terms;
};

std::vector<StageTerm> restaurantTerms(const StagePicture& picture)
{
    const RestaurantLayout& l = restaurantLayout(picture.stageSize);
    Terms terms;
    const double right = l.size.width();
    // The tables' column.
    if (!picture.plates.empty()) {
        const double top = l.plate.top() - static_cast<double>(picture.plates.size() - 1) * l.platePitch;
        terms.place(Term::Tray, between(l.plate.left(), std::max(0., top), l.plate.right(), l.plate.bottom()));
    }
    terms.place(Term::JavaScriptThread, between(l.waiterText, l.waiter.top(), l.passLeft, l.pill.top()));
    if (picture.allCustomers() > 0)
        terms.place(Term::Customer, between(0, l.headY - 4, l.passLeft, l.waiter.top()));
    terms.place(Term::Table, between(0, l.table.top(), l.waiterText, l.pill.top()));
    terms.place(Term::Order, l.pill);
    // The pass, with the titles of its two panels.
    const auto panel = [&](Term title, const QRectF& area, Place first, Place last) {
        const auto from = static_cast<std::size_t>(first);
        terms.place(title, between(area.left(), area.top(), area.right(), l.rails[from] - l.bandAbove));
        for (std::size_t i = from; i <= static_cast<std::size_t>(last); ++i)
            terms.place(ui::termOf(static_cast<Place>(i)),
                between(area.left(), l.rails[i] - l.bandAbove, area.right(), l.rails[i] + l.bandBelow));
    };
    terms.place(Term::Pass, between(l.passLeft, 0, l.passRight, l.notes.top()));
    panel(Term::Drain, l.notes, Place::Ticks, Place::Promises);
    panel(Term::Iteration, l.round, Place::Poll, Place::Timers);
    terms.place(Term::ServingNumber, between(l.passLeft, l.round.bottom(), l.passRight, l.size.height()));
    // The kitchen.
    const double cooks = l.waiting.isEmpty() ? l.cooks[0].y() : l.waiting.bottom();
    terms.place(Term::ThreadPool, between(l.passRight, 0, right, l.waiting.isEmpty() ? cooks : l.waiting.top()));
    if (!l.waiting.isEmpty())
        terms.place(Term::PoolQueue, l.waiting);
    terms.place(Term::PoolThread, between(l.passRight, cooks, right, l.eggTitle - 12));
    terms.place(Term::Timer, between(l.passRight, l.eggTitle - 12, right, l.shelf.bottom()));
    terms.place(Term::Kernel, between(l.passRight, l.doorTitle - 12, right, l.size.height()));
    terms.parts<RestaurantPart>(picture);
    return terms.take();
}

std::vector<StageTerm> loopTerms(const StagePicture& picture)
{
    const LoopLayout& l = loopLayout(picture.stageSize);
    Terms terms;
    const auto part = [&](LoopPart which) { return picture.parts[static_cast<std::size_t>(which)].area; };
    const QRectF hub = part(LoopPart::Hub);
    const double middle = l.centre.y() + l.hub * 0.2; // below what runs stand the notes
    // A station with its lane, which runs outward; before the hub, whose corners reach to some.
    for (std::size_t i = 0; i < l.stations.size(); ++i) {
        const QPointF& at = l.stations[i];
        const double half = std::max(l.station.height(), l.slip.height()) / 2;
        const bool onAxis = std::abs(at.x() - l.centre.x()) < l.station.width() / 2;
        const double left = onAxis || at.x() > l.centre.x() ? at.x() - l.station.width() / 2 : 0;
        const double right = onAxis || at.x() < l.centre.x() ? at.x() + l.station.width() / 2 : l.size.width();
        terms.place(app::termOf(static_cast<trace::Phase>(i + 1)), between(left, at.y() - half, right, at.y() + half));
    }
    terms.place(Term::Tray, between(hub.left(), hub.top(), hub.right(), l.centre.y()));
    terms.place(Term::Tick, between(hub.left(), middle, l.centre.x(), middle + l.hub * 0.4));
    terms.place(Term::Microtask, between(l.centre.x(), middle, hub.right(), middle + l.hub * 0.4));
    terms.place(Term::Drain, between(hub.left(), l.centre.y(), hub.right(), hub.bottom()));
    terms.place(Term::Timer, part(LoopPart::Timers));
    terms.place(Term::ThreadPool, part(LoopPart::Pool));
    terms.place(Term::Kernel, part(LoopPart::Kernel));
    const QPointF next = onRing(l, 210);
    terms.whole(Term::Iteration, QRectF(next.x() - 39, next.y() - 13, 78, 26));
    terms.place(Term::EventLoop, between(0, 0, 200, 50));
    terms.place(Term::Iteration, between(0, l.size.height() - 96, 200, l.size.height()));
    terms.parts<LoopPart>(picture);
    return terms.take();
}

} // namespace

Term termOf(Place place)
{
    switch (place) {
    case Place::Ticks: return Term::Tick;
    case Place::Promises: return Term::Microtask;
    case Place::Poll: return Term::Poll;
    case Place::Immediates: return Term::Check;
    case Place::Closing: return Term::Closing;
    case Place::Timers: return Term::TimersPhase;
    case Place::Cook: return Term::PoolThread;
    case Place::WaitingForCook: return Term::PoolQueue;
    case Place::EggTimers: return Term::Timer;
    case Place::Door: return Term::Kernel;
    }
    Q_UNREACHABLE_RETURN(Term::Order);
}

app::Wording wordingOf(Skin skin)
{
    switch (skin) {
    case Skin::Restaurant: return app::Wording::Restaurant;
    case Skin::Loop: return app::Wording::Runtime;
    }
    Q_UNREACHABLE_RETURN(app::Wording::Restaurant);
}

std::vector<StageTerm> termsOf(const StagePicture& picture)
{
    if (picture.parts.empty())
        return {};
    switch (picture.skin) {
    case Skin::Restaurant: return restaurantTerms(picture);
    case Skin::Loop: return loopTerms(picture);
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<StageTerm> termAt(const StagePicture& picture, const QPointF& point)
{
    const auto terms = termsOf(picture);
    const auto found = std::ranges::find_if(terms, [&](const StageTerm& term) { return term.area.contains(point); });
    return found == terms.end() ? std::nullopt : std::optional(*found);
}

std::vector<StageTerm> placesOf(const StagePicture& picture)
{
    std::vector<StageTerm> places;
    for (StageTerm& term : termsOf(picture)) {
        if (term.walked)
            places.push_back(std::move(term));
    }
    return places;
}

} // namespace bistro::ui
