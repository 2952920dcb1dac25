#include "why/answers/beforelinks.h"

#include "source/callsite.h"
#include "state/describe.h"
#include "state/loopevents.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

bool isSocket(const TraceLog& log, OrderId order)
{
    const std::string_view type = typeOf(log, order);
    return type == "TCPWRAP" || type == "PIPEWRAP";
}

// The events at which poll began to ask the kernel, the last before that event and the one before it.
std::pair<Index, Index> lastPolls(const TraceLog& log, Index before)
{
    constexpr Index kLookedAt = 20'000;
    Index last = kNoEvent;
    for (const Index i : eventsBefore(log, before, kLookedAt)) {
        const Record event = log.event(i);
        if (!is<events::PhaseEntered>(event) || as<events::PhaseEntered>(event).phase != Phase::Poll)
            continue;
        if (last != kNoEvent)
            return {i, last};
        last = i;
    }
    return {kNoEvent, last};
}

} // namespace

Links::Links(const TraceLog& log, Index at)
    : m_log(log)
    , m_at(at)
{
    for (const Running& running : log.stateAt(std::min(at + 1, log.size())).running)
        m_ran.push_back(running.started);
}

// Whether this link was made as it has to be. What made it may itself have come of that.
std::optional<Link> Links::found(const Link& link)
{
    if (link.event == kNoEvent || link.event <= m_at)
        return {};
    const Index around = m_log.callAround(link.event);
    if (around == kNoEvent)
        return {};
    if (std::ranges::contains(m_ran, around))
        return link;
    return around > m_at ? madeAfter(callAt(m_log, around)) : std::nullopt;
}

std::optional<Link> Links::madeAfter(const Call& call)
{
    if (call.started <= m_at || m_known.size() >= kMostCalls)
        return {};
    if (const auto known = m_known.find(call.started); known != m_known.end())
        return known->second;
    m_known.emplace(call.started, std::nullopt);
    Call placed = call;
    std::optional<Link> link;
    if (const auto placer = placerOf(m_log, placed)) {
        const Index event = placed.within ? placed.started : placed.ready;
        if (orderStartedBy(m_log.event(event)) == placed.order && !placed.within)
            link = std::ranges::contains(m_ran, event) ? Link {.order = placed.order, .event = event}
                                                       : madeAfter(*placer); // it was called before
        else
            link = found({.order = placed.order, .event = event});
    }
    if (!link)
        link = found({.order = call.order, .event = m_log.createdAt(call.order)});
    if (!link && call.order.space == OrderId::Space::Promise)
        link = ofAllOf(call.order);
    if (!link && (call.kind == OrderKind::KernelIo || call.kind == OrderKind::Resource))
        link = ofConnection(call);
    m_known[call.started] = link;
    return link;
}

// Promise.all has not come before any of those that it waits for: for each it makes a then, right after its promise.
std::optional<Link> Links::ofAllOf(OrderId await)
{
    constexpr Index kMost = 200;
    const Index created = m_log.createdAt(await);
    if (created == kNoEvent || !is<events::PromiseCreated>(m_log.event(created)))
        return {};
    const OrderId all = OrderId::promise(as<events::PromiseCreated>(m_log.event(created)).parent.value);
    const Index made = all ? m_log.createdAt(all) : kNoEvent;
    if (made == kNoEvent)
        return {};
    const Record promise = m_log.event(made);
    const CallSite* const site = m_log.callAt(learnersPlace(m_log, {promise.stack}).frame);
    if (!site || site->receiver != "Promise" || (site->name != "all" && site->name != "allSettled"))
        return {};
    for (const Index i : eventsFrom(m_log, made + 1, kMost - 1)) {
        const Record event = m_log.event(i);
        if (event.stack != promise.stack || !is<events::PromiseCreated>(event))
            break;
        const auto then = as<events::PromiseCreated>(event);
        const Index started = m_log.startedAt(OrderId::promise(then.promise.value));
        if (then.origin != PromiseOrigin::Derived || started == kNoEvent)
            continue;
        if (auto link = madeAfter(callAt(m_log, started))) {
            if (link->order == OrderId::promise(then.promise.value))
                link = Link {.kind = Link::Kind::All, .order = await, .event = link->event};
            return link;
        }
    }
    return {};
}

OrderId Links::otherEnd(OrderId socket)
{
    if (!m_conversations)
        m_conversations.emplace(conversationsOf(m_log));
    for (const auto& [one, other] : *m_conversations) {
        if (one == socket || other == socket)
            return one == socket ? other : one;
    }
    return {};
}

// A worker tells that it has come up before it runs any of the program's code: by a port that is made before the one
// for messages.
bool Links::isOnlineNow(OrderId port) const
{
    const auto tells = [&](Index started) {
        const OrderId order = callAt(m_log, started).order;
        return typeOf(m_log, order) == "MESSAGEPORT" && areOfOneFamily(m_log, order, port)
            && m_log.createdAt(order) < m_log.createdAt(port) && m_log.startedAt(order) == started;
    };
    return typeOf(m_log, port) == "MESSAGEPORT" && std::ranges::any_of(m_ran, tells);
}

std::optional<Link> Links::ofConnection(const Call& call)
{
    if (isOnlineNow(call.order))
        return Link {.kind = Link::Kind::Online, .order = call.order, .event = call.started};
    const OrderId socket = sourceOf(m_log, call.order);
    const OrderId other = isSocket(m_log, socket) ? otherEnd(socket) : OrderId {};
    if (!other)
        return {};
    if (const auto link = found({.kind = Link::Kind::Asked, .order = other, .event = m_log.createdAt(other)}))
        return link;
    // An answer comes after the last request that was heard.
    const Index heard = m_log.lastRequestOn(other.value, call.started);
    if (const auto link = found({.kind = Link::Kind::Asked, .order = other, .event = heard}))
        return link;
    return written(call, other);
}

// When poll asked the last time nothing had come on this connection: so it was written by what has run since: by what
// the other end itself was told, if it was told something, else by any of the calls. Each of these must have come of
// what is asked for.
std::optional<Link> Links::written(const Call& call, OrderId other)
{
    constexpr std::size_t kMostWriters = 100;
    const auto [before, last] = lastPolls(m_log, call.started);
    if (before == kNoEvent)
        return {};
    const auto starts = m_log.outermostStarts();
    const auto begin = std::ranges::upper_bound(starts, before);
    const auto end = std::ranges::lower_bound(begin, starts.end(), last);
    if (begin == end || static_cast<std::size_t>(end - begin) > kMostWriters)
        return {};
    const auto isOfOtherEnd = [&](Index start) { return sourceOf(m_log, callAt(m_log, start).order) == other; };
    const bool wasTold = std::any_of(begin, end, isOfOtherEnd);
    for (auto it = begin; it != end; ++it) {
        if (wasTold && !isOfOtherEnd(*it))
            continue;
        if (!std::ranges::contains(m_ran, *it) && (*it < m_at || !madeAfter(callAt(m_log, *it))))
            return {};
    }
    return Link {.kind = Link::Kind::Written, .order = call.order, .event = *begin};
}

} // namespace bistro::app
