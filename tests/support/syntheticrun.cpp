#include "syntheticrun.h"

#include <algorithm>
#include <string>

namespace bistro::tests {

using namespace bistro::trace;

namespace {

constexpr std::array<std::uint32_t, 5> kDurations {1, 5, 20, 100, 1'000};
constexpr std::uint32_t kCooks = 4;
constexpr std::uint32_t kFarAway = 100'000'000; // milliseconds

} // namespace

SyntheticRun::SyntheticRun(Writer& writer, SyntheticOptions options)
    : m_writer(writer)
    , m_options(options)
    , m_random(options.seed)
{
    const TextId script = writer.intern("/home/lea/synthetic.js").id;
    StackId caller;
    for (std::uint32_t i = 0; i < m_names.size(); ++i) {
        m_names[i] = writer.intern("step" + std::to_string(i)).id;
        m_frames[i] = writer.add(
            {.function = m_names[i], .script = script, .line = i + 1, .column = 5, .caller = caller});
        caller = m_frames[i];
    }
    m_read = writer.intern("read").id;
    m_type = writer.intern("FSREQCALLBACK").id;
    m_line = writer.intern("a line\n").id;
    put(EventKind::RunStarted, 4711, 0, 0, 0, kCooks);
    put(EventKind::EntryFound, script.value, 0, 0, 0, static_cast<std::uint16_t>(EntryKind::CommonJs));
    put(EventKind::CallbackStarted, 1);
    m_running = 1;
    for (std::uint32_t i = 0; i < options.inherited; ++i)
        put(EventKind::PromiseCreated, ++m_promise);
    crowd();
    body();
    put(EventKind::CallbackFinished, 1);
    drain();
}

void SyntheticRun::put(
    EventKind kind, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d, std::uint16_t small)
{
    const Record record {.kind = kind, .small = small, .stack = m_stack, .a = a, .b = b, .c = c, .d = d};
    // One in four has a time of its own, as in a recorded run.
    (void)(m_written++ % 4 == 0 ? m_writer.append(record) : m_writer.appendWithLast(record));
}

void SyntheticRun::enter(Phase phase, PollReason reason, std::uint32_t timeout)
{
    put(EventKind::PhaseEntered, m_iteration, static_cast<std::uint32_t>(reason), timeout, 0,
        static_cast<std::uint16_t>(phase));
}

void SyntheticRun::leave(Phase phase)
{
    put(EventKind::PhaseLeft, m_iteration, 0, 0, 0, static_cast<std::uint16_t>(phase));
}

// A call into JavaScript, and the ticks and microtasks after it.
void SyntheticRun::call(std::uint32_t async)
{
    --m_orders;
    put(EventKind::CallbackStarted, async);
    m_running = async;
    body();
    m_running = 0;
    put(EventKind::CallbackFinished, async);
    drain();
}

void SyntheticRun::body()
{
    m_stack = m_frames[below(static_cast<std::uint32_t>(m_frames.size()))].value;
    const std::uint32_t asks = m_orders < m_options.pending ? 1 + below(4) : below(2);
    for (std::uint32_t i = 0; i < asks; ++i)
        ask();
    m_stack = 0;
}

void SyntheticRun::ask()
{
    const std::uint32_t name = m_names[below(static_cast<std::uint32_t>(m_names.size()))].value;
    switch (below(16)) {
    case 0:
    case 1:
    case 2: // a timer
    {
        const std::uint32_t which = below(static_cast<std::uint32_t>(kDurations.size()));
        put(EventKind::TimerCreated, ++m_async, m_running, name, kDurations[which]);
        put(EventKind::TimerStarted, m_async, kDurations[which], m_now, m_now + kDurations[which]);
        m_timers[which].push_back({.async = m_async, .due = m_now + kDurations[which]});
        ++m_orders;
        break;
    }
    case 3:
    case 4: // an immediate
        put(EventKind::ImmediateCreated, ++m_async, m_running, name);
        m_immediates.push_back(m_async);
        ++m_orders;
        break;
    case 5:
    case 6: // a job of the pool
        put(EventKind::ResourceCreated, ++m_async, m_running, m_type.value, name,
            static_cast<std::uint16_t>(Service::Pool));
        put(EventKind::PoolJobSubmitted, ++m_job, m_async, m_read.value);
        m_work.push_back({.job = m_job, .async = m_async});
        ++m_orders;
        break;
    case 7: // a line
        put(EventKind::Output, m_line.value, 7, 0, 0, static_cast<std::uint16_t>(Stream::Output));
        break;
    case 8:
    case 9:
    case 10: // a tick
        put(EventKind::TickQueued, ++m_async, m_running, name);
        m_ticks.push_back(m_async);
        ++m_orders;
        break;
    case 11:
    case 12: // then() of a promise that is fulfilled
    {
        const std::uint32_t source = ++m_promise;
        put(EventKind::PromiseCreated, source);
        put(EventKind::PromiseSettled, source, 0, 0, 0, static_cast<std::uint16_t>(PromiseOutcome::Fulfilled));
        put(EventKind::PromiseCreated, ++m_promise, source, 0, 0, static_cast<std::uint16_t>(PromiseOrigin::Derived));
        put(EventKind::ReactionQueued, m_promise, source, 0, 0, static_cast<std::uint16_t>(JobKind::Reaction));
        m_microtasks.push_back({.kind = JobKind::Reaction, .promise = m_promise});
        ++m_orders;
        break;
    }
    default: // an await
    {
        const std::uint32_t source = ++m_promise;
        put(EventKind::PromiseCreated, source);
        put(EventKind::PromiseCreated, ++m_promise, source, 0, 0, static_cast<std::uint16_t>(PromiseOrigin::Await));
        put(EventKind::PromiseSettled, source, 1, 0, 0, static_cast<std::uint16_t>(PromiseOutcome::Fulfilled));
        put(EventKind::ReactionQueued, m_promise, source, 0, 0, static_cast<std::uint16_t>(JobKind::Await));
        m_microtasks.push_back({.kind = JobKind::Await, .promise = m_promise});
        ++m_orders;
        break;
    }
    }
}

// What waits from the start to the end.
void SyntheticRun::crowd()
{
    m_firstTimer = m_async + 1;
    for (std::uint32_t i = 0; i < m_options.timers; ++i) {
        put(EventKind::TimerCreated, ++m_async, m_running, m_names[0].value, kFarAway + i);
        put(EventKind::TimerStarted, m_async, kFarAway + i, m_now, m_now + kFarAway + i);
    }
    m_firstSocket = m_async + 1;
    for (std::uint32_t i = 0; i < m_options.sockets; ++i) {
        put(EventKind::ResourceCreated, ++m_async, m_running, m_type.value, 0,
            static_cast<std::uint16_t>(Service::Kernel));
        put(EventKind::KernelWaitStarted, m_async, i + 1, 0, 0, static_cast<std::uint16_t>(KernelWait::Reading));
    }
}

void SyntheticRun::touch()
{
    if (m_options.timers != 0) {
        const std::uint32_t i = below(m_options.timers);
        put(EventKind::TimerStarted, m_firstTimer + i, kFarAway + i, m_now, m_now + kFarAway + i);
    }
    if (m_options.sockets != 0) {
        const std::uint32_t i = below(m_options.sockets);
        put(EventKind::KernelWaitEnded, m_firstSocket + i, i + 1, 0, 0,
            static_cast<std::uint16_t>(KernelWait::Reading));
        put(EventKind::KernelWaitStarted, m_firstSocket + i, i + 1, 0, 0,
            static_cast<std::uint16_t>(KernelWait::Reading));
    }
}

void SyntheticRun::drain()
{
    while (!m_ticks.empty() || !m_microtasks.empty()) {
        while (!m_ticks.empty()) {
            const std::uint32_t tick = m_ticks.front();
            m_ticks.pop_front();
            --m_orders;
            put(EventKind::CallbackStarted, tick);
            m_running = tick;
            body();
            put(EventKind::CallbackFinished, tick);
        }
        if (m_microtasks.empty())
            continue;
        put(EventKind::DrainStarted);
        while (!m_microtasks.empty()) {
            const Job job = m_microtasks.front();
            m_microtasks.pop_front();
            --m_orders;
            const auto kind = static_cast<std::uint16_t>(job.kind);
            put(EventKind::JobStarted, job.promise, 0, 0, 0, kind);
            body();
            if (job.kind == JobKind::Reaction)
                put(EventKind::PromiseSettled, job.promise, 0, 0, 0,
                    static_cast<std::uint16_t>(PromiseOutcome::Fulfilled));
            put(EventKind::JobFinished, job.promise, 0, 0, 0, kind);
        }
        put(EventKind::DrainFinished);
    }
    m_running = 0;
}

void SyntheticRun::iterate()
{
    ++m_now;
    touch();
    put(EventKind::IterationStarted, ++m_iteration);
    enter(Phase::Poll, m_immediates.empty() ? PollReason::TimerDue : PollReason::ImmediatesPending,
        m_immediates.empty() ? 1 : 0);
    const auto taken = std::min<std::size_t>(m_work.size(), 1 + below(kCooks));
    for (std::size_t i = 0; i < taken; ++i)
        put(EventKind::PoolJobBegun, m_work[i].job, static_cast<std::uint32_t>(i) + 1);
    for (std::size_t i = 0; i < taken; ++i)
        put(EventKind::PoolJobDone, m_work[i].job, static_cast<std::uint32_t>(i) + 1);
    for (std::size_t i = 0; i < taken; ++i) {
        const Work work = m_work.front();
        m_work.pop_front();
        put(EventKind::PoolJobDelivered, work.job);
        call(work.async);
        put(EventKind::ResourceDestroyed, work.async);
    }
    leave(Phase::Poll);
    enter(Phase::Check);
    std::deque<std::uint32_t> immediates;
    immediates.swap(m_immediates);
    for (const std::uint32_t immediate : immediates)
        call(immediate);
    leave(Phase::Check);
    const auto due = [this](const std::deque<Timer>& timers) { return !timers.empty() && timers.front().due <= m_now; };
    if (std::ranges::any_of(m_timers, due)) {
        enter(Phase::Timers);
        put(EventKind::TimersProcessed, m_now);
        for (std::deque<Timer>& timers : m_timers) {
            while (due(timers)) {
                const std::uint32_t timer = timers.front().async;
                timers.pop_front();
                call(timer);
            }
        }
        leave(Phase::Timers);
    }
    if (m_orders < m_options.pending / 4) { // a customer comes in
        ++m_orders;
        call(1);
    }
}

void SyntheticRun::write(std::uint64_t events)
{
    while (m_written + 1 < events && !m_writer.ended())
        iterate();
    put(EventKind::RunEnded, 0, 0, 0, 0, static_cast<std::uint16_t>(EndKind::ExitCode));
}

} // namespace bistro::tests
