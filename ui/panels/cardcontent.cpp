#include "panels/cardcontent.h"

#include "moment/lasttime.h"
#include "panels/panelwords.h"
#include "state/chain.h"
#include "state/refused.h"
#include "text/amounts.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

// A chain of triggers is shown as far as it can be read.
constexpr std::size_t kMostTriggers = 5;
constexpr std::size_t kMostCauses = 32; // looked at for them

// The thread of the pool that took the job, or has done it, with this event.
std::uint32_t workerOf(const trace::Record& record)
{
    return record.kind == trace::EventKind::PoolJobBegun ? trace::as<trace::events::PoolJobBegun>(record).worker.value
                                                         : trace::as<trace::events::PoolJobDone>(record).worker.value;
}

// Writes a card, from the order's placing to its serving.
class CardMaker final {
public:
    CardMaker(const Moment& moment, OrderId order)
        : m_moment(moment)
        , m_log(*moment.log)
        , m_facts(*moment.facts)
        , m_order(order)
        , m_restaurant(moment.wording == Wording::Restaurant)
        , m_standing(moment, order)
        , m_now(m_standing.state.time)
    {
    }

    [[nodiscard]] OrderCardContent make()
    {
        m_card.name = nameOf(m_log, m_facts, m_order);
        m_card.kind = m_facts.kind(m_order);
        m_card.where = m_standing.where;
        m_card.refusal = refusalOf(m_log, m_order, m_moment.place);
        lookBack();
        addPlaced();
        addTimeBefore();
        addPrepared();
        addStream();
        if (isRefused())
            addRefused();
        else if (m_standing.kind != OrderKind::Script && m_standing.kind != OrderKind::Resource
            && m_standing.kind != OrderKind::Handler)
            addOnPass();
        addServed();
        addTriggers();
        m_card.question = question();
        return std::move(m_card);
    }

private:
    using Stage = CardStep::Stage;
    using Where = OrderCardContent::Where;

    [[nodiscard]] QString words(const char* restaurant, const char* runtime) const
    {
        return Panels::tr(m_restaurant ? restaurant : runtime);
    }
    [[nodiscard]] QString timeOf(Index event) const
    {
        return event == kNoEvent ? QString() : app::timeText(m_log.event(event).time);
    }
    [[nodiscard]] QString forSoLong(std::uint64_t since) const
    {
        return m_now <= since ? Panels::tr("just begun") : Panels::tr("for %1").arg(app::timeText(m_now - since));
    }
    [[nodiscard]] QString sinceEvent(Index event) const
    {
        return event == kNoEvent ? QString() : forSoLong(m_log.event(event).time);
    }
    void add(Stage stage, const QString& text, const QString& when, const CodePlace& place = {})
    {
        m_card.steps.push_back({.stage = stage, .text = text, .place = place, .when = when});
    }
    // It is behind its preparing.
    [[nodiscard]] bool isPrepared() const
    {
        return m_card.where == Where::Ready || m_card.where == Where::Running || m_card.where == Where::Served
            || m_card.where == Where::Gone;
    }
    [[nodiscard]] bool isRefused() const { return m_card.refusal != kNoEvent; }
    [[nodiscard]] bool isReady() const { return m_standing.turn != m_standing.serving.end(); }

    // What only the state right before its call knows.
    void lookBack()
    {
        const OrderKind kind = m_standing.kind;
        const bool job = kind == OrderKind::Reaction || kind == OrderKind::Await || kind == OrderKind::Thenable;
        if (job)
            m_queued = queuedAt(m_standing.hasStarted ? m_log.stateAt(m_standing.started) : m_standing.state, m_order);
        const bool called = m_standing.hasStarted && !m_standing.startedBefore;
        m_rang = kind == OrderKind::Timer && called ? m_facts.countdown(m_order, m_log.stateAt(m_standing.started))
                                                    : m_standing.countdown;
        m_set = kind == OrderKind::Timer ? lastSetting(m_log, m_order, called ? m_standing.started : m_moment.place)
                                         : kNoEvent;
    }

    void addPlaced()
    {
        if (m_standing.kind == OrderKind::Script) {
            add(Stage::Past, Panels::tr("begun by the runtime"), timeOf(m_standing.started));
            return;
        }
        if (m_standing.created == kNoEvent)
            return;
        if (m_standing.kind == OrderKind::Handler)
            return addCalledFor();
        const CodePlace from = placeOf(m_log, m_order);
        add(m_card.where == Where::Future ? Stage::Future : Stage::Past,
            isNodesOwn(m_log, m_order) ? placedByNode(static_cast<bool>(from))
                : !from                ? Panels::tr("placed by Node itself")
                                       : Panels::tr("placed by"),
            timeOf(m_log.createdAt(inTheNameOf(m_log, m_order))), from);
    }

