#include "state/keepsalive.h"

#include "state/chain.h"
#include "state/jobs.h"
#include "state/loopevents.h"
#include "state/owner.h"
#include "trace/views.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kResources = 200'000; // that are looked at

std::string_view typeOf(const TraceLog& log, Index created)
{
    if (created >= log.size() || !is<events::ResourceCreated>(log.event(created)))
        return {};
    return log.text(as<events::ResourceCreated>(log.event(created)).type);
}

std::string_view detailOf(const TraceLog& log, Index since)
{
    if (since >= log.size() || !is<events::KernelWaitStarted>(log.event(since)))
        return {};
    return log.text(as<events::KernelWaitStarted>(log.event(since)).detail);
}

bool isLetter(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
        || byte >= 0x80;
}

std::string_view lineOf(std::string_view source, std::uint32_t line)
{
    for (std::uint32_t at = 1; at < line; ++at) {
        const std::size_t end = source.find('\n');
        if (end == std::string_view::npos)
            return {};
        source.remove_prefix(end + 1);
    }
    return source.substr(0, source.find('\n'));
}

// Whether the text has the name followed by .unref(.
bool unreferences(std::string_view source, std::string_view name)
{
    for (std::size_t at = source.find(name); at != std::string_view::npos; at = source.find(name, at + 1)) {
        if ((at == 0 || !isLetter(source[at - 1])) && source.substr(at + name.size()).starts_with(".unref("))
            return true;
    }
    return false;
}

// Of a port, that leaves no event: whether the program's text unreferences it where it is made, or by the
// name that it is given there.
bool isUnreferencedInText(const TraceLog& log, const CodePlace& place)
{
    const std::string_view source = log.source(place.script);
    const std::string_view line = lineOf(source, place.line);
    if (line.contains(").unref("))
        return true;
    const std::size_t made = line.find("new ");
    if (made == std::string_view::npos)
        return false;
    std::string_view before = line.substr(0, made);
    const auto trim = [&before](auto drop) {
        while (!before.empty() && drop(before.back()))
            before.remove_suffix(1);
    };
    trim([](char c) { return c == ' ' || c == '='; });
    const std::string_view upToName = before;
    trim(isLetter);
    const std::string_view name = upToName.substr(before.size());
    return !name.empty() && unreferences(source, name);
}

class Keepers final {
public:
    Keepers(const TraceLog& log, const LoopState& state, std::size_t most)
        : m_log(log)
        , m_state(state)
        , m_most(most)
    {
    }

    [[nodiscard]] std::vector<KeptAlive> make()
    {
        waits();
        resources();
        timers();
        jobs();
        for (const Closing& closing : m_state.closing)
            add(Keeper::Closing, OrderId::async(closing.async), closing.since);
        std::ranges::stable_sort(m_found, {}, &KeptAlive::by);
        return std::move(m_found);
    }

private:
    bool add(Keeper by, OrderId order, Index since, std::string_view detail = {})
    {
        std::size_t& count = m_counts[static_cast<std::size_t>(by)];
        if (count >= m_most)
            return false;
        ++count;
        m_found.push_back({.by = by, .order = order, .place = placeOf(order, since), .since = since, .detail = detail});
        return true;
    }

    [[nodiscard]] CodePlace placeOf(OrderId order, Index since) const
    {
        // A connection that was accepted was asked for where its server was.
        if (const Connection* const connection = m_state.connections.find(order.value);
            connection && order.space == OrderId::Space::Async)
            return programsPlace(m_log, OrderId::async(connection->server));
        if (const CodePlace place = programsPlace(m_log, order))
            return place;
        return since < m_log.size() ? learnersPlace(m_log, StackId {m_log.event(since).stack}) : CodePlace {};
    }

    // The program's call that made it: what one call makes belongs together.
    [[nodiscard]] std::uint32_t callOf(Index created) const
    {
        return created < m_log.size() ? learnersPlace(m_log, StackId {m_log.event(created).stack}).frame.value : 0;
    }
    [[nodiscard]] std::uint32_t callOf(const Waiting& wait) const
    {
        const Resource* const resource = m_state.resources.find(wait.async);
        return resource ? callOf(resource->created) : 0;
    }

