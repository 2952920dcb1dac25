#include "why/narration/narrator.h"

#include "text/amounts.h"

namespace bistro::app {

using namespace trace;

// Who will call back for a job of the pool: its order, else what it does.
QString Narrator::nameOf(JobId job)
{
    const LoopState& state = before();
    const PoolJob* const known = state.jobs.find(job.value);
    if (known && known->async != 0)
        return async({known->async});
    if (known && m_detail == Detail::Everything)
        return text(as<events::PoolJobSubmitted>(m_log.event(known->submitted)).operation);
    return m_detail == Detail::Program ? tr("a job of Node's own") : tr("job %1").arg(job.value);
}

void Narrator::operator()(const events::PoolStarted& e)
{
    const QString size = m_wording == Wording::Restaurant ? tr("%n cooks", nullptr, count(e.workers))
                                                          : tr("%n threads", nullptr, count(e.workers));
    put(Rule::PoolWorks, {tr("The kitchen opens with %1."), tr("The thread pool starts with %1.")}, {size});
}

void Narrator::operator()(const events::PoolJobSubmitted& e)
{
    const LoopState& state = after();
    const bool wait = state.pool.busy().size() >= state.pool.workers();
    const std::size_t place = state.pool.waiting();
    const QString what = e.async         ? async(e.async)
        : m_detail == Detail::Everything ? text(e.operation)
                                         : tr("a job of Node's own");
    if (wait)
        put(Rule::PoolLine,
            {tr("%1 goes to the kitchen. All cooks are busy, so it waits at place %2."),
                tr("%1 goes to the thread pool. All threads are busy, so it waits at place %2.")},
            {what, number(place)});
    else
        put(Rule::PoolWorks,
            {tr("%1 goes to the kitchen. A free cook takes it."),
                tr("%1 goes to the thread pool. A free thread takes it.")},
            {what});
}

void Narrator::operator()(const events::PoolJobBegun& e)
{
    put(Rule::PoolLine, {tr("Cook %2 begins %1."), tr("Thread %2 begins %1.")},
        {nameOf(e.job), number(e.worker.value)});
}

void Narrator::operator()(const events::PoolJobDone& e)
{
    put(Rule::PoolQueues, {tr("Cook %2 puts %1 on the pass."), tr("Thread %2 has finished %1.")},
        {nameOf(e.job), number(e.worker.value)});
    const LoopState& state = after();
    const OrderId busy = state.running.empty() ? OrderId {} : state.running.back().order;
    const bool asleep = state.asleepSince.has_value();
    if (busy)
        add({tr("It waits, because the waiter is busy with %1."),
                tr("Its callback waits, because JavaScript is busy with %1.")},
            {name(busy)});
    else if (asleep)
        add({tr("That wakes the waiter."), tr("That wakes the loop.")});
}

void Narrator::operator()(const events::PoolJobDelivered& e)
{
    if (e.has(FlagCancelled)) {
        put(Rule::PoolQueues,
            {tr("The waiter takes %1 back. No cook had begun it."),
                tr("The loop takes %1 back. No thread had begun it.")},
            {nameOf(e.job)});
        return;
    }
    put(Rule::PoolBatch,
        {tr("The waiter collects %1 from the pass."), tr("Poll takes the result of %1 from the pool.")},
        {nameOf(e.job)});
}

// What is waited for from now on, or no longer.
void Narrator::kernelWait(KernelWait wait, bool begins, const QString& what)
{
    const auto both = [&](const Words& started, const Words& ended) {
        put(Rule::KernelWatches, begins ? started : ended, {what});
    };
    switch (wait) {
    case KernelWait::Listening:
        both({tr("The door opens for guests of %1."), tr("%1 listens for connections.")},
            {tr("The door closes to guests of %1."), tr("%1 no longer listens.")});
        break;
    case KernelWait::Reading:
        both({tr("The door listens to %1."), tr("Node waits for data from %1.")},
            {tr("The door no longer listens to %1."), tr("Node no longer waits for data from %1.")});
        break;
    case KernelWait::Writing:
        both({tr("The door watches when %1 takes more."), tr("Node waits until %1 takes more data.")},
            {tr("%1 has been written."), tr("Node has written %1.")});
        break;
    case KernelWait::Connecting:
        both({tr("A messenger sets out for %1."), tr("%1 is connecting.")},
            {tr("The messenger of %1 is back."), tr("%1 no longer waits for its connection.")});
        break;
    case KernelWait::Datagrams:
        both({tr("The door watches for cards to %1."), tr("Node waits for datagrams to %1.")},
            {tr("The door no longer watches for cards to %1."), tr("%1 no longer waits for datagrams.")});
        break;
    case KernelWait::ChildExit:
        both({tr("The door watches until the other restaurant closes: %1."),
                 tr("Node waits for the end of the child process %1.")},
            {tr("The other restaurant has closed: %1."), tr("Node no longer waits for the child process %1.")});
        break;
    case KernelWait::Signal:
        both({tr("The door watches for a signal to %1."), tr("Node waits for a signal to %1.")},
            {tr("The door no longer watches for a signal to %1."), tr("%1 no longer waits for a signal.")});
        break;
    case KernelWait::FileEvents:
        both({tr("The door watches the files of %1."), tr("Node waits for changes to the files of %1.")},
            {tr("The door no longer watches the files of %1."), tr("%1 no longer watches files.")});
        break;
    case KernelWait::NameAnswer:
        both({tr("The door waits for the answer to %1."), tr("Node waits for the name server's answer to %1.")},
            {tr("The door no longer waits for the answer to %1."),
                tr("%1 no longer waits for a name server's answer.")});
        break;
    }
}

QString Narrator::nameOf(AsyncId id, std::uint32_t handle)
{
    return id                            ? async(id)
        : m_detail == Detail::Everything ? tr("handle %1").arg(handle)
                                         : tr("something of Node's own");
}

void Narrator::operator()(const events::KernelWaitStarted& e)
{
    const QString what = nameOf(e.async, e.handle);
    if (e.wait == KernelWait::Listening && e.detail) {
        const QString place = text(e.detail);
        if (what.endsWith(place)) {
            kernelWait(e.wait, true, what);
            return;
        }
        put(Rule::KernelWatches,
            {tr("The door opens for guests of %1, at %2."), tr("%1 listens for connections at %2.")},
            {what, isPort(place) ? tr("port %1").arg(place) : place});
        return;
    }
    kernelWait(e.wait, true, what);
}

void Narrator::operator()(const events::KernelWaitEnded& e)
{
    kernelWait(e.wait, false, nameOf(e.async, e.handle));
}

void Narrator::operator()(const events::HandleReferenced& e)
{
    put(Rule::KeepsAlive,
        e.has(FlagUnreferenced) ? Words {tr("Nobody waits for %1. The restaurant may close without it."),
                                      tr("%1 no longer keeps the program alive.")}
                                : Words {tr("The restaurant stays open for %1."), tr("%1 keeps the program alive.")},
        {async(e.async)});
}

void Narrator::operator()(const events::HandleClosing& e)
{
    put(Rule::ClosingPhase,
        {tr("%1 is cleared away late in this round."), tr("%1 is closing. The closing phase finishes that.")},
        {async(e.async)});
}

void Narrator::operator()(const events::HandleClosed& e)
{
    put(Rule::ClosingPhase, {tr("The waiter clears %1 away."), tr("The closing phase has closed %1.")},
        {async(e.async)});
}

void Narrator::operator()(const events::ConnectionAccepted& e)
{
    put(Rule::KernelWatches,
        {tr("A guest comes in and sits down. The door of %1 was open."), tr("%1 has accepted a connection.")},
        {async(e.server)});
}

void Narrator::operator()(const events::RequestStarted& e)
{
    put(Rule::KernelWatches,
        e.direction == Direction::Incoming
            ? Words {tr("A guest orders %1 %2."), tr("The request %1 %2 comes in.")}
            : Words {tr("The waiter sends out for %1 %2."), tr("Your program sends the request %1 %2.")},
        {text(e.method), text(e.path)});
}

// "GET /menu"; of one whose beginning is not known, its number.
QString Narrator::request(std::uint32_t number) const
{
    const Request* const known = before().requests.find(number);
    if (!known)
        return QString::number(number);
    const auto started = as<events::RequestStarted>(m_log.event(known->started));
    return text(started.method) + QChar::Space + text(started.path);
}

void Narrator::operator()(const events::RequestFinished& e)
{
    const bool incoming = e.direction == Direction::Incoming;
    const QString what = request(e.request);
    if (e.status == 0)
        put(Rule::KernelWatches, {tr("The request %1 breaks off."), tr("The request %1 breaks off.")}, {what});
    else
        put(Rule::KernelWatches,
            incoming
                ? Words {tr("The guest has the answer to %1: status %2."),
                      tr("The request %1 is answered with status %2.")}
                : Words {tr("The answer to %1 has come: status %2."), tr("The request %1 has its answer: status %2.")},
            {what, number(e.status)});
}

} // namespace bistro::app
