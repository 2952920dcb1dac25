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
    return known ? text(as<events::PoolJobSubmitted>(m_log.event(known->submitted)).operation)
                 : tr("job %1").arg(job.value);
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
    const QString what = e.async ? async(e.async) : text(e.operation);
    if (wait)
        put(Rule::PoolLine,
            {tr("%1 goes to the kitchen. All cooks are busy: it waits at place %2."),
                tr("%1 goes to the thread pool. All threads are busy: it waits at place %2.")},
            {what, number(place)});
    else
        put(Rule::PoolWorks,
            {tr("%1 goes to the kitchen, where a free cook is about to take it."),
                tr("%1 goes to the thread pool, where a free thread is about to take it.")},
            {what});
}

void Narrator::operator()(const events::PoolJobBegun& e)
{
    put(Rule::PoolLine, {tr("Cook %2 begins with %1."), tr("Thread %2 begins %1.")},
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
        add({tr("It waits: the waiter is busy with %1."), tr("Its callback waits: JavaScript is busy with %1.")},
            {name(busy)});
    else if (asleep)
        add({tr("The waiter rests, and is called."), tr("Poll wakes up.")});
}

void Narrator::operator()(const events::PoolJobDelivered& e)
{
    if (e.has(FlagCancelled)) {
        put(Rule::PoolQueues,
            {tr("The waiter takes %1 back: no cook had begun with it."),
                tr("The loop takes %1 back: it was cancelled before a thread took it.")},
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
        both({tr("The door opens for guests of %1."), tr("%1 listens: the kernel reports connections.")},
            {tr("The door is shut to guests of %1."), tr("%1 listens no longer.")});
        break;
    case KernelWait::Reading:
        both({tr("The door is to tell when %1 says something."), tr("The kernel is to report when %1 can be read.")},
            {tr("The door need not listen for %1 any longer."), tr("%1 is no longer waited for to be read.")});
        break;
    case KernelWait::Writing:
        both({tr("The door is to tell when %1 takes more."), tr("The kernel is to report when %1 can be written.")},
            {tr("%1 takes more."), tr("%1 is no longer waited for to be written.")});
        break;
    case KernelWait::Connecting:
        both({tr("A messenger sets out for %1."), tr("The kernel is to report when %1 is connected.")},
            {tr("The messenger of %1 is back."), tr("%1 is no longer waited for to connect.")});
        break;
    case KernelWait::Datagrams:
        both({tr("The door is to tell when a card comes for %1."), tr("The kernel is to report datagrams for %1.")},
            {tr("No more cards are waited for by %1."), tr("%1 no longer waits for datagrams.")});
        break;
    case KernelWait::ChildExit:
        both({tr("The door is to tell when the other restaurant closes: %1."),
                 tr("The kernel is to report the end of the child process of %1.")},
            {tr("The other restaurant has closed: %1."), tr("The child process of %1 is no longer waited for.")});
        break;
    case KernelWait::Signal:
        both({tr("The door is to tell of a signal for %1."), tr("The kernel is to report a signal for %1.")},
            {tr("No signal is waited for by %1 any longer."), tr("%1 no longer waits for a signal.")});
        break;
    case KernelWait::FileEvents:
        both({tr("The door is to tell when a file of %1 changes."),
                 tr("The kernel is to report changes of files for %1.")},
            {tr("No file is watched for %1 any longer."), tr("%1 no longer watches files.")});
        break;
    case KernelWait::NameAnswer:
        both({tr("The door is to tell when there is an answer for %1."),
                 tr("The kernel is to report the name server's answer for %1.")},
            {tr("The answer for %1 is not waited for any longer."),
                tr("%1 no longer waits for a name server's answer.")});
        break;
    }
}

QString Narrator::nameOf(AsyncId id, std::uint32_t handle)
{
    return id ? async(id) : tr("handle %1").arg(handle);
}

void Narrator::operator()(const events::KernelWaitStarted& e)
{
    const QString what = nameOf(e.async, e.handle);
    if (e.wait == KernelWait::Listening && e.detail) {
        const QString place = text(e.detail);
        put(Rule::KernelWatches,
            {tr("The door opens for guests of %1, at %2."), tr("%1 listens at %2: the kernel reports connections.")},
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
        e.has(FlagUnreferenced)
            ? Words {tr("Nobody waits for %1: the restaurant may close without it."),
                  tr("%1 is unreferenced: it does not keep the loop alive.")}
            : Words {tr("The restaurant stays open for %1."), tr("%1 is referenced: it keeps the loop alive.")},
        {async(e.async)});
}

void Narrator::operator()(const events::HandleClosing& e)
{
    put(Rule::ClosingPhase,
        {tr("%1 is to be cleared away, late in the round."),
            tr("%1 is being closed: the closing phase will see to it.")},
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
        {tr("A guest comes in and sits down: %2, let in by %1."), tr("%1 has accepted a connection: %2.")},
        {async(e.server), async(e.connection)});
}

void Narrator::operator()(const events::RequestStarted& e)
{
    put(Rule::KernelWatches,
        e.direction == Direction::Incoming
            ? Words {tr("A guest orders: %1 %2."), tr("A request has come in: %1 %2.")}
            : Words {tr("The waiter sends out for something: %1 %2."), tr("A request is sent: %1 %2.")},
        {text(e.method), text(e.path)});
}

void Narrator::operator()(const events::RequestFinished& e)
{
    const bool incoming = e.direction == Direction::Incoming;
    if (e.status == 0)
        put(Rule::KernelWatches, {tr("Request %1 breaks off."), tr("Request %1 broke off.")}, {number(e.request)});
    else
        put(Rule::KernelWatches,
            incoming ? Words {tr("The guest has the answer to request %1: %2."),
                           tr("Request %1 is answered with status %2.")}
                     : Words {tr("The answer to request %1 has come: %2."), tr("Request %1 got status %2.")},
            {number(e.request), number(e.status)});
}

} // namespace bistro::app
