#include "tracebuilder.h"

#include <QStringList>

namespace bistro::tests {

using namespace trace;
using namespace app;
using namespace Qt::StringLiterals;

TraceBuilder& TraceBuilder::event(Record record)
{
    m_time += 1'000;
    record.time = m_time;
    m_events.push_back(record);
    return *this;
}

void TraceBuilder::name(std::uint32_t async, std::string_view name)
{
    if (!name.empty())
        m_names.insert(async, QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
}

TraceBuilder& TraceBuilder::wait(std::uint64_t milliseconds)
{
    m_time += milliseconds * 1'000'000;
    return *this;
}

TraceBuilder& TraceBuilder::run(std::uint16_t workers)
{
    return add(events::RunStarted {.workers = workers});
}
TraceBuilder& TraceBuilder::exit(std::uint32_t code)
{
    return add(events::RunEnded {.code = code});
}

TraceBuilder& TraceBuilder::iteration(std::uint32_t number)
{
    m_iteration = number;
    return add(events::IterationStarted {.iteration = number});
}

TraceBuilder& TraceBuilder::enter(Phase phase, PollReason reason, std::int32_t timeout)
{
    m_phase = phase;
    return add(events::PhaseEntered {.phase = phase, .iteration = m_iteration, .reason = reason, .timeout = timeout});
}

TraceBuilder& TraceBuilder::leave()
{
    return add(events::PhaseLeft {.phase = m_phase, .iteration = m_iteration});
}
TraceBuilder& TraceBuilder::pass(Phase phase)
{
    return enter(phase).leave();
}
TraceBuilder& TraceBuilder::main()
{
    return start(1);
}
TraceBuilder& TraceBuilder::start(std::uint32_t async)
{
    return add(events::CallbackStarted {.async = {async}});
}
TraceBuilder& TraceBuilder::finish(std::uint32_t async, AfterCallback after)
{
    return add(events::CallbackFinished {.undrained = after, .async = {async}});
}
TraceBuilder& TraceBuilder::call(std::uint32_t async)
{
    return start(async).finish(async);
}

TraceBuilder& TraceBuilder::tick(std::uint32_t async, std::string_view called)
{
    name(async, called);
    return add(events::TickQueued {.async = {async}});
}

TraceBuilder& TraceBuilder::microtask(std::uint32_t async, std::string_view called)
{
    name(async, called);
    return add(events::MicrotaskQueued {.async = {async}});
}

TraceBuilder& TraceBuilder::timer(
    std::uint32_t async, std::uint32_t delay, std::uint32_t now, std::string_view called, std::uint8_t flags)
{
    name(async, called);
    return add(events::TimerCreated {.async = {async}, .delay = delay}, flags).startTimer(async, delay, now);
}

TraceBuilder& TraceBuilder::startTimer(std::uint32_t async, std::uint32_t delay, std::uint32_t now)
{
    return add(events::TimerStarted {.async = {async}, .duration = delay, .start = now, .due = now + delay});
}

TraceBuilder& TraceBuilder::clear(std::uint32_t async)
{
    return add(events::TimerCleared {.async = {async}});
}
TraceBuilder& TraceBuilder::timers(std::uint32_t now)
{
    return add(events::TimersProcessed {.now = now});
}

TraceBuilder& TraceBuilder::immediate(std::uint32_t async, std::string_view called)
{
    name(async, called);
    return add(events::ImmediateCreated {.async = {async}});
}

TraceBuilder& TraceBuilder::clearImmediate(std::uint32_t async)
{
    return add(events::ImmediateCleared {.async = {async}});
}

TraceBuilder& TraceBuilder::resource(std::uint32_t async, Service service, std::string_view called)
{
    name(async, called);
    return add(events::ResourceCreated {.service = service, .async = {async}});
}

TraceBuilder& TraceBuilder::destroy(std::uint32_t async)
{
    return add(events::ResourceDestroyed {.async = {async}});
}

TraceBuilder& TraceBuilder::promise(
    std::uint32_t id, std::uint32_t parent, PromiseOrigin origin, std::uint32_t function)
{
    return add(events::PromiseCreated {.origin = origin, .promise = {id}, .parent = {parent}, .function = {function}});
}

TraceBuilder& TraceBuilder::settle(std::uint32_t id)
{
    return add(events::PromiseSettled {.outcome = PromiseOutcome::Fulfilled, .promise = {id}});
}
TraceBuilder& TraceBuilder::reaction(std::uint32_t id, JobKind job)
{
    return add(events::ReactionQueued {.job = job, .promise = {id}});
}
TraceBuilder& TraceBuilder::follow(std::uint32_t id, std::uint32_t followed)
{
    return add(events::PromiseFollows {.promise = {id}, .followed = {followed}});
}
TraceBuilder& TraceBuilder::drain()
{
    return add(events::DrainStarted {});
}
TraceBuilder& TraceBuilder::drained()
{
    return add(events::DrainFinished {});
}
TraceBuilder& TraceBuilder::job(std::uint32_t id, JobKind job)
{
    return add(events::JobStarted {.job = job, .promise = {id}});
}
TraceBuilder& TraceBuilder::jobDone(std::uint32_t id, JobKind job)
{
    return add(events::JobFinished {.job = job, .promise = {id}});
}

TraceBuilder& TraceBuilder::submit(std::uint32_t job, std::uint32_t async, std::string_view operation)
{
    const TextId text = operation == "getaddrinfo" ? m_slow.getaddrinfo
        : operation == "getnameinfo"               ? m_slow.getnameinfo
                                                   : TextId {3};
    return add(events::PoolJobSubmitted {.job = {job}, .async = {async}, .operation = text});
}

TraceBuilder& TraceBuilder::begin(std::uint32_t job, std::uint32_t worker)
{
    return add(events::PoolJobBegun {.job = {job}, .worker = {worker}});
}
TraceBuilder& TraceBuilder::done(std::uint32_t job, std::uint32_t worker)
{
    return add(events::PoolJobDone {.job = {job}, .worker = {worker}});
}
TraceBuilder& TraceBuilder::deliver(std::uint32_t job, std::uint8_t flags)
{
    return add(events::PoolJobDelivered {.job = {job}}, flags);
}
TraceBuilder& TraceBuilder::closing(std::uint32_t async, std::uint32_t handle)
{
    return add(events::HandleClosing {.async = {async}, .handle = handle});
}
TraceBuilder& TraceBuilder::closed(std::uint32_t async, std::uint32_t handle)
{
    return add(events::HandleClosed {.async = {async}, .handle = handle});
}
TraceBuilder& TraceBuilder::uncaught()
{
    return add(events::UncaughtError {});
}

Folded fold(const TraceBuilder& trace)
{
    Folded folded {.state = {}, .names = trace.names()};
    for (const Record& event : trace.events())
        apply(folded.state, event, trace.slow());
    return folded;
}

namespace {

QString called(const Folded& folded, OrderId order)
{
    if (order.space == OrderId::Space::Promise)
        return u'p' + QString::number(order.value);
    if (order.value == 1 && !folded.names.contains(1))
        return u"main"_s;
    return folded.names.value(order.value, u'#' + QString::number(order.value));
}

QString called(const Folded& folded, const Serving& serving)
{
    const std::string_view kind = nameOf(serving.kind);
    return QString::fromLatin1(kind.data(), static_cast<qsizetype>(kind.size())) + u' ' + called(folded, serving.order);
}

} // namespace

QString print(const Folded& folded)
{
    const LoopState& s = folded.state;
    QStringList parts;
    const auto add = [&](const QString& word, const QStringList& items) {
        if (!items.isEmpty())
            parts << word + u' ' + items.join(u' ');
    };
    const auto queue = [&](const Fifo<Queued>& fifo) {
        QStringList items;
        fifo.visit([&](const Queued& q) {
            items << called(folded, q.order);
            return true;
        });
        return items;
    };
    QStringList running;
    for (const Running& r : s.running)
        running << called(folded, r.order);
    add(u"running"_s, running);
    add(u"ticks"_s, queue(s.ticks));
    add(u"microtasks"_s, queue(s.microtasks));
    QStringList timers;
    for (const TimerLists::Async id : s.timers.inOrder(s.loopClock(), 100))
        timers << called(folded, OrderId::async(id));
    add(u"timers"_s, timers);
    add(u"immediates"_s, queue(s.immediates));
    add(u"next"_s, queue(s.nextImmediates));
    QStringList busy;
    for (const PoolLine::Busy& b : s.pool.busy())
        busy << QString::number(b.job) + u'@' + QString::number(b.worker);
    add(u"pool"_s, busy);
    QStringList line;
    for (const PoolLine::Job job : s.pool.line(100))
        line << QString::number(job);
    add(u"line"_s, line);
    QStringList done;
    s.pool.done().visit([&](PoolLine::Job job) {
        done << QString::number(job);
        return true;
    });
    add(u"done"_s, done);
    QStringList closing;
    for (const Closing& c : s.closing)
        closing << called(folded, OrderId::async(c.async));
    add(u"closing"_s, closing);
    return parts.join(u" | "_s);
}

QString printOrder(const Folded& folded)
{
    QStringList items;
    for (const Serving& serving : servingOrder(folded.state, 100)) {
        QString item = called(folded, serving);
        if (serving.iteration != folded.state.iteration)
            item += u" (%1)"_s.arg(serving.iteration);
        items << item;
    }
    return items.join(u", "_s);
}

QString printNext(const Folded& folded)
{
    const auto next = nextStart(folded.state);
    return next ? called(folded, *next) : u"nothing"_s;
}

LawReport lawOf(const TraceBuilder& trace)
{
    LoopState state;
    LawCheck check;
    for (const Record& event : trace.events()) {
        check.watch(state, event);
        apply(state, event, trace.slow());
    }
    return check.report();
}

QString print(const LawReport& report)
{
    if (report.holds())
        return u"holds"_s;
    QStringList sentences;
    for (const Violation& v : report.violations)
        sentences << QString::number(v.at) + u": "_s + QString::fromStdString(describe(v));
    return sentences.join(u"; "_s);
}

} // namespace bistro::tests