    // Listeners are called at once, when what they listen to happens: they never wait in a queue.
    void addCalledFor()
    {
        const std::string_view event = eventOfHandler(m_log, m_order);
        const Stage stage = m_card.where == Where::Future ? Stage::Future : Stage::Past;
        add(stage, Panels::tr("%1 in").arg(m_facts.kind(m_order)), {}, placeOf(m_log, m_order));
        add(stage, calledFor(event), timeOf(m_standing.started));
    }

    [[nodiscard]] QString placedByNode(bool called) const
    {
        if (called)
            return Panels::tr("placed by Node, called at");
        const OrderId order = m_facts.inNameOf(m_order);
        return order && order != m_order ? Panels::tr("placed by Node for %1").arg(m_facts.titleOfAllSteps(order))
                                         : Panels::tr("placed by Node itself");
    }

    // What comes again and again has been served before.
    void addTimeBefore()
    {
        if (m_standing.startedBefore)
            add(Stage::Past,
                words(QT_TRANSLATE_NOOP("Panels", "last served"), QT_TRANSLATE_NOOP("Panels", "last called")),
                timeOf(m_standing.started));
    }

    void addPrepared()
    {
        const OrderKind kind = m_standing.kind;
        if (kind == OrderKind::PoolIo)
            addCooked();
        else if (isRefused())
            return; // nobody has watched for it
        else if (kind == OrderKind::KernelIo)
            addWatched();
        else if (kind == OrderKind::Timer)
            addTimed();
        else if ((kind == OrderKind::Reaction || kind == OrderKind::Await) && m_card.where == Where::Waiting)
            add(Stage::Now, Panels::tr("waits for its promise"), sinceEvent(m_standing.created));
    }

    void addCooked()
    {
        const PoolTimes& pool = m_standing.pool;
        if (pool.done != kNoEvent) {
            const trace::Record done = m_log.event(pool.done);
            add(Stage::Past,
                (isRefused() ? words(QT_TRANSLATE_NOOP("Panels", "tried by cook %1"),
                                   QT_TRANSLATE_NOOP("Panels", "tried by thread %1"))
                             : words(QT_TRANSLATE_NOOP("Panels", "cooked by cook %1"),
                                   QT_TRANSLATE_NOOP("Panels", "done by thread %1")))
                    .arg(workerOf(done)),
                pool.begun == kNoEvent
                    ? QString()
                    : Panels::tr("in %1").arg(app::timeText(done.time - m_log.event(pool.begun).time)));
        } else if (pool.begun != kNoEvent) {
            add(Stage::Now,
                words(QT_TRANSLATE_NOOP("Panels", "being cooked by cook %1"),
                    QT_TRANSLATE_NOOP("Panels", "being done by thread %1"))
                    .arg(workerOf(m_log.event(pool.begun))),
                sinceEvent(pool.begun));
        } else if (!isPrepared()) {
            add(pool.submitted != kNoEvent ? Stage::Now : Stage::Future,
                words(
                    QT_TRANSLATE_NOOP("Panels", "waits for a cook"), QT_TRANSLATE_NOOP("Panels", "waits for a thread")),
                sinceEvent(pool.submitted));
        }
    }

    void addWatched()
    {
        Index since = kNoEvent;
        m_standing.state.waits.visit([&](std::uint32_t, const app::Waiting& wait) {
            if (OrderId::async(wait.async) == m_order)
                since = std::min(since, wait.since);
        });
        add(isPrepared() ? Stage::Past : Stage::Now,
            words(QT_TRANSLATE_NOOP("Panels", "watched for at the door"),
                QT_TRANSLATE_NOOP("Panels", "waited for by the kernel")),
            isPrepared() ? QString() : sinceEvent(since));
    }

    void addTimed()
    {
        const std::uint64_t set = m_set == kNoEvent ? 0 : m_log.event(m_set).time;
        QString when;
        if (m_rang && m_rang->due > m_now)
            when = Panels::tr("%1 left").arg(app::timeText(m_rang->due - m_now));
        else if (m_rang && set != 0 && m_rang->due > set)
            when = Panels::tr("for %1").arg(app::timeText(m_rang->due - set));
        else if (m_rang)
            when = Panels::tr("due");
        add(isPrepared() ? Stage::Past : Stage::Now,
            words(QT_TRANSLATE_NOOP("Panels", "on the egg timer's shelf"),
                QT_TRANSLATE_NOOP("Panels", "in Node's list of timers")),
            when);
    }

