// The rush as it was recorded: one walk over the trace.
#include "rush/rush.h"

#include "state/blocked.h"
#include "state/loopevents.h"
#include "state/owner.h"

#include <algorithm>
#include <unordered_map>

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kFarthest = 1 << 16; // links that are followed back

class Recorder final {
public:
    explicit Recorder(const TraceLog& log)
        : m_log(log)
    {
        for (const Index i : eventsFrom(log, 0))
            seat(i, log.event(i));
        if (m_guests.empty())
            seatConnections();
    }

    std::optional<Rush> rush()
    {
        if (m_guests.size() < 2)
            return {};
        for (const Index i : eventsFrom(m_log, 0))
            take(i, m_log.event(i));
        return finished();
    }

private:
    struct Seated {
        Guest guest;
        std::optional<std::uint64_t> answer;
    };
    struct Call { // outermost, that runs or ran last
        OrderId order;
        OrderKind kind = OrderKind::None;
        Index begin = kNoEvent;
        std::uint64_t from = 0;
        AfterCallback after {};
        std::size_t guest = SIZE_MAX; // none
    };

    void seat(Index at, const Record& event)
    {
        if (event.kind == EventKind::ConnectionAccepted) {
            m_accepted.push_back(at);
        } else if (event.kind == EventKind::RequestStarted) {
            const auto request = as<events::RequestStarted>(event);
            if (request.direction != Direction::Incoming)
                return;
            m_ofRequest.emplace(request.request, m_guests.size());
            sit(at, request.connection.value,
                textOf(m_log.text(request.method)) + u' ' + textOf(m_log.text(request.path)));
        } else if (event.kind == EventKind::RequestFinished) {
            const auto request = as<events::RequestFinished>(event);
            const auto guest = m_ofRequest.find(request.request);
            if (request.direction == Direction::Incoming && request.status != 0 && guest != m_ofRequest.end())
                m_guests[guest->second].answer = event.time;
        }
    }

    // Of a program that speaks no HTTP: who is gone has been answered.
    void seatConnections()
    {
        for (const Index at : m_accepted) {
            const std::uint32_t connection = as<events::ConnectionAccepted>(m_log.event(at)).connection.value;
            m_ofConnection.emplace(connection, m_guests.size());
            sit(at, connection, {});
        }
        m_connectionsOnly = true;
    }

    void sit(Index at, std::uint32_t connection, const QString& title)
    {
        const std::uint32_t number = m_log.numberOfConnection(connection);
        m_ofEvent.emplace(at, m_guests.size());
        m_guests.push_back({.guest = {.table = number == 0 ? 0 : number + 1,
                                .title = title,
                                .came = m_log.event(at).time,
                                .event = at},
            .answer = {}});
    }

    static QString textOf(std::string_view text)
    {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }

    void take(Index at, const Record& event)
    {
        const bool othersThread = event.kind == EventKind::PoolJobBegun || event.kind == EventKind::PoolJobDone;
        if (m_asleepSince && !othersThread) {
            m_rests.push_back({.from = *m_asleepSince, .to = event.time});
            m_heard = event.time;
            m_asleepSince.reset();
        }
        note(event);
        if (startsCall(event)) {
            if (m_depth++ == 0)
                begin(at, event);
        } else if (endsCall(event) && m_depth > 0 && --m_depth == 0) {
            end(at, event);
        } else if (event.kind == EventKind::RunEnded && m_depth > 0) {
            m_depth = 0;
            end(at, event);
        }
    }

    // What is remembered for the calls that follow.
    void note(const Record& event)
    {
        switch (event.kind) {
        case EventKind::PhaseEntered:
            m_inPoll = as<events::PhaseEntered>(event).phase == Phase::Poll;
            if (m_inPoll)
                m_asleepSince = event.time;
            break;
        case EventKind::PhaseLeft: m_inPoll = false; break;
        case EventKind::TimerStarted: {
            const auto timer = as<events::TimerStarted>(event);
            m_timers[timer.async.value] = {.placed = event.time, .ready = dueTime(timer.due)};
            break;
        }
        case EventKind::PoolJobSubmitted: {
            const auto job = as<events::PoolJobSubmitted>(event);
            m_asyncOfJob[job.job.value] = job.async.value;
            m_jobs[job.async.value].placed = event.time;
            break;
        }
        case EventKind::PoolJobDone:
            m_jobs[m_asyncOfJob[as<events::PoolJobDone>(event).job.value]].ready = event.time;
            break;
        case EventKind::ReactionQueued:
            m_reactions[as<events::ReactionQueued>(event).promise.value] = event.time;
            break;
        default: break; // tells nothing of when a call got ready
        }
    }

