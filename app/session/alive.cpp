#include "session/alive.h"

#include "state/describe.h"
#include "text/amounts.h"
#include "trace/views.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(bistro::app::KeptAlive)

public:
    static QString wait(trace::KernelWait wait, int count)
    {
        using enum trace::KernelWait;
        switch (wait) {
        case Listening: break; // servers()
        case Reading: return tr("%n open connections or pipes", nullptr, count);
        case Writing: return tr("%n writes under way", nullptr, count);
        case Connecting: return tr("%n connections being made", nullptr, count);
        case Datagrams: return tr("%n open UDP sockets", nullptr, count);
        case ChildExit: return tr("%n child processes", nullptr, count);
        case Signal: return tr("%n signal handlers", nullptr, count);
        case FileEvents: return tr("%n watched files", nullptr, count);
        case NameAnswer: return tr("%n names being looked up", nullptr, count);
        }
        return {};
    }
    static constexpr qsizetype kServers = 100; // that are told apart
    // `at`: as the trace has them, ports before paths; of `count`.
    static QString servers(const QStringList& at, int count)
    {
        constexpr qsizetype named = 3;
        if (at.size() == 1)
            return at[0].isEmpty() ? tr("a server that listens")
                : isPort(at[0])    ? tr("a server that listens on port %1").arg(at[0])
                                   : tr("a server that listens at %1").arg(at[0]);
        QString places = at.first(std::min(named, at.size())).join(comma());
        if (at.size() > named)
            places += comma() + QChar(0x2026);
        const QString many = tr("%n servers that listen", nullptr, count);
        if (std::ranges::any_of(at, &QString::isEmpty))
            return many;
        return std::ranges::all_of(at, isPort) ? tr("%1 (ports %2)").arg(many, places)
                                               : tr("%1 (at %2)").arg(many, places);
    }
    static QString input() { return tr("its standard input, which it reads"); }
    static QString timers(int count, const QString& title)
    {
        return count == 1 ? tr("the timer %1").arg(title) : tr("%n timers, next %1", nullptr, count).arg(title);
    }
    static QString jobs(int count) { return tr("%n jobs of the thread pool", nullptr, count); }
    static QString sentence(const QString& list)
    {
        return tr("The program does not end because something can still happen: %1.").arg(list);
    }
    static QString comma() { return tr(", ", "between the parts of a list"); }
};

QString asQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// Of the event at which the wait began; empty where there is none.
std::string_view detailOf(const TraceLog& log, const Waiting& wait)
{
    using Started = trace::events::KernelWaitStarted;
    if (wait.since >= log.size() || !trace::is<Started>(log.event(wait.since)))
        return {};
    return log.text(trace::as<Started>(log.event(wait.since)).detail);
}

bool isInput(const TraceLog& log, const Waiting& wait)
{
    return wait.wait == trace::KernelWait::Reading && detailOf(log, wait) == "stdin";
}

std::string_view operationOf(const TraceLog& log, const PoolJob& job)
{
    using Submitted = trace::events::PoolJobSubmitted;
    if (job.submitted >= log.size() || !trace::is<Submitted>(log.event(job.submitted)))
        return {};
    return log.text(trace::as<Submitted>(log.event(job.submitted)).operation);
}

bool isReferenced(const LoopState& state, std::uint32_t timer)
{
    const Resource* const resource = state.resources.find(timer);
    return !resource || (resource->flags & trace::FlagUnreferenced) == 0;
}

} // namespace

QStringList keptAliveBy(const TraceLog& log, const LoopState& state)
{
    QStringList result;
    if (state.end || state.recordingEnded || !state.asleepSince || !state.idle())
        return result;
    constexpr auto kinds = static_cast<std::size_t>(trace::KernelWait::NameAnswer) + 1;
    std::array<int, kinds> waits {};
    QStringList listening;
    int servers = 0;
    bool input = false;
    state.waits.visit([&](std::uint32_t, const Waiting& wait) {
        if (wait.handle != 0 && state.unreferenced.find(wait.handle))
            return;
        if (isInput(log, wait))
            input = true;
        else if (wait.wait != trace::KernelWait::Listening && static_cast<std::size_t>(wait.wait) < kinds)
            ++waits[static_cast<std::size_t>(wait.wait)];
        else if (servers++ < Words::kServers)
            listening.append(asQt(detailOf(log, wait)));
    });
    // A server first: its connections follow from it.
    if (!listening.isEmpty())
        result.append(Words::servers(listening, servers));
    for (std::size_t kind = 1; kind < kinds; ++kind) {
        if (waits[kind] > 0)
            result.append(Words::wait(static_cast<trace::KernelWait>(kind), waits[kind]));
    }
    if (input)
        result.append(Words::input());
    constexpr std::size_t enough = 1'000;
    int timers = 0;
    QString next;
    for (const std::uint32_t timer : state.timers.inOrder(state.loopClock(), enough)) {
        if (!isReferenced(state, timer))
            continue;
        if (timers++ == 0)
            next = asQt(titleOfAllSteps(log, OrderId::async(timer)));
    }
    if (timers > 0)
        result.append(Words::timers(timers, next));
    if (state.pool.waiting() + state.pool.busy().size() > 0)
        result.append(Words::jobs(static_cast<int>(state.pool.waiting() + state.pool.busy().size())));
    return result;
}

QString keptAliveSentence(const TraceLog& log, const LoopState& state)
{
    const QStringList parts = keptAliveBy(log, state);
    return parts.isEmpty() ? QString() : Words::sentence(parts.join(Words::comma()));
}

bool readsStandardInput(const TraceLog& log, const LoopState& state)
{
    bool reads = false;
    if (!state.end)
        state.waits.visit([&](std::uint32_t, const Waiting& wait) {
            reads = isInput(log, wait);
            return !reads;
        });
    return reads;
}

bool maySitInARead(const TraceLog& log, const LoopState& state)
{
    for (const PoolLine::Busy& busy : state.pool.busy()) {
        const PoolJob* const job = state.jobs.find(busy.job);
        if (job && operationOf(log, *job) == "read")
            return true;
    }
    return false;
}

} // namespace bistro::app