    // What flows goes through all parts of its stream.
    void addStream()
    {
        const OrderId root = m_facts.inNameOf(m_order);
        for (const StageFacts::Stream& stream : m_facts.streams(m_standing.state)) {
            if (!root || !std::ranges::contains(stream.parts, root, &StageFacts::StreamPart::order))
                continue;
            for (const StageFacts::StreamPart& part : stream.parts)
                add(part.over && !part.working ? Stage::Past
                        : part.working         ? Stage::Now
                                               : Stage::Future,
                    Panels::tr("part of a stream: %1").arg(part.title),
                    part.working                   ? Panels::tr("at work")
                        : part.over                ? Panels::tr("done")
                        : isDraining(stream, part) ? Panels::tr("waits for the drain")
                                                   : Panels::tr("waits"),
                    placeOf(m_log, part.order));
        }
    }
    // Who reads stands still while those who come after have enough to do.
    [[nodiscard]] static bool isDraining(const StageFacts::Stream& stream, const StageFacts::StreamPart& part)
    {
        return part.paused && part == stream.parts.front()
            && std::ranges::any_of(stream.parts, [](const StageFacts::StreamPart& each) { return each.working; });
    }

    [[nodiscard]] QString inLine() const
    {
        switch (m_standing.turn->rail) {
        case Rail::Ticks:
            return words(QT_TRANSLATE_NOOP("Panels", "among the waiter's notes, ready"),
                QT_TRANSLATE_NOOP("Panels", "in the tick queue, ready"));
        case Rail::Microtasks:
            return words(QT_TRANSLATE_NOOP("Panels", "among the waiter's notes, ready"),
                QT_TRANSLATE_NOOP("Panels", "in the microtask queue, ready"));
        case Rail::Poll:
            return words(QT_TRANSLATE_NOOP("Panels", "on the pass, ready"),
                QT_TRANSLATE_NOOP("Panels", "in the poll queue, ready"));
        case Rail::Check:
            return words(QT_TRANSLATE_NOOP("Panels", "on the pass, ready"),
                QT_TRANSLATE_NOOP("Panels", "in the check queue, ready"));
        case Rail::Closing:
            return words(QT_TRANSLATE_NOOP("Panels", "on the pass, ready"),
                QT_TRANSLATE_NOOP("Panels", "in the closing queue, ready"));
        case Rail::Timers:
            return words(QT_TRANSLATE_NOOP("Panels", "on the pass, due"),
                QT_TRANSLATE_NOOP("Panels", "due, for the timers phase"));
        }
        Q_UNREACHABLE_RETURN({});
    }

    void addOnPass()
    {
        const OrderKind kind = m_standing.kind;
        const Stage stage = m_card.where == Where::Ready ? Stage::Now : isPrepared() ? Stage::Past : Stage::Future;
        QString when;
        if (m_standing.pool.done != kNoEvent)
            when = timeOf(m_standing.pool.done);
        else if (kind == OrderKind::Tick || kind == OrderKind::Immediate || kind == OrderKind::Microtask)
            when = timeOf(m_standing.created);
        else if (m_queued != kNoEvent)
            when = timeOf(m_queued);
        else if (m_rang && m_rang->due <= m_now && stage != Stage::Future)
            when = app::timeText(m_rang->due);
        const QString hover = m_rang && m_rang->loopDue != 0
            ? Panels::tr("due at %1 ms of the loop's own clock").arg(m_rang->loopDue)
            : QString();
        add(stage,
            isReady()
                ? inLine()
                : words(QT_TRANSLATE_NOOP("Panels", "on the pass"), QT_TRANSLATE_NOOP("Panels", "ready in its queue")),
            when);
        m_card.steps.back().hover = hover;
    }

    // Until its callback has it, that is where it stands.
    void addRefused()
    {
        const bool told = m_standing.running || (m_standing.hasStarted && m_standing.started > m_card.refusal);
        add(told ? Stage::Past : Stage::Now,
            words(QT_TRANSLATE_NOOP("Panels", "came back refused by the sandbox"),
                QT_TRANSLATE_NOOP("Panels", "refused by the sandbox")),
            timeOf(m_card.refusal));
        m_card.steps.back().refused = true;
    }

