#include "why/keepers.h"

#include "source/callsite.h"
#include "state/owner.h"
#include "state/titles.h"
#include "text/amounts.h"
#include "why/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kNamed = 3; // ports, lines: more of them are not told

class Phrases final {
    Q_DECLARE_TR_FUNCTIONS(bistro::app::KeptAlive)

public:
    explicit Phrases(const TraceLog& log)
        : m_log(log)
    {
    }

    [[nodiscard]] QString of(const Keepers& keepers) const
    {
        const int count = static_cast<int>(keepers.those.size());
        const QString what = count == 1 ? one(keepers.those.front()) : many(keepers, count);
        const QString where = lines(keepers.those);
        return where.isEmpty() ? what : tr("%1 in %2", "what, line 3").arg(what, where);
    }

    [[nodiscard]] static QString line(std::uint32_t number) { return tr("line %1").arg(number); }
    [[nodiscard]] static QString lineOfFile(std::uint32_t number, const QString& file)
    {
        return tr("line %1 of %2").arg(QString::number(number), file);
    }

private:
    [[nodiscard]] QString one(const KeptAlive& keeper) const
    {
        const QString detail = textOf(keeper.detail);
        switch (keeper.by) {
        case Keeper::Server:
            return detail.isEmpty() ? tr("the server")
                : isPort(detail)    ? tr("the server on port %1").arg(detail)
                                    : tr("the server at %1").arg(detail);
        case Keeper::Connection: return tr("an open connection");
        case Keeper::Connecting: return tr("a connection that opens");
        case Keeper::Writing: return tr("a write that goes on");
        case Keeper::Input: return tr("standard input, which is read");
        case Keeper::Parent: return tr("messages of the parent process");
        case Keeper::Datagrams: return tr("the UDP socket");
        case Keeper::Child:
            return detail.isEmpty() ? tr("the child process")
                                    : tr("the child process %1").arg(textOf(fileName(keeper.detail)));
        case Keeper::Watcher: return detail.isEmpty() ? tr("the file watcher") : tr("the watcher of %1").arg(detail);
        case Keeper::NameLookup: return tr("a name that is looked up");
        case Keeper::Worker: return tr("the worker");
        case Keeper::Port:
            return calledWith(keeper) == "BroadcastChannel"_L1 ? tr("the BroadcastChannel") : tr("the message port");
        case Keeper::Interval: return hasName(keeper) ? tr("the interval %1").arg(name(keeper)) : tr("the interval");
        case Keeper::Timer: return hasName(keeper) ? tr("the timer %1").arg(name(keeper)) : tr("the timer");
        case Keeper::Job:
            return hasName(keeper) ? tr("%1 in the thread pool").arg(name(keeper)) : tr("a job of the thread pool");
        case Keeper::Immediate: return tr("an immediate");
        case Keeper::Closing: return tr("a handle that closes");
        }
        return {};
    }

    [[nodiscard]] static QString many(const Keepers& keepers, int count)
    {
        switch (keepers.by) {
        case Keeper::Server: return servers(keepers, count);
        case Keeper::Connection: return tr("%n open connections", nullptr, count);
        case Keeper::Connecting: return tr("%n connections that open", nullptr, count);
        case Keeper::Writing: return tr("%n writes that go on", nullptr, count);
        case Keeper::Input: return tr("standard input, which is read");
        case Keeper::Parent: return tr("messages of the parent process");
        case Keeper::Datagrams: return tr("%n UDP sockets", nullptr, count);
        case Keeper::Child: return tr("%n child processes", nullptr, count);
        case Keeper::Watcher: return tr("%n file watchers", nullptr, count);
        case Keeper::NameLookup: return tr("%n names that are looked up", nullptr, count);
        case Keeper::Worker: return tr("%n workers", nullptr, count);
        case Keeper::Port: return tr("%n message ports", nullptr, count);
        case Keeper::Interval: return tr("%n intervals", nullptr, count);
        case Keeper::Timer: return tr("%n timers", nullptr, count);
        case Keeper::Job: return tr("%n jobs of the thread pool", nullptr, count);
        case Keeper::Immediate: return tr("%n immediates", nullptr, count);
        case Keeper::Closing: return tr("%n handles that close", nullptr, count);
        }
        return {};
    }