    [[nodiscard]] std::optional<Keeper> keeperOf(const Waiting& wait) const
    {
        switch (wait.wait) {
        case KernelWait::Listening: return Keeper::Server;
        case KernelWait::Reading: break;
        case KernelWait::Writing: return Keeper::Writing;
        case KernelWait::Connecting: return Keeper::Connecting;
        case KernelWait::Datagrams: return Keeper::Datagrams;
        case KernelWait::ChildExit: return Keeper::Child;
        case KernelWait::Signal: return std::nullopt; // libuv's for SIGCHLD, and those that Node unreferences
        case KernelWait::FileEvents: return Keeper::Watcher;
        case KernelWait::NameAnswer: return Keeper::NameLookup;
        }
        if (detailOf(m_log, wait.since) == "stdin")
            return Keeper::Input;
        // The channel to who has started the process is there before the program is.
        const Resource* const resource = m_state.resources.find(wait.async);
        const auto starts = m_log.outermostStarts();
        const bool isEarly = !resource || (!starts.empty() && resource->created < starts.front());
        return isEarly && wait.async != 0 ? Keeper::Parent : Keeper::Connection;
    }

    void waits()
    {
        std::unordered_set<std::uint32_t> children; // the calls that started them
        std::vector<Waiting> waits;
        m_state.waits.visit([&](std::uint32_t, const Waiting& wait) {
            if (wait.handle != 0 && m_state.unreferenced.find(wait.handle))
                return;
            if (const Resource* const resource = m_state.resources.find(wait.async);
                resource && (resource->flags & FlagUnreferenced) != 0)
                return;
            if (wait.wait == KernelWait::ChildExit)
                children.insert(callOf(wait));
            waits.push_back(wait);
        });
        children.erase(0);
        // One handle may wait for several things: what is read from is connected.
        std::ranges::stable_sort(waits, {}, &Waiting::since);
        std::ranges::stable_partition(waits, [](const Waiting& wait) { return wait.wait != KernelWait::Connecting; });
        std::unordered_set<std::uint32_t> handles;
        for (const Waiting& wait : waits) {
            const auto by = keeperOf(wait);
            if (!by)
                continue;
            const bool isPipeOfChild = *by == Keeper::Connection && children.contains(callOf(wait));
            if (isPipeOfChild || (wait.handle != 0 && !handles.insert(wait.handle).second))
                continue;
            add(*by, OrderId::async(wait.async), wait.since, detailOf(m_log, wait.since));
        }
    }

    void resources()
    {
        struct Port {
            OrderId order;
            Index created = 0;
        };
        std::vector<Port> ports;
        std::vector<Port> workers;
        std::unordered_set<std::uint32_t> workerCalls;
        std::size_t looked = 0;
        m_state.resources.visit([&](std::uint32_t id, const Resource& resource) {
            const bool isHeld = (resource.flags & FlagUnreferenced) == 0;
            if (resource.kind == OrderKind::Immediate && isHeld) {
                add(Keeper::Immediate, OrderId::async(id), resource.created);
            } else if (resource.kind == OrderKind::Resource) {
                const std::string_view type = typeOf(m_log, resource.created);
                if (type == "WORKER") {
                    if (isHeld && (resource.flags & FlagUnrecorded) != 0) // it has not ended
                        workers.push_back({.order = OrderId::async(id), .created = resource.created});
                    workerCalls.insert(callOf(resource.created));
                } else if (type == "MESSAGEPORT" && isHeld) { // somebody listens to it
                    ports.push_back({.order = OrderId::async(id), .created = resource.created});
                }
            } else if (resource.kind == OrderKind::PoolIo && typeOf(m_log, resource.created) == "STATWATCHER") {
                add(Keeper::Watcher, OrderId::async(id), resource.created);
            }
            return ++looked < kResources;
        });
        const auto byTime = [](std::vector<Port>& list) { std::ranges::sort(list, {}, &Port::created); };
        byTime(workers);
        for (const Port& worker : workers)
            add(Keeper::Worker, worker.order, worker.created);
        // Both ends of a channel come from one call. Of a port nobody knows whether it is listened to before something
        // has come by it: then it is told where nothing else is there.
        byTime(ports);
        bool others = onlyWaits(m_state) ? !m_found.empty() || !m_state.timers.inOrder(m_state.loopClock(), 1).empty()
                                         : true;
        std::unordered_set<std::uint32_t> told;
        for (const bool called : {true, false}) {
            for (const Port& port : ports) {
                const std::uint32_t call = callOf(port.created);
                const bool isCalled = m_log.startedAt(port.order) != kNoEvent;
                if (isCalled != called || (!called && others) || workerCalls.contains(call) || told.contains(call))
                    continue;
                const CodePlace place = programsPlace(m_log, port.order);
                if (!place || isUnreferencedInText(m_log, place))
                    continue;
                told.insert(call);
                add(Keeper::Port, port.order, port.created);
            }
            others = others || !told.empty();
        }
    }

