#include "why/json.h"

#include "why/words.h"

#include <QJsonArray>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

QJsonArray array(const std::vector<Index>& events)
{
    QJsonArray result;
    for (const Index event : events)
        result += static_cast<qint64>(event);
    return result;
}

QJsonArray array(const std::vector<OrderId>& orders)
{
    QJsonArray result;
    for (const OrderId order : orders)
        result += (order.space == OrderId::Space::Promise ? u"promise %1"_s
                : order.space == OrderId::Space::Handler  ? u"handler %1"_s
                                                          : u"async %1"_s)
                      .arg(order.value);
    return result;
}

} // namespace

QJsonObject toJson(const Explanation& told)
{
    QJsonArray reasons;
    for (const Reason& reason : told.reasons)
        reasons += QJsonObject {{u"rule"_s, textOf(ruleId(reason.rule))}, {u"sentence"_s, reason.sentence},
            {u"events"_s, array(reason.events)}, {u"orders"_s, array(reason.orders)}};
    return {{u"headline"_s, told.headline}, {u"reasons"_s, reasons}, {u"rule"_s, textOf(ruleId(told.rule))},
        {u"ruleText"_s, told.ruleText}, {u"race"_s, told.race}, {u"events"_s, array(told.events)},
        {u"orders"_s, array(told.orders)}};
}

QJsonObject toJson(const Finding& finding)
{
    QJsonArray helps;
    for (const QString& help : finding.helps)
        helps += help;
    return {{u"finding"_s, textOf(findingId(finding.kind))}, {u"rule"_s, textOf(ruleId(finding.rule))},
        {u"what"_s, finding.what}, {u"since"_s, finding.since}, {u"waits"_s, finding.waits}, {u"helps"_s, helps},
        {u"place"_s, QString::fromStdString(placeText(finding.place))},
        {u"took"_s, static_cast<qint64>(finding.took.count())}, {u"events"_s, array(finding.events)},
        {u"orders"_s, array(finding.orders)}};
}

} // namespace bistro::app
