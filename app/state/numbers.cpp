#include "state/numbers.h"
#include "state/loopevents.h"

#include "state/about.h"
#include "state/owner.h"
#include "state/place.h"
#include "trace/views.h"

#include <functional>
#include <string_view>

namespace bistro::app {
namespace {

using namespace trace;

// A place in the source and what else makes a name, as one number.
class Key final {
public:
    Key() = default;
    explicit Key(std::uint64_t value)
        : m_value(value)
    {
    }
    Key& add(std::uint64_t part)
    {
        constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
        m_value = (m_value ^ part) * kOdd;
        m_value ^= m_value >> 29;
        return *this;
    }
    [[nodiscard]] std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 1;
};

Key keyOfStack(const TraceLog& log, StackId stack)
{
    Key key;
    const StackId frame = summaryOf(log, stack).program;
    if (!frame)
        return key.add(stack.value);
    const Frame place = log.frame(frame);
    key.add(place.script.value).add(std::uint64_t {place.line} << 32 | place.column);
    constexpr int kDeepest = 64; // what Node makes within one call, it makes at places of its own
    StackId inner = stack;
    for (int i = 0; inner && inner != frame && i < kDeepest; ++i) {
        const Frame each = log.frame(inner);
        key.add(each.script.value).add(std::uint64_t {each.line} << 32 | each.column);
        inner = each.caller;
    }
    return key;
}

// What is placed in a loop has the same stack again and again.
Key keyOfCall(const TraceLog& log, const Record& created)
{
    constexpr std::size_t kStacks = 4'096;
    auto& stacks = log.remembered().numbers.stacks;
    if (stacks.empty())
        stacks.resize(kStacks);
    Remembered::Numbers::Stack& known = stacks[created.stack % kStacks];
    Key key(known.key);
    if (!known.stack || known.stack.value != created.stack) {
        key = keyOfStack(log, {created.stack});
        if (!log.entryFile().empty()) // before, whose frames these are may still turn out otherwise
            known = {.stack = {created.stack}, .key = key.value()};
    }
    return key.add(static_cast<std::uint64_t>(created.kind)).add(callbackOf(created).value);
}

bool isAwaitOfFunction(const events::PromiseCreated& created)
{
    return created.origin == PromiseOrigin::Await && created.function;
}

// A file's request, which is about a file as soon as its job says which.
bool isForFile(std::string_view type)
{
    return type == "FSREQCALLBACK" || type == "FSREQPROMISE";
}

// Takes note of what has been recorded since.
class Counting final {
public:
    explicit Counting(const TraceLog& log)
        : m_log(log)
        , m_numbers(log.remembered().numbers)
    {
    }

    void goOn()
    {
        for (; m_numbers.seen < m_log.size(); ++m_numbers.seen)
            take(m_log.event(m_numbers.seen));
    }
    bool goOn(TraceLog::Nanoseconds limit)
    {
        constexpr Index kAtOnce = 512; // events between two looks at the clock
        const auto until = std::chrono::steady_clock::now() + limit;
        for (; m_numbers.seen < m_log.size(); ++m_numbers.seen) {
            take(m_log.event(m_numbers.seen));
            if (m_numbers.seen % kAtOnce == 0 && std::chrono::steady_clock::now() >= until)
                return ++m_numbers.seen >= m_log.size();
        }
        return true;
    }

private:
    void take(const Record& event)
    {
        switch (event.kind) {
        case EventKind::ResourceCreated: {
            const auto created = as<events::ResourceCreated>(event);
            if (isOurs(event, OrderId::async(created.async)) && !isForFile(m_log.text(created.type)))
                count(keyOfCall(m_log, event).add(created.type.value), created.async.value, m_numbers.ofAsync);
            break;
        }
        case EventKind::TickQueued: takeAsync(event, as<events::TickQueued>(event).async); break;
        case EventKind::MicrotaskQueued: takeAsync(event, as<events::MicrotaskQueued>(event).async); break;
        case EventKind::TimerCreated: takeAsync(event, as<events::TimerCreated>(event).async); break;
        case EventKind::ImmediateCreated: takeAsync(event, as<events::ImmediateCreated>(event).async); break;
        case EventKind::PromiseCreated: takePromise(event); break;
        case EventKind::PoolJobSubmitted: takeJob(event); break;
        default: break;
        }
    }

