#include "why/findings/finder.h"
#include "why/keepers.h"

namespace bistro::app {

using namespace trace;

namespace {

struct KeeperHelps {
    Q_DECLARE_TR_FUNCTIONS(Finder)

public:
    // How to end it; empty: it ends by itself.
    static QString against(Keeper by)
    {
        switch (by) {
        case Keeper::Server: return tr("Call its close() when it's no longer needed.");
        case Keeper::Connection:
        case Keeper::Connecting:
        case Keeper::Writing: return tr("End it when it's no longer needed: end() or destroy().");
        case Keeper::Input:
            return tr("Stop reading when you have enough: process.stdin.pause(), or close() of readline.");
        case Keeper::Parent: return tr("Call process.disconnect() when no more messages are needed.");
        case Keeper::Datagrams: return tr("Call its close() when it's no longer needed.");
        case Keeper::Child: return tr("Wait until it ends, or end it with kill().");
        case Keeper::Watcher: return tr("Stop watching with close(), or with fs.unwatchFile.");
        case Keeper::Worker: return tr("End it with terminate(), or let its own work come to an end.");
        case Keeper::Port: return tr("Call its close() when no more messages are needed.");
        case Keeper::Interval: return tr("Stop it with clearInterval when you no longer need it.");
        case Keeper::Timer: return tr("Clear it with clearTimeout if nobody needs it.");
        case Keeper::NameLookup:
        case Keeper::Job:
        case Keeper::Immediate:
        case Keeper::Closing: break;
        }
        return {};
    }
    static QString orElse(Keeper by)
    {
        switch (by) {
        case Keeper::Server:
        case Keeper::Connection:
        case Keeper::Datagrams:
        case Keeper::Child:
        case Keeper::Watcher:
        case Keeper::Worker:
        case Keeper::Port:
        case Keeper::Interval:
        case Keeper::Timer: return tr("Or call unref(): then the program ends without waiting for it.");
        case Keeper::Connecting:
        case Keeper::Writing:
        case Keeper::Input:
        case Keeper::Parent:
        case Keeper::NameLookup:
        case Keeper::Job:
        case Keeper::Immediate:
        case Keeper::Closing: break;
        }
        return {};
    }
};

} // namespace

// What a program that was stopped while it waited, or that still waits, is kept alive by.
void Finder::keepsAlive()
{
    const std::optional<Index> since = waitsSince(m_log);
    if (!since)
        return;
    const LoopState state = m_log.stateAt(*since); // a copy: what is asked below looks at others
    for (const Keepers& keepers : keepersOf(m_log, state)) {
        if (found(FindingKind::KeepsAlive) >= kOfOneKind)
            break;
        Finding finding {
            .kind = FindingKind::KeepsAlive, .rule = Rule::KeepsAlive, .place = keepers.those.front().place};
        Index first = keepers.those.front().since;
        for (const KeptAlive& each : keepers.those) {
            first = std::min(first, each.since);
            if (!finding.place)
                finding.place = each.place;
            if (each.order)
                finding.orders.push_back(each.order);
        }
        finding.what = text(
            {tr("The restaurant stays open for %1."), tr("Your program stays alive for %1.")}, {keepers.phrase});
        if (first < m_log.size()) {
            finding.events = {first};
            finding.since = moment(m_log.event(first).time);
        }
        for (const QString& help : {KeeperHelps::against(keepers.by), KeeperHelps::orElse(keepers.by)}) {
            if (!help.isEmpty())
                finding.helps.push_back(help);
        }
        m_found.push_back(std::move(finding));
    }
}

} // namespace bistro::app