    [[nodiscard]] std::uint64_t dueTime(std::uint32_t due) const
    {
        const std::int64_t time = std::int64_t {due} * 1'000'000 - m_log.head().clockLead.value_or(0);
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, time));
    }

    void begin(Index at, const Record& event)
    {
        const Call before = m_call;
        m_call = {.order = orderStartedBy(event), .begin = at, .from = event.time, .after = {}};
        m_call.kind = m_log.kindOf(m_call.order);
        if (connectionOf(m_call.order) != 0)
            m_call.kind = OrderKind::KernelIo; // Node's parser calls by a resource of its own
        m_before = before;
    }

    void end(Index at, const Record& event)
    {
        if (event.kind == EventKind::CallbackFinished)
            m_call.after = as<events::CallbackFinished>(event).undrained;
        m_call.guest = guestOfCall(m_call.order, m_call.begin, at);
        if (m_call.guest == SIZE_MAX)
            return;
        Seated& seated = m_guests[m_call.guest];
        std::vector<ServedPiece>& pieces = seated.guest.pieces;
        const bool inARow = m_before.guest == m_call.guest && !pieces.empty();
        const bool ofOneMessage = m_before.order == m_call.order && m_before.after != AfterCallback::Drains;
        if (inARow && (isNote(m_call.kind) || ofOneMessage)) {
            pieces.back().to = event.time;
            return;
        }
        const Since since = sinceWhen(m_call);
        pieces.push_back({.from = m_call.from,
            .to = event.time,
            .kind = m_call.kind,
            .order = m_call.order,
            .begin = m_call.begin,
            .ready = since.ready,
            .placed = since.placed});
    }

    struct Since {
        std::uint64_t placed = 0;
        std::uint64_t ready = 0;
    };

    [[nodiscard]] Since sinceWhen(const Call& call) const
    {
        const Index created = m_log.createdAt(call.order);
        Since since {.placed = created == kNoEvent ? call.from : m_log.event(created).time, .ready = call.from};
        const auto lookUp = [&](const auto& among) {
            if (const auto found = among.find(call.order.value); found != among.end())
                since = found->second;
        };
        switch (call.kind) {
        case OrderKind::Timer: lookUp(m_timers); break;
        case OrderKind::PoolIo: lookUp(m_jobs); break;
        case OrderKind::KernelIo:
            if (m_inPoll)
                since.ready = m_heard;
            break;
        case OrderKind::Tick:
        case OrderKind::Microtask:
        case OrderKind::Immediate: since.ready = since.placed; break;
        case OrderKind::Reaction:
        case OrderKind::Await:
        case OrderKind::Thenable:
            if (const auto queued = m_reactions.find(call.order.value); queued != m_reactions.end())
                since.ready = queued->second;
            break;
        case OrderKind::None:
        case OrderKind::Script:
        case OrderKind::Resource:
        case OrderKind::Handler: break;
        }
        since.ready = std::min(since.ready, call.from);
        since.placed = std::min(since.placed, since.ready);
        return since;
    }

    [[nodiscard]] std::size_t guestAt(Index event) const
    {
        const auto found = m_ofEvent.find(event);
        return found == m_ofEvent.end() ? SIZE_MAX : found->second;
    }

    // The connection that this is, or whose messages it brings; 0: none.
    [[nodiscard]] std::uint32_t connectionOf(OrderId order) const
    {
        if (order.space != OrderId::Space::Async)
            return 0;
        if (m_log.numberOfConnection(order.value) != 0)
            return order.value;
        return isRequest(m_log, order) ? m_log.trigger(order).value : 0;
    }

    [[nodiscard]] std::size_t guestOn(std::uint32_t connection, Index from, Index to) const
    {
        if (m_connectionsOnly) {
            const auto found = m_ofConnection.find(connection);
            return found == m_ofConnection.end() ? SIZE_MAX : found->second;
        }
        const Index next = m_log.requestOn(connection, from);
        const Index asked = next != kNoEvent && next >= from && next < to ? next
                                                                          : m_log.lastRequestOn(connection, from);
        return asked == kNoEvent ? SIZE_MAX : guestAt(asked);
    }

    std::size_t guestOfCall(OrderId order, Index begin, Index end)
    {
        const std::uint32_t connection = connectionOf(order);
        return connection != 0 ? guestOn(connection, begin, end) : guestOfOrder(order);
    }

    // Who placed it, and who placed that: each was made before, so the way ends.
    std::size_t guestOfOrder(OrderId order)
    {
        std::vector<OrderId> way;
        std::size_t guest = SIZE_MAX;
        Index before = kNoEvent; // the order was placed at this event
        for (std::size_t i = 0; order && i < kFarthest; ++i) {
            if (const std::uint32_t connection = connectionOf(order); connection != 0) {
                if (before != kNoEvent)
                    guest = guestOn(connection, before, before);
                break;
            }
            if (const auto known = m_named.find(orderKey(order)); known != m_named.end()) {
                guest = known->second;
                break;
            }
            way.push_back(order);
            const Index created = m_log.createdAt(order);
            if (created == kNoEvent || created >= before)
                break;
            before = created;
            order = m_log.placedBy(order);
        }
        for (const OrderId each : way)
            m_named.emplace(orderKey(each), guest);
        return guest;
    }

    std::optional<Rush> finished()
    {
        std::vector<Guest> guests;
        for (Seated& seated : m_guests) {
            settle(seated);
            guests.push_back(std::move(seated.guest));
        }
        std::ranges::stable_sort(guests, {}, &Guest::came);
        Rush rush {.guests = std::move(guests)};
        rush.start = rush.guests.front().came;
        for (Guest& guest : rush.guests) {
            count(guest, rush.start);
            rush.end = std::max(rush.end, guest.served);
        }
        for (const RushSpan& rest : m_rests) {
            const std::uint64_t from = std::max(rest.from, rush.start) - rush.start;
            const std::uint64_t to = std::min(rest.to, rush.start + rush.end);
            if (to > rush.start + from)
                rush.rests.push_back({.from = from, .to = to - rush.start});
        }
        return rush;
    }

    // Comes with the first piece, leaves with the answer.
    void settle(Seated& seated) const
    {
        Guest& guest = seated.guest;
        std::erase_if(
            guest.pieces, [&](const ServedPiece& piece) { return seated.answer && piece.from > *seated.answer; });
        if (!guest.pieces.empty()) {
            guest.came = m_connectionsOnly ? guest.came : std::min(guest.came, guest.pieces.front().ready);
            guest.served = guest.pieces.back().to;
        } else {
            guest.served = guest.came;
        }
        if (seated.answer)
            guest.served = std::max(guest.came, *seated.answer);
        else if (m_connectionsOnly)
            guest.answered = isClosed(guest);
        guest.answered = guest.answered || seated.answer;
        for (ServedPiece& piece : guest.pieces) {
            piece.ready = std::max(piece.ready, guest.came);
            piece.placed = std::clamp(piece.placed, guest.came, piece.ready);
        }
    }

    [[nodiscard]] bool isClosed(const Guest& guest) const
    {
        const auto accepted = as<events::ConnectionAccepted>(m_log.event(guest.event));
        return !m_log.head().connections.find(accepted.connection.value);
    }

    static void count(Guest& guest, std::uint64_t start)
    {
        guest.came -= start;
        guest.served -= start;
        for (ServedPiece& piece : guest.pieces) {
            piece.from -= start;
            piece.to -= start;
            piece.ready -= start;
            piece.placed -= start;
        }
    }

    const TraceLog& m_log;
    std::vector<Seated> m_guests;
    std::vector<Index> m_accepted;
    bool m_connectionsOnly = false;
    std::unordered_map<std::uint32_t, std::size_t> m_ofRequest; // by its number
    std::unordered_map<std::uint32_t, std::size_t> m_ofConnection;
    std::unordered_map<Index, std::size_t> m_ofEvent;
    std::unordered_map<std::uint64_t, std::size_t> m_named; // by order

    std::size_t m_depth = 0;
    Call m_call;
    Call m_before;
    bool m_inPoll = false;
    std::uint64_t m_heard = 0; // when poll was over last
    std::optional<std::uint64_t> m_asleepSince;
    std::vector<RushSpan> m_rests;
    std::unordered_map<std::uint32_t, Since> m_timers; // by async id
    std::unordered_map<std::uint32_t, Since> m_jobs;
    std::unordered_map<std::uint32_t, std::uint32_t> m_asyncOfJob;
    std::unordered_map<std::uint32_t, std::uint64_t> m_reactions; // by promise: when it was queued last
};

} // namespace

std::optional<Rush> rushOf(const TraceLog& log)
{
    return Recorder(log).rush();
}

} // namespace bistro::app
