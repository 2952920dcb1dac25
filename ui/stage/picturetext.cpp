#include "stage/picturetext.h"

#include "stage/stagewords.h"

#include <ranges>

namespace bistro::ui {
QString placeName(Place place, Skin skin)
{
    const bool restaurant = skin == Skin::Restaurant;
    switch (place) {
    case Place::Ticks: return Stage::tr("Ticks");
    case Place::Promises: return Stage::tr("Promises");
    case Place::Poll: return Stage::tr("I/O done");
    case Place::Immediates: return Stage::tr("Immediates");
    case Place::Closing: return Stage::tr("Closing");
    case Place::Timers: return Stage::tr("Timers due");
    case Place::Cook: return restaurant ? Stage::tr("With the cooks") : Stage::tr("In pool threads");
    case Place::WaitingForCook: return restaurant ? Stage::tr("Waiting for a cook") : Stage::tr("Waiting for a thread");
    case Place::EggTimers: return Stage::tr("Pending timers");
    case Place::Door: return restaurant ? Stage::tr("At the door") : Stage::tr("In the kernel");
    }
    Q_UNREACHABLE_RETURN({});
}

QString numberOf(app::OrderId order)
{
    if (!order)
        return {};
    return (order.space == app::OrderId::Space::Async     ? QStringLiteral("#%1")
            : order.space == app::OrderId::Space::Promise ? QStringLiteral("p%1")
                                                          : QStringLiteral("h%1"))
        .arg(order.value);
}

QString summaryOf(const StagePicture& picture)
{
    const bool restaurant = picture.skin == Skin::Restaurant;
    QStringList lines;
    lines << (picture.reason.isEmpty() ? picture.headline
                                       : QStringLiteral("%1: %2").arg(picture.headline, picture.reason));
    if (picture.iteration > 0)
        lines << (restaurant ? Stage::tr("Round %1 of the loop") : Stage::tr("Iteration %1")).arg(picture.iteration);
    if (!picture.plates.empty()) {
        QStringList plates(picture.plates.begin(), picture.plates.end());
        lines << (restaurant ? Stage::tr("On the tray, from the top: %1")
                             : Stage::tr("Call stack, innermost first: %1"))
                     .arg(plates.join(QStringLiteral(", ")));
    }
    if (!picture.refused.isEmpty())
        lines << picture.refused;
    for (const StagePicture::Flow& stream : picture.streams)
        lines << Stage::tr("Stream %1: %2").arg(stream.title, stream.state);
    constexpr std::size_t told = 20; // tables: more are a number, also to who listens
    for (const StageCustomer& customer : picture.customers | std::views::take(told))
        lines << Stage::tr("Table %1: %2")
                     .arg(customer.number)
                     .arg(customer.served                    ? Stage::tr("the waiter is there")
                             : customer.wants == Wants::Food ? Stage::tr("waits for food")
                                                             : Stage::tr("not heard yet"));
    if (picture.allCustomers() > told)
        lines << Stage::tr("And %1 more tables").arg(picture.allCustomers() - told);
    if (picture.nodesOwn > 0)
        lines << Stage::tr("And %1 of Node's own").arg(picture.nodesOwn);
    return lines.join(u'\n');
}

QString asText(const StagePicture& picture)
{
    QStringList lines {summaryOf(picture)};
    for (std::size_t i = 0; i < kPlaces; ++i) {
        const auto place = static_cast<Place>(i);
        QStringList here;
        for (const StageSlip& slip : picture.slips) {
            if (slip.place == place)
                here << slip.name;
        }
        if (!here.isEmpty())
            lines << QStringLiteral("%1: %2").arg(placeName(place, picture.skin), here.join(u' '));
    }
    return lines.join(u'\n');
}

} // namespace bistro::ui
