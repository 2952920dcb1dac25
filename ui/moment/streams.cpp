#include "moment/streams.h"

#include "state/describe.h"
#include "trace/views.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bistro::ui {

using namespace app;

namespace {

constexpr std::size_t kMostParts = 500; // no picture shows more

// What streams have the pool do, as the trace names it.
bool isOfStreams(std::string_view operation)
{
    constexpr std::array<std::string_view, 3> names {"read", "write", "work"};
    return std::ranges::contains(names, operation);
}

// fs.promises reads a file in pieces, too: to who awaits it, that is one read.
bool isOfPromises(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    if (created == kNoEvent || log.event(created).kind != trace::EventKind::ResourceCreated)
        return false;
    return log.text(trace::as<trace::events::ResourceCreated>(log.event(created)).type) == "FSREQPROMISE";
}

} // namespace

void StreamIndex::take(const TraceLog& log, const InName& inName, std::size_t most)
{
    const std::size_t until = std::min(log.submissions().size(), m_seen + most);
    for (; m_seen < until && m_parts.size() < kMostParts; ++m_seen) {
        const auto [at, call] = log.submissions()[m_seen];
        const auto submitted = trace::as<trace::events::PoolJobSubmitted>(log.event(at));
        const OrderId order = OrderId::async(submitted.async);
        if (!order || !isOfStreams(log.text(submitted.operation)))
            continue;
        const OrderId root = inName(order);
        if (!root || isOfPromises(log, order))
            continue;
        const OrderId giver = call == kNoEvent ? OrderId {} : inName(orderStartedBy(log.event(call)));
        const auto from = giver ? m_partOf.find(giver) : m_partOf.end();
        // What the program has a cook do once, or in some steps, is no stream: a key that is derived, readFile. Also
        // within the call of one: who compresses has been made before.
        const bool again = root == order && log.startedAt(order) < at;
        const bool step = inTheNameOf(log, order) == root;
        const bool given = from != m_partOf.end() && (root != order || log.createdAt(order) < call);
        if (step && !again && !given && !m_partOf.contains(root))
            continue;
        const auto [found, isNew] = m_partOf.try_emplace(root, m_parts.size());
        if (isNew)
            m_parts.push_back({.root = root, .stream = m_parts.size(), .jobs = 0, .first = at, .last = at});
        Part& part = m_parts[found->second];
        ++part.jobs;
        part.last = at;
        if (from != m_partOf.end())
            join(found->second, from->second);
    }
}

void StreamIndex::join(std::size_t one, std::size_t other)
{
    const std::size_t kept = std::min(m_parts[one].stream, m_parts[other].stream);
    const std::size_t gone = std::max(m_parts[one].stream, m_parts[other].stream);
    if (kept == gone)
        return;
    for (Part& part : m_parts) {
        if (part.stream == gone)
            part.stream = kept;
    }
}

const StreamIndex::Part* StreamIndex::partOf(OrderId root) const
{
    const auto found = m_partOf.find(root);
    return found == m_partOf.end() ? nullptr : &m_parts[found->second];
}

std::vector<std::size_t> StreamIndex::openAt(Index place) const
{
    std::vector<std::size_t> open;
    for (const Part& part : m_parts) { // of a stream, the last one to work says how long it goes on
        if (part.last < place || std::ranges::contains(open, part.stream))
            continue;
        const bool begun = std::ranges::any_of(
            m_parts, [&](const Part& each) { return each.stream == part.stream && each.first < place; });
        if (begun)
            open.push_back(part.stream);
    }
    return open;
}

} // namespace bistro::ui
