#include "session/alive.h"

#include "trace/views.h"
#include "why/keepers.h"

#include <QCoreApplication>
#include <QStringList>

namespace bistro::app {
namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(bistro::app::KeptAlive)

public:
    static QString sentence(QStringList parts)
    {
        const QString last = parts.takeLast();
        return tr("Your program stays alive for %1.")
            .arg(parts.isEmpty() ? last
                                 : tr("%1 and %2").arg(parts.join(tr(", ", "between the parts of a list")), last));
    }
};

// Of the event at which the wait began; empty where there is none.
std::string_view detailOf(const TraceLog& log, const Waiting& wait)
{
    using Started = trace::events::KernelWaitStarted;
    if (wait.since >= log.size() || !trace::is<Started>(log.event(wait.since)))
        return {};
    return log.text(trace::as<Started>(log.event(wait.since)).detail);
}

std::string_view operationOf(const TraceLog& log, const PoolJob& job)
{
    using Submitted = trace::events::PoolJobSubmitted;
    if (job.submitted >= log.size() || !trace::is<Submitted>(log.event(job.submitted)))
        return {};
    return log.text(trace::as<Submitted>(log.event(job.submitted)).operation);
}

} // namespace

QString keptAliveSentence(const TraceLog& log, const LoopState& state)
{
    if (state.end)
        return {};
    QStringList parts;
    for (const Keepers& keepers : keepersOf(log, state))
        parts += keepers.phrase;
    return parts.isEmpty() ? QString() : Words::sentence(std::move(parts));
}

bool readsStandardInput(const TraceLog& log, const LoopState& state)
{
    bool reads = false;
    if (!state.end)
        state.waits.visit([&](std::uint32_t, const Waiting& wait) {
            reads = wait.wait == trace::KernelWait::Reading && detailOf(log, wait) == "stdin";
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