    void timers()
    {
        for (const std::uint32_t timer : m_state.timers.inOrder(m_state.loopClock(), m_most)) {
            const Resource* const resource = m_state.resources.find(timer);
            if (resource && (resource->flags & FlagUnreferenced) != 0)
                continue;
            const bool repeats = resource && (resource->flags & FlagRepeat) != 0;
            const Index created = resource ? resource->created : m_state.timers.startedBy(timer).value_or(kNoEvent);
            add(repeats ? Keeper::Interval : Keeper::Timer, OrderId::async(timer), created);
        }
    }

    void jobs()
    {
        m_state.jobs.visit([&](std::uint32_t id, const PoolJob& job) {
            const Resource* const resource = m_state.resources.find(job.async);
            if (resource && typeOf(m_log, resource->created) == "STATWATCHER")
                return true; // the watcher is told
            return add(Keeper::Job, orderOfJob(m_log, id), job.submitted);
        });
    }

    const TraceLog& m_log;
    const LoopState& m_state;
    const std::size_t m_most;
    std::array<std::size_t, kKeepers> m_counts {};
    std::vector<KeptAlive> m_found;
};

} // namespace

std::vector<KeptAlive> keptAlive(const TraceLog& log, const LoopState& state, std::size_t most)
{
    return Keepers(log, state, most).make();
}

bool onlyWaits(const LoopState& state)
{
    return !state.end && !state.recordingEnded && state.idle() && state.asleepSince && state.pollTimeout != 0;
}

std::optional<Index> waitsSince(const TraceLog& log)
{
    const LoopState& head = log.head();
    if (!head.end)
        return onlyWaits(head) ? std::optional(head.size) : std::nullopt;
    if (head.end->kind == trace::EndKind::ExitCode)
        return {};
    // A stop wakes the loop: what it was in before counts, if nothing was called since.
    constexpr Index kFarthest = 100'000; // events
    const auto starts = log.outermostStarts();
    for (const Index i : eventsBefore(log, head.end->at, kFarthest)) {
        if (!starts.empty() && i < starts.back())
            break;
        const Record event = log.event(i);
        if (is<events::PhaseEntered>(event) && as<events::PhaseEntered>(event).phase == Phase::Poll)
            return onlyWaits(log.stateAt(i + 1)) ? std::optional(i + 1) : std::nullopt;
    }
    return {};
}

CodePlace programsPlace(const TraceLog& log, OrderId order)
{
    const auto placed = [&log](OrderId each) {
        const Index created = log.createdAt(inTheNameOf(log, each));
        return created == kNoEvent ? CodePlace {} : learnersPlace(log, trace::StackId {log.event(created).stack});
    };
    if (const CodePlace place = placed(order))
        return place;
    constexpr std::size_t kSteps = 64;
    Causes causes(log, order, kSteps);
    for (OrderId cause = causes.next(); cause; cause = causes.next()) {
        if (const CodePlace place = placed(cause))
            return place;
    }
    return {};
}

} // namespace bistro::app