    void addServed()
    {
        if ((m_standing.kind == OrderKind::Resource || (m_standing.kind == OrderKind::KernelIo && isRefused()))
            && !m_standing.hasStarted && !m_standing.running)
            return;
        const bool getsError = isRefused() && m_standing.kind == OrderKind::PoolIo;
        Stage stage = Stage::Future;
        QString text = getsError ? words(QT_TRANSLATE_NOOP("Panels", "served with the error"),
                                       QT_TRANSLATE_NOOP("Panels", "called with the error"))
                                 : words(QT_TRANSLATE_NOOP("Panels", "served"), QT_TRANSLATE_NOOP("Panels", "called"));
        QString when;
        switch (m_card.where) {
        case Where::Running:
            stage = Stage::Now;
            text = getsError
                ? words(QT_TRANSLATE_NOOP("Panels", "being served with the error"),
                      QT_TRANSLATE_NOOP("Panels", "running with the error"))
                : words(QT_TRANSLATE_NOOP("Panels", "being served"), QT_TRANSLATE_NOOP("Panels", "running"));
            for (const Running& call : m_standing.state.running) {
                if (call.order == m_order)
                    when = forSoLong(call.since);
            }
            break;
        case Where::Served:
            stage = Stage::Past;
            when = timeOf(m_standing.started);
            if (isInnerStep(m_log, m_order))
                text = words(QT_TRANSLATE_NOOP("Panels", "one step done, Node ordered the next"),
                    QT_TRANSLATE_NOOP("Panels", "one step done, Node went on with the next"));
            break;
        case Where::Ready:
            if (m_moment.hidden)
                break;
            when = Panels::tr("%1 in line")
                       .arg(ordinal(static_cast<std::size_t>(m_standing.turn - m_standing.serving.begin()) + 1));
            break;
        case Where::Gone: text = Panels::tr("taken off, never called"); break;
        case Where::Unknown:
        case Where::Future:
        case Where::Waiting: break;
        }
        add(stage, text, when);
    }

    void addTriggers()
    {
        OrderId named = inTheNameOf(m_log, m_order);
        Causes causes(m_log, m_order, kMostCauses);
        while (const OrderId cause = causes.next()) {
            if (inTheNameOf(m_log, cause) == named)
                continue; // the same order, on an earlier way to the pool
            named = inTheNameOf(m_log, cause);
            if (m_facts.detail() == Detail::Program && ownerOf(m_log, cause) != Owner::Program) {
                ++m_card.foldedTriggers; // nobody reads their names
                continue;
            }
            if (m_card.triggers.size() == kMostTriggers) {
                m_card.moreTriggers = true;
                break;
            }
            m_card.triggers.push_back(nameOf(m_log, m_facts, cause));
        }
        m_card.moreTriggers = m_card.moreTriggers || causes.isCut();
    }

    [[nodiscard]] QString question() const
    {
        if (m_moment.hidden && m_card.where != Where::Served)
            return {}; // its answers say who comes before whom
        switch (m_card.where) {
        case Where::Ready:
            return words(QT_TRANSLATE_NOOP("Panels", "Ready. Why not served yet?"),
                QT_TRANSLATE_NOOP("Panels", "Ready. Why not called yet?"));
        case Where::Waiting: return Panels::tr("Why not yet?");
        case Where::Running: return Panels::tr("Why now?");
        case Where::Served:
            return words(QT_TRANSLATE_NOOP("Panels", "Why was it served then?"),
                QT_TRANSLATE_NOOP("Panels", "Why was it called then?"));
        case Where::Unknown:
        case Where::Future:
        case Where::Gone: break;
        }
        return {};
    }

    const Moment& m_moment;
    const TraceLog& m_log;
    const StageFacts& m_facts;
    const OrderId m_order;
    const bool m_restaurant;
    const OrderStanding m_standing;
    const std::uint64_t m_now;
    Index m_queued = kNoEvent; // the event that queued a promise's job
    std::optional<StageFacts::Countdown> m_rang; // its timer's; once it has been called, that of this call
    Index m_set = kNoEvent; // the event that set the timer for that
    OrderCardContent m_card;
};

} // namespace

OrderCardContent orderCard(const Moment& moment, OrderId order)
{
    return order ? CardMaker(moment, order).make() : OrderCardContent {};
}

} // namespace bistro::ui
