#include "stage/placewords.h"

#include "stage/stageterms.h"
#include "stage/stagewords.h"

#include <algorithm>
#include <climits>

namespace bistro::ui {
namespace {

using app::Term;

// Those behind a tab with them.
int waitingAt(const StagePicture& picture, Term place)
{
    int count = 0;
    for (const StageSlip& slip : picture.slips)
        count += termOf(slip.place) == place ? slip.count : 0;
    return count;
}

QString guests(const StagePicture& picture)
{
    const auto of = [&](Wants wants) {
        const auto seated = std::ranges::count_if(
            picture.customers, [&](const StageCustomer& c) { return c.wants == wants && !c.served; });
        return static_cast<int>(seated) + static_cast<int>(picture.moreCustomers[static_cast<std::size_t>(wants)]);
    };
    QStringList words;
    if (const int unheard = of(Wants::ToBeHeard); unheard > 0)
        words << Stage::tr("%n guests are not heard yet.", nullptr, unheard);
    if (const int hungry = of(Wants::Food); hungry > 0)
        words << Stage::tr("%n guests wait for food.", nullptr, hungry);
    return words.join(u' ');
}

// Who runs, or why nobody does.
QString runs(const StagePicture& picture)
{
    return picture.reason.isEmpty() ? Stage::tr("%1.").arg(picture.headline)
                                    : Stage::tr("%1, %2.").arg(picture.headline, picture.reason);
}

QString stack(const StagePicture& picture)
{
    if (picture.plates.empty())
        return runs(picture);
    return (picture.skin == Skin::Restaurant ? Stage::tr("On the tray, from the top: %1.")
                                             : Stage::tr("Call stack, innermost first: %1."))
        .arg(QStringList(picture.plates.begin(), picture.plates.end()).join(QStringLiteral(", ")));
}

QString cooks(const StagePicture& picture)
{
    const auto busy = std::ranges::count_if(picture.cooks, [](const StageCook& cook) { return bool(cook.order); });
    return (picture.skin == Skin::Restaurant ? Stage::tr("%1 of %2 cooks are busy.")
                                             : Stage::tr("%1 of %2 threads are busy."))
        .arg(busy)
        .arg(picture.cooks.size());
}

} // namespace

QString whatIsAt(const StagePicture& picture, Term place)
{
    switch (place) {
    case Term::Tick:
    case Term::Microtask:
    case Term::Poll:
    case Term::Check:
    case Term::Closing:
    case Term::TimersPhase:
    case Term::PoolQueue: {
        const int count = waitingAt(picture, place);
        return count == 0 ? Stage::tr("Nothing waits here.") : Stage::tr("%n orders wait here.", nullptr, count);
    }
    case Term::Timer: {
        const int count = waitingAt(picture, place);
        return count == 0 ? Stage::tr("No timer is running.") : Stage::tr("%n timers are running.", nullptr, count);
    }
    case Term::Kernel: {
        const int count = waitingAt(picture, place);
        return count == 0 ? Stage::tr("Nobody is expected.") : Stage::tr("%n are expected here.", nullptr, count);
    }
    case Term::PoolThread:
    case Term::ThreadPool: return cooks(picture);
    case Term::Tray: return stack(picture);
    case Term::JavaScriptThread: return runs(picture);
    case Term::Customer: return guests(picture);
    default: return {}; // words are an open set: most are no place
    }
}

app::OrderId orderAt(const StagePicture& picture, Term place)
{
    if (place == Term::Tray || place == Term::JavaScriptThread)
        return picture.running.empty() ? app::OrderId {} : picture.running.back().first;
    const StageSlip* first = nullptr;
    const auto rank = [](const StageSlip& slip) { return slip.number == 0 ? INT_MAX : slip.number; };
    for (const StageSlip& slip : picture.slips) {
        const Term there = termOf(slip.place);
        const bool here = there == place || (place == Term::ThreadPool && there == Term::PoolThread);
        if (here && slip.order && (!first || rank(slip) < rank(*first)))
            first = &slip;
    }
    return first ? first->order : app::OrderId {};
}

} // namespace bistro::ui