    [[nodiscard]] bool isOurs(const Record& created, OrderId order) const
    {
        return created.stack != 0 && (created.flags & FlagInternal) == 0 && m_log.createdAt(order) == m_numbers.seen;
    }

    void takeAsync(const Record& event, AsyncId async)
    {
        if (isOurs(event, OrderId::async(async)))
            count(keyOfCall(m_log, event), async.value, m_numbers.ofAsync);
    }

    void takePromise(const Record& event)
    {
        const auto created = as<events::PromiseCreated>(event);
        if (created.stack && !isAwaitOfFunction(created)) // that has its function's number
            count(keyOfCall(m_log, event).add(static_cast<std::uint64_t>(created.origin)), created.promise.value,
                m_numbers.ofPromise);
    }

    void takeJob(const Record& event)
    {
        const auto job = as<events::PoolJobSubmitted>(event);
        const OrderId order = OrderId::async(job.async);
        const Index created = m_log.createdAt(order);
        if (!order || created == kNoEvent || created >= m_numbers.seen)
            return;
        const Record of = m_log.event(created);
        constexpr Index kNear = 8; // events; a later job goes on with it
        if (of.stack == 0 || m_log.countWithoutLines(m_numbers.seen) - m_log.countWithoutLines(created) > kNear
            || (of.flags & FlagInternal) != 0 || !isForFile(typeOf(m_log, of)))
            return;
        const std::string_view file = fileName(m_log.text(job.detail));
        count(keyOfCall(m_log, of).add(std::hash<std::string_view> {}(file)), order.value, m_numbers.ofAsync);
    }

    void count(const Key& key, std::uint32_t id, EventOfId& numbers)
    {
        Remembered::Placed& placed = m_numbers.placed[key.value()];
        if (++placed.count == 1) {
            placed.first = id;
            return;
        }
        if (numbers.find(placed.first) == kNoEvent)
            numbers.set(placed.first, 1, m_numbers.seen);
        numbers.set(id, placed.count, m_numbers.seen);
    }

    const TraceLog& m_log;
    Remembered::Numbers& m_numbers;
};

// What new Worker makes besides has the worker's number: the nearest before, by the same call.
OrderId workerOf(const TraceLog& log, Index created)
{
    constexpr Index kFarthest = 64; // events
    const StackId call = summaryOf(log, {log.event(created).stack}).program;
    for (const Index i : eventsBefore(log, created, call ? kFarthest - 1 : 0)) {
        const Record event = log.event(i);
        if (startsCall(event) || endsCall(event))
            break;
        if (typeOf(log, event) == "WORKER" && summaryOf(log, {event.stack}).program == call)
            return OrderId::async(as<events::ResourceCreated>(event).async);
    }
    return {};
}

} // namespace

bool countOn(const TraceLog& log, TraceLog::Nanoseconds limit)
{
    log.remembered().numbers.inSlices = true;
    return Counting(log).goOn(limit);
}

std::uint32_t numberOf(const TraceLog& log, OrderId order)
{
    if (!log.remembered().numbers.inSlices)
        Counting(log).goOn();
    const Remembered::Numbers& numbers = log.remembered().numbers;
    const Index created = log.createdAt(order);
    if (created == kNoEvent)
        return 0;
    const Record record = log.event(created);
    Index number = kNoEvent;
    if (order.space == OrderId::Space::Promise) {
        const auto promise = as<events::PromiseCreated>(record);
        number = numbers.ofPromise.find(isAwaitOfFunction(promise) ? promise.function.value : order.value);
    } else if (order.space == OrderId::Space::Async) {
        const OrderId worker = typeOf(log, record) == "MESSAGEPORT" ? workerOf(log, created) : OrderId {};
        number = numbers.ofAsync.find(worker ? worker.value : order.value);
    }
    return number == kNoEvent ? 0 : number;
}

} // namespace bistro::app
