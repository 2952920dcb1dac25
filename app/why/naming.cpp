#include "why/naming.h"

#include "state/describe.h"
#include "text/amounts.h"
#include "trace/views.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace bistro::app {
namespace {

struct Naming {
    Q_DECLARE_TR_FUNCTIONS(Naming)
};

} // namespace

OrderId toldOf(const TraceLog& log, OrderId order, Detail detail)
{
    if (detail == Detail::Everything || !order)
        return order;
    const OrderId whole = inTheNameOf(log, order);
    const OrderId told = learnersOrder(log, whole);
    const bool isAll = told != whole && log.kindOf(told) == OrderKind::Script; // the program itself says nothing
    return isAll ? OrderId {} : told;
}

QString nameIn(const TraceLog& log, OrderId order, Detail detail)
{
    if (detail == Detail::Everything) {
        const QString internal = isAside(log, order) ? QString::fromStdString(internalNameOf(log, order)) : QString();
        return internal.isEmpty() ? named(log, order) : internal;
    }
    if (const OrderId told = toldOf(log, order, detail))
        return named(log, told);
    const std::string_view package = packageOf(log, order);
    return package.empty() ? Naming::tr("a step of Node's own")
                           : Naming::tr("a step of the package %1").arg(textOf(package));
}

QString namesIn(const TraceLog& log, std::span<const OrderId> orders, Detail detail)
{
    std::vector<OrderId> told;
    std::size_t own = 0;
    for (const OrderId order : orders) {
        const bool isOwn = detail == Detail::Program && isNodesOwnTurn(log, order);
        const OrderId one = isOwn ? OrderId {} : toldOf(log, order, detail);
        if (!one)
            ++own;
        else if (!std::ranges::contains(told, one))
            told.push_back(one);
    }
    const QString steps = Naming::tr("%n steps of Node's own", nullptr, static_cast<int>(own));
    if (own == 0)
        return titles(log, told);
    return told.empty() ? steps : Naming::tr("%1, and %2").arg(titles(log, told), steps);
}

QString handlerCall(const TraceLog& log, OrderId handler, Tense tense)
{
    const Index created = log.createdAt(handler);
    const auto call = created == kNoEvent ? trace::events::HandlerStarted {}
                                          : trace::as<trace::events::HandlerStarted>(log.event(created));
    const QString event = textOf(log.text(call.name));
    const bool past = tense == Tense::Past;
    const auto said = [&](const QString& now, const QString& then) { return (past ? then : now).arg(event); };
    if (event == u"exit")
        return said(Naming::tr("Node calls your '%1' listener: the program is about to end."),
            Naming::tr("Node called your '%1' listener: the program was about to end."));
    if (event == u"beforeExit")
        return said(Naming::tr("Node calls your '%1' listener: nothing is left to wait for."),
            Naming::tr("Node called your '%1' listener: nothing was left to wait for."));
    if (event == u"unhandledRejection")
        return said(Naming::tr("Node calls your '%1' listener: nobody has handled a rejected promise."),
            Naming::tr("Node called your '%1' listener: nobody had handled a rejected promise."));
    if (event == u"rejectionHandled")
        return said(Naming::tr("Node calls your '%1' listener: a rejected promise has a handler after all."),
            Naming::tr("Node called your '%1' listener: a rejected promise had a handler after all."));
    if (event == u"uncaughtException" || event == u"uncaughtExceptionMonitor")
        return said(Naming::tr("Node calls your '%1' listener: nobody has caught an error."),
            Naming::tr("Node called your '%1' listener: nobody had caught an error."));
    if (event == u"warning")
        return said(Naming::tr("Node calls your '%1' listener: it warns of something."),
            Naming::tr("Node called your '%1' listener: it warned of something."));
    if (event == u"FinalizationRegistry")
        return said(Naming::tr("Node calls your %1: an object has gone from memory."),
            Naming::tr("Node called your %1: an object had gone from memory."));
    if (event == u"addon")
        return past ? Naming::tr("A package's native code called your function: it had something for it.")
                    : Naming::tr("A package's native code calls your function: it has something for it.");
    return said(Naming::tr("Node calls your '%1' listener."), Naming::tr("Node called your '%1' listener."));
}

QString agoText(std::uint64_t nanoseconds)
{
    constexpr std::uint64_t kMillisecond = 1'000'000;
    const std::uint64_t whole = (nanoseconds + kMillisecond / 2) / kMillisecond;
    return whole == 0 ? QString() : timeText(whole * kMillisecond);
}

bool isAside(const TraceLog& log, OrderId order)
{
    return order && (ownerOf(log, order) != Owner::Program || inTheNameOf(log, order) != order);
}

QString pausedFunction(const TraceLog& log, OrderId await)
{
    const Index created = log.createdAt(await);
    return created == kNoEvent ? QString() : textOf(learnersPlace(log, {log.event(created).stack}).function);
}

} // namespace bistro::app