    [[nodiscard]] static QString servers(const Keepers& keepers, int count)
    {
        QStringList at;
        bool ports = true;
        for (const KeptAlive& keeper : keepers.those) {
            const QString detail = textOf(keeper.detail);
            if (detail.isEmpty())
                return tr("%n servers", nullptr, count);
            ports = ports && isPort(detail);
            if (static_cast<std::size_t>(at.size()) == kNamed) {
                at += u"…"_s;
                break;
            }
            at += detail;
        }
        const QString places = at.join(tr(", ", "between the parts of a list"));
        const QString what = tr("%n servers", nullptr, count);
        return ports ? tr("%1 (ports %2)").arg(what, places) : tr("%1 (at %2)").arg(what, places);
    }

    // "line 3", "lines 3, 5 and 9"; empty: none is known, they lie in several files, or there are too many.
    [[nodiscard]] QString lines(const std::vector<KeptAlive>& those) const
    {
        std::vector<std::uint32_t> numbers;
        const CodePlace& first = those.front().place;
        for (const KeptAlive& keeper : those) {
            if (keeper.place.line == 0 || keeper.place.script != first.script)
                return {};
            if (!std::ranges::contains(numbers, keeper.place.line))
                numbers.push_back(keeper.place.line);
            if (numbers.size() > kNamed)
                return {};
        }
        if (numbers.size() == 1)
            return lineText(m_log, first);
        std::ranges::sort(numbers);
        QStringList list;
        for (const std::uint32_t number : numbers)
            list += QString::number(number);
        const QString last = list.takeLast();
        const QString text = tr("lines %1 and %2").arg(list.join(tr(", ", "between the parts of a list")), last);
        return isEntry(first) ? text : tr("%1 of %2").arg(text, textOf(fileName(first.script)));
    }

    [[nodiscard]] bool isEntry(const CodePlace& place) const
    {
        return m_log.entryFile().empty() || fileName(place.script) == fileName(m_log.entryFile());
    }

    [[nodiscard]] OrderId programs(const KeptAlive& keeper) const
    {
        const OrderId order = learnersOrder(m_log, keeper.order);
        return order ? order : keeper.order;
    }
    [[nodiscard]] QString name(const KeptAlive& keeper) const { return title(m_log, programs(keeper)); }
    [[nodiscard]] QLatin1StringView calledWith(const KeptAlive& keeper) const
    {
        const CallSite* const call = m_log.callAt(keeper.place.frame);
        return call ? QLatin1StringView(call->name.data(), static_cast<qsizetype>(call->name.size()))
                    : QLatin1StringView();
    }
    // Whether it has another name than the function's that has made it.
    [[nodiscard]] bool hasName(const KeptAlive& keeper) const
    {
        const NameFrom from = nameOf(m_log, programs(keeper)).from;
        return from != NameFrom::Call && from != NameFrom::Node && from != NameFrom::Package;
    }

    const TraceLog& m_log;
};

// What neither the program's text nor a person knows of.
bool isOfNodeAlone(const KeptAlive& keeper)
{
    switch (keeper.by) {
    case Keeper::Timer:
    case Keeper::Interval:
    case Keeper::Job:
    case Keeper::Worker:
    case Keeper::Port: return !keeper.place;
    case Keeper::Immediate:
    case Keeper::Closing: return true; // they come at once
    case Keeper::Server:
    case Keeper::Connection:
    case Keeper::Connecting:
    case Keeper::Writing:
    case Keeper::Input:
    case Keeper::Parent:
    case Keeper::Datagrams:
    case Keeper::Child:
    case Keeper::Watcher:
    case Keeper::NameLookup: return false;
    }
    return false;
}

} // namespace

QString lineText(const TraceLog& log, const CodePlace& place)
{
    if (place.line == 0)
        return {};
    const bool isEntry = log.entryFile().empty() || fileName(place.script) == fileName(log.entryFile());
    return isEntry ? Phrases::line(place.line) : Phrases::lineOfFile(place.line, textOf(fileName(place.script)));
}

std::vector<Keepers> keepersOf(const TraceLog& log, const LoopState& state)
{
    std::vector<Keepers> result;
    if (!onlyWaits(state))
        return result;
    for (const KeptAlive& keeper : keptAlive(log, state)) {
        if (isOfNodeAlone(keeper))
            continue;
        if (result.empty() || result.back().by != keeper.by)
            result.push_back({.by = keeper.by, .those = {}, .phrase = {}});
        result.back().those.push_back(keeper);
    }
    const Phrases phrases(log);
    for (Keepers& each : result)
        each.phrase = phrases.of(each);
    return result;
}

} // namespace bistro::app
